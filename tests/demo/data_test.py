#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The demonstration tables as they lie in assets/demo: whole, small, honest about their origin, and fit together."""

import collections
import csv
import datetime
import gzip
import pathlib
import re
import unittest

DEMO = pathlib.Path(__file__).resolve().parents[2] / "assets" / "demo"
FOLDERS = [DEMO, DEMO / "openfoodfacts", DEMO / "openstreetmap"]
TILES = {"blush", "butter", "mint", "sky", "lilac", "sand"}


def table(name):
    """All rows of a table, from every folder."""
    rows = []
    for folder in FOLDERS:
        path = folder / f"{name}.csv.gz"
        if path.exists():
            with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
                rows += csv.DictReader(file)
    return rows


def listed(name):
    with open(DEMO / "lists" / f"{name}.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def check_digit_is_right(gtin):
    return sum(int(d) * (1 if i % 2 == 0 else 3) for i, d in enumerate(reversed(gtin))) % 10 == 0


class Files(unittest.TestCase):
    def test_size(self):
        size = sum(p.stat().st_size for p in DEMO.rglob("*") if p.is_file())
        self.assertLess(size, 4_000_000)

    def test_gzip_headers_hold_no_time_and_no_name(self):
        for path in DEMO.rglob("*.gz"):
            head = path.read_bytes()[:10]
            self.assertEqual(head[3:8], b"\0\0\0\0\0", path)

    def test_each_folder_says_its_licence_and_attribution(self):
        for folder, words in zip(FOLDERS, (["Attribution 4.0", "10.24432/C5BW33", "10.24432/C5QK7X"],
                                           ["Open Database License", "Contains information from Open Food Facts"],
                                           ["Open Database License", "© OpenStreetMap contributors"])):
            text = (folder / "LICENSE.md").read_text(encoding="utf-8")
            for word in words:
                self.assertIn(word, text, folder)

    def test_share_alike_tables_stand_apart(self):
        self.assertFalse((DEMO / "stores.csv.gz").exists())
        for row in csv.DictReader(gzip.open(DEMO / "products.csv.gz", "rt", encoding="utf-8", newline="")):
            self.assertTrue(row["gtins"].startswith("20"), row["sku"])
        self.assertEqual(sorted(p.name for p in DEMO.iterdir() if p.is_dir()), ["lists", "openfoodfacts", "openstreetmap"])

    def test_readme_counts_the_rows(self):
        readme = (DEMO / "README.md").read_text(encoding="utf-8")
        for path in DEMO.rglob("*.gz"):
            with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
                rows = sum(1 for _ in csv.DictReader(file))
            self.assertRegex(readme, rf"\| `{re.escape(str(path.relative_to(DEMO)))}` \| {rows:,}\b")

    def test_every_invented_store_has_its_provenance(self):
        with open(DEMO / "openstreetmap" / "provenance.csv", encoding="utf-8", newline="") as file:
            hours = {row["store"]: row["opening_hours"] for row in csv.DictReader(file) if row["osm_id"].isdigit()}
        self.assertEqual(hours, {row["store"]: row["opening_hours"] for row in table("stores")})


class Products(unittest.TestCase):
    rows = table("products")

    def test_gtins_have_right_check_digits_and_belong_to_one_product(self):
        gtins = [row["gtins"] for row in self.rows]
        for gtin in gtins:
            self.assertRegex(gtin, r"^\d{13}$")
            self.assertTrue(check_digit_is_right(gtin), gtin)
        self.assertEqual(len(gtins), len(set(gtins)))

    def test_the_check_notices_a_wrong_digit(self):
        self.assertTrue(check_digit_is_right("4006381333931"))
        self.assertFalse(check_digit_is_right("4006381333932"))

    def test_skus_are_unique_and_goods_only(self):
        skus = [row["sku"] for row in self.rows]
        self.assertEqual(len(skus), len(set(skus)))
        for sku in skus:
            self.assertRegex(sku, r"^(\d{5}[A-Z]{0,2}|F\d{13})$")

    def test_pictograms_departments_and_tiles_are_known(self):
        pictograms = {row["name"]: row for row in listed("pictograms")}
        departments = {row["department"]: row for row in table("departments")}
        for row in self.rows:
            self.assertIn(row["pictogram"], pictograms)
            self.assertEqual(row["tile"], departments[row["department"]]["tile"])
        for row in departments.values():
            self.assertIn(row["pictogram"], pictograms)
            self.assertIn(row["tile"], TILES)
            self.assertTrue(row["name_en"] and row["name_de"])
        for row in pictograms.values():
            self.assertRegex(row["codepoint"], r"^[0-9A-F]{4,5}$")
            self.assertTrue(row["word_en"] and row["word_de"], row)
        used = {row["department"] for row in self.rows}
        self.assertEqual(used, set(departments))

    def test_no_title_shouts(self):
        allowed = {w for row in listed("proper_nouns") for w in re.findall(r"[A-Z]{2,}", row["written"])}
        for row in self.rows:
            title = row["title_en"]
            most = 2 if row["department"] != "food" else 4  # volunteers write BBQ and UMF
            shouted = {w for w in re.findall(rf"[A-Z]{{{most},}}", title)} - allowed
            self.assertFalse(shouted, title)
            self.assertRegex(title, r"^[\"(]?[A-Z0-9À-Ÿ]", title)
            self.assertEqual(title, " ".join(title.split()))


class References(unittest.TestCase):
    skus = {row["sku"]: row for row in Products.rows}
    stores = {row["store"] for row in table("stores")}

    def test_every_sku_store_and_customer_exists(self):
        customers = {row["customer"] for row in table("customers")}
        for name in ("prices", "stock", "orders", "activity", "cases", "offers"):
            for row in table(name):
                self.assertIn(row.get("sku", "85123A"), self.skus)
                self.assertIn(row.get("store") or "harbour-street", self.stores)
                self.assertTrue(not row.get("customer") or row["customer"] in customers)

    def test_every_active_product_has_a_price_now_and_stock_everywhere(self):
        priced = {row["sku"] for row in table("prices") if not row["valid_to"]}
        stocked = collections.Counter(row["sku"] for row in table("stock"))
        for sku, row in self.skus.items():
            self.assertIn(sku, priced)
            self.assertEqual(stocked[sku], len(self.stores) if row["status"] == "active" else 0, sku)

    def test_some_goods_are_sold_out(self):
        levels = [int(row["on_hand"]) for row in table("stock")]
        self.assertTrue(0.04 <= levels.count(0) / len(levels) <= 0.05)
        self.assertGreaterEqual(min(levels), 0)

    def test_a_list_price_is_never_below_the_price(self):
        prices = table("prices")
        self.assertTrue(all(float(p["list"]) >= float(p["current"]) > 0 for p in prices))
        self.assertGreater(sum(p["list"] != p["current"] for p in prices), 100)

    def test_nothing_is_later_than_the_last_day(self):
        last = (DEMO / "LAST_DAY").read_text(encoding="utf-8").strip()
        datetime.date.fromisoformat(last)
        seen = [row["placed_at"][:10] for row in table("orders")] + [row["at"][:10] for row in table("activity") + table("cases")]
        self.assertEqual(max(seen), last)
        self.assertLessEqual(max(row["counted_at"][:10] for row in table("stock")), last)

    def test_shoppers_have_only_names_of_the_lists(self):
        names = {row["first_name"] for row in listed("first_names")}
        initials = {row["initial"] for row in listed("initials")}
        for row in table("customers"):
            self.assertIn(row["first_name"], names)
            self.assertIn(row["initial"], initials)
            self.assertRegex(row["phone_last2"], r"^\d\d$")


if __name__ == "__main__":
    unittest.main()
