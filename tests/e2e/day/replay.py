# SPDX-License-Identifier: Apache-2.0
"""Plays a script: flows side by side, each step once, in the order of the day; what became of each stands in the ledger."""

import collections
import json
import threading
import time


class Later(Exception):
    """A step cannot go on yet: others are served meanwhile."""


class DayLedger:
    """(flow, step) → what its client was told: "done" or a code, and what else it was shown that the day goes on with."""

    def __init__(self, path):
        self._file, self._lock, self.lines = open(path, "w", encoding="utf-8"), threading.Lock(), {}

    def write(self, flow, step, act, outcome, facts, store=""):
        line = {"flow": flow, "step": step, "act": act, "outcome": outcome, "store": store, "at": time.time(), **facts}
        with self._lock:
            assert (flow, step) not in self.lines, f"{flow} {step} twice"
            self.lines[flow, step] = line
            self._file.write(json.dumps(line) + "\n")
            self._file.flush()

    def facts(self, flow, step):
        """What a step that was done told; else None."""
        with self._lock:
            line = self.lines.get((flow, step))
        return line if line and line["outcome"] == "done" else None


class Running:
    """A flow with what its people have in their hands."""

    def __init__(self, flow):
        self.flow, self.name, self.store, self.at = flow, flow["flow"], flow["store"], 0
        self.not_before, self.begun, self.hands = 0.0, False, {}


class Replay:
    """`lasts_s`: so long the day takes at least: nothing begins before its time."""

    def __init__(self, day, acts, ledger, workers, lasts_s):
        self._acts, self._ledger, self._workers = acts, ledger, workers
        self._waiting = [Running(flow) for flow in day]
        opens, second = time.monotonic(), lasts_s / max(flow["at"] for flow in day)
        for running in self._waiting:
            running.not_before = opens + running.flow["at"] * second
        self._busy, self._finished = 0, set()
        self._condition, self._failure = threading.Condition(), None
        self.size, self.started = len(day), 0

    def progress(self):
        """The share of the day that has begun; all of it when nothing more can begin before something else has ended."""
        with self._condition:
            begins = any(not running.begun and running.flow["after"] in (None, *self._finished) for running in self._waiting)
            return self.started / self.size if begins else 1.0

    def play(self):
        threads = [threading.Thread(target=self._work, daemon=True) for _ in range(self._workers)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if self._failure:
            raise self._failure

    def _take(self):
        """The next flow of the day that can go on; None: the day is over."""
        with self._condition:
            while self._failure is None and (self._waiting or self._busy):
                now = time.monotonic()
                for running in self._waiting:
                    after = running.flow["after"]
                    if running.not_before <= now and (after is None or after in self._finished):
                        self._waiting.remove(running)
                        self._busy += 1
                        self.started += not running.begun
                        running.begun = True
                        return running
                self._condition.wait(0.05)
            return None

    def _work(self):
        while (running := self._take()) is not None:
            try:
                over = self._run(running)
            except BaseException as error:  # told at the end; the day must not go on without it
                with self._condition:
                    self._failure = self._failure or error
                    self._condition.notify_all()
                return
            with self._condition:
                self._busy -= 1
                if over:
                    self._finished.add(running.name)
                else:
                    # Where it stood in the day, so that it goes on as soon as it can.
                    self._waiting.insert(0, running)
                self._condition.notify_all()

    def _run(self, running):
        steps = running.flow["steps"]
        while running.at < len(steps):
            step = steps[running.at]
            if all(self._ledger.facts(running.name, needed) for needed in step["needs"]):
                try:
                    outcome, facts = getattr(self._acts, step["act"])(running, step)
                except Later as wait:
                    running.not_before = time.monotonic() + wait.args[0]
                    return False
            else:
                outcome, facts = "skipped", {}
            self._ledger.write(running.name, running.at, step["act"], outcome, facts, running.store)
            running.at += 1
        return True


def told(ledger):
    """act → outcome → how often."""
    counts = collections.defaultdict(collections.Counter)
    for line in ledger.lines.values():
        counts[line["act"]][line["outcome"]] += 1
    return counts
