# SPDX-License-Identifier: Apache-2.0
"""The demonstration's tables as they lie in assets/demo, for whoever makes up the day and for whoever reckons it."""

import collections
import csv
import datetime
import gzip
import hashlib
import pathlib

FOLDER = pathlib.Path(__file__).resolve().parents[3] / "assets/demo"
# What the hub is filled with before the shop opens. Orders are not among it: those of the day are placed during the day.
TABLES = ("stores", "departments", "products", "prices", "taxes", "promotions", "stock", "customers", "consents", "staff", "synonyms")


def rows(name):
    """Every row of a table, of all folders that have it."""
    for file in sorted(FOLDER.rglob(f"{name}.csv.gz")):
        with gzip.open(file, "rt", encoding="utf-8", newline="") as table:
            yield from csv.DictReader(table)


def minor(text):
    """"2.95" → 295."""
    whole, _, part = text.partition(".")
    return int(whole) * 100 + int((part + "00")[:2])


def chance(most, *names):
    """A number below `most` that these names always give."""
    return int.from_bytes(hashlib.sha256("/".join(map(str, ("fernby/day", *names))).encode()).digest()[:8], "big") % most


def request_id(flow, step):
    """The id under which a client asks for a step, however often it asks."""
    return hashlib.sha256(f"fernby/day/request/{flow}/{step}".encode()).hexdigest()[:32]


def invoices(day):
    """number → {"customer", "store" (empty: sent home), "at", "lines": [(SKU, quantity, price in pence)]}, in the order of the day."""
    found = collections.OrderedDict()
    for row in rows("orders"):
        if row["placed_at"].startswith(day):
            one = found.setdefault(row["order"], {"customer": row["customer"], "store": row["store"], "at": row["placed_at"][11:16], "lines": []})
            one["lines"].append((row["sku"], int(row["quantity"]), minor(row["unit_price"])))
    return found


def stock():
    """(store, SKU) → {"on_hand", "safety", "aisle", "bay"}."""
    return {(row["store"], row["sku"]): {"on_hand": int(row["on_hand"]), "safety": int(row["safety"]), "aisle": row["aisle"], "bay": row["bay"]}
            for row in rows("stock")}


def products():
    """SKU → {"title", "department", "active"}."""
    return {row["sku"]: {"title": row["title_en"], "department": row["department"], "active": row["status"] == "active"} for row in rows("products")}


def last_day():
    return (FOLDER / "LAST_DAY").read_text().strip()


def prices_on(today):
    """SKU → pence for which it sells on `today` (a date), when the tables' last day is the day before."""
    shift = today - datetime.timedelta(days=1) - datetime.date.fromisoformat(last_day())
    found = {}
    for row in rows("prices"):
        assert row["currency"] == "GBP" and row["tax_included"] == "true", f"a price that this reckoning does not know: {row}"
        begins = datetime.date.fromisoformat(row["valid_from"]) + shift if row["valid_from"] else datetime.date.min
        ends = datetime.date.fromisoformat(row["valid_to"]) + shift if row["valid_to"] else datetime.date.max
        if begins <= today < ends:
            found[row["sku"]] = minor(row["current"])
    return found
