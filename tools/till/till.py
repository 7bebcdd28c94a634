#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A till as small as can be: what a POS does with a ticket of the local API (docs/TILL.md).

  till.py --socket <state>/till-1.sock show 7K2Q9M
  till.py --socket <state>/till-1.sock take 7K2Q9M
  till.py --socket <state>/till-1.sock pay 7K2Q9M --card 12.40 --cash 5
  till.py --socket <state>/till-1.sock pay 8M3R7T --cash -2.95    (a return: given back)
  till.py --socket <state>/till-1.sock return 7K2Q9M
"""
import argparse
import decimal
import http.client
import pathlib
import secrets
import sys
import urllib.parse

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "vitrine"))
import local_http  # noqa: E402

MINOR_DIGITS = {"JPY": 0, "KRW": 0}  # others have 2
KINDS = ("cash", "card", "voucher", "other")


def amount(minor, currency):
    digits = MINOR_DIGITS.get(currency, 2)
    return f"{decimal.Decimal(minor).scaleb(-digits):.{digits}f}"


def minor(text, currency):
    """Minor units of an amount as a person types it; below nothing, it is given back. ValueError when it is none."""
    try:
        value = decimal.Decimal(text).scaleb(MINOR_DIGITS.get(currency, 2))
    except decimal.InvalidOperation:
        raise ValueError(f"{text} is no amount") from None
    if value != value.to_integral_value():
        raise ValueError(f"{text} is no amount in {currency}")
    return int(value)


class Refused(Exception):
    pass


class Till:
    def __init__(self, socket, device):
        self.socket, self.device = socket, device

    def _ask(self, method, path, body=None):
        status, said = local_http.ask(self.socket, method, path, body)
        if status != 200:
            raise Refused(f"{said['code']}: {said['detail']}")
        return said

    def ticket(self, name):
        return self._ask("GET", f"/v1/tickets/{urllib.parse.quote(name, safe='')}")

    def act(self, name, action, **more):
        # The same request id again is the same act: a till that gets no answer says it again.
        body = {"request": secrets.token_hex(16), "device": self.device, "action": action, **more}
        path = f"/v1/tickets/{urllib.parse.quote(name, safe='')}/actions"
        for attempt in range(3):
            try:
                return self._ask("POST", path, body)
            except (OSError, http.client.HTTPException):
                if attempt == 2:
                    raise


def words(title, language):
    return title.get(language) or next(iter(title.values()), "?")


def show(ticket, language):
    sale = ticket["sale"]
    currency = sale["totals"]["currency"]
    print(f"Ticket {ticket['code']}: {ticket['state']}" + (f" at {ticket['till']}" if ticket["till"] else ""))
    named = {one["promotion"]: words(one["title"], language) for one in sale["reductions"]}
    for line in sale["lines"]:
        print(f"{line['units']:4} × {words(line['title'], language):40.40} {amount(line['total']['minor'], currency):>10}")
        for saving in line["savings"]:
            print(f"       {named.get(saving['promotion'], saving['promotion']):40.40} {amount(-saving['minor'], currency):>10}")
    due = sale["totals"]["to_pay"]
    if "settles" in sale:
        print(f"{'Came back':47} {amount(-sale['settles']['credit'], currency):>10}")
    print(f"{'To pay' if due >= 0 else 'To give back':47} {amount(due, currency):>10} {currency}")
    for tax in sale["totals"]["taxes"]:
        print(f"       {tax['basis_points'] / 100:g} % tax in {amount(tax['net'] + tax['tax'], currency)}: {amount(tax['tax'], currency)}")
    for tender in ticket["tenders"]:
        print(f"       {'paid' if tender['minor'] >= 0 else 'given back'} by {tender['kind']}: {amount(tender['minor'], currency)}")
    if ticket["receipt"]:
        code = ticket["receipt"].rpartition(":")[2]
        print(f"Receipt {code[:4]}-{code[4:8]}-{code[8:]}")


def arguments(argv):
    parser = argparse.ArgumentParser(description="Reads, takes and settles a ticket of a store's local API.")
    parser.add_argument("--socket", required=True)
    parser.add_argument("--device", default="till-1")
    parser.add_argument("--language", default="en")
    parser.add_argument("what", choices=("show", "take", "pay", "return"))
    parser.add_argument("ticket", help="its code, or the text of its QR")
    for kind in KINDS:
        parser.add_argument(f"--{kind}", metavar="AMOUNT", help=f"of pay: paid by {kind}")
    return parser.parse_args(argv)


def run(given):
    till = Till(given.socket, given.device)
    if given.what == "show":
        return till.ticket(given.ticket)
    if given.what != "pay":
        return till.act(given.ticket, given.what)
    currency = till.ticket(given.ticket)["sale"]["totals"]["currency"]
    tenders = [{"kind": kind, "minor": minor(getattr(given, kind), currency)} for kind in KINDS if getattr(given, kind) is not None]
    return till.act(given.ticket, "paid", tenders=tenders)


def main(argv):
    given = arguments(argv)
    try:
        show(run(given), given.language)
    except (Refused, ValueError) as refused:
        print(refused, file=sys.stderr)
        return 1
    except (OSError, http.client.HTTPException) as nobody:
        print(f"nobody answers on {given.socket}: {nobody}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
