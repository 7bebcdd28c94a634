# SPDX-License-Identifier: Apache-2.0
"""Both ends together: the same fill and catch-up by PostgreSQL's logical replication, the outbox's drain, memory while it grows."""

import csv
import os
import pathlib
import random
import sqlite3
import subprocess
import time

import postgres
import rig as rigs
from rig import STORE, LocalApi, Phone, line, places, wait

LEAST_CARTS = 20


def read_only(path):
    return sqlite3.connect(f"file:{path}?mode=ro", uri=True, isolation_level=None)


class Ends:
    """What stands in both databases, read beside the programs."""

    def __init__(self):
        self._store, self._hub = read_only(places.store(STORE) / "store.db"), read_only(places.HUB / "hub.db")

    def close(self):
        self._store.close()
        self._hub.close()

    def outbox(self):
        """(transactions ever, of them contained in the base, of them applied at the hub)."""
        return self._store.execute("SELECT last_n, ack_n, max(applied_n, ack_n) FROM state").fetchone()

    def caught_up(self):
        last, ack, _ = self.outbox()
        if ack < last:
            return False
        heads = dict(self._hub.execute("SELECT name, head FROM streams"))
        return all(heads.get(name, 0) <= seq for name, seq in self._store.execute("SELECT name, seq FROM streams WHERE filled = 1"))

    def carts(self):
        return [row[0] for row in self._store.execute("SELECT id FROM base WHERE collection = 'cart' AND body IS NOT NULL")]

    def documents(self):
        return self._store.execute("SELECT collection, id, era, number, body FROM base WHERE body IS NOT NULL").fetchall()


def set_link(api, enabled):
    api.ask("POST", "/v1/link", {"enabled": enabled})
    wait(lambda: api.ask("GET", "/v1/health")[1]["link"]["online"] == enabled, 60, "the link")


def load_outbox(rig, count, carts):
    """`count` transactions, ten to a cart, put into the outbox while the store does not run; it starts again with its link off."""
    api = LocalApi(rig.api)
    set_link(api, False)
    rig.stop_edge()
    program = pathlib.Path(os.environ["VITRINE_BUILD"]) / "tests/bench/outbox_load"
    subprocess.run([program, places.store(STORE) / "store.db", "uk", str(count), *carts], check=True)
    rig.start_edge()
    return LocalApi(rig.api)


def reconnect(rig, api, ends):
    """(seconds from the connection to both ends being equal, seconds of waiting before it, seconds to the last one being applied)."""
    began = time.monotonic()
    applied = None
    api.ask("POST", "/v1/link", {"enabled": True})
    connected = None
    while not ends.caught_up() or connected is None:
        if connected is None and api.ask("GET", "/v1/health")[1]["link"]["online"]:
            connected = time.monotonic()
        if applied is None and connected is not None:
            last, _, at_hub = ends.outbox()
            applied = time.monotonic() if at_hub >= last else None
        if time.monotonic() - began > 600:
            raise SystemExit("bench: the ends did not meet within 600 s")
        time.sleep(0.005)
    ended = time.monotonic()
    return ended - connected, connected - began, (applied or ended) - connected


def change_prices(count, products):
    folder = rigs.STATE / "changed-prices"
    folder.mkdir()
    with open(folder / "prices.csv", "w", newline="") as prices:
        price = csv.writer(prices)
        price.writerow("zone,sku,currency,list,current,valid_from,valid_to,tax_included".split(","))
        for n in random.Random(11).sample(range(products), count):
            price.writerow(["uk", f"B{n:06}", "GBP", "91.50", "91.50", "2020-01-01", "", "true"])
    rigs.first_time.hub("import", folder)


def bench_catch_up(rig, results):
    count = min(10_000, rig.products // 2)
    ends = Ends()
    figures = {"changes_on_each_side": count}
    results["catch_up"] = figures
    try:
        pair = peer_fill(ends, results)
        carts = ends.carts()
        while len(carts) < LEAST_CARTS:
            carts.append(Phone(rig).add("B000001")["cart"])
        wait(ends.caught_up, 60, "the carts at the store")
        api = load_outbox(rig, count, carts)
        change_prices(count, rig.products)
        figures["seconds"], figures["waited_before_s"], _ = reconnect(rig, api, ends)
        line(f"catch-up after {count} changes on each side: {figures['seconds']:.2f} s from the connection, {figures['waited_before_s']:.2f} s of waiting before it")
        if pair is not None:
            try:
                pair.cut()
                pair.change(count)
                figures["postgresql_s"], figures["postgresql_waited_s"] = pair.catch_up(count)
                figures["ratio"] = figures["seconds"] / figures["postgresql_s"]
                line(f"PostgreSQL the same (its orders are plain rows, ours go through the cart's rules): {figures['postgresql_s']:.2f} s, "
                     f"{figures['postgresql_waited_s']:.2f} s of waiting: ratio {figures['ratio']:.2f} (goal P3 0.4)")
            finally:
                pair.close()
    finally:
        ends.close()


def peer_fill(ends, results):
    """PostgreSQL with the documents that the store was filled with; None where it is not installed."""
    if postgres.programs() is None:
        line("PostgreSQL is not installed: nothing stands beside us here")
        return None
    rows = ends.documents()
    random.Random(5).shuffle(rows)
    pair = postgres.Pair()
    try:
        pair.load(rows)
        took = pair.fill()
    except BaseException:
        pair.close()
        raise
    fill = results["fill"]
    fill["postgresql"] = {"version": pair.central.version(), "rows": len(rows), "fill_s": took}
    fill["ratio_postgresql"] = fill["fill_s"] / took
    line(f"{pair.central.version()}, logical replication of the same {len(rows)} documents: filled in {took:.2f} s, ours took {fill['fill_s']:.2f}: "
         f"ratio {fill['ratio_postgresql']:.2f} (goal P1 1.0)")
    return pair


def bench_drain(rig, results):
    count = min(10_000, rig.products)
    ends = Ends()
    api = load_outbox(rig, count, [])
    in_base, waited, seconds = reconnect(rig, api, ends)
    ends.close()
    folder = rigs.STATE / "drain"
    folder.mkdir()
    raw = rigs.raw_limit("drain", places.HUB / "hub.db", folder, count)
    results["drain"] = {"transactions": count, "seconds": seconds, "in_base_s": in_base, "waited_before_s": waited, "raw_s": raw["s"], "share_of_raw": raw["s"] / seconds}
    line(f"{count} waiting transactions: applied after {seconds:.2f} s ({count / seconds:.0f} a second), in the base after {in_base:.2f} s; the hub's rows alone {raw['s']:.2f} s: "
         f"{results['drain']['share_of_raw']:.2f} of the raw limit (goal P5 0.5)")


def bench_outbox(rig, results):
    steps = [0, rig.products // 5, 2 * rig.products]
    figures = []
    waiting = 0
    for step in steps:
        api = load_outbox(rig, step - waiting, [])
        waiting = step
        carts = Ends().carts()[:LEAST_CARTS]
        for n in range(400):
            cart = carts[n % len(carts)]
            status, said, _ = api.ask("POST", f"/v1/carts/{cart}/actions", {"request": os.urandom(16).hex(), "device": "kiosk-1", "action": "add",
                                                                         "sku": "B000003", "line": "B000003", "units": 1, "shown": []})
            if status != 200:
                raise SystemExit(f"bench: action answered {status} {said}")
        figures.append({"waiting": api.ask("GET", "/v1/health")[1]["outbox"]["waiting"], "mib": rig.memory_mib(rig.edge)})
        line(f"outbox of {figures[-1]['waiting']} transactions: the edge has {figures[-1]['mib']:.1f} MiB at most after 400 actions")
    ends = Ends()
    seconds, _, _ = reconnect(rig, api, ends)
    ends.close()
    drained = {"waiting": 0, "mib": rig.memory_mib(rig.edge)}
    results["outbox"] = {"growing": figures, "drained": drained, "drain_s": seconds, "growth_mib": figures[-1]["mib"] - figures[0]["mib"]}
    line(f"all of it drained in {seconds:.1f} s: {drained['mib']:.1f} MiB at most; the outbox itself cost {results['outbox']['growth_mib']:.1f} MiB (goal P13: flat)")
