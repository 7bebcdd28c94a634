# SPDX-License-Identifier: Apache-2.0
"""A day in the shop: a real trading day, replayed at high speed from its invoices against real processes (README.md). What stands in
the books in the evening is held against a reckoning that shares no code with the programs.

    day_test.py --hub <vitrine-hub> --edge <vitrine-edge> [--whole] [--keep]      VITRINE_DEEP=1 is --whole
"""

import argparse
import datetime
import json
import os
import pathlib
import shutil
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
for folder in (HERE.parents[1] / "faults", HERE.parent, HERE):
    sys.path.insert(0, str(folder))

import comparison  # noqa: E402
import demo  # noqa: E402
import ground  # noqa: E402
import reckoning  # noqa: E402
import rows  # noqa: E402
import script  # noqa: E402
from acts import Acts  # noqa: E402
from doors import Hub, Store  # noqa: E402
from outages import Outages  # noqa: E402
from programs import wait_until  # noqa: E402
from replay import DayLedger, Replay, told  # noqa: E402
from world import World  # noqa: E402

# The fullest day of the tables; of it a part, in two of the four stores, where not the whole was asked for.
DAY = "2011-10-06"
PART = {"stores": ("harbour-street", "mill-lane"), "part": 0.5, "workers": 6, "lasts_s": 45}
WHOLE = {"stores": script.STORES, "part": 1.0, "workers": 8, "lasts_s": 240}
SETTLES_WITHIN_S = 120


def say(text):
    print(text, flush=True)


class Shops(World):
    """The chain with the demonstration's goods: a hub, a broker, stores with counters and tills, each store behind a relay."""

    devices = {"counter-1": "counter", "counter-2": "counter", "till-1": "till", "till-2": "till"}
    # More than the usual two of each product, so that promises of a trolley fit.
    hub_settings = "[lending]\nshare_percent = 40\nunits_max = 6\n"

    def _fill_hub(self):
        tables = self.folder / "tables"
        for file in sorted(demo.FOLDER.rglob("*.csv.gz")):
            if file.name.removesuffix(".csv.gz") in demo.TABLES:
                part = tables / file.parent.relative_to(demo.FOLDER)
                part.mkdir(parents=True, exist_ok=True)
                shutil.copy(file, part)
        folders = sorted({str(file.parent) for file in tables.rglob("*.csv.gz")})
        self.hub.run("import", *folders, "--last-day", demo.last_day())
        self.credential = self.hub.run("platform", "add", "web-shop").splitlines()[0]

    def differences(self):
        """First what is cheap to see: whether everything that stores did has arrived."""
        for store, edge in self.edges.items():
            try:
                (last, ack, waits), = edge.database.read("SELECT last_n, ack_n, (SELECT count(*) FROM view) FROM state")
            except Exception as error:  # not there yet, or being opened
                return [f"{store}: {error}"], 0
            if last != ack or waits:
                return [f"{store}: transaction {last} is the last, {ack} is acknowledged, {waits} documents have own changes"], 0
        return super().differences()

    def try_now(self, store):
        self.edges[store].ask("POST", "/v1/link", {"enabled": True})


def evening(world, hub, ledger):
    """A person at the hub resolves every second contradiction. Then the platform gives back what is due for orders that are over; it
    says each refund twice, as one does who got no answer, and where all of an order is refunded once more by mistake. How many
    contradictions there were."""
    answers, after = [], ""
    while after is not None:
        status, page = hub.platform("GET", f"/orders?limit=200&after={after}")
        assert status == 200, page
        answers += page["orders"]
        after = page["next"]
    contradictions = [one["order"] for one in answers if one["exceptions"]]
    for order in contradictions[::2]:
        world.hub.run("order", "resolve", order, "handed_over_after_cancel", "accepted")
        ledger.write("evening", f"{order} resolved", "resolve", "done", {"order": order, "exception": "handed_over_after_cancel"})
    for one in answers:
        status, now = hub.platform("GET", f"/orders/{one['order']}")
        if status == 200 and now["state"] in ("collected", "returned", "released", "cancelled") and now["refund_due"]:
            give_back(hub, ledger, now)
    return len(contradictions)


def give_back(hub, ledger, order):
    lines = [[line["line"], line["ordered"] - line["customer"] - line["refunded"]] for line in order["lines"]]
    lines = [line for line in lines if line[1]]
    body = {"action": "refund", "lines": [{"line": line, "units": units} for line, units in lines]}
    ask = lambda key: hub.platform("POST", f"/orders/{order['order']}/actions", body, demo.request_id(f"evening/{order['order']}", key))
    said, again = ask("refund"), ask("refund")
    assert said[0] == again[0], f"a refund of {order['order']} was answered {said[0]}, and said again {again[0]}"
    answers = [said] if any(line["customer"] for line in order["lines"]) else [said, ask("mistake")]
    for number, (status, answer) in enumerate(answers):
        ledger.write("evening", f"{order['order']} refund {number}", "refund", "done" if status == 200 else answer["code"], {"order": order["order"], "lines": lines})


def shown_states(books, hub, stores, together):
    """The words that people are shown, at the hub and in each store."""
    found = {}
    for order in books.orders:
        status, answer = hub.platform("GET", f"/orders/{order}")
        assert status == 200, answer
        found[order] = [answer["state"], answer["payment"], answer["refund_due"], answer["balance_due"]]
    together.add("states and money shown", "hub", rows.states_of_reckoning(books), found)
    for store in stores.values():
        expected = rows.states_of_reckoning(books, store.store)
        answers = {order: store.kiosk("GET", f"/v1/orders/{order}") for order in expected}
        together.add("states shown", store.store, expected, {order: answer.get("status", answer.get("code")) for order, (_, answer) in answers.items()})


def last_promise_ends(ledger):
    """When the last promise that was to run out has done so, as its client was told; seconds."""
    return max((line["until"] for line in ledger.lines.values() if line["act"] == "kiosk_reserve" and line["outcome"] == "done" and
                line["until"] < (time.time() + 3600) * 1000), default=0) / 1000


def tell_acts(ledger):
    for act, outcomes in sorted(told(ledger).items()):
        say(f"  {act:18} " + ", ".join(f"{count} {outcome}" for outcome, count in sorted(outcomes.items(), key=lambda one: (one[0] != "done", one[0]))))


def run(world, figures, folder):
    began = time.monotonic()
    today = datetime.datetime.now(datetime.timezone.utc).date()
    day = script.make_day(DAY, figures["stores"], figures["part"])
    (folder / "day.json").write_text(json.dumps(day))
    world.hub.run("lend")
    world.settle("lending", SETTLES_WITHIN_S)
    hub = Hub(world.hub, world.credential)
    stores = {store: Store(edge) for store, edge in world.edges.items()}
    ledger = DayLedger(folder / "day.jsonl")
    outages = None
    replay = Replay(day, Acts(hub, stores, ledger, lambda store: outages.is_cut(store)), ledger, figures["workers"], figures["lasts_s"])
    say(f"{DAY}: {len(day)} flows of {len({flow['flow'].split('-')[1] for flow in day if flow['kind'] in ('visit', 'order')})} invoices, "
        f"{sum(len(flow['steps']) for flow in day)} steps, in {', '.join(figures['stores'])}")
    outages = Outages(world, replay)
    with outages:
        replay.play()
    took = time.monotonic() - began
    say(f"the day took {took:.0f} s; " + ", ".join(f"{what.replace('_', ' ')} {count}" for what, count in outages.counts.items()))
    for store, cuts in outages.cuts.items():
        meanwhile = [line["act"] for line in ledger.lines.values() if line["store"] == store and line["outcome"] == "done" and any(since < line["at"] < until for since, until in cuts)]
        say(f"{store} was cut off for {sum(until - since for since, until in cuts):.0f} s, and {len(meanwhile)} acts of its shoppers and staff were confirmed meanwhile")
    world.heal()
    wait_until(world.hub.answers, "the hub", 30)
    say(f"hub and stores agree after {world.settle('the day', SETTLES_WITHIN_S):.1f} s")
    contradictions = evening(world, hub, ledger)
    tell_acts(ledger)
    time.sleep(max(0.0, last_promise_ends(ledger) - time.time() + 1))
    world.settle("the evening", SETTLES_WITHIN_S)

    books = reckoning.Reckoning(day, ledger.lines, today)
    files = {"hub": world.hub.database.file, **{store: edge.database.file for store, edge in world.edges.items()}}
    found = {where: rows.of_file(file, where) for where, file in files.items()}
    together = comparison.compare(books, found)
    shown_states(books, hub, stores, together)
    promises = [one for all_of in books.promises.values() for one in all_of]
    say(f"\n{contradictions} orders were handed over after their cancel; of {len(promises)} promises {sum(len(one.states) > 1 for one in promises)} may stand in one of two ways\n"
        f"{together.table()}")
    failed = [f"differs: {line}" for line in together.found] + [f"cannot be: {doubt}" for doubt in books.doubts]
    planted, unseen = comparison.prove(day, ledger.lines, today, files, found, folder / "planted")
    say(f"{planted} differences planted in copies, {planted - len(unseen)} found")
    failed += [f"planted and not found: {what}" for what in unseen]
    takings = sum(books.takings().values())
    say(f"takings at tills £{takings / 100:.2f}, paid for orders £{sum(order.paid for order in books.orders.values()) / 100:.2f}, "
        f"given back £{sum(order.refunded for order in books.orders.values()) / 100:.2f}; {world.documents_compared} documents compared byte for byte")
    return failed


def main(arguments):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--hub", required=True, type=pathlib.Path)
    parser.add_argument("--edge", required=True, type=pathlib.Path)
    parser.add_argument("--whole", action="store_true", default=bool(os.environ.get("VITRINE_DEEP")), help="all invoices of the day, in all four stores")
    parser.add_argument("--keep", action="store_true", help="leave the folder where something differs")
    options = parser.parse_args(arguments)
    options.hub, options.edge, options.deep, options.try_now = options.hub.resolve(), options.edge.resolve(), False, True
    figures = WHOLE if options.whole else PART
    Shops.stores = figures["stores"]
    folder = pathlib.Path(tempfile.mkdtemp(prefix="vitrine-day-"))
    failed, world = ["it did not come to an end"], None
    try:
        world = Shops(options, ground.Ground(folder, False), folder, 2, say)
        failed = run(world, figures, folder)
    except AssertionError as error:
        failed = [str(error)]
    finally:
        if world:
            if failed:
                world.logs()
            world.close()
        if failed and options.keep:
            say(f"kept: {folder}")
        else:
            shutil.rmtree(folder, ignore_errors=True)
    for line in failed[:60]:
        say(f"FAILED {line}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
