# SPDX-License-Identifier: Apache-2.0
"""What may please a shopper next: what really sells with something that they really bought, or what they looked at more than once."""

import collections
import datetime

COLUMNS = "offer customer sku score valid_from valid_to times rest_days why_en why_de".split()
VALID_DAYS = 21
VIEWED_DAYS = 7
EACH = 2  # of a kind and customer


def bought_with(skus, goes_with):
    """(score, sku, what it goes with): of all that sells with what they have, what they do not have yet, the best first."""
    best = {}
    for one in skus:
        for other, score in goes_with.get(one, ()):
            if other not in skus and score > best.get(other, (0, ""))[0]:
                best[other] = (score, one)
    return sorted(((score, sku, one) for sku, (score, one) in best.items()), key=lambda row: (-row[0], row[1]))[:EACH]


def viewed_often(views):
    return sorted(((count, sku) for sku, count in views.items() if count > 1), key=lambda row: (-row[0], row[1]))[:EACH]


def who_agrees(consents):
    """By the table of consents: whose last word about it is yes."""
    said = {}
    for customer, purpose, state, _ in consents:
        if purpose == "personalisation":
            said[customer] = state
    return {customer for customer, state in said.items() if state == "granted"}


def rows(customers, skus_of, titles, active, affinity, activity, last_day, agrees):
    """`affinity`: (sku, with, score); `activity`: rows of that table; `agrees`: who lets the shop suggest anything."""
    goes_with = collections.defaultdict(list)
    for one, other, score in affinity:
        goes_with[one].append((other, int(score)))
    since = (last_day - datetime.timedelta(days=VIEWED_DAYS)).isoformat()
    views = collections.defaultdict(collections.Counter)
    for _, at, kind, sku, _, customer in activity:
        if customer and kind == "viewed" and at > since and sku in active:
            views[customer][sku] += 1
    begins, ends = last_day - datetime.timedelta(days=1), last_day + datetime.timedelta(days=VALID_DAYS)
    for customer in sorted(customers):
        if customer not in agrees:
            continue
        for count, sku in viewed_often(views[customer]):
            yield (f"V-{sku}", customer, sku, min(1000, 400 + 100 * count), begins, ends, 2, 3,
                   f"Looked at it {count} times this week.", f"In dieser Woche {count}-mal angesehen.")
        for score, sku, one in bought_with(skus_of.get(customer, ()), goes_with):
            yield (f"A-{sku}", customer, sku, max(1, min(score, 399)), begins, ends, 2, 7,
                   f"Goes with {titles[one]}, which they bought.", f"Passt zu „{titles[one]}“ (schon gekauft).")
