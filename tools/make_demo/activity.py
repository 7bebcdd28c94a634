# SPDX-License-Identifier: Apache-2.0
"""Clothing clickstream: who looked at how many things in which order stays real; the things become Fernby's."""

import collections
import datetime

from tables import number, read_gz

ACTIVITY_DAYS = 31
SIGNED_IN = 33  # visits of a hundred


def signed_in(visitor, customers):
    """Whose visit it was, invented by a hash of its number; empty: nobody's who is known."""
    if number("signed-in", visitor, 100) >= SIGNED_IN:
        return ""
    return customers[number("visits-of", visitor, len(customers))]


def rows(path, skus_by_units, last_day, customers):
    """The k-th most viewed garment becomes the k-th most sold SKU; the last day of the source becomes `last_day`. `customers`: sorted."""
    clicks = list(read_gz(path))
    views = collections.Counter(c["page 2 (clothing model)"] for c in clicks)
    ranked = sorted(views, key=lambda model: (-views[model], model))
    sku_of = dict(zip(ranked, skus_by_units))
    day_of = [datetime.date(int(c["year"]), int(c["month"]), int(c["day"])) for c in clicks]
    end = max(day_of)
    for click, day in zip(clicks, day_of):
        if (end - day).days < ACTIVITY_DAYS:
            at = last_day - (end - day)
            visitor = f"v{click['session ID']}"
            yield visitor, at.isoformat(), "viewed", sku_of[click["page 2 (clothing model)"]], "web", signed_in(visitor, customers)
