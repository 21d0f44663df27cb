# SPDX-License-Identifier: Apache-2.0
"""Readers of written tables: a file -> caption, rows of (text, span), notes. What would act as markup is an error."""
import csv
import html
import html.parser
import io
import re

import read_back
from random_tables import NUMERIC, caption_of, columns_of, values_of


class Reading:
    def __init__(self, caption, rows, notes):
        self.caption, self.rows, self.notes = caption, rows, notes


class HtmlReader(html.parser.HTMLParser):
    TAGS = {"html", "head", "meta", "title", "style", "body", "table", "caption", "thead", "tbody", "tfoot", "tr", "td", "th", "sup", "b", "i", "p"}

    def __init__(self):
        super().__init__()
        self.rows, self.notes, self.caption, self.open, self.foot = [], [], "", [], False

    def handle_starttag(self, tag, attributes):
        if tag not in self.TAGS:
            raise ValueError(f"a label became the tag <{tag}>")
        self.foot = self.foot or tag == "tfoot"
        if int(dict(attributes).get("colspan", 1)) < 1:
            raise ValueError("a cell over no column")
        if tag == "tr" and not self.foot:
            self.rows.append([])
        if tag in ("td", "th") and not self.foot:
            self.rows[-1].append(["", int(dict(attributes).get("colspan", 1))])
        if tag == "p":
            self.notes.append("")
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag):
        if self.open.pop() != tag:
            raise ValueError(f"</{tag}> closes another element")

    def handle_comment(self, data):
        raise ValueError("a label became a comment")

    def handle_data(self, data):
        if "caption" in self.open:
            self.caption += data
        elif "p" in self.open:
            self.notes[-1] += data
        elif not self.foot and ("td" in self.open or "th" in self.open):
            self.rows[-1][-1][0] += data


def read_html(path, _table):
    reader = HtmlReader()
    with open(path, encoding="utf-8", newline="") as file:
        reader.feed(file.read())
    reader.close()
    return Reading(reader.caption, [[tuple(cell) for cell in row] for row in reader.rows], reader.notes)


def read_docx(path, table):
    import docx
    document = docx.Document(path)
    name = docx.oxml.ns.qn
    text = lambda paragraph: "".join(t.text or "" for t in paragraph._p.iter(name("w:t")))
    styled = lambda style: [text(p) for p in document.paragraphs if p.style.style_id == style]
    rows = read_back.word_parts(document.tables, {**table, "columns": columns_of(table)})[0] if document.tables else []
    return Reading("".join(styled("Caption")), rows, styled("TableNote"))


def excel_text(cell):
    """Texts of a sheet hold _x0041_ for A."""
    if isinstance(cell.value, str):
        return re.sub("_x([0-9A-Fa-f]{4})_", lambda match: chr(int(match.group(1), 16)), cell.value)
    return read_back.shown(cell)


def read_xlsx(path, table):
    import openpyxl
    sheet = openpyxl.load_workbook(path).active
    caption = excel_text(sheet.cell(1, 1)) if caption_of(table) else ""
    rows = read_back.excel_cells(path, {**table, "columns": columns_of(table), "title": caption_of(table), "number": 0}) if table["rows"] else []
    for row, line in zip(rows, table["rows"]):
        for (got, _), cell in zip(row, line["cells"]):
            values = values_of(cell) if cell["kind"] in NUMERIC else []
            single = len(values) == 1 and abs(values[0]) < 9.9e307
            if single and (got.data_type != "n" or got.value != values[0]):
                raise ValueError(f"{got.coordinate} holds {got.value!r}, not the number {values[0]}")
    first = (1 if caption_of(table) else 0) + len(table["rows"])
    notes = [excel_text(sheet.cell(first + 1 + i, 1)) for i in range(len(table["notes"]))]
    return Reading(caption, [[(excel_text(cell), span) for cell, span in row] for row in rows], notes)


TEX_TEXT = {"textbackslash": "\\", "textasciicircum": "^", "textasciitilde": "~", "textless": "<", "textgreater": ">", "textbar": "|",
            "textquotedbl": '"', "textasciigrave": "`", "textquotesingle": "'", "textendash": "–", "textemdash": "—"}
TEX_MATH = {"-": "−", "times": "×", "leq": "≤", "geq": "≥", "infty": "∞", "approx": "≈", "neq": "≠", "pm": "±", "surd": "√", "rightarrow": "→",
            "leftarrow": "←", "Delta": "Δ", "Sigma": "Σ", "Omega": "Ω", "Phi": "Φ", "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ",
            "varepsilon": "ε", "eta": "η", "theta": "θ", "lambda": "λ", "mu": "μ", "pi": "π", "rho": "ρ", "sigma": "σ", "tau": "τ", "varphi": "φ",
            "chi": "χ", "omega": "ω"}
TEX_LIGATURES = ("--", ",,", "''", "``", "<<", ">>", "?`", "!`")


class Tex:
    """Reads LaTeX as LaTeX does, a character at a time; what is neither text nor a command known here is an error."""

    def __init__(self, source):
        self.source, self.at = source, 0

    def group(self):
        if self.source[self.at] != "{":
            raise ValueError(f"no group at {self.source[self.at:][:20]!r}")
        self.at += 1
        text = self.text("}")
        self.at += 1
        return text

    def text(self, end=""):
        out, literal = "", ""
        while self.at < len(self.source) and self.source[self.at] != end:
            letter = self.source[self.at]
            literal = literal[-1:] + letter if letter not in "\\{}$^%&#~_" else ""
            if literal in TEX_LIGATURES:
                raise ValueError(f"{literal} is a ligature")
            out += self.special(letter)
        return out

    def special(self, letter):
        if letter == "\\":
            return self.command()
        if letter == "{":
            return self.group()
        if letter == "$":
            return self.formula()
        if letter == "^":  # in a column of numbers
            self.at += 1
            return self.group()
        if letter in "%&#~_}\n":
            raise ValueError(f"a bare {letter} in {self.source[:80]!r}")
        self.at += 1
        return letter

    def command(self):
        name = re.match(r"\\([A-Za-z]+|.)", self.source[self.at:]).group(1)
        self.at += 1 + len(name)
        if name in TEX_TEXT:
            if self.source[self.at:self.at + 2] != "{}":
                raise ValueError(f"\\{name} eats what follows")
            self.at += 2
            return TEX_TEXT[name]
        if name in "{}$&#%_":
            return name
        if name == "textsuperscript" and self.source.startswith("{2}", self.at):
            self.at += 3
            return "²"
        if name in ("textbf", "textit"):
            return self.group()
        raise ValueError(f"the command \\{name}")

    def formula(self):
        body = re.match(r"\$([^$]*)\$", self.source[self.at:])
        self.at += body.end()
        stars = re.fullmatch(r"\^\{(\*+)\}", body.group(1))
        return stars.group(1) if stars else TEX_MATH[body.group(1).removeprefix("\\")]


def tex_cells(line):
    """Fields between & that no backslash escapes."""
    fields, at = [""], 0
    while at < len(line):
        length = 2 if line[at] == "\\" else 1
        if line[at] == "&":
            fields.append("")
        else:
            fields[-1] += line[at:at + length]
        at += length
    return [field.strip(" ") for field in fields]


def tex_cell(field):
    wide = re.fullmatch(r"\\multicolumn\{(\d+)\}\{[lcr]\}\{(.*)\}", field)
    body, span = (wide.group(2), int(wide.group(1))) if wide else (field, 1)
    lines = re.fullmatch(r"\\parbox\[t\]\{(?:0\.5)?\\linewidth\}\{\\raggedright (.*)\}", body)
    return Tex(lines.group(1) if lines else body).text().strip(" "), span


def read_tex(path, table):
    source = path.read_bytes().decode("utf-8")
    if not table["rows"] or columns_of(table) == 0:
        if any(line and not line.startswith("%") for line in source.split("\n")):
            raise ValueError("an empty table holds text")
        return None
    lines = [line for line in source.split("\n") if not line.startswith("%")]
    begin, end = lines.index("\\toprule"), lines.index("\\bottomrule")
    rows = [line for line in lines[begin + 1:end] if not re.fullmatch(r"\\midrule|(\\cmidrule\(lr\)\{\d+-\d+\})+", line)]
    if any(not row.endswith(" \\\\") for row in rows):
        raise ValueError("a row does not end")
    caption = [Tex(line.removeprefix("\\caption")).text() for line in lines[:begin] if line.startswith("\\caption{")]
    notes = [Tex(line.removeprefix("\\item ")).text() for line in lines[end:] if line.startswith("\\item ")]
    return Reading("".join(caption), [[tex_cell(field) for field in tex_cells(row.removesuffix(" \\\\"))] for row in rows], notes)


def markdown_text(source):
    """Inline content without emphasis: backslash escapes and character references."""
    return re.sub(r"\\([!-/:-@\[-`{-~])|&(?:#\d+|#[xX][0-9a-fA-F]+|\w+);",
                  lambda match: match.group(1) or html.unescape(match.group()), source)


def unbold(field):
    bold = re.fullmatch(r"\*\*(.+)\*\*", field)
    return bold.group(1) if bold else field


def read_markdown(path, table):
    lines = path.read_bytes().decode("utf-8").split("\n")
    rows, notes, caption = [], [], ""
    for number, line in enumerate(lines):
        if line.startswith("|"):
            rows.append([field.strip(" ") for field in re.findall(r"((?:\\.|[^|\\])*)\|", line[1:])])
        elif number == 0 and caption_of(table).strip(" "):
            caption = markdown_text(re.fullmatch(r"\*\*(.*)\*\*", line).group(1))
        elif line:
            notes.append(markdown_text(line))
    if rows:
        if not all(re.fullmatch(r":-+:?", field) for field in rows.pop(1)):
            raise ValueError("no line of dashes under the heads")
    return Reading(caption, rows, notes)


TYPST_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')
TYPST_CELL = re.compile(r"(?:table\.cell\((?:colspan: (\d+), )?(?:align: \w+, )?)?(?:strong\(|emph\()*S(?: \+ super\(S\))?(?: \+ S)?\)*")


def typst_strings(line):
    """A line of code with S for each string, and the strings."""
    strings = [re.sub(r"\\(.)", r"\1", text) for text in TYPST_STRING.findall(line)]
    code = TYPST_STRING.sub("S", line)
    if '"' in code:
        raise ValueError("a string does not end")
    return code, strings


def typst_row(line):
    code, strings = typst_strings(line.strip(" "))
    cells, depth, begin = [], 0, 0
    for at, letter in enumerate(code):
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if letter == "," and depth == 0:
            cells.append(code[begin:at].strip(" "))
            begin = at + 1
    row = []
    for cell in cells:
        match = TYPST_CELL.fullmatch(cell)
        if not match or cell.count("(") != cell.count(")"):
            raise ValueError(f"not a cell: {cell}")
        row.append(("".join(strings.pop(0) for _ in range(cell.count("S"))), int(match.group(1) or 1)))
    return row


def read_typst(path, table):
    source = path.read_bytes().decode("utf-8")
    if not table["rows"] or columns_of(table) == 0:
        if any(line and not line.startswith("//") for line in source.split("\n")):
            raise ValueError("an empty table holds text")
        return None
    caption, rows, notes, depth = "", [], [], 0
    for line in source.split("\n"):
        code, strings = typst_strings(line)
        depth += code.count("(") + code.count("[") - code.count(")") - code.count("]")
        if code.startswith("  caption: "):
            caption = strings[0]
        elif code.startswith("#block("):
            notes += strings
        elif code.startswith("    ") and not code.startswith(("    table.h", "    columns:", "    ),")):
            rows.append(typst_row(line))
    if depth != 0:
        raise ValueError("brackets do not match")
    return Reading(caption, rows, notes)


def read_csv(path, _table):
    text = path.read_bytes().decode("utf-8-sig")
    return Reading(None, [[(field, 1) for field in row] for row in csv.reader(io.StringIO(text, newline=""), strict=True)], None)


READERS = {"docx": read_docx, "xlsx": read_xlsx, "tex": read_tex, "html": read_html, "md": read_markdown, "typ": read_typst, "csv": read_csv}
