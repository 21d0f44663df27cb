#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The tables of a run, read back from every file it wrote and laid beside results.json.

read_back.py RESULTS...

Each numeric cell of each table points at its number in results.json: the pointed value, formatted as the cell asks (an
own formatter, below), is the printed text; and that text stands, cell by cell and span by span, in each NN-id.docx,
.xlsx, .tex, .html, .md, .csv and .json. Word is read by python-docx, Excel by openpyxl: there a number is a numeric
cell at full precision and its number format shows the printed text.
"""
import csv
import html.parser
import io
import json
import pathlib
import re
import sys

NOT_NUMERIC = {"empty", "text", "flag"}


# --- results.json: pointers and printed texts
def pointed(data, pointer):
    for part in pointer.split("/")[1:]:
        data = data[int(part)] if isinstance(data, list) else data[part.replace("~1", "/").replace("~0", "~")]
    return data


def number_text(value, decimals):
    """Fixed notation; two significant digits where that would show zeros only."""
    fixed = f"{value:.{decimals}f}"
    if value == 0 or (abs(value) < 1e15 and re.search("[1-9]", fixed)):
        return fixed
    scientific = f"{value:.1e}"
    exponent = int(scientific.partition("e")[2])
    return scientific if exponent < -4 or exponent >= 15 else f"{value:.{max(0, 1 - exponent)}f}"


def decimals_for(value, significant):
    """Decimals that show so many significant digits."""
    return min(15, max(0, significant - 1 - int(f"{value:.{significant - 1}e}".partition("e")[2]))) if value else significant - 1


def decimals_of(cell, table, value):
    """Of significant digits, of the cell, or of the table: then eight digits in all for large numbers. Two at least for p."""
    look = table.get("look", {})
    if cell["kind"] == "p_value":
        if look.get("significant", 0):
            return min(4, max(2, decimals_for(value, look["significant"])))
        return max(2, cell["decimals"]) if "decimals" in cell else look.get("p_decimals", 0) or max(2, table["decimals"])
    if look.get("significant", 0) and cell["kind"] != "count":
        return decimals_for(value, look["significant"])
    if "decimals" in cell:
        return cell["decimals"]
    return min(table["decimals"], max(0, 8 - len(str(int(abs(value)))))) if abs(value) >= 1e4 else table["decimals"]


def p_text(value, decimals, leading_zero):
    """"<0.0001" below the last decimal; "< .001" without leading zeros."""
    below = 0 <= value < 10 ** -decimals
    text = f"{10 ** -decimals:.{decimals}f}" if below else number_text(value, decimals)
    text = text if leading_zero else re.sub(r"^0\.", ".", text)
    return ("<" if leading_zero else "< ") + text if below else text


def printed(cell, table, values):
    if None in values:
        return ""
    whole = cell["kind"] == "count" and values[0] == int(values[0]) and "decimals" not in cell
    before, after = {"round": "()", "square": "[]"}.get(cell.get("bracket"), ("", ""))
    if cell["kind"] == "p_value":
        texts = [p_text(values[0], decimals_of(cell, table, values[0]), table.get("look", {}).get("leading_zero", True))]
    else:
        texts = [number_text(value, 0 if whole else decimals_of(cell, table, value)) for value in values]
    return before + ", ".join(texts) + "*" * cell.get("stars", 0) + after


def cell_problem(results, table, cell):
    fields = ("source", "source2") if cell["kind"] == "interval" else ("source",)
    values = []
    for field, own in zip(fields, ("value", "value2")):
        if not cell.get(field):
            return f"`{cell['printed']}` ({cell['kind']}) has no {field}"
        try:
            values.append(pointed(results, cell[field]))
        except (KeyError, IndexError, TypeError, ValueError):
            return f"nothing stands at {cell[field]}"
        if values[-1] != cell[own]:
            return f"{cell[field]} is {values[-1]}, the cell {cell[own]}"
    text = printed(cell, table, values)
    return "" if text == cell["printed"] else f"{cell[fields[0]]} prints as `{text}`, the cell says `{cell['printed']}`"


def numeric_cells(table):
    return [cell for row in table["rows"] for cell in row["cells"] if cell["kind"] not in NOT_NUMERIC]


def pointer_problems(results):
    """What is wrong with the pointers of a run, and how many cells were followed."""
    problems, checked = [], 0
    for entry in results["tables"]:
        for cell in numeric_cells(entry["table"]):
            checked += 1
            problem = cell_problem(results, entry["table"], cell)
            problems += [f"table {entry['id']}: {problem}"] if problem else []
    return problems, checked


# --- readers: path -> rows of (text, span)
def read_csv(path, _table):
    # csv guards texts that start a formula with an apostrophe
    return [[(re.sub(r"^'('*[-=+@])", r"\1", field), 1) for field in row] for row in csv.reader(io.StringIO(path.read_text("utf-8-sig"), newline=""))]


class HtmlRows(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.rows, self.foot, self.cell = [], False, False

    def handle_starttag(self, tag, attributes):
        self.foot = self.foot or tag == "tfoot"
        if tag == "tr" and not self.foot:
            self.rows.append([])
        if tag in ("td", "th") and not self.foot:
            self.rows[-1].append(["", int(dict(attributes).get("colspan", 1))])
            self.cell = True

    def handle_endtag(self, tag):
        self.cell = self.cell and tag not in ("td", "th")

    def handle_data(self, data):
        if self.cell:
            self.rows[-1][-1][0] += data


def read_html(path, _table):
    parser = HtmlRows()
    parser.feed(path.read_text("utf-8"))
    return [[tuple(cell) for cell in row] for row in parser.rows]


def read_markdown(path, _table):
    rows = []
    for line in path.read_text("utf-8").splitlines():
        if not line.startswith("|") or re.fullmatch(r"\|(:?-+:?\|)+", line):
            continue
        fields = [field.strip() for field in re.findall(r"((?:\\.|[^|\\])*)\|", line[1:])]
        plain = [re.sub(r"^\*\*(.+)\*\*$", r"\1", field) for field in fields]
        rows.append([(html.unescape(re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", field)), 1) for field in plain])
    return rows


TEX = {"\\textbackslash{}": "\\", "\\textasciicircum{}": "^", "\\textasciitilde{}": "~", "\\textless{}": "<",
       "\\textgreater{}": ">", "\\textbar{}": "|", "\\textquotedbl{}": '"', "\\textasciigrave{}": "`",
       "\\textquotesingle{}": "'", "\\textendash{}": "–", "\\textemdash{}": "—", "\\textsuperscript{2}": "²",
       "$-$": "−", "$\\times$": "×", "$\\leq$": "≤", "$\\geq$": "≥", "$\\infty$": "∞", "$\\approx$": "≈", "$\\neq$": "≠", "$\\pm$": "±", "$\\surd$": "√", "$\\rightarrow$": "→", "$\\leftarrow$": "←", "$\\Delta$": "Δ", "$\\Sigma$": "Σ", "$\\Omega$": "Ω", "$\\Phi$": "Φ", "$\\alpha$": "α", "$\\beta$": "β", "$\\gamma$": "γ", "$\\delta$": "δ", "$\\varepsilon$": "ε", "$\\eta$": "η", "$\\theta$": "θ", "$\\lambda$": "λ", "$\\mu$": "μ", "$\\pi$": "π", "$\\rho$": "ρ", "$\\sigma$": "σ", "$\\tau$": "τ", "$\\varphi$": "φ", "$\\chi$": "χ", "$\\omega$": "ω", "{[}": "[", "{]}": "]",
       "{*}": "*", "{-}": "-", "{,}": ",", "\\{": "{", "\\}": "}", "\\$": "$", "\\&": "&", "\\#": "#", "\\%": "%", "\\_": "_"}
TEX_TOKEN = re.compile("|".join(re.escape(key) for key in sorted(TEX, key=len, reverse=True)))


def tex_text(source):
    source = re.sub(r"^\\parbox\[t\]\{(?:0\.5)?\\linewidth\}\{\\raggedright (.*)\}$", r"\1", source)
    source = re.sub(r"^\\text(?:bf|it)\{(.*)\}$", r"\1", source)
    source = re.sub(r"\$?\^\{(\*+)\}\$?", r"\1", source)
    return TEX_TOKEN.sub(lambda match: TEX[match.group()], source)


def read_tex(path, _table):
    body = re.search(r"\\toprule\n(.*)\\bottomrule", path.read_text("utf-8"), re.DOTALL).group(1)
    rows = []
    for line in body.splitlines():
        if line.startswith(("\\midrule", "\\cmidrule")):
            continue
        cells = []
        for field in re.split(r"(?<!\\) ?& ?", line.removesuffix("\\\\").strip(" ")):
            wide = re.fullmatch(r"\\multicolumn\{(\d+)\}\{\w\}\{(.*)\}", field)
            cells.append((tex_text(wide.group(2)), int(wide.group(1))) if wide else (tex_text(field), 1))
        rows.append(cells)
    return rows


def read_docx(path, table):
    import docx
    return word_parts(docx.Document(path).tables, table)[0]


def word_parts(tables, table):
    """The first of these tables, with those after it that hold its further columns; and what is left of the list. Of a table in
    parts each cell over several columns stands repeated, in both formats."""
    first, *rest = tables
    rows, columns = word_rows(first), sum(span for _, span in word_rows(first)[0])
    if columns >= table["columns"]:
        return rows, rest
    whole = [[text for text, span in row for _ in range(span)] for row in rows]
    while columns < table["columns"]:
        part, *rest = rest
        more = [[text for text, span in row for _ in range(span)] for row in word_rows(part)]
        whole = [row + further[1:] for row, further in zip(whole, more)]
        columns += len(more[0]) - 1
    return [joined(row, want["cells"]) for row, want in zip(whole, table["rows"])], rest


def joined(texts, cells):
    """Equal texts of one cell's columns as that cell."""
    out, at = [], 0
    for cell in cells:
        span = cell.get("span", 1)
        same = set(texts[at:at + span])
        out += [(same.pop(), span)] if len(same) == 1 else [(text, 1) for text in texts[at:at + span]]
        at += span
    return out + [(text, 1) for text in texts[at:]]


def word_rows(table):
    import docx
    rows = []
    for row in table._tbl.tr_lst:
        rows.append([("".join(t.text or "" for t in cell.iter(docx.oxml.ns.qn("w:t"))), cell.grid_span) for cell in row.tc_lst])
    return rows


def shown(cell):
    """What Excel shows for a number under a format of quoted texts around 0.00 or 0.0E+00."""
    if not isinstance(cell.value, (int, float)):
        return "" if cell.value is None else str(cell.value)
    if re.fullmatch(r'"[^"]*"', cell.number_format):  # a p-value below the last decimal
        return cell.number_format.strip('"')
    sections = cell.number_format.split(";")
    second = cell.value < 0 and len(sections) > 1
    value = -cell.value if second else cell.value
    before, digits, after = re.fullmatch(r'((?:"[^"]*")?)([0.E+]+)((?:"[^"]*")?)', sections[second]).groups()
    number = f"{value:.1e}" if "E" in digits else f"{value:.{len(digits.partition('.')[2])}f}"
    number = number.removeprefix("0") if digits.startswith(".") else number
    return before.strip('"') + number + after.strip('"')


def excel_cells(path, table):
    """Rows of (cell of the sheet, span)."""
    import openpyxl
    sheet = openpyxl.load_workbook(path).active
    spans = {(m.min_row, m.min_col): m.max_col - m.min_col + 1 for m in sheet.merged_cells.ranges}
    first = 2 if table["title"] or table["number"] else 1
    rows = []
    for line in range(first, first + len(table["rows"])):
        cells, column = [], 1
        while column <= table["columns"]:
            span = spans.get((line, column), 1)
            cells.append((sheet.cell(line, column), span))
            column += span
        rows.append(cells)
    return rows


def read_xlsx(path, table):
    return [[(shown(cell), span) for cell, span in row] for row in excel_cells(path, table)]


def number_problems(path, table):
    """Each single number is a numeric cell that holds the whole number."""
    problems = []
    for row, sheet_row in zip(table["rows"], excel_cells(path, table)):
        for cell, (got, _) in zip(row["cells"], sheet_row):
            single = cell["kind"] not in NOT_NUMERIC | {"interval"} and cell["value"] is not None
            if single and (got.data_type != "n" or got.value != cell["value"]):
                problems.append(f"{path.name} {got.coordinate}: {got.value!r} is not the number {cell['value']}")
    return problems


TYPST_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')


def read_typst(path, _table):
    """Rows of a Typst table: a line each, indented by four, cells are strings of its code."""
    rows = []
    for line in path.read_text("utf-8").splitlines():
        if not line.startswith('    ') or line.startswith(("    table.hline", "    table.header", "    columns:", "    ),")):
            continue
        # cells end at a comma outside strings and brackets
        cells, depth, begin, i = [], 0, 0, 0
        while i < len(line):
            string = TYPST_STRING.match(line, i)
            if string:
                i = string.end()
                continue
            depth += {"(": 1, ")": -1}.get(line[i], 0)
            if line[i] == "," and depth == 0:
                cells.append(line[begin:i])
                begin = i + 1
            i += 1
        span = [int((re.match(r" *table\.cell\(colspan: (\d+)", cell) or [0, 1])[1]) for cell in cells]
        text = ["".join(re.sub(r"\\(.)", r"\1", part) for part in TYPST_STRING.findall(cell)) for cell in cells]
        rows.append(list(zip(text, span)))
    return rows


def read_json(path, table):
    same = json.loads(path.read_text("utf-8")) == table
    return expected(table, "kept") if same else [[("another table than in results.json", 1)]]


# suffix -> reader, and what stands in the further columns of a span
READERS = {"csv": (read_csv, "repeated"), "html": (read_html, "kept"), "md": (read_markdown, "blank"),
           "tex": (read_tex, "kept"), "typ": (read_typst, "kept"), "docx": (read_docx, "kept"), "xlsx": (read_xlsx, "kept"), "json": (read_json, "kept")}


def expected(table, spans, square=False):
    rows = []
    for row in table["rows"]:
        rows.append([])
        for cell in row["cells"]:
            text, span = cell.get("printed", ""), cell.get("span", 1)
            if square and cell.get("bracket") == "round":  # spreadsheets read (0.1) as a negative number
                text = f"[{text[1:-1]}]"
            more = {"kept": [], "repeated": [(text, 1)] * (span - 1), "blank": [("", 1)] * (span - 1)}[spans]
            rows[-1] += [(text, span if spans == "kept" else 1), *more]
    return rows


def plain_minus(rows):
    """Text formats print U+2212 where the JSON prints a hyphen."""
    return [[(text.replace("\u2212", "-"), span) for text, span in row] for row in rows]


def file_problems(path, table):
    read, spans = READERS[path.suffix[1:]]
    got, want = plain_minus(read(path, table)), plain_minus(expected(table, spans, path.suffix == ".csv"))
    problems = [] if len(got) == len(want) else [f"{path.name}: {len(got)} rows, expected {len(want)}"]
    for number, (got_row, want_row) in enumerate(zip(got, want), 1):
        if got_row != want_row:
            problems.append(f"{path.name} row {number}: {got_row} is not {want_row}")
    return problems + (number_problems(path, table) if path.suffix == ".xlsx" else [])


def report_problems(path, results):
    """The report in Word: every table cell by cell in order, each under a caption numbered by a field inside a bookmark; every
    reference and entry of the contents points to a bookmark."""
    import docx
    document = docx.Document(path)
    name = docx.oxml.ns.qn
    tables = [entry["table"] for entry in results["tables"] if entry["table"]["rows"]]
    problems, left = [], document.tables
    for want in tables:
        got, left = word_parts(left, want) if left else ([], [])
        if plain_minus(got) != plain_minus(expected(want, "kept")):
            problems.append(f"{path.name}: table {want['number']} is another")
    problems += [f"{path.name}: {len(left)} tables too many"] if left else []
    body = document.element.body
    marks = {mark.get(name("w:name")) for mark in body.iter(name("w:bookmarkStart"))}
    fields = [text.text.split() for text in body.iter(name("w:instrText"))]
    numbers = [field for field in fields if field[:2] == ["SEQ", "Table"]]
    if len(numbers) != len(results["tables"]):
        problems.append(f"{path.name}: {len(numbers)} numbered captions of tables")
    targets = [field[1] for field in fields if field[0] == "REF"]
    targets += [link.get(name("w:anchor")) for link in body.iter(name("w:hyperlink"))]
    problems += [f"{path.name}: nothing is called {target}" for target in targets if target not in marks]
    kinds = [mark.get(name("w:fldCharType")) for mark in body.iter(name("w:fldChar"))]
    if any(kinds.count(kind) != len(fields) for kind in ("begin", "separate", "end")):
        problems.append(f"{path.name}: a field is not closed")
    return problems


def read_back(folder):
    """Problems of a results folder, and what was compared: numeric cells, and files by suffix."""
    folder = pathlib.Path(folder)
    results = json.loads((folder / "results.json").read_text("utf-8"))
    problems, cells = pointer_problems(results)
    files = {}
    for entry in results["tables"]:
        for suffix in READERS:
            path = folder / f"{entry['number']:02}-{entry['id']}.{suffix}"
            if path.exists():
                problems += file_problems(path, entry["table"])
                files[suffix] = files.get(suffix, 0) + 1
    if (folder / "report.docx").exists():
        problems += report_problems(folder / "report.docx", results)
    return problems, cells, files


def main():
    failed = 0
    for folder in sys.argv[1:]:
        problems, cells, files = read_back(folder)
        for problem in problems[:20]:
            print("FAILED " + problem)
        print(f"{folder}: {cells} numeric cells, files read back: {files}, {len(problems)} problems")
        failed += bool(problems) or not files
    sys.exit(1 if failed or len(sys.argv) < 2 else 0)


if __name__ == "__main__":
    main()
