# SPDX-License-Identifier: Apache-2.0
"""The ground on which the programs are attacked: a network namespace for the centre (where this process runs) and one for each
store, joined by veth; nftables and tc on the cables; small tmpfs disks. Namespaces of mounts, network and processes go with
this process, so nothing is left behind, however it ends. Where namespaces are not allowed, the relay alone is used."""

import os
import pathlib
import shutil
import subprocess
import sys

INSIDE = "VITRINE_FAULTS_INSIDE"


def enter():
    """Runs this very command again in namespaces of its own, where the machine allows it; returns what is available."""
    if INSIDE in os.environ:
        subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
        return True
    wanted = ["unshare", "--net", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc"]
    ways = [wanted] if os.geteuid() == 0 else []
    ways.append(wanted + ["--user", "--map-root-user"])
    for way in ways:
        if not shutil.which("unshare") or not shutil.which("ip"):
            break
        if subprocess.run([*way, "true"], capture_output=True).returncode == 0:
            os.execvpe(way[0], [*way, sys.executable, "-B", *sys.argv], {**os.environ, INSIDE: "1"})
    return False


def _works(*words):
    return subprocess.run(words, capture_output=True).returncode == 0


class Cable:
    """The veth pair between the centre and a store, as the store's namespace sees it."""

    def __init__(self, number, tools):
        self._tools = tools
        self.centre, self.store = f"10.77.{number}.1", f"10.77.{number}.2"
        self._near, self._far = f"centre{number}", f"store{number}"
        # A process of its own holds the store's namespace.
        self._holder = subprocess.Popen(["unshare", "--net", "sleep", "infinity"])
        self._wait_for_namespace()
        run = lambda *words: subprocess.run(words, check=True)
        run("ip", "link", "add", self._near, "type", "veth", "peer", "name", self._far)
        run("ip", "link", "set", self._far, "netns", str(self._holder.pid))
        run("ip", "addr", "add", f"{self.centre}/24", "dev", self._near)
        run("ip", "link", "set", self._near, "up")
        for words in (["addr", "add", f"{self.store}/24", "dev", self._far], ["link", "set", self._far, "up"], ["link", "set", "lo", "up"]):
            run(*self.inside(), "ip", *words)
        if "nftables" in tools:
            run("nft", f"add table inet cable{number}; "
                       f"add chain inet cable{number} to_centre {{ type filter hook input priority 0; }}; "
                       f"add chain inet cable{number} to_store {{ type filter hook output priority 0; }}")
        self._table = f"cable{number}"

    def _wait_for_namespace(self):
        own = os.readlink("/proc/self/ns/net")
        while self._holder.poll() is None:
            try:
                if os.readlink(f"/proc/{self._holder.pid}/ns/net") != own:
                    return
            except OSError:
                pass
        raise AssertionError("no namespace for a store")

    def inside(self):
        """What goes before a command that shall run in the store."""
        return ["nsenter", f"--net=/proc/{self._holder.pid}/ns/net"]

    def set_up(self, up):
        subprocess.run(["ip", "link", "set", self._near, "up" if up else "down"], check=True)

    def lose(self, percent, to_centre=True, to_store=True):
        """Packets are lost at random, in one direction or in both; 0: none."""
        if "nftables" not in self._tools:
            return
        rules = f"flush chain inet {self._table} to_centre; flush chain inet {self._table} to_store; "
        if percent and to_centre:
            rules += f"add rule inet {self._table} to_centre iifname {self._near} numgen random mod 100 < {percent} drop; "
        if percent and to_store:
            rules += f"add rule inet {self._table} to_store oifname {self._near} numgen random mod 100 < {percent} drop; "
        subprocess.run(["nft", rules], check=True)

    def slow(self, kilobits):
        """The rate towards the store; None: as fast as it goes."""
        if "tbf" not in self._tools:
            return
        subprocess.run(["tc", "qdisc", "del", "dev", self._near, "root"], capture_output=True)
        if kilobits:
            subprocess.run(["tc", "qdisc", "add", "dev", self._near, "root", "tbf", "rate", f"{kilobits}kbit", "burst", "16k",
                            "latency", "400ms"], check=True)

    def disturb(self, delay_ms, jitter_ms, duplicate, reorder):
        """By netem, where the kernel has it; instead of a rate."""
        if "netem" not in self._tools:
            return
        subprocess.run(["tc", "qdisc", "del", "dev", self._near, "root"], capture_output=True)
        if delay_ms:
            subprocess.run(["tc", "qdisc", "add", "dev", self._near, "root", "netem", "delay", f"{delay_ms}ms", f"{jitter_ms}ms",
                            "duplicate", f"{duplicate}%", "reorder", f"{reorder}%"], check=True)

    def heal(self):
        self.set_up(True)
        self.lose(0)
        self.slow(None)

    def close(self):
        self._holder.kill()
        self._holder.wait()


class Ground:
    def __init__(self, folder, has_namespaces):
        self.folder = pathlib.Path(folder)
        self.has_namespaces = has_namespaces
        self.tools = set()
        self.cables = []
        self.disks = []
        if has_namespaces:
            self._look()

    def _look(self):
        """What this kernel and these packages can do, tried on a cable that goes again."""
        if not _works("ip", "link", "add", "tried0", "type", "veth", "peer", "name", "tried1"):
            self.has_namespaces = False
            return
        self.tools.add("veth")
        if _works("nft", "add table inet tried; add chain inet tried c { type filter hook input priority 0; }; "
                         "add rule inet tried c numgen random mod 100 < 1 drop; delete table inet tried"):
            self.tools.add("nftables")
        if _works("tc", "qdisc", "add", "dev", "tried0", "root", "tbf", "rate", "1mbit", "burst", "16k", "latency", "400ms"):
            self.tools.add("tbf")
            _works("tc", "qdisc", "del", "dev", "tried0", "root")
        if _works("tc", "qdisc", "add", "dev", "tried0", "root", "netem", "delay", "1ms"):
            self.tools.add("netem")
        _works("ip", "link", "del", "tried0")
        tried = self.folder / "tried"
        tried.mkdir(parents=True, exist_ok=True)
        if _works("mount", "-t", "tmpfs", "-o", "size=1m", "vitrine", tried):
            self.tools.add("tmpfs")
            _works("umount", tried)

    def describe(self):
        if not self.has_namespaces:
            return "network: namespaces are not allowed here, so the relay alone disturbs it, and no disk is filled"
        missing = sorted({"nftables", "tbf", "netem", "tmpfs"} - self.tools)
        return f"network: namespaces with {', '.join(sorted(self.tools))}, and the relay" + (
            f"; not offered here: {', '.join(missing)}" if missing else "")

    def cable(self):
        """None without namespaces."""
        if not self.has_namespaces:
            return None
        self.cables.append(Cable(len(self.cables) + 1, self.tools))
        return self.cables[-1]

    def disk(self, folder, mebibytes):
        """A small disk at `folder`; false where there is none to be had."""
        folder.mkdir(parents=True, exist_ok=True)
        if "tmpfs" not in self.tools:
            return False
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={mebibytes}m,mode=0700", "vitrine", folder], check=True)
        self.disks.append(folder)
        return True

    def close(self):
        for cable in self.cables:
            cable.close()
        for disk in self.disks:
            subprocess.run(["umount", "--lazy", disk], check=False)
