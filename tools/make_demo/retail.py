# SPDX-License-Identifier: Apache-2.0
"""Online Retail: goods, price history, stock, customers and orders. Every rule here is told in docs/DEMO.md."""

import collections
import datetime
import decimal
import math
import re
import zoneinfo
from dataclasses import dataclass

from tables import check_digit, number, pounds, read_gz

GOODS_CODE = re.compile(r"\d{5}[A-Z]{0,2}")  # what is no goods has another shape: POST, DOT, M, DCGS0003, gift_0001_20 …
NOT_GOODS = {"22016"}                        # a gift voucher under a code that looks like goods
ORDER_DAYS = 60
ENDED_DAYS = 120
STOCK_WEEKS = 8
SPARE = 2.25  # a delivery fills up to this many usual weeks, and two pieces
PIECES_PER_SHOP_SALE = 12  # the source sells by the dozen to other shops; a shop sells one where the source sold up to twelve
LONDON = zoneinfo.ZoneInfo("Europe/London")


@dataclass(frozen=True)
class Sale:
    invoice: str
    sku: str
    quantity: int
    at: datetime.datetime  # London time without zone, as in the source
    pence: int
    customer: str
    country: str


class Retail:
    """All sale lines of goods (a number as invoice, quantity and price above 0, whole pence), and the latest description."""

    def __init__(self, path):
        self.sales = []
        self.description = {}
        for row in read_gz(path):
            sku = row["StockCode"].upper()
            price = decimal.Decimal(row["UnitPrice"])
            quantity = int(row["Quantity"])
            if not GOODS_CODE.fullmatch(sku) or sku in NOT_GOODS:
                continue
            if not row["InvoiceNo"].isdigit() or quantity <= 0 or price <= 0 or price * 100 % 1 or not row["Description"]:
                continue
            at = datetime.datetime.fromisoformat(row["InvoiceDate"])
            self.sales.append(Sale(row["InvoiceNo"], sku, quantity, at, int(price * 100), row["CustomerID"], row["Country"]))
            self.description[sku] = row["Description"]
        self.first_day = min(s.at for s in self.sales).date()
        self.last_day = max(s.at for s in self.sales).date()
        self.last_sale = {}
        self.units = collections.Counter()
        for sale in self.sales:
            self.last_sale[sale.sku] = sale.at.date()
            self.units[sale.sku] += sale.quantity

    def skus(self):
        return sorted(self.description)

    def status(self, sku):
        return "ended" if (self.last_day - self.last_sale[sku]).days > ENDED_DAYS else "active"

    def by_units(self):
        """Active SKUs, the most sold first."""
        return sorted((s for s in self.skus() if self.status(s) == "active"), key=lambda s: (-self.units[s], s))


def own_gtin(sku):
    """An EAN-13 for use inside one chain (GS1 prefix 20): five digits of the SKU, two digits for each of its letters."""
    letters = "".join(f"{ord(c) - 64:02d}" for c in sku[5:])
    body = "200" + sku[:5] + letters.ljust(4, "0")
    return body + check_digit(body)


def prices(retail):
    """(sku, list, current, valid_from, valid_to) in pence: the most frequent price of each month, equal months as one."""
    months = collections.defaultdict(lambda: collections.defaultdict(collections.Counter))
    for sale in retail.sales:
        months[sale.sku][sale.at.date().replace(day=1)][sale.pence] += 1
    for sku in retail.skus():
        periods = []  # [from, pence]
        for month in sorted(months[sku]):
            seen = months[sku][month]
            if periods and sum(seen.values()) < 3:
                continue  # too few lines to call it a new price
            pence = min(seen, key=lambda p: (-seen[p], p))
            if not periods:
                periods.append([retail.first_day.replace(day=1), pence])
            elif periods[-1][1] != pence:
                periods.append([month, pence])
        for i, (start, pence) in enumerate(periods):
            end = periods[i + 1][0] if i + 1 < len(periods) else None
            before = periods[i - 1][1] if i else pence
            is_reduced = end is None and before > pence and (retail.last_day - start).days <= 60
            yield sku, before if is_reduced else pence, pence, start.isoformat(), end.isoformat() if end else ""


def store_of(invoice, stores):
    """Which shop a sale stands for: by the shops' shares of the trade."""
    place = number("store", invoice, 10000) / 10000
    for store in stores:
        place -= float(store["share"])
        if place < 0:
            return store["store"]
    return stores[-1]["store"]


def stock(retail, stores):
    """(store, sku) -> on hand: filled up a week before the last day, less the real sales since."""
    last = retail.last_day
    sold = collections.Counter()
    usual = collections.Counter()
    for sale in retail.sales:
        age = (last - sale.at.date()).days
        if age >= 7 * (STOCK_WEEKS + 1):
            continue
        key = store_of(sale.invoice, stores), sale.sku
        (sold if age < 7 else usual)[key] += math.ceil(sale.quantity / PIECES_PER_SHOP_SALE)
    levels = {}
    for store in stores:
        for sku in retail.by_units():
            key = store["store"], sku
            target = 2 + math.ceil(SPARE * usual[key] / STOCK_WEEKS)
            levels[key] = max(0, target - sold[key])
    return levels


def orders(retail):
    """Sale lines of the last ORDER_DAYS days, in the order of the source, invoice by invoice."""
    first = retail.last_day - datetime.timedelta(days=ORDER_DAYS - 1)
    invoices = collections.OrderedDict()
    for sale in retail.sales:
        if sale.at.date() >= first:
            invoices.setdefault(sale.invoice, []).append(sale)
    return invoices


def utc(at):
    """London time to UTC, as the tables write it."""
    return at.replace(tzinfo=LONDON).astimezone(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


# How far an order has come that is collected in a shop: of a hundred, by its age in days (invented).
ORDER_STATES = (
    (3, (("placed", 38), ("picking", 15), ("ready", 30), ("arrived", 7), ("cancelled", 5), ("collected", 5))),
    (24, (("ready", 45), ("arrived", 3), ("part_collected", 6), ("cancel_asked", 4), ("cancelled", 6), ("released", 2), ("collected", 34))),
    (ORDER_DAYS, (("collected", 88), ("returned", 4), ("cancelled", 4), ("released", 4))),
)
READY_HOURS = 4
HOLD_DAYS = 28


def order_state(invoice, age):
    dice = number("state", invoice, 100)
    for state, share in next(shares for days, shares in ORDER_STATES if age <= days):
        dice -= share
        if dice < 0:
            return state
    raise ValueError("shares are not a hundred")


def order_rows(invoices, stores, last_day):
    """Two of five orders are collected in a shop, the others are sent home (invented)."""
    for invoice, lines in invoices.items():
        store = store_of(invoice, stores) if number("collect", invoice, 5) < 2 else ""
        at = lines[0].at
        total = sum(sale.quantity * sale.pence for sale in lines)
        promise = hold = state = place = ""
        paid = pounds(total)
        if store:
            state = order_state(invoice, (last_day - at.date()).days)
            promise = utc(at + datetime.timedelta(hours=READY_HOURS))
            hold = utc(at + datetime.timedelta(days=HOLD_DAYS))
            place = "" if state in ("placed", "picking", "cancelled") else "ABC"[number("place", invoice, 3)] + str(1 + number("shelf", invoice, 8))
            pays_there = number("pays", invoice, 100) < 15 and state not in ("part_collected", "collected", "returned")
            paid = "" if pays_there else paid
        for line, sale in enumerate(lines, 1):
            yield (invoice, sale.customer, store, "web", utc(at), line, sale.sku, sale.quantity, pounds(sale.pence), "GBP",
                   promise, hold, paid, state, place)
