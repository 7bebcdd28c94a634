# SPDX-License-Identifier: Apache-2.0
"""./vitrine run with the real programs: comes up, shows a shopper's cart at the kiosk, works cut off, mends what breaks, ends all
that it began and nothing else, and goes on from where it was."""
import http.client
import json
import os
import pathlib
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
UP_S = 120


def children_of(pid):
    return [int(one) for one in pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def lives(pid):
    try:
        return pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


class RunTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(cls.enterClassContext(tempfile.TemporaryDirectory()))
        os.environ["VITRINE_STATE"] = str(cls.folder / "state")
        os.environ["VITRINE_DEMO"] = str(cls.folder / "demo")
        (cls.folder / "demo").mkdir()
        (cls.folder / "demo/LAST_DAY").write_text((ROOT / "assets/demo/LAST_DAY").read_text())
        # Orders and activity are nine tenths of the rows, and no shopper at a kiosk sees them.
        for table in ("departments", "products", "prices", "stock", "customers"):
            (cls.folder / f"demo/{table}.csv.gz").symlink_to(ROOT / f"assets/demo/{table}.csv.gz")
        (cls.folder / "demo/stores.csv.gz").symlink_to(ROOT / "assets/demo/openstreetmap/stores.csv.gz")

    def start(self, *options):
        self.out = open(self.folder / "out", "a+")
        self.addCleanup(self.out.close)
        env = {name: value for name, value in os.environ.items() if name != "DISPLAY"}
        self.runner = subprocess.Popen([sys.executable, "-B", ROOT / "tools/vitrine/run.py", *options], stdout=self.out, stderr=self.out, env=env)
        self.addCleanup(self.end)

    def end(self):
        if self.runner.poll() is None:
            self.runner.kill()
        self.runner.wait()

    def said(self):
        return (self.folder / "out").read_text()

    def until(self, what, seconds=UP_S):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                found = what()
            except (OSError, http.client.HTTPException):
                found = None
            if found:
                return found
            time.sleep(0.1)
        logs = "".join(f"\n== {file.name}\n{file.read_text()[-2000:]}" for file in (self.folder / "state/logs").glob("*.log"))
        raise AssertionError(f"did not come; the runner said:\n{self.said()}{logs}")

    def command(self, script, *words):
        done = subprocess.run([sys.executable, "-B", ROOT / f"tools/vitrine/{script}.py", *words], capture_output=True, text=True, timeout=60)
        return done.returncode, done.stdout + done.stderr

    def until_well(self):
        def well():
            self.assertIsNone(self.runner.poll(), self.said())
            return self.command("status", "--json")[0] == 0

        self.until(well)
        return json.loads(self.command("status", "--json")[1])

    def edge(self, method, path, body=None):
        import local_http
        import places
        return local_http.ask(places.api_socket("harbour-street"), method, path, body)

    def units(self, cart):
        return [line["units"] for line in self.edge("GET", f"/v1/carts/{cart}")[1].get("lines", [])]

    def test_a_day_in_the_shop(self):
        self.start("--headless")
        seen = self.until_well()
        children = children_of(self.runner.pid)

        # A second one beside it is refused and disturbs nothing.
        self.assertEqual(self.command("run")[0], 1)

        code, told = self.command("scan")
        self.assertEqual(code, 0, told)
        customer = re.search(r"the code of (\S+),", told).group(1)
        cart = self.cart_of(customer)
        self.until(lambda: self.units(cart) == [1, 2, 3])
        self.until(lambda: "a code was read" in (self.folder / "state/logs/kiosk.log").read_text())

        self.assertEqual(self.command("link", "offline")[0], 0)
        self.until(lambda: not self.edge("GET", "/v1/health")[1]["link"]["online"])
        self.assertEqual(self.units(cart), [1, 2, 3])
        self.assertEqual(self.command("link", "online")[0], 0)
        self.until(lambda: self.edge("GET", "/v1/health")[1]["link"]["online"])

        hub = next(pid for pid in children if b"vitrine-hub" in pathlib.Path(f"/proc/{pid}/cmdline").read_bytes())
        os.kill(hub, signal.SIGKILL)
        self.until(lambda: "hub ended by signal SIGKILL" in self.said())
        self.until_well()

        children = children_of(self.runner.pid)
        self.runner.send_signal(signal.SIGINT)
        self.assertEqual(self.runner.wait(60), 0)
        self.assertEqual([pid for pid in children if lives(pid)], [])
        self.assertEqual(self.command("status")[0], 1)

        # The next day: what was there is there, though somebody else has the page's port now.
        page = int(seen["addresses"]["page"].rsplit(":", 1)[1].strip("/"))
        with socket.create_server(("127.0.0.1", page)):
            self.start("--headless", "--offline")
            self.until(lambda: self.edge("GET", f"/v1/carts/{cart}")[0] == 200)
            self.until(lambda: self.said().count("The shop runs.") == 2)
        again = json.loads(self.command("status", "--json")[1])
        self.assertNotEqual(again["addresses"]["page"], seen["addresses"]["page"])
        self.assertEqual(again["addresses"]["broker"], seen["addresses"]["broker"])
        self.assertEqual(self.said().count("reading the demonstration data"), 1)
        self.assertEqual(again["edge"]["link"]["online"], False)

        # Killed without a chance to clean up, it still leaves nothing running.
        children = children_of(self.runner.pid)
        self.assertGreaterEqual(len(children), 5)
        self.runner.kill()
        self.runner.wait()
        self.until(lambda: not [pid for pid in children if lives(pid)], 15)

    def cart_of(self, customer):
        import places
        import scan
        with scan.Phone(places.read_run()) as phone:
            phone.ask("POST", "/session", {})
            phone.ask("POST", "/session/sign-in", {"customer": customer})
            return phone.ask("GET", "/cart")["cart"]


if __name__ == "__main__":
    unittest.main()
