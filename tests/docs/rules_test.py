# SPDX-License-Identifier: Apache-2.0
"""The rules of docs/PROTOCOL.md are where it says that they are, and the tests that it names exist."""
import re
import unittest

import schemas

ROOT = schemas.ROOT
ROW = re.compile(r"^\| ([^|]+) \| `([^`]+)` `([^`]+)` \| ([^|]+) \|$", re.MULTILINE)


class Rules(unittest.TestCase):
    def setUp(self):
        text = (ROOT / "docs/PROTOCOL.md").read_text()
        self.section = text[text.index("## Rules that must hold"):]
        self.rows = ROW.findall(self.section)

    def test_every_row_is_read(self):
        self.assertEqual(len(self.rows), sum(line.startswith("| ") for line in self.section.splitlines()) - 1)
        self.assertGreaterEqual(len(self.rows), 10)

    def test_places_are_there(self):
        for rule, file, what, _ in self.rows:
            self.assertTrue((ROOT / file).is_file(), f"{rule}: {file}")
            self.assertIn(what, (ROOT / file).read_text(), f"{rule}: {file}")

    def test_tests_exist(self):
        names = {name for path in (ROOT / "tests").rglob("*.cpp") for name in re.findall(r'TEST_CASE(?:_FIXTURE\([^,]+, )?\(?"([^"]+)"', path.read_text())}
        for rule, _, _, test in self.rows:
            self.assertTrue(test in names, f"{rule}: no test \"{test}\"")


if __name__ == "__main__":
    unittest.main()
