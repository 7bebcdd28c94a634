# SPDX-License-Identifier: Apache-2.0
"""The hub on PostgreSQL beside the hub on SQLite: the same tables and the same actions, in turns, on one machine."""
import pathlib
import sys
import time

import postgres
import rig as rigs
from rig import ROOT, STATE, STORE, line, percentile, places

sys.path.insert(0, str(ROOT / "tests/e2e"))

import hub_rig  # noqa: E402
from hub_shopper import Shopper  # noqa: E402

PRODUCTS = 20_000
ACTIONS = 400
ACTIONS_OF_ONE = 50  # more, and the hub would think that they are no person


def seconds_of(work):
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def bench_databases(rig, results):
    if postgres.programs() is None:
        line("PostgreSQL is not installed: nothing stands beside SQLite here")
        return
    count = min(PRODUCTS, rig.products)
    folders = []
    for edition in (1, 2):
        folders.append(pathlib.Path(STATE) / f"databases-{edition}")
        rigs.write_tables(folders[-1], count, range(count), edition)
    documents = 2 * count + count // 2
    folder = postgres.clusters.make_folder("vitrine-bench-postgres-")
    cluster = postgres.clusters.Cluster(folder)
    hubs = {}
    try:
        cluster.start()
        hubs = {"sqlite": hub_rig.HubRig(places.program("hub"), ROOT), "postgresql": hub_rig.HubRig(places.program("hub"), ROOT, database=cluster.address())}
        figures = {name: {} for name in hubs}
        for what, tables in (("import", folders[0]), ("change", folders[1])):
            for name, hub in hubs.items():
                figures[name][f"{what}_s"] = seconds_of(lambda hub=hub, tables=tables: hub.run("import", str(tables)))
        took = {name: [] for name in hubs}
        for n in range(ACTIONS):  # in turns: both meet the machine as it is
            if n % ACTIONS_OF_ONE == 0:
                shoppers = {name: Shopper(hub, STORE) for name, hub in hubs.items()}
            for name, shopper in shoppers.items():
                began = time.perf_counter()
                status, said = shopper.add(f"B{n % 30:06}", f"{n + 1:032x}")
                took[name].append(1000 * (time.perf_counter() - began))
                if status != 200:
                    raise SystemExit(f"bench: an action at {name} answered {status} {said}")
        for name in hubs:
            figures[name]["action_p50_ms"], figures[name]["action_p99_ms"] = percentile(took[name], 0.5), percentile(took[name], 0.99)
        results["databases"] = {"documents": documents, "version": cluster.version(), **figures}
        ours, theirs = figures["sqlite"], figures["postgresql"]
        for what in ("import", "change"):
            line(f"{what} of {documents} documents: PostgreSQL {theirs[f'{what}_s']:.1f} s ({documents / theirs[f'{what}_s']:.0f} a second), "
                 f"SQLite {ours[f'{what}_s']:.1f} s ({documents / ours[f'{what}_s']:.0f}): ratio {theirs[f'{what}_s'] / ours[f'{what}_s']:.2f}")
        line(f"a phone's action, answered: PostgreSQL p50 {theirs['action_p50_ms']:.1f} ms, p99 {theirs['action_p99_ms']:.1f}; "
             f"SQLite {ours['action_p50_ms']:.1f} and {ours['action_p99_ms']:.1f}: ratio {theirs['action_p50_ms'] / ours['action_p50_ms']:.2f} at p50")
    finally:
        for hub in hubs.values():
            hub.close()
        if cluster.process():
            cluster.stop("immediate")
        postgres.clusters.remove_folder(folder)
