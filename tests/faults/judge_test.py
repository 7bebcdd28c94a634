# SPDX-License-Identifier: Apache-2.0
"""The judge of the attacks must find what is wrong: each way in which a hub's carts can differ from what was confirmed, planted."""

import json
import pathlib
import sqlite3
import tempfile
import unittest

from clients import pass_id
from judge import judge
from ledger import Action, Ledger
from programs import Database

CART, OTHER = "c" * 32, "d" * 32
GOLDEN = pathlib.Path(__file__).resolve().parents[1] / "golden/cart_pass.json"


def line(*dots):
    return {"key": "20001", "sku": "20001", "dots": [{"id": dot, "n": n, "taken": taken, "born": [1, 1]} for dot, n, taken in dots]}


class JudgeTest(unittest.TestCase):
    def setUp(self):
        self._folder = tempfile.TemporaryDirectory()
        self.folder = pathlib.Path(self._folder.name)
        self.ledger = Ledger(self.folder / "ledger.jsonl")

    def tearDown(self):
        self._folder.cleanup()

    def act(self, number, kind, units, dot=None, answer="confirmed"):
        request = f"{number:032x}"
        action = Action(request, kind, CART, "20001", units, dot or f"{request}.0", "harbour-street")
        self.ledger.sending(action)
        if answer == "confirmed":
            self.ledger.confirmed(action)
        elif answer == "refused":
            self.ledger.refused(action, "cart_full")
        return action

    def found(self, restored=False, **carts):
        file = self.folder / "hub.db"
        file.unlink(missing_ok=True)
        hub = sqlite3.connect(file)
        hub.execute("CREATE TABLE documents (collection, id, body)")
        for name, body in carts.items():
            hub.execute("INSERT INTO documents VALUES ('cart', ?, ?)", ({"cart": CART, "other": OTHER}[name], json.dumps(body).encode()))
        hub.commit()
        hub.close()
        kinds, self.looked_at = judge(self.ledger, Database(file), restored)
        return sorted(kind for kind, lines in kinds.items() for _ in lines)

    def test_what_was_confirmed_is_there(self):
        add = self.act(1, "add", 3)
        self.act(2, "take", 1, add.dot)
        self.assertEqual(self.found(cart={"lines": [line((add.dot, 3, 1))]}), [])
        self.assertEqual(self.looked_at, 2)

    def test_a_lost_add(self):
        self.act(1, "add", 3)
        self.assertEqual(self.found(cart={"lines": []}), ["missing"])
        self.assertEqual(self.found(), ["missing"])

    def test_an_add_that_nobody_confirmed_may_be_there_or_not(self):
        add = self.act(1, "add", 3, answer=None)
        self.assertEqual(self.found(cart={"lines": []}), [])
        self.assertEqual(self.found(cart={"lines": [line((add.dot, 3, 0))]}), [])

    def test_a_doubled_add(self):
        add = self.act(1, "add", 3)
        body = {"lines": [line((add.dot, 3, 0))]}
        self.assertEqual(self.found(cart=body, other=body), ["doubled"])

    def test_another_quantity_or_cart(self):
        add = self.act(1, "add", 3)
        self.assertEqual(self.found(cart={"lines": [line((add.dot, 2, 0))]}), ["different"])
        self.assertEqual(self.found(other={"lines": [line((add.dot, 3, 0))]}), ["different"])

    def test_takes_count_once(self):
        add = self.act(1, "add", 3)
        self.act(2, "take", 1, add.dot)
        self.act(3, "take", 1, add.dot, answer=None)
        for taken, kinds in ((0, ["missing"]), (1, []), (2, []), (3, ["doubled"])):
            self.assertEqual(self.found(cart={"lines": [line((add.dot, 3, taken))]}), kinds)

    def test_a_remove_takes_all(self):
        add = self.act(1, "add", 3)
        self.act(2, "take", 0, add.dot)
        self.assertEqual(self.found(cart={"lines": [line((add.dot, 3, 2))]}), ["missing"])
        self.assertEqual(self.found(cart={"lines": [line((add.dot, 3, 3))]}), [])
        self.assertEqual(self.found(cart={"lines": [], "dead": [{"id": add.dot, "at": 1}]}), [])

    def test_a_resurrected_refusal_and_a_stranger(self):
        add = self.act(1, "add", 3, answer="refused")
        self.assertEqual(self.found(cart={"lines": [line((add.dot, 3, 0))]}), ["extra"])
        self.assertEqual(self.found(cart={"lines": [line((f"{9:032x}.0", 1, 0))]}), ["extra"])

    def test_the_id_of_a_pass(self):
        for golden in json.loads(GOLDEN.read_text())["passes"]:
            self.assertEqual(pass_id("k#" + golden["digits"]), golden["id"])


if __name__ == "__main__":
    unittest.main()
