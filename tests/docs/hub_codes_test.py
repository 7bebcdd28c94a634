# SPDX-License-Identifier: Apache-2.0
"""Every code by which the hub's API refuses stands in docs/openapi-hub.yaml, and the document names no other."""
import pathlib
import re
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
REFUSES = re.compile(r'problem\(\s*(\d{3}),\s*(?:\w+->\w+ \? )?"([a-z_]+)"(?:\s*:\s*"([a-z_]+)")?')
# Told by a library or a rule under a name of its own: refused with the code of what refused it.
PASSED_ON = {"token_malformed", "token_forged", "token_foreign", "token_expired", "token_too_long_lived", "cart_full", "refund_too_much",
             "not_enough", "stock_unknown", "customer_erased", "reservations_full", "disk_full", "path_too_long", "host_unknown", "length_required",
             "database_busy", "database_unreachable", "pass_expired", "pass_forged", "pass_malformed", "pass_not_ours", "pass_not_yet", "pass_unknown_key",
             "quantity_max"}
OWN_MISTAKES = {"pass_too_long", "internal"}


def refused():
    codes = set()
    for path in sorted((ROOT / "hub/api").glob("*.?pp")):
        if path.name == "status.cpp":
            continue
        for _, first, second in REFUSES.findall(path.read_text()):
            for code in filter(None, (first, second)):
                codes.add(code)
    return codes


class HubCodes(unittest.TestCase):
    def setUp(self):
        text = (ROOT / "docs/openapi-hub.yaml").read_text()
        self.described = set(re.findall(r"`([a-z]+(?:_[a-z]+)+)`", text))

    def test_every_code_is_described(self):
        codes = refused()
        self.assertGreater(len(codes), 25)
        missing = sorted(codes - self.described - OWN_MISTAKES)
        self.assertEqual(missing, [])

    def test_every_described_code_can_come(self):
        described = {code for code in self.described if not code.startswith(("open_", "may_", "cancel_asked", "renew_"))}
        shown = sorted(described - refused() - PASSED_ON)
        self.assertEqual(shown, [])


if __name__ == "__main__":
    unittest.main()
