#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Word and Excel tables of a results folder, read by python-docx and openpyxl and laid beside the JSON of the same
table: every printed cell, every span, every note. `read_back.py RESULTS` expects NN-id.json beside .docx and .xlsx."""
import json
import pathlib
import re
import sys

import docx
import openpyxl


def expected(table):
    """Rows of (text, span) as the JSON prints them."""
    return [[(cell.get("printed", ""), cell.get("span", 1)) for cell in row["cells"]] for row in table["rows"]]


def plain_minus(row):
    """Word prints U+2212 where the JSON prints a hyphen."""
    return [(text.replace("\u2212", "-"), span) for text, span in row]


def word_rows(path):
    document = docx.Document(path)
    rows = []
    for row in document.tables[0]._tbl.tr_lst:
        rows.append([("".join(t.text or "" for t in cell.iter(docx.oxml.ns.qn("w:t"))),
                      cell.grid_span) for cell in row.tc_lst])
    notes = [p.text for p in document.paragraphs if p.style.name == "Table Note"]
    return rows, notes


def shown(cell):
    """What Excel shows for a number under a format of quoted texts around 0.00 or 0.0E+00."""
    if not isinstance(cell.value, (int, float)):
        return "" if cell.value is None else str(cell.value)
    sections = cell.number_format.split(";")
    second = cell.value < 0 and len(sections) > 1
    value = -cell.value if second else cell.value
    before, digits, after = re.fullmatch(r'((?:"[^"]*")?)([0.E+]+)((?:"[^"]*")?)', sections[second]).groups()
    if "E" in digits:
        number = f"{value:.1e}"
    else:
        number = f"{value:.{len(digits.partition('.')[2])}f}"
    return before.strip('"') + number + after.strip('"')


def excel_rows(path, table):
    sheet = openpyxl.load_workbook(path).active
    spans = {(m.min_row, m.min_col): m.max_col - m.min_col + 1 for m in sheet.merged_cells.ranges}
    first = 2 if table["title"] or table["number"] else 1
    rows = []
    for line in range(first, first + len(table["rows"])):
        cells, column = [], 1
        while column <= table["columns"]:
            span = spans.get((line, column), 1)
            cells.append((shown(sheet.cell(line, column)), span))
            column += span
        rows.append(cells)
    end = first + len(table["rows"])
    return rows, [sheet.cell(end + i, 1).value for i in range(len(table["notes"]))]


def main(folder):
    checked = 0
    for source in sorted(pathlib.Path(folder).glob("[0-9][0-9]-*.json")):
        table = json.loads(source.read_text(encoding="utf-8"))
        readers = {".docx": word_rows, ".xlsx": lambda path, table=table: excel_rows(path, table)}
        for suffix, read in readers.items():
            path = source.with_suffix(suffix)
            if not path.exists():
                continue
            rows, notes = read(path)
            for number, (got, want) in enumerate(zip(rows, expected(table), strict=True), 1):
                got, want = plain_minus(got), plain_minus(want)
                assert got == want, f"{path} row {number}: {got} is not {want}"
            assert notes == table["notes"], f"{path}: {notes} is not {table['notes']}"
            checked += 1
    assert checked, f"{folder} holds no table as json beside docx or xlsx"
    print(f"{checked} files read back")


if __name__ == "__main__":
    main(sys.argv[1])
