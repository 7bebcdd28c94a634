# SPDX-License-Identifier: Apache-2.0
"""docs/asyncapi.yaml and docs/schemas: whole, in step with each other and with the golden messages, and strict: each planted
mistake is found."""
import copy
import json
import pathlib
import re
import unittest

import jsonschema
import yaml

import schemas

ROOT = schemas.ROOT
GOLDEN = ROOT / "tests/golden/messages"


def document():
    return yaml.safe_load((ROOT / "docs/asyncapi.yaml").read_text())


def golden():
    """(schema, file name, message) of every golden message; hub-page-own.json is one of hub-page."""
    messages = schemas.names("messages")
    for path in sorted(GOLDEN.glob("*.json")):
        name = max((known for known in messages if path.stem == known or path.stem.startswith(known + "-")), key=len, default=None)
        yield name, path.name, json.loads(path.read_text())


def references(value, path="#"):
    if isinstance(value, dict):
        for key, item in value.items():
            if key == "$ref":
                yield path, item
            else:
                yield from references(item, f"{path}/{key}")
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from references(item, f"{path}/{index}")


class Document(unittest.TestCase):
    def test_every_reference_leads_somewhere(self):
        whole = document()
        for place, target in references(whole):
            if target.startswith("#/"):
                at = whole
                for part in target[2:].split("/"):
                    self.assertIn(part, at, f"{place}: {target}")
                    at = at[part]
            else:
                self.assertTrue((ROOT / "docs" / target).is_file(), f"{place}: {target}")

    def test_it_has_the_shape_of_asyncapi_3(self):
        whole = document()
        self.assertEqual(whole["asyncapi"], "3.0.0")
        self.assertLessEqual({"title", "version"}, set(whole["info"]))
        for name, channel in whole["channels"].items():
            told = set(re.findall(r"\{(\w+)\}", channel["address"]))
            self.assertEqual(told, set(channel["parameters"]), name)
            self.assertTrue(channel["messages"], name)
        spoken = set()
        for name, operation in whole["operations"].items():
            self.assertIn(operation["action"], ("send", "receive"), name)
            for way in (operation, operation.get("reply", {"channel": operation["channel"], "messages": []})):
                channel = way["channel"]["$ref"]
                for message in way["messages"]:
                    self.assertTrue(message["$ref"].startswith(channel + "/messages/"), f"{name}: {message['$ref']}")
                    spoken.add(message["$ref"])
        self.assertEqual(spoken, {f"#/channels/{channel}/messages/{message}" for channel, one in whole["channels"].items() for message in one["messages"]},
                         "every message of a channel is sent or received by an operation")

    def test_every_schema_of_a_message_is_used_and_no_other(self):
        used = {one["payload"]["$ref"] for one in document()["components"]["messages"].values()}
        self.assertEqual(used, {f"./schemas/messages/{name}.json" for name in schemas.names("messages")})

    def test_schemas_are_schemas_and_named_by_their_place(self):
        for path in sorted(schemas.SCHEMAS.rglob("*.json")):
            own = json.loads(path.read_text())
            place = path.relative_to(schemas.SCHEMAS).as_posix()
            self.assertEqual(own["$id"], "https://vitrine.example/schemas/1/" + place)
            jsonschema.Draft202012Validator.check_schema(own)
            for where, target in references(own):
                words = json.loads((schemas.SCHEMAS / "words.json").read_text())["$defs"]
                self.assertRegex(target, r"^(\.\./words\.json)?#/\$defs/\w+$", place + where)
                self.assertIn(target.rpartition("/")[2], words, place + where)

    def test_protocol_names_every_kind(self):
        text = (ROOT / "docs/PROTOCOL.md").read_text()
        for folder in ("documents", "operations"):
            for name in schemas.names(folder):
                self.assertTrue(f"`{name}`" in text, f"docs/PROTOCOL.md does not name {name}")


class Golden(unittest.TestCase):
    def test_every_golden_message_is_valid(self):
        for name, file, message in golden():
            self.assertIsNotNone(name, f"{file}: no schema in docs/schemas/messages")
            with self.subTest(file):
                self.assertEqual(schemas.mistakes(f"messages/{name}", message), [])

    def test_every_kind_of_message_is_golden(self):
        self.assertEqual({name for name, _, _ in golden()} | {"store-status"}, set(schemas.names("messages")))


MAY_BE_BELOW_NOTHING = ("on_hand", "priority", "latitude", "longitude")


def spoilt(message):
    """(what was done, the message with it) for every field, at every depth: gone, renamed, of another type; a number below
    nothing; one field too many."""
    def walk(value, path):
        if isinstance(value, dict):
            yield path, None
            for key in value:
                yield path, key
                yield from walk(value[key], path + [key])
        elif isinstance(value, list) and value:
            yield from walk(value[0], path + [0])

    def at(root, path):
        for part in path:
            root = root[part]
        return root

    for path, key in list(walk(message, [])):
        if path[-1:] == ["b"] or "b" in path:
            continue  # documents are judged by their own schemas
        where = ".".join(map(str, path + ([key] if key is not None else [])))
        if key is None:
            other = copy.deepcopy(message)
            at(other, path)["odd_one"] = 1
            yield f"{where}: one field too many", other
            continue
        value = at(message, path)[key]
        other = copy.deepcopy(message)
        at(other, path)[key + "_"] = at(other, path).pop(key)
        yield f"{where}: misspelt", other
        for wrong in ([], "", -1, None, 1.5):
            if type(wrong) is type(value) and wrong != -1 or wrong == value or (wrong == -1 and key in MAY_BE_BELOW_NOTHING):
                continue
            other = copy.deepcopy(message)
            at(other, path)[key] = wrong
            yield f"{where}: {wrong!r}", other


class Strict(unittest.TestCase):
    def test_planted_mistakes_are_found(self):
        planted = 0
        for name, file, message in golden():
            for what, wrong in spoilt(message):
                planted += 1
                with self.subTest(f"{file}: {what}"):
                    self.assertNotEqual(schemas.mistakes(f"messages/{name}", wrong), [])
        print(f"{planted} planted mistakes in messages, all found")
        self.assertGreater(planted, 500)

    def test_each_document_and_operation_is_strict(self):
        planted = 0
        for path, good in EXAMPLES.items():
            with self.subTest(path):
                self.assertEqual(schemas.mistakes(path, good), [])
            for what, wrong in spoilt(good):
                planted += 1
                with self.subTest(f"{path}: {what}"):
                    self.assertNotEqual(schemas.mistakes(path, wrong), [])
        self.assertEqual(set(EXAMPLES), {f"documents/{name}" for name in schemas.names("documents")} | {f"operations/{name}" for name in schemas.names("operations")})
        print(f"{planted} planted mistakes in documents and operations, all found")


HEX = "0123456789abcdef0123456789abcdef"
MEASURES = ("resumes", "recovered", "collected", "promises", "promises_kept", "no_shows", "contacts", "contacts_first", "searches", "searches_empty", "offers",
            "offers_taken", "minutes_offline", "minutes_served")
EXAMPLES = {
    "documents/product": {"sku": "85123A", "gtins": ["5012345678900"], "title": {"en": "Heart"}, "department": "candles", "category": ["Candles"],
                          "pictogram": "candle", "tile": "blush", "status": "active", "brand": "Fernby", "style": "85123", "attributes": {"colour": "white"},
                          "search_words": ["tealight"], "pictures": ["ab" * 32], "age_restriction": 18, "ar_url": "https://shop.example/ar/85123A", "popularity": 96},
    "documents/availability": {"region": "uk", "sku": "85123A", "stores": {"quay-square": {"band": "few", "as_of": 1, "then": [{"at": 2, "band": "some"}]}}},
    "documents/heard": {"region": "uk", "stores": {"quay-square": 1}},
    "documents/affinity": {"sku": "85123A", "with": [{"sku": "22423", "score": 300}]},
    "documents/price": {"sku": "85123A", "zone": "uk", "currency": "GBP", "tax_included": True, "entries": [{"from": 1, "to": 2, "list": 295, "current": 250}]},
    "documents/promotion": {"promotion": "gifts", "zone": "uk", "title": {"en": "Three for two"}, "currency": "GBP", "from": 1, "to": 2,
                            "schedule": {"days": [1], "from": "09:00", "to": "24:00"}, "channels": ["store"], "segment": "club", "when_unverified": False,
                            "coupon": "SAVE10", "goods": {"skus": ["85123A"], "categories": ["candles"], "without": ["22423"]}, "units_min": 3,
                            "basket_min": 100, "reward": {"kind": "n_for_m", "n": 3, "m": 2}, "priority": 3, "exclusive": True},
    "documents/tax": {"zone": "uk", "rates": [{"class": "standard", "basis_points": 2000, "from": 1, "to": 2}]},
    "documents/content": {"kind": "store", "store": "harbour-street", "name": "Harbour Street", "zone": "uk", "currency": "GBP", "time_zone": "Europe/London",
                          "opening_hours": [{"days": [1, 2], "from": "07:00", "to": "22:00"}], "languages": ["en", "de"], "region": "south",
                          "latitude": 51.5072, "longitude": -0.1276},
    "documents/settings": {"brand": "Fernby", "tagline": {"en": "Gifts"}, "distance_unit": "miles", "delivers": True, "colours": {"primary": "#0B5754"}, "greet_by_name": True, "languages": ["en"], "default_language": "en", "link_base": "https://shop.example/k", "in_store_codes": ["02IIIIIVPPPPC"],
                           "staff_roles": {"sales": ["carts", "orders"]}, "staff_lock_s": 120, "staff_end_s": 1800,
                           "returns": {"window_days": 30, "reasons": ["damaged"], "restock": ["resell"], "write_off": ["damaged"], "skus_kept": ["85123A"], "categories_kept": ["food"]}},
    "documents/staff": {"store": "harbour-street", "staff": "1001", "name": "Tom", "initial": "B", "role": "sales", "languages": ["en"], "skills": ["gifts"],
                        "pin": "$argon2id$v=19$m=19456,t=2,p=1$" + "A" * 22 + "$" + "A" * 43, "badge": HEX, "from": 0, "to": 2},
    "documents/erasure": {"erased_at": 1795372800000},
    "documents/trust": {"id": 1, "purpose": "pass", "public_key": "A" * 43 + "=", "from": 1, "to": 2, "revoked": False},
    "documents/stock": {"store": "harbour-street", "sku": "85123A", "on_hand": 24, "reserved": 2, "safety": 0, "counted_at": 1, "aisle": "3",
                        "counted_life": HEX, "moved": -1, "recent": [[1, -1]], "recent_from": 1, "lent": {"id": HEX, "units": 3, "drawn": 2, "until": 2},
                        "reservations": [{"id": HEX, "units": 2, "until": 2, "for": "cart/1", "right": HEX}], "ended": [{"id": HEX, "how": "posted", "at": 1}],
                        "discrepancies": [{"id": HEX + ".0", "kind": "count", "units": -1, "at": 1}]},
    "documents/customer": {"customer": "17850", "display_name": "Amelia", "language": "en", "languages": ["en", "fr"], "initial": "R", "country": "GB", "phone_last2": "41",
                           "home_store": "harbour-street", "identities": [{"kind": "loyalty", "hash": HEX + HEX}], "expires_at": 2},
    "documents/activity": {"customer": "17850", "kind": "viewed", "channel": "web", "at": 1, "sku": "85123A", "order": "581234", "store": "harbour-street",
                           "text": "cake stand", "expires_at": 2},
    "documents/audit": {"n": 2, "hash": HEX + HEX, "at": 1, "marks": [{"n": 1, "hash": HEX + HEX}],
                        "breaks": [{"n": 1, "what": "gap", "at": 1, "by": HEX + ".0"}], "broken": 1, "settled": 0},
    "documents/case": {"customer": "17850", "since": 1, "until": 5, "expires_at": 9,
                       "head": {"channel": "chat", "summary": "Cake stand", "store": "harbour-street", "reference": "C-1", "at": 1, "by": HEX + ".0"},
                       "messages": [{"from": "customer", "name": "Nadia K.", "store": "harbour-street", "text": "Is it?", "at": 2, "by": HEX + ".1"}],
                       "answered": [{"at": 2, "by": HEX + ".1"}],
                       "owner": {"who": "1001", "name": "Nadia K.", "store": "harbour-street", "at": 3, "by": HEX + ".2"},
                       "closed": {"how": "answered", "name": "Nadia K.", "at": 4, "by": HEX + ".3"}},
    "documents/offer": {"customer": "17850", "since": 1, "expires_at": 99,
                        "head": {"sku": "22423", "title": {"en": "Cake stand"}, "why": {"en": "Looked at it"}, "score": 640, "from": 1, "until": 9, "times": 2, "rest_days": 7, "reference": "NBA-7", "at": 1, "by": HEX + ".0"},
                        "outcomes": [{"what": "not_now", "store": "harbour-street", "at": 2, "by": HEX + ".1"}]},
    "documents/consent": {"customer": "17850", "expires_at": 2, "purposes": {"history": {"grants": [{"seen": [HEX + ".0"], "source": "counter", "at": 1, "by": HEX + ".1"}],
                                                                                          "withdrawals": [{"source": "kiosk", "at": 1, "by": HEX + ".0"}]}}},
    "documents/cart": {"channel": "phone", "generation": 1, "created_at": 1, "changed_at": 1, "changed_by": "kiosk-1", "expires_at": 2, "store": "harbour-street",
                       "lines": [{"key": "85123A", "sku": "85123A", "dots": [{"id": HEX + ".0", "n": 3, "taken": 1, "born": [1, 4]}]}], "dead": [{"id": HEX + ".1", "at": 1}]},
    "documents/order": {"revision": 1, "placed": {"at": 1, "by": HEX + ".0"}, "placed_at": 1, "channel": "web", "currency": "GBP", "store": "harbour-street", "customer": "17850",
                        "buyer": {"name": "Amelia", "initial": "R", "phone_last2": "41", "language": "en"}, "code": "204519", "promise_at": 1, "hold_until": 2, "archived": True,
                        "paid": 500, "refunded": 100, "cancelled": {"reason": "buyer", "at": 1, "by": HEX + ".0"}, "cancel_requested": {"reason": "buyer", "at": 1, "by": HEX + ".0"}, "leased_until": 2,
                        "delegate": {"name": "Bea", "at": 1, "by": HEX + ".0"}, "resolved": {"handed_over_twice": {"reason": "lost", "at": 1, "by": HEX + ".0"}},
                        "lines": [{"line": 1, "sku": "85123A", "n": 2, "unit_price": 255, "refunded": 1, "picked": 1, "missing": 1, "handed": 1, "refused": 1, "returned": 1,
                                   "restocked": 1, "written_off": 1, "mark": {"who": "tom", "at": 1, "by": HEX + ".0"}, "choice": {"what": "substitute", "n": 1, "sku": "22423", "at": 1, "by": HEX + ".0"}}],
                        "staged": {"place": "A3", "at": 1, "by": HEX + ".0"}, "ready": {"at": 1, "by": HEX + ".0"}, "arrived": {"place": "kiosk-1", "at": 1, "by": HEX + ".0"}, "reminded": {"at": 1, "by": HEX + ".0"}, "held_until": 3,
                        "released": {"reason": "no_show", "at": 1, "by": HEX + ".0"}, "changed_at": 1, "expires_at": 2,
                        "events": [{"what": "handed_over", "store": "harbour-street", "actor": "counter-1", "proof": "pass", "delegate": True, "reason": "damaged", "lines": [{"line": 1, "n": 1}], "at": 1, "by": HEX + ".0"}]},
    "documents/request": {"store": "harbour-street", "since": 1, "raised": {"device": "kiosk-1", "where": "by the stairs", "language": "en", "context": "cart/" + HEX, "at": 1, "by": HEX + ".0"},
                          "topic": {"about": "finding", "at": 1, "by": HEX + ".0"}, "taken": {"who": "nadia", "minutes": 1, "at": 1, "by": HEX + ".0"},
                          "ended": {"how": "helped", "at": 1, "by": HEX + ".0"}, "expires_at": 2},
    "documents/measures": {"store": "harbour-street", "date": "2026-11-30", "expires_at": 9,
                           "hours": [{"from": 1, "until": 2, "counts": {name: 3 for name in MEASURES}, "waits": 2, "wait_median_ms": 0, "wait_p90_ms": 5, "at": 3, "by": HEX + ".0"}]},
    "operations/measures.put": {"from": 1, "until": 2, "counts": {name: 3 for name in MEASURES}, "waits": 2, "wait_median_ms": 0, "wait_p90_ms": 5},
    "documents/receipt": {"since": 1, "expires_at": 9,
                          "sale": {"store": "harbour-street", "currency": "GBP", "kept_until": 9, "lines": [{"line": 1, "sku": "85123A", "n": 2, "paid": 590}], "at": 1, "by": HEX + ".0"},
                          "returns": [{"store": "quay-square", "reason": "damaged", "condition": "resell", "lines": [{"line": 1, "n": 1}], "at": 2, "by": HEX + ".0",
                                       "decided": {"how": "refund", "at": 3, "by": HEX + ".1"}}]},
    "documents/outcome": {"transaction": HEX, "reason": "cart_full", "actor": "kiosk-1", "documents": [["cart", HEX]], "at": 1},
    "operations/case.open": {"channel": "chat", "summary": "Cake stand", "store": "harbour-street", "reference": "C-1"},
    "operations/case.note": {"from": "staff", "name": "Nadia K.", "store": "harbour-street", "text": "No, by hand."},
    "operations/case.take": {"who": "1001", "name": "Nadia K.", "store": "harbour-street"},
    "operations/case.close": {"how": "answered", "name": "Nadia K.", "store": "harbour-street", "seen": [{"at": 2, "by": HEX + ".1"}]},
    "operations/offer.put": {"sku": "22423", "title": {"en": "Cake stand"}, "why": {"en": "Looked at it"}, "score": 640, "from": 1, "until": 9, "times": 2, "rest_days": 7, "reference": "NBA-7"},
    "operations/offer.outcome": {"what": "taken", "store": "harbour-street"},
    "operations/audit.append": {"before": HEX + HEX, "hash": HEX + HEX,
                                "lines": [{"n": 1, "at": 1, "staff": "1001", "device": "counter-1", "action": "orders.get", "subject": "581234", "outcome": "seen", "request": HEX}],
                                "found": {"n": 1, "what": "altered"}},
    "operations/audit.settle": {"upto": 1},
    "operations/activity.append": {"kind": "picked_up", "channel": "store", "at": 1, "sku": "85123A", "order": "581234", "store": "harbour-street", "text": "cake stand"},
    "operations/consent.grant": {"purpose": "history", "source": "counter", "seen": [HEX + ".0"]},
    "operations/consent.withdraw": {"purpose": "history", "source": "kiosk"},
    "operations/cart.add": {"sku": "85123A", "n": 2, "channel": "kiosk", "store": "harbour-street"},
    "operations/cart.decrease": {"line": "85123A", "shown": [HEX + ".0"], "n": 1, "pass": {"id": HEX, "v": [3, 41]}},
    "operations/cart.remove": {"line": "85123A", "shown": [HEX + ".0"], "pass": {"id": HEX, "v": [3, 41]}},
    "operations/cart.resume": {"pass": {"id": HEX, "v": [3, 41]}, "lines": [{"sku": "85123A", "n": 2}], "scanned_at": 1, "text": "https://shop.example/k#1"},
    "operations/cart.assign": {"owner": "17850", "store": "mill-lane"},
    "operations/cart.coupon": {"code": "SAVE10", "on": True},
    "operations/cart.order": {"order": "K7Q2", "units": [{"line": "85123A", "dot": HEX + ".0", "n": 2}], "pass": {"id": HEX, "v": [3, 41]}},
    "operations/order.ask": {"store": "harbour-street", "cart": HEX, "placed_at": 1, "channel": "kiosk", "currency": "GBP", "total": 500, "delivery": "home",
                             "lines": [{"line": 1, "sku": "85123A", "n": 2, "unit_price": 255}]},
    "operations/order.place": {"revision": 1, "placed_at": 1, "channel": "web", "currency": "GBP", "store": "harbour-street", "customer": "17850", "buyer": {"name": "Amelia"},
                               "code": "204519", "promise_at": 1, "hold_until": 2, "archived": True, "lines": [{"line": 1, "sku": "85123A", "n": 2, "unit_price": 255}]},
    "operations/order.pay": {"minor": 500},
    "operations/order.refund": {"lines": [{"line": 1, "n": 1}]},
    "operations/order.cancel": {"reason": "buyer"},
    "operations/order.lease": {"until": 1},
    "operations/order.delegate": {"name": "Bea", "initial": "S", "phone_last2": "12", "language": "en"},
    "operations/order.resolve": {"exception": "handed_over_twice", "how": "lost"},
    "operations/order.pick": {"lines": [1], "who": "tom"},
    "operations/order.picked": {"line": 1, "n": 1, "missing": 1},
    "operations/order.stage": {"place": "A3"},
    "operations/order.arrive": {"place": "kiosk-1"},
    "operations/order.hand_over": {"store": "harbour-street", "lines": [{"line": 1, "n": 1}], "proof": "pass", "delegate": True},
    "operations/order.refuse": {"store": "harbour-street", "lines": [{"line": 1, "n": 1}], "reason": "damaged"},
    "operations/order.choose": {"line": 1, "n": 1, "what": "substitute", "sku": "22423"},
    "operations/order.hold": {"until": 1, "reminded": True},
    "operations/order.release": {"reason": "no_show"},
    "operations/order.return": {"store": "harbour-street", "lines": [{"line": 1, "n": 1}], "reason": "not_wanted", "condition": "resell"},
    "operations/order.restock": {"lines": [{"line": 1, "n": 1}], "written_off": True},
    "operations/receipt.sell": {"store": "harbour-street", "currency": "GBP", "kept_until": 9, "lines": [{"line": 1, "sku": "85123A", "n": 2, "paid": 590}]},
    "operations/receipt.return": {"store": "harbour-street", "lines": [{"line": 1, "n": 1}], "reason": "not_wanted", "condition": "resell"},
    "operations/receipt.resolve": {"return": HEX, "how": "no_refund"},
    "operations/request.raise": {"device": "kiosk-1", "where": "by the stairs", "language": "en", "context": "cart/" + HEX},
    "operations/request.say": {"about": "finding"},
    "operations/request.take": {"who": "nadia", "minutes": 1},
    "operations/request.end": {"how": "helped"},
    "operations/stock.move": {"units": -1, "reason": "sale", "reference": "ticket/1", "place": "shelf"},
    "operations/stock.count": {"counted": 4, "moved": -1},
    "operations/stock.post": {"reservation": HEX, "units": 1, "reason": "hand_over", "reference": "order/1", "place": "counter"},
    "operations/stock.reserve": {"reservation": HEX, "units": 1, "until": 2, "for": "cart/1", "right": HEX},
    "operations/stock.release": {"reservation": HEX},
    "operations/stock.lend": {"right": HEX, "units": 3, "until": 2},
    "operations/stock.settle": {"discrepancies": [HEX + ".0"]},
}


if __name__ == "__main__":
    unittest.main()
