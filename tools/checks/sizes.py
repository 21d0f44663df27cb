# SPDX-License-Identifier: Apache-2.0
"""Sizes of files, doors and functions. The limits guard the tail: that is where a loved code base differs."""
import re

from .tree import Report, line_of, without_comments

FILE_LINES = 400
DOOR_LINES = 250
FUNCTION_LINES = 60
FUNCTION_MEDIAN = 10


def quantile(values, share):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0


def spread(values):
    return f"median {quantile(values, 0.5)}, p90 {quantile(values, 0.9)}, max {max(values, default=0)} lines"


def too_long(tree, names, limit, what):
    lengths = {name: tree.text(name).count("\n") for name in names}
    problems = [f"{name}: {lines} lines; {what} has at most {limit}: split it by meaning"
                for name, lines in lengths.items() if lines > limit]
    return Report(f"{len(lengths)} files, {spread(lengths.values())}", problems)


def file_sizes(tree):
    return too_long(tree, tree.code() + tree.scripts(), FILE_LINES, "a file")


def door_sizes(tree):
    names = [name for name in tree.code(("src",)) if name.endswith(".h") and name.count("/") == 2]
    return too_long(tree, names, DOOR_LINES, "a door")


def function_sizes(tree):
    sizes, problems = [], []
    for name in tree.code(("src", "apps")):
        for function, line, lines in functions(tree.text(name)):
            sizes.append(lines)
            if lines > FUNCTION_LINES:
                problems.append(f"{name}:{line}: {function} has {lines} lines, at most {FUNCTION_LINES}")
    if quantile(sizes, 0.5) > FUNCTION_MEDIAN:
        problems.append(f"the median function has {quantile(sizes, 0.5)} lines, at most {FUNCTION_MEDIAN}")
    return Report(f"{len(sizes)} functions, {spread(sizes)}", problems)


SCOPE = re.compile(r"\b(namespace|class|struct|union|enum|extern)\b")
PREPROCESSOR = re.compile(r"^[ \t]*#(?:[^\n\\]|\\.|\\\n)*", re.M)
# A member initialiser in braces: `) : a_{` or `, b_{`, a name just before the brace.
MEMBER_INITIALISER = re.compile(r"\)[^;{}]*[^:]:[^:][^;]*[\w>]\s*$", re.S)
NAME = re.compile(r"([~\w]+(?:::[~\w]+)*|operator[^\w\s(]+)\s*\(")


def functions(source):
    """(name, first line, number of lines) of each function defined at namespace or class level.

    A reader of braces, not a parser: strings and comments are blanked, then each opening brace is a scope (namespace,
    class), a function body (a parameter list stands before it), a member initialiser, or plain data.
    """
    text = PREPROCESSOR.sub(lambda match: "\n" * match.group(0).count("\n"), without_comments(source))
    found, position, head_start = [], 0, 0
    while position < len(text):
        letter = text[position]
        if letter == "{":
            head = text[head_start:position]
            if is_scope(head):
                head_start = position + 1
            else:
                end = closing(text, position)
                if MEMBER_INITIALISER.search(head):
                    position = end + 1
                    continue
                if is_function(head):
                    found += measured(text, head, head_start, end)
                    head_start = end + 1
                position = end
        elif letter in ";}":
            head_start = position + 1
        position += 1
    return found


def is_scope(head):
    return bool(SCOPE.search(re.sub(r"<[^<>]*>|\([^()]*\)", "", head))) and not is_function(head)


def is_function(head):
    bare = re.sub(r"\[\[[^\]]*\]\]", "", head)
    return bool(re.search(r"\)\s*(const|noexcept(\([^)]*\))?|override|final|&{1,2}|->[^=;]*|mutable|\s)*$", bare)
                or re.search(r"\)[^;=]*[^:]:[^:].*[)}]\s*$", bare, re.S)) and not re.search(r"[^=!<>]=\s*$", bare)


def closing(text, opening):
    """The position of the brace that closes the one at `opening`."""
    depth = 0
    for match in re.compile(r"[{}]").finditer(text, opening):
        depth += 1 if match.group() == "{" else -1
        if depth == 0:
            return match.start()
    return len(text) - 1


# A catalog inside a function, `static const T table = { ... };`, counts as the line it begins on; the lambdas in it
# count as functions of their own.
CATALOG = re.compile(r"\bstatic const(?:expr)?\b[^;={]*=\s*(?=\{)")
LAMBDA = re.compile(r"\[[&=\w, ]*\]\s*\([^()]*(?:\([^()]*\)[^()]*)*\)\s*(?:->[^{};]*)?(?=\{)")


def measured(text, head, head_start, end):
    """(name, first line of the signature, lines up to the closing brace) of a function and of its catalogs' lambdas."""
    head = re.sub(r"^\s*(public|private|protected)\s*:", lambda match: " " * len(match.group(0)), head)
    start = head_start + len(head) - len(head.lstrip())
    first = line_of(text, start)
    found = NAME.search(re.sub(r"\btemplate\s*<[^{;]*?>\s", "", head))
    lines = line_of(text, end) - first + 1
    lambdas = []
    for catalog in CATALOG.finditer(text, start, end):
        closed = closing(text, catalog.end())
        lines -= text.count("\n", catalog.end(), closed)
        lambdas += [("lambda", line_of(text, match.start()), text.count("\n", match.start(), closing(text, match.end())) + 1)
                    for match in LAMBDA.finditer(text, catalog.end(), closed)]
    return [(found.group(1) if found else "?", first, lines), *lambdas]
