#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What must hold of a whole run, whatever the numbers are.

properties.py PANELIST EXAMPLES

One cell of the data changes the tables that depend on it and no other; the bytes are the same again, for 1, 2 and 7
threads, and away from this tree; each numeric cell of every table points at its number in results.json and prints the
same in every format (read_back.py); a Chinese run says nothing in English.
"""
import csv
import filecmp
import html
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile

import read_back


def run(program, study, out, *options):
    done = subprocess.run([program, "run", str(study), "--out", str(out), "--quiet", *options], capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"run failed with {done.returncode}:\n{done.stdout}{done.stderr}")
    return pathlib.Path(out)


def tables(out):
    return json.loads((out / "study.lock").read_text("utf-8"))["tables"]


def change_cell(path, row_start, column):
    lines = path.read_text("utf-8").splitlines()
    at = lines[0].split(",").index(column)
    for i, line in enumerate(lines):
        if line.startswith(row_start):
            cells = line.split(",")
            cells[at] = repr(float(cells[at]) * 1.1)
            lines[i] = ",".join(cells)
            path.write_text("\n".join(lines) + "\n", "utf-8")
            return
    sys.exit(f"no row {row_start} in {path}")


def key_prefix(path):
    """The first Guangdong row of 2018, however the keys are ordered."""
    for line in path.read_text("utf-8").splitlines():
        if re.search(r"(^|,)Guangdong(,|$)", line) and re.search(r"(^|,)2018(,|$)", line):
            return line
    sys.exit("no Guangdong 2018")


def data_file_with(folder, column):
    for path in sorted((folder / "data").glob("*.csv")):
        if column in path.read_text("utf-8").splitlines()[0].split(","):
            return path
    sys.exit(f"no file has {column}")


# A cell of a column -> the tables that depend on it (examples/digital-trade/study.toml).
DEPENDENTS = {
    "techmarket_out_10k": {"index-DTI", "descriptives", "mechanism", "correlations"},
    "rd_fte_personyear": None,  # NQP and the split by research staff: everything but the other two index tables
    "budget_agri_100m": {"descriptives", "baseline", "iv", "robust", "regions", "development", "mechanism", "inference",
                         "correlations", "sensitivity"},
}
ALL_BUT = {"rd_fte_personyear": {"index-DT", "index-DTI", "scores"}}


def check_cell_changes(program, example, base, folder):
    problems = []
    before = tables(base)
    for column, wanted in DEPENDENTS.items():
        copy = folder / ("changed-" + column)
        shutil.copytree(example, copy, ignore=shutil.ignore_patterns("results"))
        path = data_file_with(copy, column)
        change_cell(path, key_prefix(path), column)
        after = tables(run(program, copy / "study.toml", copy / "out"))
        changed = {name for name in before if before[name] != after[name]}
        expected = wanted if wanted is not None else set(before) - ALL_BUT[column]
        if changed != expected:
            problems.append(f"{column}: changed {sorted(changed)}, expected {sorted(expected)}")
    return problems


def same_files(a, b):
    names = sorted(os.listdir(a))
    if names != sorted(os.listdir(b)):
        return ["other files"]
    return [name for name in names if not filecmp.cmp(a / name, b / name, shallow=False)]


def check_same_bytes(program, example, base, folder):
    problems = []
    for threads in ("1", "2", "7"):
        for name in same_files(base, run(program, example / "study.toml", folder / ("threads-" + threads), "--threads", threads)):
            problems.append(f"{name} differs with {threads} threads")
    alone = folder / "alone"
    shutil.copytree(example, alone, ignore=shutil.ignore_patterns("results"))
    for name in same_files(base, run(program, alone / "study.toml", folder / "alone-out")):
        problems.append(f"{name} differs away from this tree")
    return problems


# Example -> numeric cells in its tables, all of them followed into results.json and read back from every format.
CELLS = {"digital-trade": 993, "one-city": 98, "resilience": 691}
EVERY_FORMAT = ["docx", "xlsx", "tex", "typ", "html", "md", "csv", "json"]
# Rows and brackets that the examples do not print.
EVERY_STAT = ["n", "n_units", "n_clusters", "r2", "r2_adjusted", "r2_within", "r2_within_adjusted", "r2_xtreg", "sigma",
              "log_likelihood", "aic", "bic", "f", "f_p", "df_residual", "correct_digits", "mean_outcome", "mean_vif", "kp_lm", "kp_lm_p",
              "kp_f", "cragg_donald_f", "stock_yogo", "endogeneity", "anderson_rubin", "first_stage_f", "partial_r2"]


def with_changes(example, folder, changes):
    shutil.copytree(example, folder, ignore=shutil.ignore_patterns("results"))
    path = folder / "study.toml"
    text = path.read_text("utf-8")
    for pattern, replacement in changes:
        text, times = re.subn(pattern, lambda _, replacement=replacement: replacement, text, flags=re.MULTILINE)
        if times == 0:
            sys.exit(f"{path} has no {pattern}")
    path.write_text(text, "utf-8")
    return path


def all_formats(names=tuple(EVERY_FORMAT)):
    return (r"^formats = .*$", f"formats = {json.dumps(list(names))}")


def check_read_back(program, examples, folder):
    problems = []
    for name, wanted in CELLS.items():
        study = with_changes(examples / name, folder / ("formats-" + name), [all_formats()])
        out = run(program, study, folder / ("formats-out-" + name))
        found, cells, files = read_back.read_back(out)
        problems += [f"{name}: {problem}" for problem in found]
        tables = len(json.loads((out / "results.json").read_text("utf-8"))["tables"])
        if cells != wanted or files != dict.fromkeys(read_back.READERS, tables):
            problems.append(f"{name}: {cells} numeric cells, expected {wanted}; files {files} of {tables} tables")
        # A run of one table keeps the others of the folder, with their pointers.
        some = read_back.read_back(run(program, study, out, "descriptives"))
        if some != ([], wanted, files):
            problems.append(f"{name}, one table again: {some}")
    return problems


def check_every_row(program, examples, folder):
    stats = f"stats   = {json.dumps(EVERY_STAT)}"
    changes = [all_formats(), (r'^title   = "Descriptive statistics"$', 'by = "region"'), (r'^stats   = \["kp_lm".*$', stats + '\nbelow = "ci"'),
               (r'^id    = "robust"$', 'id = "robust"\nbelow = "p"'), (r'^id      = "baseline"$', 'id = "baseline"\n' + stats)]
    out = run(program, with_changes(examples / "digital-trade", folder / "rows", changes), folder / "rows-out")
    problems, _, _ = read_back.read_back(out)
    iv = json.loads((out / "results.json").read_text("utf-8"))["tables"][5]["table"]
    rows = sum(1 for row in iv["rows"] if any(cell["kind"] not in read_back.NOT_NUMERIC for cell in row["cells"]))
    # Coefficients and brackets of the instruments, DT and the constant (eight rows) above the statistics.
    return problems if rows == 8 + len(EVERY_STAT) else problems + [f"the table of every row has {rows} rows of numbers"]


# Names and symbols that stay in Latin letters in Chinese papers.
CHINESE_KEEPS = {"Holm", "Gelbach", "CRITIC", "VIF", "IV", "AIC", "BIC", "BCa", "F", "t", "z", "p", "R", "a", "b", "c", "k", "ln", "N", "xtreg", "HC", "hc",
                 "A", "B", "Sobel", "Kleibergen", "Paap", "rk", "LM", "Wald", "Stock", "Yogo", "Cragg", "Donald", "Sargan", "Hansen", "J",
                 "Anderson", "Rubin", "Newey", "West", "Sun", "Abraham", "Callaway", "Sant", "Anna", "ATT", "Goodman", "Bacon", "Pearson", "Spearman", "Welch", "Driscoll", "Kraay", "Conley",
                 "Stata", "pctile", "Python", "panelist", "SHA", "cluster", "fixest", "stata", "reghdfe", "ivreghdfe", "ivreg2", "pyfixest", "subset", "data", "csv", "output", "true"}


def words_of_user(results):
    """Names from the study and its data: of indices, indicators, terms, outcomes, groups and conditions."""
    texts = list(results["indices"]) + ["province", "year", "province_zh", "coast", "and", "or", "not", "in", "winsor"]
    for index in results["indices"].values():
        texts += [indicator["code"] for indicator in index["indicators"]]
    for table in results["tables"]:
        texts += [unit["unit"] for unit in table.get("units", [])]
        for column in table.get("columns", []):
            texts += [column["formula"], column.get("heading", "")] + [one["term"] for one in column["coefficients"]]
    return set(re.findall(r"[A-Za-z][A-Za-z0-9_]*", " ".join(texts)))


def words_of_codebook(path):
    """Chinese labels and units."""
    with open(path, encoding="utf-8", newline="") as file:
        texts = [row["label_zh"] + " " + row["unit_zh"] for row in csv.DictReader(file)]
    return set(re.findall(r"[A-Za-z][A-Za-z0-9_]*", " ".join(texts)))


def check_chinese(program, examples, folder):
    more = ('[[table]]\nid = "vif"\nvif = "main"\n[[table]]\nid = "more"\nof = "main"\nbelow = "ci"\n'
            f"stats = {json.dumps(EVERY_STAT)}\n"
            'vary = [{ trim = ["RES"], at = 0.01 }, { vcov = "hc1" }, { vcov = "iid" }, { where = "year >= 2018" }]\n'
            '[[table]]\nid = "groups"\nof = "main"\nsplit = [{ by = "UL", at = "median", level = "row" }]\n'
            '[[table]]\nid = "all"\nsummary = ["RES"]\nstats = ["n", "missing", "mean", "sd", "min", "p25", "p50", "p75", "max", '
            '"skewness", "kurtosis", "sum"]\nby = "coast"\n'
            '[[table]]\nid = "pairs"\ncorrelation = ["RES", "UL"]\ncoefficient = "both"\nbelow = "p"\n'
            '[[table]]\nid = "balance"\nbalance = ["RES"]\nby = "coast"\n'
            '[[table]]\nid = "parts"\nbacon = { of = "RES ~ DT | province + year", cohort = "FTZ" }\n'
            '[[table]]\nid = "placebos"\nplacebo = { of = "main", cohort = "FTZ", draws = 50 }\n'
            '[[table]]\nid = "ranks"\nranking = "RES"\n'
            '[[table]]\nid = "scores"\nindex_scores = "NQP"\n'
            '[[table]]\nid = "conventions"\nindex_sensitivity = "DT"\nof = "main"\n'
            '[[table]]\nid = "moves"\ntransition = "RES"\nby = "coast"\nquantiles = "period"\n')
    problems, kinds = [], set()
    for style in ("plain", "outreg2"):
        changes = [(r"^style .*$", f'style = "{style}"'), (r"^\[output\]$", more + "[output]")]
        if style == "outreg2":
            changes.append((r'^pool .*$', 'pool = "year"'))
        study = with_changes(examples / "resilience", folder / ("chinese-" + style), changes)
        out = run(program, study, folder / ("chinese-out-" + style))
        results = json.loads((out / "results.json").read_text("utf-8"))
        known = CHINESE_KEEPS | words_of_user(results) | words_of_codebook(examples / "resilience" / "data" / "codebook.csv")
        page = re.sub(r"<style>.*?</style>|<script.*?</script>|<pre.*?</pre>|<code.*?</code>|<[^>]*>", " ", (out / "report.html").read_text("utf-8"), flags=re.DOTALL)
        for table in results["tables"]:
            kinds.add(table["kind"])
            texts = [cell.get("printed", "") for row in table["table"]["rows"] for cell in row["cells"]] + table["table"]["notes"]
            problems += [f"{style} {table['id']}: {word} in `{text}`" for text in texts for word in foreign(text, known)]
        page = re.sub(r"figure-[\w.-]+\.csv", " ", html.unescape(page))
        problems += [f"{style} report.html: {word}" for word in foreign(page, known)]
    every = {"index", "summary", "vif", "columns", "vary", "split", "mediation", "correlation", "balance", "ranking", "transition",
             "event_study", "bacon", "placebo", "index_scores", "index_sensitivity", "spec_curve", "leave_out", "gelbach"}
    return problems if kinds == every else problems + [f"only the kinds {sorted(kinds)}"]


def foreign(text, known):
    """English words of a text; not the exponent of a number."""
    return [word for word in re.findall(r"[A-Za-z][A-Za-z_]*[0-9]*", re.sub(r"\d(e[-\u2212+]?\d+)", "0", text))
            if word not in known and word.rstrip("0123456789") not in known]


def one_digit_changed(data):
    """The first number with four decimals, last digit moved."""
    at = re.search(rb"\d\.\d{3}\d", data).end() - 1
    return data[:at] + (b"7" if data[at:at + 1] != b"7" else b"3") + data[at + 1:]


def change_file(path):
    if path.suffix not in (".docx", ".xlsx"):
        path.write_bytes(one_digit_changed(path.read_bytes()))
        return
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    part = next(name for name in parts if name.endswith(("document.xml", "sheet1.xml")))
    head, body = parts[part].split(b"Data" if b"Data" in parts[part] else b"tblGrid>", 1)
    parts[part] = head + (b"Data" if b"Data" in parts[part] else b"tblGrid>") + one_digit_changed(body)
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)


def check_reading_notices(folder):
    """One digit changed in a file of each format is noticed, and so is a pointer to a neighbour."""
    out, problems = folder / "formats-out-digital-trade", []
    results = json.loads((out / "results.json").read_text("utf-8"))
    table = results["tables"][4]
    for suffix in EVERY_FORMAT:
        path = shutil.copy(out / f"05-baseline.{suffix}", folder)
        path = pathlib.Path(path)
        if read_back.file_problems(path, table["table"]):
            problems.append(f"{path.name} has problems before it was changed")
        change_file(path)
        if not read_back.file_problems(path, table["table"]):
            problems.append(f"a changed digit in {path.name} goes unnoticed")
    cell = read_back.numeric_cells(table["table"])[0]
    cell["source"] = cell["source"].replace("/columns/0/", "/columns/1/")
    if not read_back.pointer_problems(results)[0]:
        problems.append("a pointer to another column goes unnoticed")
    return problems


def main():
    program, examples = sys.argv[1], pathlib.Path(sys.argv[2])
    example = examples / "digital-trade"
    with tempfile.TemporaryDirectory(prefix="panelist-properties-") as name:
        folder = pathlib.Path(name)
        base = run(program, example / "study.toml", folder / "base")
        checks = {"one cell": check_cell_changes(program, example, base, folder),
                  "same bytes": check_same_bytes(program, example, base, folder),
                  "cell by cell": check_read_back(program, examples, folder),
                  "Chinese": check_chinese(program, examples, folder),
                  "every row": check_every_row(program, examples, folder), "reading": check_reading_notices(folder)}
    for check, problems in checks.items():
        for problem in problems[:20]:
            print(f"FAILED {check}: {problem}")
    failed = sum(bool(problems) for problems in checks.values())
    print(f"{len(checks) - failed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
