# SPDX-License-Identifier: Apache-2.0
"""The phone page in a real browser, against a real hub with the demonstration's goods.

    python3 phone_page_test.py --hub build/hub/vitrine-hub [--shots folder] [--only name…]

Each story begins in a browser of its own, as a shopper who was never here before.
"""
import argparse
import pathlib
import sys
import time
import traceback

from hub_rig import HubRig
from shopper import Shopper, equal, judge

TAB, ENTER, ESCAPE = "\ue004", "\ue007", "\ue00c"
OFFLINE_BANNER_S = 10
stories = []


def story(function):
    stories.append(function)
    return function


# ── stories ──

@story
def first_visit(setting):
    with Shopper(setting) as phone:
        phone.start()
        phone.find(role="heading", name="My cart")
        phone.wait_for_text("Your cart is empty")
        assert not phone.all(test="show-at-kiosk"), "an empty cart has no code to show"
        phone.shot("empty")
        phone.clean()


@story
def search_add_and_show(setting):
    with Shopper(setting) as phone:
        phone.start()
        phone.find(test="find").click()
        phone.wait(lambda: len(phone.all(test="department")) > 3, "departments")
        phone.add("lunch bag")
        phone.find(test="add").click()
        title = phone.title_of(phone.find(test="result"))
        phone.shot("find")
        phone.to_cart()
        phone.settled()
        line = phone.api().cart()["lines"][0]
        equal(line["units"], 2, "units at the hub")
        equal(line["title"]["en"], title, "title at the hub")
        pounds = f"£{line['total']['minor'] / 100:.2f}"
        equal(phone.find(test="line-total").text, pounds, "total of the line")
        equal(phone.find(test="total").text, pounds, "total of the cart")

        phone.find(test="show-at-kiosk").click()
        code = phone.find(test="qr").stand_still()
        equal(code.role in ("img", "image", "graphics-symbol"), True, f"role of the code {code.role}")
        modules = int(code.attribute("data-modules"))
        left, top, side, ratio = phone.run("const r = arguments[0].getBoundingClientRect(); return [r.left, r.top + scrollY, r.width, devicePixelRatio]",
                                           code.reference)
        module = side * ratio / (modules + 8)
        assert abs(module - round(module)) < 1e-3 and module >= 4, f"a module is {module} device pixels"
        assert all(abs(edge * ratio - round(edge * ratio)) < 2e-2 for edge in (left, top)), f"the code stands at {left}, {top}"
        text = code.attribute("data-text")
        address, digits = text.split("#")
        assert address.endswith("/k") and digits.isdigit(), f"the code says {text}"
        phone.wait_for_text("New code in 9:")
        phone.shot("code")
        phone.find(test="brighter").click()
        phone.find(role="button", name="Back to normal")
        phone.shot("code-bright")
        phone.find(test="close").click()
        phone.find(role="heading", name="My cart")
        phone.clean()


@story
def code_follows_the_cart(setting):
    with Shopper(setting) as phone:
        phone.start()
        phone.add("candle")
        phone.to_cart()
        phone.find(test="show-at-kiosk").click()
        before = phone.find(test="qr").attribute("data-text")
        phone.api().add(phone.api().cart()["lines"][0]["sku"])
        phone.wait(lambda: phone.find(test="qr").attribute("data-text") != before, "another code for another cart")
        phone.clean()


@story
def steppers_and_undo(setting):
    with Shopper(setting) as phone:
        phone.start()
        title = phone.add("clock")
        phone.to_cart()
        more = phone.find(role="button", name=f"One more: {title}")
        more.click()
        more.click()
        more.click()
        phone.find(role="button", name=f"One less: {title}").click()
        equal(list(phone.units().values()), [3], "units on screen")
        phone.settled()
        equal(list(phone.units().values()), [3], "units on screen, with the hub's answer")
        phone.reload()
        phone.find(test="line")
        equal(list(phone.units().values()), [3], "units after a reload")
        for _ in range(2):
            phone.find(role="button", name=f"One less: {title}").click()
        phone.find(role="button", name=f"Remove {title}").click()
        phone.absent(test="line")
        phone.wait_for_text("Removed:")
        phone.shot("removed")
        phone.find(test="undo").click()
        phone.find(test="line")
        phone.settled()
        equal([line["units"] for line in phone.api().cart()["lines"]], [1], "units at the hub")
        phone.clean()


@story
def quick_taps_end_in_the_right_number(setting):
    with Shopper(setting) as phone:
        phone.start()
        phone.add("bag")
        phone.to_cart()
        phone.run("const [less, more] = ['less', 'more'].map(name => document.querySelector(`[data-test=${name}]`));"
                  "for (let i = 0; i < 9; ++i) more.click(); for (let i = 0; i < 4; ++i) less.click(); more.click();")
        equal(list(phone.units().values()), [7], "units on screen")
        phone.settled()
        equal([line["units"] for line in phone.api().cart()["lines"]], [7], "units at the hub")
        equal(list(phone.units().values()), [7], "units on screen at the end")
        phone.clean()


@story
def what_others_do_appears(setting):
    with Shopper(setting) as phone:
        phone.start()
        phone.add("candle")
        phone.to_cart()
        phone.settled()
        elsewhere = phone.api()
        sku = elsewhere.cart()["lines"][0]["sku"]
        elsewhere.add(sku, 4)
        phone.wait(lambda: phone.units() == {sku: 5}, "5 units on screen")
        # The person removes what the screen shows; what somebody else added unseen in between stays.
        phone.offline()
        phone.run("document.querySelector('[data-test=less]').click()")
        for _ in range(4):
            phone.run("document.querySelector('[data-test=less]').click()")
        phone.absent(test="line")
        elsewhere.add(sku, 2)
        phone.offline(False)
        phone.wait(lambda: phone.units() == {sku: 2}, "2 units that were added unseen", within=30)
        phone.settled()
        equal([line["units"] for line in elsewhere.cart()["lines"]], [2], "units at the hub")
        phone.clean(offline=True)


@story
def offline_and_back(setting):
    with Shopper(setting) as phone:
        phone.start()
        title = phone.add("teapot")
        phone.to_cart()
        phone.find(css=".show-paper .qr")
        phone.settled()
        phone.offline()
        phone.find(role="button", name=f"One more: {title}").click()
        equal(list(phone.units().values()), [2], "units on screen")
        phone.find(test="banner-offline", within=OFFLINE_BANNER_S + 10)
        equal(phone.run("return document.querySelector('[data-test=banner-offline]').parentElement.getAttribute('aria-live')"), "polite",
              "how the banner is announced")
        phone.shot("offline")
        phone.find(test="show-at-kiosk").click()
        phone.wait_for_text("Works until ")
        phone.wait_for_text("No signal? This code still works in store.")
        phone.shot("offline-code")
        phone.find(test="close").click()
        phone.offline(False)
        phone.find(test="banner-back", within=20)
        phone.absent(test="banner-back", within=12)
        phone.settled()
        equal([line["units"] for line in phone.api().cart()["lines"]], [2], "units at the hub")
        phone.clean(offline=True)


@story
def a_lost_answer_changes_nothing_twice(setting):
    with Shopper(setting) as phone:
        phone.start()
        title = phone.add("mug")
        phone.to_cart()
        phone.settled()
        # The hub gets the next action, and its answer is lost on the way back.
        phone.run("const real = window.fetch; window.lost = []; window.fetch = async (path, options) => {"
                  " const answer = await real(path, options);"
                  " if (path !== '/api/v1/cart/actions') return answer;"
                  " window.lost.push(JSON.parse(options.body).request);"
                  " if (window.lost.length === 1) throw new TypeError('lost');"
                  " return answer; };")
        phone.find(role="button", name=f"One more: {title}").click()
        phone.wait(lambda: phone.run("return window.lost.length") >= 2, "a second try", within=20)
        phone.settled()
        first, second = phone.run("return window.lost")
        equal(second, first, "the request id of the second try")
        equal([line["units"] for line in phone.api().cart()["lines"]], [2], "units at the hub")
        equal(list(phone.units().values()), [2], "units on screen")


@story
def actions_survive_a_reload(setting):
    with Shopper(setting) as phone:
        phone.start()
        title = phone.add("card")
        phone.to_cart()
        phone.settled()
        # Every action is lost before it reaches the hub, until the page is loaded anew.
        phone.run("const real = window.fetch; window.fetch = (path, options) => path === '/api/v1/cart/actions'"
                  " ? Promise.reject(new TypeError('no signal')) : real(path, options);")
        phone.find(role="button", name=f"One more: {title}").click()
        equal(list(phone.units().values()), [2], "units on screen")
        equal([line["units"] for line in phone.api().cart()["lines"]], [1], "units at the hub")
        phone.reload()
        phone.settled()
        equal([line["units"] for line in phone.api().cart()["lines"]], [2], "units at the hub")
        phone.wait(lambda: list(phone.units().values()) == [2], "2 units on screen")


@story
def reloaded_without_a_hub(setting):
    """A tab that the phone threw away, opened again in a shop without a signal: the hub is really gone."""
    with Shopper(setting) as phone:
        phone.start()
        phone.run_async("await navigator.serviceWorker.ready")
        title = phone.add("teapot")
        phone.to_cart()
        phone.find(css=".show-paper .qr")
        phone.settled()
        phone.find(test="show-at-kiosk").click()
        text = phone.find(test="qr").attribute("data-text")
        setting.hub.stop()
        try:
            phone.reload()
            equal(phone.find(test="qr").attribute("data-text"), text, "the code after a reload without a hub")
            phone.wait_for_text("Works until ", within=20)
            phone.find(test="close").click()
            phone.find(role="button", name=f"One more: {title}").click()
            equal(list(phone.units().values()), [2], "units on screen")
            phone.shot("without-hub")
        finally:
            setting.hub.start()
        phone.settled()
        equal([line["units"] for line in phone.api().cart()["lines"]], [2], "units at the hub")


@story
def german(setting):
    with Shopper(setting, language="de-DE") as phone:
        phone.start()
        phone.find(role="heading", name="Mein Warenkorb")
        equal(phone.run("return document.documentElement.lang"), "de", "language of the page")
        phone.add("candle")
        phone.to_cart()
        assert "," in phone.find(test="total").text, "money as it is written in German"
        phone.shot("german")
        phone.find(test="account").click()
        phone.find(test="language-en").click()
        phone.find(role="heading", name="My cart")
        phone.reload()
        phone.find(role="heading", name="My cart")
        equal(phone.run("return document.documentElement.lang"), "en", "language of the page")
        phone.clean()


@story
def sign_in_and_out(setting):
    with Shopper(setting) as phone:
        phone.start()
        phone.find(test="account").click()
        shopper = phone.find(test="shopper")
        first_name = shopper.text.splitlines()[-1].split()[0]
        phone.shot("sign-in")
        shopper.click()
        phone.absent(test="sheet-account")
        phone.find(role="button", name=f"{first_name}: you and this page").click()
        phone.find(test="sign-out").click()
        phone.absent(test="sheet-account")
        phone.find(role="button", name="You and this page")
        phone.wait_for_text("Your cart is empty")
        phone.clean()


@story
def choose_a_store(setting):
    with Shopper(setting) as phone:
        phone.start()
        phone.find(test="store").click()
        choices = phone.wait(lambda: phone.all(test="store-choice"), "stores")
        assert len(choices) > 1, "more than one store"
        phone.shot("stores")
        name = choices[-1].text.splitlines()[0]
        choices[-1].click()
        phone.absent(test="sheet-stores")
        phone.wait(lambda: phone.find(test="store").text.startswith(name), f"{name} above the cart")
        phone.reload()
        phone.wait(lambda: phone.find(test="store").text.startswith(name), f"{name} after a reload")
        phone.add("candle")
        phone.wait(lambda: " here" in phone.find(test="results").text, "how many there are in that store")
        phone.clean()


@story
def sold_out_in_the_chosen_store(setting):
    with Shopper(setting) as phone:
        phone.start()
        phone.find(test="store").click()
        phone.find(role="button", name="Harbour Street…").click()
        phone.absent(test="sheet-stores")
        title = phone.add("teapot")
        elsewhere = phone.api()
        gone = next(product for product in elsewhere.products(1000) if product["on_hand"] == 0 and product["price"])
        elsewhere.add(gone["sku"])
        phone.to_cart()
        phone.wait_for_text("Sold out at Harbour Street")
        phone.wait_for_text("1 product is not in this total")
        cart = elsewhere.cart()
        equal(phone.find(test="total").text, f"£{cart['totals']['to_pay'] / 100:.2f}", "total of the cart")
        phone.offline()
        phone.find(role="button", name=f"One more: {title}").click()
        counted = next(line for line in cart["lines"] if line["counted"])
        equal(phone.find(test="total").text, f"£{2 * counted['total']['minor'] / 100:.2f}", "total before the hub has answered")
        phone.shot("sold-out")


@story
def a_cart_too_long_for_a_code(setting):
    with Shopper(setting) as phone:
        phone.start()
        phone.add("candle")
        elsewhere = phone.api()
        for product in elsewhere.products(150):
            elsewhere.add(product["sku"], 7)
            time.sleep(0.13)  # what the hub allows one session, the page's own asking included
        phone.to_cart()
        phone.wait(lambda: phone.run("return document.querySelectorAll('[data-test=line]').length") >= 150, "150 lines", within=20)
        phone.find(test="show-at-kiosk").click()
        phone.wait(lambda: phone.find(test="qr").attribute("data-form") == "reference", "a code that names the cart only", within=20)
        phone.wait_for_text("Your cart is too long for one code. The shop needs the internet to open it.")
        phone.shot("reference")
        phone.clean()


@story
def link_of_a_code_in_a_browser(setting):
    with Shopper(setting) as phone:
        phone.start("/k#00123456789012345")
        phone.find(role="heading", name="Cart code")
        phone.wait_for_text("This is a cart code")
        phone.wait_for_text("Show it to the reader at the kiosk.")
        assert "00123456789012345" not in phone.url, "the digits stay in the history"
        phone.shot("link")
        phone.find(test="open-cart").click()
        phone.find(role="heading", name="My cart")
        phone.clean()


@story
def keyboard_alone(setting):
    with Shopper(setting) as phone:
        phone.start()
        phone.add("candle")
        phone.to_cart()
        phone.wait(lambda: phone.run("return document.activeElement.tagName") == "H1", "the focus on the heading of the view")
        seen = []
        for _ in range(12):
            phone.press(TAB)
            seen.append(phone.run("return document.activeElement.dataset.test ?? ''"))
        for wanted in ("store", "show-at-kiosk", "less", "more", "add-more"):
            assert wanted in seen, f"{wanted} is not reached by Tab: {seen}"
        equal(seen.index("store") < seen.index("show-at-kiosk") < seen.index("less") < seen.index("more"), True, "order of the focus")
        phone.run("document.querySelector('[data-test=store]').focus()")
        phone.press(ENTER)
        phone.find(test="sheet-stores")
        phone.press(ESCAPE)
        phone.absent(test="sheet-stores")
        equal(phone.run("return document.activeElement.dataset.test"), "store", "the focus after the sheet")
        phone.run("document.querySelector('[data-test=show-at-kiosk]').focus()")
        phone.press(ENTER)
        phone.find(test="qr")


@story
def names_targets_and_small_screens(setting):
    for size in ((390, 844), (320, 568)):
        for language in ("en-GB", "de-DE"):
            with Shopper(setting, language=language, size=size) as phone:
                phone.start()
                where = f"{size[0]} px, {language}"
                phone.find(test="find")
                judge(phone, f"empty cart, {where}")
                phone.add("bag")
                phone.find(test="add").click()
                judge(phone, f"products, {where}")
                phone.to_cart()
                phone.find(css=".show-paper .qr")
                phone.shot(f"cart-{size[0]}-{language}")
                judge(phone, f"cart, {where}")
                # WCAG 2.2, 1.4.4: text twice as large.
                phone.run("document.documentElement.style.fontSize = '200%'")
                judge(phone, f"cart with large text, {where}")
                phone.shot(f"cart-large-{size[0]}-{language}")
                phone.run("document.documentElement.style.fontSize = ''")
                phone.find(test="show-at-kiosk").click()
                phone.find(test="qr")
                phone.shot(f"code-{size[0]}-{language}")
                judge(phone, f"code, {where}")
                phone.find(test="close").click()
                phone.find(test="account").click()
                phone.find(test="shopper")
                judge(phone, f"account, {where}")
                phone.clean()


@story
def waiting_actions_over_the_cart(setting):
    """The functions that lay waiting actions over the hub's cart, called in the page."""
    with Shopper(setting) as phone:
        phone.start()
        base = {"cart": "c", "version": [1, 4], "lines": [
            {"key": "a", "sku": "a", "title": {"en": "A"}, "pictogram": "bag", "tile": "sand", "units": 3, "shown": ["d1.0", "d2.0"],
             "unit_price": {"minor": 250, "currency": "GBP"}, "total": {"minor": 750, "currency": "GBP"}, "counted": True, "on_hand": 4}],
            "totals": {"currency": "GBP", "units": 3, "lines_left_out": 0, "subtotal": 750, "to_pay": 750}}

        def replay(*pending):
            return phone.run_async("const {replay} = await import('/web/script/replay.js'); return replay(...arguments)", base, list(pending))

        def action(kind, line, units, request="r1"):
            return {"request": request, "action": kind, "line": line, "sku": line, "units": units, "shown": [],
                    "product": {"title": {"en": "B"}, "pictogram": "bag", "tile": "sky", "unit_price": {"minor": 99, "currency": "GBP"}}}

        equal(replay(), base, "no action")
        after = replay(action("add", "a", 2))
        equal((after["lines"][0]["units"], after["lines"][0]["total"]["minor"], after["lines"][0]["shown"]),
              (5, 1250, ["d1.0", "d2.0", "r1.0"]), "two more")
        equal(after["totals"]["to_pay"], 1250, "to pay")
        equal(replay(action("decrease", "a", 1))["totals"], {"currency": "GBP", "units": 2, "lines_left_out": 0, "subtotal": 500, "to_pay": 500},
              "totals of one less")
        equal(replay(action("remove", "a", 3))["lines"], [], "removed")
        equal(replay(action("decrease", "a", 9))["lines"], [], "more taken than there is")
        equal(replay(action("remove", "gone", 1))["lines"][0]["units"], 3, "a line that somebody else removed")
        equal([line["units"] for line in replay(action("add", "b", 1), action("add", "b", 1, "r2"))["lines"]], [3, 2], "a new line, twice")
        sold_out = action("add", "b", 2)
        sold_out["product"]["on_hand"] = 0
        equal(replay(sold_out)["totals"], {"currency": "GBP", "units": 3, "lines_left_out": 1, "subtotal": 750, "to_pay": 750},
              "totals without what is sold out")
        named = phone.run_async("const {dotsToName} = await import('/web/script/replay.js');"
                                "return dotsToName(arguments[0], {line: 'a', shown: ['d1.0', 'd9.0']})", base)
        equal(named, ["d1.0"], "only the dots that the screen showed, and that the hub has")
        orders = phone.run_async("const {newer} = await import('/web/script/replay.js');"
                                 "return [newer([2, 1], [1, 9]), newer([1, 9], [2, 1]), newer([1, 2], [1, 1]), newer([1, 1], [1, 1])]")
        equal(orders, [True, False, True, False], "versions compared")


class Setting:
    def __init__(self, hub, shots):
        self.hub, self.url, self.ca, self.shots = hub, hub.url, hub.ca, shots


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--hub", required=True, help="the program vitrine-hub")
    parser.add_argument("--shots", type=pathlib.Path, help="a folder for pictures of what was seen")
    parser.add_argument("--only", nargs="*", default=[], help="names of stories")
    given = parser.parse_args()
    unknown = set(given.only) - {function.__name__ for function in stories}
    assert not unknown, f"no story is called {unknown}"
    failed = 0
    with HubRig(given.hub, pathlib.Path(__file__).parents[2]) as hub:
        for function in stories:
            if given.only and function.__name__ not in given.only:
                continue
            began = time.monotonic()
            try:
                function(Setting(hub, given.shots))
                print(f"passed  {function.__name__}  {time.monotonic() - began:.1f} s", flush=True)
            except Exception:
                failed += 1
                print(f"FAILED  {function.__name__}\n{traceback.format_exc()}", flush=True)
        if failed:
            print(f"the hub's log ends:\n{hub.log()[-3000:]}")
    print(f"{failed} stories failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
