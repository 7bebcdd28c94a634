# SPDX-License-Identifier: Apache-2.0
"""The programs of a run: started again when they end by themselves, ended in order, and never left behind."""
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time
import unittest

import children


def wait_for(what, seconds=10):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        found = what()
        if found:
            return found
        time.sleep(0.02)
    raise AssertionError("did not come")


def lives(pid):
    try:
        return pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


class ChildrenTest(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.said = []
        self.group = children.Children(self.said.append)
        self.addCleanup(self.group.stop)

    def shell(self, name, script):
        return self.group.add(name, ["sh", "-c", script], log=self.folder / f"{name}.log")

    def test_one_that_ends_is_named_with_its_last_lines_and_started_again(self):
        child = self.shell("edge", "echo the disk is full; exit 3")
        wait_for(lambda: not child.alive)
        self.group.tend()
        self.assertEqual(len(self.said), 1)
        self.assertIn("edge ended with code 3", self.said[0])
        self.assertIn("the disk is full", self.said[0])
        self.group.tend()
        self.assertIsNone(child.process, "it waits before it starts again")
        wait_for(lambda: (self.group.tend(), child.process)[1])

    def test_one_that_was_killed_is_told_by_its_signal(self):
        child = self.shell("hub", "exec sleep 1000")
        wait_for(lambda: "sleep" in pathlib.Path(f"/proc/{child.process.pid}/cmdline").read_text())
        os.kill(child.process.pid, signal.SIGKILL)
        wait_for(lambda: (self.group.tend(), self.said)[1])
        self.assertIn("hub ended by signal SIGKILL", self.said[0])

    def test_waiting_for_one_that_keeps_ending_gives_up(self):
        child = self.shell("hub", "exit 1")
        self.assertFalse(self.group.wait_until(lambda: True if child.ends > 9 else None, child, 30, ends_max=2))
        self.assertEqual(child.ends, 2)

    def test_the_last_started_is_ended_first_and_their_own_children_with_them(self):
        order = self.folder / "order"
        for name in ("broker", "edge"):
            # `sleep` runs below the shell: ending the shell alone would leave it.
            self.shell(name, f"trap 'echo {name} >> {order}; exit 0' TERM; sleep 1000 & echo $! > {self.folder}/{name}.pid; wait")
        pids = [int(wait_for(lambda n=name: (self.folder / f"{n}.pid").exists() and (self.folder / f"{n}.pid").read_text())) for name in ("broker", "edge")]
        self.group.stop()
        self.assertEqual(order.read_text().split(), ["edge", "broker"])
        for pid in pids:
            wait_for(lambda p=pid: not lives(p))

    def test_they_end_when_the_runner_is_killed(self):
        runner = subprocess.Popen([sys.executable, "-B", "-c", "import children, pathlib, sys, time\n"
                                   "one = children.Children().add('edge', ['sleep', '1000'], log=pathlib.Path(sys.argv[1]))\n"
                                   "print(one.process.pid, flush=True)\ntime.sleep(1000)", str(self.folder / "log")], stdout=subprocess.PIPE, text=True)
        self.addCleanup(runner.stdout.close)
        pid = int(runner.stdout.readline())
        wait_for(lambda: "sleep" in pathlib.Path(f"/proc/{pid}/cmdline").read_text().split("\0")[0])
        runner.kill()
        runner.wait()
        wait_for(lambda: not lives(pid))


if __name__ == "__main__":
    unittest.main()
