# SPDX-License-Identifier: Apache-2.0
"""What a basket costs, reckoned unit by unit from promotions.csv and docs/PRICING.md. Slow, and of nothing that the product has.
Shoppers of the demonstration are members of nothing, so that a promotion for members is for none of them."""

import demo

ARTICLES = ("percent_off", "cheapest_free", "bundle_price")
BASKETS = ("basket_amount",)


def promotions():
    """In the order in which they are tried."""
    found = []
    for row in demo.rows("promotions"):
        if row["segment"] or row["coupon"]:  # nobody of that day has either
            continue
        unknown = [name for name in ("valid_from", "valid_to", "days", "hours_from", "hours_to", "channels", "skus", "without_skus", "units_min") if row[name]]
        assert not unknown and row["reward"] in ARTICLES + BASKETS and row["exclusive"] == "false", f"a promotion that this reckoning does not know: {row}"
        found.append({"id": row["promotion"], "reward": row["reward"], "departments": row["departments"].split(), "percent": row["percent"],
                      "amount": demo.minor(row["amount"]) if row["amount"] else 0, "n": int(row["n"] or 0),
                      "least": demo.minor(row["basket_min"]) if row["basket_min"] else 0, "priority": int(row["priority"] or 0)})
    return sorted(found, key=lambda one: (one["reward"] in BASKETS, -one["priority"], one["id"]))


def shared(amount, weights):
    """By largest remainder; of equal remainders the earlier first."""
    whole = sum(weights)
    if whole == 0:
        return [amount] + [0] * (len(weights) - 1)
    parts = [amount * weight // whole for weight in weights]
    rests = sorted(range(len(weights)), key=lambda i: -(amount * weights[i] % whole))
    for i in rests[:amount - sum(parts)]:
        parts[i] += 1
    return parts


def percent_of(amount, percent):
    """Rounded half away from nothing; a percentage has at most two decimals."""
    return (2 * amount * demo.minor(percent) + 10_000) // 20_000


class Pricer:
    def __init__(self, today):
        self.prices, self.products, self.promotions = demo.prices_on(today), demo.products(), promotions()

    def line_amounts(self, lines):
        """[(SKU, units)] → pence that are to pay for each line."""
        left = [self.prices[sku] * units for sku, units in lines]
        free = [units for _, units in lines]
        for promotion in self.promotions:
            touched = [i for i, (sku, _) in enumerate(lines) if not promotion["departments"] or self.products[sku]["department"] in promotion["departments"]]
            if promotion["reward"] in BASKETS:
                if touched and sum(left) >= promotion["least"]:
                    base = [left[i] for i in touched]
                    for i, part in zip(touched, shared(min(promotion["amount"], sum(base)), base)):
                        left[i] -= part
                continue
            touched = [i for i in touched if free[i]]
            if not touched or sum(left) < promotion["least"]:
                continue
            if promotion["reward"] == "percent_off":
                for i in touched:
                    off = percent_of(self.prices[lines[i][0]] * free[i], promotion["percent"])
                    left[i] -= off
                    free[i] = 0 if off else free[i]
                continue
            self._take_off_groups(promotion, lines, touched, left, free)
        return left

    def _take_off_groups(self, promotion, lines, touched, left, free):
        price = lambda i: self.prices[lines[i][0]]
        dearest_first = sorted((i for i in touched for _ in range(free[i])), key=lambda i: -price(i))
        n = promotion["n"]
        for at in range(0, len(dearest_first) - n + 1, n):
            group = dearest_first[at:at + n]
            value = sum(price(i) for i in group)
            saved = price(group[-1]) if promotion["reward"] == "cheapest_free" else max(0, value - promotion["amount"])
            if saved == 0:
                continue
            members = list(dict.fromkeys(group))
            for i, part in zip(members, shared(saved, [price(i) * group.count(i) for i in members])):
                left[i] -= part
                free[i] -= group.count(i)


def returned_worth(paid, bought, before, units):
    """The share of a line's amount that units are worth which come back after `before` others; the parts come to the whole."""
    return paid * (before + units) // bought - paid * before // bought
