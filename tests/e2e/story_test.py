# SPDX-License-Identifier: Apache-2.0
"""The story: a phone's cart opens at the kiosk, with the internet on and off, and nothing is lost, doubled or shown wrongly.

Real parts only: ./vitrine run (broker, hub, edge, kiosk), a real browser that trusts the shop's own authority, a real window.
Pictures of each step: build/story/ (or the folder given as second argument).

    story_test.py <build folder> [pictures folder]
"""

import contextlib
import pathlib
import re
import secrets
import subprocess
import sys
import time

import compare_databases
from kiosk import Kiosk
from shop import ROOT, Shop
from webdriver import Browser

sys.path.insert(0, str(ROOT / "tools/vitrine"))
import demo_staff
import local_http
from neighbour import Neighbour

BACK_ONLINE_S_MAX = 40  # the cap of the back-off, and the work
HEART, BAG, JAM = "85123A", "20725", "22960"
CUP = "21238"  # sold out in Harbour Street
CLOCK = "22726"
GATHERED_S_MAX = 45  # what stores have is told every 15 s, after what they did has reached the hub


def say(words):
    print(words, flush=True)


def expect(condition, words):
    if not condition:
        raise AssertionError(words)


class Story:
    def __init__(self, shop, build, pictures):
        self.shop, self.build, self.pictures = shop, build, pictures
        self.kiosk = Kiosk(shop.state / "kiosk-1/automation.sock", shop.display)
        self.step_number = 0
        self.session, self.helper = None, None

    def step(self, words):
        self.step_number += 1
        say(f"{self.step_number:2}. {words}")

    def picture(self, name, browser=None):
        path = self.pictures / f"{self.step_number:02}-{name}.png"
        if browser:
            time.sleep(0.6)  # the page's own motion
            browser.screenshot(str(path))
        else:
            self.kiosk.picture(path)
        return path

    # The phone.

    def open_phone(self):
        browser = Browser(trust=[str(self.shop.authority)])
        browser.open(self.shop.page)
        return browser

    def sign_in(self, browser):
        """As the first of the demonstration's shoppers; the first name."""
        browser.find(test="account").click()
        shopper = browser.find(test="shopper")
        name = shopper.text.splitlines()[-1].split()[0]  # the first line is the face
        shopper.click()
        browser.absent(test="sheet-account")
        return name

    def put_in_cart(self, browser, sku, times):
        """Finds a product by its number and adds it."""
        browser.find(test="search").click()
        field = browser.find(test="search-field")
        field.clear()
        field.type(sku)
        row = f"[data-test=result][data-sku='{sku}']"
        for _ in range(times):
            browser.find(css=f"{row} [data-test=add]").click()
        browser.wait(lambda: browser.find(css=f"{row} [data-test=in-cart]").text.strip() == str(times), f"{times} in the cart")
        browser.find(test="back").click()

    def units_on_phone(self, browser):
        """SKU → units of the cart on the phone."""
        return browser.run("""return Object.fromEntries([...document.querySelectorAll('[data-test=line]')].map(
            line => [line.dataset.sku, Number(line.querySelector('[data-test=units]').textContent)]))""")

    def wait_for_phone_units(self, browser, expected, within=20):
        browser.wait(lambda: self.units_on_phone(browser) == expected, f"{expected} on the phone", within=within)

    @staticmethod
    def leave_code(browser):
        """Back to the cart; the page goes there by itself when the kiosk has it, perhaps in this moment."""
        def back():
            for close in browser.all(test="close"):
                close.click()
            return browser.all(test="lines")

        browser.wait(back, "the cart on the phone")

    def code_text(self, browser):
        """The text of a fresh code for this phone's cart, by the call that the page makes."""
        return browser.run_async("""const answer = await fetch('/api/v1/cart/pass',
                {method: 'POST', headers: {'content-type': 'application/json', 'x-vitrine': '1'}, body: '{}'});
            return (await answer.json()).text;""")

    # The kiosk.

    def show_to_camera(self, code_png):
        """What a camera sees: smaller, turned by 7 degrees, with noise."""
        seen = self.shop.state / "kiosk-1/camera.png"
        subprocess.run(["convert", str(code_png), "-resize", "62%", "-background", "#777777", "-rotate", "7", "-attenuate", "0.35",
                        "+noise", "Gaussian", "-blur", "0x0.6", str(seen)], check=True)
        seen.rename(self.shop.state / "kiosk-1/scans" / f"{time.time_ns()}.png")

    def units_at_kiosk(self):
        return {node["id"].split(".")[1]: int(node["label"]) for node in self.kiosk.tree()["nodes"]
                if re.fullmatch(r"line\.[^.]+\.count", node["id"])}

    def wait_for_kiosk_units(self, expected, within_s=30):
        self.kiosk.wait(lambda _: self.units_at_kiosk() == expected, f"{expected} at the kiosk", within_s)

    def run(self):
        with self.open_phone() as phone:
            self.step("a shopper signs in on a phone, fills a cart and shows its code")
            name = self.sign_in(phone)
            self.put_in_cart(phone, HEART, 3)
            self.put_in_cart(phone, BAG, 1)
            self.put_in_cart(phone, JAM, 2)
            self.put_in_cart(phone, CUP, 1)
            self.wait_for_phone_units(phone, {HEART: 3, BAG: 1, JAM: 2, CUP: 1})
            self.picture("phone-cart", phone)
            phone.find(test="show-at-kiosk").click()
            code = phone.find(test="qr")
            self.picture("phone-code", phone)
            code_png = self.pictures / "code.png"
            time.sleep(0.5)
            code.screenshot(str(code_png))

            self.step("the kiosk waits")
            self.kiosk.wait_for_screen("welcome")
            self.picture("kiosk-welcome")
            self.kiosk.click("scan.start")
            self.kiosk.wait_for_screen("scan")
            time.sleep(0.6)
            self.picture("kiosk-scan")

            self.step("its camera sees the code, scaled, turned by 7 degrees and noised: the cart is on the kiosk")
            self.show_to_camera(code_png)
            self.kiosk.wait_for_screen("cart")
            self.wait_for_kiosk_units({HEART: 3, BAG: 1, JAM: 2})
            self.kiosk.wait_for_node(f"line.{CUP}.remove")  # sold out here: no stepper, and not in the total
            total = self.kiosk.wait_for_node("cart.total")["label"]
            expect(total == "£19.00", f"the kiosk asks for {total}")
            self.kiosk.wait_for_node("cart.title", label=f"Your cart, {name}")  # the name came with the hub's base, not with the code
            time.sleep(1)
            self.picture("kiosk-cart")

            self.step("a quantity changed at the kiosk is on the phone")
            self.kiosk.click(f"line.{HEART}.more")
            self.wait_for_kiosk_units({HEART: 4, BAG: 1, JAM: 2})
            self.leave_code(phone)
            self.wait_for_phone_units(phone, {HEART: 4, BAG: 1, JAM: 2, CUP: 1})
            self.picture("phone-sees-kiosk", phone)

            self.step("the kiosk gives the cart to a second phone; the first one has it already")
            link = self.code_for_phones("kiosk-keep")
            with self.open_phone() as second:
                self.open_kept(second, link, {HEART: 4, BAG: 1, JAM: 2, CUP: 1})
            self.open_kept(phone, link, {HEART: 4, BAG: 1, JAM: 2, CUP: 1})
            self.kiosk.click("keep.done")
            self.kiosk.wait_for_screen("welcome")

            self.offline_story()

            self.step("the first cart is still as it was")
            self.wait_for_phone_units(phone, {HEART: 4, BAG: 1, JAM: 2, CUP: 1})
            self.other_store(phone)

    def other_store(self, phone):
        self.step("another store of the region is there, and the product's page says what it has, with its age; nothing of it where it sold the last")
        self.kiosk.click("start_over")
        self.kiosk.wait_for_screen("welcome")
        with Neighbour(self.shop, self.build, "quay-square") as other:
            other.count(CLOCK, 7)
            self.kiosk.scan_by_typing(phone.wait(lambda: self.code_text(phone), "the code's text"))
            self.kiosk.wait_for_screen("cart")
            self.kiosk.click("cart.find")
            for letter in "alarm":
                self.kiosk.click(f"key.{letter}")
            self.kiosk.click(f"result.{CLOCK}")
            self.kiosk.wait_for_screen("product")
            name = f"product.nearby.{other.store}"
            # What the tables say of a store without a box is from yesterday: it is not said to have any.
            self.while_looked_at(lambda: self.label("product.nearby.mill-lane.band") == "Check first", "what nobody knows")
            self.while_looked_at(lambda: self.label(f"{name}.band") == "3 to 9 there", "what the other store has")
            age, where = self.label(f"{name}.age"), self.label(f"{name}.where")
            expect(re.fullmatch(r"As of \d\d:\d\d", age), f"the age is said as {age}")
            expect(where.startswith("0.6 miles"), f"the way is said as {where}")
            self.step("it keeps one for the cart that is open, and the screen says so when it does")
            self.kiosk.click(f"product.keep.{other.store}")
            # As many as were chosen: whoever looks at the page touches "more" now and then.
            units = lambda: re.match(r"(\d) kept until", self.label(f"product.keep.{other.store}") or "")
            self.while_looked_at(units, "what is kept")
            self.shop.wait(lambda: other.ask(f"/v1/stock/{CLOCK}")["reserved"] == int(units()[1]), "the promise to be known there", 20)
            promise = other.ask(f"/v1/stock/{CLOCK}")["reservations"][0]
            expect(promise["for"].startswith("cart/") and promise["by"] == "hub", f"it is kept as {promise}")
            self.picture("kiosk-other-store")
            other.count(CLOCK, 0)
            took_s = self.while_looked_at(lambda: self.label(f"{name}.band") == "Sold out there", "the other store to be sold out")
            say(f"    sold out there, and said here {took_s:.1f} s later")

    def label(self, name):
        node = self.kiosk.node(name)
        return node and node["label"]

    def while_looked_at(self, condition, what):
        """Waits as somebody who touches the product's page now and then; the seconds that it took."""
        started = touched = time.monotonic()
        while not condition():
            expect(time.monotonic() - started < GATHERED_S_MAX, f"{what} did not come within {GATHERED_S_MAX} s")
            if time.monotonic() - touched > 10:
                self.kiosk.click("product.more")
                touched = time.monotonic()
            time.sleep(0.2)
        return time.monotonic() - started

    def code_for_phones(self, picture):
        """What the kiosk's code for a phone's camera says."""
        self.kiosk.click("cart.keep")
        self.kiosk.wait_for_screen("keep")
        time.sleep(0.5)
        self.picture(picture)
        return self.kiosk.wait_for_node("keep.qr")["value"]

    def open_kept(self, browser, link, units):
        """As a phone's camera does; what is then in the cart."""
        browser.open(link)
        browser.find(test="state-check")
        self.picture("phone-kept", browser)
        expect("#k" not in browser.run("return location.href"), "the code stays in the phone's address")
        browser.find(test="open-cart").click()
        self.wait_for_phone_units(browser, units)

    def find_product(self, words, sku, price):
        self.step("a product is found at the kiosk by what a finger types")
        self.kiosk.click("search.start")
        self.kiosk.wait_for_screen("search")
        for letter in words:
            self.kiosk.click(f"key.{letter}")
        self.kiosk.click(f"result.{sku}")
        self.kiosk.wait_for_screen("product")
        self.kiosk.wait_for_node("product.price", label=price)
        stock = self.kiosk.wait_for_node("product.stock")["label"]
        expect("Aisle" in stock, f"the page says of its stock: {stock}")
        self.picture("kiosk-product")
        self.kiosk.click("start_over")
        self.kiosk.wait_for_screen("welcome")

    def counter(self, path, body=None):
        """A call of the edge's local API, as the counter makes it for who is signed in there."""
        if not self.session:
            who = next(one for one in demo_staff.members("harbour-street") if one["role"] == "sales")
            self.helper = who["first_name"]
            self.session = self.ask("/v1/staff/sessions", {"staff": who["staff"], "pin": who["pin"]})["session"]
        return self.ask(path, body)

    def ask(self, path, body=None):
        if body is not None:
            body = {"request": secrets.token_hex(16), "device": "counter-1", **body}
        socket = self.shop.state / "stores/harbour-street/counter-1.sock"
        status, said = local_http.ask(socket, "GET" if body is None else "POST", path, body, session=self.session)
        expect(status == 200, f"{path}: {status} {said}")
        return said

    def ask_for_help(self):
        self.step("somebody asks for help, is told who comes, and is helped")
        self.kiosk.click("help")
        self.kiosk.wait_for_screen("help")
        self.kiosk.click("help.about.reach")
        self.shop.wait(lambda: [one["about"] for one in self.counter("/v1/requests")["requests"]] == ["reach"], "the request", 10)
        request = self.counter("/v1/requests")["requests"][0]
        expect(request["where"] == "Kiosk 1, by the stairs", f"the counter is told {request['where']}")
        actions = f"/v1/requests/{request['id']}/actions"
        self.counter(actions, {"action": "take", "minutes": 2})
        self.kiosk.wait_for_node("help.title", label=f"{self.helper} is coming over")
        time.sleep(0.5)
        self.picture("kiosk-help")
        self.counter(actions, {"action": "end", "how": "helped"})
        self.kiosk.wait_for_screen("welcome")

    def own_waiting(self):
        """Actions of people that wait for the hub; not what the box tells by itself, of its audit and its measures."""
        with contextlib.closing(compare_databases.open_read_only(self.shop.databases[1])) as store:
            return store.execute("SELECT count(*) FROM outbox WHERE n > (SELECT applied_n FROM state) AND actor NOT IN ('edge', 'measures')").fetchone()[0]

    def offline_story(self):
        self.step("the store is cut off from the hub")
        done = self.shop.command("offline")
        expect(done.returncode == 0, done.stdout + done.stderr)
        self.shop.wait(lambda: not self.shop.status()["edge"]["link"]["online"], "the store to be offline", 30)
        self.find_product("alarm", CLOCK, "£3.75")
        self.ask_for_help()
        waiting = self.own_waiting()
        expect(waiting == 4, f"asked, said what about, taken, ended: {waiting} wait for the hub")

        with self.open_phone() as phone:
            self.step("another phone fills another cart, of which the store has never heard")
            self.put_in_cart(phone, HEART, 2)
            self.put_in_cart(phone, BAG, 5)
            phone.find(test="show-at-kiosk").click()
            phone.find(test="qr")
            text = phone.wait(lambda: self.code_text(phone), "the code's text")
            cart = phone.run_async("return (await (await fetch('/api/v1/cart')).json()).cart")
            expect(("cart", cart) not in compare_databases.store_documents(
                compare_databases.open_read_only(self.shop.databases[1]), "store.harbour-street"), "the store has heard of the cart")

            self.step("a scanner types the code at the kiosk: the cart opens offline")
            self.kiosk.scan_by_typing(text)
            self.kiosk.wait_for_screen("cart")
            self.wait_for_kiosk_units({HEART: 2, BAG: 5})
            self.kiosk.wait_for_node("banner.offline", within_s=30)
            time.sleep(0.5)
            self.picture("kiosk-offline")

            self.step("it is changed offline, and the edge is killed with SIGKILL")
            self.kiosk.click(f"line.{HEART}.more")
            self.wait_for_kiosk_units({HEART: 3, BAG: 5})
            self.kiosk.click(f"line.{BAG}.fewer")
            self.wait_for_kiosk_units({HEART: 3, BAG: 4})
            self.shop.wait(lambda: self.own_waiting() == waiting + 3, "three more own changes", 10)
            self.shop.kill("edge")
            self.shop.wait(lambda: self.shop.status()["edge"], "the edge to be back", 30)
            expect(self.own_waiting() == waiting + 3, "an own change is lost")

            self.step("the same code again: the same cart, nothing gone, nothing doubled")
            self.kiosk.wait(lambda tree: tree["screen"] in ("welcome", "cart", "scan"), "the kiosk to be back", 30)
            self.kiosk.scan_by_typing(text)
            self.kiosk.wait_for_screen("cart")
            self.wait_for_kiosk_units({HEART: 3, BAG: 4})
            self.picture("kiosk-after-kill")

            self.step("the offline kiosk gives the cart to another phone, and nothing that was altered gets in")
            link = self.code_for_phones("kiosk-keep-offline")
            with self.open_phone() as second:
                altered = link[:-40] + str((int(link[-40]) + 1) % 10) + link[-39:]
                second.open(altered)
                second.find(test="state-warning")
                second.find(test="open-cart").click()
                self.wait_for_phone_units(second, {})
                self.open_kept(second, link, {HEART: 3, BAG: 4})
            self.kiosk.click("keep.cart")
            self.kiosk.wait_for_screen("cart")

            self.step("the line is joined again")
            started = time.monotonic()
            expect(self.shop.command("online").returncode == 0, "./vitrine online failed")
            last = []

            def same():
                last[:], _ = compare_databases.differences(*map(str, self.shop.databases), "harbour-street")
                return not last

            try:
                self.shop.wait(same, "hub and store to agree", BACK_ONLINE_S_MAX)
            except AssertionError:
                say("\n".join(last[:20]))
                raise
            say(f"    hub and store agree {time.monotonic() - started:.1f} s after the line was joined (at most {BACK_ONLINE_S_MAX})")
            _, compared = compare_databases.differences(*map(str, self.shop.databases), "harbour-street")
            expect(compared > 8000, f"only {compared} documents compared")
            say(f"    {compared} documents compared, byte for byte")

            self.step("the phone shows what was done at the kiosk, once")
            self.leave_code(phone)
            self.wait_for_phone_units(phone, {HEART: 3, BAG: 4})
            self.picture("phone-after", phone)
            time.sleep(5)
            self.wait_for_phone_units(phone, {HEART: 3, BAG: 4})
            self.wait_for_kiosk_units({HEART: 3, BAG: 4})
            self.picture("kiosk-back-online")


def main(arguments):
    build = pathlib.Path(arguments[0]).resolve()
    pictures = pathlib.Path(arguments[1] if len(arguments) > 1 else ROOT / "build/story").resolve()
    pictures.mkdir(parents=True, exist_ok=True)
    with Shop(build) as shop:
        Story(shop, build, pictures).run()
    say(f"pictures: {pictures}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
