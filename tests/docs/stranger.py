# SPDX-License-Identifier: Apache-2.0
"""A store written from docs/PROTOCOL.md alone: it greets, sends transactions with their chain, and asks. If this stops being
understood by the hub, the document is wrong or the hub is."""
import hashlib
import json
import secrets
import time

NOTHING = "00" * 32


def number(value):
    return value.to_bytes(8, "little")


def text(value):
    return number(len(value.encode())) + value.encode()


def chain_hash(previous, transaction):
    """As "Up: transactions" of docs/PROTOCOL.md says."""
    def blake2b(data):
        return hashlib.blake2b(data, digest_size=32).digest()

    data = text("vitrine-chain-1") + bytes.fromhex(previous) + text(transaction["id"]) + number(transaction["n"])
    data += number(1 if transaction["nature"] == "fact" else 0) + number(transaction["at"]) + text(transaction["actor"])
    data += number(len(transaction["operations"]))
    for operation in transaction["operations"]:
        collection, document = operation["document"]
        data += text(collection) + text(document) + text(operation["kind"]) + number(operation["rules"])
        data += blake2b(text(operation["salt"]) + text(operation["body"]))
    return blake2b(data).hex()


def now():
    return int(time.time() * 1000)


class Stranger:
    """`say(kind, message)` publishes; `hear(kind)` waits for the next answer of that kind."""

    def __init__(self, name, say, hear):
        self.name, self.say, self.hear = name, say, hear
        self.incarnation, self.n, self.hash = secrets.token_hex(16), 0, NOTHING

    def greet(self):
        self.say("hello", {"incarnation": self.incarnation, "last_n": self.n, "hash": self.hash, "era_heard": {"n": 0, "id": ""}, "acknowledged": 0, "protocol_min": 1,
                           "protocol_max": 1, "software": "stranger", "clock": now(), "cursors": []})
        self.welcome = self.hear("welcome")
        return self.welcome

    def transaction(self, nature, *operations):
        """Operations are (id, kind, body); the kind begins with the collection."""
        self.n += 1
        one = {"id": secrets.token_hex(16), "n": self.n, "nature": nature, "at": now(), "actor": "kiosk-9", "hash": "",
               "operations": [{"document": [kind.partition(".")[0], key], "kind": kind, "rules": 1, "salt": secrets.token_hex(16), "body": json.dumps(body)} for key, kind, body in operations]}
        one["hash"] = self.hash = chain_hash(self.hash, one)
        return one

    def ops(self, previous, *transactions, token=None):
        self.say("ops", {"era": self.welcome["era"], "token": token or self.welcome["token"], "incarnation": self.incarnation,
                         "first_n": transactions[0]["n"], "previous_hash": previous, "transactions": list(transactions)})
