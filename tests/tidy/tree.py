# SPDX-License-Identifier: Apache-2.0
"""The tree as the rules see it: a mapping from path to text. Rules are functions from a Tree to a list of violations, so that a
test plants one in a tree that exists only in memory."""
import dataclasses
import pathlib
import re
import subprocess

# Read as text; everything else (pictures, sounds, packed tables) is only a path.
TEXT = re.compile(r"\.(cpp|hpp|py|sh|cmake|txt|md|sql|js|css|html|toml|json|yaml|yml|service|socket|conf|rules)$|(^|/)[^./]+$")
SCRIPT = re.compile(r"\.(py|sh)$|^vitrine$|^\.ci/run$")


@dataclasses.dataclass(frozen=True, order=True)
class Violation:
    path: str
    line: int  # 0: the file as a whole
    what: str

    def __str__(self):
        return f"{self.path}:{self.line}: {self.what}" if self.line else f"{self.path}: {self.what}"


class Tree(dict):
    """path → text (None for what is no text). Paths are relative to the root, with '/'."""

    def texts(self, *endings):
        return [(path, text) for path, text in sorted(self.items()) if text is not None and path.endswith(endings)]

    def has(self, path):
        return path in self or any(known.startswith(path.rstrip("/") + "/") for known in self)


def read_tree(root):
    """What git knows, and what it would take in: files that are new and not ignored."""
    listed = subprocess.run(["git", "-C", str(root), "ls-files", "-z", "--cached", "--others", "--exclude-standard"], check=True, capture_output=True)
    tree = Tree()
    for path in listed.stdout.decode().split("\0"):
        file = pathlib.Path(root, path)
        if not path or not file.is_file():
            continue
        try:
            tree[path] = file.read_text(encoding="utf-8") if TEXT.search(path) else None
        except UnicodeDecodeError:
            tree[path] = None
    return tree


def lines(text):
    return enumerate(text.splitlines(), start=1)
