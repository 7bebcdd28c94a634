# SPDX-License-Identifier: Apache-2.0
"""Search as people type: every letter of real queries, and the pages of products, at the local API (goal P7)."""

import csv
import subprocess
import time
import urllib.parse

import rig as rigs
from rig import ROOT, STATE, LocalApi, line, percentile, places, wait

KEYSTROKE_GOAL_MS, FIRST_KEY_GOAL_MS, PAGE_GOAL_MS = 10, 4, 5


def queries():
    with open(ROOT / "tests/edge/search/golden_queries.csv", encoding="utf-8", newline="") as file:
        return [row["query"] for row in csv.DictReader(file) if row["class"] not in ("gtin", "sku")]


def type_all(api, products, seconds):
    """Types queries letter by letter, as the kiosk asks, and opens a page after each; goes on for `seconds`."""
    first, keys, pages = [], [], []
    texts, until, n = queries(), time.monotonic() + seconds, 0
    while time.monotonic() < until:
        text = texts[n % len(texts)]
        n += 1
        for size in range(1, len(text) + 1):
            if size > 1 and text[size - 1] == " ":
                continue
            status, _, ms = api.ask("GET", f"/v1/products?facets=true&limit=20&query={urllib.parse.quote(text[:size])}")
            if status != 200:
                raise SystemExit(f"bench: a search answered {status}")
            (first if size == 1 else keys).append(ms)
        status, _, ms = api.ask("GET", f"/v1/products/B{(7919 * n) % products:06}")
        if status != 200:
            raise SystemExit(f"bench: a product page answered {status}")
        pages.append(ms)
    return {"first_key": first, "keystroke": keys, "page": pages}


def say(when, times, results):
    for name, goal in (("keystroke", KEYSTROKE_GOAL_MS), ("first_key", FIRST_KEY_GOAL_MS), ("page", PAGE_GOAL_MS)):
        ms = times[name]
        p50, p99 = percentile(ms, 0.5), percentile(ms, 0.99)
        results[f"{when}_{name}"] = {"count": len(ms), "p50_ms": p50, "p99_ms": p99, "ratio_p99": p99 / goal}
        line(f"{when}: {name.replace('_', ' ')} p50 {p50:.2f} ms, p99 {p99:.2f} ms of {len(ms)}: {p99 / goal:.2f} of the goal of {goal} ms")


def bench_search(rig, results):
    api = LocalApi(rig.api)
    figures = results["search"] = {}
    say("at rest", type_all(api, rig.products, 30), figures)
    folder = STATE / "tables-3"
    rigs.write_tables(folder, rig.products, range(rig.products), 3)
    (folder / "departments.csv.gz").write_bytes((ROOT / "assets/demo/departments.csv.gz").read_bytes())
    command = [places.program("hub"), "import", folder, "--config", places.HUB / "hub.toml"]
    api.ask("POST", "/v1/link", {"enabled": False})
    subprocess.run([str(word) for word in command], stdout=subprocess.DEVNULL, check=True)
    api.ask("POST", "/v1/link", {"enabled": True})
    wait(lambda: api.ask("GET", "/v1/health")[1]["link"]["online"], 30, "the link")
    streams = {stream["name"]: stream for stream in api.ask("GET", "/v1/health")[1]["streams"]}
    behind = streams["catalog"]["head"] - streams["catalog"]["seq"]
    say("while changes arrive", type_all(api, rig.products, 30), figures)
    figures["behind_at_begin"] = behind
    line(f"the catalog was {behind} changes behind when that began")
    wait(lambda: all(s["seq"] == s["head"] for s in api.ask("GET", "/v1/health")[1]["streams"]), 300, "the changes")
    figures["edge_peak_mib"] = rig.memory_mib(rig.edge)
    line(f"edge at its peak so far: {figures['edge_peak_mib']:.1f} MiB")
