# SPDX-License-Identifier: Apache-2.0
"""Webhooks of a real hub against a real receiver that fails, hangs, is gone and comes back, while the hub is killed.

    python3 webhook_test.py --hub build/hub/vitrine-hub
"""
import argparse
import base64
import hashlib
import hmac
import http.server
import json
import pathlib
import sys
import threading
import time
import uuid

from hub_rig import HubRig, free_port
from shopper import equal

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/docs"))
from answers import Document  # noqa: E402

DOCUMENT = Document("hub")


class Receiver:
    """Takes events on one port as its mood says: "good", "fail", "hang", "drop"; `gone` while it is not there at all."""

    def __init__(self, secret_text):
        self.port, self.mood, self.heard, self.tries = free_port(), "good", [], 0
        self.secret = base64.b64decode(secret_text.removeprefix("whsec_"))
        self.server = None

    def start(self):
        receiver = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.tries += 1
                if receiver.mood == "hang":
                    time.sleep(60)
                    return
                if receiver.mood == "drop":
                    self.connection.close()
                    return
                receiver.judge(self.headers, body)
                if receiver.mood == "good":
                    receiver.heard.append(json.loads(body))
                self.send_response(200 if receiver.mood == "good" else 503)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", self.port), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def kill(self):
        self.server.shutdown()
        self.server.server_close()

    def judge(self, headers, body):
        """The signature as Standard Webhooks says it, by nothing of the product."""
        signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
        wanted = base64.b64encode(hmac.new(self.secret, signed, hashlib.sha256).digest()).decode()
        equal(headers["webhook-signature"], "v1," + wanted, "the signature")
        assert abs(time.time() - int(headers["webhook-timestamp"])) < 60, headers["webhook-timestamp"]
        equal(headers["Content-Type"].split(";")[0], "application/cloudevents+json", "the type")
        event = json.loads(body)
        equal(DOCUMENT.mistakes_in("OrderEvent", event), [], "what docs/openapi-hub.yaml does not say of the event")
        equal(event["specversion"], "1.0", "the version")
        equal(event["id"], headers["webhook-id"], "the id")

    def wait_for(self, wanted, within_s):
        deadline = time.monotonic() + within_s
        while True:
            if wanted(self):
                return
            assert time.monotonic() < deadline, f"not within {within_s} s; heard {self.heard}, {self.tries} tries"
            time.sleep(0.05)


def said(receiver, order):
    """Types that were heard of an order, each the first time; repeats may come under the same id."""
    seen, types = set(), []
    for event in receiver.heard:
        if event["subject"] == order and event["id"] not in seen:
            seen.add(event["id"])
            types.append(event["type"].removeprefix("io.vitrine.order."))
    return types


def place(hub, order):
    """An order with its buyer's name, by the import: one commit."""
    folder = hub.folder / f"orders-{order}"
    folder.mkdir()
    (folder / "orders.csv").write_text(
        "order,customer,store,channel,placed_at,line,sku,quantity,unit_price,currency\n"
        f"{order},{hub.customer},{hub.store},web,2026-01-05T10:00:00Z,1,{hub.sku},1,2.50,GBP\n")
    hub.run("import", str(folder))


def metric(hub, name):
    import http.client
    import socket
    connection = http.client.HTTPConnection("localhost")
    connection.sock = socket.socket(socket.AF_UNIX)
    connection.sock.connect(str(hub.folder / "state/hub.sock"))
    connection.request("GET", "/metrics")
    for line in connection.getresponse().read().decode().splitlines():
        if line.startswith(name):
            return int(line.split()[-1])
    raise AssertionError(f"no metric {name}")


def run(hub):
    hub.store, hub.sku, hub.customer = "harbour-street", "OAK-1", "c-" + uuid.uuid4().hex[:8]
    small = hub.folder / "small"
    small.mkdir()
    (small / "departments.csv").write_text("department,name_en,name_de,pictogram,tile\nkitchen,Kitchen,,mug,mint\n")
    (small / "products.csv").write_text("sku,gtins,title_en,title_de,original_title,department,pictogram,tile,brand,description_en,status\n"
                                        "OAK-1,,Oak bowl,,,kitchen,mug,mint,,,active\n")
    (small / "customers.csv").write_text(f"customer,first_name,initial,language,country,phone_last2\n{hub.customer},Wilhelmina,Q,en,GB,41\n")
    hub.run("import", str(small))
    port = free_port()
    receiver = Receiver(hub.run("webhook", "add", "mail", f"http://127.0.0.1:{port}/orders").splitlines()[0])
    receiver.port = port
    receiver.start()

    place(hub, "W-1")
    receiver.wait_for(lambda r: said(r, "W-1") == ["placed"], 10)

    # It fails: the event waits, the next of the same order behind it.
    receiver.mood = "fail"
    hub.run("order", "cancel", "W-1", "buyer")
    receiver.wait_for(lambda r: r.tries >= 3, 15)
    assert said(receiver, "W-1") == ["placed"], said(receiver, "W-1")
    assert "status_503" in hub.run("webhook", "events", "waiting")
    receiver.mood = "good"
    receiver.wait_for(lambda r: said(r, "W-1") == ["placed", "cancelled"], 15)

    # It hangs, and the hub is stopped meanwhile: the stop does not wait for it.
    receiver.mood = "hang"
    before = receiver.tries
    place(hub, "W-2")
    receiver.wait_for(lambda r: r.tries > before, 10)
    began = time.monotonic()
    hub.stop()
    assert time.monotonic() - began < 5, "a receiver that hangs keeps the hub from ending"
    receiver.kill()

    # The receiver is gone, and the hub is killed between the commit and the delivery.
    hub.start()
    place(hub, "W-3")
    hub.kill()
    receiver.mood = "good"
    receiver.start()
    time.sleep(0.5)
    assert said(receiver, "W-3") == [], "heard before the hub was there again"
    hub.start()
    receiver.wait_for(lambda r: said(r, "W-2") == ["placed"] and said(r, "W-3") == ["placed"], 30)

    # Killed right behind an answer, it may send again, under the same id; it loses none.
    receiver.mood = "drop"
    place(hub, "W-4")
    receiver.wait_for(lambda r: r.tries > before + 3, 20)
    hub.kill()
    receiver.mood = "good"
    hub.start()
    receiver.wait_for(lambda r: said(r, "W-4") == ["placed"], 30)

    deadline = time.monotonic() + 10
    while metric(hub, 'vitrine_hub_webhook_deliveries{endpoint="mail",state="sent"}') < 5:
        assert time.monotonic() < deadline, "not written down as sent"
        time.sleep(0.1)
    equal(metric(hub, "vitrine_hub_webhook_oldest_waiting_ms"), 0, "what waits")
    told = json.dumps(receiver.heard)
    for personal in ("Wilhelmina", hub.customer, '"41"'):
        assert personal not in told, f"{personal} was told"
    assert "whsec_" not in hub.log()
    ids = {event["id"] for event in receiver.heard}
    print(f"{len(ids)} events, {len(receiver.heard)} heard in {receiver.tries} tries: none lost, in order, signed")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--hub", required=True)
    with HubRig(parser.parse_args().hub, ROOT) as hub:
        run(hub)


if __name__ == "__main__":
    main()
