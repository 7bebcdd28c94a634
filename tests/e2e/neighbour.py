# SPDX-License-Identifier: Apache-2.0
"""A second store beside a running shop: a daemon of its own with a certificate of its own, at the same broker and hub."""

import os
import secrets
import signal
import subprocess

from shop import ROOT

import demo_staff
import local_http


class Neighbour:
    """with Neighbour(shop, build, "quay-square") as other: …"""

    def __init__(self, shop, build, store):
        self._shop, self._build, self.store = shop, build, store
        self.folder = shop.state / "stores" / store
        self._process = self._session = None

    def __enter__(self):
        keys = self.folder / "keys"
        subprocess.run([self._build / "hub/vitrine-hub", "make-store", self.store, "--out", keys, "--config", self._shop.state / "hub/hub.toml"],
                       check=True, capture_output=True)
        os.kill(self._shop.broker_pid(), signal.SIGHUP)  # it reads its rights again
        own = (self._shop.state / "stores/harbour-street/edge.toml").read_text()
        (self.folder / "edge.toml").write_text(own.replace("harbour-street", self.store))
        self._log = open(self.folder / "edge.log", "wb")
        self._process = subprocess.Popen([self._build / "edge/vitrine-edge", "--config", self.folder / "edge.toml"], stdin=subprocess.DEVNULL,
                                         stdout=self._log, stderr=subprocess.STDOUT)
        try:
            self._shop.wait(self.is_well, f"{self.store} to be filled", 90)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        self._process.kill()
        self._process.wait()
        self._log.close()

    def is_well(self):
        return (local_http.health(self.folder / "api.sock") or {}).get("status") == "ok"

    def ask(self, path, body=None):
        """A call of its local API by its manager, at its counter."""
        socket = self.folder / "counter-1.sock"
        if self._session is None:
            who = next(one for one in demo_staff.members(self.store) if one["role"] == "manager")
            signed = {"request": secrets.token_hex(16), "device": "counter-1", "staff": who["staff"], "pin": who["pin"]}
            status, said = local_http.ask(socket, "POST", "/v1/staff/sessions", signed)
            assert status == 200, said
            self._session = said["session"]
        if body is not None:
            body = {"request": secrets.token_hex(16), "device": "counter-1", **body}
        status, said = local_http.ask(socket, "GET" if body is None else "POST", path, body, session=self._session)
        assert status == 200, said
        return said

    def count(self, sku, units):
        """So many of it are on the shelf."""
        record = self.ask(f"/v1/stock/{sku}")
        return self.ask(f"/v1/stock/{sku}/actions", {"action": "count", "counted": units, "moved": record["moved"]})
