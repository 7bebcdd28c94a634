# SPDX-License-Identifier: Apache-2.0
"""What the documents promise is there: links resolve, commands exist, decisions are listed, code belongs to a target."""
import posixpath
import re

from tree import Violation, lines

LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)[^)]*\)")
COMMAND = re.compile(r"\./vitrine ([a-z][a-z-]*)")
CASE = re.compile(r"^  ((?:[a-z-]+(?: \| )?)+)\)", re.MULTILINE)
FENCE = re.compile(r"^\s*```")


def anchor(heading):
    """A heading's anchor, as code hosts make it."""
    plain = re.sub(r"[`*\[\]]|\([^)]*\)", "", heading).strip().lower()
    return re.sub(r"[^\w\- ]", "", plain).replace(" ", "-")


def anchors(text):
    return {anchor(line.lstrip("#")) for _, line in lines(text) if line.startswith("#")}


def links_resolve(tree):
    """A relative link names a file or folder of the tree, and its #part a heading there."""
    out = []
    for path, text in tree.texts(".md"):
        fenced = False
        for number, line in lines(text):
            if FENCE.match(line):
                fenced = not fenced
            if fenced:
                continue
            for target in LINK.findall(line):
                if re.match(r"[a-z]+:", target):
                    continue
                file, _, part = target.partition("#")
                full = posixpath.normpath(posixpath.join(posixpath.dirname(path), file)) if file else path
                if not tree.has(full) and full != ".":
                    out.append(Violation(path, number, f"link to {target}: not there"))
                elif part and full.endswith(".md") and part not in anchors(tree[full]):
                    out.append(Violation(path, number, f"link to {target}: no such heading"))
    return out


def commands_of(script):
    """The words of the entry script's `case`, without options."""
    return {word for group in CASE.findall(script) for word in group.split(" | ") if not word.startswith("-")}


def commands_exist(tree):
    """Every ./vitrine command in a document is one, and help names exactly the commands there are."""
    known = commands_of(tree.get("vitrine", ""))
    out = []
    for path, text in tree.texts(".md"):
        for number, line in lines(text):
            out += [Violation(path, number, f"./vitrine {word}: no such command") for word in COMMAND.findall(line) if word not in known]
    told = set(COMMAND.findall(tree.get("tools/vitrine/help.txt", "")))
    out += [Violation("tools/vitrine/help.txt", 0, f"./vitrine {word} is not in the help") for word in sorted(known - told)]
    out += [Violation("tools/vitrine/help.txt", 0, f"./vitrine {word}: no such command") for word in sorted(told - known)]
    return out


def decisions_are_listed(tree):
    """Each decision stands in the index, and no number twice."""
    index = tree.get("docs/decisions/README.md") or ""
    out, numbers = [], {}
    for path, _ in tree.texts(".md"):
        found = re.fullmatch(r"docs/decisions/(\d{4})-[a-z0-9-]+\.md", path)
        if not found:
            continue
        if found.group(1) in numbers:
            out.append(Violation(path, 0, f"the number of {numbers[found.group(1)]}"))
        numbers[found.group(1)] = path
        if path.rsplit("/", 1)[-1] not in index:
            out.append(Violation(path, 0, "not in docs/decisions/README.md"))
    return out


def code_belongs_to_a_target(tree):
    """Every .cpp is named by the CMakeLists.txt of its folder or of one above."""
    out = []
    for path, _ in tree.texts(".cpp"):
        folder, name = path.rpartition("/")[::2]
        while True:
            text = tree.get(posixpath.join(folder, "CMakeLists.txt")) or ""
            own = posixpath.relpath(path, folder or ".")
            if re.search(r"(?<![\w/.-])" + re.escape(own) + r"(?![\w.-])", re.sub(r"#.*", "", text)):
                break
            if not folder:
                out.append(Violation(path, 0, "belongs to no target"))
                break
            folder = folder.rpartition("/")[0]
    return out


RULES = (links_resolve, commands_exist, decisions_are_listed, code_belongs_to_a_target)
