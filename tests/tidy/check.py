# SPDX-License-Identifier: Apache-2.0
"""Holds the tree to its rules: `python3 tests/tidy/check.py [root]` prints every violation and fails when there is one."""
import pathlib
import sys

import docs
import files
import includes
from tree import read_tree

RULES = includes.RULES + files.RULES + docs.RULES


def violations(tree):
    return sorted(found for rule in RULES for found in rule(tree))


def main():
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).resolve().parents[2])
    tree = read_tree(root)
    found = violations(tree)
    for violation in found:
        print(violation)
    print(f"{len(RULES)} rules over {len(tree)} files: {len(found)} violations")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
