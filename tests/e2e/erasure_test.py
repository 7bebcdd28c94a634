# SPDX-License-Identifier: Apache-2.0
"""A customer with a canary in every field stands at a real hub and, over a real broker, in a store. The customer is erased by one command while all of it runs:
within two minutes the canary is in no file of either, logs among them. Then the same tables are imported again, and the hub's database is put back from before:
nothing of it comes back, and hub and store agree.

    erasure_test.py --hub PROGRAM --edge PROGRAM
"""

import argparse
import json
import pathlib
import sqlite3
import time

import compare_databases
import hub_rig
from postgres_test import start_store, until

ROOT = pathlib.Path(__file__).resolve().parents[2]
STORE, WHO, CANARY = "harbour-street", "C-90210", b"Quillfeather"
FORGOTTEN_WITHIN_S = 120  # a minute until a write-ahead log is emptied, and somebody may read just then

hub_rig.TABLES = ("stores", "departments", "products", "prices", "stock")


def tables(folder):
    folder.mkdir()
    day = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() - 3600))
    name = CANARY.decode()
    (folder / "customers.csv").write_text("customer,first_name,initial,language,country,phone_last2,languages,home_store,email,loyalty,phone\n"
                                          f"{WHO},{name},Q,en,GB,77,en fr,{STORE},quill@shoppers.example,QF-90210,\n")
    (folder / "consents.csv").write_text(f"customer,purpose,state,at\n{WHO},home_store,granted,2024-01-01\n{WHO},history,granted,2024-01-01\n")
    (folder / "activity.csv").write_text("visitor,at,kind,sku,channel,customer,event,order,store,text\n"
                                         f"v-1,{day},searched,,web,{WHO},e-1,,,a stand for {name}\n")
    (folder / "orders.csv").write_text("order,customer,store,channel,placed_at,line,sku,quantity,unit_price,currency,promise_at,hold_until,paid,state,place\n"
                                       f"C-581234,{WHO},{STORE},web,{day},1,85123A,2,2.50,GBP,,,5.00,ready,A3\n")
    return folder


def holders(*folders):
    """Files in which the canary stands."""
    found = []
    for folder in folders:
        for file in sorted(folder.rglob("*")):
            try:
                if file.is_file() and CANARY in file.read_bytes():
                    found.append(str(file.relative_to(folder.parent)))
            except FileNotFoundError:
                pass  # a log that was emptied meanwhile
    return found


def order_of(database):
    with compare_databases.open_read_only(database) as hub:
        (body,) = hub.execute("SELECT body FROM documents WHERE collection = 'order' AND id = 'C-581234'").fetchone()
    return json.loads(body)


def run(hub, edge, children):
    mine = tables(hub.folder / "mine")
    hub.run("import", str(mine))
    store_db = start_store(hub, edge, children)
    hub_db, places = hub.folder / "state/hub.db", (hub.folder / "state", store_db.parent)
    logs = (hub.folder / "hub.log", hub.folder / "children.log")

    def stands_in_store():
        try:
            with compare_databases.open_read_only(store_db) as store:
                rows = store.execute("SELECT collection FROM base WHERE id LIKE ? || '%' AND body IS NOT NULL", (WHO,)).fetchall()
        except sqlite3.OperationalError:
            return False
        return {"customer", "consent", "activity"} <= {collection for (collection,) in rows}

    until(stands_in_store, "the customer in the store", 60)
    before = order_of(hub_db)
    assert before["buyer"]["name"] == CANARY.decode(), before
    assert len(holders(*places)) >= 2, "the canary is not where it could be looked for"
    backup = hub.folder / "backup.db"
    with sqlite3.connect(hub_db) as source, sqlite3.connect(backup) as target:
        source.backup(target)

    print(hub.run("customer", "erase", WHO).strip())
    took = until(lambda: not holders(*places), "that the canary is in no file", FORGOTTEN_WITHIN_S)
    print(f"in no file of hub and store {took:.0f} s after the command")
    until(lambda: STORE not in hub.run("customer", "erased", WHO), "that the store has said so", 40)
    after = order_of(hub_db)
    assert {key: value for key, value in before.items() if key not in ("customer", "buyer")} | {"erased": True} == after, (before, after)

    said = hub.run("import", str(mine))
    assert "this customer was erased" in (hub.folder / "state/import-report.txt").read_text(), said
    hub.stop()
    for beside in ("hub.db-wal", "hub.db-shm"):
        (hub.folder / "state" / beside).unlink(missing_ok=True)
    backup.replace(hub_db)
    assert holders(hub.folder / "state"), "the backup does not have the canary"
    hub.start()

    last = [["nothing was compared"], 0]

    def agree():
        last[0:2] = compare_databases.differences(hub_db, store_db, STORE)
        return not last[0] and last[1] > 1000

    try:
        until(agree, "that hub and store agree after the hub was put back", 90)
    finally:
        print("\n".join(last[0][:20]))
    took = until(lambda: not holders(*places), "that the canary is in no file after the hub was put back", FORGOTTEN_WITHIN_S)
    print(f"the hub was put back from before: {last[1]} documents of hub and store are the same, and the canary in no file after {took:.0f} s")
    assert not stands_in_store()
    with compare_databases.open_read_only(hub_db) as database:
        assert database.execute("SELECT count(*) FROM documents WHERE collection = 'customer' AND body IS NOT NULL").fetchone() == (0,)
    for log in logs:
        text = log.read_bytes()
        assert CANARY not in text and WHO.encode() not in text, f"{log.name} names somebody"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--hub", required=True)
    parser.add_argument("--edge", required=True)
    options = parser.parse_args()
    children = []
    with hub_rig.HubRig(options.hub, ROOT) as hub:
        try:
            run(hub, options.edge, children)
        except BaseException:
            print(hub.log()[-3000:], (hub.folder / "children.log").read_text()[-3000:] if (hub.folder / "children.log").exists() else "", sep="\n")
            raise
        finally:
            for child in reversed(children):
                child.terminate()
                child.wait(20)


if __name__ == "__main__":
    main()
