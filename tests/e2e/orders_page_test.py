# SPDX-License-Identifier: Apache-2.0
"""My orders on the phone page, in a real browser against a real hub: live states, the pickup code, "I am here".

    python3 orders_page_test.py --hub build/hub/vitrine-hub [--shots folder]
"""
import argparse
import json
import pathlib

from hub_rig import HubRig
from shopper import Shopper, equal, judge

ROOT = pathlib.Path(__file__).resolve().parents[2]


class Setting:
    def __init__(self, hub, shots):
        self.hub, self.url, self.ca, self.shots = hub, hub.url, hub.ca, shots


def place(hub, rows):
    folder = hub.folder / "orders"
    folder.mkdir()
    head = "order,customer,store,channel,placed_at,line,sku,quantity,unit_price,currency,promise_at,hold_until,paid,state,place\n"
    (folder / "orders.csv").write_text(head + "".join(",".join(row) + "\n" for row in rows))
    hub.run("import", str(folder))


def states(phone):
    return {card.attribute("data-order"): card.attribute("data-state") for card in phone.all(test="order")}


def run(setting):
    hub = setting.hub
    with Shopper(setting) as phone:
        phone.start()
        assert not phone.all(test="open-orders"), "a guest has no orders to open"
        shopper = phone.api().call("GET", "/api/v1/demonstration/shoppers")[0]
        sku = phone.api().products(1)[0]["sku"]
        store = phone.api().call("GET", "/api/v1/stores")["stores"][0]
        row = lambda order, customer, state: (order, customer, store["store"], "web", "2026-01-05T10:00:00Z", "1", sku, "2", "2.50", "GBP",
                                              "2099-01-01T10:00:00Z", "2099-01-03T10:00:00Z", "5.00", state, "C2" if state == "ready" else "")
        other = phone.api().call("GET", "/api/v1/demonstration/shoppers")[1]
        place(hub, [row("W-1", shopper["customer"], "placed"), row("W-2", shopper["customer"], "ready"), row("W-3", other["customer"], "ready")])

        phone.find(test="account").click()
        phone.find(test="shopper").click()
        phone.absent(test="sheet-account")
        phone.find(test="open-orders").click()
        phone.find(role="heading", name="My orders")
        phone.wait(lambda: states(phone) == {"W-1": "placed", "W-2": "ready"}, "the shopper's own orders")
        phone.wait_for_text("2 orders to collect")
        phone.wait_for_text("Ready to collect")
        phone.wait_for_text(store["name"])
        judge(phone, "my orders")
        phone.shot("orders")

        # What happens elsewhere shows by itself.
        hub.run("order", "cancel", "W-1", "buyer")
        phone.wait(lambda: states(phone)["W-1"] == "cancelled", "the cancel, live")
        phone.wait_for_text("1 order to collect")

        equal([len(phone.all(test="order-code")), len(phone.all(test="here"))], [1, 1], "buttons for what can be collected")
        phone.find(test="order-code").click()
        code = phone.find(test="qr").stand_still()
        modules = int(code.attribute("data-modules"))
        side, ratio = phone.run("return [arguments[0].getBoundingClientRect().width, devicePixelRatio]", code.reference)
        module = side * ratio / (modules + 8)
        assert abs(module - round(module)) < 1e-3 and module >= 4, f"a module is {module} device pixels"
        text = code.attribute("data-text")
        address, digits = text.split("#")
        assert address.endswith("/k") and digits.isdigit() and "W-2" not in text, f"the code says {text}"
        judge(phone, "a pickup code")
        phone.shot("pickup-code")

        # "I am here" reaches the hub, and the button has done its work.
        phone.find(test="here").click()
        phone.wait(lambda: states(phone)["W-2"] == "arrived", "arrived")
        phone.wait_for_text("We know you’re here")
        equal(phone.all(test="here"), [], "the button")
        assert "arrived" in hub.run("order", "show", "W-2"), "the hub has not heard it"
        phone.shot("arrived")
        phone.clean()

        # In a shop without a signal the code is still there.
        phone.wait(lambda: phone.find(test="qr").attribute("data-text") != text, "a code for the new state")
        last = phone.find(test="qr").attribute("data-text")
        phone.wait(lambda: phone.run_async("return (await navigator.serviceWorker.ready).active !== null"), "the page kept on the phone")
        phone.offline()
        phone.reload()
        phone.find(test="order-code").click()
        equal(phone.find(test="qr").attribute("data-text"), last, "the code without a signal")
        phone.offline(False)

        # Signed out, nothing of it stays.
        phone.find(test="back").click()
        phone.find(test="account").click()
        phone.find(test="sign-out").click()
        phone.absent(test="sheet-account")
        phone.absent(test="open-orders")
        kept = json.dumps(phone.run("return Object.values(localStorage)"))
        assert "W-2" not in kept and digits not in kept, "an order stays on the phone"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--hub", required=True, help="the program vitrine-hub")
    parser.add_argument("--shots", type=pathlib.Path, help="a folder for pictures of what was seen")
    given = parser.parse_args()
    with HubRig(given.hub, ROOT) as hub:
        try:
            run(Setting(hub, given.shots))
        except BaseException:
            print(f"the hub's log ends:\n{hub.log()[-2000:]}")
            raise
    print("my orders: live, collected by a code, here by a tap")


if __name__ == "__main__":
    main()
