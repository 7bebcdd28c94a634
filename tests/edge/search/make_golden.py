#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes golden_queries.csv from the titles of the demonstration retailer: what people type, and what they want. Twice the same bytes.

    tests/edge/search/make_golden.py [--check]

A query is fair: the words that are meant stand together in ten titles at most, so that the first ten have room for the wanted one.
`wants` is a SKU that must be among the first ten, or words, all of which each of the first three titles must hold.
"""

import argparse
import collections
import csv
import gzip
import hashlib
import io
import pathlib
import re
import sys
import unicodedata

ROOT = pathlib.Path(__file__).resolve().parents[3]
DEMO = ROOT / "assets" / "demo"
OUT = pathlib.Path(__file__).with_name("golden_queries.csv")
OF_EACH = 32
SMALL = {"the", "and", "with", "for", "set", "pack", "box", "from", "small", "large", "mini", "assorted", "design"}
MARKS = {"a": "á", "e": "é", "i": "í", "o": "ó", "u": "ú"}


def number(purpose, name, below):
    return int.from_bytes(hashlib.sha256(f"golden/{purpose}/{name}".encode()).digest()[:8], "big") % below


def plain(text):
    text = text.replace("ß", "ss").replace("ł", "l").replace("Ł", "L")
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).lower()


def words_of(text):
    return re.findall(r"[a-z0-9]+", plain(text).replace("'", "").replace("’", ""))


class Shop:
    def __init__(self):
        self.rows = []
        for folder in (DEMO, DEMO / "openfoodfacts"):
            with gzip.open(folder / "products.csv.gz", "rt", encoding="utf-8", newline="") as file:
                self.rows += [row for row in csv.DictReader(file) if row["status"] == "active"]
        self.words = {row["sku"]: set(words_of(row["title_en"])) for row in self.rows}
        self.vocabulary = set().union(*self.words.values())
        self.have = collections.defaultdict(set)
        for sku, words in self.words.items():
            for word in words:
                self.have[word].add(sku)

    def having(self, words, beginning=""):
        found = set.intersection(*(self.have.get(word, set()) for word in words))
        return [sku for sku in found if not beginning or any(w.startswith(beginning) for w in self.words[sku])]

    def in_order(self, purpose):
        return sorted(self.rows, key=lambda row: number(purpose, row["sku"], 2**62))


def nouns(row):
    seen = []
    for word in words_of(row["title_en"]):
        if len(word) >= 4 and word not in SMALL and not word.isdigit() and word not in seen:
            seen.append(word)
    return seen


def few_words(shop, row, purpose, most=10):
    """Two or three words of the title that stand together in `most` titles at most."""
    found = sorted(nouns(row), key=lambda word: number(purpose, row["sku"] + word, 2**62))
    for count in (2, 3):
        chosen = found[:count]
        if len(chosen) == count and len(shop.having(chosen)) <= most:
            return chosen
    return None


def exact(shop, row):
    chosen = few_words(shop, row, "exact")
    return chosen and " ".join(chosen)


def prefix(shop, row):
    chosen = few_words(shop, row, "prefix", 6)
    if not chosen or len(chosen[-1]) < 5:
        return None
    cut = chosen[-1][:max(3, (len(chosen[-1]) + 1) // 2)]
    return " ".join(chosen[:-1] + [cut]) if len(shop.having(chosen[:-1], cut)) <= 10 else None


def other_number(word):
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "xes", "sses")):
        return word[:-2]
    if word.endswith("s"):
        return word[:-1] if not word.endswith(("ss", "us", "is", "as")) else None
    if word.endswith(("ch", "sh", "x")):
        return word + "es"
    if word.endswith("y") and word[-2] not in "aeiou":
        return word[:-1] + "ies"
    return word + "s"


def plural(shop, row):
    chosen = few_words(shop, row, "plural")
    changed = chosen and [other_number(word) for word in chosen]
    return " ".join(changed) if changed and all(changed) else None


def diacritics(shop, row):
    chosen = few_words(shop, row, "diacritics")
    if not chosen:
        return None
    marked = [w for w in re.findall(r"[^\W\d_]+", row["title_en"]) if plain(w) != w.lower()]
    if marked:  # typed without the marks that the title has
        return " ".join(dict.fromkeys([*(plain(w) for w in marked), *chosen]))
    at = next((i for i, c in enumerate(chosen[0]) if c in MARKS), None)  # typed with a mark that it has not
    return None if at is None else " ".join([chosen[0][:at] + MARKS[chosen[0][at]] + chosen[0][at + 1:], *chosen[1:]])


def mistake(kind):
    def make(shop, row):
        chosen = few_words(shop, row, kind)
        if not chosen or len(chosen[0]) < 5:
            return None
        word = chosen[0]
        at = number(kind + "-at", row["sku"], len(word) - 1)
        letter = "abcdefghijklmnopqrstuvwxyz"[number(kind + "-letter", row["sku"], 26)]
        typed = {"insert": word[:at] + letter + word[at:], "delete": word[:at] + word[at + 1:], "replace": word[:at] + letter + word[at + 1:],
                 "transpose": word[:at] + word[at + 1] + word[at] + word[at + 2:]}[kind]
        return None if typed == word or typed in shop.vocabulary else " ".join([typed, *chosen[1:]])
    return make


def groups():
    with open(DEMO / "lists" / "synonym_groups.csv", encoding="utf-8", newline="") as file:
        return [row["words"].split() for row in csv.DictReader(file)]


ENGLISH = [{"mug", "cup"}, {"cushion", "pillow"}, {"jug", "pitcher"}, {"rabbit", "bunny"}, {"christmas", "xmas"}, {"gift", "present"},
           {"purse", "wallet"}, {"cupboard", "cabinet"}, {"biscuit", "cookie"}, {"puzzle", "jigsaw"}, {"large", "big"}, {"children", "kids"},
           {"wooden", "wood"}]


def synonym(shop, row):
    chosen = few_words(shop, row, "synonym", 4)
    for i, word in enumerate(chosen or []):
        for group in ENGLISH:
            if word in group:
                other = sorted(group - {word})[0]
                if len(shop.having([w for w in chosen if w != word] + [other])) == 0:
                    return " ".join([*chosen[:i], other, *chosen[i + 1:]])
    return None


def other_language(shop, row, all_groups=groups()):
    """(query, words that are meant): two words of the title in another language."""
    found = []
    for word in nouns(row):
        group = next((g for g in all_groups if g[0] == word and len(g) >= 3), None)
        if group:
            foreign = [other for other in group[1:] if other not in shop.vocabulary and plain(other) not in shop.vocabulary]
            if foreign:
                found.append((word, foreign[number("language", row["sku"] + word, len(foreign))]))
    return (" ".join(foreign for _, foreign in found[:2]), " ".join(word for word, _ in found[:2])) if len(found) >= 2 else None


def code(shop, row):
    if " " in row["gtins"]:
        return None
    gtin = row["gtins"]
    return [gtin, "0" + gtin, f"(01)0{gtin}", f"https://id.gs1.org/01/0{gtin}", f"010{gtin}"][number("gtin", row["sku"], 5)]


def sku(shop, row):
    which = number("sku", row["sku"], 3)
    typed = row["sku"].lower() if which else row["sku"][:-1]
    return typed if sum(1 for other in shop.rows if other["sku"].lower().startswith(typed.lower())) <= 10 else None


CLASSES = {"words": exact, "prefix": prefix, "plural": plural, "diacritics": diacritics, "insert": mistake("insert"), "delete": mistake("delete"),
           "replace": mistake("replace"), "transpose": mistake("transpose"), "synonym": synonym, "gtin": code, "sku": sku}


def golden():
    shop = Shop()
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["class", "query", "wants", "words"])
    for name, make in CLASSES.items():
        taken = set()
        rows = shop.in_order(name)
        if name == "diacritics":  # real ones first
            rows = sorted(rows, key=lambda row: plain(row["title_en"]) == row["title_en"].lower())
        for row in rows:
            query = make(shop, row) if len(taken) < OF_EACH else None
            if query and query not in taken:
                taken.add(query)
                writer.writerow([name, query, row["sku"], ""])
    taken = set()
    for row in shop.in_order("language"):
        made = other_language(shop, row) if len(taken) < OF_EACH else None
        if made and made[0] not in taken:
            taken.add(made[0])
            writer.writerow(["language", made[0], "", made[1]])
    return out.getvalue()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="fail when the file is not what this program makes")
    text = golden()
    if parser.parse_args().check:
        if OUT.read_text(encoding="utf-8") != text:
            print("golden_queries.csv is not what make_golden.py makes", file=sys.stderr)
            return 1
        print(f"golden_queries.csv: {text.count(chr(10)) - 1} queries, as made")
        return 0
    OUT.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
