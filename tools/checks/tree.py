# SPDX-License-Identifier: Apache-2.0
"""The tree under check: its files, its rooms as CMakeLists.txt declares them, and C++ text without comments."""
import dataclasses
import pathlib
import re
import subprocess

CODE_FOLDERS = ("src", "apps", "tests", "tools", "bench", "fuzz", "bindings")
CPP = (".cpp", ".h")
NOT_SOURCE = ("build", "build-", ".git", "node_modules", "results", "__pycache__")
ROOM = re.compile(r"panelist_room\(\s*(\w+)\s*(?:OPENS\s+([\w\s]+?))?\s*\)")
PROGRAM = re.compile(r"panelist_program\(\s*(\w+)\s+\w+\s*(?:OPENS\s+([\w\s]+?))?\s*\)")


@dataclasses.dataclass
class Report:
    """What a rule found: one line for all of it, one line a problem."""
    summary: str
    problems: list


class Tree:
    def __init__(self, root):
        self.root = pathlib.Path(root)
        self._texts = {}
        self._files = None

    def files(self):
        """Paths below the root as git would add them (all files, where there is no git), sorted."""
        if self._files is None:
            listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard", "-z"], cwd=self.root,
                                    capture_output=True, text=True) if (self.root / ".git").exists() else None
            names = listed.stdout.split("\0") if listed and listed.returncode == 0 else self._walk()
            self._files = sorted(name for name in names if name and (self.root / name).is_file())
        return self._files

    def _walk(self):
        paths = (path.relative_to(self.root) for path in self.root.rglob("*") if path.is_file())
        return [path.as_posix() for path in paths
                if not any(part == skipped or (skipped.endswith("-") and part.startswith(skipped))
                           for part in path.parts for skipped in NOT_SOURCE)]

    def code(self, folders=CODE_FOLDERS):
        """C++ files below the given top folders."""
        return [name for name in self.files() if name.split("/")[0] in folders and name.endswith(CPP)]

    def scripts(self, folders=("tools", "tests", "bench")):
        """Programs that are not C++: .py, .sh, .R and files that begin with #!."""
        return [name for name in self.files() if name.split("/")[0] in folders and self._is_script(name)]

    def _is_script(self, name):
        if name.endswith((".py", ".sh", ".R")):
            return True
        if "." in name.split("/")[-1]:
            return False
        with open(self.root / name, "rb") as opened:
            return opened.read(2) == b"#!"

    def text(self, name):
        if name not in self._texts:
            self._texts[name] = (self.root / name).read_text("utf-8", "replace")
        return self._texts[name]

    def declared(self, pattern):
        """{room or app: the rooms it opens} from CMakeLists.txt."""
        path = self.root / "CMakeLists.txt"
        text = re.sub(r"#.*", "", path.read_text("utf-8")) if path.is_file() else ""
        return {name: set(opens.split()) for name, opens in pattern.findall(text)}

    def rooms(self):
        return self.declared(ROOM)

    def programs(self):
        return self.declared(PROGRAM)


TOKEN = re.compile(
    r'//[^\n]*|/\*.*?\*/|R"(?P<raw>[^()\s\\]{0,16})\(.*?\)(?P=raw)"|"(?:\\.|[^"\\\n])*"|'
    r"(?<![0-9a-zA-Z_])'(?:\\.|[^'\\\n])+'", re.S)


def without_comments(text, keep_strings=False):
    """Blanks out comments (and strings), keeping every line where it is."""
    def blank(match):
        piece = match.group(0)
        if keep_strings and not piece.startswith(("//", "/*")):
            return piece
        newlines = "\n" * piece.count("\n")
        return newlines if piece.startswith(("//", "/*")) else '""' + newlines
    return TOKEN.sub(blank, text)


def line_of(text, position):
    return text.count("\n", 0, position) + 1
