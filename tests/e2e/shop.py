# SPDX-License-Identifier: Apache-2.0
"""A whole shop for a test: started by `./vitrine run` in a folder of its own, looked at by `./vitrine status`."""

import json
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]


class Shop:
    """with Shop(build) as shop: … — `build`: the folder that holds hub/vitrine-hub and the others."""

    def __init__(self, build, arguments=()):
        # Short: a socket's path has room for 107 bytes.
        self.state = pathlib.Path(tempfile.mkdtemp(prefix="vitrine-"))
        self._environment = {**os.environ, "VITRINE_STATE": str(self.state), "VITRINE_BUILD": str(build), "LC_ALL": "C.UTF-8"}
        self._environment.pop("DISPLAY", None)
        self._log = open(self.state / "run.log", "wb")
        self._runner = subprocess.Popen(
            ["python3", str(ROOT / "tools/vitrine/run.py"), "--headless", "--automation", *arguments],
            env=self._environment, stdin=subprocess.DEVNULL, stdout=self._log, stderr=subprocess.STDOUT, start_new_session=True)

    def __enter__(self):
        try:
            self.wait(lambda: self.status().get("well"), "the shop to run", 180)
        except BaseException:
            print((self.state / "run.log").read_text(errors="replace"))
            self.close()
            raise
        return self

    def __exit__(self, kind, *_):
        if kind:
            self.tell_logs()
        self.close()

    def close(self):
        if self._runner.poll() is None:
            self._runner.send_signal(signal.SIGINT)
            try:
                self._runner.wait(60)
            except subprocess.TimeoutExpired:
                self._runner.kill()
        self._log.close()
        shutil.rmtree(self.state, ignore_errors=True)

    def tell_logs(self):
        print("--- ./vitrine status --json\n" + json.dumps(self.status(), indent=1))
        for log in sorted((self.state / "logs").glob("*.log")):
            print(f"--- {log.name}\n" + "".join(log.read_text(errors="replace").splitlines(keepends=True)[-25:]))

    def command(self, *words):
        """`./vitrine <words>` on this shop."""
        return subprocess.run([str(ROOT / "vitrine"), *words], env=self._environment, capture_output=True, text=True, timeout=60)

    def status(self):
        done = self.command("status", "--json")
        seen = json.loads(done.stdout) if done.stdout else {}
        seen["well"] = done.returncode == 0
        return seen

    def wait(self, condition, what, within_s):
        """Calls `condition` until it answers something true, and returns that and the seconds it took."""
        started = time.monotonic()
        while True:
            if self._runner.poll() is not None:
                raise AssertionError(f"./vitrine run ended while waiting for {what}")
            answer = condition()
            if answer:
                return answer, time.monotonic() - started
            if time.monotonic() - started > within_s:
                raise AssertionError(f"{what} did not come within {within_s} s")
            time.sleep(0.1)

    @property
    def page(self):
        return self.status()["addresses"]["page"]

    @property
    def authority(self):
        return self.state / "ca/ca.crt"

    @property
    def display(self):
        return f":{json.loads((self.state / 'run.json').read_text())['display']}"

    @property
    def counter_display(self):
        return f":{json.loads((self.state / 'run.json').read_text())['counter_display']}"

    @property
    def databases(self):
        return self.state / "hub/hub.db", self.state / "stores/harbour-street/store.db"

    def kill(self, program):
        """SIGKILL to vitrine-<program>; the pid that died."""
        return self.signal(program, signal.SIGKILL)

    def signal(self, program, which):
        pid = self.pid(program)
        os.kill(pid, which)
        return pid

    def pid(self, program):
        config = {"edge": "edge.toml", "hub": "hub.toml", "kiosk": "kiosk.toml"}[program]
        return self._pid_of(f"vitrine-{program}", config)

    def broker_pid(self):
        return self._pid_of("mosquitto", "mosquitto.conf")

    def _pid_of(self, program, config):
        """Of the program that was started with this file of this shop's."""
        for process in pathlib.Path("/proc").iterdir():
            try:
                words = (process / "cmdline").read_bytes().decode(errors="replace").split("\0")
            except (OSError, NotADirectoryError):
                continue
            if words[0].endswith(program) and any(word.startswith(str(self.state)) and word.endswith(config) for word in words):
                return int(process.name)
        raise AssertionError(f"{program} does not run")
