# SPDX-License-Identifier: Apache-2.0
"""A kiosk through many visits at high speed, with real parts: ./vitrine run, the window touched through the window system.

What it looks at: that nothing that a person typed, searched or held to the reader is in the memory of kiosk and edge, in a file or
on the screen two seconds after they have left; memory and open files over the visits, as a slope; that a kiosk that crashed is back
in welcome, and that one whose edge is gone says so and comes back by itself.

    soak_test.py <build folder> [--visits N] [--for 60m] [--ledger FILE]

`--for`: so long, N visits at least; VITRINE_DEEP=1 is 3,000 visits for VITRINE_DEEP_FOR (60m). With --ledger the figures are added to
the file as a line of JSON.
"""

import argparse
import fnmatch
import json
import os
import pathlib
import secrets
import signal
import subprocess
import sys
import time

from kiosk import Kiosk
from shop import ROOT, Shop
from soak_figures import Figures, copies_in_memory, files_with

sys.path.insert(0, str(ROOT / "tools/vitrine"))

THINGS = {"85123A": 3, "20725": 1, "22960": 2}
WORDS = "quizyvexk"  # nobody sells it
FORGOTTEN_S = 2
CART_VISITS = 40
LONG = 200  # visits
# Of the visits, before anything is measured: letters, pages and caches fill once. In a short run too each kind of visit was made
# once before, so that what it opens and keeps is no slope.
WARM_UP = 0.2
# Twice its error below it, a slope above this is called a leak. Caches that are still filling are none: a short run is judged less.
LEAK_KIB_A_VISIT = 4.0
SETTLING_KIB = 8192.0


def expect(condition, words):
    if not condition:
        raise AssertionError(words)


class Fingers(Kiosk):
    """The kiosk, touched by one xdotool that stays."""

    def __init__(self, automation, display):
        super().__init__(automation, display)
        self._touched = False
        self._hand = subprocess.Popen(["xdotool", "-"], stdin=subprocess.PIPE, text=True, env={**os.environ, "DISPLAY": display})

    def close(self):
        self._hand.stdin.close()
        self._hand.wait()

    def _tell(self, line):
        self._hand.stdin.write(line + "\n")
        self._hand.stdin.flush()

    def wait(self, condition, what, within_s=30):
        deadline = time.monotonic() + within_s
        while not (answer := condition(self.tree())):
            if time.monotonic() > deadline:
                return super().wait(condition, what, 0)
            time.sleep(0.01)
        return answer

    def click(self, name):
        self._press(self.wait_for_node(name, visible=True, enabled=True))

    def _press(self, node):
        x, y, width, height = node["rect"]
        self._tell(f"mousemove {round(x + width / 2)} {round(y + height / 2)}")
        self._tell("mousedown 1")
        time.sleep(0.04)
        self._tell("mouseup 1")

    def turn(self, name, screen):
        """Touches it until that screen is there: a touch on what has just moved away is none."""
        while not self._came(screen):
            self.click(name)

    def turn_first(self, prefix, screen):
        """The same with the first whose id begins so; which one that is may change meanwhile."""
        def first(tree):
            return next((node for node in tree["nodes"] if node["id"].startswith(prefix) and node["visible"] and node["enabled"]), None)

        self.wait(first, prefix)
        while not self._came(screen):
            if node := first(self.tree()):
                self._press(node)

    def _came(self, screen, within_s=1.5):
        """Also when it was there already."""
        until = time.monotonic() + (within_s if self._touched else 0)
        while not (here := self.tree()["screen"].startswith(screen)) and time.monotonic() < until:
            time.sleep(0.01)
        self._touched = not here
        return here


class Soak:
    def __init__(self, shop):
        self.shop = shop
        self.kiosk = Fingers(shop.state / "kiosk-1/automation.sock", shop.display)
        os.environ["VITRINE_STATE"] = str(shop.state)
        import scan  # it reads where the shop's state is
        self._record = {"address": "127.0.0.1", "ports": {"page": int(shop.page.rsplit(":", 1)[1].strip("/"))}}
        self._phones = scan.Phone
        self._text, self._renewed = None, 0
        self.visits = 0

    def _new_phone(self):
        phone = self._phones(self._record)
        phone.ask("POST", "/session", {})
        phone.ask("POST", "/cart/store", {"store": "harbour-street"})
        for sku, units in THINGS.items():
            phone.ask("POST", "/cart/actions", {"request": secrets.token_hex(16), "action": "add", "sku": sku, "units": units})
        return phone

    def code(self):
        """The text of a code that has not run out. Now and then of another cart: each change makes one longer."""
        if self._text is None or self.visits - self._renewed >= CART_VISITS:
            self._text, self._renewed = self._new_phone().ask("POST", "/cart/pass", {})["text"], self.visits
        return self._text

    def scan(self, text):
        """As scanners type, until it was read: under load a key may come late, and that is a person's typing."""
        for _ in range(20):
            self.kiosk.scan_by_typing(text)
            until = time.monotonic() + 3
            while time.monotonic() < until:
                if self.kiosk.tree()["screen"] in ("cart", "problem"):
                    return
                time.sleep(0.01)
        raise AssertionError("the code was not read")

    def leave(self, name):
        self.kiosk.turn(name, "welcome")
        self.visits += 1

    # Visits.

    def cart(self):
        self.scan(self.code())
        self.kiosk.wait_for_screen("cart")
        self.kiosk.click("line.85123A.more")
        self.kiosk.click("line.22960.fewer" if self.visits % 2 else "line.22960.more")
        self.leave("start_over")

    def search(self):
        self.kiosk.turn("search.start", "search")
        for letter in ("alarm", "heart", "tea")[self.visits % 3]:
            self.kiosk.click(f"key.{letter}")
        self.kiosk.turn_first("result.", "product")
        self.leave("start_over")

    def till(self):
        self.scan(self.code())
        self.kiosk.turn("cart.pay", "till")
        self.kiosk.wait_for_node("till.done")
        self.leave("start_over")

    def ease(self):
        self.kiosk.turn("ease", "ease")
        self.kiosk.click("ease.contrast")
        self.kiosk.click("ease.text.largest")
        self.kiosk.click("ease.done")
        self.kiosk.wait_for_screen("welcome")
        self.kiosk.turn("search.start", "search")
        self.leave("start_over")

    def unknown(self):
        self.scan("https://somewhere.example/k#k1." + secrets.token_hex(60))
        self.leave("start_over")

    def look_at_collect(self):
        self.kiosk.turn("collect.start", "collect")
        for digit in "123":
            self.kiosk.click(f"digit.{digit}")
        self.leave("start_over")

    ROUND = (cart, search, cart, till, look_at_collect, cart, search, ease, cart, unknown)

    def visit(self):
        self.ROUND[self.visits % len(self.ROUND)](self)

    # What must be so.

    def nothing_stays_behind(self):
        """Words that a finger typed and the text that a scanner read, in memory while they are used and nowhere afterwards."""
        kiosk, edge = self.shop.pid("kiosk"), self.shop.pid("edge")
        secret = "https://somewhere.example/k#k1." + secrets.token_hex(60)
        code = self.code()
        self.kiosk.turn("search.start", "search")
        for letter in WORDS:
            self.kiosk.click(f"key.{letter}")
        self.kiosk.wait_for_node("search.field", value=WORDS)
        expect(copies_in_memory(kiosk, WORDS) > 0, "the words are not even in the kiosk's memory while they are on its screen")
        self.leave("start_over")
        self.scan(secret)
        self.leave("start_over")
        self.scan(code)
        expect(self.kiosk.wait_for_screen("cart")["nodes"], "the cart is empty")
        self.leave("start_over")
        time.sleep(FORGOTTEN_S)
        for what, text in (("typed", WORDS), ("read and refused", secret[40:])):
            self.nowhere(what, text, {"kiosk": kiosk, "edge": edge})
        # A code that opened a cart is part of that operation, which the hub judges again: in the databases, and nowhere else.
        self.nowhere("read and opened", code[-80:], {"kiosk": kiosk}, "*.db*")
        shown = json.dumps(self.kiosk.tree())
        expect(WORDS not in shown and "85123A" not in shown, "the screen still shows what was typed, or the cart")
        print(f"    nothing of it after {FORGOTTEN_S} s: in the memory of kiosk and edge, in files, on the screen", flush=True)

    def nowhere(self, what, text, programs, but=""):
        for name, program in programs.items():
            copies = copies_in_memory(program, text)
            expect(copies == 0, f"{copies} copies of what was {what} are in the memory of the {name} {FORGOTTEN_S} s after the visit")
        files = [file for file in files_with(self.shop.state, text) if not fnmatch.fnmatch(file, but)]
        expect(not files, f"what was {what} is in {files}")

    def crash(self):
        before, began = self.shop.pid("kiosk"), time.monotonic()
        os.kill(before, signal.SIGSEGV)

        def is_back():
            try:
                return self.shop.pid("kiosk") != before and self.kiosk.tree()["screen"] == "welcome"
            except (OSError, ValueError, AssertionError):
                return False  # its socket is not there yet

        self.shop.wait(is_back, "the kiosk to be back", 60)
        # A second of it is the wait of ./vitrine run; systemd's is half of one.
        print(f"    SIGSEGV: back in welcome after {time.monotonic() - began:.2f} s", flush=True)

    def edge_away(self):
        edge = self.shop.pid("edge")
        os.kill(edge, signal.SIGSTOP)
        try:
            began = time.monotonic()
            self.kiosk.wait_for_screen("resting", 60)
            away_s = time.monotonic() - began
        finally:
            os.kill(edge, signal.SIGCONT)
        self.kiosk.wait_for_screen("welcome", 60)
        print(f"    an edge that hangs: said after {away_s:.1f} s; back by itself", flush=True)

    def run(self, visits, seconds):
        figures = Figures({name: self.shop.pid(name) for name in ("kiosk", "edge")})
        began = time.monotonic()
        while self.visits < visits or time.monotonic() - began < seconds:
            self.visit()
            figures.note(self.visits)
        took = time.monotonic() - began
        print(f"    {self.visits} visits in {took:.0f} s", flush=True)
        slopes = figures.slopes(max(WARM_UP, len(self.ROUND) / self.visits))
        for slope in slopes:
            print("    " + slope.words(), flush=True)
        for slope in slopes:
            expect(not slope.is_leak(LEAK_KIB_A_VISIT + SETTLING_KIB / self.visits), "a leak: " + slope.words())
        return {"visits": self.visits, "seconds": round(took), "slopes": [slope.record() for slope in slopes]}


def seconds_of(words):
    """"60m", "90s", "2h", or seconds."""
    return float(words[:-1]) * {"s": 1, "m": 60, "h": 3600}[words[-1]] if words[-1] in "smh" else float(words)


def main(words):
    parser = argparse.ArgumentParser()
    parser.add_argument("build", type=pathlib.Path)
    deep = os.environ.get("VITRINE_DEEP")
    parser.add_argument("--visits", type=int, default=3000 if deep else 24)
    parser.add_argument("--for", dest="seconds", type=seconds_of, default=os.environ.get("VITRINE_DEEP_FOR", "60m") if deep else "0")
    parser.add_argument("--ledger", type=pathlib.Path)
    options = parser.parse_args(words)
    with Shop(options.build.resolve()) as shop:
        soak = Soak(shop)
        soak.kiosk.wait_for_screen("welcome", 60)
        soak.nothing_stays_behind()
        figures = soak.run(options.visits, options.seconds)
        if figures["visits"] >= LONG:
            soak.nothing_stays_behind()
            soak.edge_away()  # which takes half a minute: the feed's silence is its sign
        soak.crash()
        soak.kiosk.close()
    if options.ledger:
        with open(options.ledger, "a") as ledger:
            ledger.write(json.dumps(figures) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
