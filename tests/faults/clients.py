# SPDX-License-Identifier: Apache-2.0
"""People at kiosks and with phones: each a thread that acts, repeats what was not answered under the same id, and writes down what
was confirmed. Takes name one dot each, so that what must come of them does not depend on their order."""

import collections
import random
import secrets
import threading
import time

from ledger import REFUSED, SENT, Action

UNITS_OF_A_GROUP = {3: 1, 5: 2, 8: 3, 10: 4, 13: 5, 15: 6, 17: 7}  # digits → bytes, docs/PROTOCOL.md "Digits"
ADDS_A_CART = 40


def pass_bytes(text):
    digits = text.rsplit("#", 1)[-1]
    groups = [digits[at:at + 17] for at in range(0, len(digits), 17)]
    return b"".join(int(group).to_bytes(UNITS_OF_A_GROUP[len(group)], "big") for group in groups)


def pass_id(text):
    """The seventh item of the pass's CBOR array; the six before it are small integers and one text."""
    data = pass_bytes(text)
    at = 1 if data[0] < 0x98 else 2
    for _ in range(6):
        kind, extra = data[at] >> 5, data[at] & 31
        size = {24: 1, 25: 2, 26: 4, 27: 8}.get(extra, 0)
        length = int.from_bytes(data[at + 1:at + 1 + size], "big") if size else extra
        at += 1 + size + (length if kind == 3 else 0)
    assert data[at] == 0x50, "a pass has no id of 16 bytes"
    return data[at + 1:at + 17].hex()


class Shelf:
    """The carts that were made lately, as a kiosk may meet them: with a code that opens them."""

    def __init__(self, rng):
        self._rng = rng
        self._lock = threading.Lock()
        self._codes = collections.OrderedDict()  # cart → text of its newest pass
        self.adds = collections.Counter()

    def put(self, cart, text):
        with self._lock:
            self._codes[cart] = text
            self._codes.move_to_end(cart)
            while len(self._codes) > 8:
                self._codes.popitem(last=False)

    def any(self):
        with self._lock:
            carts = [cart for cart in self._codes if self.adds[cart] < ADDS_A_CART]
            cart = self._rng.choice(carts) if carts else None
            return (cart, self._codes[cart]) if cart else (None, None)


class Client(threading.Thread):
    def __init__(self, name, world, seed):
        super().__init__(name=name, daemon=True)
        self.world, self.ledger, self.shelf = world, world.ledger, world.shelf
        self.rng = random.Random(seed)
        self.stopping = threading.Event()
        self.crash = None

    def run(self):
        try:
            while not self.stopping.is_set():
                self.act()
        except Exception as error:  # told at the end; a client must not die unseen
            self.crash = error

    def pick_dot(self, lines):
        """(line key, dot) that is not of a pass."""
        dots = [(line["key"], dot) for line in lines for dot in line["shown"] if dot[:32] not in self.ledger.passes]
        return self.rng.choice(dots) if dots else None

    def wish(self, cart, lines, end):
        """A new action; its id is made once and kept through all repeats."""
        request = secrets.token_hex(16)
        dot = self.pick_dot(lines) if self.rng.random() < 0.4 else None
        if dot is None:
            return Action(request, "add", cart, self.rng.choice(self.world.skus), self.rng.randint(1, 3), f"{request}.0", end)
        return Action(request, "take", cart, dot[0], self.rng.choice((0, 1, 1, 2)), dot[1], end)

    @staticmethod
    def body(action):
        body = {"request": action.request}
        if action.kind == "add":
            return {**body, "action": "add", "line": action.sku, "sku": action.sku, "units": action.units}
        body.update({"line": action.sku, "shown": [action.dot]})
        return {**body, "action": "decrease", "units": action.units} if action.units else {**body, "action": "remove"}

    def perform(self, action, send):
        """Sends until there is an answer, or the end is near; the view, or none."""
        patience = None
        while True:
            self.ledger.sending(action)
            status, view = send(self.body(action))
            if status == 200:
                self.ledger.confirmed(action)
                return view
            if status == 404 and view and view.get("code") == "cart_unknown" and action.end != "phone":
                if not self.reopen(action.cart):
                    return None
                continue
            if status in (400, 404, 409, 410, 413, 422):
                # Only a refusal of the first try says that nothing of it happened.
                if action.tries == 1:
                    self.ledger.refused(action, (view or {}).get("code", str(status)))
                return None
            if status == 401:
                return None
            # Still asked for a while after the faults have ended: people wait for their answer.
            if self.stopping.is_set():
                patience = patience or time.monotonic() + self.world.patience_s
                if time.monotonic() > patience:
                    return None
            time.sleep(0.02)

    def reopen(self, _cart):
        return False


class Kiosk(Client):
    def __init__(self, edge, number, world, seed):
        super().__init__(f"{edge.store}/kiosk-{number}", world, seed)
        self.edge, self.device = edge, f"kiosk-{number}"
        self.codes = {}  # carts that this kiosk has opened

    def open(self, cart, text):
        self.ledger.opened(pass_id(text), cart)
        body = {"request": secrets.token_hex(16), "device": self.device, "text": text}
        while not self.stopping.is_set():
            status, view = self.edge.ask("POST", "/v1/passes/open", body)
            if status == 200:
                self.codes[cart] = text
                return view
            if status and status not in (503, 507):
                self.world.seen[f"pass refused: {(view or {}).get('code')}"] += 1
                return None
            time.sleep(0.02)
        return None

    def reopen(self, cart):
        return cart in self.codes and self.open(cart, self.codes[cart]) is not None

    def look(self, cart):
        """Reads the cart; whatever this store confirmed and nobody took must be on the screen."""
        expected = [action for action in self.ledger.of(cart=cart, end=self.edge.store, kind="add") if action.state == "confirmed"]
        taken = {action.dot for action in self.ledger.of(cart=cart, kind="take")}
        status, view = self.edge.ask("GET", f"/v1/carts/{cart}")
        if status != 200:
            return None
        shown = {dot for line in view["lines"] for dot in line["shown"]}
        taken |= {action.dot for action in self.ledger.of(cart=cart, kind="take")}
        for action in expected if self.edge.store not in self.world.unsure else ():
            if action.dot not in shown and action.dot not in taken and action.state == "confirmed":
                line = [line for line in view["lines"] if line["key"] == action.sku]
                self.ledger.saw(f"{self.name}: {action.dot} of {cart} was confirmed here and is not on the screen; "
                                f"its line has {sum(one.get('quantity', 0) for one in line)} units, the cart {len(view['lines'])} lines; "
                                f"in the store's file {self.rows_of(action)}")
        return view

    def rows_of(self, action):
        """Where the store's own file has a dot now: for whoever looks for the mistake."""
        names = ("in base", "base", "in view", "own n", "ack", "applied", "last", "staged")
        rows = self.edge.database.read(
            "SELECT (SELECT instr(body, ?1) > 0 FROM base WHERE collection = 'cart' AND id = ?2),"
            " (SELECT number FROM base WHERE collection = 'cart' AND id = ?2),"
            " (SELECT instr(body, ?1) > 0 FROM view WHERE collection = 'cart' AND id = ?2),"
            " (SELECT n FROM outbox WHERE id = ?3), ack_n, applied_n, last_n, (SELECT count(*) FROM staged) FROM state",
            action.dot, action.cart, action.request)
        return dict(zip(names, rows[0])) if rows else "no state"

    def act(self):
        cart, text = self.shelf.any()
        if cart is None:
            time.sleep(0.02)
            return
        view = self.look(cart) if cart in self.codes else self.open(cart, text)
        if view is None:
            self.codes.pop(cart, None)
            time.sleep(0.02)
            return
        for _ in range(self.rng.randint(1, 4)):
            if self.stopping.is_set():
                return
            action = self.wish(cart, view["lines"], self.edge.store)
            self.shelf.adds[cart] += action.kind == "add"
            answer = self.perform(action, lambda body: self.edge.ask("POST", f"/v1/carts/{cart}/actions", {**body, "device": self.device}))
            if answer is None:
                return
            view = answer
            shown = {dot for line in view["lines"] for dot in line["shown"]}
            if action.kind == "add" and action.tries == 1 and action.dot not in shown:
                if not any(a.dot == action.dot for a in self.ledger.of(cart=cart, kind="take")):
                    self.ledger.saw(f"{self.name}: the answer to {action.request} does not show it")


class Phone(Client):
    def __init__(self, number, world, seed):
        super().__init__(f"phone-{number}", world, seed)
        self.number, self.cookie, self.customers = number, "", 0

    def hub(self, method, path, body=None):
        status, answer, cookie = self.world.hub.ask(method, path, body, self.cookie)
        self.cookie = cookie or self.cookie
        return status, answer

    def act(self):
        """A shopper after the other, each with a cart that goes to a kiosk."""
        if not self.cookie and self.hub("POST", "/api/v1/session", {})[0] != 200:
            time.sleep(0.1)
            return
        customer = f"{10_000 + self.number * 1000 + self.customers}"
        status, _ = self.hub("POST", "/api/v1/session/sign-in", {"customer": customer})
        if status != 200:
            if status in (401, 422, 429):
                self.world.seen[f"sign-in refused: {status}"] += 1
                self.cookie = ""
            time.sleep(0.1)
            return
        self.customers = (self.customers + 1) % self.world.customers_a_phone
        self.hub("POST", "/api/v1/cart/store", {"store": self.rng.choice(self.world.stores)})
        lines, cart = [], ""
        for step in range(self.rng.randint(4, 12)):
            if self.stopping.is_set():
                return
            action = self.wish(cart, lines, "phone")
            view = self.perform(action, lambda body: self.hub("POST", "/api/v1/cart/actions", body))
            if view is None:
                if action.state in (SENT, REFUSED) and not self.cookie_holds():
                    return
                continue
            lines, cart = view["lines"], view["cart"] or cart
            action.cart = cart
            if step in (2, 7) and cart:
                status, code = self.hub("POST", "/api/v1/cart/pass", {})
                if status == 200:
                    self.ledger.opened(pass_id(code["text"]), cart)
                    self.shelf.put(cart, code["text"])
            time.sleep(self.rng.uniform(0.02, 0.25))

    def cookie_holds(self):
        if self.hub("GET", "/api/v1/session")[0] == 401:
            self.cookie = ""
        return bool(self.cookie)
