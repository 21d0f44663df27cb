# SPDX-License-Identifier: Apache-2.0
"""Rooms and doors.

A header directly in src/ROOM/ is a door; anything deeper is private to the room. A room includes the doors of the rooms
that its panelist_room(... OPENS ...) line names, and no others; a program likewise by its panelist_program line; a test
the private files of its own room and any door.
"""
import posixpath
import re

from .tree import Report, without_comments

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*(["<])([^">]+)[">]', re.M)


def includes(tree, name):
    """(path as written, is it in quotes?) of every include of a file."""
    if "#" not in tree.text(name):
        return []
    text = without_comments(tree.text(name), keep_strings=True)
    return [(path, mark == '"') for mark, path in INCLUDE.findall(text)]


def opener_of(tree, name):
    """Who includes: (label, own room or None, the rooms it may open)."""
    folder, _, rest = name.partition("/")
    owner = rest.split("/")[0]
    rooms = tree.rooms()
    if folder == "src":
        return f"room {owner}", owner, rooms.get(owner)
    if folder == "apps":
        return f"program {owner}", None, tree.programs().get(owner)
    if folder == "tests":
        return f"tests of {owner}", owner if owner in rooms else None, set(rooms)
    return folder, None, set(rooms)


def problem_of(tree, name, path, quoted):
    """Why this include is not allowed, or None."""
    label, own, opens = opener_of(tree, name)
    room, _, rest = path.partition("/")
    if opens is None:
        return f"{label} is not declared in CMakeLists.txt"
    if ".." in path.split("/"):
        return f'"{path}" climbs out of its folder: write the path from src/'
    if room in tree.rooms() and rest:
        if room == own:
            places = ("src", "tests") if name.startswith("tests/") else ("src",)
            return None if any((tree.root / place / path).is_file() for place in places) else f'"{path}" does not exist'
        if room not in opens:
            return f'{label} does not open {room}: "{path}"'
        if "/" in rest:
            return f'"{path}" is private to room {room}; only headers directly in src/{room}/ are doors'
        return None if (tree.root / "src" / path).is_file() else f'door "{path}" does not exist'
    if not quoted:
        return None
    places = [posixpath.dirname(name), "apps", "tests", "src", "cmake", "bench"]
    return None if any((tree.root / place / path).is_file() for place in places) else f'"{path}" does not exist'


def doors(tree):
    problems, count = [], 0
    for name in tree.code():
        for path, quoted in includes(tree, name):
            count += 1
            problem = problem_of(tree, name, path, quoted)
            if problem:
                problems.append(f"{name}: {problem}")
    for room in tree.rooms():
        for opened in sorted(tree.rooms()[room] - set(tree.rooms())):
            problems.append(f"CMakeLists.txt: room {room} opens {opened}, which is no room")
    return Report(f"{count} includes of {len(tree.rooms())} rooms", problems)


def cycles(tree):
    """No cycle between rooms, declared or through doors, and none between headers."""
    problems = [f"rooms open each other: {' -> '.join(cycle)}" for cycle in cycles_in(tree.rooms())]
    headers = {}
    for name in tree.code(("src",)):
        if name.endswith(".h"):
            headers[name] = {"src/" + path for path, _ in includes(tree, name)}
    problems += [f"headers include each other: {' -> '.join(cycle)}" for cycle in cycles_in(headers)]
    return Report(f"{len(tree.rooms())} rooms, {len(headers)} headers", problems)


def cycles_in(graph):
    """One cycle for each back edge of a depth-first walk."""
    found, state, path = [], {}, []

    def visit(node):
        state[node] = "open"
        path.append(node)
        for successor in sorted(graph.get(node, ())):
            if state.get(successor) == "open":
                found.append(path[path.index(successor):] + [successor])
            elif successor not in state and successor in graph:
                visit(successor)
        path.pop()
        state[node] = "done"

    for node in sorted(graph):
        if node not in state:
            visit(node)
    return found
