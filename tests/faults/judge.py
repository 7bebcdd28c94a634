# SPDX-License-Identifier: Apache-2.0
"""Holds the databases against the ledger. Reads the hub's carts with sqlite3 and json alone and shares no code with the product."""

import collections
import json

from ledger import CONFIRMED, LOST_BOX, REFUSED, SENT

KINDS = ("missing", "doubled", "different", "extra")


def carts_of(database):
    """cart → its body, of the hub's live documents."""
    return {cart: json.loads(body) for cart, body in
            database.read("SELECT id, body FROM documents WHERE collection = 'cart' AND body IS NOT NULL")}


def dots_of(carts):
    """dot → [(cart, line's SKU, n, taken)], and the dead dots → [cart]."""
    live, dead = collections.defaultdict(list), collections.defaultdict(list)
    for cart, body in carts.items():
        for line in body["lines"]:
            for dot in line["dots"]:
                live[dot["id"]].append((cart, line["sku"], dot["n"], dot["taken"]))
        for one in body.get("dead", []):
            dead[one["id"]].append(cart)
    return live, dead


def judge(ledger, database, hub_was_restored):
    """kind → what is wrong, one line each; and how many confirmed actions were looked at."""
    found = {kind: [] for kind in KINDS}
    live, dead = dots_of(carts_of(database))
    takes = collections.defaultdict(list)
    actions = ledger.of()
    for action in actions:
        if action.kind == "take":
            takes[action.dot].append(action)
    adds = {action.dot: action for action in actions if action.kind == "add"}
    looked_at = 0

    for dot, action in adds.items():
        places = live[dot] if dot in live else []
        looked_at += action.state == CONFIRMED
        if len(places) > 1:
            found["doubled"].append(f"{dot} stands in {[place[0] for place in places]}")
            continue
        if not places:
            # A remove that overtook its add leaves a dead id: the units are gone, as the person wanted. A decrease can do so only
            # where a hub was restored to a time before the add.
            gone = dot in dead and any(take.units == 0 or hub_was_restored for take in takes[dot])
            if action.state == CONFIRMED and not gone:
                found["missing"].append(f"{dot}: {action.units} of {action.sku} into {action.cart} at {action.end}")
            continue
        if action.state == REFUSED:
            found["extra"].append(f"{dot} was refused ({action.reason}) and is there")
        cart, sku, n, taken = places[0]
        if action.cart and cart != action.cart:
            found["different"].append(f"{dot} of {action.cart} stands in {cart}")
        if sku != action.sku or n != action.units:
            found["different"].append(f"{dot}: {n} of {sku}, and {action.units} of {action.sku} were confirmed")
        least, most = bounds(takes[dot], n)
        if not least <= taken <= most:
            kind = "missing" if taken < least else "doubled"
            found[kind].append(f"{dot}: {taken} of {n} are taken, and {least} to {most} were: "
                               f"{[(take.request, take.units, take.state, take.end) for take in takes[dot]]}")

    looked_at += sum(1 for action in actions if action.kind == "take" and action.state == CONFIRMED)
    for dot, places in live.items():
        if dot in adds or (dot[:32] in ledger.passes and hub_was_restored):
            continue
        found["extra"].append(f"{dot} stands in {places[0][0]} and nobody put it there")
    return found, looked_at


def bounds(takes, n):
    """The least and the most that may be taken of a dot of n units."""
    def total(states):
        counted = [take for take in takes if take.state in states]
        return n if any(take.units == 0 for take in counted) else min(n, sum(take.units for take in counted))
    return total({CONFIRMED}), total({CONFIRMED, SENT, LOST_BOX})


def outcomes_of(database):
    """reason → how many of the stores' transactions the hub refused."""
    reasons = collections.Counter()
    for (body,) in database.read("SELECT body FROM documents WHERE collection = 'outcome' AND body IS NOT NULL"):
        reasons[json.loads(body)["reason"]] += 1
    return reasons
