# SPDX-License-Identifier: Apache-2.0
"""What shoppers asked and staff noted: invented. Who, when and about which goods of theirs by a hash; the words from two fixed lists."""

import datetime

import people
import staff
from tables import number

COLUMNS = "case customer channel at from text summary store name state".split()
ASKS = 12   # customers of a hundred
NOTED = 40  # of a hundred of those with a store of their choice
WAITS = 45  # questions of a hundred, where there is such a store, that wait for it
RECENT_DAYS = 25


def moment(last_day, days, name):
    """Within the hours of a shop."""
    minutes = 9 * 60 + number("minute", name, 9 * 60)
    return f"{last_day - datetime.timedelta(days=days)}T{minutes // 60:02d}:{minutes % 60:02d}:00Z"


def questions(customer, titles, last_day, store, asked):
    """One conversation with the web's team: answered and closed, or handed to the customer's store, which has not answered yet."""
    name = f"Q-{customer}"
    one = asked[number("question", customer, len(asked))]
    title = titles[number("question-title", customer, len(titles))]
    waits = bool(store) and number("waits", customer, 100) < WAITS
    days = number("asked-days", customer, 3 if waits else RECENT_DAYS)
    head = (one["summary"], store if waits else "")
    yield name, customer, one["channel"], moment(last_day, days, name), "customer", one["question"].format(title=title), *head, "", ""
    if waits:
        return
    yield name, customer, one["channel"], moment(last_day, max(days - 1, 0), name), "staff", one["answer"], *head, "Web team", "closed"


def rows(customers, titles_of, stores, last_day, asked, notes, first_names, initials):
    """`titles_of`: what each bought. Under a note stands who of that store took it."""
    team = {}
    for row in staff.rows(stores, first_names, initials):
        team.setdefault(row[0], []).append(f"{row[2]} {row[3]}.")
    for customer in sorted(customers):
        store = people.home_store(customer, stores)
        if number("asks", customer, 100) < ASKS:
            yield from questions(customer, titles_of[customer], last_day, store, asked)
        if store and number("noted", customer, 100) < NOTED:
            name = f"N-{customer}"
            who = team[store][number("noted-by", customer, len(team[store]))]
            yield (name, customer, "counter", moment(last_day, 1 + number("noted-days", customer, RECENT_DAYS), name), "staff",
                   notes[number("note", customer, len(notes))]["note"], "", "", who, "")
