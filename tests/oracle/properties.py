#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What must hold of a whole run, whatever the numbers are.

properties.py PANELIST EXAMPLES

One cell of the data changes the tables that depend on it and no other; the bytes are the same again, for 1, 2 and 7
threads, and away from this tree; each cell of a regression table that points into results.json is the number there.
"""
import filecmp
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile


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
    "techmarket_out_10k": {"index-DTI", "descriptives", "mechanism"},
    "rd_fte_personyear": None,  # NQP and the split by research staff: everything but the other two index tables
    "budget_agri_100m": {"descriptives", "baseline", "iv", "robust", "regions", "development", "mechanism"},
}
ALL_BUT = {"rd_fte_personyear": {"index-DT", "index-DTI"}}


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


def pointed(data, pointer):
    for part in pointer.split("/")[1:]:
        data = data[int(part)] if isinstance(data, list) else data[part.replace("~1", "/").replace("~0", "~")]
    return data


def check_pointers(base):
    results = json.loads((base / "results.json").read_text("utf-8"))
    problems, checked = [], 0
    for table in results["tables"]:
        for row in table["table"]["rows"]:
            for cell in row["cells"]:
                if not cell.get("source"):
                    continue
                checked += 1
                try:
                    value = pointed(results, cell["source"])
                except (KeyError, IndexError, TypeError):
                    problems.append(f"table {table['id']}: nothing at {cell['source']}")
                    continue
                if value != cell["value"]:
                    problems.append(f"table {table['id']}: {cell['source']} is {value}, the cell {cell['value']}")
    return problems if checked >= 70 else problems + [f"only {checked} cells have a pointer"]


def main():
    program, examples = sys.argv[1], pathlib.Path(sys.argv[2])
    example = examples / "digital-trade"
    with tempfile.TemporaryDirectory(prefix="panelist-properties-") as name:
        folder = pathlib.Path(name)
        base = run(program, example / "study.toml", folder / "base")
        checks = {"one cell": check_cell_changes(program, example, base, folder),
                  "same bytes": check_same_bytes(program, example, base, folder), "pointers": check_pointers(base)}
    for check, problems in checks.items():
        for problem in problems[:20]:
            print(f"FAILED {check}: {problem}")
    failed = sum(bool(problems) for problems in checks.values())
    print(f"{len(checks) - failed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
