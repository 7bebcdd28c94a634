# SPDX-License-Identifier: Apache-2.0
"""A PostgreSQL server of a test's own: a cluster of Debian's package in a throw-away folder, run by an unprivileged user, as the package
has it but for where it listens. Nothing is made less durable."""

import glob
import os
import pathlib
import pwd
import shutil
import signal
import subprocess
import tempfile
import time

UNPRIVILEGED = "nobody"  # the server refuses root
USER = "vitrine"         # of the database
GUARDED = "guarded"      # who needs a password


def programs():
    """The folder of the newest server's programs, or None: not installed."""
    found = sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb"), key=lambda path: int(path.split("/")[4]))
    return pathlib.Path(found[-1]).parent if found else None


def make_folder(prefix):
    folder = pathlib.Path(tempfile.mkdtemp(prefix=prefix))
    if os.geteuid() == 0:
        shutil.chown(folder, UNPRIVILEGED)
    os.chmod(folder, 0o755)  # its socket is for the tests too
    return folder


def remove_folder(folder):
    shutil.rmtree(folder, ignore_errors=True)


class Cluster:
    """One server. Without a port it listens on a socket in the folder alone."""

    def __init__(self, folder, name="data", port=None, settings=""):
        self.bin, self.folder, self.data = programs(), pathlib.Path(folder), pathlib.Path(folder) / name
        self.host, self.port = ("127.0.0.1", port) if port else (self.folder, 5432)
        self._log = self.folder / f"{name}.log"
        if not self.data.exists():
            self._as(self.bin / "initdb", "-D", self.data, "-A", "trust", "-U", USER, "-E", "UTF8", "--no-locale")
            rules = self.data / "pg_hba.conf"
            rules.write_text(f"local all {GUARDED} scram-sha-256\n{rules.read_text()}")
            with open(self.data / "postgresql.conf", "a") as conf:
                conf.write(f"listen_addresses = '{'127.0.0.1' if port else ''}'\nport = {self.port}\n"
                           f"unix_socket_directories = '{self.folder}'\n{settings}")

    def _as(self, *command):
        unprivileged = {"user": UNPRIVILEGED, "group": pwd.getpwnam(UNPRIVILEGED).pw_gid, "extra_groups": []} if os.geteuid() == 0 else {}
        done = subprocess.run(list(map(str, command)), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=self.folder, **unprivileged)
        if done.returncode != 0:
            raise SystemExit(f"{command[0]}: {done.stdout}")

    def start(self):
        self._as(self.bin / "pg_ctl", "-D", self.data, "-l", self._log, "-w", "start")

    def stop(self, how="fast"):
        """fast: sessions are ended; immediate: as a crash would, and the next start recovers."""
        self._as(self.bin / "pg_ctl", "-D", self.data, "-m", how, "-w", "stop")

    def process(self):
        """Of the server; None: it does not run."""
        try:
            number = int((self.data / "postmaster.pid").read_text().split()[0])
            os.kill(number, 0)
            return number
        except (FileNotFoundError, ProcessLookupError, IndexError):
            return None

    def kill(self):
        """SIGKILL to all of its processes."""
        first = self.process()
        children = subprocess.run(["pgrep", "-P", str(first)], capture_output=True, text=True).stdout.split()
        for process in [first, *map(int, children)]:
            try:
                os.kill(process, signal.SIGKILL)
            except ProcessLookupError:
                pass
        while self.process():
            time.sleep(0.01)

    def address(self):
        """As libpq has it."""
        return f"host={self.host} port={self.port} user={USER} dbname=postgres"

    def ask(self, sql):
        """All rows as lines."""
        done = subprocess.run([str(self.bin / "psql"), "-qAtX", "-v", "ON_ERROR_STOP=1", "-d", self.address(), "-c", sql], capture_output=True, text=True)
        if done.returncode != 0:
            raise SystemExit(f"psql: {done.stderr}")
        return done.stdout.splitlines()

    def version(self):
        return subprocess.run([self.bin / "postgres", "--version"], capture_output=True, text=True).stdout.strip()
