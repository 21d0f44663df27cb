# SPDX-License-Identifier: Apache-2.0
"""Format (clang-format-19) and lint (clang-tidy-19). Both are pinned: another version judges differently."""
import concurrent.futures
import os
import re
import shutil
import subprocess

from .tree import Report

FORMATTER = "clang-format-19"
LINTER = "clang-tidy-19"
LINT_BUILD = "build-lint"


def format_rule(tree):
    if not shutil.which(FORMATTER):
        return Report(f"SKIPPED, {FORMATTER} is not installed (./dev check installs it)", [])
    names = tree.code()
    batches = [names[start:start + 16] for start in range(0, len(names), 16)]
    outputs = in_parallel(lambda batch: run([FORMATTER, "--dry-run", "-Werror", *batch], tree.root), batches)
    wrong = sorted({match for output in outputs for match in re.findall(r"^([^\s:]+):\d+:\d+: error", output, re.M)})
    return Report(f"{len(names)} files", [f"{name}: run ./dev fmt" for name in wrong])


def lint(tree):
    if not (tree.root / LINT_BUILD / "compile_commands.json").is_file():
        return Report("", [f"no {LINT_BUILD}/compile_commands.json: run cmake --preset lint"])
    if not shutil.which(LINTER):
        return Report("", [f"{LINTER} is not installed (./dev check --deep installs it)"])
    names = [name for name in tree.code(("src", "apps")) if name.endswith(".cpp")]
    outputs = in_parallel(lambda name: run([LINTER, "-p", LINT_BUILD, "--quiet", name], tree.root), names)
    root = str(tree.root.resolve()) + "/"
    found = {line.replace(root, "") for output in outputs for line in output.splitlines()
             if re.search(r":\d+:\d+: (warning|error):", line)}
    return Report(f"{len(names)} files", sorted(found))


def run(command, folder):
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    return done.stdout + done.stderr


def in_parallel(function, items):
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        return list(pool.map(function, items))
