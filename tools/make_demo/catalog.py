# SPDX-License-Identifier: Apache-2.0
"""What the titles and the invoices say about products besides: colour, pieces, styles, how often they sell, what sells with them."""

import collections
import datetime
import itertools
import math
import re

from tables import read_list

POPULAR_DAYS = 56
BASKET_LINES_MAX = 60   # longer invoices are another shop's stock, not somebody's basket
TOGETHER_MIN = 8        # invoices that hold both
GOES_WITH_MAX = 8

PIECES = re.compile(r"\b(?:Set|Pack|Box) of (\d+)\b", re.IGNORECASE)


class Styles:
    """Products whose titles differ in one colour only are one style, named after the lowest of their SKUs."""

    def __init__(self, lists, titles):
        colours = "|".join(row["colour"] for row in read_list(lists / "colours.csv"))
        self._colour = re.compile(rf"\b({colours})\b", re.IGNORECASE)
        groups = collections.defaultdict(dict)
        for sku in sorted(titles):
            colour = self.colour(titles[sku])
            if colour:
                rest = " ".join(self._colour.sub(" ", titles[sku].lower()).split())
                groups[rest].setdefault(colour, sku)
        self.of = {sku: min(group.values()) for group in groups.values() if len(group) > 1 for sku in group.values()}

    def colour(self, title):
        """The only colour word of a title; with two, nobody can say which one is meant."""
        found = {word.lower() for word in self._colour.findall(title)}
        return found.pop() if len(found) == 1 else ""

    def attributes(self, title):
        parts = [f"colour={self.colour(title)}"] if self.colour(title) else []
        pieces = PIECES.search(title)
        return "; ".join(parts + ([f"pieces={pieces[1]}"] if pieces else []))


def popularity(retail):
    """SKU -> 0 to 100: the logarithm of the number of its invoices in the last POPULAR_DAYS days, 100 for the most sold."""
    first = retail.last_day - datetime.timedelta(days=POPULAR_DAYS - 1)
    invoices = collections.Counter(sku for sku, _ in {(s.sku, s.invoice) for s in retail.sales if s.at.date() >= first})
    most = max(invoices.values())
    return {sku: round(100 * math.log1p(count) / math.log1p(most)) for sku, count in invoices.items()}


def affinity(retail):
    """(sku, with, score): what stands on the same invoices. The score, 1 to 1000, is the cosine: together / sqrt(one * other)."""
    baskets = collections.defaultdict(set)
    for sale in retail.sales:
        if retail.status(sale.sku) == "active":
            baskets[sale.invoice].add(sale.sku)
    alone, together = collections.Counter(), collections.Counter()
    for basket in baskets.values():
        if len(basket) <= BASKET_LINES_MAX:
            alone.update(basket)
            together.update(itertools.combinations(sorted(basket), 2))
    best = collections.defaultdict(list)
    for (one, other), count in together.items():
        if count >= TOGETHER_MIN:
            score = max(1, round(1000 * count / math.sqrt(alone[one] * alone[other])))
            best[one].append((-score, other))
            best[other].append((-score, one))
    for sku in sorted(best):
        for score, other in sorted(best[sku])[:GOES_WITH_MAX]:
            yield sku, other, -score
