# SPDX-License-Identifier: Apache-2.0
"""What people will do on one trading day, made from the real invoices of that day and from nothing else. The same tables give the
same day, always: what looks like chance is a hash of an invoice's number (demo.chance).

The rule. An invoice that names a store is an order of the web shop that is collected there; its fate is the next of ORDER_FATES. Any
other invoice is one or more shoppers in a store (SHARES), each with a trolley of at most TROLLEY lines, whose fate is the next of
VISIT_FATES. The shop sold by the dozen: each dozen begun is a piece, a person carries PIECES at most. In the store, one SKU in five of
the day is counted (some have lost or found a piece), half of those that the day needs more of than there is are delivered, one in forty
breaks, one in fifty goes to another store. A part of the day is its first invoices, in the stores that play.

A day is a list of flows: {"flow", "at", "kind", "store", "after", "steps"}. A step is {"act", "needs", …}: it is tried only where the
steps that it needs (numbers in its flow) were done. `python3 script.py 2011-10-06` prints it."""

import json
import sys

import demo

STORES = ("harbour-street", "quay-square", "mill-lane", "station-arcade")
SHARES = (4, 3, 2, 2)
TROLLEY = 12
PIECES = 6
LONG_MINUTES, SHORT_MINUTES = 600, 1

VISIT_FATES = ("paid", "reserved_paid", "returned_paid", "receipt_back", "promise_runs_out", "more_later", "web_reserved_paid", "cancelled",
               "freed_paid", "exchange", "web_reserved_left", "twice_reserved_paid", "back_on_the_shelf", "receipt_broken", "web_freed_paid", "paid")
ORDER_FATES = ("collected", "refused_part", "cancelled_early", "came_back", "waits", "no_show", "cancelled_late", "part_only", "pays_here",
               "handed_after_cancel", "collected", "exchanged", "missing_refund", "missing_wait")
TENDERS = ("card", "cash", "voucher_card", "half", "card")


class Steps:
    """Numbers steps as they come, each needing the last one that must have been done."""

    def __init__(self):
        self.all, self.last = [], None

    def add(self, act, firm=False, needs=None, **what):
        """`firm`: what comes after it needs it."""
        wanted = [self.last] if needs is None and self.last is not None else (needs or [])
        self.all.append({"act": act, "needs": wanted, **what})
        number = len(self.all) - 1
        if firm:
            self.last = number
        return number


def pieces(quantity):
    return min(-(-quantity // 12), PIECES)


def store_of(invoice):
    at = demo.chance(sum(SHARES), "store", invoice)
    for store, share in zip(STORES, SHARES):
        if at < share:
            return store
        at -= share
    raise AssertionError("shares")


def trolleys(invoice, lines):
    """The invoice's SKUs, each once, in trolleys: [[(SKU, units)]]."""
    units = {}
    for sku, quantity, _ in lines:
        units[sku] = min(units.get(sku, 0) + pieces(quantity), PIECES)
    goods = list(units.items())
    return [goods[at:at + TROLLEY] for at in range(0, len(goods), TROLLEY)]


def visit(name, fate, at, store, customer, lines, others, titles):
    """One shopper from the phone to the till. `others`: SKUs that catch their eye besides."""
    steps = Steps()
    steps.add("enter", firm=True, customer=customer, store=store)
    for place, (sku, units) in enumerate(lines):
        odd = demo.chance(6, "line", name, place)
        if odd in (0, 1):
            steps.add("search", where="phone" if odd else "kiosk", sku=sku, words=titles[sku]["title"])
        steps.add("phone_add", sku=sku, units=units + (odd == 2))
        if odd == 2:
            steps.add("phone_decrease", sku=sku, units=1)
        if odd == 3:
            other = others[demo.chance(len(others), "other", name, place)]
            steps.add("phone_add", sku=other, units=1)
            if other not in dict(lines):
                steps.add("phone_remove", sku=other)
    if fate.startswith("web_"):
        reserved = steps.add("web_reserve")
        if fate == "web_freed_paid":
            steps.add("web_free", needs=[reserved])
    steps.add("cart_pass", firm=True)
    steps.add("open", firm=True)
    first, last = lines[0], lines[-1]
    if demo.chance(2, "kiosk", name):
        steps.add("kiosk_add", sku=others[demo.chance(len(others), "seen", name)], units=1)
    if first[1] > 1:
        steps.add("kiosk_decrease", sku=first[0], units=1)
    if len(lines) > 3 and demo.chance(3, "gone", name) == 0:
        steps.add("kiosk_remove", sku=last[0])
    if fate in ("reserved_paid", "freed_paid", "twice_reserved_paid", "promise_runs_out", "promise_stands"):
        promised = steps.add("kiosk_reserve", minutes=SHORT_MINUTES if fate == "promise_runs_out" else LONG_MINUTES)
        if fate == "freed_paid":
            steps.add("kiosk_free", needs=[steps.last, promised])
        if fate == "twice_reserved_paid":
            steps.add("kiosk_add", sku=first[0], units=1)
            steps.add("kiosk_reserve", minutes=LONG_MINUTES)
    if fate in ("promise_runs_out", "promise_stands", "web_reserved_left"):
        return steps.all, None
    steps.add("look_at_promises")
    ticket = steps.add("ticket", firm=True)
    if fate == "cancelled":
        steps.add("cancel_ticket")
        return steps.all, None
    taken = steps.add("take", firm=True, ticket=ticket)
    if fate in ("returned_paid", "back_on_the_shelf"):
        steps.add("till_return", firm=True, ticket=ticket)
        if fate == "back_on_the_shelf":
            return steps.all, None
        ticket = steps.add("ticket", firm=True)
        taken = steps.add("take", firm=True, ticket=ticket)
    paid = steps.add("paid", firm=True, needs=[taken], ticket=ticket, tenders=TENDERS[demo.chance(len(TENDERS), "tender", name)])
    if fate == "more_later":
        steps.add("phone_add", sku=last[0], units=2)
        steps.add("phone_add", sku=others[demo.chance(len(others), "later", name)], units=1)
    return steps.all, paid


def bring_back(name, visit_name, paid, fate, others):
    """Somebody comes back with the receipt of an earlier visit."""
    steps = Steps()
    exchange = [{"sku": others[demo.chance(len(others), "instead", name)], "units": 1 + demo.chance(2, "many", name)}] if fate == "exchange" else []
    back = steps.add("take_back", firm=True, receipt=[visit_name, paid], pick=demo.chance(1000, "pick", name),
                     condition="damaged" if fate == "receipt_broken" else "resell", exchange=exchange)
    take = steps.add("take", firm=True, ticket=back)
    steps.add("paid", firm=True, needs=[take], ticket=back, tenders="cash" if fate != "exchange" else "card")
    if fate == "exchange":
        steps.add("take_back", needs=[back], receipt=[visit_name, paid], pick=demo.chance(1000, "again", name), condition="discount", exchange=[])
    return steps.all


def handing(steps, units, proof):
    """Lines leave in stacks, as a counter hands over long orders."""
    numbers = list(units)
    firm = [steps.add("hand_over", proof=proof if at == 0 else "staff", lines=[[n, units[n]] for n in numbers[at:at + 40]])
            for at in range(0, len(numbers), 40)]
    return firm


def order(number, fate, invoice):
    lines = [[at + 1, sku, pieces(quantity), price] for at, (sku, quantity, price) in enumerate(invoice["lines"])]
    total = sum(units * price for _, _, units, price in lines)
    steps = Steps()
    steps.add("place", firm=True, order=number, customer=invoice["customer"], store=invoice["store"], lines=lines)
    placed = steps.last
    if demo.chance(3, "reserve", number):
        steps.add("reserve_order", lines=lines)
    if fate != "pays_here":
        steps.add("pay", minor=total)
    if fate == "cancelled_early":
        steps.add("cancel")
        return steps.all, None
    steps.add("await_order", firm=True)
    # Cancelled by somebody of whom the store cannot hear: it gets the order ready and hands it over while it is cut off.
    steps.add("pick", lines=[line[0] for line in lines], while_cut=fate == "handed_after_cancel")
    units = {}
    for at, (line, _, wanted, _) in enumerate(lines):
        missing = 1 if fate.startswith("missing") and at % 4 == 1 else 0
        steps.add("picked", line=line, units=wanted - missing, missing=missing)
        if missing:
            steps.add("choose", line=line, units=1, choice="refund" if fate == "missing_refund" else "wait")
        if wanted > missing:
            units[line] = wanted - missing
    staged = steps.add("stage", firm=True, place=f"{'AB'[demo.chance(2, 'shelf', number)]}{1 + demo.chance(8, 'place', number)}")
    if fate == "waits":
        return steps.all, None
    if fate == "no_show":
        steps.add("remind")
        steps.add("release", reason="no_show")
        steps.add("restock", needs=[staged], lines=list(units.items()))
        return steps.all, None
    if fate in ("cancelled_late", "handed_after_cancel"):
        # Tried by the buyer whatever the store has said by then.
        steps.add("cancel", needs=[placed])
    if fate == "cancelled_late":
        steps.add("release", reason="cancelled")
        steps.add("restock", needs=[staged], lines=list(units.items()))
        return steps.all, None
    proof = "pass" if invoice["customer"] and len(units) <= 40 and fate != "handed_after_cancel" else "staff"
    if proof == "pass":
        steps.add("pickup_pass", firm=True)
        steps.add("arrive", firm=True, place="kiosk-1")
    third = len(units) // 3
    if fate == "refused_part":
        refused = dict(list(units.items())[:max(third, 1)])
        units = {line: n for line, n in units.items() if line not in refused}
        steps.add("refuse", firm=True, lines=list(refused.items()), reason="not_wanted")
        steps.add("restock" if demo.chance(2, "broken", number) else "write_off", lines=list(refused.items()))
    if fate == "part_only":
        units = dict(list(units.items())[:max(2 * third, 1)])
    handed = handing(steps, units, proof) if units else []
    if fate == "pays_here":
        steps.add("pay", minor=total, needs=handed)
    bought = [line for line in lines if line[0] in units]
    return steps.all, {"handed": handed, "bought": bought} if fate in ("came_back", "exchanged") else None


def order_back(number, fate, done, others):
    """Goods of a collected order come back, by its number."""
    steps = Steps()
    chosen = done["bought"][::3][:10]
    exchange = [{"sku": others[demo.chance(len(others), "instead", number)], "units": 1}] if fate == "exchanged" else []
    back = steps.add("take_back", firm=True, order=number, lines=[[line[0], 1] for line in chosen], pick=0,
                     condition=("resell", "damaged")[demo.chance(2, "state", number)], exchange=exchange)
    if exchange:
        take = steps.add("take", firm=True, ticket=back)
        steps.add("paid", needs=[take], ticket=back, tenders="card")
    return steps.all


def goods_flows(store, stores, needed, stock, at):
    """Deliveries in the morning, counts, breakages and transfers through the day."""
    flows, other = [], stores[(stores.index(store) + 1) % len(stores)]
    skus = sorted(needed)
    short = [sku for sku in skus if needed[sku] > stock.get((store, sku), {"on_hand": 0})["on_hand"] and demo.chance(2, "delivered", store, sku)]
    for number in range(0, len(short), 8):
        steps = Steps()
        for sku in short[number:number + 8]:
            steps.add("receive", sku=sku, units=needed[sku] + 2, reference=f"delivery/{store}/{number}")
        flows.append((f"D-{store}-{number}", at(demo.chance(30, "delivery", store, number)), steps.all))
    for sku in skus:
        if (store, sku) not in stock:
            continue
        steps = Steps()
        if demo.chance(5, "counted", store, sku) == 0:
            looked = steps.add("look", firm=True, sku=sku)
            counted = steps.add("count", sku=sku, looked=looked, lost=(0, 1, 0, -1, 0, 2)[demo.chance(6, "lost", store, sku)])
            if demo.chance(2, "settled", store, sku):
                steps.add("settle", needs=[counted], sku=sku)
        if demo.chance(40, "broken", store, sku) == 0:
            steps.add("write_off", needs=[], sku=sku, units=1, reason="damaged")
        if demo.chance(50, "moved", store, sku) == 0:
            out = steps.add("transfer_out", needs=[], sku=sku, units=2, reference=f"transfer/{store}/{sku}")
            steps.add("transfer_in", needs=[out], store=other, sku=sku, units=2, reference=f"transfer/{store}/{sku}")
        if steps.all:
            flows.append((f"G-{store}-{sku}", at(20 + demo.chance(75, "when", store, sku)), steps.all))
    return flows


def needs_of(flows):
    """(store, SKU) → units that people will want."""
    wanted = {}
    for flow in flows:
        for step in flow["steps"]:
            goods = [(line[1], line[2]) for line in step["lines"]] if step["act"] == "place" else [(step["sku"], step["units"])] if step["act"] in ("phone_add", "kiosk_add") else []
            for sku, units in goods:
                wanted[flow["store"], sku] = wanted.get((flow["store"], sku), 0) + units
    return wanted


def make_day(day, stores=STORES, part=1.0):
    """The flows of `stores` for the first `part` of the day's invoices, in the order in which they begin."""
    invoices = list(demo.invoices(day).items())
    titles, stock = demo.products(), demo.stock()
    flows, customers, visits, orders = [], set(), 0, 0

    def put(name, at, kind, store, steps, after=None):
        flows.append({"flow": name, "at": at, "kind": kind, "store": store, "after": after, "steps": steps})

    for place, (number, invoice) in enumerate(invoices[:round(len(invoices) * part)]):
        # A second of the day for each; what comes back does so a while later.
        at = place * 100
        store = invoice["store"] or store_of(number)
        if store not in stores:
            continue
        others = sorted(sku for sku in {line[0] for line in invoices[place - 1][1]["lines"]} if titles[sku]["active"]) or ["85123A"]
        if invoice["store"]:
            fate = ORDER_FATES[orders % len(ORDER_FATES)]
            orders += 1
            steps, done = order(number, fate, invoice)
            put(f"O-{number}", at, "order", store, steps)
            if done:
                put(f"B-{number}", at + 900, "back", store, order_back(number, fate, done, others), after=f"O-{number}")
            continue
        for part_of, lines in enumerate(trolleys(number, invoice["lines"])):
            name, fate = f"V-{number}-{part_of}", VISIT_FATES[visits % len(VISIT_FATES)]
            visits += 1
            if fate == "promise_runs_out" and 2 * place > len(invoices) * part:
                fate = "promise_stands"  # so late that it would run out in the evening
            # Once a day somebody signs in; whoever comes again, or shops for somebody else, is a guest.
            customer = invoice["customer"] if invoice["customer"] not in customers and demo.chance(3, "signs in", name) else ""
            customers.add(customer)
            steps, paid = visit(name, fate, at, store, customer, lines, others, titles)
            put(name, at + part_of, "visit", store, steps)
            if paid is not None and fate in ("receipt_back", "exchange", "receipt_broken"):
                put(f"R-{number}-{part_of}", at + 700, "back", store, bring_back(f"R-{number}-{part_of}", name, paid, fate, others), after=name)
    ends, wanted = max(flow["at"] for flow in flows), needs_of(flows)
    for store in stores:
        needed = {sku: units for (where, sku), units in wanted.items() if where == store}
        for name, at, steps in goods_flows(store, stores, needed, stock, lambda percent: ends * percent // 100):
            put(name, at, "goods", store, steps)
    return sorted(flows, key=lambda flow: (flow["at"], flow["flow"]))


def main(arguments):
    json.dump(make_day(arguments[0]), sys.stdout, indent=1)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
