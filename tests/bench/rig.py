# SPDX-License-Identifier: Apache-2.0
"""What the benchmarks run: a broker, a hub and a store as `./vitrine run` makes them (TLS, per-store rights), in a folder of
their own, with as many products as asked for."""

import csv
import gzip
import http.client
import json
import os
import pathlib
import random
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
STATE = pathlib.Path(tempfile.mkdtemp(prefix="vitrine-bench-", dir=os.environ.get("VITRINE_BENCH_DIR")))
os.environ["VITRINE_STATE"] = str(STATE)
os.environ.setdefault("VITRINE_BUILD", str(ROOT / "build/bench"))
sys.path.insert(0, str(ROOT / "tools/vitrine"))

import children  # noqa: E402
import configs  # noqa: E402
import first_time  # noqa: E402
import local_http  # noqa: E402
import places  # noqa: E402
import ports  # noqa: E402

STORE = "harbour-street"


def line(words):
    print("  " + words, flush=True)


def percentile(values, share):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def wait(condition, within_s, what):
    deadline = time.monotonic() + within_s
    while True:
        answer = condition()
        if answer:
            return answer
        if time.monotonic() > deadline:
            raise SystemExit(f"bench: {what} did not come within {within_s} s")
        time.sleep(0.005)


def demo_titles():
    with gzip.open(ROOT / "assets/demo/products.csv.gz", "rt", newline="") as table:
        return [row["title_en"] for row in csv.DictReader(table)]


def write_tables(folder, count, order, edition):
    """`count` products made of the real titles, with a price each and stock of the first half, in the given order of numbers."""
    titles = demo_titles()
    sizes = ["small", "medium", "large", "set of 2", "set of 4", "gift box", "refill", "display"]
    folder.mkdir(parents=True, exist_ok=True)
    with (open(folder / "products.csv", "w", newline="") as products, open(folder / "prices.csv", "w", newline="") as prices,
          open(folder / "stock.csv", "w", newline="") as stocks):
        product = csv.writer(products)
        price = csv.writer(prices)
        stock = csv.writer(stocks)
        stock.writerow("store,sku,on_hand,aisle,bay,safety,counted_at".split(","))
        product.writerow("sku,gtins,title_en,title_de,original_title,department,pictogram,tile,brand,description_en,status".split(","))
        price.writerow("zone,sku,currency,list,current,valid_from,valid_to,tax_included".split(","))
        for n in order:
            title = titles[n % len(titles)]
            size = sizes[(n // len(titles)) % len(sizes)]
            product.writerow([f"B{n:06}", "", f"{title}, {size}", "", title.upper(), "home", "gift", "sand", f"Edition {edition}",
                              f"{title} in the {size} edition, number {n}, from the gift and home range.", "active"])
            if n < count // 2:
                stock.writerow([STORE, f"B{n:06}", n % 7, n % 15 + 1, "ABCDEF"[n % 6], 0, "2020-01-01"])
            price.writerow(["uk", f"B{n:06}", "GBP", f"{1 + n % 90}.50", f"{1 + n % 90}.50", "2020-01-01", "", "true"])


class Rig:
    def __init__(self, say=print):
        self.say = say
        self.record = {"store": STORE, "address": "127.0.0.1", "kiosk": True, "counter": False, "display": None,
                       "ports": {"broker": ports.choose([18884]), "page": ports.choose([18443])}}
        self.children = children.Children(say)
        self.api = places.api_socket(STORE)

    def close(self):
        self.children.stop()
        shutil.rmtree(STATE, ignore_errors=True)

    def prepare(self, products):
        """Keys, the demonstration data, and `products` more products, every document of which was changed once in random order."""
        self.products = products
        first_time.prepare(self.record, self.say)
        order = list(range(products))
        random.Random(7).shuffle(order)
        for edition, numbers in ((1, range(products)), (2, order)):
            folder = STATE / f"tables-{edition}"
            write_tables(folder, products, numbers, edition)
            shutil.copy(ROOT / "assets/demo/departments.csv.gz", folder)
            began = time.monotonic()
            first_time.hub("import", folder)
            self.say(f"  imported edition {edition} of {products} products in {time.monotonic() - began:.1f} s")

    def start(self, name, command, ready, env=None):
        child = self.children.add(name, command, log=places.LOGS / f"{name}.log", env=env)
        if not self.children.wait_until(ready, child, 60):
            raise SystemExit(f"bench: {name} did not come up\n{child.last_lines()}")
        return child

    def start_hub(self):
        broker = shutil.which("mosquitto", path="/usr/sbin:" + os.environ["PATH"])
        self.start("broker", [broker, "-c", places.BROKER / "mosquitto.conf"], lambda: ports.is_taken(self.record["ports"]["broker"]))
        self.hub = self.start("hub", [places.program("hub"), "serve", "--config", places.HUB / "hub.toml"],
                              lambda: (local_http.health(places.HUB_SOCKET) or {}).get("broker", {}).get("connected"))

    def start_edge(self):
        self.edge = self.start("edge", [places.program("edge"), "--config", places.store(STORE) / "edge.toml"],
                               lambda: local_http.health(self.api))

    def stop_edge(self):
        self.edge.stop()
        self.children.all.remove(self.edge)

    def memory_mib(self, child, field="VmHWM"):
        for line in open(f"/proc/{child.process.pid}/status"):
            if line.startswith(field + ":"):
                return int(line.split()[1]) / 1024
        return 0.0

    def cpu_s(self, child):
        words = open(f"/proc/{child.process.pid}/stat").read().rsplit(")", 1)[1].split()
        return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")


class LocalApi:
    """Requests on one kept connection, as a kiosk makes them."""

    def __init__(self, path):
        self._connection = local_http.UnixConnection(path, 10)
        self._operator = local_http.UnixConnection(path.parent / "operator.sock", 10)

    def ask(self, method, path, body=None):
        """(status, JSON, milliseconds)."""
        text = None if body is None else json.dumps(body)
        connection = self._operator if path == "/v1/link" else self._connection
        began = time.perf_counter()
        connection.request(method, path, text, {"Content-Type": "application/json"} if text else {})
        answer = connection.getresponse()
        said = answer.read()
        ms = 1000 * (time.perf_counter() - began)
        return answer.status, json.loads(said or b"null"), ms


class Phone:
    """A shopper's phone without a screen: the hub's API over TLS, trusted through the shop's own authority."""

    def __init__(self, rig):
        context = ssl.create_default_context(cafile=str(places.AUTHORITY / "ca.crt"))
        self._connection = http.client.HTTPSConnection("127.0.0.1", rig.record["ports"]["page"], context=context, timeout=20)
        self._cookie = None
        self.ask("POST", "/api/v1/session", {})
        self.ask("POST", "/api/v1/cart/store", {"store": STORE})

    def ask(self, method, path, body=None):
        headers = {"X-Vitrine": "1", "Content-Type": "application/json"}
        if self._cookie:
            headers["Cookie"] = self._cookie
        self._connection.request(method, path, None if body is None else json.dumps(body), headers)
        answer = self._connection.getresponse()
        said = json.loads(answer.read() or b"null")
        if answer.getheader("Set-Cookie"):
            self._cookie = answer.getheader("Set-Cookie").split(";")[0]
        if answer.status >= 400:
            raise SystemExit(f"bench: {method} {path} answered {answer.status} {said}")
        return said

    def add(self, sku, units=1):
        return self.ask("POST", "/api/v1/cart/actions", {"request": os.urandom(16).hex(), "action": "add", "sku": sku, "units": units})


def raw_limit(*words):
    program = pathlib.Path(os.environ["VITRINE_BUILD"]) / "tests/bench/raw_limit"
    return json.loads(subprocess.run([program, *map(str, words)], check=True, capture_output=True, text=True).stdout)
