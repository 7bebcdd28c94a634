# SPDX-License-Identifier: Apache-2.0
"""The benchmarks: what Vitrine claims, each beside a limit measured in the same run. They print and never assert.

    bench.py [fill] [action] [pass] [change] [search] [sign-in] [people] [kiosk] [catch-up] [drain] [outbox] [databases] [--products N] [--json FILE]

fill     first fill of an empty store, then searchable; beside SQLite alone (goal P1), and the edge's memory (P12)
action   a confirmed action beside one bare durable commit (P4)
pass     from a pass's text at the edge's door to the answer with the priced cart
change   a change at the hub to the row visible in the store (P6)
search   keystrokes of real queries and product pages at the local API, at rest and while 100,000 changes arrive (P7, P12)
sign-in  a PIN at a counter, beside the hash alone (goal: 600 ms)
people   look-ups, panels, orders and priced carts in a store with 20,000 customers and 200,000 rows of activity, and the counter's window (P7, P12)
kiosk    milliseconds a frame at 1080×1920 on software rendering, scan to cart on glass, idle CPU, memory (P9–P12)
catch-up 10,000 changes on each side of a cut line, and the first fill, beside PostgreSQL's logical replication (P1, P3)
drain    waiting transactions up to the hub and back in the base, beside the hub's rows alone (P5)
outbox   the edge's memory while 200,000 transactions wait, and while they leave (P13)
databases the hub on PostgreSQL beside the hub on SQLite: an import, an import of changes, a phone's actions
"""

import argparse
import json
import os
import pathlib
import platform
import sqlite3
import subprocess
import sys

import database_parts
import kiosk_parts
import people_parts
import rig as rigs
import search_parts
import staff_parts
import store_parts
import sync_parts
from rig import ROOT, line, places

PARTS = ("fill", "action", "pass", "change", "search", "sign-in", "people", "kiosk", "catch-up", "drain", "outbox", "databases")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", default=PARTS, help="all when none is named")
    parser.add_argument("--products", type=int, default=100_000)
    parser.add_argument("--json", help="write the figures to this file too")
    options = parser.parse_args()
    unknown = [part for part in options.parts if part not in PARTS]
    if unknown:
        parser.error(f"no benchmark {unknown[0]!r}; there are {', '.join(PARTS)}")
    commit = subprocess.run(["git", "-C", str(ROOT), "rev-parse", "--short", "HEAD"], capture_output=True, text=True).stdout.strip()
    cpu = next((text.split(":")[1].strip() for text in open("/proc/cpuinfo") if text.startswith("model name")), "")
    results = {"commit": commit, "machine": f"{os.cpu_count()} × {cpu}", "system": platform.platform(), "sqlite": sqlite3.sqlite_version, "products": options.products}
    print(f"{results['machine']}, {results['system']}, commit {commit}", flush=True)
    rig = rigs.Rig(say=lambda words: print(words, flush=True))
    try:
        print(f"preparing: a hub with {options.products} products, each changed once in random order", flush=True)
        rig.prepare(options.products)
        print("fill", flush=True)
        store_parts.bench_fill(rig, results)  # the others stand on it
        for part, run in (("action", store_parts.bench_action), ("pass", store_parts.bench_pass), ("change", store_parts.bench_change),
                          ("search", search_parts.bench_search), ("sign-in", staff_parts.bench_sign_in), ("people", people_parts.bench_people), ("kiosk", kiosk_parts.bench_kiosk), ("service", store_parts.bench_service), ("catch-up", sync_parts.bench_catch_up), ("drain", sync_parts.bench_drain),
                          ("outbox", sync_parts.bench_outbox), ("databases", database_parts.bench_databases)):
            if part in options.parts or part == "service":
                print(part, flush=True)
                run(rig, results)
    except BaseException:
        for log in sorted(places.LOGS.glob("*.log")):
            print(f"--- {log.name}\n" + "".join(log.read_text(errors="replace").splitlines(keepends=True)[-12:]), file=sys.stderr)
        raise
    finally:
        rig.close()
    if options.json:
        pathlib.Path(options.json).write_text(json.dumps(results, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
