# SPDX-License-Identifier: Apache-2.0
"""A shopper with a phone: the browser on the phone page, and the same session from elsewhere."""
import functools
import http.client
import json
import secrets
import ssl
import time
import urllib.parse

from webdriver import Browser


def equal(actual, expected, what):
    assert actual == expected, f"{what}: {actual!r}, and {expected!r} was expected"


class Shopper(Browser):
    """A browser on the phone page, with the few things that a shopper does again and again."""

    def __init__(self, setting, **options):
        super().__init__(trust=[setting.ca], **options)
        self.setting = setting

    def start(self, path=""):
        self.open(urllib.parse.urljoin(self.setting.url, path))
        self.find("h1")

    def search(self, words):
        if not self.all(test="search-field"):
            self.find(test="search").click()
        field = self.find(test="search-field")
        field.clear()
        field.type(words)
        self.wait(lambda: self.run("return document.querySelector('[data-test=search-field]').value") == words, words)
        # The results are those of these words once every title has one of them.
        self.wait(lambda: self.all(test="result") and all(words.split()[0].lower() in row.text.lower() for row in self.all(test="result")),
                  f"results for {words}")

    def add(self, words):
        """Adds the first product found; its title."""
        self.search(words)
        row = self.find(test="result")
        title = self.title_of(row)
        self.find(test="add").click()
        self.wait(lambda: self.run("return document.querySelector('[data-test=in-cart]').textContent") == "1", "1 in the cart")
        return title

    def title_of(self, row):
        return self.run("return arguments[0].querySelector('h3').textContent", row.reference)

    def to_cart(self):
        self.find(test="open-cart").click()
        self.find(test="lines")

    def units(self):
        return {row.attribute("data-sku"): int(self.run("return arguments[0].querySelector('[data-test=units]').textContent", row.reference))
                for row in self.all(test="line")}

    def settled(self):
        """Waits until the hub has answered everything that was done here."""
        self.wait(lambda: self.run("return localStorage.getItem('vitrine-pending')") is None, "nothing waiting to be sent")

    def shot(self, name):
        if self.setting.shots:
            time.sleep(0.4)  # motion has come to rest
            self.screenshot(self.setting.shots / f"{name}.png")

    def api(self):
        return Api(self.setting, self.cookies()["vitrine_session"])

    def clean(self, offline=False):
        """Nothing on the console that should not be there, above all no breach of the page's policy."""
        allowed = ("ERR_INTERNET_DISCONNECTED", "net::ERR_FAILED") if offline else ()
        # Asking for a session where there is none yet is answered 401; the browser notes that by itself.
        bad = [entry["message"] for entry in self.console() if entry["level"] == "SEVERE"
               and not any(word in entry["message"] for word in allowed)
               and not ("/api/v1/" in entry["message"] and "401" in entry["message"])]
        equal(bad, [], "the console")


class Api:
    """The same session from elsewhere: what a kiosk or another device does to the cart meanwhile."""

    def __init__(self, setting, session):
        place = urllib.parse.urlparse(setting.url)
        self._open = functools.partial(http.client.HTTPSConnection, place.hostname, place.port, timeout=20,
                                       context=ssl.create_default_context(cafile=setting.ca))
        self._headers = {"Cookie": f"vitrine_session={session}", "X-Vitrine": "1", "Content-Type": "application/json"}

    def call(self, method, path, body=None):
        while True:
            connection = self._open()
            try:
                connection.request(method, path, None if body is None else json.dumps(body), self._headers)
                answer = connection.getresponse()
                content = answer.read()
            finally:
                connection.close()
            if answer.status != 429:
                break
            time.sleep(0.5)  # a test asks faster than people do
        assert answer.status == 200, f"{method} {path}: {answer.status} {content[:300]!r}"
        return json.loads(content)

    def cart(self):
        return self.call("GET", "/api/v1/cart")

    def products(self, most):
        """The first `most` products, page by page."""
        found, after = [], ""
        while len(found) < most and after is not None:
            answer = self.call("GET", f"/api/v1/products?limit=50&after={after}")
            found += answer["products"]
            after = answer["next"]
        return found[:most]

    def add(self, sku, units=1):
        return self.call("POST", "/api/v1/cart/actions", {"request": secrets.token_hex(16), "action": "add", "sku": sku, "units": units})


LEAST_TARGET = 44  # CSS px


def judge(phone, where):
    """Names, targets and headings of the view that is shown, and that nothing sticks out at the side."""
    for element in phone.all("button, a, input"):
        if element.role == "none":
            continue  # behind a sheet
        name = element.name
        assert name.strip(), f"{where}: a {element.role} without a name: {phone.run('return arguments[0].outerHTML', element.reference)[:200]}"
        if element.role in ("searchbox", "textbox"):
            continue
        rect = element.rect
        assert rect["width"] >= LEAST_TARGET - 0.01 and rect["height"] >= LEAST_TARGET - 0.01, f"{where}: {name} is {rect}"
    equal(phone.run("return document.querySelectorAll('h1').length"), 1, f"{where}: headings of the first level")
    doubles = phone.run("const ids = [...document.querySelectorAll('[id]')].map(e => e.id); return ids.filter((id, i) => ids.indexOf(id) !== i)")
    equal(doubles, [], f"{where}: ids that stand twice")
    wide = phone.run("return [document.scrollingElement.scrollWidth, innerWidth]")
    assert wide[0] <= wide[1], f"{where}: {wide[0]} px wide on {wide[1]} px"
    # Nothing visible ends beyond the card, dock, banner or button that it stands in.
    out = phone.run("const out = []; for (const box of document.querySelectorAll('.card, .dock, .banner, .button, .hint, .show-card, .choice'))"
                    " for (const part of box.querySelectorAll('*:not(.unseen)'))"
                    "  if (part.getClientRects().length > 0 && part.getBoundingClientRect().right > box.getBoundingClientRect().right + 0.5)"
                    "   out.push(`${part.className} in ${box.className}: ${part.textContent}`);"
                    " return out")
    equal(out, [], f"{where}: parts that stick out")
