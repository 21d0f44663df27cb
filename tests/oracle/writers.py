#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Random tables through every writer and back.

writers.py WRITE_TABLES [--tables N] [--seed N] [--keep FOLDER]

Spans, values of all sizes, gaps, infinities and labels of any Unicode (control characters, markup of every format, 300
characters, right-to-left, combining, emoji, private use) are written by WRITE_TABLES (tests/report/write_tables.cpp) and
read back: Word by python-docx, Excel by openpyxl, HTML by html.parser, LaTeX, Typst and Markdown by own
readers (table_readers.py) that fail on any character that would act as markup. Captions, notes, cells and spans must be those of the table.
"""
import argparse
import json
import pathlib
import re
import subprocess
import sys
import tempfile

from random_tables import caption_of, clean, columns_of, printed, random_tables
from table_readers import READERS, markdown_text, unbold

FORMATS = ["docx", "xlsx", "tex", "html", "md", "typ", "csv", "json"]


def guarded(text):
    """What a spreadsheet program would take for a formula has an apostrophe before it."""
    number = re.fullmatch(r"\s*[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?\s*", text, re.ASCII)
    return "'" + text if re.match(r"'*[-=+@\t\r]", text) and not number else text


def expected_rows(table, suffix):
    rows = []
    for row in table["rows"]:
        cells = []
        for cell in row["cells"]:
            text, span = printed(cell, table, square=suffix == "csv"), cell.get("span", 1)
            if suffix == "csv":
                cells += [(guarded(text) if cell["kind"] == "text" else text, 1)] * span
            elif suffix == "md":
                cells += [text.strip(" ")] + [""] * (span - 1)
            else:
                cells.append((text.strip(" ") if suffix == "tex" else text, span))
        rows.append(cells)
    return rows


def plain_minus(value):
    """Formats print U+2212 where a number has a hyphen."""
    if isinstance(value, (list, tuple)):
        return [plain_minus(part) for part in value]
    return value.replace("\u2212", "-") if isinstance(value, str) else value


def same_markdown(got, table):
    want = expected_rows(table, "md")
    if not table["rows"][0]["header"]:
        want.insert(0, [""] * columns_of(table))
    problems = [] if len(got) == len(want) else [f"{len(got)} rows, expected {len(want)}"]
    for got_row, want_row in zip(got, want):
        plain = [min((markdown_text(field), markdown_text(unbold(field))), key=lambda found, text=text: plain_minus(found) != plain_minus(text))
                 for field, text in zip(got_row, want_row)]
        if len(got_row) != columns_of(table) or plain_minus(plain) != plain_minus(want_row[:len(plain)]):
            problems.append(f"{got_row} is not {want_row}")
    return problems


def file_problems(path, table):
    suffix = path.suffix[1:]
    if suffix == "json":
        return json_problems(json.loads(path.read_text("utf-8")), table)
    try:
        got = READERS[suffix](path, table)
    except (ValueError, KeyError, IndexError, AttributeError) as error:
        return [f"cannot be read: {error!r}"]
    if got is None:
        return []
    problems = []
    if suffix == "md":
        problems += same_markdown(got.rows, table) if columns_of(table) else []
    elif columns_of(table):
        want = expected_rows(table, suffix)
        problems += [f"row {number}: {a} is not {b}" for number, (a, b) in enumerate(zip(plain_minus(got.rows), plain_minus(want)), 1) if a != b]
        problems += [] if len(got.rows) == len(want) else [f"{len(got.rows)} rows, expected {len(want)}"]
    trimmed = (lambda text: text.strip(" ")) if suffix in ("tex", "md") else str
    caption = clean(table["title"]) if suffix == "tex" else caption_of(table)
    notes = [trimmed(clean(note)) for note in table["notes"]]
    if suffix == "md":
        notes = [note for note in notes if note]
    if got.caption is not None and trimmed(got.caption) != trimmed(caption):
        problems.append(f"the caption {got.caption!r} is not {caption!r}")
    if got.notes is not None and [trimmed(note) for note in got.notes] != notes:
        problems.append(f"the notes {got.notes} are not {notes}")
    return problems


def json_problems(got, table):
    problems = [f"{key}: {got[key]!r}" for key in ("id", "title", "notes", "number", "lang", "decimals") if got[key] != table[key]]
    for got_row, row in zip(got["rows"], table["rows"], strict=True):
        for got_cell, cell in zip(got_row["cells"], row["cells"], strict=True):
            problems += [f"{key} of {got_cell}: {cell[key]!r}" for key in cell if got_cell.get(key) != cell[key]]
            if cell["kind"] != "text" and plain_minus(got_cell.get("printed", "")) != printed(cell, table):
                problems.append(f"{got_cell} does not print as {printed(cell, table)}")
    return problems


def check(tables, folder, refused):
    problems, files = [], 0
    for number, table in enumerate(tables):
        for suffix in FORMATS:
            name = f"{number:04}.{suffix}"
            if name in refused:
                problems.append(f"{name}: refused with {refused[name]}")
                continue
            files += 1
            problems += [f"{name}: {problem}" for problem in file_problems(folder / name, table)]
    return problems, files


def write(program, tables, folder):
    (folder / "tables.json").write_text(json.dumps(tables), "utf-8")
    done = subprocess.run([program, str(folder / "tables.json"), str(folder)], capture_output=True, text=True, check=True)
    return {line.split()[0]: line.split()[1] for line in done.stdout.splitlines()}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("program")
    parser.add_argument("--tables", type=int, default=250)
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--keep", help="write the files here and leave them")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="panelist-writers-") as scratch:
        folder = pathlib.Path(options.keep or scratch)
        folder.mkdir(exist_ok=True)
        tables = random_tables(options.seed, options.tables)
        problems, files = check(tables, folder, write(options.program, tables, folder))
    for problem in problems[:20]:
        print("FAILED " + problem[:2000])
    print(f"{files} files of {len(tables)} tables read back, {len(problems)} problems")
    sys.exit(1 if problems or files < 8 * options.tables else 0)


if __name__ == "__main__":
    main()
