# SPDX-License-Identifier: Apache-2.0
"""Open Food Facts: real barcodes, brands and names; prices are invented. Everything made here stays under the ODbL."""

import decimal
import html
import json
import re

from tables import check_digit, number, pounds, read_gz, read_list

QUANTITY = re.compile(r"\d+([.,]\d+)? ?(g|kg|ml|cl|l)", re.IGNORECASE)
OWN_USE = re.compile(r"02|00[24]|000000[02]")  # numbers for use inside one shop
LEFT_OUT_BRANDS = {"jumbo"}  # a shop's own brand whose names are Dutch though marked as English


def _clean(text):
    return " ".join(html.unescape(text).replace('"', " ").replace("\\", " ").split()).strip(" ,.-&")


def _calm(text):
    """Words of four and more capitals are written like names; the first letter is a capital."""
    text = re.sub(r"[^\W\d_]{4,}", lambda m: m[0].capitalize() if m[0].isupper() else m[0], text)
    return text[:1].upper() + text[1:]


def _title(name, quantity):
    title = _calm(_clean(name))
    size = quantity.strip()
    if QUANTITY.fullmatch(size) and not re.search(r"\d ?(g|kg|ml|cl|l|oz)\b", title, re.IGNORECASE):
        title += ", " + re.sub(r"(\d) ?([A-Za-z]+)$", lambda m: f"{m[1]} {m[2].lower()}", size)
    return title


def _is_fit(row, original, english, brand):
    gtin = row["gtin14"]
    return (len(_clean(original)) >= 3 and row["gtin_valid"] == "1" and gtin.startswith("0") and check_digit(gtin[:-1]) == gtin[-1]
            and not OWN_USE.match(gtin) and int(gtin) > 10**7
            and len(english) <= 80 and 2 <= len(brand) <= 40 and brand.lower() not in LEFT_OUT_BRANDS
            and all(ord(c) < 0x250 and c.isprintable() for c in english + brand))


def products(path, lists):
    """Rows of dictionaries, by GTIN: sku, gtin, title_en, title_de, original, brand, pictogram, pence."""
    keywords = read_list(lists / "food_keywords.csv")
    chosen, seen = {}, set()
    for row in sorted(read_gz(path), key=lambda r: r["gtin14"]):
        names = json.loads(row["names_json"]) if row["names_json"] else {}
        original = names.get("en") or (row["name"] if row["name_lang"] == "en" else "")
        english, brand = _title(original, row["quantity"]), _calm(_clean(row["brands"].split(",")[0]))
        likeness = english.lower(), brand.lower()
        if row["gtin14"] in chosen or likeness in seen or not _is_fit(row, original, english, brand):
            continue
        seen.add(likeness)
        german = _title(names["de"], row["quantity"]) if names.get("de") else ""
        tags = {tag.split(":", 1)[-1] for tag in row["categories_tags"].split()}
        tags |= set(re.findall(r"\w+", f"{english} {brand}".lower()))
        rule = next(k for k in keywords if k["keyword"] == "*" or k["keyword"] in tags)
        chosen[row["gtin14"]] = {
            "sku": "F" + row["gtin14"][1:], "gtin": row["gtin14"][1:], "title_en": english, "title_de": german,
            "original": original, "brand": brand, "pictogram": rule["pictogram"],
            "pence": _price(row["gtin14"], rule)}
    return [chosen[gtin] for gtin in sorted(chosen)]


def _price(gtin, rule):
    """Invented: one of the steps of ten pence from the kind's least to its greatest price, fixed by the GTIN."""
    low, high = (int(decimal.Decimal(rule[k]) * 100) for k in ("price_min", "price_max"))
    return low + 10 * number("price", gtin, (high - low) // 10 + 1)


def stock(rows, stores):
    """(store, sku) -> on hand; invented: 0 to 24, about one in 24 sold out."""
    for store in stores:
        for row in rows:
            yield store["store"], row["sku"], number("food-stock", store["store"] + row["sku"], 24)


def price_rows(rows, first_day):
    for row in rows:
        yield "uk", row["sku"], "GBP", pounds(row["pence"]), pounds(row["pence"]), first_day, "", "true"
