# SPDX-License-Identifier: Apache-2.0
"""The same rows from two sides: what a reckoning says, and what stands in a program's database file, read by sqlite3 and json alone.
table → {key: value}; times and versions are no part of a row."""

import collections
import json
import pathlib
import sys
import time

from orders import COUNTS
from reckoning import EXPIRED, PENDING

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from compare_databases import open_read_only  # noqa: E402

# Rows of them are one for each key; what is in only one of two sides is a difference too.
STOCK, ENTRIES, DRAWN, PROMISES = "stock per SKU", "count entries", "rights drawn", "reservations"
CARTS, ORDERS, LINES, TICKETS, RETURNS, TAKINGS, MONEY, REFUSED = ("cart lines", "orders", "order lines", "till tickets", "returns", "takings by tender",
                                                                   "paid and refunded", "refused transactions")
MEASURES = "measures"


def of_reckoning(books, store=None):
    """What must stand at the hub, or in one store."""
    ours = lambda where: store is None or where == store
    found = collections.defaultdict(dict)
    for (where, sku), row in books.stock.items():
        if ours(where):
            found[STOCK][where, sku] = [row[name] for name in ("on_hand", "moved", "safety", "aisle", "bay")]
            if row["entries"]:
                found[ENTRIES][where, sku] = row["entries"]
    for (where, sku), promises in books.promises.items():
        if ours(where):
            found[PROMISES][where, sku] = [(one.purpose, one.units, frozenset(one.states)) for one in promises]
            if books.drawn(where, sku):
                found[DRAWN][where, sku] = books.drawn(where, sku)
    for cart, body in books.carts.items():
        if ours(body["store"]):
            found[CARTS].update({(cart, sku): units for sku, units in body["lines"].items() if units})
    sums = collections.defaultdict(lambda: [0, 0])
    for number, order in books.orders.items():
        if not ours(order.store):
            continue
        found[ORDERS][number] = [order.store, order.paid, order.refunded, order.cancelled, order.asked, order.ready, order.place, order.arrived, order.reminded,
                                 order.released, sorted(order.resolved)]
        for line, one in order.lines.items():
            found[LINES][number, line] = [one.sku, one.ordered, one.price, *(getattr(one, name) for name in COUNTS), one.choice]
        sums[order.store][0] += order.paid
        sums[order.store][1] += order.refunded
    found[MONEY] = dict(sums)
    found[REFUSED] = {}
    if store is not None:
        found[TICKETS] = {ticket: [one["state"], one["cart"], one["to_pay"], one["lines"], one["tenders"]]
                          for ticket, one in books.tickets.items() if ours(one["store"])}
        found[RETURNS] = {name: [one["refund"], one["lines"], one["settled"]] for name, one in books.returns.items() if ours(one["store"])}
        found[TAKINGS] = {key: minor for key, minor in books.takings().items() if ours(key[0])}
        found[MEASURES] = {kind: count for kind, count in books.measures(store).items() if count}
    return dict(found)


COLLECTIONS = "('stock', 'cart', 'order', 'outcome')"


def _documents(connection, statement):
    for collection, name, body in connection.execute(statement):
        yield collection, name, json.loads(body)


def _read_stock(found, stock, now):
    key = (stock["store"], stock["sku"])
    found[STOCK][key] = [stock["on_hand"], stock.get("moved", 0), stock["safety"], stock.get("aisle", ""), stock.get("bay", "")]
    entries = sum(one["kind"] == "count" for one in stock.get("discrepancies", []))
    if entries:
        found[ENTRIES][key] = entries
    # A promise whose time is over has run out, whether or not anything was written since.
    standing = [(one["for"], one["units"], PENDING if one["until"] > now else EXPIRED) for one in stock.get("reservations", [])]
    lent, over = stock.get("lent", {}), lambda one: one["until"] <= now and one.get("right") == stock.get("lent", {}).get("id")
    drawn = lent.get("drawn", 0) - sum(one["units"] for one in stock.get("reservations", []) if over(one))
    ended = [(None, None, one["how"]) for one in stock.get("ended", [])]
    if standing or ended:
        found[PROMISES][key] = standing + ended
    if drawn:
        found[DRAWN][key] = drawn


def _read_order(found, number, order):
    flags = [name in order for name in ("cancelled", "cancel_requested", "ready")]
    found[ORDERS][number] = [order.get("store"), order.get("paid", 0), order.get("refunded", 0), *flags, order.get("staged", {}).get("place", ""), "arrived" in order,
                             "reminded" in order, "released" in order, sorted(order.get("resolved", {}))]
    for line in order["lines"]:
        choice = line.get("choice")
        found[LINES][number, line["line"]] = [line.get("sku", ""), line["n"], line["unit_price"], *(line.get(name, 0) for name in COUNTS),
                                              [choice["what"], choice["n"]] if choice else None]
    sums = found[MONEY].setdefault(order.get("store"), [0, 0])
    sums[0] += order.get("paid", 0)
    sums[1] += order.get("refunded", 0)


def _read(connection, statement):
    found, now = collections.defaultdict(dict), time.time() * 1000
    for collection, name, body in _documents(connection, statement):
        if collection == "stock":
            _read_stock(found, body, now)
        elif collection == "order":
            _read_order(found, name, body)
        elif collection == "outcome":
            found[REFUSED][name] = body.get("reason")
        else:
            for line in body["lines"]:
                units = sum(dot["n"] - dot["taken"] for dot in line["dots"])
                if units:
                    found[CARTS][name, line["sku"]] = units
    return found


def of_hub(connection):
    return dict(_read(connection, f"SELECT collection, id, body FROM documents WHERE collection IN {COLLECTIONS} AND body IS NOT NULL"))


def of_store(connection, store):
    """As its people see it: where it has changed something that the hub has not confirmed, its own view."""
    found = _read(connection, f"SELECT b.collection, b.id, coalesce(v.body, b.body) FROM base b LEFT JOIN view v USING (collection, id) "
                              f"WHERE b.collection IN {COLLECTIONS} AND coalesce(v.body, b.body) IS NOT NULL "
                              f"UNION ALL SELECT collection, id, body FROM view v WHERE collection IN {COLLECTIONS} AND body IS NOT NULL "
                              f"AND NOT EXISTS (SELECT 1 FROM base b WHERE b.collection = v.collection AND b.id = v.id)")
    sums = collections.Counter()
    for ticket, cart, state, body, tenders in connection.execute("SELECT id, cart, state, body, tenders FROM tickets"):
        sale, paid = json.loads(body), [[one["kind"], one["minor"]] for one in json.loads(tenders)]
        found[TICKETS][ticket] = [state, cart, sale["totals"]["to_pay"], [[line["sku"], line["units"], line["to_pay"]] for line in sale["lines"]], paid]
        for kind, part in paid:
            sums[store, kind] += part
    found[TAKINGS] = dict(sums)
    for name, refund, ticket, body in connection.execute("SELECT id, refund, ticket, body FROM returns"):
        found[RETURNS][name] = [refund, [[line["line"], line["units"]] for line in json.loads(body)["lines"]], bool(ticket)]
    found[MEASURES] = dict(connection.execute("SELECT kind, count(*) FROM measured WHERE kind IN ('resume', 'recovered', 'collected', 'no_show') GROUP BY kind"))
    return dict(found)


def of_file(file, where):
    """Of the hub's database, or a store's."""
    connection = open_read_only(file)
    try:
        return of_hub(connection) if where == "hub" else of_store(connection, where)
    finally:
        connection.close()


def states_of_reckoning(books, store=None):
    """order → the words and the money that people are shown."""
    if store is not None:
        return {number: order.state() for number, order in books.orders.items() if order.store == store}
    return {number: [order.state(), order.payment(), order.refund_due(), order.balance_due()] for number, order in books.orders.items()}


