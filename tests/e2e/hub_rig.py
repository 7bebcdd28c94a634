# SPDX-License-Identifier: Apache-2.0
"""A hub of its own for a test: certificates, a pass key and the demonstration's goods in a throw-away folder, a free port.

    with HubRig(program, root) as hub:
        hub.url, hub.ca
        hub.stop(); hub.start()        # the same hub again, on the same port
"""
import http.client
import json
import pathlib
import shutil
import signal
import socket
import ssl
import subprocess
import tempfile
import time

# The demonstration's tables that a shopper's page shows; orders and activity are many and not among them.
TABLES = ("stores", "departments", "products", "prices", "stock", "customers")


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


class HubRig:
    def __init__(self, program, root, database=None, gather_s=60):
        """`database`: of PostgreSQL, as libpq has it; None: SQLite. `gather_s`: so often stores hear what others have."""
        self.program = pathlib.Path(program).resolve()
        self.root = pathlib.Path(root).resolve()
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="vitrine-hub-"))
        self.port, self.broker_port, self._database, self._gather_s = free_port(), free_port(), database, gather_s
        self.url = f"https://127.0.0.1:{self.port}/"
        self.ca = str(self.folder / "ca/ca.crt")
        self._process = None
        try:
            self._prepare()
            self.start()
        except BaseException:
            self.close()
            raise

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def _prepare(self):
        ca, quoted = self.folder / "ca", lambda value: json.dumps(str(value))
        (self.folder / "hub.toml").write_text(f"""
[hub]
state = {quoted(self.folder / "state")}
name = "Fernby"
link_base = {quoted(self.url + "k")}
demonstration = true
delivers = true

[mqtt]
host = "127.0.0.1"
port = {self.broker_port}
ca = {quoted(ca / "ca.crt")}
cert = {quoted(ca / "hub.crt")}
key = {quoted(ca / "hub.key")}
tenant = "fernby"

[http]
address = "127.0.0.1"
port = {self.port}
cert = {quoted(ca / "http.crt")}
key = {quoted(ca / "http.key")}
web = {quoted(self.root / "hub/web")}
hosts = ["localhost"]

[availability]
every_s = {self._gather_s}

[authority]
key = {quoted(ca / "ca.key")}
broker = {quoted(self.folder / "broker")}
""" + (f'[database]\nkind = "postgresql"\nconnection = {quoted(self._database)}\n' if self._database else ""))
        self.run("make-authority")
        self.run("make-pass-key")
        demo, tables = self.root / "assets/demo", self.folder / "tables"
        for file in sorted(demo.rglob("*.csv.gz")):
            if file.name.removesuffix(".csv.gz") in TABLES:
                part = tables / file.parent.relative_to(demo)
                part.mkdir(parents=True, exist_ok=True)
                shutil.copy(file, part)
        folders = sorted({str(file.parent) for file in tables.rglob("*.csv.gz")})
        self.run("import", *folders, "--last-day", (demo / "LAST_DAY").read_text().strip())

    def run(self, *words):
        """A command of vitrine-hub; what it printed."""
        done = subprocess.run([str(self.program), *words, "--config", str(self.folder / "hub.toml")], text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        assert done.returncode == 0, f"vitrine-hub {' '.join(words)}: {done.returncode}\n{done.stdout[-2000:]}"
        return done.stdout

    def log(self):
        return (self.folder / "hub.log").read_text(errors="replace")

    def start(self, within=30.0):
        with open(self.folder / "hub.log", "a") as log:
            self._process = subprocess.Popen([str(self.program), "serve", "--config", str(self.folder / "hub.toml")],
                                             stdout=log, stderr=subprocess.STDOUT)
        deadline = time.monotonic() + within
        context = ssl.create_default_context(cafile=self.ca)
        while True:
            assert self._process.poll() is None, f"the hub ended:\n{self.log()[-2000:]}"
            connection = http.client.HTTPSConnection("127.0.0.1", self.port, timeout=5, context=context)
            try:
                connection.request("GET", "/")
                if connection.getresponse().status == 200:
                    return
            except OSError:
                pass  # not listening yet
            finally:
                connection.close()
            assert time.monotonic() < deadline, f"the hub did not answer within {within:g} s:\n{self.log()[-2000:]}"
            time.sleep(0.05)

    def stop(self, within=20.0):
        if self._process is None:
            return
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(within)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
            raise
        finally:
            self._process = None

    def kill(self):
        """SIGKILL: nothing is said, nothing is tidied up."""
        self._process.kill()
        self._process.wait()
        self._process = None

    def close(self):
        try:
            self.stop()
        finally:
            shutil.rmtree(self.folder, ignore_errors=True)
