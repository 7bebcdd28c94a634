# SPDX-License-Identifier: Apache-2.0
"""The programs of a run: started with a log each, started again when they end by themselves, ended in order.

Each is the leader of a session of its own, so that Ctrl-C reaches only the runner, which then ends them in order; and the kernel
ends each when the runner dies (setpriv --pdeathsig), even by kill -9."""
import collections
import os
import signal
import subprocess
import time

RESTART_DELAY_S = 1.0
RESTART_DELAY_S_MAX = 30.0
STEADY_S = 60.0       # one that ran so long starts again without a longer wait
STOP_S = 10.0         # from SIGTERM to SIGKILL
LOG_BYTES_MAX = 8 << 20
LAST_LINES = 12


class Child:
    def __init__(self, name, command, log, env=None, say=print):
        self.name, self.command, self.log, self._env, self._say = name, [str(word) for word in command], log, env, say
        self.process, self.ends = None, 0
        self._started = self._again_at = 0.0
        self._delay = RESTART_DELAY_S

    def start(self):
        self.log.parent.mkdir(parents=True, exist_ok=True)
        if self.log.exists() and self.log.stat().st_size > LOG_BYTES_MAX:
            self.log.replace(self.log.with_suffix(".old.log"))
        with open(self.log, "ab") as out:
            self.process = subprocess.Popen(["setpriv", "--pdeathsig", "TERM", "--", *self.command], stdin=subprocess.DEVNULL, stdout=out, stderr=out,
                                            env={**os.environ, **(self._env or {})}, start_new_session=True)
        self._started = time.monotonic()

    @property
    def alive(self):
        return self.process is not None and self.process.poll() is None

    def last_lines(self):
        try:
            with open(self.log, errors="replace") as text:
                return "".join(f"    {line}" for line in collections.deque(text, LAST_LINES))
        except FileNotFoundError:
            return ""

    def tend(self):
        """Called often: notices an end, says so once with the last lines of the log, and starts again after a wait that grows."""
        now = time.monotonic()
        if self.alive:
            return
        if self.process is not None:
            code = self.process.returncode
            how = f"by signal {signal.Signals(-code).name}" if code < 0 else f"with code {code}"
            if now - self._started > STEADY_S:
                self._delay = RESTART_DELAY_S
            self.ends += 1
            self._again_at = now + self._delay
            self._say(f"{self.name} ended {how}; the last lines of {self.log}:\n{self.last_lines()}  starting it again in {self._delay:.0f} s")
            self._delay = min(self._delay * 2, RESTART_DELAY_S_MAX)
            self.process = None
        elif now >= self._again_at:
            self.start()

    def stop(self):
        """SIGTERM to all of its session, SIGKILL to what is left of it."""
        if self.process is None:
            return
        try:
            os.killpg(self.process.pid, signal.SIGTERM)
        except ProcessLookupError:
            pass
        try:
            self.process.wait(STOP_S)
        except subprocess.TimeoutExpired:
            self._say(f"{self.name} did not end within {STOP_S:.0f} s; killing it")
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self.process.wait()
        self.process = None


class Children:
    """In the order of their start; ended the other way round."""

    def __init__(self, say=print):
        self.all, self._say = [], say

    def add(self, *arguments, **named):
        child = Child(*arguments, say=self._say, **named)
        self.all.append(child)
        child.start()
        return child

    def tend(self):
        for child in self.all:
            child.tend()

    def stop(self):
        for child in reversed(self.all):
            child.stop()

    def wait_until(self, ready, child, seconds, ends_max=3):
        """True when ready() is; False when the time is over or the child ended too often on the way."""
        until = time.monotonic() + seconds
        while time.monotonic() < until and child.ends < ends_max:
            if child.alive and ready():
                return True
            self.tend()
            time.sleep(0.1)
        return False
