# SPDX-License-Identifier: Apache-2.0
"""Which department a title belongs to, its picture, and where it stands: the first keyword of the list that the title holds."""

import re

from tables import number, read_list


class Departments:
    def __init__(self, lists):
        self.rows = read_list(lists / "department_names.csv")
        self.by_id = {row["department"]: row for row in self.rows}
        self._keywords = [(self._pattern(row["keyword"]), row["department"], row["pictogram"])
                          for row in read_list(lists / "department_keywords.csv")]

    @staticmethod
    def _pattern(keyword):
        """A whole word or phrase, with or without a plural s; * holds always."""
        return re.compile("" if keyword == "*" else r"(?<![\w-])" + re.escape(keyword) + r"(?:s|es)?(?![\w-])")

    def of(self, title):
        """(department, pictogram)"""
        text = title.lower()
        for pattern, department, pictogram in self._keywords:
            if pattern.search(text):
                return department, pictogram
        raise ValueError("department_keywords.csv must end with *")

    def tile(self, department):
        return self.by_id[department]["tile"]

    def place(self, department, sku):
        """(aisle, bay): the department's aisle, one of its bays A to F."""
        return self.by_id[department]["aisle"], "ABCDEF"[number("bay", sku, 6)]
