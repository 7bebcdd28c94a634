# SPDX-License-Identifier: Apache-2.0
"""A drill that is started at the counter, and what goes on meanwhile without the hub: staff change a customer's cart, and a shopper's
request goes to the best match first and in time to the next. Part of counter_test.py."""

import csv
import gzip
import time

import compare_databases
from shop import ROOT

NEXT_S = 5  # a request falls to the next after so long; in a shop after half a minute
JOINED_S_MAX = 40


def hurry_routing(shop, store):
    """The store's computer starts again with another time to the next, before anybody has signed in."""
    config = shop.state / f"stores/{store}/edge.toml"
    config.write_text(config.read_text() + f"\n[requests]\nnext_seconds = {NEXT_S}\n")
    before = shop.kill("edge")

    def is_back():
        try:
            return shop.pid("edge") != before and shop.status()["well"]
        except AssertionError:
            return False
    shop.wait(is_back, "the store's computer to be back", 40)


class Phone:
    """A customer of this store, signed in on their phone, with something in the cart that the store has heard of."""

    def __init__(self, desk, store):
        import places
        import scan
        self._phone = scan.Phone(places.read_run())
        with gzip.open(ROOT / "assets/demo/customers.csv.gz", "rt", encoding="utf-8", newline="") as table:
            ours = {row["customer"]: row for row in csv.DictReader(table) if row["home_store"] == store and row["loyalty"]}
        self._phone.ask("POST", "/session", {})
        shopper = next(one["customer"] for one in self._phone.ask("GET", "/demonstration/shoppers") if one["customer"] in ours)
        self.loyalty = ours[shopper]["loyalty"]
        self._phone.ask("POST", "/session/sign-in", {"customer": shopper})
        self._phone.ask("POST", "/cart/store", {"store": store})
        if not self._phone.ask("GET", "/cart").get("lines"):
            scan.fill(self._phone)
        said = self._phone.ask("GET", "/cart")
        self.cart, self.before = said["cart"], units_of(said)
        desk.shop.wait(lambda: desk.cart_units(self.cart) == self.before, "the cart at the store", 20)

    def units(self):
        self._phone.__exit__()  # a kept connection that the hub has given up meanwhile
        return units_of(self._phone.ask("GET", "/cart"))


def units_of(cart):
    return sum(line["units"] for line in cart.get("lines", []))


def start(desk):
    """F7, how long, and the line is dropped; both screens say so."""
    desk.keys("F7")
    desk.counter.wait_for_screen("status")
    desk.counter.click("drill.offer")
    time.sleep(0.4)  # sooner, at the same place, it would be the same finger bouncing
    desk.counter.click("drill.start.5")
    desk.counter.wait_for_node("drill.end", 15)
    desk.counter.wait_for_node("status.offline", 15)
    link = desk.shop.status()["edge"]["link"]
    assert not link["online"] and link["reason"] == "drill", f"the link says {link}"
    desk.picture("drill-runs")
    desk.keys("F3")
    desk.counter.wait_for_screen("queue")


def change_cart(desk, phone):
    """One more of a line, by touch; the store has it at once, and the phone hears nothing of it."""
    desk.keys("F4")
    desk.counter.wait_for_screen("customer")
    desk.keys(*phone.loyalty.lower(), "Return")
    desk.counter.wait_for_node("cart.change", 10)
    desk.picture("drill-customer")
    desk.counter.click("cart.change")
    more = desk.counter.wait(lambda tree: next((node["id"] for node in tree["nodes"] if node["id"].startswith("their.") and
                                                node["id"].endswith(".more") and node["visible"] and node["enabled"]), None), "the cart's lines", 10)
    desk.counter.click(more)
    desk.counter.wait_for_node("their.undo", 10)
    assert desk.cart_units(phone.cart) == phone.before + 1, "the store has another cart than the counter shows"
    assert "catch up later" in desk.counter.node("their.line")["label"], "the counter promises what the phone cannot show"
    assert phone.units() == phone.before, "the phone has heard of it without a line"
    desk.picture("drill-cart")
    desk.keys("Escape", "Escape")
    desk.counter.wait_for_screen("queue")


def fall_back(desk, second):
    """For one of two people first, then for the other, who goes; the shopper's kiosk says who."""
    desk.kiosk.click("help")
    desk.kiosk.wait_for_screen("help")
    state = lambda tree: next((node["label"] for node in tree["nodes"] if node["id"].startswith("call.") and node["id"].endswith(".state")), None)
    is_first = lambda tree: state(tree) == "For you"
    # Of two counters one is asked first; the other is told whom it is for, and when it will be theirs.
    deadline = time.monotonic() + 10
    while True:
        here, there = desk.counter.tree(), second.tree()
        if is_first(here) != is_first(there) and state(here) and state(there):
            break
        assert time.monotonic() < deadline, f"the counters say {state(here)} and {state(there)}"
    next_one = second if is_first(here) else desk.counter
    told = state(there if is_first(here) else here)
    assert ", then you at" in told, f"the other counter says: {told}"
    desk.picture("drill-routed", next_one)
    next_one.wait(is_first, "the request to fall to the next", 2 * NEXT_S + 10)
    take = next(node["id"] for node in next_one.tree()["nodes"] if node["id"].startswith("call.") and node["id"].endswith(".take"))
    next_one.click(take)
    desk.kiosk.wait(lambda tree: any("is coming over" in node["label"] for node in tree["nodes"]), "who comes", 10)
    time.sleep(0.4)  # as above
    next_one.click(take.replace(".take", ".end"))
    desk.kiosk.wait_for_screen("welcome", 10)


def end(desk, phone, store):
    """All that waited is sent; hub and store agree, and the phone has the cart as staff left it."""
    desk.keys("F7")
    desk.counter.wait_for_screen("status")
    assert int(desk.counter.wait_for_node("waiting.count", 10)["label"]) > 0, "nothing waited"
    desk.counter.click("drill.end")
    desk.counter.wait(lambda tree: any(node["id"] == "drill.words" and "all were sent" in node["label"] for node in tree["nodes"]), "what the drill left", JOINED_S_MAX)
    desk.picture("drill-over")
    desk.shop.wait(lambda: not compare_databases.differences(*map(str, desk.shop.databases), store)[0], "hub and store to agree", JOINED_S_MAX)
    desk.shop.wait(lambda: phone.units() == phone.before + 1, "the cart on the phone", 10)
    desk.keys("F3")
    desk.counter.wait_for_screen("queue")


def run(desk, second, store):
    phone = Phone(desk, store)
    start(desk)
    change_cart(desk, phone)
    fall_back(desk, second)
    end(desk, phone, store)
