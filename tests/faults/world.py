# SPDX-License-Identifier: Apache-2.0
"""A chain with a hub, a broker and stores to attack: made in a folder, healed, and compared."""

import collections
import os
import pathlib
import random
import sys
import threading
import time

from clients import Kiosk, Phone, Shelf
from judge import judge, outcomes_of
from ledger import Ledger
from programs import ROOT, Broker, Edge, Hub, Relay, free_port, wait_until

sys.path.insert(0, str(ROOT / "tests/e2e"))
import compare_databases  # noqa: E402

STORES = ("harbour-street", "mill-lane")
KIOSKS_A_STORE = 2
PHONES = 2
DISK_MEBIBYTES = 16


class World:
    customers_a_phone = 400
    patience_s = 20
    stores = STORES
    devices = {}  # counters and tills of each store: name → role
    hub_settings = ""

    def __init__(self, options, ground, folder, seed, say):
        self.options, self.ground, self.folder, self.say = options, ground, pathlib.Path(folder), say
        self.rng = random.Random(seed)
        self.skus = [f"2{number:04d}" for number in range(40)]
        self.ledger = Ledger(self.folder / "ledger.jsonl")
        self.shelf = Shelf(random.Random(seed + 1))
        self.relays, self.edges, self._listens = {}, {}, {}
        self.hub_was_restored = False
        self.unsure = set()  # stores whose database was set back, until they have settled
        self.thorough = options.deep
        self.seen = collections.Counter()
        self.unfrozen = self.confirmed_judged = self.documents_compared = 0
        self._clients, self._phases = [], 0
        self._seed = seed
        self._build()
        self._watching = True
        self._watcher = threading.Thread(target=self._look_after, daemon=True)
        self._watcher.start()
        self.settle("the first fill", 60)

    def _build(self):
        ground, folder = self.ground, self.folder
        self.cables = {store: ground.cable() for store in self.stores}
        hosts = [cable.centre for cable in self.cables.values() if cable]
        port = free_port()
        hub_folder = folder / "hub"
        hub_folder.mkdir(parents=True)
        ground.disk(hub_folder / "state", DISK_MEBIBYTES)
        self.hub = Hub(self.options.hub, hub_folder, hub_folder / "state", ("127.0.0.1", port), hosts, self.hub_settings)
        self.hub.run("make-pass-key")
        self._fill_hub()
        broker_folder = hub_folder / "broker"
        ca, broker_pair = str(self.hub.ca), [str(broker_folder / "broker.crt"), str(broker_folder / "broker.key")]

        def relay(name, host, client):
            settings = {"listen": [host, free_port()], "broker": ["127.0.0.1", port], "ca": ca, "server": broker_pair,
                        "client": [str(file) for file in client], "seed": self.rng.getrandbits(32)}
            self.relays[name] = Relay(settings)
            self._listens[name] = tuple(settings["listen"])
            return self._listens[name]

        for store in self.stores:
            store_folder = folder / store
            store_folder.mkdir()
            self.hub.run("make-store", store, "--out", store_folder / "box")
            cable = self.cables[store]
            listen = relay(store, cable.centre if cable else "127.0.0.1", [store_folder / "box/store.crt", store_folder / "box/store.key"])
            ground.disk(store_folder / "state", DISK_MEBIBYTES)
            self.edges[store] = Edge(store, self.options.edge, store_folder, store_folder / "state", listen, store_folder / "box", cable, self.devices)
        self.hub.connect_through(relay("hub", "127.0.0.1", [hub_folder / "ca/hub.crt", hub_folder / "ca/hub.key"]))
        self.broker = Broker(broker_folder, broker_folder / "mosquitto.conf", remembers=self._seed % 2 == 1)
        for program in self.programs():
            program.start()

    def address_of(self, client):
        """Where its relay listens."""
        return self._listens[client]

    def _fill_hub(self):
        tables = self.folder / "tables"
        tables.mkdir()
        put = lambda name, head, rows: (tables / name).write_text("\n".join([head, *rows]) + "\n")
        put("stores.csv", "store,name,zone,currency,time_zone,opening_hours,languages",
            [f"{store},{store.title()},uk,GBP,Europe/London,Mo-Su 00:00-24:00,en" for store in self.stores])
        put("departments.csv", "department,name_en,name_de,pictogram,tile", ["kitchen,Kitchen,Küche,mug,mint"])
        put("products.csv", "sku,gtins,title_en,title_de,original_title,department,pictogram,tile,brand,description_en,status",
            [f"{sku},,Mug {sku},,MUG {sku},kitchen,mug,mint,,,active" for sku in self.skus])
        put("prices.csv", "zone,sku,currency,list,current,valid_from,valid_to,tax_included",
            [f"uk,{sku},GBP,2.95,2.50,2020-01-01,,true" for sku in self.skus])
        put("stock.csv", "store,sku,on_hand,aisle,bay,safety,counted_at",
            [f"{store},{sku},24,3,B,2,2020-01-01T08:00:00Z" for store in self.stores for sku in self.skus])
        put("customers.csv", "customer,first_name,initial,language,country,phone_last2",
            [f"{10_000 + phone * 1000 + n},Amelia,R,en,GB,41" for phone in range(PHONES) for n in range(self.customers_a_phone)])
        self.hub.run("import", tables)

    def programs(self):
        return [self.broker, self.hub, *self.edges.values()]

    def _look_after(self):
        while self._watching:
            for program in self.programs():
                program.look_after()
            time.sleep(0.05)

    # People.

    def open_doors(self):
        self._phases += 1
        seeds = iter(range(self._seed * 1000 + self._phases * 100, 2**62))
        self._clients = [Phone(number, self, next(seeds)) for number in range(PHONES)]
        self._clients += [Kiosk(edge, number, self, next(seeds)) for edge in self.edges.values() for number in range(1, KIOSKS_A_STORE + 1)]
        for client in self._clients:
            client.start()

    def close_doors(self):
        for client in self._clients:
            client.stopping.set()
        for client in self._clients:
            client.join(120)
            assert not client.is_alive(), f"{client.name} does not end"
            if client.crash:
                raise client.crash
        self._clients = []

    # What is left when it is over.

    def heal(self):
        """Ends every fault; nothing is repaired that the programs must repair by themselves."""
        for cable in self.cables.values():
            if cable:
                cable.heal()
        for relay in self.relays.values():
            relay.heal()
        for program in (self.hub, *self.edges.values()):
            (program.state / "ballast").unlink(missing_ok=True)
            program.clock.jump(0)
        for program in self.programs():
            program.start()

    def differences(self):
        lines, compared = [], 0
        for store, edge in self.edges.items():
            try:
                some, count = compare_databases.differences(str(self.hub.database.file), str(edge.database.file), store)
                (last, ack), = edge.database.read("SELECT last_n, ack_n FROM state")
            except Exception as error:  # not there yet, or being opened
                return [f"{store}: {error}"], 0
            lines += [f"{store}: {line}" for line in some]
            if last != ack:
                lines.append(f"{store}: transaction {last} is the last, and {ack} is acknowledged")
            compared += count
        return lines, compared

    def settle(self, what, within):
        """Waits until every store agrees with the hub; the seconds it took."""
        started, pushed = time.monotonic(), time.monotonic()
        lines, compared = self.differences()
        while lines:
            if time.monotonic() - started > within:
                raise AssertionError(f"after {what}: no agreement within {within} s\n  " + "\n  ".join(lines[:20]) + self.told_by_edges())
            if time.monotonic() - pushed > 1.5:
                pushed = time.monotonic()
                self._what_persons_do()
            time.sleep(0.1)
            lines, compared = self.differences()
        self.documents_compared += compared
        return time.monotonic() - started

    def _what_persons_do(self):
        for edge in self.edges.values():
            link = edge.health().get("link", {})
            if link.get("reason") == "frozen":
                self.hub.run("unfreeze", edge.store)  # two boxes answered for it, or one was set back twice; now there is one
                self.unfrozen += 1
            if self.options.try_now and not link.get("online"):
                edge.ask("POST", "/v1/link", {"enabled": True})  # "Try now"

    def told_by_edges(self):
        return "".join(f"\n  {edge.store}: {edge.health().get('link')}, outbox {edge.health().get('outbox')}" for edge in self.edges.values())

    def reckon(self, what, within):
        """Heals, waits for agreement, and holds the result against the ledger."""
        self.heal()
        wait_until(self.hub.answers, "the hub", 30)
        self.close_doors()
        took = self.settle(what, within)
        self.unsure.clear()
        found, looked_at = judge(self.ledger, self.hub.database, self.hub_was_restored)
        self.confirmed_judged = looked_at
        refused = outcomes_of(self.hub.database)
        self.say(f"  {what}: agreement after {took:.1f} s; {looked_at} confirmed actions held against the hub"
                 + (f"; refused by it: {dict(refused)}" if refused else ""))
        return found

    def close(self):
        self._watching = False
        self._watcher.join()
        for client in self._clients:
            client.stopping.set()
        for program in reversed(self.programs()):
            program.kill()
        for relay in self.relays.values():
            relay.close()

    def logs(self, lines=30):
        for file in (self.hub.log, self.broker.log, *(edge.log for edge in self.edges.values())):
            if os.path.exists(file):
                text = pathlib.Path(file).read_text(errors="replace").splitlines()
                self.say(f"--- {file}\n" + "\n".join(text[-lines:]))
