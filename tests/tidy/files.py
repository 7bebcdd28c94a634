# SPDX-License-Identifier: Apache-2.0
"""What every file owes its reader: a licence line, a purpose, a fair length, a name that says something, no leftovers."""
import re

from tree import SCRIPT, Violation, lines

LINES_MAX = 500
LINES_MAX_TESTS = 600  # a test tells one story after the other; half of a story is no shorter
SPDX = "SPDX-License-Identifier: Apache-2.0"
# Files that must carry the SPDX line; those of PURPOSE also a comment that says what they are for.
SPDX_FILES = re.compile(r"\.(cpp|hpp|py|sh|cmake|sql|js|ts|css|html)$|CMakeLists\.txt$|^vitrine$|^\.ci/run$")
PURPOSE_FILES = re.compile(r"\.(cpp|hpp|py|sh|cmake|sql|js|ts|css|html)$|^vitrine$|^\.ci/run$")
COMMENT = re.compile(r'^\s*(//|#|--|/\*|\*|<!--|"""|\'\'\')')
LONG_FILES = re.compile(r"\.(cpp|hpp|py|sh|cmake|sql|js|ts|css)$|^vitrine$")
BANNED = ("manager", "helper", "helpers", "util", "utils", "common", "misc")
TYPE_NAME = re.compile(r"\b(?:class|struct|enum class|enum|namespace|concept)\s+([A-Za-z_][\w:]*)")
# Written so that this file does not trip over itself.
LEFTOVER = re.compile(r"\b(TO" r"DO|FIX" r"ME|X" r"XX|HA" r"CK)\b")
MACHINE = re.compile(r"(?<![\w.$}/-])/(?:work|home/\w+|root|Users|mnt|media)/[\w.]|(?<![\w.$}/-])/tmp/(?!vitrine)\w")
HOSTS = re.compile(r"\b(?:deb|security|ftp|snapshot|archive)\.(?:debian|ubuntu)\.(?:org|com)\b|\b(?:pypi|npmjs|crates|rubygems)\.(?:org|com|io)\b")
MAIL = re.compile(r"\b[\w.+-]+@(?!example\.|localhost)[a-z0-9-]+\.(?:com|org|net|io|dev|eu|de|uk|ai)\b", re.IGNORECASE)
TOLD = re.compile(r"\.(cpp|hpp|py|sh|cmake|txt|md|sql|js|ts|css|html|toml|json|service|conf)$|^vitrine$|^\.ci/run$")


def starts_with_licence_and_purpose(tree):
    """One SPDX line, then one comment saying what the file is for."""
    out = []
    for path, text in sorted(tree.items()):
        if text is None or not SPDX_FILES.search(path):
            continue
        head = [line for line in text.splitlines()[:6] if line.strip()]
        at = next((i for i, line in enumerate(head[:3]) if SPDX in line), None)
        if at is None:
            out.append(Violation(path, 1, f"does not start with {SPDX}"))
            continue
        if not PURPOSE_FILES.search(path) or path.endswith("__init__.py"):
            continue
        after = [line for line in head[at + 1:] if "-*-" not in line]
        if not after or not COMMENT.match(after[0]) or len(after[0].strip(" /#-*<>!\"'")) < 12:
            out.append(Violation(path, at + 2, "the line after the licence does not say what the file is for"))
    return out


def lines_allowed(path):
    return LINES_MAX_TESTS if path.startswith("tests/") else LINES_MAX


def is_not_too_long(tree):
    """A file is split where a second job begins; beyond this length one has begun."""
    return [Violation(path, 0, f"{len(text.splitlines())} lines; more than {lines_allowed(path)} hold two jobs")
            for path, text in sorted(tree.items())
            if text is not None and LONG_FILES.search(path) and len(text.splitlines()) > lines_allowed(path)]


def words_of(name):
    """snake_case, kebab-case and PascalCase into small words."""
    return [word.lower() for word in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+", name)]


def has_a_name_that_says_something(tree):
    """No name that fits anything: of a file, a folder, or a type."""
    out = []
    for path, text in sorted(tree.items()):
        if any(word in BANNED for part in path.split("/") for word in words_of(part.split(".")[0])):
            out.append(Violation(path, 0, "a name that fits anything; name the noun that the file owns"))
        if text is None or not path.endswith((".cpp", ".hpp")):
            continue
        for number, line in lines(text):
            for name in TYPE_NAME.findall(line.split("//")[0]):
                if any(word in BANNED for word in words_of(name)):
                    out.append(Violation(path, number, f"{name}: a name that fits anything"))
        if not re.fullmatch(r"[a-z0-9_]+\.(cpp|hpp)", path.rsplit("/", 1)[-1]):
            out.append(Violation(path, 0, "file names are snake_case"))
    return out


def has_no_leftovers(tree):
    """No work left for later in the source; no path, host or address of one machine or person."""
    out = []
    for path, text in sorted(tree.items()):
        if text is None or not TOLD.search(path):
            continue
        for number, line in lines(text):
            for pattern, what in ((LEFTOVER, "left for later"), (MACHINE, "a path of one machine"), (HOSTS, "the host of a package source"),
                                  (MAIL, "somebody's address")):
                found = pattern.search(line)
                if found:
                    out.append(Violation(path, number, f"{what}: {found.group(0)}"))
    return out


def scripts_can_be_run(tree):
    """A script that is no module starts with its interpreter."""
    return [Violation(path, 1, "no #! line") for path, text in sorted(tree.items())
            if text is not None and SCRIPT.search(path) and not path.endswith((".py", ".sh")) and not text.startswith("#!")]


RULES = (starts_with_licence_and_purpose, is_not_too_long, has_a_name_that_says_something, has_no_leftovers, scripts_can_be_run)
