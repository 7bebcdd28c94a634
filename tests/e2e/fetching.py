# SPDX-License-Identifier: Apache-2.0
"""What is to be fetched, by somebody with a handheld and seen at the counter beside it; for counter_test.py."""

import csv
import gzip

import local_http
from shop import ROOT


def codes_of(sku):
    """The code that stands on this product, and one of another."""
    with gzip.open(ROOT / "assets/demo/products.csv.gz", "rt", encoding="utf-8", newline="") as file:
        codes = {row["sku"]: row["gtins"].split()[0] for row in csv.DictReader(file) if row["gtins"] and row["status"] == "active"}
    return codes[sku], next(code for other, code in codes.items() if other != sku)


def fetches(staffed, hand, printer, who):
    """In the hand: a line is taken, and the counter says by whom; another product is told from the right one; what was found is
    written down, and gone from both lists; the list is printed. Nobody has the internet for it."""
    own = f"{who['first_name']} {who['initial']}."
    staffed.keys("F12")
    staffed.counter.wait_for_screen("picking")
    hand.click("rail.picking")
    hand.wait_for_screen("picking")
    free = lambda tree: next((node["id"].removesuffix(".take") for node in tree["nodes"] if node["id"].endswith(".take") and node["visible"]), None)
    line = hand.wait(free, "a line to fetch", 10)
    order, number = line.removeprefix("pick.").split(".")
    staffed.counter.wait_for_node(f"{line}.take", 10)
    staffed.picture("hand-list", hand)
    hand.click(f"{line}.take")
    hand.wait_for_node("picked.where", 10)
    staffed.counter.wait_for_node(f"{line}.has", 10, label=f"{own} has it")
    assert staffed.counter.node(f"{line}.take") is None, "the counter offers what somebody has"
    staffed.picture("hand-taken-counter")
    mine = next(one for one in local_http.ask(staffed.socket, "GET", f"/v1/orders/{order}")[1]["lines"] if one["line"] == int(number))
    right, wrong = codes_of(mine["sku"])
    hand.scan_by_typing(wrong)
    said = hand.wait(lambda tree: next((node["label"] for node in tree["nodes"] if node["id"] == "picked.scan" and "another product" in node["label"]), None), "that it is another product", 10)
    assert mine["sku"] in said, f"the handheld says: {said}"
    staffed.picture("hand-wrong", hand)
    hand.scan_by_typing(right)
    hand.wait_for_node("picked.scan", 10, label="That’s the right product")
    staffed.picture("hand-right", hand)
    hand.click("picked.found")
    hand.wait(lambda tree: not any(node["id"].startswith("picked.") for node in tree["nodes"]), "the line to be written down", 10)
    staffed.counter.wait(lambda tree: not any(node["id"].startswith(f"{line}.") for node in tree["nodes"]), "the counter without it", 10)
    now = next(one for one in local_http.ask(staffed.socket, "GET", f"/v1/orders/{order}")[1]["lines"] if one["line"] == int(number))
    assert now["waiting"] == 0 and now["ready"] == mine["waiting"], f"the store has {now}"
    if hand.tree()["screen"] == "order":  # it was the order's last one
        hand.click("back")
        hand.wait_for_screen("picking", 10)
    hand.click("pick.print")
    hand.wait(lambda tree: any(node["id"] == "desk.notice" and node["label"] == "Printed." for node in tree["nodes"]), "the list on paper", 10)
    assert "Pick list" in printer.paper and "Aisle" in printer.paper, "the printer got something else"
    staffed.keys("F3")
    staffed.counter.wait_for_screen("queue")
    hand.click("rail.queue")
    hand.wait_for_screen("queue")
