# SPDX-License-Identifier: Apache-2.0
"""What clients sent, and what was confirmed to them: kept outside of everything that is attacked, synced to disk before the
client counts it."""

import dataclasses
import json
import os
import threading

SENT, CONFIRMED, REFUSED, LOST_BOX = "sent", "confirmed", "refused", "lost_box"


@dataclasses.dataclass
class Action:
    request: str
    kind: str  # add, take
    cart: str
    sku: str
    units: int  # of a take: 0 means all that is left
    dot: str  # the dot that it makes or takes from
    end: str  # the store at whose kiosk, or "phone"
    state: str = SENT
    tries: int = 0
    reason: str = ""


class Ledger:
    def __init__(self, path):
        self._file = open(path, "a", encoding="utf-8")
        self._lock = threading.Lock()
        self.actions = {}  # request → Action, in the order sent
        self.passes = {}  # pass id → cart
        self.violations = []  # what clients saw that must not be

    def _write(self, record, durable):
        self._file.write(json.dumps(record) + "\n")
        self._file.flush()
        if durable:
            os.fsync(self._file.fileno())

    def sending(self, action):
        with self._lock:
            action.tries += 1
            if action.tries == 1:
                self.actions[action.request] = action
                self._write(dataclasses.asdict(action), durable=False)

    def confirmed(self, action):
        with self._lock:
            self._write({"confirmed": action.request}, durable=True)
            action.state = CONFIRMED

    def refused(self, action, reason):
        with self._lock:
            self._write({"refused": action.request, "reason": reason}, durable=True)
            action.state, action.reason = REFUSED, reason

    def opened(self, pass_id, cart):
        with self._lock:
            self.passes[pass_id] = cart

    def lost_with_the_box(self, actions, why):
        """A backup is put back: what it lacks and nobody else had is gone with the disk, and no program can bring it back."""
        with self._lock:
            for action in actions:
                action.state = LOST_BOX
            self._write({"lost_with_the_box": [action.request for action in actions], "why": why}, durable=True)

    def saw(self, violation):
        with self._lock:
            self.violations.append(violation)
            self._write({"violation": violation}, durable=True)

    def of(self, cart=None, end=None, kind=None, state=None):
        with self._lock:
            return [a for a in self.actions.values() if (cart is None or a.cart == cart) and (end is None or a.end == end)
                    and (kind is None or a.kind == kind) and (state is None or a.state == state)]

    def count(self, state):
        with self._lock:
            return sum(1 for action in self.actions.values() if action.state == state)
