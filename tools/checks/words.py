# SPDX-License-Identifier: Apache-2.0
"""Rules about what stands in files: silence, determinism, words, licence lines, names, the architecture page."""
import re

from .tree import Report, line_of, without_comments

# Libraries live inside other programs: they never print and never end the process.
SPEAKS = re.compile(r"\bstd::(?:cout|cerr|clog|printf|puts|abort|exit|_Exit|quick_exit|terminate)\b|\bstd(?:out|err)\b|"
                    r"(?<![\w.:>])(?:printf|puts|putchar|abort|exit|_exit)\s*\(|\bfmt::print\s*\(")
# The same input gives the same bytes: no clock or locale in results, no standard distributions (they differ by vendor).
WAVERS = re.compile(r"\bsystem_clock\b|\bstd::locale\b|\bsetlocale\s*\(|\brandom_device\b|(?<!\w)s?rand\s*\(|"
                    r"\bstd::\w+_distribution\b|\bstd::(?:time|localtime|gmtime)\s*\(|\bstd::execution::")
# Built from pieces, so that the rule does not break itself.
WORKPLACE = re.compile("|".join([
    "/" + "work/", "/" + "farm/", "/opt/" + "(?:peers|proto)", "/tmp/" + "(?:wt|brief)", "/home/" + r"(?!me/)\w+/",
    "/Users/" + r"\w+/", "registry" + r"\.npmjs", "deb" + r"\.debian", "farm" + "-", "sub" + "agent",
    "helper " + "session"]))
MARKS = re.compile("|".join(["TO" + "DO", "FIX" + "ME", r"\bX" + r"XX\b", "DISABLED" + "_", "GTEST" + "_SKIP",
                             "not " + "implemented", "un" + "implemented"]))
VAGUE = {"util", "utils", "helper", "helpers", "common", "misc"}
LICENCE = "SPDX-License-Identifier: Apache-2.0"
MARKED = ("src", "apps", "tests", "bindings")
BINARY = (".dta", ".xlsx", ".docx", ".sav", ".zip", ".png", ".parquet", ".sas7bdat", ".xls", ".gz")


def matches(tree, names, pattern, strip):
    """(file, line, found text) of every match; comments and strings are left out when strip."""
    for name in names:
        raw = tree.text(name)
        if not pattern.search(raw):
            continue
        text = without_comments(raw) if strip else raw
        for match in pattern.finditer(text):
            yield name, line_of(text, match.start()), match.group(0)


def rule(tree, names, pattern, advice, strip=True):
    problems = [f"{name}:{line}: {found.strip()}: {advice}"
                for name, line, found in matches(tree, names, pattern, strip)]
    return Report(f"{len(names)} files", problems)


def silence(tree):
    return rule(tree, tree.code(("src",)), SPEAKS, "a room never prints and never ends the process")


def determinism(tree):
    return rule(tree, tree.code(("src",)), WAVERS, "results must not depend on clock, locale, vendor or threads")


def workplace(tree):
    names = [name for name in tree.files() if not name.endswith(BINARY)]
    return rule(tree, names, WORKPLACE, "names a machine or a workplace; the project speaks of itself only", strip=False)


def unfinished(tree):
    names = [name for name in tree.files() if name.split("/")[0] in MARKED and not name.endswith(BINARY)]
    return rule(tree, names, MARKS, "finish it, or name it in the issue", strip=False)


def licence(tree):
    names = tree.code() + tree.scripts() + [name for name in tree.files() if name.endswith(".cmake")]
    problems = [f"{name}: the first lines lack '{LICENCE}'" for name in names
                if not any(LICENCE in line for line in tree.text(name).split("\n", 3)[:3])]
    return Report(f"{len(names)} files", problems)


def names(tree):
    code = tree.code() + tree.scripts()
    problems = [f"{name}: '{part}' says nothing; name what it does" for name in code
                for part in re.split(r"[/._]", name) if part in VAGUE]
    problems += [f"{name}:{line}: {found}: name what it does" for name, line, found in
                 matches(tree, tree.code(("src", "apps")), re.compile(r"\b(?:class|struct)\s+\w*(?:Manager|Helper|Utils)\b"),
                         strip=True)]
    return Report(f"{len(code)} files", problems)


def architecture(tree):
    """Every path in backquotes on the architecture page exists; the room table names every room."""
    page = "ARCHITECTURE.md"
    if page not in tree.files():
        return Report("", [f"{page} is missing"])
    text = tree.text(page)
    paths = sorted(set(re.findall(r"`([\w.-]+/[\w./-]*)`", text)))
    places = ("", "src/")
    problems = [f"{page}: names `{path}`, which does not exist" for path in paths
                if not any((tree.root / place / path).exists() for place in places)]
    problems += [f"{page}: the table of rooms lacks {room}" for room in tree.rooms()
                 if not re.search(rf"^\| *`?{room}`? *\|", text, re.M)]
    return Report(f"{len(paths)} paths", problems)


def twins(tree):
    """Reported, never failing: sources whose tests/ROOM/FILE_test.cpp does not exist."""
    sources = [name for name in tree.code(("src",)) if name.endswith(".cpp")]
    tests = {name.split("/")[1] + "/" + name.split("/")[-1] for name in tree.code(("tests",))}
    lacking = [name for name in sources
               if f"{name.split('/')[1]}/{name.split('/')[-1].removesuffix('.cpp')}_test.cpp" not in tests]
    listed = ": " + ", ".join(name.removeprefix("src/") for name in lacking[:8]) if lacking else ""
    more = ", ..." if len(lacking) > 8 else ""
    return Report(f"{len(sources) - len(lacking)} of {len(sources)} sources have a test of their name; without{listed}{more}"
                  if lacking else f"all {len(sources)} sources have a test of their name", [])
