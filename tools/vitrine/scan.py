# SPDX-License-Identifier: Apache-2.0
"""./vitrine scan [CUSTOMER]: holds a shopper's code in front of the running kiosk. Asks the hub as the phone page does (an empty cart
gets a few things first), and draws the code as a picture where the kiosk looks for pictures."""
import http.client
import http.cookies
import json
import re
import secrets
import ssl
import struct
import sys
import zlib

import places

MODULE_PX = 8
QUIET = 4  # modules around a QR code, ISO/IEC 18004
FIRST_THINGS = 3


class Phone:
    """One shopper's session at the hub's HTTP API (docs/RETAILER_APP.md)."""

    def __init__(self, record):
        trust = ssl.create_default_context(cafile=str(places.AUTHORITY / "ca.crt"))
        self._connection = http.client.HTTPSConnection(record["address"], record["ports"]["page"], context=trust, timeout=10)
        self._cookie = ""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._connection.close()

    def ask(self, method, path, body=None):
        headers = {"Content-Type": "application/json", "X-Vitrine": "1", "Cookie": self._cookie}
        self._connection.request(method, "/api/v1" + path, None if body is None else json.dumps(body), headers)
        answer = self._connection.getresponse()
        said = json.loads(answer.read() or b"null")
        for name, value in http.cookies.SimpleCookie(answer.getheader("Set-Cookie") or "").items():
            self._cookie = f"{name}={value.value}"
        if answer.status != 200:
            raise RuntimeError(f"{method} {path}: {said}")
        return said


def fill(phone):
    """A few things that cost something."""
    things = [product for product in phone.ask("GET", "/products?limit=20")["products"] if product.get("price")]
    for number, product in enumerate(things[:FIRST_THINGS], start=1):
        phone.ask("POST", "/cart/actions", {"request": secrets.token_hex(16), "action": "add", "sku": product["sku"], "units": number})


def draw(svg_path, modules):
    """The code's path, runs of dark modules, as lines of grey pixels with PNG's filter byte."""
    side = (modules + 2 * QUIET) * MODULE_PX
    grid = [bytearray(b"\xff" * side) for _ in range(modules + 2 * QUIET)]
    for x, y, run in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", svg_path):
        begin, length = (int(x) + QUIET) * MODULE_PX, int(run) * MODULE_PX
        grid[int(y) + QUIET][begin : begin + length] = bytes(length)
    return side, b"".join((b"\0" + bytes(line)) * MODULE_PX for line in grid)


def png(side, rows):
    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def scan(record, customer):
    with Phone(record) as phone:
        phone.ask("POST", "/session", {})
        shoppers = phone.ask("GET", "/demonstration/shoppers")
        chosen = customer or shoppers[0]["customer"]
        phone.ask("POST", "/session/sign-in", {"customer": chosen})
        phone.ask("POST", "/cart/store", {"store": record["store"]})
        if not phone.ask("GET", "/cart").get("lines"):
            fill(phone)
        code = phone.ask("POST", "/cart/pass", {})
    folder = places.kiosk("kiosk-1") / "scans"
    fresh = folder / "code.fresh"
    fresh.write_bytes(png(*draw(code["svg_path"], code["size"])))
    fresh.replace(folder / f"code-{secrets.token_hex(4)}.png")
    print(f"the code of {chosen}, {code['lines']} lines, is in front of the kiosk")


def main():
    if len(sys.argv) > 2 or sys.argv[1:2] == ["--help"]:
        print("vitrine scan [CUSTOMER]", file=sys.stderr)
        return 2
    record = places.read_run()
    if not places.runner_pid(record):
        print("vitrine: nothing runs; ./vitrine run starts a shop", file=sys.stderr)
        return 1
    try:
        scan(record, (sys.argv[1:] or [None])[0])
    except (OSError, RuntimeError, ValueError, http.client.HTTPException) as why:
        print(f"vitrine: {why}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
