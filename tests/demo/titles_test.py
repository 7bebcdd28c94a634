#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The title rule of docs/DEMO.md on forty descriptions as the source has them, and on all that the extract holds."""

import csv
import gzip
import pathlib
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools" / "make_demo"))

from departments import Departments  # noqa: E402
from tables import check_digit, number  # noqa: E402
from titles import TitleRule  # noqa: E402

LISTS = ROOT / "assets" / "demo" / "lists"
RULE = TitleRule(LISTS)


class Titles(unittest.TestCase):
    def test_golden(self):
        with open(ROOT / "tests" / "demo" / "golden_titles.csv", encoding="utf-8", newline="") as file:
            golden = list(csv.DictReader(file))
        self.assertEqual(len(golden), 40)
        for row in golden:
            self.assertEqual(RULE(row["original"]), row["title"])

    def test_the_extract_has_the_titles_and_departments_that_the_lists_give(self):
        departments = Departments(LISTS)
        with gzip.open(ROOT / "assets" / "demo" / "products.csv.gz", "rt", encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                self.assertEqual(RULE(row["original_title"]), row["title_en"])
                self.assertEqual(departments.of(row["title_en"]), (row["department"], row["pictogram"]))

    def test_a_title_is_left_as_it_is_by_a_second_pass_but_for_its_capitals(self):
        for original in ("WHITE METAL LANTERN", "S/4 CACTI CANDLES", "WHITE GOOSE FEATHER TREE 60CM"):
            once = RULE(original)
            self.assertEqual(RULE(once.upper().replace(" CM", "CM")), once)


class Numbers(unittest.TestCase):
    def test_check_digit(self):
        self.assertEqual(check_digit("400638133393"), "1")

    def test_what_looks_like_chance_is_fixed(self):
        self.assertEqual([number("name", str(n), 100) for n in range(5)], [91, 24, 70, 61, 28])


if __name__ == "__main__":
    unittest.main()
