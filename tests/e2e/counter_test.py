# SPDX-License-Identifier: Apache-2.0
"""The counter, with real parts: ./vitrine run --counter, both windows touched and typed at through the window system. Staff sign in,
a shopper at the kiosk asks for a person and is told who comes, orders are handed over, a customer is looked up and takes back what
they let staff see; with the internet and without. Pictures:
build/counter (or the second argument).

    counter_test.py <build folder> [pictures folder]
"""

import csv
import gzip
import json
import os
import pathlib
import re
import signal
import subprocess
import sys
import time

import compare_databases
import counter_drill
from handheld import Handheld
from kiosk import Kiosk
from shop import ROOT, Shop

sys.path.insert(0, str(ROOT / "tools/vitrine"))
import fetching
import local_http

BACK_ONLINE_S_MAX = 40
STORE = "harbour-street"


def expect(condition, words):
    if not condition:
        raise AssertionError(words)


class Staffed:
    def __init__(self, shop, build, pictures):
        self.shop, self.build, self.pictures = shop, build, pictures
        self.kiosk = Kiosk(shop.state / "kiosk-1/automation.sock", shop.display)
        self.counter = Kiosk(shop.state / "counter-1/automation.sock", shop.counter_display)
        self.socket = shop.state / f"stores/{STORE}/api.sock"
        os.environ["VITRINE_STATE"] = str(shop.state)
        import demo_staff
        self.staff = {row["role"]: row for row in demo_staff.members(STORE)}

    def step(self, words):
        print(words, flush=True)

    def picture(self, name, of=None):
        time.sleep(0.5)  # the screen's own motion
        (of or self.counter).picture(self.pictures / f"{name}.png")

    def keys(self, *names):
        """As hands on a keyboard: a scanner would be faster."""
        window = self.counter._xdotool("search", "--name", "Vitrine").split()[0]
        self.counter._xdotool("windowfocus", window)
        for name in names:
            self.counter._xdotool("key", name)
            time.sleep(0.12)

    def choose(self, who):
        if not self.counter.node("sign_in.other"):
            self.counter.click(f"who.{who['staff']}")
        # A handheld shows the PIN in place of the names.
        self.counter.wait(lambda tree: any((node["id"] == f"who.{who['staff']}" and node["selected"]) or node["id"] == "sign_in.other" for node in tree["nodes"]), "the PIN")

    def sign_in(self, who, by_touch=False):
        self.choose(who)
        if by_touch:
            for digit in who["pin"]:
                self.counter.click(f"digit.{digit}")
                time.sleep(0.1)
        else:
            self.keys(*who["pin"])
        self.counter.wait_for_screen("queue", 10)
        self.counter.wait_for_node("rail.who", label=f"{who['first_name']} {who['initial']}.")

    def is_helped(self, who, name):
        """A shopper asks at the kiosk; the counter hears of it live, goes, says when, and has helped."""
        self.kiosk.click("help")
        self.kiosk.wait_for_screen("help")
        take = self.counter.wait(lambda tree: next((node["id"] for node in tree["nodes"] if node["id"].startswith("call.") and
                                                    node["id"].endswith(".take")), None), "the shopper's request", 10)
        call = take.removesuffix(".take")
        expect(self.counter.node(f"{call}.where")["label"] == "Kiosk 1, by the stairs", "the counter does not say where")
        self.picture(f"{name}-asked")
        self.counter.click(take)
        self.kiosk.wait(lambda tree: any(f"{who['first_name']} is coming over" in node["label"] for node in tree["nodes"]), "who comes", 10)
        time.sleep(0.4)  # sooner, at the same place, it would be the same finger bouncing
        self.counter.click(f"{call}.in_3")
        self.kiosk.wait(lambda tree: any("About 3 minutes" in node["label"] for node in tree["nodes"]), "about when", 10)
        self.picture(f"{name}-going")
        self.picture(f"{name}-kiosk", self.kiosk)
        self.counter.click(f"{call}.end")
        self.kiosk.wait_for_screen("welcome", 10)
        self.counter.wait(lambda tree: not any(node["id"].startswith(call) for node in tree["nodes"]), "the request to be gone", 10)

    def status(self, order):
        status, answer = local_http.ask(self.socket, "GET", f"/v1/orders/{order}")
        expect(status == 200, f"order {order}: {status}")
        return answer["status"]

    def hands_over(self, name):
        """Whoever waits longest gets all of it; staff looked at who it is."""
        node = self.counter.wait(lambda tree: next((node for node in tree["nodes"] if node["id"].startswith("here.") and
                                                    node["id"].endswith(".open") and node["visible"]), None), "somebody who waits", 15)
        order = node["id"].removeprefix("here.").removesuffix(".open")
        expect(self.status(order) == "arrived", f"order {order} is {self.status(order)}")
        self.counter.click(node["id"])
        self.counter.wait_for_screen("order")
        for _ in range(6):  # sixty lines at once
            self.counter.wait(lambda tree: any(node["id"].endswith(".tick") for node in tree["nodes"]) or tree["screen"] == "queue", "its lines", 10)
            if self.counter.tree()["screen"] == "queue":
                break
            if self.counter.node("order.tick_all"):
                self.counter.click("order.tick_all")
            else:
                self.counter.click(next(node["id"] for node in self.counter.tree()["nodes"] if node["id"].endswith(".tick") and not node["selected"]))
            if self.counter.node("order.person") and not self.counter.node("order.person")["selected"]:
                self.counter.click("order.person")
            time.sleep(0.3)
            if self.counter.node("order.settled") and not self.counter.node("order.settled")["selected"]:
                self.counter.click("order.settled")
            self.picture(f"{name}-hand-over")
            self.counter.click("order.hand_over")
            self.counter.wait(lambda tree: any(node["id"] == "desk.notice" for node in tree["nodes"]), "what came of it", 10)
            said = self.counter.node("desk.notice")["label"]
            expect(said.startswith("Handed over"), f"the counter says: {said}")
        self.counter.wait_for_screen("queue", 10)
        expect(self.status(order) in ("collected", "part_collected"), f"order {order} is {self.status(order)}")
        self.counter.wait(lambda tree: not any(node["id"] == f"here.{order}.open" for node in tree["nodes"]), "the queue without it", 10)
        return order

    def takes_back(self, order, name):
        """One line of what was handed over comes back: by keys, undone once, and confirmed."""
        self.keys("F6")
        self.counter.wait_for_screen("take_back")
        self.keys(*order, "Return")
        line = self.counter.wait(lambda tree: next((node for node in tree["nodes"] if re.fullmatch(r"back\.line\.[0-9]+", node["id"]) and node["visible"]), None),
                                 "what may come back", 10)
        self.picture(f"{name}-found")
        if not line["selected"]:
            self.counter.click(line["id"])
        self.counter.click("return_reason.not_wanted")
        time.sleep(0.4)
        self.counter.click("return_condition.resell")
        self.counter.wait_for_node("return_condition.resell", selected=True)
        amount = self.counter.node("back.amount")["label"]
        self.picture(f"{name}-filled")
        self.keys("Return")
        self.counter.wait_for_node("back.undo")
        self.picture(f"{name}-undo")
        self.keys("Escape")
        self.counter.wait_for_node("back.confirm")
        expect(self.restocked(order) == 0, "what was undone was taken back")
        self.keys("Return")
        self.counter.wait_for_node("back.now")
        self.keys("Return")
        self.counter.wait_for_node("back.done", 10)
        self.picture(f"{name}-done")
        expect(self.restocked(order) > 0, "nothing of it is on the shelf")
        return amount

    def cart_units(self, cart):
        return sum(line["units"] for line in local_http.ask(self.socket, "GET", f"/v1/carts/{cart}")[1].get("lines", []))

    def opens_stock(self, sku):
        """By keys: its number, and what the search found first."""
        self.keys("F5")
        self.counter.wait_for_screen("stock")
        self.keys(*sku.lower())
        self.counter.wait_for_node(f"stock.product.{sku}", 10)
        self.keys("Return")
        on_hand = int(self.counter.wait_for_node("stock.on_hand", 10)["label"].replace("\u2212", "-"))
        expect(sku in self.counter.node("stock.item")["label"], "another product was opened")
        return on_hand

    def counts(self, sku, name):
        """Counted two more than on record, undone once; it does not add up, and is seen to."""
        on_hand = self.opens_stock(sku)
        counted = max(on_hand, 0) + 2
        self.keys(*str(counted))
        self.counter.wait_for_node("stock.typed", value=str(counted))
        expect("more than on record" in self.counter.node("stock.outcome")["label"], "the counter does not say what it comes to")
        self.picture(f"{name}-counted")
        self.keys("Return")
        self.counter.wait_for_node("stock.undo")
        self.keys("Escape")
        self.counter.wait_for_node("stock.save")
        expect(int(self.counter.node("stock.on_hand")["label"]) == on_hand, "what was undone was counted")
        self.keys("Return")
        self.counter.wait_for_node("stock.now")
        self.keys("Return")
        self.counter.wait_for_node("stock.on_hand", 10, label=str(counted))
        self.counter.wait(lambda tree: any(node["id"].startswith("stock.odd.") for node in tree["nodes"]), "what does not add up", 10)
        self.picture(f"{name}-saved")
        self.is_alerted("stock_odd", name)
        self.opens_stock(sku)
        self.counter.click("stock.settle")
        self.counter.wait_for_node("stock.now")
        self.keys("Return")
        self.counter.wait(lambda tree: not any(node["id"].startswith("stock.odd.") for node in tree["nodes"]), "it to be seen to", 10)
        self.keys("F3")
        self.counter.wait_for_screen("queue")

    def is_alerted(self, kind, name):
        """It stands in the queue until somebody says that they see to it; what is more urgent first."""
        self.keys("F3")
        self.counter.wait_for_screen("queue")
        self.counter.wait_for_node(f"alert.{kind}", 10)
        self.picture(f"{name}-alert")
        for _ in range(6):
            first = next((node["id"] for node in self.counter.tree()["nodes"] if node["id"].startswith("alert.") and node["id"].endswith(".see_to")), None)
            if first is None:
                break
            self.counter.click(first)
            self.counter.wait(lambda tree: not any(node["id"] == first for node in tree["nodes"]), f"{first} to be somebody's", 10)
        expect(self.counter.node(f"alert.{kind}") is None, f"{kind} still needs somebody")

    def prepares(self, name):
        """An order of which one line is not there: its buyer wants their money back, and the rest is put on a shelf."""
        def waits(tree):
            for node in tree["nodes"]:
                if node["id"].startswith("prepare.") and node["id"].endswith(".open") and node["visible"]:
                    order = node["id"].removeprefix("prepare.").removesuffix(".open")
                    lines = local_http.ask(self.socket, "GET", f"/v1/orders/{order}")[1]["lines"]
                    if 2 <= len(lines) <= 6 and all(line["waiting"] > 0 and line["missing"] == 0 for line in lines):
                        return order, lines
            return None
        order, lines = self.counter.wait(waits, "an order to prepare of a few lines", 15)
        self.counter.click(f"prepare.{order}.open")
        self.counter.wait_for_screen("order")
        self.counter.click("picking.start")
        gone = lines[-1]
        self.counter.wait_for_node(f"line.{gone['line']}.found", 10)
        for _ in range(gone["waiting"]):
            self.counter.click(f"line.{gone['line']}.fewer")
            time.sleep(0.3)
        self.counter.wait_for_node(f"line.{gone['line']}.found", label="None there")
        for line in lines:
            self.counter.click(f"line.{line['line']}.found")
            self.counter.wait(lambda tree: not any(node["id"] == f"line.{line['line']}.found" for node in tree["nodes"]), "the line to be counted", 10)
        time.sleep(0.4)  # sooner, at the same place, it would be the same finger bouncing
        self.counter.click(f"line.{gone['line']}.decide")
        self.counter.click("decide.refund")
        self.picture(f"{name}-decide")
        self.keys("Return")
        self.counter.wait(lambda tree: any(node["id"] == "desk.notice" and node["label"].startswith("Noted") for node in tree["nodes"]), "the choice to be noted", 10)
        choice = next(line["choice"] for line in local_http.ask(self.socket, "GET", f"/v1/orders/{order}")[1]["lines"] if line["line"] == gone["line"])
        expect(choice["what"] == "refund" and choice["units"] == gone["waiting"], f"the store has {choice}")
        shelf = self.counter.wait(lambda tree: next((node["id"] for node in tree["nodes"] if node["id"].startswith("shelf.") and node["visible"]), None), "the shelves", 10)
        self.picture(f"{name}-shelf")
        self.counter.click(shelf)
        self.counter.wait_for_screen("queue", 10)
        expect(self.status(order) == "ready", f"order {order} is {self.status(order)}")
        return order

    def stands(self, online, name):
        """F7 says how the store stands; what waits, and who is signed in here."""
        self.keys("F7")
        self.counter.wait_for_screen("status")
        count = self.counter.wait_for_node("waiting.count", 15, **({"label": "0"} if online else {}))["label"]
        self.counter.wait_for_node("device.counter-1.staff", 10)
        self.picture(f"{name}-status")
        expect((self.counter.node("status.offline") is None) == online, "the counter says the wrong thing of the internet")
        self.keys("Escape")
        self.counter.wait_for_screen("queue")
        return int(count)

    def measures(self):
        status, answer = local_http.ask(self.socket.with_name("operator.sock"), "GET", "/v1/measures")
        expect(status == 200, f"the measures: {status}")
        return answer["all"]["measures"]

    def sees_the_board(self, name, **least):
        """F11 shows what the store measured, as it is: at least what happened in this run."""
        self.keys("F11")
        self.counter.wait_for_screen("board")
        self.counter.wait_for_node("figure.contacts", 10)
        for figure, count in least.items():
            expect(self.measures()[figure] >= count, f"{figure}: {self.measures()[figure]}, and {count} happened here")
        for figure in ("resumes", "no_shows"):
            expect(self.counter.node(f"figure.{figure}")["label"] == str(self.measures()[figure]), f"the board has another number of {figure}")
        self.counter.click("board.contacts")
        self.counter.wait_for_node("chart.title", 10, label="Helped at first go")
        self.picture(f"{name}-board")
        self.keys("Escape")
        self.counter.wait_for_screen("queue")

    def receives(self, sku, units):
        on_hand = self.opens_stock(sku)
        self.counter.click("work.receive")
        self.keys(*str(units))
        self.keys("Return")
        self.counter.wait_for_node("stock.now")
        self.keys("F3")  # what was confirmed goes when the screen is left
        self.counter.wait_for_screen("queue")
        self.counter.wait(lambda tree: any(node["id"] == "desk.notice" and node["label"] == "Taken in." for node in tree["nodes"]), "the delivery to be there", 10)
        expect(self.opens_stock(sku) == on_hand + units, "the delivery is not on record")
        self.picture("stock-offline")
        self.keys("F3")
        self.counter.wait_for_screen("queue")

    def restocked(self, order):
        return sum(line["restocked"] for line in local_http.ask(self.socket, "GET", f"/v1/orders/{order}")[1]["lines"])

    def customer_of_store(self):
        """Somebody of the demonstration whom this store knows, who lets staff see what they did, and did something."""
        def table(name):
            with gzip.open(ROOT / f"assets/demo/{name}.csv.gz", "rt", encoding="utf-8", newline="") as file:
                return list(csv.DictReader(file))
        said = {(row["customer"], row["purpose"], row["state"]) for row in table("consents")}
        agreed = lambda who, purpose: (who, purpose, "granted") in said and (who, purpose, "withdrawn") not in said
        last_day = (ROOT / "assets/demo/LAST_DAY").read_text().strip()
        did = {row["customer"] for row in table("activity") if row["at"] > last_day[:8] + "05"}
        offered = {row["customer"] for row in table("offers")}
        return next(row for row in table("customers") if row["home_store"] == STORE and row["customer"] in did and
                    row["customer"] in offered and all(agreed(row["customer"], each) for each in ("home_store", "history", "personalisation")))

    def doings(self):
        return [node["id"] for node in self.counter.tree()["nodes"] if node["id"].startswith("doing.") and not node["id"].endswith(".detail")]

    def sees_a_customer(self):
        """Looked up by the number of their card, masked; what they did is there until they take it back, somewhere else."""
        who = self.customer_of_store()
        self.keys("F4")
        self.counter.wait_for_screen("customer")
        self.keys(*who["loyalty"].lower())
        self.counter.click("why.returning")
        self.keys("Return")
        head = self.counter.wait_for_node("customer.who", 10)["label"]
        expect(head == f"{who['first_name'][0]}… {who['initial']}.", f"the counter shows {head}")
        self.counter.wait(lambda tree: any(node["id"].startswith("doing.") for node in tree["nodes"]), "what they did", 10)
        expect(self.counter.node("timeline.title"), "there is no timeline")
        self.picture("customer")
        shown = self.doings()
        self.keys("F9")
        self.counter.wait_for_node("doings.online", 10, selected=True)
        self.counter.wait(lambda tree: self.doings() == shown, "what they did online: all of it", 10)
        self.counter.click("doings.store")
        self.counter.wait_for_node("timeline.empty", 10)
        expect(not self.doings(), "what they did online is shown as done in the store")
        self.picture("customer-in-store")
        self.keys("F9")
        self.counter.wait(lambda tree: self.doings() == shown, "all of it again", 10)
        best = self.counter.wait_for_node("offer.what", 10)["label"]
        expect(self.counter.node("offer.why")["label"], "the counter says no reason")
        self.picture("customer-offer")
        self.counter.click("offer.not_now")
        self.counter.wait(lambda tree: not any(node["id"] == "offer.what" and node["label"] == best for node in tree["nodes"]), "another offer, or none", 10)
        self.keys("F10")
        self.counter.wait_for_node("note.heading", 10)
        self.keys(*"bags", "comma", "space", *"ribbon")
        self.picture("customer-note")
        self.keys("Return")
        self.counter.wait(lambda tree: any(node["id"] == "desk.notice" and node["label"].startswith("Kept") for node in tree["nodes"]), "the note to be kept", 10)
        self.counter.click("customer.name")
        self.counter.wait_for_node("customer.who", 10, label=f"{who['first_name']} {who['initial']}.")

        folder = self.shop.state / "taken-back"
        folder.mkdir()
        at = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        (folder / "consents.csv").write_text(f"customer,purpose,state,at\n{who['customer']},history,withdrawn,{at}\n")
        done = subprocess.run([self.build / "hub/vitrine-hub", "import", folder, "--config", self.shop.state / "hub/hub.toml"], capture_output=True, text=True, timeout=60)
        expect(done.returncode == 0, done.stdout + done.stderr)
        self.counter.wait(lambda tree: any(node["id"] == "limited.title" for node in tree["nodes"]), "the part to close by itself", 20)
        expect(not self.doings(), "what they did is still there")
        self.picture("customer-withdrawn")
        self.keys("Escape")
        self.counter.wait_for_screen("queue")
        left = [node["label"] for node in self.counter.tree()["nodes"] if who["first_name"] in node["label"] and node["id"].startswith("customer")]
        expect(not left, f"left behind: {left}")

    def answers_what_waits(self, name):
        """Somebody wrote, and the store is to answer: opened from the queue, taken, answered and closed by keys and touch."""
        waiting = self.counter.wait(lambda tree: next((node["id"] for node in tree["nodes"] if node["id"].startswith("waiting.") and
                                                       node["id"].endswith(".open") and node["visible"]), None), "a conversation that waits", 15)
        case = waiting.removeprefix("waiting.").removesuffix(".open")
        self.picture(f"{name}-waits")
        self.counter.click(waiting)
        self.counter.wait_for_screen("customer")
        self.counter.wait_for_node("conversation.title", 10)
        self.picture(f"{name}-open")
        self.counter.click("case.take")
        self.counter.wait_for_node("case.put_back", 10)
        self.keys("Return")
        self.counter.wait_for_node("note.heading", 10)
        self.keys("Y", *"es", "comma", "space", *"we", "space", *"will", "period")
        self.picture(f"{name}-answer")
        self.keys("Return")
        self.counter.wait(lambda tree: any(node["label"] == "Yes, we will." for node in tree["nodes"]), "the answer in the conversation", 10)
        self.counter.click("case.close")
        self.counter.wait(lambda tree: not any(node["id"] == "case.close" for node in tree["nodes"]), "it to be closed", 10)
        self.picture(f"{name}-closed")
        self.keys("F3")
        self.counter.wait_for_screen("queue")
        self.counter.wait(lambda tree: not any(node["id"] == waiting for node in tree["nodes"]), "it to wait no longer", 10)
        return case

    def at_hub(self, case):
        hub = compare_databases.open_read_only(self.shop.databases[0])
        try:
            return json.loads(hub.execute("SELECT body FROM documents WHERE collection = 'case' AND id LIKE '%/' || ?", (case,)).fetchone()[0])
        finally:
            hub.close()

    def calls(self, counter):
        return sorted(node["id"].removesuffix(".where") for node in counter.tree()["nodes"] if node["id"].startswith("call.") and node["id"].endswith(".where"))

    def beside(self, handheld, here, there):
        """Another person signs in on the handheld."""
        other = Staffed.__new__(Staffed)
        other.__dict__.update(self.__dict__, counter=handheld)
        self.keys("F8")
        self.counter.wait_for_screen("sign_in")
        self.sign_in(here)
        handheld.wait_for_screen("sign_in")
        handheld.wait_for_node(f"who.{there['staff']}", 10)
        other.sign_in(there, by_touch=True)
        return other

    def at_once(self, other, here, there):
        """A counter and a handheld, one queue: one goes, the other sees it; both press at once, and one is told. The edge is killed, and both go on."""
        second = other.counter
        self.kiosk.click("help")
        self.kiosk.wait_for_screen("help")
        shown = lambda tree: next((node["id"] for node in tree["nodes"] if node["id"].startswith("call.") and node["id"].endswith(".take")), None)
        call = self.counter.wait(shown, "the request at the first counter", 10).removesuffix(".take")
        expect(second.wait(shown, "the request at the second", 10) == f"{call}.take", "the counters have two queues")
        for counter in (self.counter, second):
            counter.wait(lambda tree: any(node["id"] == f"{call}.state" and node["label"].startswith("For ") for node in tree["nodes"]), "whom it is for", 35)
        self.picture("two-first")
        self.picture("two-hand", second)
        # The edge holds its breath while both press: two wishes of one moment.
        self.shop.signal("edge", signal.SIGSTOP)
        try:
            self.counter.click(f"{call}.take")
            second.click(f"{call}.take")
            time.sleep(0.5)
        finally:
            self.shop.signal("edge", signal.SIGCONT)
        late = lambda tree: any(node["id"] == "desk.notice" and node["label"] == "Somebody else is already going there." for node in tree["nodes"])
        goes = lambda tree: any(node["id"] == f"{call}.end" for node in tree["nodes"])
        deadline = time.monotonic() + 10
        while not (goes(self.counter.tree()) and late(second.tree())) and not (goes(second.tree()) and late(self.counter.tree())):
            expect(time.monotonic() < deadline, "nobody goes, or nobody is told that somebody else does")
        winner, loser = (self.counter, second) if goes(self.counter.tree()) else (second, self.counter)
        self.picture("two-late", loser)
        loser.wait(lambda tree: any(node["id"] == f"{call}.state" and "is going" in node["label"] for node in tree["nodes"]) and
                   not any(node["id"] == f"{call}.take" for node in tree["nodes"]), "who goes, at the other counter", 10)
        self.shop.kill("edge")
        for each, who in ((self, here), (other, there)):
            each.counter.wait_for_screen("sign_in", 40)  # whoever worked there signs in again
            each.counter.wait(lambda tree: any(node["id"] in (f"who.{who['staff']}", "sign_in.other") for node in tree["nodes"]), "who works there", 20)
            each.sign_in(who)
        self.counter.wait(lambda _: self.calls(self.counter) == self.calls(second) == [call], "one queue after the kill", 15)
        winner.click(f"{call}.end")
        loser.wait(lambda _: not self.calls(loser), "it to be over at the other counter", 10)
        self.kiosk.wait_for_screen("welcome", 10)

    def finds(self):
        """F2 finds an order by its number and opens it; nobody by a name. F1 shows the keys."""
        card = self.counter.wait(lambda tree: next((node["id"] for node in tree["nodes"] if node["id"].startswith("ready.") and node["id"].endswith(".open")), None), "an order that is ready", 10)
        order = card.removeprefix("ready.").removesuffix(".open")
        name = self.counter.node(card)["label"].split()[0]
        found = lambda: [node["id"] for node in self.counter.tree()["nodes"] if node["id"].startswith("find.") and node["interactive"] and
                         not node["id"].startswith(("find.words", "find.close"))]
        self.keys("F2")
        self.counter.wait_for_screen("find")
        self.keys(*name.lower())
        self.counter.wait_for_node("find.words", value=name.lower())
        expect(not [one for one in found() if one.startswith(("find.order", "find.customer"))], f"{name} is found by a name: {found()}")
        self.keys("Escape", "F2", *order)
        self.counter.wait_for_node(f"find.order.{order}", 10)
        self.picture("find")
        self.keys("Return")
        self.counter.wait_for_screen("order")
        self.keys("F1")
        self.counter.wait_for_screen("keys")
        self.picture("keys")
        self.keys("Escape", "Escape")
        self.counter.wait_for_screen("queue")

    def run(self):
        manager, lead = self.staff["manager"], self.staff["shift_lead"]
        self.counter.wait_for_screen("sign_in")
        self.kiosk.wait_for_screen("welcome")
        self.counter.wait_for_node(f"who.{manager['staff']}")

        self.step("1. a wrong PIN is said in a sentence; the right one opens the queue")
        self.choose(manager)
        self.keys(*("000000" if manager["pin"] != "000000" else "111111"))
        wrong = self.counter.wait_for_node("sign_in.wrong", 10)["label"]
        expect("isn’t right" in wrong and "4 more tries" in wrong, f"the counter says: {wrong}")
        self.picture("wrong-pin")
        self.sign_in(manager)
        self.counter.wait_for_node("here.title")
        self.picture("queue")

        self.step("2. online: a shopper asks for a person and is told who comes and when; an order is handed over")
        self.is_helped(manager, "online")
        first = self.hands_over("online")
        self.takes_back(first, "online-back")
        self.counter.wait(lambda tree: not any(node["id"] == "back.done_state" for node in tree["nodes"]), "the hub to confirm what came back", 15)
        self.keys("F3")
        self.counter.wait_for_screen("queue")

        self.step("3. a customer by their card: masked, then what they did; they take it back on their phone, and it closes")
        self.sees_a_customer()

        self.step("4. stock by keys: counted, undone, saved; what does not add up needs somebody until it is seen to")
        sku = local_http.ask(self.socket, "GET", f"/v1/orders/{first}")[1]["lines"][0]["sku"]
        self.counts(sku, "stock")

        self.step("5. F8 locks, and nobody's name is left; offline another person signs in by touch")
        self.keys("F8")
        self.counter.wait_for_screen("sign_in")
        expect(not any(node["id"].startswith("here.") for node in self.counter.tree()["nodes"]), "the queue is still there")
        expect(self.shop.command("offline").returncode == 0, "./vitrine offline failed")
        self.shop.wait(lambda: not self.shop.status()["edge"]["link"]["online"], "the store to be offline", 30)
        link = self.counter.wait(lambda tree: next((node["label"] for node in tree["nodes"] if node["id"] == "sign_in.link" and "Internet off" in node["label"]), None),
                                 "the counter to say so", 10)
        expect("Signing in works" in link, link)
        self.picture("sign-in-offline")
        self.sign_in(lead, by_touch=True)

        self.step("6. offline: the same again; a delivery comes in, and an order is prepared of which a line is missing")
        self.is_helped(lead, "offline")
        second = self.hands_over("offline")
        expect(first != second, "the same order twice")
        self.receives(sku, 12)
        prepared = self.prepares("offline-prepare")
        case = self.answers_what_waits("offline-case")
        expect(self.stands(False, "offline") > 0, "nothing waits to be sent")
        self.sees_the_board("offline", contacts=2, contacts_first=2, collected=2, waits=2, minutes_offline=1, minutes_served=1)
        self.takes_back(second, "offline-back")
        expect("still confirm" in self.counter.wait_for_node("back.done_state", 5)["label"], "the counter does not say that it is pending")

        self.step("7. the line is joined again: hub and store agree, and both orders are over")
        expect(self.shop.command("online").returncode == 0, "./vitrine online failed")
        self.shop.wait(lambda: not compare_databases.differences(*map(str, self.shop.databases), STORE)[0], "hub and store to agree", BACK_ONLINE_S_MAX)
        talk = self.at_hub(case)
        expect(talk["messages"][-1]["text"] == "Yes, we will." and talk["closed"]["how"] == "answered", f"the hub has {talk}")
        expect(self.status(prepared) == "ready", f"order {prepared} is {self.status(prepared)}")
        for order in (first, second):
            expect(self.status(order) in ("collected", "part_collected", "returned"), f"order {order} is {self.status(order)}")
        self.counter.wait(lambda tree: not any(node["id"] == "back.done_state" for node in tree["nodes"]), "the hub to confirm what came back", 15)
        self.picture("back-confirmed")
        self.keys("F3")
        expect(self.stands(True, "online") == 0, "something still waits to be sent")

        self.step("8. everything is found with F2, and nobody by a name")
        self.finds()

        self.step("9. a handheld beside the counter, offline: one list to fetch; then both at once, through a kill of the edge")
        expect(self.shop.command("offline").returncode == 0, "./vitrine offline failed")
        printer = Handheld(self.shop, self.build)
        with printer as hand:
            other = self.beside(hand, lead, manager)
            self.shop.wait(lambda: not self.shop.status()["edge"]["link"]["online"], "the store to be offline", 30)
            fetching.fetches(self, hand, printer, manager)
            self.at_once(other, lead, manager)
            expect(self.shop.command("online").returncode == 0, "./vitrine online failed")
            self.shop.wait(lambda: self.shop.status()["edge"]["link"]["online"], "the store to be online", 40)
            self.step("10. a drill from F7: staff change a cart, a request falls to the next in time, and all of it is sent when it ends")
            counter_drill.run(self, hand, STORE)


def main(arguments):
    build = pathlib.Path(arguments[0]).resolve()
    pictures = pathlib.Path(arguments[1] if len(arguments) > 1 else ROOT / "build/counter").resolve()
    pictures.mkdir(parents=True, exist_ok=True)
    with Shop(build, ["--counter"]) as shop:
        counter_drill.hurry_routing(shop, STORE)
        Staffed(shop, build, pictures).run()
    print(f"pictures: {pictures}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
