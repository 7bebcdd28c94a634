# SPDX-License-Identifier: Apache-2.0
"""units.py <compile_commands.json> <folder>: reads sources from standard input, a line each, and prints the files that clang-tidy is to
look at, each ended by a zero byte. Where the build compiles several sources as one, that is a file with their text one after the
other, because the analyser looks at no function of a file that is included. Writes these files, and the commands for them, into the
folder. Sources that the simulator builds once more, with other switches, are looked at as the programs have them."""
import json
import os
import re
import sys


def sources_of(unit: str) -> list[str]:
    if not re.search(r"/Unity/unity_[^/]*$", unit):
        return [unit]
    with open(unit, encoding="utf-8") as lines:
        return re.findall(r'^#include "(.*)"$', lines.read(), re.M)


def together(sources: list[str], path: str) -> None:
    included: set[str] = set()  # by those before
    with open(path, "w", encoding="utf-8") as unit:
        for source in sources:
            with open(source, encoding="utf-8") as text:
                lines = text.read().splitlines()
            unit.write("\n".join([f"// ======== {source}"] + [line for line in lines if line not in included] + [""]))
            included.update(line for line in lines if line.startswith("#include "))


def main(database: str, folder: str) -> None:
    with open(database, encoding="utf-8") as stored:
        commands = [one for one in json.load(stored) if "VITRINE_PLANTED_BUGS" not in one["command"]]
    wanted = {os.path.abspath(line) for line in sys.stdin.read().split()}
    chosen = []
    for command in commands:
        unit = command["file"]
        sources = sources_of(unit)
        if not wanted.intersection(sources):
            continue
        if sources != [unit]:
            command["file"] = os.path.join(os.path.abspath(folder), os.path.basename(unit).replace(".cxx", ".cpp"))
            command["command"] = command["command"].replace(unit, command["file"])
            together(sources, command["file"])
        chosen.append((command, sources))
    unseen = wanted.difference(*(sources for _, sources in chosen))
    if unseen:
        sys.exit(f"units.py: no build has {', '.join(sorted(unseen))}")
    with open(os.path.join(folder, "compile_commands.json"), "w", encoding="utf-8") as written:
        json.dump([command for command, _ in chosen], written)
    sys.stdout.write("".join(command["file"] + "\0" for command, _ in chosen))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
