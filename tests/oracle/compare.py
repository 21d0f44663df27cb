#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs a study and compares each number that an independent R script computed for it.

compare.py PANELIST STUDY EXPECTED [REPLICATES BOUND]

EXPECTED has the columns table,column,quantity,term,value (tests/reference/digital-trade/README.md). Every row is
either compared (relative 1e-8; bootstrap within three Monte-Carlo errors near a normal law, or, with REPLICATES in place
of the study's own number, within BOUND standard deviations) or its quantity stands in
NOT_REPORTED below with the reason. A row that is neither fails.
"""
import csv
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

TOLERANCE = 1e-8
NOT_REPORTED = {
    "s": "a constant inside the identification statistics, checked through them",
    "L": "a constant inside the identification statistics, checked through them",
    "interaction_f_exact_rank": "the same test under another rule for K",
    "interaction_k_exact_rank": "the same test under another rule for K",
    "interaction_k": "inside the interaction test, checked through it",
    "interaction_factor": "inside the interaction test, checked through it",
    "winsorised": "stands in the note of the column",
    "imputed": "stands in the note of the run",
    "wild_p_sd": "the Monte-Carlo error of wild_p, its tolerance",
}
FIRST_STAGE_ONLY = {"estimate", "std_error", "statistic", "p_value", "conf_low", "conf_high", "r2"}


class Missing(Exception):
    pass


def find(items, **wanted):
    for item in items:
        if all(item.get(key) == value for key, value in wanted.items()):
            return item
    raise Missing(f"nothing with {wanted}")


class Results:
    def __init__(self, data):
        self.data = data
        self.replicates = 1
        self.tables = {str(table["number"]): table for table in data["tables"]}

    def value(self, table, column, quantity, term):
        if table not in self.tables:
            raise Missing(f"no table {table}")
        kind = self.tables[table]["kind"]
        if kind == "index" or (column in self.data["indices"] and kind != "correlation"):
            return self.index_value(self.data["indices"][column], quantity, term)
        return getattr(self, kind + "_value")(self.tables[table], column, quantity, term)

    def index_value(self, index, quantity, term):
        if quantity in ("weight", "entropy", "redundancy", "min", "max"):
            return find(index["indicators"], code=term)[quantity]
        if quantity == "dimension_weight":
            return find(index["nodes"], code=term, level=1)["effective_weight"]
        if quantity == "eigenvalue":
            return index["components"]["eigenvalues"][int(term) - 1]
        if quantity == "kmo":
            return index["diagnostics"]["kmo"]
        if quantity.startswith("bartlett_"):
            part = quantity[len("bartlett_"):]
            return index["diagnostics"]["bartlett"]["p_value" if part == "p" else part]
        unit, time, *dimension = term.split(":")
        row = find(index["rows"], unit=unit, time=int(time))
        if quantity == "score":
            return row["score"]
        return row["nodes"][dimension[0]][quantity[len("dimension_"):]]

    def summary_value(self, table, _column, quantity, term):
        return find(table["variables"], name=term)[quantity]

    def correlation_value(self, table, column, quantity, term):
        kind, _, part = quantity.partition("_")
        at = [table["names"].index(name) for name in (column, term)]
        row, other = (max(at), min(at)) if kind == "pearson" else (min(at), max(at))
        return table["correlations"]["below" if kind == "pearson" else "above"][row][other]["p_value" if part else "r"]

    def index_scores_value(self, table, column, quantity, term):
        unit, *time = term.split(":")
        row = find(table["units"], unit=unit)
        if quantity == "score":
            return row["scores"][table["times"].index(time[0])]
        return row["scores"][table["dimensions"].index(column)] if quantity == "mean_score" else row[quantity]

    def index_sensitivity_value(self, table, column, quantity, term):
        found = table["index_sensitivity"]
        if term == "":
            return find(found["summary"], what=column)[quantity] if column else found[quantity]
        if term != found["term"]:
            raise Missing(f"no term {term}")
        return find(found["conventions"] + found["left_out"], choices=column)[quantity]

    def vif_value(self, table, _column, quantity, term):
        return table["mean"] if quantity == "mean_vif" else find(table["vif"], term=term)[quantity]

    def columns_value(self, table, column, quantity, term):
        if column.endswith(":first"):
            fit = table["columns"][int(column[: -len(":first")]) - 1]
            return self.first_stage_value(fit["first_stage"][0], quantity, term)
        return fit_value(table["columns"][int(column) - 1], quantity, term)

    vary_value = columns_value

    def split_value(self, table, column, quantity, term):
        for fit in table["columns"]:
            if fit["heading"] == column:
                return fit_value(fit, quantity, term)
        return self.equality_value(table, column, quantity)

    def equality_value(self, table, column, quantity):
        names = {"p": "p_value", "f": "statistic", "z": "statistic", "chi2": "statistic"}
        test, _, part = quantity.rpartition("_")
        for equality in table["equality"]:
            groups = [group["group"] for group in equality["groups"]]
            if column == equality["by"]:
                form = "joint" if len(groups) > 2 else test
                return equality["tests"][form][names.get(part, part)]
            if column == " - ".join(groups):
                return equality["difference"] if quantity == "difference" else equality["tests"][test][names.get(part, part)]
            first, _, second = column.partition(" - ")
            if first in groups and second in groups:
                return self.pair_value(equality, first, second, quantity)
        raise Missing(f"no test called {column}")

    def pair_value(self, equality, first, second, quantity):
        pair = find(equality["pairs"], first=first, second=second)
        if quantity == "difference":
            return pair["difference"]
        test, _, part = quantity.rpartition("_")
        return pair["tests"][test]["p_value" if part == "p" else "statistic"]

    def mediation_value(self, table, column, quantity, term):
        if "moderated" in table:
            return moderated_value(table["moderated"], column, quantity, term)
        if column not in ("effects", "channels"):
            return fit_value(table["columns"][int(column) - 1], quantity, term)
        if "channels" in table:
            return find(table["channels"]["effects"], mediator=term)[quantity]
        if "conditional" in table:
            return conditional_value(table["conditional"]["paths"][0], quantity, term)
        mediation = table["mediation"]
        if quantity in ("total", "direct"):
            return mediation[quantity]["estimate"]
        return self.path_value(path_named(mediation, term), quantity)

    def path_value(self, path, quantity):
        if quantity in ("a", "b"):
            return path[quantity]["estimate"]
        if quantity == "share":
            return path["share"]
        kind, _, part = quantity.partition("_")
        if kind == "bootstrap":
            interval = path["indirect"]["bootstrap"]
            self.replicates = interval["reps"]
            return {"low": interval["percentile"][0], "high": interval["percentile"][1], "sd": interval["std_error"]}[part]
        return effect_value(path["indirect"], quantity)

    def gelbach_value(self, table, column, quantity, term):
        found = table["gelbach"]
        if column in ("short", "full"):
            return found[column][quantity]
        return (found["total"] if column == "total" else find(found["parts"], group=column))[quantity]

    def first_stage_value(self, stage, quantity, term):
        if quantity not in FIRST_STAGE_ONLY:
            return None
        if quantity == "r2":
            return stage["r2"]
        return find(stage["coefficients"], term=term)[quantity]


def effect_value(effect, quantity):
    """indirect, delta_se, sobel_z: of one effect."""
    if quantity == "indirect":
        return effect["estimate"]
    kind, _, part = quantity.partition("_")
    return effect[kind][{"se": "std_error", "z": "z", "p": "p_value"}[part]]


def path_named(mediation, term):
    """A mediator, "M1 -> M2" a chain, "A less B" a contrast, or "total"."""
    if term == "total":
        return {"indirect": mediation["total_indirect"]}
    if " less " in term:
        first, second = term.split(" less ")
        return {"indirect": find(mediation["contrasts"], first=first, second=second)}
    if " -> " in term:
        return find(mediation["chains"], through=term.split(" -> "))
    return find(mediation["paths"], mediator=term)


def conditional_value(path, quantity, term):
    if term in ("difference", "index"):
        return effect_value(path[term], quantity)
    effect = path["effects"][int(term) - 1]
    return effect["value"] if quantity == "value" else effect_value(effect, quantity)


def moderated_value(moderated, column, quantity, term):
    """Of a group, or of "first - second"."""
    if " - " in column:
        first, second = column.split(" - ")
        return effect_value(find(moderated["differences"], first=first, second=second, mediator=term), quantity)
    mediation = find(moderated["groups"], group=column)["mediation"]
    if quantity == "direct":
        return mediation["direct"]["estimate"]
    path = find(mediation["paths"], mediator=term)
    return path[quantity]["estimate"] if quantity in ("a", "b") else effect_value(path["indirect"], quantity)


def printed_term(fit, term):
    """A swapped variable keeps its row: DT measured by DT@pca prints as DT."""
    return next((name for name, other in fit.get("swapped", {}).items() if other == term), term)


def fit_value(fit, quantity, term):
    if quantity in ("estimate", "std_error", "statistic", "p_value", "conf_low", "conf_high"):
        return find(fit["coefficients"], term=printed_term(fit, term))[quantity]
    if quantity == "constant":
        return fit["xtreg_constant"][term] if "xtreg_constant" in fit else find(fit["coefficients"], term="(Intercept)")[term]
    if quantity == "wild_p":
        return fit["tests"][term]["p_value"]
    if quantity in ("df", "k", "factor"):
        return fit["vcov"][quantity]
    if quantity == "n_clusters":
        return fit["vcov"]["n_clusters"][0] if fit["vcov"]["n_clusters"] else 0
    if quantity == "mean_vif":
        return fit["vif"]["mean"]
    if quantity in ("vif", "tolerance"):
        return find(fit["vif"]["rows"], term=term)[quantity] if "vif" in fit else None
    if quantity.startswith("f_"):
        part = quantity[2:]
        return fit["f"]["p_value" if part == "p" else part]
    if quantity.startswith("first_stage_f"):
        part = quantity[len("first_stage_f"):].lstrip("_")
        return fit["first_stage"][0]["f"][{"": "statistic", "p": "p_value"}.get(part, part)]
    if quantity == "partial_r2":
        return fit["first_stage"][0]["partial_r2"]
    for test in ("kp_lm", "kp_f", "cragg_donald_f", "endogeneity", "anderson_rubin_chi2", "anderson_rubin", "sargan", "hansen_j"):
        name = quantity.replace("anderson_rubin_f", "anderson_rubin")
        if name == test or name in (test + "_p", test + "_df"):
            part = name[len(test):].lstrip("_")
            return fit["tests"][test][{"": "statistic", "p": "p_value"}.get(part, part)]
    if quantity in fit:
        return fit[quantity]
    raise Missing(f"no place for {quantity}")


def normal_bound(replicates):
    """A percentile has the Monte-Carlo error sqrt(.025 .975 / B)/.058 standard deviations near a normal law; three."""
    return 3 * (0.025 * 0.975 / replicates) ** 0.5 / 0.058


def close(got, expected, spread, bound):
    if got is None:
        return False
    if spread is not None:
        return abs(got - expected) <= bound * spread
    return abs(got - expected) <= TOLERANCE * max(abs(expected), 1e-6)


def with_replicates(study, replicates):
    folder = os.path.join(tempfile.mkdtemp(), "study")
    shutil.copytree(os.path.dirname(study), folder, ignore=shutil.ignore_patterns("results"))
    path = os.path.join(folder, os.path.basename(study))
    with open(path, encoding="utf-8") as file:
        text = file.read()
    with open(path, "w", encoding="utf-8") as file:
        file.write(re.sub(r"boot = \d+", f"boot = {replicates}", text))
    return path


def run(program, study):
    out = tempfile.mkdtemp()
    done = subprocess.run([program, "run", study, "--out", out, "--quiet"], capture_output=True, text=True)
    if done.returncode != 0:
        print(done.stdout + done.stderr)
        sys.exit(f"the run failed with exit code {done.returncode}")
    with open(os.path.join(out, "results.json"), encoding="utf-8") as file:
        return Results(json.load(file))


def main():
    program, study, expected_path, *heavy_tails = sys.argv[1:]
    results = run(program, with_replicates(study, heavy_tails[0]) if heavy_tails else study)
    with open(expected_path, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    spread = {(row["table"], row["term"]): float(row["value"]) for row in rows
              if row["quantity"] in ("bootstrap_sd", "wild_p_sd")}
    passed = failed = skipped = 0
    for row in rows:
        key = (row["table"], row["column"], row["quantity"], row["term"])
        if row["quantity"] in NOT_REPORTED or row["value"] in ("", "NA", "NaN"):
            skipped += 1
            continue
        drawn = row["quantity"].startswith("bootstrap_") or row["quantity"] == "wild_p"
        scale = spread.get((row["table"], row["term"])) if drawn else None
        try:
            got = results.value(*key)
            bound = float(heavy_tails[1]) if heavy_tails else normal_bound(results.replicates)
            if got is None and not row["quantity"].startswith("bootstrap"):
                skipped += 1
                continue
            if row["quantity"] == "wild_p":
                bound = 4  # Monte-Carlo errors of the difference of two such p-values
            good = close(got, float(row["value"]), scale, bound)
        except (Missing, KeyError, IndexError, TypeError) as problem:
            got, good = repr(problem), False
        passed += good
        failed += not good
        if not good and failed <= 60:
            print(f"{','.join(key)}: expected {row['value']}, got {got}")
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    sys.exit(1 if failed or passed < 100 else 0)


if __name__ == "__main__":
    main()
