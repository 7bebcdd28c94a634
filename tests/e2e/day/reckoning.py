# SPDX-License-Identifier: Apache-2.0
"""What must stand in the books when a day is over: reckoned from the tables of assets/demo, the script of the day, and the ledger of
what clients were told. It reads nothing that the programs wrote, and shares no code with them.

From the ledger it takes whether a step was done, and what only the world decides: which lines of a cart a ticket had (others were sold
out when it was made), what could be promised, how far a figure was from what lay on the shelf, whether an order was cancelled at once.

    reckoning.py <day.json> <day.jsonl>      prints the rows"""

import collections
import datetime
import json
import sys

import demo
import orders
import pricing

PENDING, POSTED, VOIDED, EXPIRED = "pending", "posted", "voided", "expired"


class Promise:
    """Units of one product, promised to a cart or an order; `states`: how it may stand in the end, for it may depend on who heard first."""

    def __init__(self, purpose, units, by_store):
        self.purpose, self.units, self.by_store, self.states, self.used = purpose, units, by_store, {PENDING}, 0


class Reckoning:
    def __init__(self, day, lines, today):
        self._day, self._lines = day, lines
        self._pricer = pricing.Pricer(today)
        self.stock = {key: {**row, "moved": 0, "entries": 0} for key, row in demo.stock().items()}
        self.promises = collections.defaultdict(list)  # (store, SKU) → Promise
        self.carts = {}  # cart → {"store", "lines": {SKU: units}}
        self.orders = {}
        self.tickets, self.returns = {}, {}
        self.resumed, self.recovered, self.no_shows = set(), set(), set()  # (store, code), (store, cart), orders
        self.sold_out = []  # (ticket, store, SKU): left out of a ticket
        self.out = collections.Counter()  # (store, SKU) → units that left or were promised at any time
        self.doubts = []  # what clients were told that cannot be
        for flow in day:
            self._flow(flow)
        for (_, _), line in sorted(lines.items(), key=lambda item: str(item[0])):
            if line["outcome"] == "done" and line["act"] == "resolve":
                self.orders[line["order"]].resolved.add(line["exception"])
        for line in sorted((line for line in lines.values() if line["act"] == "refund" and line["outcome"] == "done"), key=lambda line: line["step"]):
            self.orders[line["order"]].refund(line["lines"])
        self.doubts += [f"order {number}: {doubt}" for number, order in self.orders.items() for doubt in order.doubts()]
        self._end_promises_of_orders()
        self._judge_sold_out()

    def _told(self, flow, number):
        line = self._lines.get((flow["flow"], number))
        return line if line and line["outcome"] == "done" else None

    def _flow(self, flow):
        hands = {"carts": None, "tickets": {}, "held": 0}
        for number, step in enumerate(flow["steps"]):
            told = self._told(flow, number)
            if told is not None:
                getattr(self, "_" + step["act"], self._nothing)(flow, number, step, told, hands)

    @staticmethod
    def _nothing(*_):
        pass

    # Stock.

    def _move(self, store, sku, units):
        row = self.stock.setdefault((store, sku), {"on_hand": 0, "safety": 0, "aisle": "", "bay": "", "moved": 0, "entries": 0})
        row["on_hand"] += units
        row["moved"] += units
        self.out[store, sku] += max(0, -units)

    def _receive(self, flow, _number, step, _told, _hands):
        self._move(flow["store"], step["sku"], step["units"])

    def _transfer_out(self, flow, _number, step, _told, _hands):
        self._move(flow["store"], step["sku"], -step["units"])

    def _transfer_in(self, _flow, _number, step, _told, _hands):
        self._move(step["store"], step["sku"], step["units"])

    def _count(self, flow, _number, step, told, _hands):
        """Whatever moved meanwhile: the figure is then off by no more than what was found to be lost."""
        row, seen = self.stock[flow["store"], step["sku"]], self._told(flow, step["looked"])
        difference = told["counted"] - seen["on_hand"]
        row["on_hand"] += difference
        row["entries"] += difference != 0
        self.out[flow["store"], step["sku"]] += max(0, -difference)

    def _settle(self, flow, _number, step, told, _hands):
        self.stock[flow["store"], step["sku"]]["entries"] -= len(told["entries"])

    # Carts.

    def _cart(self, flow, told, hands):
        if hands["carts"] is None:
            hands["carts"] = told["cart"]
            self.carts[told["cart"]] = {"store": flow["store"], "lines": collections.Counter()}
        return self.carts[hands["carts"]]["lines"]

    def _phone_add(self, flow, _number, step, told, hands):
        self._cart(flow, told, hands)[step["sku"]] += step["units"]

    def _kiosk_add(self, flow, _number, step, told, hands):
        self._cart(flow, told, hands)[step["sku"]] += step["units"]

    def _phone_decrease(self, flow, _number, step, told, hands):
        cart = self._cart(flow, told, hands)
        cart[step["sku"]] = max(0, cart[step["sku"]] - step["units"])

    _kiosk_decrease = _phone_decrease

    def _phone_remove(self, flow, _number, step, told, hands):
        self._cart(flow, told, hands)[step["sku"]] = 0

    _kiosk_remove = _phone_remove

    # Promises to carts.

    def _promise(self, store, sku, purpose, units, by_store):
        self.promises[store, sku].append(Promise(purpose, units, by_store))
        self.out[store, sku] += units

    def _of_cart(self, flow, hands):
        for (store, sku), all_of in self.promises.items():
            if store == flow["store"]:
                for promise in all_of:
                    if promise.purpose == f"cart/{hands['carts']}":
                        yield sku, promise

    def _web_reserve(self, flow, _number, _step, told, hands):
        cart = self._cart(flow, told, hands)
        if {sku: units for sku, units in cart.items() if units} != told["reserved"]:
            self.doubts.append(f"{flow['flow']}: the phone was promised {told['reserved']}, and the cart holds {dict(cart)}")
        for sku, units in told["reserved"].items():
            self._promise(flow["store"], sku, f"cart/{hands['carts']}", units, False)

    def _web_free(self, flow, _number, _step, _told, hands):
        for _, promise in self._of_cart(flow, hands):
            promise.states = {VOIDED}

    def _kiosk_reserve(self, flow, number, step, told, hands):
        cart = self._cart(flow, told, hands)
        for sku, units in told["reserved"].items():
            more = units - told["before"].get(sku, 0)
            if more and units != cart[sku]:
                self.doubts.append(f"{flow['flow']} {number}: {units} of {sku} are promised, and the cart has {cart[sku]}: a line is promised whole or not at all")
            if more:
                self._promise(flow["store"], sku, f"cart/{hands['carts']}", more, True)
                if step["minutes"] == 1:
                    self.promises[flow["store"], sku][-1].states = {EXPIRED}

    def _kiosk_free(self, flow, _number, _step, _told, hands):
        for _, promise in self._of_cart(flow, hands):
            if promise.states == {PENDING}:
                promise.states = {VOIDED}

    def _look_at_promises(self, _flow, _number, _step, told, hands):
        hands["seen"] = told["reserved"]

    # Tickets.

    def _ticket(self, flow, number, _step, told, hands):
        cart = self.carts[hands["carts"]]["lines"]
        lines = [(sku, cart[sku]) for sku in told["printed"]]
        if not all(units for _, units in lines) or len(set(told["printed"])) != len(lines):
            self.doubts.append(f"{flow['flow']} {number}: the ticket has {told['printed']}, and the cart {dict(cart)}")
        self.sold_out += [(f"{flow['flow']} {number}", flow["store"], sku, hands["carts"]) for sku, units in cart.items()
                          if units and sku not in told["printed"] and sku in self._pricer.prices]
        self._new_ticket(flow, number, lines, 0, hands["carts"])

    def _new_ticket(self, flow, number, lines, credit, cart):
        amounts = self._pricer.line_amounts(lines) if lines else []
        self.tickets[demo.request_id(flow["flow"], number)] = {"store": flow["store"], "cart": cart or "", "state": "open", "to_pay": sum(amounts) - credit,
                                                             "lines": [[sku, units, amount] for (sku, units), amount in zip(lines, amounts)], "tenders": []}

    def _mine(self, flow, number):
        """A ticket of this flow; where nobody was told of one, some other."""
        return self.tickets.get(demo.request_id(flow["flow"], number), {"to_pay": 0, "cart": None, "lines": []})

    def _cancel_ticket(self, flow, number, _step, _told, _hands):
        self._mine(flow, max(n for n, step in enumerate(flow["steps"][:number]) if step["act"] == "ticket"))["state"] = "cancelled"

    def _take(self, flow, number, step, told, _hands):
        if told["rival"] != "ticket_taken":
            self.doubts.append(f"{flow['flow']} {number}: a till had the ticket, and another one was told {told['rival']}")
        self._mine(flow, step["ticket"])["state"] = "taken"

    def _till_return(self, flow, _number, step, _told, _hands):
        self._mine(flow, step["ticket"])["state"] = "returned"

    def _paid(self, flow, _number, step, _told, hands):
        ticket = self._mine(flow, step["ticket"])
        ticket["state"], ticket["tenders"] = "paid", tenders(ticket["to_pay"], step["tenders"])
        if not ticket["cart"]:
            return  # what settles a return moves nothing
        if "opened" in hands:
            self.recovered.add((flow["store"], ticket["cart"]))
        for sku, units, _ in ticket["lines"]:
            self._move(flow["store"], sku, -units)
            self.carts[ticket["cart"]]["lines"][sku] = 0
        sold = {sku: units for sku, units, _ in ticket["lines"]}
        for sku, promise in self._of_cart(flow, hands):
            if sku in sold and promise.states == {PENDING}:
                known = promise.by_store or hands.get("seen", {}).get(sku)
                promise.states = {POSTED} if known else {POSTED, PENDING}
                promise.used = min(promise.units, sold[sku])
                sold[sku] -= promise.used

    # What comes back.

    def _take_back(self, flow, number, step, told, _hands):
        goods = [(one["sku"], one["units"]) for one in step["exchange"]]
        if "order" in step:
            order = self.orders[step["order"]]
            order.take_back(told["lines"], step["condition"] != "damaged")
            # What the store has not heard to be paid comes off: the counter said so.
            refund = max(0, sum(order.lines[line].price * units for line, units in told["lines"]) - told["unpaid"])
            back, credit = [(order.lines[line].sku, units) for line, units in told["lines"]], 0
        else:
            sold = self.tickets[demo.request_id(step["receipt"][0], self._ticket_paid(step["receipt"]))]
            before, refund, back = sold.setdefault("back", collections.Counter()), 0, []
            for line, units in told["lines"]:
                sku, bought, paid = sold["lines"][line - 1]
                refund += pricing.returned_worth(paid, bought, before[line], units)
                before[line] += units
                back.append((sku, units))
            credit = refund
        for sku, units in back:
            self._move(flow["store"], sku, units)
            if step["condition"] == "damaged":
                self._move(flow["store"], sku, -units)
        for sku, units in goods:
            self._move(flow["store"], sku, -units)
        settles = bool(goods) or credit > 0
        if settles:
            self._new_ticket(flow, number, goods, credit, None)
            if self._mine(flow, number)["to_pay"] == 0:
                self._mine(flow, number)["state"] = "paid"
        self.returns[demo.request_id(flow["flow"], number)] = {"store": flow["store"], "refund": refund, "lines": told["lines"], "settled": settles}

    def _ticket_paid(self, receipt):
        flow = next(flow for flow in self._day if flow["flow"] == receipt[0])
        return flow["steps"][receipt[1]]["ticket"]

    # Orders: what happens to their goods and money stands in orders.py.

    def _place(self, flow, _number, step, _told, hands):
        hands["order"] = self.orders[step["order"]] = orders.Order(flow["store"], step["lines"])
        hands["name"] = step["order"]

    def _reserve_order(self, flow, _number, _step, told, hands):
        for sku, units in told["reserved"].items():
            self._promise(flow["store"], sku, f"order/{hands['name']}", units, False)

    def _pay(self, _flow, _number, step, _told, hands):
        hands["order"].paid += step["minor"]

    def _cancel(self, _flow, _number, _step, told, hands):
        hands["order"].cancel(told["at_once"])

    def _picked(self, _flow, _number, step, _told, hands):
        line = hands["order"].lines[step["line"]]
        line.picked += step["units"]
        line.missing += step["missing"]

    def _choose(self, _flow, _number, step, _told, hands):
        hands["order"].lines[step["line"]].choice = [step["choice"], step["units"]]

    def _stage(self, _flow, _number, step, _told, hands):
        hands["order"].ready, hands["order"].place = True, step["place"]

    def _arrive(self, _flow, _number, _step, _told, hands):
        hands["order"].arrived = True

    def _remind(self, _flow, _number, _step, _told, hands):
        hands["order"].reminded = True

    def _release(self, _flow, _number, step, _told, hands):
        if not hands["order"].released and step["reason"] == "no_show":
            self.no_shows.add(hands["order"])
        hands["order"].released = True

    # What a store measures.

    def _cart_pass(self, flow, number, _step, _told, hands):
        hands["code"] = (flow["flow"], number)

    def _open(self, flow, _number, _step, _told, hands):
        hands["opened"] = True
        self.resumed.add((flow["store"], hands["code"]))

    def measures(self, store):
        """kind → how often."""
        handed = lambda order: any(line.handed for line in order.lines.values())
        return {"resume": sum(where == store for where, _ in self.resumed),
                "recovered": sum(where == store for where, _ in self.recovered),
                "collected": sum(order.store == store and handed(order) for order in self.orders.values()),
                "no_show": sum(order.store == store and not handed(order) for order in self.no_shows)}

    def _refuse(self, _flow, _number, step, _told, hands):
        for line, units in step["lines"]:
            hands["order"].lines[line].refused += units

    def _restock(self, _flow, _number, step, _told, hands):
        for line, units in step["lines"]:
            hands["order"].lines[line].restocked += units

    def _write_off(self, flow, _number, step, _told, hands):
        if "lines" not in step:
            return self._move(flow["store"], step["sku"], -step["units"])
        for line, units in step["lines"]:
            hands["order"].lines[line].written_off += units
            self._move(flow["store"], hands["order"].lines[line].sku, -units)

    def _hand_over(self, flow, _number, step, told, hands):
        hands["order"].known_promises.update(told["promised"])
        for line, units in step["lines"]:
            hands["order"].lines[line].handed += units
            self._move(flow["store"], hands["order"].lines[line].sku, -units)

    def _end_promises_of_orders(self):
        """A promise to an order ends with its hand-over, or when the order is over; a store that has not heard of it ends nothing. It ends
        once: who cancels at the hub ends it there, and what a store that is cut off hands over all the same only leaves."""
        for (_, sku), all_of in self.promises.items():
            for promise in all_of:
                if not promise.purpose.startswith("order/"):
                    continue
                order = self.orders[promise.purpose.removeprefix("order/")]
                handed = any(line.handed for line in order.lines.values() if line.sku == sku)
                over = order.is_over() or order.is_cancelled()
                promise.states = {VOIDED} if order.cancelled else {POSTED} if handed else set()
                if sku not in order.known_promises and not order.cancelled:
                    promise.states |= {VOIDED} if over else {PENDING}

    # What the figures must add up to.

    def _judge_sold_out(self):
        """A line is left out of a ticket only where the shelf may have been empty: not where all that ever left or was promised to
        others leaves some."""
        at_first = demo.stock()
        for where, store, sku, cart in self.sold_out:
            row = at_first.get((store, sku))
            mine = sum(promise.units for promise in self.promises[store, sku] if promise.purpose == f"cart/{cart}")
            if row and row["on_hand"] - row["safety"] - self.out[store, sku] + mine > 0:
                self.doubts.append(f"{where}: {sku} was left out as sold out, and there was some all day")

    def drawn(self, store, sku):
        """Of what the hub lent: what is promised by the store, or has left by its promise."""
        return sum(promise.units if promise.states == {PENDING} else promise.used for promise in self.promises[store, sku] if promise.by_store)

    def takings(self):
        """(store, kind of tender) → pence."""
        sums = collections.Counter()
        for ticket in self.tickets.values():
            for kind, part in ticket["tenders"]:
                sums[ticket["store"], kind] += part
        return sums


def tenders(due, mix):
    """As the script's words mean it: a voucher of five pounds and the rest by card; half in cash."""
    if due == 0:
        return []
    if due < 0 or mix in ("card", "cash"):
        return [[mix if mix in ("card", "cash") else "card", due]]
    first = min(500, due) if mix == "voucher_card" else due // 2
    return [[kind, part] for kind, part in (("voucher" if mix == "voucher_card" else "cash", first), ("card", due - first)) if part]


def read_ledger(path):
    with open(path, encoding="utf-8") as file:
        return {(line["flow"], line["step"]): line for line in map(json.loads, file)}


def main(arguments):
    with open(arguments[0], encoding="utf-8") as file:
        day = json.load(file)
    books = Reckoning(day, read_ledger(arguments[1]), datetime.datetime.now(datetime.timezone.utc).date())
    import rows
    for table, found in sorted(rows.of_reckoning(books).items()):
        for key in sorted(found, key=str):
            print(table, key, found[key])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
