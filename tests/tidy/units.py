# SPDX-License-Identifier: Apache-2.0
"""units.py <compile_commands.json> <folder>: reads sources from standard input, a line each, and prints what clang-tidy is to look
at, each ended by a zero byte: the sources, or the files of the build in which several of them stand together. Writes the commands
for it into the folder. Sources that the simulator builds once more, with other switches, are looked at as the programs have them."""
import json
import os
import re
import sys


def sources_of(unit: str) -> list[str]:
    if not re.search(r"/Unity/unity_[^/]*$", unit):
        return [unit]
    with open(unit, encoding="utf-8") as lines:
        return re.findall(r'^#include "(.*)"$', lines.read(), re.M)


def main(database: str, folder: str) -> None:
    with open(database, encoding="utf-8") as stored:
        commands = [one for one in json.load(stored) if "VITRINE_PLANTED_BUGS" not in one["command"]]
    with open(os.path.join(folder, "compile_commands.json"), "w", encoding="utf-8") as written:
        json.dump(commands, written)
    wanted = {os.path.abspath(line) for line in sys.stdin.read().split()}
    units = {one["file"]: sources_of(one["file"]) for one in commands}
    chosen = [unit for unit, sources in units.items() if wanted.intersection(sources)]
    unseen = wanted.difference(*units.values())
    if unseen:
        sys.exit(f"units.py: no build has {', '.join(sorted(unseen))}")
    sys.stdout.write("".join(unit + "\0" for unit in chosen))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
