# SPDX-License-Identifier: Apache-2.0
"""What a program holds: its memory and open files over many visits, as a slope, and whether some bytes are in it."""

import dataclasses
import math
import os
import pathlib


def own_memory_kib(program):
    """What only it holds of anonymous memory: files and libraries that others share are no leak of it."""
    for line in pathlib.Path(f"/proc/{program}/smaps_rollup").read_text().splitlines():
        if line.startswith("Anonymous:"):
            return int(line.split()[1])
    raise AssertionError("no figure of anonymous memory")


def open_files(program):
    """As (number, what it leads to)."""
    found = set()
    for number in os.listdir(f"/proc/{program}/fd"):
        try:
            found.add((number, os.readlink(f"/proc/{program}/fd/{number}")))
        except FileNotFoundError:
            continue  # closed meanwhile
    return found


@dataclasses.dataclass
class Slope:
    program: str
    unit: str  # of one visit
    first: float
    last: float
    slope: float
    error: float  # standard error of the slope
    count: int

    def words(self):
        return (f"{self.program}: {self.slope:+.3f} ± {self.error:.3f} {self.unit} a visit over {self.count} visits "
                f"({self.first:.0f} to {self.last:.0f} {self.unit})")

    def is_leak(self, kib_most):
        """Twice its error below what was measured is still too much. Open files: any."""
        return self.slope - 2 * self.error > (kib_most if self.unit == "KiB" else 0.01)

    def record(self):
        return {"program": self.program, "unit": self.unit, "a_visit": round(self.slope, 4), "error": round(self.error, 4)}


def line_through(points):
    """Least squares: (slope, its standard error)."""
    count = len(points)
    mean_x = sum(x for x, _ in points) / count
    mean_y = sum(y for _, y in points) / count
    spread = sum((x - mean_x) ** 2 for x, _ in points)
    slope = sum((x - mean_x) * (y - mean_y) for x, y in points) / spread
    left = sum((y - mean_y - slope * (x - mean_x)) ** 2 for x, y in points)
    return slope, math.sqrt(left / (count - 2) / spread)


class Figures:
    def __init__(self, programs):
        """`programs`: name → process id."""
        self._programs, self._notes = programs, []
        self._open = {name: open_files(id) for name, id in programs.items()}

    def note(self, visit):
        self._notes.append((visit, {name: (own_memory_kib(id), self._kept_open(name)) for name, id in self._programs.items()}))

    def _kept_open(self, name):
        """How many files stayed open since the visit before: a question on its way to the daemon is a socket for a moment."""
        before, self._open[name] = self._open[name], open_files(self._programs[name])
        return len(before & self._open[name])

    def slopes(self, warm_up):
        notes = self._notes[int(len(self._notes) * warm_up):]
        found = []
        for name in self._programs:
            for place, unit in ((0, "KiB"), (1, "files")):
                points = [(visit, of[name][place]) for visit, of in notes]
                found.append(Slope(name, unit, points[0][1], points[-1][1], *line_through(points), len(points)))
        return found


def copies_in_memory(program, text):
    """How often these letters stand in what the program can write to."""
    wanted, found = text.encode(), 0
    with open(f"/proc/{program}/maps") as maps, open(f"/proc/{program}/mem", "rb", 0) as memory:
        for line in maps:
            span, rights = line.split()[:2]
            if not rights.startswith("rw"):
                continue
            begin, end = (int(part, 16) for part in span.split("-"))
            try:
                memory.seek(begin)
                found += memory.read(end - begin).count(wanted)
            except OSError:
                continue  # a device's
    return found


def files_with(folder, text):
    """The files below it in which these letters stand, by name."""
    wanted = text.encode()
    return [str(path.relative_to(folder)) for path in pathlib.Path(folder).rglob("*")
            if path.is_file() and not path.is_symlink() and wanted in path.read_bytes()]
