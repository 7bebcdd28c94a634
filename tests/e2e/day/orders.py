# SPDX-License-Identifier: Apache-2.0
"""What an order must have come to: sums of what was done to it, and the words that people are shown for them."""

COUNTS = ("picked", "missing", "handed", "refused", "returned", "restocked", "written_off", "refunded")


class Line:
    def __init__(self, sku, ordered, price):
        self.sku, self.ordered, self.price, self.choice = sku, ordered, price, None
        for name in COUNTS:
            setattr(self, name, 0)

    @property
    def with_buyer(self):
        return self.handed - self.returned

    @property
    def wanted(self):
        """What the buyer still waits for."""
        lacking = min(self.missing, self.ordered - max(self.picked, self.handed))
        instead = min(self.choice[1], lacking) if self.choice and self.choice[0] == "refund" else 0
        return max(self.ordered - self.handed - self.refused - instead, 0)


class Order:
    def __init__(self, store, lines):
        self.store, self.lines = store, {number: Line(sku, units, price) for number, sku, units, price in lines}
        self.paid = self.refunded = 0
        self.cancelled = self.asked = self.ready = self.arrived = self.released = self.reminded = False
        self.place, self.resolved = "", set()
        self.known_promises = set()  # SKUs that the store knew to be promised to it when it handed them over

    def cancel(self, at_once):
        """Before it is leased to its store a cancel holds at once, afterwards it is a wish to which the store agrees by its release."""
        if at_once:
            self.cancelled = True
        else:
            self.asked = True

    def take_back(self, lines, on_the_shelf):
        for number, units in lines:
            self.lines[number].returned += units
            if on_the_shelf:
                self.lines[number].restocked += units
            else:
                self.lines[number].written_off += units

    def refund(self, lines):
        for number, units in lines:
            self.lines[number].refunded += units
            self.refunded += units * self.lines[number].price

    def is_cancelled(self):
        return self.cancelled or (self.asked and self.released)

    def _handed(self):
        return sum(line.handed for line in self.lines.values())

    def is_contradiction(self):
        return self.cancelled and self._handed() > 0 and not self.resolved

    def state(self):
        handed, wanted = self._handed(), sum(line.wanted for line in self.lines.values())
        given_up = self.released or self.is_cancelled()
        if self.is_contradiction():
            return "exception"
        if handed == 0:
            if self.is_cancelled():
                return "cancelled"
            if self.released or wanted == 0:
                return "released"
            if self.ready:
                return "arrived" if self.arrived else "ready"
            return "picking" if any(line.picked for line in self.lines.values()) else "placed"
        if all(line.with_buyer == 0 for line in self.lines.values()):
            return "returned"
        return "part_collected" if wanted and not given_up else "collected"

    def is_over(self):
        return self.state() in ("collected", "returned", "released", "cancelled")

    def worth(self):
        """Of what the buyer has, and while it is not over of what they are to get."""
        return sum(line.price * (line.with_buyer + (0 if self.is_over() else line.wanted)) for line in self.lines.values())

    def refund_due(self):
        return 0 if self.is_contradiction() else max(self.paid - self.refunded - self.worth(), 0)

    def balance_due(self):
        if self.is_over():
            return 0
        asked = sum(line.price * (line.handed + line.wanted) for line in self.lines.values())
        return max(asked - (self.paid - self.refunded), 0)

    def doubts(self):
        """What money may never do."""
        if self.refunded > self.paid:
            yield f"{self.refunded} went back of {self.paid}"
        for number, line in self.lines.items():
            if line.refunded > line.ordered - line.with_buyer:
                yield f"line {number}: money for {line.refunded} units went back, and of {line.ordered} the buyer has {line.with_buyer}"

    def payment(self):
        if self.refund_due():
            return "refund_due"
        if self.refunded and self.refunded == self.paid:
            return "refunded"
        if self.is_cancelled():
            return "cancelled"
        if self.balance_due():
            return "part_paid" if self.paid else "placed"
        return "paid"
