# SPDX-License-Identifier: Apache-2.0
"""Shop descriptions in capitals become titles in sentence case. The rule in words: docs/DEMO.md."""

import csv
import re

_WORD = re.compile(r"[A-Za-z0-9À-ÿ'.!-]+")


class TitleRule:
    def __init__(self, lists):
        """`lists`: the folder with words.csv and proper_nouns.csv."""
        with open(lists / "words.csv", encoding="utf-8", newline="") as file:
            words = {row["found"]: row["written"] for row in csv.DictReader(file)}
        self._words = {k: v for k, v in words.items() if not re.search(r"[ /&]", k)}
        phrases = sorted((k for k in words if re.search(r"[ /&]", k)), key=len, reverse=True)
        self._phrases = [(re.compile(r"(?<![A-Z])" + re.escape(k) + ("" if k.endswith(" ") else "(?![A-Z])")), words[k])
                         for k in phrases]
        with open(lists / "proper_nouns.csv", encoding="utf-8", newline="") as file:
            names = sorted((row["written"] for row in csv.DictReader(file)), key=len, reverse=True)
        self.proper_nouns = names
        self._names = [(re.compile(r"(?<![\w'])" + re.escape(n.lower()) + r"(?!\w)"), n) for n in names]

    def __call__(self, original):
        text = self._repair(original)
        text = self._lower(text)
        for pattern, name in self._names:
            text = pattern.sub(name, text)
        return self._first_letter(text)

    def _repair(self, text):
        """Spaces, counts, signs and units, still in capitals."""
        text = " ".join(text.replace("*", " ").split())
        for pattern, written in self._phrases:
            text = pattern.sub(written, text)
        text = re.sub(r"\b(?:S|SET) ?/ ?(\d+)", r"SET OF \1", text)
        text = re.sub(r"\b(SET|PACK|BOX) ?/? ?(\d+)\b(?! ?(?:PIECE|PC|TIER))", r"\1 OF \2", text)
        text = re.sub(r"\bpack/(\d+)", r"PACK OF \1", text)
        text = re.sub(r"\bOF(\d)", r"OF \1", text)
        text = re.sub(r"\bNECKL\.?(?=\d)", "NECKLACE ", text)
        text = re.sub(r'(\d+)" ?', r"\1 INCH ", text)
        text = re.sub(r"(\d)CM(?=[xX]\d)", r"\1", text)
        text = re.sub(r"(\d) ?[xX] ?(\d+)", r"\1 x \2", text)
        text = re.sub(r"(\d) x (\d+)[xX](\d+)", r"\1 x \2 x \3", text)
        text = re.sub(r"(\d)(cm|CM|g)\b", lambda m: m[1] + " " + m[2].lower(), text)
        text = re.sub(r"\s*[+&]\s*", " AND ", text)
        text = re.sub(r"\s*,\s*", ", ", text)
        text = re.sub(r"\s*\(\s*", " (", text)
        text = re.sub(r'(\w)"(\w)', r'\1 "\2', text, count=1)
        text = re.sub(r" -(?=\w)", " - ", text)
        text = re.sub(r"(?<=[A-Za-z]) \d{5}$", "", text)
        return " ".join(text.rstrip(" ,.").split())

    def _lower(self, text):
        def written(match):
            word = match[0]
            if word in self._words:
                return self._words[word]
            bare = word.rstrip(".")
            if word.upper() in self._words:
                return self._words[word.upper()]
            if bare.upper() in self._words:
                return self._words[bare.upper()]
            if word != bare and bare.upper() != "DR":
                word = bare
            before, after = text[:match.start()], text[match.end():]
            if len(word) == 1 and word.isalpha():
                if re.search(r'(LETTER "?|[A-Z], ?)$', before) or after.startswith(", "):
                    return word.upper()
                if word == "W" and after:
                    return "with"
                if word == "A" and after.startswith(" "):
                    return "a"
                return word if word in "xg" else word.upper()
            return word.lower()

        return " ".join(_WORD.sub(written, text).split())

    @staticmethod
    def _first_letter(text):
        match = re.match(r'["\'(]*([a-zà-ÿ])', text)
        if not match:
            return text
        at = match.start(1)
        return text[:at] + text[at].upper() + text[at + 1:]
