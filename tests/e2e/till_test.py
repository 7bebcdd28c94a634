# SPDX-License-Identifier: Apache-2.0
"""Paying at a till, with real parts: ./vitrine run, the kiosk's window touched through the window system, tools/till/till.py as the
till. With the internet and without; paid, given back, and a cart that changed meanwhile. Pictures: build/till (or the second argument).

    till_test.py <build folder> [pictures folder]
"""

import os
import pathlib
import secrets
import subprocess
import sys
import time

import compare_databases
from kiosk import Kiosk
from shop import ROOT, Shop

sys.path.insert(0, str(ROOT / "tools/vitrine"))

HEART, BAG = "85123A", "20725"
BACK_ONLINE_S_MAX = 40


def expect(condition, words):
    if not condition:
        raise AssertionError(words)


class Paying:
    def __init__(self, shop, pictures):
        self.shop, self.pictures = shop, pictures
        self.kiosk = Kiosk(shop.state / "kiosk-1/automation.sock", shop.display)
        self.socket = shop.state / "stores/harbour-street/till-1.sock"
        os.environ["VITRINE_STATE"] = str(shop.state)
        import scan  # it reads where the shop's state is
        self._record = {"address": "127.0.0.1", "ports": {"page": int(shop.page.rsplit(":", 1)[1].strip("/"))}}
        self._phone = scan.Phone

    def step(self, words):
        print(words, flush=True)

    def picture(self, name):
        time.sleep(0.5)  # the screen's own motion
        self.kiosk.picture(self.pictures / f"{name}.png")

    def phone(self, things):
        """A phone with these units in its cart."""
        phone = self._phone(self._record)
        self.ask(phone, "POST", "/session", {})
        self.ask(phone, "POST", "/cart/store", {"store": "harbour-street"})
        for sku, units in things.items():
            self.act(phone, action="add", sku=sku, units=units)
        return phone

    @staticmethod
    def ask(phone, method, path, body=None):
        phone._connection.close()  # the hub has closed one that was idle for long
        return phone.ask(method, path, body)

    def act(self, phone, **what):
        return self.ask(phone, "POST", "/cart/actions", {"request": secrets.token_hex(16), **what})

    def units(self, phone):
        return {line["sku"]: line["units"] for line in self.ask(phone, "GET", "/cart")["lines"]}

    def code(self, phone):
        return self.ask(phone, "POST", "/cart/pass", {})["text"]

    def open_cart(self, phone):
        self.kiosk.scan_by_typing(self.code(phone))
        self.kiosk.wait_for_screen("cart")

    def till(self, *words, well=True):
        done = subprocess.run([sys.executable, str(ROOT / "tools/till/till.py"), "--socket", str(self.socket), *words],
                              capture_output=True, text=True, timeout=30)
        expect((done.returncode == 0) == well, f"till {words}: {done.stdout}{done.stderr}")
        return done.stdout + done.stderr

    def ticket(self):
        """The code on the glass, as a person would say it."""
        self.kiosk.wait_for_screen("till")
        return self.kiosk.wait_for_node("till.code")["label"].replace(" ", "")

    def print_ticket(self, code):
        """On paper too; and what the screen says when the printer is gone."""
        printer = self.shop.state / "kiosk-1/printer"
        self.kiosk.click("till.print")
        self.kiosk.wait_for_node("print.done")
        paper = printer.read_bytes()
        expect(b"VT1:HARBOUR-STREET:" in paper and f"{code[:3]} {code[3:]}".encode() in paper, f"on the paper: {paper[-600:]!r}")
        gone = printer.with_suffix(".gone")
        printer.rename(gone)
        time.sleep(0.5)  # the same button at once would be a double strike
        self.kiosk.click("till.print")
        self.kiosk.wait_for_node("print.failed")
        self.picture("printer-gone")
        gone.rename(printer)

    def total(self):
        return self.kiosk.wait_for_node("till.total")["label"].strip("£")

    def pay_by_keys(self):
        """Five keys do it too."""
        for _ in range(30):
            focused = [node["id"] for node in self.kiosk.tree()["nodes"] if node["focused"]]
            if focused == ["cart.pay"]:
                break
            self.kiosk._xdotool("key", "Right")
            time.sleep(0.25)
        expect(focused == ["cart.pay"], f"keys reached {focused}")
        self.kiosk._xdotool("key", "Return")

    def pays(self, name):
        code, total = self.ticket(), self.total()
        self.picture(f"{name}-ticket")
        self.print_ticket(code)
        shown = self.till("show", code)
        expect("open" in shown and total in shown, f"the till sees {shown}, the glass says {total}")
        self.till("take", code)
        self.kiosk.wait_for_screen("till_taken", 5)
        self.picture(f"{name}-taken")
        expect(self.kiosk.node("back") is None, "there is a way back while a till has the cart")
        self.till("pay", code, "--card", total)
        self.kiosk.wait_for_screen("till_paid", 5)
        self.picture(f"{name}-paid")
        self.kiosk.click("till.done")
        self.kiosk.wait_for_screen("welcome")
        return code

    def run(self):
        self.kiosk.wait_for_screen("welcome")
        self.step("1. online: by five keys to the ticket; the till takes it and is paid, and the phone's cart is empty")
        phone = self.phone({HEART: 3, BAG: 1})
        self.open_cart(phone)
        self.picture("cart")
        self.pay_by_keys()
        code = self.pays("online")
        self.shop.wait(lambda: self.units(phone) == {}, "the phone's cart to be empty", 20)
        expect("over" in self.till("take", code, well=False), "a paid ticket was taken again")

        self.step("2. a cart that loses something while its ticket is shown; and back, which gives the ticket up")
        phone = self.phone({HEART: 2, BAG: 2})
        self.open_cart(phone)
        self.kiosk.click("cart.pay")
        code = self.ticket()
        line = next(line for line in self.ask(phone, "GET", "/cart")["lines"] if line["sku"] == BAG)
        self.act(phone, action="remove", line=line["key"], shown=line["shown"])
        self.kiosk.wait_for_screen("till_stale", 20)
        self.picture("stale")
        expect("over" in self.till("take", code, well=False), "a stale ticket was taken")
        self.kiosk.click("till.cart")
        self.kiosk.wait_for_screen("cart")
        time.sleep(0.5)  # at the same place at once would be a double strike
        self.kiosk.click("cart.pay")
        code = self.ticket()
        self.kiosk.click("back")
        self.kiosk.wait_for_screen("cart")
        self.shop.wait(lambda: "over" in self.till("take", code, well=False), "the ticket to be given up", 5)
        self.kiosk.click("start_over")
        self.kiosk.wait_for_screen("welcome")

        self.step("3. offline: given back, and the cart is as it was; then paid")
        phone = self.phone({HEART: 4})
        text = self.code(phone)
        expect(self.shop.command("offline").returncode == 0, "./vitrine offline failed")
        self.shop.wait(lambda: not self.shop.status()["edge"]["link"]["online"], "the store to be offline", 30)
        self.kiosk.scan_by_typing(text)
        self.kiosk.wait_for_screen("cart")
        self.kiosk.click("cart.pay")
        code = self.ticket()
        self.till("take", code)
        self.kiosk.wait_for_screen("till_taken", 5)
        self.till("return", code)
        self.kiosk.wait_for_screen("till_returned", 5)
        self.picture("returned")
        self.kiosk.click("till.cart")
        self.kiosk.wait_for_screen("cart")
        self.kiosk.wait_for_node(f"line.{HEART}.count", label="4")
        self.kiosk.wait_for_node("banner.offline", 30)
        self.kiosk.click("cart.pay")
        self.pays("offline")

        self.step("4. the line is joined again: hub and store agree, and the phone's cart is empty")
        expect(self.shop.command("online").returncode == 0, "./vitrine online failed")
        self.shop.wait(lambda: not compare_databases.differences(*map(str, self.shop.databases), "harbour-street")[0],
                       "hub and store to agree", BACK_ONLINE_S_MAX)
        self.shop.wait(lambda: self.units(phone) == {}, "the phone's cart to be empty", 20)


def main(arguments):
    build = pathlib.Path(arguments[0]).resolve()
    pictures = pathlib.Path(arguments[1] if len(arguments) > 1 else ROOT / "build/till").resolve()
    pictures.mkdir(parents=True, exist_ok=True)
    with Shop(build) as shop:
        Paying(shop, pictures).run()
    print(f"pictures: {pictures}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
