# SPDX-License-Identifier: Apache-2.0
"""The programs under attack: broker, hub and edges as processes that are killed and started again, each with its own folder."""

import http.client
import json
import os
import pathlib
import shutil
import signal
import socket
import sqlite3
import ssl
import subprocess
import sys
import threading
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
LIBFAKETIME = [pathlib.Path(f"/usr/lib/{machine}-linux-gnu/faketime/libfaketimeMT.so.1") for machine in ("x86_64", "aarch64")]


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def quoted(value):
    return json.dumps(str(value))


class Program:
    """One process, which may die at any time: by a fault, or by itself, and then it is started again as systemd would."""

    def __init__(self, name, command, log, inside=(), environment=None):
        self.name, self.command, self.log = name, [str(word) for word in command], log
        self.inside, self.environment = list(inside), {**os.environ, **(environment or {})}
        self.process = None
        self.kills = 0
        self.own_ends = []  # exit codes of a program that ended by itself
        self.lock = threading.RLock()  # held by who works on the dead program's files
        self.wanted = False

    def start(self):
        with self.lock:
            self.wanted = True
            if self.process is not None and self.process.poll() is None:
                return
            with open(self.log, "ab") as log:
                self.process = subprocess.Popen([*self.inside, *self.command], stdin=subprocess.DEVNULL, stdout=log,
                                                stderr=subprocess.STDOUT, env=self.environment)

    def look_after(self):
        """Called now and then: starts again what ended by itself."""
        with self.lock:
            if self.wanted and self.process is not None and self.process.poll() is not None:
                self.own_ends.append(self.process.returncode)
                self.start()

    def kill(self):
        with self.lock:
            if self.process is None:
                return
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()
            self.process, self.wanted = None, False
            self.kills += 1

    def kill_and_start(self):
        with self.lock:
            self.kill()
            self.start()

    def stop(self, within=20):
        with self.lock:
            self.wanted = False
            if self.process is None:
                return
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(within)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
            self.process = None


class Clock:
    """The clock that a program sees, moved while it runs, by libfaketime from Debian."""

    def __init__(self, file):
        self.file = file
        self.library = next((library for library in LIBFAKETIME if library.exists()), None)
        self.jump(0)

    def environment(self):
        if self.library is None:
            return {}
        return {"LD_PRELOAD": str(self.library), "FAKETIME_TIMESTAMP_FILE": str(self.file), "FAKETIME_CACHE_DURATION": "1",
                "FAKETIME_DONT_FAKE_MONOTONIC": "1", "FAKETIME_DONT_RESET": "1"}

    def jump(self, seconds):
        fresh = self.file.with_suffix(".fresh")
        fresh.write_text(f"{seconds:+d}s\n")
        fresh.rename(self.file)


class Relay:
    """See relay.py; a process of its own."""

    def __init__(self, settings):
        self._process = subprocess.Popen([sys.executable, "-B", str(HERE / "relay.py"), json.dumps(settings)], stdin=subprocess.PIPE,
                                         stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        assert self._process.stdout.readline().strip() == "ready", "the relay did not start"
        self._lock = threading.Lock()

    def tell(self, **wish):
        with self._lock:
            self._process.stdin.write(json.dumps(wish) + "\n")
            self._process.stdin.flush()

    def weather(self, delay_ms=0, jitter_ms=0, reorder=0.0, repeat=0.0, lose=0.0):
        self.tell(delay_ms=delay_ms, jitter_ms=jitter_ms, reorder=reorder, repeat=repeat, lose=lose)

    def heal(self):
        self.weather()
        self.tell(stall=False)

    def counts(self):
        with self._lock:
            self._process.stdin.write('{"count": true}\n')
            self._process.stdin.flush()
            return json.loads(self._process.stdout.readline())

    def close(self):
        self._process.kill()
        self._process.wait()


class Broker(Program):
    def __init__(self, folder, config, remembers):
        # As Debian starts it: default limits. With `remembers` it saves to a file, at the default of each 1,800 s and at its end.
        text = config.read_text()
        if remembers:
            self.data = folder / "data"
            self.data.mkdir()
            text = text.replace("persistence false\n", f"persistence true\npersistence_location {self.data}/\n")
        else:
            self.data = None
        text = "\n".join(f"user {'root' if os.geteuid() == 0 else os.environ.get('USER', 'nobody')}" if line.startswith("user ") else line for line in text.splitlines())
        self.config = folder / "mosquitto-attacked.conf"
        self.config.write_text(text + "\n")
        mosquitto = shutil.which("mosquitto", path="/usr/sbin:/usr/local/sbin:" + os.environ.get("PATH", ""))
        super().__init__("broker", [mosquitto, "-c", self.config], folder / "broker.log")
        self.wipes = 0

    def wipe(self):
        """What it had saved is gone."""
        with self.lock:
            self.kill()
            for file in self.data.iterdir() if self.data else ():
                file.unlink()
            self.wipes += 1
            self.start()


class UnixConnection(http.client.HTTPConnection):
    def __init__(self, path, timeout):
        super().__init__("localhost", timeout=timeout)
        self._path = str(path)

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self._path)


def ask(connection, method, path, body=None, headers=None):
    """(status, JSON or None); (0, None) when there was no answer."""
    try:
        payload = None if body is None else json.dumps(body)
        connection.request(method, path, payload, {"Content-Type": "application/json", **(headers or {})})
        answer = connection.getresponse()
        text = answer.read()
        return answer.status, json.loads(text) if text else None, answer.headers
    except (OSError, http.client.HTTPException, ValueError):
        return 0, None, {}
    finally:
        connection.close()


class Database:
    """A program's file, read by sqlite3 alone, and put back from an earlier copy."""

    def __init__(self, file):
        self.file = file

    def read(self, statement, *values):
        connection = sqlite3.connect(f"file:{self.file}?mode=ro", uri=True, timeout=10)
        try:
            return connection.execute(statement, values).fetchall()
        finally:
            connection.close()

    def back_up(self, to):
        source, target = sqlite3.connect(f"file:{self.file}?mode=ro", uri=True, timeout=10), sqlite3.connect(to)
        try:
            source.backup(target)
        finally:
            source.close()
            target.close()

    def put_back(self, backup):
        """The program must be dead."""
        for file in (self.file.with_name(self.file.name + suffix) for suffix in ("-wal", "-shm")):
            file.unlink(missing_ok=True)
        shutil.copyfile(backup, self.file)


class Edge(Program):
    def __init__(self, store, program, folder, state, mqtt, certificates, cable, devices=None):
        """`devices`: name → role, of counters and tills with sockets of their own."""
        self.store, self.folder, self.state = store, folder, state
        self.config = folder / "edge.toml"
        self.config.write_text(f"""
[edge]
store = {quoted(store)}
state = {quoted(state)}
[mqtt]
host = {quoted(mqtt[0])}
port = {mqtt[1]}
ca = {quoted(certificates / "ca.crt")}
cert = {quoted(certificates / "store.crt")}
key = {quoted(certificates / "store.key")}
tenant = "fernby"
[streams]
zone = "uk"
""" + "".join(f"[devices.{name}]\nrole = {quoted(role)}\n" for name, role in (devices or {}).items()))
        self.clock = Clock(folder / "clock")
        super().__init__(store, [program, "--config", self.config], folder / "edge.log", cable.inside() if cable else (),
                         self.clock.environment())
        self.database = Database(state / "store.db")

    def ask(self, method, path, body=None, timeout=6):
        door = "operator.sock" if path == "/v1/link" else "api.sock"
        return ask(UnixConnection(self.state / door, timeout), method, path, body)[:2]

    def health(self):
        return self.ask("GET", "/v1/health", timeout=3)[1] or {}


class Hub(Program):
    def __init__(self, program, folder, state, mqtt, broker_hosts, more=""):
        """`more`: further lines of hub.toml."""
        self.program, self.folder, self.state, self._more = program, folder, state, more
        self.port = free_port()
        self.ca = folder / "ca/ca.crt"
        self.config = folder / "hub.toml"
        self.clock = Clock(folder / "clock")
        self._write(mqtt)
        self.run("make-authority", *(word for host in broker_hosts for word in ("--host", host)), "--listen", "0.0.0.0")
        self._tls = ssl.create_default_context(cafile=self.ca)
        super().__init__("hub", [program, "serve", "--config", self.config], folder / "hub.log", (), self.clock.environment())
        self.database = Database(state / "hub.db")

    def _write(self, mqtt):
        ca = self.folder / "ca"
        self.config.write_text(f"""
[hub]
state = {quoted(self.state)}
name = "Fernby"
link_base = "https://127.0.0.1:{self.port}/k"
demonstration = true
[mqtt]
host = {quoted(mqtt[0])}
port = {mqtt[1]}
ca = {quoted(ca / "ca.crt")}
cert = {quoted(ca / "hub.crt")}
key = {quoted(ca / "hub.key")}
tenant = "fernby"
[http]
address = "127.0.0.1"
port = {self.port}
cert = {quoted(ca / "http.crt")}
key = {quoted(ca / "http.key")}
web = {quoted(ROOT / "hub/web")}
[authority]
key = {quoted(ca / "ca.key")}
broker = {quoted(self.folder / "broker")}
{self._more}""")

    def run(self, *words):
        done = subprocess.run([str(self.program), *map(str, words), "--config", str(self.config)], text=True, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT)
        assert done.returncode == 0, f"vitrine-hub {words}: {done.returncode}\n{done.stdout[-2000:]}"
        return done.stdout

    def connect_through(self, mqtt):
        self._write(mqtt)

    def ask(self, method, path, body=None, cookie="", timeout=6):
        """(status, JSON, cookie if a new one was given)."""
        connection = http.client.HTTPSConnection("127.0.0.1", self.port, timeout=timeout, context=self._tls)
        status, answer, headers = ask(connection, method, path, body, {"X-Vitrine": "1", "Cookie": cookie})
        given = headers.get("Set-Cookie", "") if status else ""
        return status, answer, given.split(";")[0]

    def answers(self):
        return self.ask("GET", "/api/v1/stores", timeout=2)[0] in (200, 401)


def wait_until(condition, what, within):
    started = time.monotonic()
    while not condition():
        if time.monotonic() - started > within:
            raise AssertionError(f"{what} did not come within {within:g} s")
        time.sleep(0.05)
    return time.monotonic() - started
