# SPDX-License-Identifier: Apache-2.0
"""What is in a cart is sent home: asked for at the kiosk that has read its code, found on the phone, and called off there."""
import secrets


def sent_home(phone, shopper, edge, ask_store, wait):
    def at_kiosk(method, path, body=None):
        told = body and {"request": secrets.token_hex(16), "device": "kiosk-1", **body}
        status, said = ask_store(edge / "api.sock", method, path, told)
        assert status == 200, said
        return said

    phone.ask("POST", "/api/v1/session/sign-in", {"customer": shopper})
    sku = phone.ask("GET", "/api/v1/products?limit=1")["products"][0]["sku"]
    phone.ask("POST", "/api/v1/cart/actions", {"request": secrets.token_hex(16), "action": "add", "sku": sku, "units": 2})
    text = phone.ask("POST", "/api/v1/cart/pass", {})["text"]
    cart = at_kiosk("POST", "/v1/passes/open", {"text": text})

    def ready():
        seen = at_kiosk("GET", f"/v1/carts/{cart['cart']}")
        return seen if seen["has_owner"] and seen["totals"]["to_pay"] > 0 else None

    cart = wait(ready, "whose cart it is to come to the store")
    asked = at_kiosk("POST", f"/v1/carts/{cart['cart']}/deliveries", {"tag": cart["tag"], "total": cart["totals"]["to_pay"]})
    assert asked["state"] == "asked" and sum(line["total"] for line in asked["lines"]) == asked["total"] == cart["totals"]["to_pay"], asked
    own = f"/v1/deliveries/{asked['order']}"
    wait(lambda: at_kiosk("GET", own)["at_hub"], "the order to be at the hub")
    order = next(one for one in phone.ask("GET", "/api/v1/orders")["orders"] if one["order"] == asked["order"])
    assert (order["state"], order["delivery"], order["asked_total"], order["may_cancel"]) == ("asked", "home", asked["total"], True), order
    assert phone.ask("POST", f"/api/v1/orders/{asked['order']}/cancel", {})["state"] == "cancelled"
    wait(lambda: at_kiosk("GET", own)["state"] == "cancelled", "the store to hear that it was called off")
