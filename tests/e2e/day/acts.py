# SPDX-License-Identifier: Apache-2.0
"""Every step of a script as its client does it: one method a step, (running flow, step) → (outcome, facts). "done", or the code with
which it was refused; facts are what the client was shown and goes on with: a receipt, what a person read off a screen."""

import time

import demo
from doors import Phone, quoted
from replay import Later

KIOSKS = ("kiosk-1", "kiosk-2")
TILLS = ("till-1", "till-2")
COUNTERS = ("counter-1", "counter-2")
AWAITED_EVERY_S = 1.0
RESERVED_LINES = 60


def outcome_of(status, answer):
    return "done" if status == 200 else (answer or {}).get("code", str(status))


def split(due, mix):
    """What a shopper pays with; parts that come to what is due."""
    if due <= 0 or mix in ("card", "cash"):
        return [[mix if mix in ("card", "cash") else "card", due]] if due else []
    first = min(500, due) if mix == "voucher_card" else due // 2
    parts = [["voucher" if mix == "voucher_card" else "cash", first], ["card", due - first]]
    return [part for part in parts if part[1]]


class Acts:
    """`is_cut`: store → whether it is cut off now; none: it will not be any more."""

    def __init__(self, hub, stores, ledger, is_cut):
        self._hub, self._stores, self._ledger, self._is_cut = hub, stores, ledger, is_cut
        now = time.time()
        clock = lambda at: time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(at))
        # Said once: a call that is repeated has the same body.
        self._placed_at, self._promise_at, self._hold_until = clock(now), clock(now + 4 * 3600), clock(now + 7 * 86_400)
        self._phones = {row["customer"]: row["phone_last2"] for row in demo.rows("customers")}

    # Which device a flow is at.

    @staticmethod
    def _of(devices, running):
        return devices[demo.chance(len(devices), "device", running.name)]

    def _kiosk(self, running, path, body, method="POST"):
        said = None if body is None else {"device": self._of(KIOSKS, running), **body}
        return self._stores[running.store].kiosk(method, path, said)

    def _counter(self, running, path, body, method="POST", store=None):
        counter = self._of(COUNTERS, running)
        said = None if body is None else {"device": counter, **body}
        return self._stores[store or running.store].counter(counter, method, path, said)

    def _till(self, running, path, body, method="POST"):
        till = self._of(TILLS, running)
        return self._stores[running.store].till(till, method, path, None if body is None else {"device": till, **body})

    @staticmethod
    def _id(running):
        return demo.request_id(running.name, running.at)

    # The phone.

    def enter(self, running, step):
        running.hands["phone"] = Phone(self._hub, step["customer"], step["store"])
        return "done", {}

    def search(self, running, step):
        """By the words of a title, as people type them."""
        path = f"query={quoted(step['words'][:100])}&limit=50"
        if step["where"] == "phone":
            status, answer = running.hands["phone"].ask("GET", f"/products?{path}")
        else:
            status, answer = self._stores[running.store].kiosk("GET", f"/v1/products?{path}")
        if status != 200:
            return outcome_of(status, answer), {}
        return ("done" if step["sku"] in [one["sku"] for one in answer["products"]] else "not_found"), {}

    def _phone_act(self, running, **body):
        status, answer = running.hands["phone"].ask("POST", "/cart/actions", {"request": self._id(running), **body})
        if status != 200:
            return outcome_of(status, answer), {}
        running.hands["cart"] = answer["cart"]
        return "done", {"cart": answer["cart"]}

    def phone_add(self, running, step):
        return self._phone_act(running, action="add", sku=step["sku"], units=step["units"])

    def _shown_on_phone(self, running, sku):
        _, answer = running.hands["phone"].ask("GET", "/cart")
        return next((line for line in answer["lines"] if line["sku"] == sku), None)

    def phone_decrease(self, running, step):
        line = self._shown_on_phone(running, step["sku"])
        if line is None:
            return "no_line", {}
        return self._phone_act(running, action="decrease", line=line["key"], units=step["units"], shown=line["shown"])

    def phone_remove(self, running, step):
        line = self._shown_on_phone(running, step["sku"])
        if line is None:
            return "no_line", {}
        return self._phone_act(running, action="remove", line=line["key"], shown=line["shown"])

    def web_reserve(self, running, _step):
        status, answer = running.hands["phone"].ask("POST", "/cart/reservation", {"request": self._id(running)})
        return outcome_of(status, answer), {"reserved": {line["sku"]: line["units"] for line in answer["lines"]}} if status == 200 else {}

    def web_free(self, running, _step):
        return outcome_of(*running.hands["phone"].ask("POST", "/cart/reservation/release", {})), {}

    def cart_pass(self, running, _step):
        status, answer = running.hands["phone"].ask("POST", "/cart/pass", {})
        running.hands["code"] = answer.get("text")
        return outcome_of(status, answer), {}

    # The kiosk.

    def open(self, running, _step):
        status, answer = self._kiosk(running, "/v1/passes/open", {"request": self._id(running), "text": running.hands["code"]})
        return outcome_of(status, answer), {"offline": not answer["link"]["online"]} if status == 200 else {}

    def _kiosk_act(self, running, **body):
        status, answer = self._kiosk(running, f"/v1/carts/{running.hands['cart']}/actions", {"request": self._id(running), **body})
        return outcome_of(status, answer), {}

    def _take_from(self, running, sku, **body):
        status, view = self._kiosk(running, f"/v1/carts/{running.hands['cart']}", None, "GET")
        line = next((line for line in view["lines"] if line["sku"] == sku), None) if status == 200 else None
        if line is None:
            return "no_line", {}
        seen = {"pass": view["pass"]} if view["pass"] else {}
        return self._kiosk_act(running, line=line["key"], shown=line["shown"], **seen, **body)

    def kiosk_add(self, running, step):
        return self._kiosk_act(running, action="add", line=step["sku"], sku=step["sku"], units=step["units"])

    def kiosk_decrease(self, running, step):
        return self._take_from(running, step["sku"], action="decrease", units=step["units"])

    def kiosk_remove(self, running, step):
        return self._take_from(running, step["sku"], action="remove")

    def _promises(self, running, body=None):
        status, answer = self._kiosk(running, f"/v1/carts/{running.hands['cart']}/reservations", body, "POST" if body else "GET")
        if status != 200:
            return outcome_of(status, answer), {}
        until = [line["until"] for line in answer["lines"] if line["until"]]
        return "done", {"reserved": {line["sku"]: line["reserved"] for line in answer["lines"] if line["reserved"]}, "until": max(until, default=0)}

    def kiosk_reserve(self, running, step):
        _, before = self._promises(running)
        outcome, facts = self._promises(running, {"request": self._id(running), "action": "reserve", "minutes": step["minutes"]})
        if outcome == "done":
            facts["before"] = before.get("reserved", {})
        return outcome, facts

    def kiosk_free(self, running, _step):
        return self._promises(running, {"request": self._id(running), "action": "release"})

    def look_at_promises(self, running, _step):
        return self._promises(running)

    def ticket(self, running, _step):
        status, answer = self._kiosk(running, "/v1/tickets", {"request": self._id(running), "cart": running.hands["cart"]})
        return outcome_of(status, answer), {"printed": [line["sku"] for line in answer["sale"]["lines"]]} if status == 200 else {}

    def _ticket_act(self, ask, running, ticket, **body):
        return ask(running, f"/v1/tickets/{demo.request_id(running.name, ticket)}/actions", {"request": self._id(running), **body})

    def cancel_ticket(self, running, _step):
        ticket = max(n for n, step in enumerate(running.flow["steps"][:running.at]) if step["act"] == "ticket")
        return outcome_of(*self._ticket_act(self._kiosk, running, ticket, action="cancel")), {}

    # The till.

    def take(self, running, step):
        """And another till tries, too late."""
        outcome = outcome_of(*self._ticket_act(self._till, running, step["ticket"], action="take"))
        if outcome != "done":
            return outcome, {}
        rival = next(till for till in TILLS if till != self._of(TILLS, running))
        body = {"request": demo.request_id(f"{running.name}/rival", running.at), "device": rival, "action": "take"}
        ticket = demo.request_id(running.name, step["ticket"])
        return outcome, {"rival": outcome_of(*self._stores[running.store].till(rival, "POST", f"/v1/tickets/{ticket}/actions", body))}

    def till_return(self, running, step):
        return outcome_of(*self._ticket_act(self._till, running, step["ticket"], action="return")), {}

    def paid(self, running, step):
        ticket = demo.request_id(running.name, step["ticket"])
        status, shown = self._till(running, f"/v1/tickets/{ticket}", None, "GET")
        if status != 200:
            return outcome_of(status, shown), {}
        due = shown["sale"]["totals"]["to_pay"]
        tenders = [{"kind": kind, "minor": part} for kind, part in split(due, step["tenders"])]
        status, answer = self._ticket_act(self._till, running, step["ticket"], action="paid", tenders=tenders)
        return outcome_of(status, answer), {"receipt": answer["receipt"]} if status == 200 else {}

    # The counter: goods.

    def _stock_act(self, running, step, action, store=None, **body):
        status, answer = self._counter(running, f"/v1/stock/{quoted(step['sku'])}/actions", {"request": self._id(running), "action": action, **body}, store=store)
        return status, answer

    def receive(self, running, step):
        return outcome_of(*self._stock_act(running, step, "receive", units=step["units"], reference=step["reference"])), {}

    def write_off(self, running, step):
        if "lines" in step:
            return self._order_act(running, "write_off", lines=self._lines(step))
        return outcome_of(*self._stock_act(running, step, "write_off", units=step["units"], reason=step["reason"])), {}

    def transfer_out(self, running, step):
        return outcome_of(*self._stock_act(running, step, "transfer_out", units=step["units"], reference=step["reference"])), {}

    def transfer_in(self, running, step):
        return outcome_of(*self._stock_act(running, step, "transfer_in", store=step["store"], units=step["units"], reference=step["reference"])), {}

    def look(self, running, step):
        """Somebody begins to count; others go on selling."""
        if not running.hands.get("counts"):
            status, answer = self._counter(running, f"/v1/stock/{quoted(step['sku'])}", None, "GET")
            if status != 200:
                return outcome_of(status, answer), {}
            running.hands["counts"] = {"on_hand": answer["on_hand"], "moved": answer["moved"]}
            raise Later(0.4)
        return "done", running.hands["counts"]

    def count(self, running, step):
        seen = self._ledger.facts(running.name, step["looked"])
        counted = max(0, seen["on_hand"] - step["lost"])
        status, answer = self._stock_act(running, step, "count", counted=counted, moved=seen["moved"])
        if status != 200:
            return outcome_of(status, answer), {}
        return "done", {"counted": counted, "entries": [one["id"] for one in answer["discrepancies"] if one["kind"] == "count"]}

    def settle(self, running, step):
        entries = self._ledger.facts(running.name, step["needs"][0])["entries"]
        if not entries:
            return "nothing", {}
        return outcome_of(*self._stock_act(running, step, "settle", discrepancies=entries)), {"entries": entries}

    # The counter: goods that come back.

    def take_back(self, running, step):
        if "order" in step:
            name = step["order"]
        else:
            paid = self._ledger.facts(*step["receipt"])
            if not paid:
                return "no_receipt", {}
            name = paid["receipt"]
        status, purchase = self._counter(running, f"/v1/purchases/{quoted(name)}", None, "GET")
        if status != 200:
            return outcome_of(status, purchase), {}
        there = {line["line"]: line["returnable"] for line in purchase["lines"] if line["returnable"] and not line["barred"]}
        if "lines" in step:
            lines = [line for line in step["lines"] if there.get(line[0], 0) >= line[1]]
        else:
            chosen = sorted(there)[step["pick"] % len(there)] if there else None
            lines = [[chosen, 1 + step["pick"] % there[chosen]]] if there else []
        if not lines:
            return "nothing_to_take_back", {}
        body = {"request": self._id(running), "lines": [{"line": n, "units": units} for n, units in lines],
                "reason": "damaged" if step["condition"] == "damaged" else "not_wanted", "condition": step["condition"]}
        if step["exchange"]:
            body["exchange"] = step["exchange"]
        status, answer = self._counter(running, f"/v1/purchases/{quoted(name)}/returns", body)
        return outcome_of(status, answer), {"lines": lines, "unpaid": purchase["unpaid"]} if status == 200 else {}

    # The platform.

    def _platform(self, running, path, body):
        return self._hub.platform("POST", path, body, self._id(running))

    @staticmethod
    def _order(running):
        return running.flow["steps"][0]["order"]

    def place(self, running, step):
        rows = [{"order": step["order"], "customer": step["customer"], "store": step["store"], "channel": "web", "placed_at": self._placed_at,
                 "line": line, "sku": sku, "quantity": units, "unit_price": f"{price // 100}.{price % 100:02}", "currency": "GBP",
                 "promise_at": self._promise_at, "hold_until": self._hold_until} for line, sku, units, price in step["lines"]]
        status, answer = self._platform(running, "/rows/orders", {"rows": rows})
        assert status != 200 or not answer["refused"], f"order {step['order']}: {answer['refused'][:3]}"
        return outcome_of(status, answer), {}

    def reserve_order(self, running, step):
        goods = {}
        for _, sku, units, _ in step["lines"]:
            goods[sku] = goods.get(sku, 0) + units
        lines = [{"sku": sku, "units": units} for sku, units in goods.items()][:RESERVED_LINES]
        status, answer = self._platform(running, "/reservations", {"store": running.store, "purpose": f"order/{self._order(running)}", "minutes": 1440, "lines": lines})
        return outcome_of(status, answer), {"reserved": {line["sku"]: line["units"] for line in answer["lines"]}} if status == 200 else {}

    def _platform_act(self, running, **body):
        return self._platform(running, f"/orders/{self._order(running)}/actions", body)

    def pay(self, running, step):
        return outcome_of(*self._platform_act(running, action="pay", minor=step["minor"])), {}

    def cancel(self, running, _step):
        status, answer = self._platform_act(running, action="cancel", reason="buyer")
        return outcome_of(status, answer), {"at_once": answer["state"] in ("cancelled", "exception")} if status == 200 else {}

    # The counter: orders.

    def await_order(self, running, _step):
        """Staff see it as soon as their store has heard of it."""
        status, answer = self._kiosk(running, f"/v1/orders/{self._order(running)}", None, "GET")
        if status == 404:
            raise Later(AWAITED_EVERY_S)
        return outcome_of(status, answer), {}

    def _order_act(self, running, action, **body):
        status, answer = self._counter(running, f"/v1/orders/{self._order(running)}/actions", {"request": self._id(running), "action": action, **body})
        return outcome_of(status, answer), {}

    @staticmethod
    def _lines(step):
        return [{"line": line, "units": units} for line, units in step["lines"]]

    def pick(self, running, step):
        if step["while_cut"] and self._is_cut(running.store) is False:
            raise Later(0.2)
        return self._order_act(running, "pick", lines=step["lines"], who=self._of(("Ada", "Ben"), running))

    def picked(self, running, step):
        return self._order_act(running, "picked", line=step["line"], units=step["units"], missing=step["missing"])

    def choose(self, running, step):
        return self._order_act(running, "choose", line=step["line"], units=step["units"], choice=step["choice"])

    def stage(self, running, step):
        return self._order_act(running, "stage", place=step["place"])

    def remind(self, running, _step):
        return self._order_act(running, "remind")

    def release(self, running, step):
        return self._order_act(running, "release", reason=step["reason"])

    def restock(self, running, step):
        return self._order_act(running, "restock", lines=self._lines(step))

    def refuse(self, running, step):
        return self._order_act(running, "refuse", lines=self._lines(step), reason=step["reason"])

    def pickup_pass(self, running, _step):
        placed = running.flow["steps"][0]
        phone = Phone(self._hub, placed["customer"], None)  # their cart may be on its way in another store
        status, answer = phone.ask("POST", f"/orders/{placed['order']}/pass", {})
        running.hands["code"] = answer.get("text")
        return outcome_of(status, answer), {}

    def arrive(self, running, _step):
        digits = self._phones[running.flow["steps"][0]["customer"]]
        body = {"request": self._id(running), "pass": running.hands["code"], **({"phone_last2": digits} if digits else {})}
        return outcome_of(*self._kiosk(running, "/v1/pickups/open", body)), {}

    def _promised(self, running, step):
        """SKUs of these lines of which this store has heard that the web promised them to this order."""
        goods = {line: sku for line, sku, _, _ in running.flow["steps"][0]["lines"]}
        purpose, found = f"order/{self._order(running)}", []
        for sku in sorted({goods[line] for line, _ in step["lines"]}):
            status, answer = self._counter(running, f"/v1/stock/{quoted(sku)}", None, "GET")
            if status == 200 and any(one["for"] == purpose for one in answer["reservations"]):
                found.append(sku)
        return found

    def hand_over(self, running, step):
        """Who pays here has paid at the till; of whom the store has not heard that they paid, staff see it on their phone."""
        promised = self._promised(running, step)
        outcome, _ = self._order_act(running, "hand_over", lines=self._lines(step), proof=step["proof"])
        if outcome == "balance_due":
            outcome, _ = self._order_act(running, "hand_over", lines=self._lines(step), proof=step["proof"], balance_settled=True)
        # Somebody at the other counter does the same; if it were written down, the reckoning would lack it.
        rival = next(counter for counter in COUNTERS if counter != self._of(COUNTERS, running))
        body = {"request": demo.request_id(f"{running.name}/rival", running.at), "device": rival, "action": "hand_over", "lines": self._lines(step),
                "proof": "staff", "balance_settled": True}
        self._stores[running.store].counter(rival, "POST", f"/v1/orders/{self._order(running)}/actions", body)
        return outcome, {"promised": promised}
