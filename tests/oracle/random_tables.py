# SPDX-License-Identifier: Apache-2.0
"""Random publication tables in the form of results.json, and what a perfect reader finds in them."""
import math
import random
import re

import read_back

MOST_WORD_COLUMNS = 63  # of one table, which a wider one is parted for

# --- random tables
PIECES = [
    "&", "<", ">", '"', "'", "\\", "{", "}", "_", "%", "$", "#", "^", "~", "|", "`", "*", "[", "]", "-", "--", "---", ",", ",,",
    ";", "=", "+", "@", "!", "?", "!`", "?`", "''", "``", "<<", ">>", ".", "...", "1", "a", "Z", " ", "  ", "\t", "\n", "\r\n",
    "\x00", "\x01", "\x1b[31m", "\x7f", "\x85", "\x9f", "\u2028", "\u2029", "\ufeff", "\ufffe", "\uffff", "\ufdd0", "\xad",
    "\\\\", "\\input{x}", "\\end{table}", "$x^2$", "^^M", "%%", "\\item ", "&amp;", "&#60;", "<!--", "]]>", "</td>", "<script>",
    "<br/>", "#let x = 1", "#{", "*/", "//", "https://a.b/c_d", "@ref", "_x0041_", "_x005F_", "=SUM(A1)", "**b**", "__b__",
    "[a](b)", "![a](b)", "~~s~~", "- [ ] x", "1. a", "> q", "# h", "|---|", "```", "中", "文字", "，", "。", "（", "é", "e\u0301",
    "n\u0303\u0323", "ß", "ŉ", "ĸ", "Ħ", "ŧ", "Ŀ", "ſ", "ﬁ", "😀", "👩\u200d🔬", "🇨🇳", "α", "Ω", "²", "−", "×", "≤", "∞", "\u00a0", "\u200b",
    "“", "”", "–", "—", "…", "مرحبا", "שלום", "\u202eabc\u202c", "\u2067", "हिन्दी", "ไทย", "한국어", "\ue000", "\U000f1234", "\U0010fffd",
    "\u0300", "ⅷ", "№", "½", "¿", "¡", "€", "£", "°", "${x}", "{0}", "{}", "%s", "\\0", "\\\"", "\\u{41}"]
NUMERIC = ["estimate", "std_error", "statistic", "p_value", "interval", "count", "number"]


# What pdflatex reads with T1 fonts: no letter of a third of the tables goes beyond.
LATIN = [chr(code) for code in range(0xA0, 0x180) if chr(code) not in "ĦħĸĿŀŉŦŧſ"]
LATIN_PIECES = LATIN + [piece for piece in PIECES if all(ord(letter) < 0x80 for letter in piece)] + list("α×≤−“”–—…")


class Dice(random.Random):
    latin = False

    def piece(self):
        return self.choice(LATIN_PIECES if self.latin else PIECES)


def random_label(dice):
    if dice.random() < 0.02:
        return (dice.piece() * 300)[:300]
    if dice.random() < 0.05 and not dice.latin:
        return "".join(chr(dice.choice([*range(0, 0xD800), *range(0xE000, 0x3000, 7), 0x1F600, 0x10FFFF])) for _ in range(8))
    return "".join(dice.piece() for _ in range(dice.randint(1, 10)))


def random_number(dice):
    return dice.choice([
        lambda: dice.gauss(0, 1), lambda: dice.gauss(0, 1) * 10.0 ** dice.randint(-12, 12), lambda: 0.0, lambda: float(dice.randint(-999, 99999)),
        lambda: round(dice.random(), 2), lambda: 0.5 * dice.randint(-9, 9), lambda: dice.choice([1e300, -1e-300, 1.7e308, 5e-324, 1e15, 999999.99995, 0.00005]),
        lambda: dice.choice([math.nan, math.inf, -math.inf])])()


def set_number(cell, name, value):
    cell[name] = value if math.isfinite(value) else None
    if math.isinf(value):
        cell["infinite" + name.removeprefix("value")] = 1 if value > 0 else -1


def random_cell(dice, span):
    kind = dice.choice(["text", "text", "empty", "flag", *NUMERIC])
    cell = {"kind": kind}
    if kind == "text":
        cell["text"] = random_label(dice)
    if kind == "flag":
        cell["value"] = dice.random() < 0.5
    if kind in NUMERIC:
        set_number(cell, "value", random_number(dice))
        if dice.random() < 0.5:
            cell["stars"] = dice.randint(1, 3)
        if dice.random() < 0.4:
            cell["bracket"] = dice.choice(["round", "square"])
        if dice.random() < 0.4:
            cell["decimals"] = dice.randint(0, 8)
    if kind == "interval":
        set_number(cell, "value2", random_number(dice))
    if span != 1:
        cell["span"] = span
    for look in ("bold", "italic"):
        if dice.random() < 0.1:
            cell[look] = True
    if dice.random() < 0.2:
        cell["align"] = dice.choice(["left", "center", "right"])
    return cell


def random_row(dice, columns, header):
    row = {"header": header, "cells": []}
    left = columns
    while left > 0:
        span = min(left, dice.choice([1, 1, 1, 1, 2, 3, 5]))
        row["cells"].append(random_cell(dice, span))
        left -= span
    if dice.random() < 0.3:
        row["rule_above"] = "thin"
    if dice.random() < 0.3:
        row["rule_under_spans"] = True
    return row


def random_table(dice, columns, rows):
    dice.latin = dice.random() < 1 / 3
    heads = min(rows, dice.randint(0, 2))
    look = {"landscape": dice.random() < 0.1, "leading_zero": dice.random() < 0.8, "significant": dice.choice([0, 0, 0, 3]), "p_decimals": dice.choice([0, 0, 3])}
    if dice.random() < 0.2:
        look |= {"font": random_label(dice), "font_zh": random_label(dice), "size": dice.choice([8, 10.5, 12])}
    return {"id": dice.choice(["main", "two words", random_label(dice)]), "number": dice.choice([0, 7]), "title": dice.choice(["", random_label(dice)]),
            "lang": "en" if dice.latin else dice.choice(["en", "zh"]), "style": "plain", "decimals": dice.randint(0, 6), "look": look,
            "rows": [random_row(dice, columns, line < heads) for line in range(rows)], "notes": [random_label(dice) for _ in range(dice.randint(0, 3))]}


def random_tables(seed, count):
    dice = Dice(seed)
    tables = [random_table(dice, dice.randint(1, 8), dice.randint(1, 6)) for _ in range(count)]
    tables += [random_table(dice, 60, 4), random_table(dice, MOST_WORD_COLUMNS, 3), random_table(dice, 200, 3)]
    tables += [random_table(dice, 3, 0), {**random_table(dice, 1, 1), "rows": [{"header": True, "cells": []}]}]
    return tables


# --- what must come back
def clean(text):
    """Control characters and separators of lines become spaces, what XML cannot hold U+FFFD."""
    return re.sub("[\ufffe\uffff]", "\ufffd", re.sub("[\x00-\x1f\x7f-\x9f\u2028\u2029]", " ", text))


def values_of(cell):
    names = ("value", "value2") if cell["kind"] == "interval" else ("value",)
    endless = {1: math.inf, -1: -math.inf}
    return [math.nan if cell[name] is None and not cell.get("infinite" + name[5:]) else endless.get(cell.get("infinite" + name[5:]), cell[name]) for name in names]


def number_text(cell, table, value):
    if math.isinf(value):
        return "∞" if value > 0 else "-∞"
    whole = cell["kind"] == "count" and value == int(value) and "decimals" not in cell
    if cell["kind"] == "p_value":
        return read_back.p_text(value, read_back.decimals_of(cell, table, value), table["look"]["leading_zero"])
    return read_back.number_text(value, 0 if whole else read_back.decimals_of(cell, table, value))


def printed(cell, table, square=False):
    if cell["kind"] == "empty":
        return ""
    if cell["kind"] == "text":
        return clean(cell["text"])
    if cell["kind"] == "flag":
        return {"en": ("NO", "YES"), "zh": ("否", "是")}[table["lang"]][cell["value"]]
    values = values_of(cell)
    if any(math.isnan(value) for value in values):
        return ""
    before, after = {"round": "[]" if square else "()", "square": "[]"}.get(cell.get("bracket"), ("", ""))
    return before + ", ".join(number_text(cell, table, value) for value in values) + "*" * cell.get("stars", 0) + after


def columns_of(table):
    return max((sum(cell.get("span", 1) for cell in row["cells"]) for row in table["rows"]), default=0)


def caption_of(table):
    number = {"en": f"Table {table['number']}", "zh": f"表{table['number']}"}[table["lang"]] if table["number"] else ""
    title = clean(table["title"])
    return number + ({"en": ". ", "zh": " "}[table["lang"]] if number and title else "") + title
