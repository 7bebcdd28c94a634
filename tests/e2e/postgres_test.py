# SPDX-License-Identifier: Apache-2.0
"""A hub on PostgreSQL with a store at a real broker: the demonstration's tables are imported, the store fills, and a reader that shares no
code with either compares every document. Then the server is killed under a shopper's hands: the phone is told, nothing of it happened, the
hub goes on by itself when the server is there again, and both ends agree once more.

    postgres_test.py --hub PROGRAM --edge PROGRAM
"""

import argparse
import json
import os
import pathlib
import shutil
import subprocess
import sys
import time

import compare_databases
import hub_rig
from hub_shopper import Shopper

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/postgres"))

import cluster as clusters  # noqa: E402

STORE = "harbour-street"


def until(condition, what, within_s):
    began = time.monotonic()
    while True:
        answer = condition()
        if answer:
            return time.monotonic() - began
        if time.monotonic() - began > within_s:
            raise AssertionError(f"{what} did not come within {within_s} s")
        time.sleep(0.1)


def start_store(hub, edge, children):
    """Broker and edge."""
    keys, state = hub.folder / "keys", hub.folder / "store"
    hub.run("make-store", STORE, "--out", str(keys))
    quoted = lambda value: json.dumps(str(value))  # noqa: E731
    (hub.folder / "edge.toml").write_text(f"""
[edge]
store = "{STORE}"
state = {quoted(state)}

[mqtt]
host = "127.0.0.1"
port = {hub.broker_port}
ca = {quoted(keys / "ca.crt")}
cert = {quoted(keys / "store.crt")}
key = {quoted(keys / "store.key")}
tenant = "fernby"

[streams]
zone = "uk"
""")
    broker = shutil.which("mosquitto", path="/usr/sbin:" + os.environ["PATH"])
    with open(hub.folder / "children.log", "w") as log:
        for command in ([broker, "-c", str(hub.folder / "broker/mosquitto.conf")], [edge, "--config", str(hub.folder / "edge.toml")]):
            children.append(subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT))
            time.sleep(0.5)
    return state / "store.db"


def hub_documents(cluster, stream):
    """What compare_databases.hub_documents reads from SQLite."""
    rows = cluster.ask("SELECT json_build_array(d.collection, d.id, d.era, d.number, encode(d.body, 'hex')) FROM stream_entries e "
                       "JOIN streams s ON s.number = e.stream JOIN documents d ON d.collection = e.collection AND d.id = e.id "
                       f"WHERE s.name = '{stream}' AND e.removal = 0 AND d.body IS NOT NULL")
    return {(c, i): (era, number, bytes.fromhex(body)) for c, i, era, number, body in map(json.loads, rows)}


def is_filled(store):
    """Every stream that the store has begun with is whole, its own and the catalog among them."""
    rows = compare_databases.open_read_only(store).execute("SELECT name, filled FROM streams").fetchall()
    return {"catalog", f"store.{STORE}"} <= {name for name, _ in rows} and all(filled for _, filled in rows)


def run(hub, cluster, edge, children):
    store = start_store(hub, edge, children)
    last = [None]

    def agree():
        assert all(child.poll() is None for child in children), "broker or store ended"
        if store.exists():
            try:
                if not is_filled(store):
                    return False
                last[0] = compare_databases.differences_from(lambda stream: hub_documents(cluster, stream), store, STORE)
            except compare_databases.sqlite3.OperationalError as early:  # its schema is being made
                last[0] = ([str(early)], 0)
        return last[0] and not last[0][0] and last[0][1] > 1000

    try:
        took = until(agree, "the store's first fill", 60)
    finally:
        if last[0] and last[0][0]:
            print("\n".join(last[0][0][:20]))
    print(f"after the first fill ({took:.1f} s): {last[0][1]} documents of hub and store are the same")

    # A hub whose commit nobody can tell the outcome of ends, to be started again; here the server dies while the hub is at rest.
    until(lambda: cluster.ask("SELECT count(*) FROM documents WHERE collection = 'heard'") == ["1"], "what stores have to be told", 60)
    shopper = Shopper(hub, STORE)
    sku = cluster.ask("SELECT id FROM documents WHERE collection = 'product' AND body IS NOT NULL ORDER BY id LIMIT 1")[0]
    status, cart = shopper.add(sku, "1" * 32)
    assert status == 200, (status, cart)
    cluster.kill()
    status, said = shopper.add(sku, "2" * 32)
    assert (status, said["code"]) == (503, "database_unreachable"), (status, said)
    status, said = shopper.ask("GET", "/api/v1/cart")
    assert (status, said["code"]) == (503, "database_unreachable"), (status, said)
    cluster.start()
    took = until(lambda: shopper.ask("GET", "/api/v1/cart")[0] == 200, "an answer of the hub after the server was there again", 20)
    units = shopper.ask("GET", "/api/v1/cart")[1]["lines"][0]["units"]
    assert units == 1, f"{units} units after an add that was refused"
    # A phone that got no answer sends the same again.
    took += until(lambda: shopper.add(sku, "2" * 32)[0] == 200, "the same add", 20)
    print(f"the hub reads and writes {took:.1f} s after a killed server was started again")
    status, said = shopper.add(sku, "2" * 32)
    assert status == 200, (status, said)
    units = shopper.ask("GET", "/api/v1/cart")[1]["lines"][0]["units"]
    assert units == 2, f"{units} units after an add that was sent again"
    until(agree, "hub and store to agree again", 60)
    print(f"after the server was killed: {last[0][1]} documents of hub and store are the same")
    eras = cluster.ask("SELECT count(*) FROM eras")
    assert eras == ["1"], f"{eras[0]} eras: the hub took its own database for an older copy"
    hub.stop()
    hub.start()
    assert cluster.ask("SELECT count(*) FROM eras") == ["1"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--hub", required=True)
    parser.add_argument("--edge", required=True)
    options = parser.parse_args()
    assert clusters.programs(), "PostgreSQL is not installed: packaging/packages/test.txt names it"
    folder = clusters.make_folder("vitrine-postgres-")
    cluster = clusters.Cluster(folder)
    children = []
    try:
        cluster.start()
        with hub_rig.HubRig(options.hub, ROOT, database=cluster.address()) as hub:
            try:
                run(hub, cluster, options.edge, children)
            except BaseException:
                print(hub.log()[-3000:], (hub.folder / "children.log").read_text()[-3000:], sep="\n")
                raise
            finally:
                for child in reversed(children):
                    child.terminate()
                    child.wait(20)
    finally:
        if cluster.process():
            cluster.stop("immediate")
        clusters.remove_folder(folder)


if __name__ == "__main__":
    main()
