# SPDX-License-Identifier: Apache-2.0
"""A shopper's phone without a screen: the HTTPS API of a HubRig, trusted through its own authority."""

import http.client
import json
import ssl


class Shopper:
    """One that shops in that store, with a session of their own."""

    def __init__(self, hub, store):
        self._cookie = ""
        self._connection = http.client.HTTPSConnection("127.0.0.1", hub.port, context=ssl.create_default_context(cafile=hub.ca), timeout=30)
        assert self.ask("POST", "/api/v1/session", {})[0] == 200
        assert self.ask("POST", "/api/v1/cart/store", {"store": store})[0] == 200

    def ask(self, method, path, body=None):
        """(status, JSON). A connection that rested is closed by the hub after 5 s: then once more on a new one, as browsers do."""
        try:
            answer = self._send(method, path, body)
        except (http.client.RemoteDisconnected, ConnectionError):
            self._connection.close()
            answer = self._send(method, path, body)
        said = json.loads(answer.read() or b"null")
        self._cookie = (answer.getheader("Set-Cookie") or self._cookie).split(";")[0]
        return answer.status, said

    def _send(self, method, path, body):
        self._connection.request(method, path, None if body is None else json.dumps(body),
                                 {"X-Vitrine": "1", "Content-Type": "application/json", "Cookie": self._cookie})
        return self._connection.getresponse()

    def add(self, sku, request):
        return self.ask("POST", "/api/v1/cart/actions", {"request": request, "action": "add", "sku": sku, "units": 1})
