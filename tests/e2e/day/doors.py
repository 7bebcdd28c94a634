# SPDX-License-Identifier: Apache-2.0
"""How people reach the programs: each role by the door that it has in a shop. What is not answered is asked again under the same
id until somebody answers, as the real clients do."""

import http.client
import json
import ssl
import threading
import time
import urllib.parse

import demo
from programs import UnixConnection

PATIENCE_S = 120
NEEDS_HUB = ("pass_needs_hub", "purchase_needs_hub")


def quoted(text):
    return urllib.parse.quote(str(text), safe="")


class Wire:
    """One address; a connection of its own for each thread, made anew when it broke."""

    def __init__(self, connect):
        self._connect, self._mine = connect, threading.local()

    def ask(self, method, path, body=None, headers=None):
        """(status, JSON, headers); status 0: nobody answered."""
        try:
            if getattr(self._mine, "connection", None) is None:
                self._mine.connection = self._connect()
            payload = None if body is None else json.dumps(body)
            self._mine.connection.request(method, path, payload, {"Content-Type": "application/json", **(headers or {})})
            answer = self._mine.connection.getresponse()
            text = answer.read()
            return answer.status, json.loads(text) if text else None, answer.headers
        except (OSError, http.client.HTTPException, ValueError):
            if getattr(self._mine, "connection", None) is not None:
                self._mine.connection.close()
            self._mine.connection = None
            return 0, None, {}


def until_answered(send, what):
    """The first answer that says something: done, or refused for good."""
    began = time.monotonic()
    while True:
        status, body, headers = send()
        code = (body or {}).get("code", "") if isinstance(body, dict) else ""
        if status == 200 or (400 <= status < 500 and status != 429) or code in NEEDS_HUB:
            return status, body, headers
        if time.monotonic() - began > PATIENCE_S:
            raise AssertionError(f"{what}: no answer within {PATIENCE_S} s, the last was {status} {code}")
        time.sleep(0.3 if status == 429 else 0.05)


class Hub:
    """The hub's HTTPS: phones with a cookie, the platform with its credential."""

    def __init__(self, program, credential):
        tls = ssl.create_default_context(cafile=program.ca)
        self._wire = Wire(lambda: http.client.HTTPSConnection("127.0.0.1", program.port, timeout=15, context=tls))
        self._credential = credential

    def phone(self, method, path, body, cookie):
        headers = {"X-Vitrine": "1", **({"Cookie": cookie} if cookie else {})}
        return until_answered(lambda: self._wire.ask(method, "/api/v1" + path, body, headers), f"{method} {path}")

    def platform(self, method, path, body=None, key=""):
        headers = {"X-Vitrine": "1", "Authorization": f"Bearer {self._credential}", **({"Idempotency-Key": key} if key else {})}
        return until_answered(lambda: self._wire.ask(method, "/api/v1/platform" + path, body, headers), f"{method} {path}")[:2]


class Phone:
    """A shopper's session; begun again when the hub does not know it."""

    def __init__(self, hub, customer, store):
        self._hub, self._customer, self._store, self._cookie = hub, customer, store, ""
        self._enter()

    def _enter(self):
        _, _, headers = self._hub.phone("POST", "/session", {}, "")
        self._cookie = headers.get("Set-Cookie", "").split(";")[0]
        if self._customer:
            status, body, headers = self._hub.phone("POST", "/session/sign-in", {"customer": self._customer}, self._cookie)
            if status == 401:
                return self._enter()
            assert status == 200, f"customer {self._customer} cannot sign in: {body}"
            self._cookie = headers.get("Set-Cookie", self._cookie).split(";")[0]
        if self._store is None:
            return
        status, body, _ = self._hub.phone("POST", "/cart/store", {"store": self._store}, self._cookie)
        assert status == 200, f"{self._store} cannot be chosen: {body}"

    def ask(self, method, path, body=None):
        while True:
            status, answer, _ = self._hub.phone(method, path, body, self._cookie)
            if status != 401:
                return status, answer
            self._enter()


class Store:
    """A store's sockets: kiosks, two counters with somebody signed in, two tills."""

    def __init__(self, edge):
        self.store, self._state, self._wires, self._lock = edge.store, edge.state, {}, threading.Lock()
        # Whoever is in charge may do everything that is done at a counter.
        self._staff = next(row for row in demo.rows("staff") if row["store"] == edge.store and row["role"] == "manager")
        self._sessions = {}

    def _wire(self, door):
        with self._lock:
            if door not in self._wires:
                self._wires[door] = Wire(lambda: UnixConnection(self._state / f"{door}.sock", 20))
            return self._wires[door]

    def ask(self, door, method, path, body=None, headers=None):
        return until_answered(lambda: self._wire(door).ask(method, path, body, headers), f"{self.store}: {method} {path}")[:2]

    def kiosk(self, method, path, body=None):
        return self.ask("api", method, path, body)

    def till(self, till, method, path, body=None):
        return self.ask(till, method, path, body)

    def counter(self, counter, method, path, body=None):
        """By whoever is signed in at it; signs in again where nobody is any more."""
        while True:
            token = self._sessions.get(counter)
            headers = {"Authorization": f"Bearer {token}"} if token else {}
            status, answer = self.ask(counter, method, path, body, headers)
            if status != 401:
                return status, answer
            with self._lock:
                if self._sessions.get(counter) == token:
                    self._sessions[counter] = None
            self._sign_in(counter, token)

    def _sign_in(self, counter, before):
        with self._sign_in_lock(counter):
            if self._sessions.get(counter) not in (None, before):
                return  # somebody else of this counter did
            said = {"request": demo.request_id(f"{self.store}/{counter}", time.monotonic_ns()), "device": counter,
                    "staff": self._staff["staff"], "pin": self._staff["pin"]}
            status, answer = self.ask(counter, "POST", "/v1/staff/sessions", said)
            assert status == 200, f"{self.store}: {self._staff['staff']} cannot sign in: {answer}"
            self._sessions[counter] = answer["session"]

    def _sign_in_lock(self, counter):
        with self._lock:
            return self._wires.setdefault(("sign-in", counter), threading.Lock())
