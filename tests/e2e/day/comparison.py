# SPDX-License-Identifier: Apache-2.0
"""Holds what stands in the databases against the reckoning, row by row, and says what differs; and its own test: differences are
planted in copies of the databases and of the ledger, and each must be found."""

import collections
import json
import shutil
import sqlite3

import rows
from reckoning import PENDING, Reckoning


def fits(promises, standing):
    """Whether promises may stand as they do. A promise: (purpose, units, states it may have); standing: (purpose, units, pending), or
    (None, None, how) for one that has ended, of which no more is remembered."""
    left = list(standing)
    open_ones = []
    for purpose, units, states in promises:
        if (purpose, units, PENDING) in left and PENDING in states:
            left.remove((purpose, units, PENDING))
        else:
            open_ones.append((purpose, units, states))
    # The surest first; at most a handful.
    for purpose, units, states in sorted(open_ones, key=lambda one: len(one[2])):
        found = next((one for state in sorted(states) for one in ((purpose, units, state), (None, None, state)) if one in left), None)
        if found is None:
            return False
        left.remove(found)
    return not left


def differences(table, expected, found):
    """One line for each row that is not as it must be."""
    lines = []
    for key in sorted(expected.keys() | found.keys(), key=str):
        if table == rows.PROMISES:
            if not fits(expected.get(key, []), found.get(key, [])):
                lines.append(f"{key}: {found.get(key)} stands there, and {[(a, b, sorted(c)) for a, b, c in expected.get(key, [])]} were made")
        elif key not in found:
            lines.append(f"{key}: missing; {expected[key]} was reckoned")
        elif key not in expected:
            lines.append(f"{key}: {found[key]} stands there, and nothing was reckoned")
        elif found[key] != expected[key]:
            lines.append(f"{key}: {found[key]} stands there, and {expected[key]} was reckoned")
    return lines


class Comparison:
    """Everything that was compared, by table and place."""

    def __init__(self):
        self.counts, self.found = collections.OrderedDict(), []

    def add(self, table, where, expected, found):
        lines = differences(table, expected, found)
        self.counts[table, where] = (len(expected.keys() | found.keys()), len(lines))
        self.found += [f"{table}, {where}: {line}" for line in lines]

    def add_place(self, where, expected, found):
        for table in sorted(expected.keys() | found.keys()):
            self.add(table, where, expected.get(table, {}), found.get(table, {}))

    def table(self):
        lines = [f"{'':26} {'where':16} {'rows':>7} {'differences':>12}"]
        lines += [f"{table:26} {where:16} {count:7} {wrong:12}" for (table, where), (count, wrong) in self.counts.items()]
        lines.append(f"{'all':26} {'':16} {sum(count for count, _ in self.counts.values()):7} {len(self.found):12}")
        return "\n".join(lines)


def compare(books, found):
    """`found`: "hub" or a store → the rows of its database."""
    comparison = Comparison()
    for where, tables in found.items():
        comparison.add_place(where, rows.of_reckoning(books, None if where == "hub" else where), tables)
    return comparison


# What is planted in a copy of a database: (what, "hub" or "store", the row, what is done to it).
def _of_document(collection, holds, change):
    def plant(connection, table):
        for name, body in connection.execute(f"SELECT id, body FROM {table} WHERE collection = ? AND body IS NOT NULL ORDER BY id", (collection,)).fetchall():
            document = json.loads(body)
            if holds(document):
                change(document)
                text = json.dumps(document, ensure_ascii=False)
                connection.execute(f"UPDATE {table} SET body = ? WHERE collection = ? AND id = ?", (text.encode() if isinstance(body, bytes) else text, collection, name))
                return True
        return False
    return plant


def _of_row(find, change):
    def plant(connection, _table):
        row = connection.execute(find).fetchone()
        return row is not None and connection.execute(change, row).rowcount == 1
    return plant


def _each_line(order):
    return [line for line in order["lines"] if line.get("handed")]


PLANTED = (
    ("a unit of stock more", _of_document("stock", lambda one: one.get("moved"), lambda one: one.update(on_hand=one["on_hand"] + 1))),
    ("an unmoved product's stock", _of_document("stock", lambda one: "moved" not in one, lambda one: one.update(on_hand=one["on_hand"] - 1))),
    ("a stock document gone", _of_document("stock", lambda one: True, lambda one: one.update(sku="X"))),
    ("a promise that ended otherwise", _of_document("stock", lambda one: any(end["how"] == "voided" for end in one.get("ended", [])),
                                                    lambda one: [end.update(how="expired") for end in one["ended"]])),
    ("a unit back in a cart", _of_document("cart", lambda one: any(dot["taken"] for line in one["lines"] for dot in line["dots"]),
                                           lambda one: next(dot for line in one["lines"] for dot in line["dots"] if dot["taken"]).update(taken=0))),
    ("a hand-over lost", _of_document("order", _each_line, lambda one: _each_line(one)[0].pop("handed"))),
    ("a payment a penny short", _of_document("order", lambda one: one.get("paid"), lambda one: one.update(paid=one["paid"] - 1))),
    ("an order cancelled", _of_document("order", lambda one: "cancelled" not in one, lambda one: one.update(cancelled={"reason": "buyer", "at": 1, "by": "x"}))),
)
PLANTED_IN_STORES = (
    ("cash for card", _of_row("SELECT id FROM tickets WHERE tenders LIKE '%card%'", "UPDATE tickets SET tenders = replace(tenders, 'card', 'cash') WHERE id = ?")),
    ("a ticket gone", _of_row("SELECT id FROM tickets WHERE state = 'paid'", "DELETE FROM tickets WHERE id = ?")),
    ("a cart that was measured, and is not any more", _of_row("SELECT id FROM measured WHERE kind = 'recovered'", "DELETE FROM measured WHERE kind = 'recovered' AND id = ?")),
    ("a refund of a penny more", _of_row("SELECT id FROM returns", "UPDATE returns SET refund = refund + 1 WHERE id = ?")),
)
# Acts that are struck from a copy of the ledger: then the databases must have too much.
STRUCK = ("receive", "count", "phone_add", "kiosk_add", "paid", "till_return", "take_back", "hand_over", "picked", "pay", "cancel", "refund", "kiosk_reserve", "kiosk_free",
          "refuse", "restock", "transfer_out")


def _plant_in_copies(books, files, folder):
    """(what, where) → whether it was found. A copy is a database as it stands, with what its log has; what was planted is rolled back."""
    seen = {}
    for where, file in files.items():
        expected = rows.of_reckoning(books, None if where == "hub" else where)
        copy, source = sqlite3.connect(folder / f"{where}.db", isolation_level=None), rows.open_read_only(file)
        source.backup(copy)
        source.close()
        for what, plant in PLANTED if where == "hub" else PLANTED + PLANTED_IN_STORES:
            copy.execute("BEGIN")
            # A part of the day may have had no such thing.
            if plant(copy, "documents" if where == "hub" else "base"):
                comparison = Comparison()
                comparison.add_place(where, expected, rows.of_hub(copy) if where == "hub" else rows.of_store(copy, where))
                seen[what, where] = bool(comparison.found)
            copy.execute("ROLLBACK")
        copy.close()
    return seen


def _strike_from_copies(day, lines, today, found):
    """The same of acts that the ledger does not know."""
    seen = {}
    for act in STRUCK:
        has_effect = lambda line: line.get("entries") != [] and line.get("before") != line.get("reserved", ...)
        key = next((key for key, line in sorted(lines.items(), key=lambda item: str(item[0]))
                    if line["act"] == act and line["outcome"] == "done" and has_effect(line)), None)
        if key is not None:
            fewer = {other: line for other, line in lines.items() if other != key}
            seen[f"without {act}", key] = bool(compare(Reckoning(day, fewer, today), found).found)
    return seen


def prove(day, lines, today, files, found, folder):
    """(how many differences were planted, those that were not found)."""
    folder.mkdir()
    seen = _plant_in_copies(Reckoning(day, lines, today), files, folder) | _strike_from_copies(day, lines, today, found)
    shutil.rmtree(folder)
    return len(seen), [f"{what}, {where}" for (what, where), was_found in seen.items() if not was_found]
