# SPDX-License-Identifier: Apache-2.0
"""many_tables.py EXAMPLE FOLDER: the example's study with tables and figures repeated until there are 30 and 20 of them."""
import pathlib
import shutil
import sys

TABLES, FIGURES = 30, 20
FIGURE_TEXTS = ['trend = "NQP"', 'trend = "DT"\nby = "region"', 'coefficients = "robust"\nterms = ["DT"]',
                'binned_scatter = ["DT", "NQP"]\nby = "region"', 'density = "NQP"\nby = "region"',
                'ridge = "NQP"\nby = "year"', 'heat_map = "NQP"\nheight = 130', 'weights = "DT"',
                'rank_flow = "NQP"\nheight = 150', 'missing_map = ["NQP", "DT", "Z"]']


def main():
    example, folder = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    shutil.copytree(example, folder, ignore=shutil.ignore_patterns("results"), dirs_exist_ok=True)
    head, *tables = (folder / "study.toml").read_text("utf-8").split("\n[output]")[0].split("\n[[table]]")
    regressions = [table for table in tables if "columns" in table or "vary" in table or "split" in table]
    count = len(tables) + 2  # the first entry makes three tables
    for number in range(count, TABLES):
        text = regressions[number % len(regressions)]
        tables.append(text.replace('id ', f'id = "again-{number}"\n# ', 1))
    figures = [FIGURE_TEXTS[number % len(FIGURE_TEXTS)] + f'\nid = "f{number}"' for number in range(FIGURES)]
    (folder / "study.toml").write_text(
        head + "".join("\n[[table]]" + table for table in tables) + "".join(f"\n[[figure]]\n{text}\n" for text in figures) +
        '\n[output]\nformats = ["docx", "xlsx", "tex", "html", "md", "csv", "json"]\nfigures = ["svg", "pdf", "png"]\n', "utf-8")


if __name__ == "__main__":
    main()
