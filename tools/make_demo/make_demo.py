#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the demonstration retailer's tables (assets/demo) from published retail data. Run twice, the bytes are the same.

    tools/make_demo/make_demo.py --data <folder with online_retail.csv.gz and the others> [--out assets/demo]
"""

import argparse
import pathlib
import sys

import activity
import catalog
import conversations
import food
import people
import retail as shop
import staff
import suggestions
from departments import Departments
from tables import pounds, read_gz, read_list, write_gz
from titles import TitleRule

ROOT = pathlib.Path(__file__).resolve().parents[2]

PRODUCTS = "sku gtins title_en title_de original_title department pictogram tile brand description_en status".split()
PRICES = "zone sku currency list current valid_from valid_to tax_included".split()
GIFTS = [*PRODUCTS, "style", "attributes", "popularity"]
FOOD = [*PRODUCTS, "tax_class"]
DEPARTMENTS = "department name_en name_de name_fr name_es name_pl name_ja pictogram tile".split()
STOCK = "store sku on_hand aisle bay safety counted_at".split()


def make_gifts(data, out, lists, stores, departments):
    retail = shop.Retail(data / "online_retail.csv.gz")
    title = TitleRule(lists)
    department = {}
    products = []
    titles = {sku: title(retail.description[sku]) for sku in retail.skus()}
    styles = catalog.Styles(lists, {sku: words for sku, words in titles.items() if retail.status(sku) == "active"})
    popular = catalog.popularity(retail)
    for sku, words in titles.items():
        department[sku], pictogram = departments.of(words)
        products.append((sku, shop.own_gtin(sku), words, "", retail.description[sku], department[sku], pictogram,
                         departments.tile(department[sku]), "", "", retail.status(sku),
                         styles.of.get(sku, ""), styles.attributes(words), popular.get(sku, "")))
    counted = retail.last_day.isoformat() + "T18:00:00Z"
    levels = shop.stock(retail, stores)
    invoices = shop.orders(retail)
    countries = {row["country"]: (row["code"], row["language"]) for row in read_list(lists / "countries.csv")}
    first_names = [row["first_name"] for row in read_list(lists / "first_names.csv")]
    initials = [row["initial"] for row in read_list(lists / "initials.csv")]
    customers = {lines[0].customer: lines[0].country for lines in invoices.values() if lines[0].customer}
    bought = {}  # customer → SKUs, as they were bought
    for lines in invoices.values():
        bought.setdefault(lines[0].customer, {}).update(dict.fromkeys(line.sku for line in lines))
    consents = list(people.consent_rows(customers, retail.last_day))
    affinity = list(catalog.affinity(retail))
    doings = list(activity.rows(data / "clickstream_clothing.csv.gz", retail.by_units(), retail.last_day, sorted(customers)))
    figures = {
        "products": write_gz(out / "products.csv.gz", GIFTS, products),
        "prices": write_gz(out / "prices.csv.gz", PRICES, (
            ("uk", sku, "GBP", pounds(full), pounds(now), start, end, "true") for sku, full, now, start, end in shop.prices(retail))),
        "stock": write_gz(out / "stock.csv.gz", STOCK, (
            (store, sku, on_hand, *departments.place(department[sku], sku), 0, counted) for (store, sku), on_hand in levels.items())),
        "customers": write_gz(out / "customers.csv.gz", people.CUSTOMERS, people.customer_rows(customers, countries, stores, first_names, initials)),
        "consents": write_gz(out / "consents.csv.gz", people.CONSENTS, consents),
        "cases": write_gz(out / "cases.csv.gz", conversations.COLUMNS, conversations.rows(
            customers, {who: [titles[sku] for sku in skus] for who, skus in bought.items()}, stores, retail.last_day,
            read_list(lists / "questions.csv"), read_list(lists / "counter_notes.csv"), first_names, initials)),
        "orders": write_gz(out / "orders.csv.gz",
                           "order customer store channel placed_at line sku quantity unit_price currency promise_at hold_until paid state place".split(),
                           shop.order_rows(invoices, stores, retail.last_day)),
        "staff": write_gz(out / "staff.csv.gz", staff.COLUMNS, staff.rows(stores, first_names, initials)),
        "affinity": write_gz(out / "affinity.csv.gz", "sku with score".split(), affinity),
        "activity": write_gz(out / "activity.csv.gz", "visitor at kind sku channel customer".split(), doings),
        "offers": write_gz(out / "offers.csv.gz", suggestions.COLUMNS, suggestions.rows(
            customers, bought, titles, {sku for sku in titles if retail.status(sku) == "active"}, affinity, doings, retail.last_day,
            suggestions.who_agrees(consents))),
    }
    (out / "LAST_DAY").write_text(retail.last_day.isoformat() + "\n", encoding="utf-8")
    sold_out = sum(1 for on_hand in levels.values() if on_hand == 0)
    print(f"active {len(retail.by_units())}, sold out {sold_out} of {len(levels)}, orders {len(invoices)}", file=sys.stderr)
    return retail, counted, figures


def make_food(data, out, lists, stores, departments, first_day, counted):
    rows = food.products(data / "products_off.csv.gz", lists)
    tile = departments.tile("food")
    return {
        "openfoodfacts/products": write_gz(out / "products.csv.gz", FOOD, (
            (r["sku"], r["gtin"], r["title_en"], r["title_de"], r["original"], "food", r["pictogram"], tile, r["brand"], "", "active", "zero")
            for r in rows)),
        "openfoodfacts/prices": write_gz(out / "prices.csv.gz", PRICES, food.price_rows(rows, first_day)),
        "openfoodfacts/stock": write_gz(out / "stock.csv.gz", STOCK, (
            (store, sku, on_hand, *departments.place("food", sku), 0, counted) for store, sku, on_hand in food.stock(rows, stores))),
    }


def make_stores(data, out, stores):
    """Opening hours of real shops under invented names; which row of OpenStreetMap each came from stands in provenance.csv."""
    hours = {(r["osm_type"], r["osm_id"]): r["opening_hours"] for r in read_gz(data / "stores_lidl_de.csv.gz")}
    found = {s["store"]: hours[s["osm_type"], s["osm_id"]] for s in stores}
    (out / "provenance.csv").write_text("store,osm_type,osm_id,opening_hours\n" + "".join(
        f"{s['store']},{s['osm_type']},{s['osm_id']},{found[s['store']]}\n" for s in stores), encoding="utf-8")
    return {"openstreetmap/stores": write_gz(
        out / "stores.csv.gz", "store name zone currency time_zone opening_hours languages latitude longitude".split(),
        ((s["store"], s["name"], s["zone"], s["currency"], s["time_zone"], found[s["store"]], s["languages"], s["latitude"], s["longitude"])
         for s in stores))}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--out", type=pathlib.Path, default=ROOT / "assets" / "demo")
    parser.add_argument("--lists", type=pathlib.Path, default=ROOT / "assets" / "demo" / "lists")
    given = parser.parse_args()
    for folder in ("openfoodfacts", "openstreetmap"):
        (given.out / folder).mkdir(parents=True, exist_ok=True)
    stores = read_list(given.lists / "shops.csv")
    departments = Departments(given.lists)
    retail, counted, figures = make_gifts(given.data, given.out, given.lists, stores, departments)
    figures["departments"] = write_gz(given.out / "departments.csv.gz", DEPARTMENTS, (
        [row[c] for c in DEPARTMENTS] for row in departments.rows))
    for table, listed in (("taxes", "tax_rates"), ("promotions", "reductions"), ("synonyms", "synonym_groups")):  # invented
        rows = read_list(given.lists / f"{listed}.csv")
        figures[table] = write_gz(given.out / f"{table}.csv.gz", list(rows[0]), ([*row.values()] for row in rows))
    first_day = retail.first_day.replace(day=1).isoformat()
    figures |= make_food(given.data, given.out / "openfoodfacts", given.lists, stores, departments, first_day, counted)
    figures |= make_stores(given.data, given.out / "openstreetmap", stores)
    for name in sorted(figures):
        print(f"{name}.csv.gz {figures[name]}")


if __name__ == "__main__":
    main()
