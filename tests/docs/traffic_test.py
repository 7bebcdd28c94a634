# SPDX-License-Identifier: Apache-2.0
"""Everything that a real hub, a real edge and a store written from the document say over a real broker: on topics of
docs/asyncapi.yaml, valid by docs/schemas, every kind of message at least once. And what their APIs answer meanwhile, as their documents say.

    python3 traffic_test.py --hub build/hub/vitrine-hub --edge build/edge/vitrine-edge --wire build/tests/docs/wire
"""
import argparse
import collections
import csv
import gzip
import http.client
import io
import json
import pathlib
import re
import secrets
import shutil
import sqlite3
import ssl
import subprocess
import sys
import threading
import time
import tomllib

import yaml

import schemas
import schemas_test
from answers import IN_TRAFFIC, Heard
from sent_home import sent_home
from stranger import NOTHING, Stranger

sys.path[:0] = [str(schemas.ROOT / "tests/e2e"), str(schemas.ROOT / "tools/vitrine")]
import hub_rig
import local_http
from hub_rig import HubRig

hub_rig.TABLES = (*hub_rig.TABLES, "promotions", "taxes")

TENANT, STORE, WATCHER = "fernby", "harbour-street", "watcher"
TOPIC = f"vitrine/1/{TENANT}/"
# Pages of shared streams are pushed when the serving hub itself changes one. Tables come by `import`, a process of its own, whose
# commits the hub tells by heads.
SILENT = {("stream", "hub-page")}
# What only the hub does travels as documents, never as operations.
AT_HUB = {"order.place", "order.pay", "order.refund", "order.cancel", "order.lease", "order.delegate", "order.resolve", "stock.lend", "offer.put", "audit.settle", "receipt.resolve"}
# What is said when an hour is over.
IN_TIME = {"measures.put"}
IN_TIME_DOCUMENTS = {"measures"}

HEARD = Heard()
ask_store = HEARD.through(local_http.ask)


def wait(condition, what, within=40):
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        answer = condition()
        if answer:
            return answer
        time.sleep(0.05)
    raise AssertionError(f"{what} did not come within {within} s")


class Wire:
    """Reads everything and speaks as the store "watcher"."""

    def __init__(self, program, port, keys):
        self.heard, self._taken = [], 0
        self._process = subprocess.Popen([program, "127.0.0.1", str(port), keys / "ca.crt", keys / "store.crt", keys / "store.key", WATCHER, f"{TOPIC}#"],
                                         stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        for line in self._process.stdout:
            self.heard.append(json.loads(line))

    def connected(self):
        return any("connected" in one for one in self.heard)

    def say(self, kind, message):
        self._process.stdin.write(f"{TOPIC}hub/{WATCHER}/{kind} {json.dumps(message)}\n")
        self._process.stdin.flush()

    def hear(self, kind):
        """The next answer of that kind to the watcher."""
        def look():
            while self._taken < len(self.heard):
                one = self.heard[self._taken]
                self._taken += 1
                if one.get("topic") == f"{TOPIC}store/{WATCHER}/reply":
                    message = json.loads(one["text"])
                    if message["kind"] == kind:
                        return message
            return None
        return wait(look, f"{kind} for {WATCHER}")

    def messages(self):
        return [one for one in self.heard if "topic" in one]

    def close(self):
        self._process.stdin.close()
        self._process.wait(10)


class Phone:
    def __init__(self, hub):
        self._hub, self._cookie = hub, None
        self.ask("POST", "/api/v1/session", {})

    def ask(self, method, path, body=None):
        connection = http.client.HTTPSConnection("127.0.0.1", self._hub.port, timeout=10, context=ssl.create_default_context(cafile=self._hub.ca))
        headers = {"X-Vitrine": "1", "Content-Type": "application/json", **({"Cookie": self._cookie} if self._cookie else {})}
        connection.request(method, path, None if body is None else json.dumps(body), headers)
        answer = connection.getresponse()
        said = answer.read()
        if answer.getheader("Set-Cookie"):
            self._cookie = answer.getheader("Set-Cookie").split(";")[0]
        connection.close()
        HEARD.note("hub", method, path, answer.status, json.loads(said))
        assert answer.status == 200, f"{method} {path}: {answer.status} {said[:300]}"
        return json.loads(said)


def import_some(hub):
    """Of the tables that are long: what sells with a few products, and a few orders that wait in the store to be picked."""
    folder, demo = hub.folder / "some", schemas.ROOT / "assets/demo"
    folder.mkdir()

    def write(table, choose):
        with gzip.open(demo / f"{table}.csv.gz", "rt", newline="") as packed:
            rows = list(csv.DictReader(packed))
        with open(folder / f"{table}.csv", "w", newline="") as file:
            writer = csv.DictWriter(file, rows[0].keys(), lineterminator="\r\n")
            writer.writeheader()
            writer.writerows(choose(rows))

    def waiting(rows):
        placed = [row for row in rows if row["store"] == STORE and row["state"] == "placed"]
        numbers = list(dict.fromkeys(row["order"] for row in placed))[:6]
        return [row for row in placed if row["order"] in numbers]

    write("affinity", lambda rows: rows[:20])
    write("orders", waiting)
    hub.run("import", str(folder), "--last-day", (demo / "LAST_DAY").read_text().strip())


def import_changes(hub):
    """One product gets another brand, one stock figure another number, counted just now: by the operator's command, beside the serving hub."""
    folder = hub.folder / "changes"
    folder.mkdir()
    counted_now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    for table, changes in (("products", {"brand": "Somebody Else"}), ("stock", {"on_hand": "77", "counted_at": counted_now})):
        packed = next((hub.folder / "tables").rglob(f"{table}.csv.gz"))
        rows = list(csv.DictReader(io.StringIO(gzip.decompress(packed.read_bytes()).decode())))
        row = next(row for row in rows if row.get("store", STORE) == STORE)
        with open(folder / f"{table}.csv", "w", newline="") as file:
            writer = csv.DictWriter(file, rows[0].keys(), lineterminator="\r\n")
            writer.writeheader()
            writer.writerow({**row, **changes})
    hub.run("import", str(folder))


def edge_config(folder, port):
    keys = folder / "keys"
    (folder / "edge.toml").write_text(f"""[edge]
store = "{STORE}"
state = "{folder}"
[mqtt]
host = "127.0.0.1"
port = {port}
ca = "{keys / "ca.crt"}"
cert = "{keys / "store.crt"}"
key = "{keys / "store.key"}"
tenant = "{TENANT}"
[streams]
zone = "uk"
[devices.counter-1]
role = "counter"
[devices.till-1]
role = "till"
""")
    return folder / "edge.toml"


def sign_in(hub, edge):
    """The token of the store's first member of staff, whom the hub makes now."""
    pin = re.search(r"PIN (\d{6})", hub.run("staff", "add", STORE, "1001", "--name", "Tom")).group(1)
    counter = edge / "counter-1.sock"
    wait(lambda: ask_store(counter, "GET", "/v1/staff")[1]["staff"], "the member of staff to arrive")
    body = {"request": secrets.token_hex(16), "device": "counter-1", "staff": "1001", "pin": pin}
    status, said = ask_store(counter, "POST", "/v1/staff/sessions", body)
    assert status == 200, said
    return said["session"]


def door(path, body):
    """Through whose socket it is asked: the operator's, the till's, or the counter's."""
    if path == "/v1/link":
        return "operator.sock"
    return "till-1.sock" if (body or {}).get("action") in ("take", "paid") else "counter-1.sock"


def people(hub, edge):
    """A phone fills a cart; it is opened at the kiosk by its pass, and changed there. Answers the pass and whose it is."""
    phone = Phone(hub)
    shopper = phone.ask("GET", "/api/v1/demonstration/shoppers")[0]["customer"]
    phone.ask("POST", "/api/v1/session/sign-in", {"customer": shopper})
    phone.ask("POST", "/api/v1/cart/store", {"store": STORE})
    skus = [product["sku"] for product in phone.ask("GET", "/api/v1/products?limit=3")["products"]]
    for sku in skus:
        phone.ask("POST", "/api/v1/cart/actions", {"request": secrets.token_hex(16), "action": "add", "sku": sku, "units": 3})
    text = phone.ask("POST", "/api/v1/cart/pass", {})["text"]

    def at_kiosk(path, body):
        status, said = ask_store(edge / "api.sock", "POST", path, {"request": secrets.token_hex(16), "device": "kiosk-1", **body})
        assert status == 200, said
        return said
    cart = wait(lambda: try_to(lambda: at_kiosk("/v1/passes/open", {"text": text})), "the pass to be opened")
    lines = {line["key"]: line for line in cart["lines"]}
    actions, (first, second) = f"/v1/carts/{cart['cart']}/actions", list(lines)[:2]
    at_kiosk(actions, {"action": "decrease", "line": first, "shown": lines[first]["shown"], "units": 1, **({"pass": cart["pass"]} if cart["pass"] else {})})
    at_kiosk(actions, {"action": "remove", "line": second, "shown": lines[second]["shown"]})
    at_kiosk(actions, {"action": "add", "line": first, "sku": first, "units": 2})
    coupon = at_kiosk(actions, {"action": "add_coupon", "coupon": "welcome 10"})["coupons"][0]["code"]
    assert wait(lambda: try_to(lambda: at_kiosk(f"/v1/carts/{cart['cart']}/choices", {})), "whose cart it is to come to the store")["consents"]
    assert at_kiosk(f"/v1/carts/{cart['cart']}/consents", {"purpose": "marketing_post", "state": "withdrawn"})["receipt"]["state"] == "withdrawn"
    wait(lambda: local_http.health(edge / "api.sock")["outbox"]["waiting"] == 0, "the outbox to be empty")
    phone.ask("POST", "/api/v1/cart/actions", {"request": secrets.token_hex(16), "action": "add", "sku": skus[0], "units": 1})
    phone.ask("POST", "/api/v1/cart/actions", {"request": secrets.token_hex(16), "action": "remove_coupon", "coupon": coupon})
    return text, shopper


def staff(edge, session):
    """Staff pick, hand over and take back an order's goods; another buyer does not come."""
    def ask(method, path, body=None):
        status, said = ask_store(edge / "counter-1.sock", method, path, body, session=session)
        assert status == 200, said
        return said

    def act(order, action, **more):
        return ask("POST", f"/v1/orders/{order}/actions", {"request": secrets.token_hex(16), "device": "counter-1", "action": action, **more})

    placed = [one["order"] for one in ask("GET", "/v1/orders?status=placed&limit=50")["orders"]]
    order, line = next((order, line) for order in placed for line in ask("GET", f"/v1/orders/{order}")["lines"] if line["ordered"] >= 4)
    number, units = line["line"], line["ordered"]
    act(order, "pick", lines=[number], who="tom")
    act(order, "picked", line=number, units=units - 1, missing=1)
    act(order, "choose", line=number, units=1, choice="refund")
    act(order, "stage", place="A1")
    act(order, "arrive", place="kiosk-1")
    act(order, "refuse", lines=[{"line": number, "units": 1}], reason="damaged")
    act(order, "hand_over", lines=[{"line": number, "units": units - 2}], proof="staff", balance_settled=True)
    ask("POST", f"/v1/purchases/{order}/returns", {"request": secrets.token_hex(16), "device": "counter-1", "reason": "not_wanted",
                                                   "condition": "resell", "lines": [{"line": number, "units": 1}]})
    act(order, "restock", lines=[{"line": number, "units": 1}])
    other = next(one for one in placed if one != order)
    act(other, "hold", until=int(time.time() * 1000) + 86_400_000)
    act(other, "release", reason="not_collected")


def help_at_kiosk(edge, session):
    """A shopper asks for help at the kiosk; staff go there and end it."""
    def ask(socket, path, **body):
        status, said = ask_store(edge / socket, "POST", path, {"request": secrets.token_hex(16), **body},
                                      session=session if socket.startswith("counter") else None)
        assert status == 200, said
        return said

    request = ask("api.sock", "/v1/requests", device="kiosk-1", where="by the stairs", language="en", about="finding")
    actions = f"/v1/requests/{request['id']}/actions"
    ask("counter-1.sock", actions, device="counter-1", action="take", minutes=2)
    ask("counter-1.sock", actions, device="counter-1", action="end", how="helped")


def customers_at_counter(hub, edge, session, text, shopper):
    """Staff find the shopper by their pass, and somebody who is not here by their address; the shopper agrees to less, and to more."""
    def ask(path, **body):
        status, said = ask_store(edge / "counter-1.sock", "POST", path, {"request": secrets.token_hex(16), "device": "counter-1", **body}, session=session)
        assert status == 200, said
        return said

    found = ask("/v1/customers/look-ups", by="pass", key=text, reason="advice")
    consents = f"/v1/customers/{found['look_up']}/consents"
    assert ask_store(edge / "counter-1.sock", "GET", f"/v1/customers/{found['look_up']}", session=session)[1] == found
    said = ask(consents, purpose="history", state="withdrawn")["consents"]
    shown = next(one["shown"] for one in said if one["purpose"] == "history")
    assert ask(consents, purpose="history", state="granted", shown=shown)["receipt"]["state"] == "granted"
    phone = Phone(hub)
    phone.ask("POST", "/api/v1/session/sign-in", {"customer": shopper})
    ask("/v1/passes/open", text=phone.ask("POST", "/api/v1/cart/pass", {})["text"])
    status, timeline = ask_store(edge / "counter-1.sock", "GET", f"/v1/customers/{found['look_up']}/timeline", session=session)
    assert status == 200 and timeline["activity"][0]["kind"] == "resumed", timeline
    other = next(one["customer"] for one in Phone(hub).ask("GET", "/api/v1/demonstration/shoppers") if one["customer"] != shopper)
    assert ask("/v1/customers/look-ups", by="email", key=f"c{other}@shoppers.example", reason="collecting")["look_up"]
    wait(lambda: local_http.health(edge / "api.sock")["outbox"]["waiting"] == 0, "the outbox to be empty")


def conversation_at_counter(hub, edge, session, shopper):
    """A platform hands the store a chat and an offer; staff answer the one and put the other to the shopper."""
    def ask(method, path, **body):
        body = {"request": secrets.token_hex(16), "device": "counter-1", **body} if method == "POST" else None
        status, said = ask_store(edge / "counter-1.sock", method, path, body, session=session)
        assert status == 200, f"{path}: {said}"
        return said

    folder, day = hub.folder / "talk", time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    later = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + 7 * 86_400))
    folder.mkdir()
    (folder / "cases.csv").write_text("case,customer,channel,at,from,text,summary,store\n"
                                      f"C-1,{shopper},chat,{day},customer,Does it go into the dishwasher?,Cake stand,{STORE}\n")
    (folder / "offers.csv").write_text("offer,customer,sku,score,valid_to,times,rest_days,why_en\n"
                                       f"N-1,{shopper},22423,640,{later},2,7,Looked at it three times\n")
    hub.run("import", str(folder))
    case = wait(lambda: ask("GET", "/v1/cases")["cases"], "the chat to wait in the store")[0]["case"]
    customer = "/v1/customers/" + ask("POST", f"/v1/cases/{case}/look-ups")["look_up"]
    messages = ask("GET", f"{customer}/cases")["cases"][0]["messages"]
    ask("POST", f"{customer}/cases/{case}/actions", action="take")
    ask("POST", f"{customer}/cases/{case}/actions", action="note", text="Yes, it does.")
    ask("POST", f"{customer}/cases/{case}/actions", action="close", how="answered", seen=[one["id"] for one in messages if one["from"] == "customer"])
    ask("POST", f"{customer}/cases", text="Likes green ribbon.")
    shown = next((one["shown"] for one in ask("GET", f"{customer}/consents")["consents"] if one["purpose"] == "personalisation"), [])
    ask("POST", f"{customer}/consents", purpose="personalisation", state="granted", shown=shown)
    offer = wait(lambda: ask("GET", f"{customer}/offers").get("offers"), "the offer to come to the store")[0]["offer"]
    ask("POST", f"{customer}/offers/{offer}/actions", action="taken")
    wait(lambda: local_http.health(edge / "api.sock")["outbox"]["waiting"] == 0, "the outbox to be empty")


def cut_off(hub, edge, session):
    """The hub has lent the store a few units. The line is cut: they are promised, no more than they are; a cart is paid at a till. Then the hub has all of it."""
    def ask(method, path, body=None, refused=None):
        socket = door(path, body)
        if body and "device" in body:
            body["device"] = socket.removesuffix(".sock")
        status, said = ask_store(edge / socket, method, path, body, session=session)
        assert (said["code"] if refused else status) == (refused or 200), said
        return said

    def post(path, refused=None, **more):
        return ask("POST", path, {"request": secrets.token_hex(16), "device": "till-1", **more}, refused)

    phone = Phone(hub)
    phone.ask("POST", "/api/v1/cart/store", {"store": STORE})
    sku = next(one["sku"] for one in phone.ask("GET", "/api/v1/products?limit=30")["products"]
               if (ask("GET", f"/v1/stock/{one['sku']}")["available"]) >= 12)
    hub.run("lend")
    lent = wait(lambda: ask("GET", f"/v1/stock/{sku}")["right"], "the hub to lend")
    assert lent["units"] == lent["left"] == 2, lent
    phone.ask("POST", "/api/v1/cart/actions", {"request": secrets.token_hex(16), "action": "add", "sku": sku, "units": 2})
    cart = wait(lambda: try_to(lambda: post("/v1/passes/open", text=phone.ask("POST", "/api/v1/cart/pass", {})["text"])), "the pass to be opened")["cart"]
    before = ask("GET", f"/v1/stock/{sku}")
    ask("POST", "/v1/link", {"enabled": False})
    wait(lambda: not ask("GET", "/v1/health")["link"]["online"], "the line to be cut")
    reserved = post(f"/v1/carts/{cart}/reservations", action="reserve")["lines"][0]
    assert (reserved["reserved"], reserved["reservable"]) == (2, 0), reserved
    post(f"/v1/stock/{sku}/actions", refused="not_enough", action="reserve", units=1, **{"for": "cart/other"})
    ticket = post("/v1/tickets", cart=cart)
    post(f"/v1/tickets/{ticket['code']}/actions", action="take")
    due = ticket["sale"]["totals"]["to_pay"]
    paid = post(f"/v1/tickets/{ticket['code']}/actions", action="paid", tenders=[{"kind": "card", "minor": due}])
    assert paid["state"] == "paid", paid
    left = ask("GET", f"/v1/stock/{sku}")
    assert left["on_hand"] == before["on_hand"] - 2 and left["reserved"] == before["reserved"], left
    receipt = paid["receipt"].rpartition(":")[2]
    assert ask("GET", f"/v1/purchases/{receipt}")["right_here"]
    back = post(f"/v1/purchases/{receipt}/returns", reason="not_wanted", condition="resell", lines=[{"line": 1, "units": 1}])
    assert back["state"] == "settled" and back["refund_by"] == "till", back
    assert ask("GET", f"/v1/returns/{back['return']}")["return"] == back["return"]
    assert ask("GET", "/v1/purchases/VR1:QUAY-SQUARE:222222222222", refused="receipt_needs_hub")
    ask("POST", "/v1/link", {"enabled": True})
    wait(lambda: local_http.health(edge / "api.sock")["outbox"]["waiting"] == 0, "the outbox to be empty")
    assert not phone.ask("GET", "/api/v1/cart")["lines"], "what was paid has left the cart on the phone"
    [at_hub] = sqlite3.connect(f"file:{hub.folder}/state/hub.db?mode=ro", uri=True).execute(
        "SELECT body FROM documents WHERE collection = 'stock' AND id = ?", [f"{STORE}/{sku}"]).fetchone()
    at_hub = json.loads(at_hub)
    assert at_hub["on_hand"] == left["on_hand"] + 1 and at_hub["lent"]["drawn"] == 2 and at_hub["ended"][-1]["how"] == "posted", at_hub
    [sold] = sqlite3.connect(f"file:{hub.folder}/state/hub.db?mode=ro", uri=True).execute(
        "SELECT body FROM documents WHERE collection = 'receipt' AND id = ?", [receipt]).fetchone()
    sold = json.loads(sold)
    assert sold["sale"]["lines"][0]["n"] == 2 and sold["returns"][0]["lines"] == [{"line": 1, "n": 1}], sold
    assert ask("GET", "/v1/purchases/222222222222", refused="purchase_unknown")


def try_to(action):
    try:
        return action()
    except (AssertionError, OSError):
        return None


def stranger_at_work(wire):
    """What a hub answers to a store that somebody else wrote, and to its mistakes."""
    me = Stranger(WATCHER, wire.say, wire.hear)
    welcome = me.greet()
    cart, sku = secrets.token_hex(16), "85123A"
    adds = me.transaction("intent", (cart, "cart.add", {"sku": sku, "n": 3, "channel": "kiosk", "store": WATCHER}), (cart, "cart.assign", {"store": WATCHER}))
    takes = me.transaction("fact", (cart, "cart.decrease", {"line": sku, "shown": [adds["id"] + ".0"], "n": 2}))
    me.ops(NOTHING, adds, takes, token="0" * 32)
    assert wire.hear("refused")["code"] == "token"
    me.ops(NOTHING, adds, takes)
    applied = wire.hear("applied")
    assert (applied["n"], applied["hash"]) == (2, me.hash), "the hub comes to the same chain"
    reservation, until = secrets.token_hex(16), int(time.time() * 1000) + 3_600_000
    shelf = f"{WATCHER}/{sku}"
    stock = [me.transaction("fact", (shelf, "stock.count", {"counted": 7, "moved": 0})),
             me.transaction("intent", (shelf, "stock.reserve", {"reservation": reservation, "units": 1, "until": until, "for": f"cart/{cart}"})),
             me.transaction("fact", (shelf, "stock.post", {"reservation": reservation, "units": 1, "reason": "sale", "reference": "ticket/K7M2XQ"})),
             me.transaction("intent", (shelf, "stock.release", {"reservation": reservation})),
             me.transaction("intent", (shelf, "stock.settle", {"discrepancies": []}))]
    me.ops(takes["hash"], *stock)
    wire.hear("applied")
    strays = me.transaction("intent", (secrets.token_hex(16), "cart.remove", {"line": sku, "shown": []}))
    me.ops(stock[-1]["hash"], strays)
    wire.hear("applied")
    wire.say("pull", {"stream": f"store.{WATCHER}", "era": {"n": 0, "id": ""}, "after": 0, "max_bytes": 100000, "pages": 1})
    page = wire.hear("page")
    got = {entry["c"]: entry for entry in page["entries"]}
    assert [dot["n"] - dot["taken"] for dot in got["cart"]["b"]["lines"][0]["dots"]] == [1], got
    assert got["outcome"]["b"]["transaction"] == strays["id"], got
    assert page["applied"] == [{"incarnation": me.incarnation, "n": 8, "hash": me.hash}], page["applied"]
    wire.say("chain", {"era": welcome["era"], "incarnation": me.incarnation, "numbers": [1, 2, 8]})
    links = {link["n"]: link["hash"] for link in wire.hear("chain")["links"]}
    assert (links[1], links[8]) == (adds["hash"], me.hash), links
    question = secrets.token_hex(16)
    wire.say("ask", {"id": question, "what": "cart", "key": secrets.token_hex(16), "pass": "https://shop.example/k#1", "actor": "kiosk-9", "at": int(time.time() * 1000)})
    answer = wire.hear("answer")
    assert answer["id"] == question and answer["code"] and not answer["documents"], answer
    wire.say("beat", {"last_n": me.n, "clock": int(time.time() * 1000), "cursors": []})
    wire.hear("beat")
    # A place that the hub never reached: it must have been restored. It begins a higher era, in which all places of the old one are stale.
    wire.say("pull", {"stream": "catalog", "era": welcome["era"], "after": 10 ** 9, "max_bytes": 100000, "pages": 1})
    assert wire.hear("stale")["era"]["n"] == welcome["era"]["n"] + 1


def record(programs):
    """Everything that was said while all of this happened."""
    processes = []
    with HubRig(programs.hub, schemas.ROOT, gather_s=5) as hub:
        try:
            edge = hub.folder / "edge"
            for store, out in ((STORE, edge / "keys"), (WATCHER, hub.folder / "watcher")):
                out.parent.mkdir(exist_ok=True)
                hub.run("make-store", store, "--out", str(out), "--zone", "uk")
            import_some(hub)
            with open(hub.folder / "broker/acl", "a") as acl:
                acl.write(f"\nuser {WATCHER}\ntopic read {TOPIC}#\n")
            port = tomllib.loads((hub.folder / "hub.toml").read_text())["mqtt"]["port"]
            broker = shutil.which("mosquitto", path="/usr/sbin:/usr/bin")
            processes.append(subprocess.Popen([broker, "-c", hub.folder / "broker/mosquitto.conf"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))
            wire = Wire(programs.wire, port, hub.folder / "watcher")
            wait(wire.connected, "the watcher's connection")
            processes.append(subprocess.Popen([programs.edge, "--config", edge_config(edge, port)], stderr=open(hub.folder / "edge.log", "w")))
            wait(lambda: (local_http.health(edge / "api.sock") or {}).get("status") == "ok", "the first fill", 90)
            text, shopper = people(hub, edge)
            session = sign_in(hub, edge)
            customers_at_counter(hub, edge, session, text, shopper)
            conversation_at_counter(hub, edge, session, shopper)
            staff(edge, session)
            help_at_kiosk(edge, session)
            sent_home(Phone(hub), shopper, edge, ask_store, wait)
            cut_off(hub, edge, session)
            stranger_at_work(wire)
            import_changes(hub)
            hub.run("customer", "erase", next(one["customer"] for one in Phone(hub).ask("GET", "/api/v1/demonstration/shoppers") if one["customer"] != shopper))
            # Beats and heads come every 15 s.
            wanted = {(channel, name) for channel, names in channels().items() for name in names[1]} - SILENT
            try:
                wait(lambda: wanted <= {seen(one) for one in wire.messages()}, "every kind of message", 60)
            except AssertionError:
                print(f"not said: {sorted(wanted - {seen(one) for one in wire.messages()})}")
                raise
            wait(lambda: any('"c":"heard"' in one.get("text", "") for one in wire.messages()), "how far other stores were heard", 60)
            wait(lambda: any('"c":"erasure"' in one.get("text", "") for one in wire.messages()), "the erasure to be told", 60)
            # A store tells of its audit some seconds after it was written.
            wait(lambda: all(any(words in one.get("text", "") for one in wire.messages()) for words in ('"audit.append"', '"c":"audit"')), "the audit to be told", 60)
            figures = metrics(edge / "operator.sock") | metrics(hub.folder / "state/hub.sock")
            wait(lambda: connected(hub) is True, "the hub to hear of the store's presence")
            processes[-1].kill()  # its will is said
            wait(lambda: any(one["topic"].endswith(f"status/{STORE}") and "false" in one["text"] for one in wire.messages()), "the will")
            wait(lambda: connected(hub) is False, "the hub to hear of the store's absence")
            wire.close()
            return wire.messages(), figures
        except BaseException:
            print(hub.log()[-1500:])
            raise
        finally:
            for process in reversed(processes):
                process.kill()
                process.wait()


def connected(hub):
    """What the broker says of the store, as the hub tells operators."""
    stores = local_http.health(hub.folder / "state/hub.sock")["stores"]
    return next(one["connected"] for one in stores if one["store"] == STORE)


def metrics(socket_path):
    """The names of a program's figures."""
    connection = local_http.UnixConnection(socket_path, 5)
    connection.request("GET", "/metrics")
    text = connection.getresponse().read().decode()
    connection.close()
    return set(re.findall(r"^# TYPE (\w+) ", text, re.MULTILINE))


def channels():
    """channel → (what matches its addresses, the names of its messages), from the document."""
    whole = yaml.safe_load((schemas.ROOT / "docs/asyncapi.yaml").read_text())
    out = {}
    for name, channel in whole["channels"].items():
        address = re.escape(channel["address"]).replace(r"\{tenant\}", TENANT).replace(r"\{store\}", "[a-z0-9-]+").replace(r"\{stream\}", "(?!heads$)[a-z0-9.-]+")
        out[name] = (re.compile(address), {one["$ref"].rpartition("/")[2] for one in channel["messages"].values()})
    return out


CHANNELS = channels()


def seen(one):
    """(channel, name of the message) by the topic and, on the hub's topics, by its kind."""
    for channel, (address, names) in CHANNELS.items():
        if address.fullmatch(one["topic"]):
            kind = json.loads(one["text"]).get("kind", "")
            name = f"hub-{kind}" if kind else next(iter(names))
            return channel, name
    return None, None


def judge(messages):
    """Mistakes, and what occurred."""
    wrong, counted, documents, operations = [], collections.Counter(), collections.Counter(), collections.Counter()
    for one in messages:
        where = one["topic"].removeprefix(TOPIC)
        if "text" not in one:
            wrong.append(f"{where}: {one['unreadable']}")
            continue
        channel, name = seen(one)
        if channel is None or name not in CHANNELS[channel][1]:
            wrong.append(f"{where}: {name} is not for this topic")
            continue
        packed = one["content_type"] == "application/json+zstd"
        if one["content_type"] not in ("application/json", "application/json+zstd") or packed != (len(one["text"].encode()) > 1024):
            wrong.append(f"{where}: {one['content_type']} for {len(one['text'])} bytes")
        if one["bytes"] > 256 * 1024:
            wrong.append(f"{where}: {one['bytes']} bytes")
        message = json.loads(one["text"])
        counted[channel, name] += 1
        documents.update(entry["c"] for entry in message.get("entries", []) if "b" in entry)
        operations.update(operation["kind"] for transaction in message.get("transactions", []) for operation in transaction["operations"])
        wrong += [f"{where}: {mistake}" for mistake in schemas.mistakes_in_message(name, message)]
    return wrong, counted, documents, operations


def planted(messages):
    """Mistakes planted in one real message of each kind; (how many, those that nobody noticed)."""
    samples = {}
    for one in messages:
        samples.setdefault(seen(one)[1], json.loads(one["text"]))
    count, missed = 0, []
    for name, message in samples.items():
        if name == "hub-page":
            message["entries"] = message["entries"][:2]
        for what, other in schemas_test.spoilt(message):
            count += 1
            if not schemas.mistakes(f"messages/{name}", other):
                missed.append(f"{name}: {what}")
    return count, missed


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for program in ("hub", "edge", "wire"):
        parser.add_argument(f"--{program}", required=True, type=lambda path: str(pathlib.Path(path).resolve()))
    messages, figures = record(parser.parse_args())
    wrong, counted, documents, operations = judge(messages)
    for (channel, name), count in sorted(counted.items()):
        print(f"{count:5}  {channel}: {name}")
    print("documents: " + ", ".join(f"{count} {name}" for name, count in sorted(documents.items())))
    print("operations: " + ", ".join(f"{count} {name}" for name, count in sorted(operations.items())))
    never = {(channel, name) for channel, (_, names) in CHANNELS.items() for name in names} - SILENT - set(counted)
    wrong += [f"never said: {name} on {channel}" for channel, name in sorted(never)]
    wrong += [f"never seen: a document of {name}" for name in schemas.names("documents") if name not in {*documents, *IN_TIME_DOCUMENTS}]
    wrong += [f"never seen: {name}" for name in sorted({*schemas.names("operations")} - AT_HUB - IN_TIME - set(operations))]
    wrong += [f"not for stores, and sent: {name}" for name in sorted(AT_HUB & set(operations))]
    told = set(re.findall(r"`(vitrine_(?:edge|hub|kiosk)_\w+)`", (schemas.ROOT / "docs/OPERATIONS.md").read_text()))
    wrong += [f"docs/OPERATIONS.md names {name}, which no program has" for name in sorted(told - figures)]
    wrong += [f"{name} is not in docs/OPERATIONS.md" for name in sorted(figures - told)]
    wrong += sorted(HEARD.mistakes) + [f"never answered: {name}" for name in sorted(IN_TRAFFIC - HEARD.done["edge"])]
    count, missed = planted(messages)
    wrong += [f"planted and not found: {what}" for what in missed]
    print(f"{len(messages)} messages, {count} mistakes planted in them; {len(wrong)} wrong")
    for line in wrong[:40]:
        print(f"  {line}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
