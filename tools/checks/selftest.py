# SPDX-License-Identifier: Apache-2.0
"""Proves on small trees that each rule passes a clean tree and fails a broken one."""
import pathlib
import shutil
import tempfile

from . import clang, sizes
from .tree import Tree

LICENCE = "// SPDX-License-Identifier: Apache-2.0\n"
CLEAN = {
    "CMakeLists.txt": "panelist_room(base)\npanelist_room(table OPENS base)\npanelist_room(index OPENS base table)\n"
                      "panelist_program(cli panelist OPENS base)\n",
    "ARCHITECTURE.md": "| base | |\n| table | |\n| index | |\n\nThe walk: `src/table/csv.cpp`, `table/table.h`.\n",
    "src/base/text.h": LICENCE + "#pragma once\n",
    "src/base/io/file.h": LICENCE + "#pragma once\n",
    "src/table/table.h": LICENCE + '#pragma once\n#include "base/text.h"\n',
    "src/table/csv.cpp": LICENCE + '#include "base/text.h"\n#include "table/table.h"\n',
    "src/index/index.h": LICENCE + '#pragma once\n#include "table/table.h"\n',
    "apps/cli/main.cpp": LICENCE + '#include "base/text.h"\n',
    "tests/table/csv_test.cpp": LICENCE + '#include "table/table.h"\n',
}


def function_of(lines):
    return LICENCE + "int f() {\n" + "  g();\n" * (lines - 2) + "}\n"


# rule, what is wrong, {file: text} laid over the clean tree
BROKEN = [
    ("doors", "a room that is not opened", {"src/table/a.cpp": LICENCE + '#include "index/index.h"\n'}),
    ("doors", "in angle brackets", {"src/table/a.cpp": LICENCE + "#include <index/index.h>\n"}),
    ("doors", "a private header", {"src/table/a.cpp": LICENCE + '#include "base/io/file.h"\n'}),
    ("doors", "a private header from a test", {"tests/table/a_test.cpp": LICENCE + '#include "base/io/file.h"\n'}),
    ("doors", "a program past its doors", {"apps/cli/a.cpp": LICENCE + '#include "table/table.h"\n'}),
    ("doors", "a header that does not exist", {"src/table/a.cpp": LICENCE + '#include "table/none.h"\n'}),
    ("doors", "a climb", {"src/table/io/a.cpp": LICENCE + '#include "../table.h"\n'}),
    ("doors", "an undeclared room", {"src/other/a.cpp": LICENCE + '#include "base/text.h"\n'}),
    ("cycles", "rooms", {"CMakeLists.txt": "panelist_room(base OPENS table)\npanelist_room(table OPENS base)\n"}),
    ("cycles", "headers", {"src/base/text.h": LICENCE + '#include "base/other.h"\n',
                           "src/base/other.h": LICENCE + '#include "base/text.h"\n'}),
    ("door sizes", "a long door", {"src/base/text.h": LICENCE + "//\n" * sizes.DOOR_LINES}),
    ("file sizes", "a long source", {"src/table/csv.cpp": LICENCE + "//\n" * sizes.FILE_LINES}),
    ("file sizes", "a long script", {"tools/long": "#!/bin/sh\n" + ":\n" * sizes.FILE_LINES}),
    ("function sizes", "a long function", {"src/table/a.cpp": function_of(sizes.FUNCTION_LINES + 1)}),
    ("function sizes", "a high median", {"src/table/a.cpp": function_of(sizes.FUNCTION_MEDIAN + 1)}),
    ("silence", "prints", {"src/table/a.cpp": LICENCE + "void f() { std::cout << 1; }\n"}),
    ("silence", "prints in C", {"src/table/a.cpp": LICENCE + 'void f() { printf("%d", 1); }\n'}),
    ("silence", "exits", {"src/table/a.cpp": LICENCE + "void f() { exit(1); }\n"}),
    ("determinism", "reads the clock", {"src/table/a.cpp": LICENCE + "auto t = std::chrono::system_clock::now();\n"}),
    ("determinism", "a vendor's distribution", {"src/table/a.cpp": LICENCE + "std::normal_distribution<> d;\n"}),
    ("workplace words", "a path of a machine", {"docs/a.md": "see /ho" + "me/ann/a.csv\n"}),
    ("unfinished marks", "a mark", {"src/table/a.cpp": LICENCE + "// TO" + "DO later\n"}),
    ("licence lines", "no licence line", {"src/table/a.cpp": "int a;\n"}),
    ("licence lines", "a script without", {"tools/a": "#!/bin/sh\n"}),
    ("names", "a vague file", {"src/table/utils.cpp": LICENCE}),
    ("names", "a vague class", {"src/table/a.cpp": LICENCE + "class TableManager {};\n"}),
    ("architecture page", "a file that is gone", {"src/table/csv.cpp": None}),
    ("architecture page", "a room not in the table", {"ARCHITECTURE.md": "| base | |\n| table | |\n"}),
    ("architecture page", "no page", {"ARCHITECTURE.md": None}),
    ("format", "badly formatted", {"src/table/a.cpp": LICENCE + "int   a ;\n"}),
]

# The reader of functions: text, expected (name, lines).
FUNCTIONS = [
    ("namespace a {\nint f() {\n  return 1;\n}\n}\n", [("f", 3)]),
    ("struct S {\n  S(int a) : a_{a}, b_(2) {\n    f();\n  }\n  int a_ = {1};\n};\n", [("S", 3)]),
    ("S::S(int a)\n    : a_{a},\n      b_{2} {}\n", [("S::S", 3)]),
    ("auto x = [] {\n  return 1;\n};\nvoid g() {}\n", [("g", 1)]),
    ('const char* s = R"(void h() {)";\nvoid g() const noexcept {\n}\n', [("g", 2)]),
    ("const Kind k{\n    .f = [](int a) {\n      return a;\n    }};\nint n = 1\'000;\nint f() { return '{'; }\n", [("f", 1)]),
    ("template <class T>\nauto f(T a) -> std::vector<T> {\n  if (a) {\n  }\n  return {};\n}\n", [("f", 6)]),
    ("int f() {\n  static const T t = {\n      {1},\n      {2},\n  };\n  return t[0];\n}\n", [("f", 4)]),
    ("int f() {\n  static const std::vector<T> t = {\n      {1, [](int a) {\n         return a;\n       }},\n  };\n"
     "  return t[0];\n}\n", [("f", 4), ("lambda", 3)]),
    ("enum class E { a, b };\nclass C {\n public:\n  int f() const { return 1; }\n};\n", [("f", 1)]),
]


def write(root, files):
    for name, text in files.items():
        path = root / name
        if text is None:
            path.unlink()
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")


def problems_in(rule, files):
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        write(root, CLEAN)
        write(root, files)
        return rule(Tree(root)).problems


def run(rules):
    formatter = shutil.which(clang.FORMATTER)
    broken = [case for case in BROKEN if case[0] != "format" or formatter]
    wrong = [f"{name} fails a clean tree: {problems}" for name, rule in rules.items()
             if (problems := problems_in(rule, {}))]
    wrong += [f"{name} passes: {what}" for name, what, files in broken if not problems_in(rules[name], files)]
    wrong += [f"functions of {text!r} are {found}, expected {expected}" for text, expected in FUNCTIONS
              if (found := [(name, lines) for name, _, lines in sizes.functions(text)]) != expected]
    covered = {name for name, _, _ in BROKEN}
    wrong += [f"{name} is never proven to fail" for name in rules if name not in covered | {"test twins"}]
    for problem in wrong:
        print(f"FAILED {problem}")
    total = len(rules) * 2 + len(broken) + len(FUNCTIONS)
    print(f"tools/check --self-test: {total - len(wrong)} passed, {len(wrong)} failed")
    return 1 if wrong else 0
