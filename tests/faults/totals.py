# SPDX-License-Identifier: Apache-2.0
"""Counts of rounds: added up in a ledger file by commit, so that long runs can be broken off and go on; and their table."""

import collections
import json
import os
import subprocess
import time

NEVER = ("found missing", "found doubled", "found different", "found extra", "failed rounds")


def seconds(text):
    """"90s", "60m", "8h"; 0 for nothing."""
    return 0 if not text else float(text[:-1]) * {"s": 1, "m": 60, "h": 3600}[text[-1]]


def commit_of(root):
    done = subprocess.run(["git", "-C", str(root), "describe", "--always", "--dirty", "--abbrev=12"], capture_output=True, text=True)
    return done.stdout.strip() or "unknown"


class Book:
    """One line of JSON a round: {"commit", "seed", "at", "counts"}; `counts` is the sum for the commit that is checked out."""

    def __init__(self, path, root):
        self.path, self.commit, self.counts = path, commit_of(root), collections.Counter()
        if path and path.exists():
            for line in path.read_text().splitlines():
                record = json.loads(line)
                if record["commit"] == self.commit:
                    self.counts.update(record["counts"])

    def add(self, seed, counts):
        self.counts.update(counts)
        if self.path:
            with open(self.path, "a", encoding="utf-8") as file:
                file.write(json.dumps({"commit": self.commit, "seed": seed, "at": int(time.time()), "counts": counts}) + "\n")
                file.flush()
                os.fsync(file.fileno())


def table(mine, book, wanted):
    both = book.path is not None
    names = [*wanted, *sorted(name for name in (book.counts if both else mine) if name not in wanted and name not in NEVER), *NEVER]
    width = max(map(len, names))
    lines = [f"{'':{width}}  {'this run':>9}" + (f"  {'commit ' + book.commit:>21}" if both else "") + f"  {'wanted':>7}"]
    for name in names:
        goal = wanted.get(name, 0 if name in NEVER else "")
        lines.append(f"{name:{width}}  {mine[name]:>9}" + (f"  {book.counts[name]:>21}" if both else "") + f"  {goal:>7}")
    return "\n".join(lines)
