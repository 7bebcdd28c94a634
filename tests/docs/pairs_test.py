# SPDX-License-Identifier: Apache-2.0
"""sync/rules/README.md answers every pair of kinds of operations on one collection, and names files whose comments do."""
import itertools
import re
import unittest

import schemas

RULES = schemas.ROOT / "sync/rules"
ROW = re.compile(r"^\| ((?:`[a-z_.]+` )+)×((?: `[a-z_.]+`)+) \| (.+) \| ([a-z_., ]+) \|$", re.MULTILINE)
IN_CODE = re.compile(r'Pair\{\s*"([a-z_. ]+) × ([a-z_. ]+)"')


def each(found):
    """A row names several kinds on either side where the same holds for all of them."""
    for first, second, *rest in found:
        for one in first.replace("`", "").split():
            for other in second.replace("`", "").split():
                yield one, other, *rest


def rows():
    return list(each(ROW.findall((RULES / "README.md").read_text())))


class Pairs(unittest.TestCase):
    def test_every_pair_is_answered_once(self):
        kinds = schemas.names("operations")
        wanted = sorted(tuple(sorted(pair)) for pair in itertools.combinations_with_replacement(kinds, 2) if pair[0].split(".")[0] == pair[1].split(".")[0])
        self.assertEqual(sorted(tuple(sorted(row[:2])) for row in rows()), wanted)

    def test_the_comments_are_where_it_says(self):
        for first, second, resolution, files in rows():
            self.assertGreater(len(resolution), 15, f"{first} × {second}")
            for file in files.split(", "):
                text = (RULES / file).read_text()
                self.assertIn("CONFLICT: ", text, file)
                self.assertEqual(text.count("CONFLICT: "), text.count("RESOLUTION: "), file)

    def test_the_pair_test_has_the_same_rows(self):
        code = "".join(path.read_text() for path in sorted((schemas.ROOT / "tests/sync/rules").glob("*_pairs_test.cpp")))
        code = re.sub(r'"\s*\n\s*"', "", code)  # a text that was broken over lines
        self.assertEqual(sorted(each(IN_CODE.findall(code))), sorted(row[:2] for row in rows()))


if __name__ == "__main__":
    unittest.main()
