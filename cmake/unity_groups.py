#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Which sources of a target may be compiled as one: those of which none says a name that another keeps to itself.

unity_groups.py <most in a group> <list>: the list has a line `=TARGET`, then its sources, a line each, and so on for each target. Prints
a line for each of these lines: the number of the source's group in its target, and `=` for a target.
A name kept to a file is what stands in its unnamed namespaces (or is `static`) at the beginning of a line; a file that says such a
name of another, for whatever, is not put beside it."""
import re
import sys

UNNAMED = re.compile(r"^namespace \{\n(.*?)^\}  // namespace$", re.M | re.S)
WORD = re.compile(r"(?<![.>:\w])[A-Za-z_]\w*|(?<= >)[A-Za-z_]\w*|(?<=[^:]:)[A-Za-z_]\w*")
LITERAL = re.compile(r'//[^\n]*|R"(\w*)\((?:.|\n)*?\)\1"|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'')
USED_BY_ALL = set("inline constexpr const static struct class enum using namespace template typename auto static_assert bool int void double char long "
                  "unsigned float std return concept requires operator noexcept final public private default delete this".split())


def names_of_declaration(line: str) -> set[str]:
    """The names that a declaration beginning in the first column may introduce: what stands before (, =, {, ;, : or [."""
    return {word for word in re.findall(r"([A-Za-z_]\w*)\s*(?:[({=;\[]|:(?!:)|$)", line) if word not in USED_BY_ALL}


def read(path: str) -> tuple[set[str], set[str]]:
    """Names that the file keeps to itself, and all words of it."""
    with open(path, encoding="utf-8") as source:
        whole = source.read()
    text = LITERAL.sub(" ", whole)
    own: set[str] = set()
    for block in UNNAMED.findall(whole):
        for line in block.splitlines():
            if line and not line[0].isspace() and line[0] not in "}#)" and not line.startswith("using "):
                own |= names_of_declaration(line)
    for line in re.findall(r"^static .*$|^#define \w+.*$", text, re.M):
        own |= names_of_declaration(line) | set(re.findall(r"^#define (\w+)", line))
    return own, set(WORD.findall(text))


def groups(files: list[tuple[set[str], set[str]]], most: int) -> list[int]:
    chosen: list[int] = []
    made: list[tuple[int, set[str], set[str]]] = []
    for own, words in files:
        for number, (count, group_own, group_words) in enumerate(made):
            if count < most and not own & group_words and not group_own & words:
                made[number] = (count + 1, group_own | own, group_words | words)
                chosen.append(number)
                break
        else:
            chosen.append(len(made))
            made.append((1, set(own), set(words)))
    return chosen


def main(most: int, path: str) -> None:
    with open(path, encoding="utf-8") as listed:
        parts = listed.read().split("=")[1:]
    known: dict[str, tuple[set[str], set[str]]] = {}
    for part in parts:
        sources = part.split()[1:]
        known.update((source, read(source)) for source in sources if source not in known)
        print("=", *groups([known[source] for source in sources], most), sep="\n")


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
