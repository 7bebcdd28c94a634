# SPDX-License-Identifier: Apache-2.0
"""Reads and writes gzip-compressed CSV; the same rows always give the same bytes. And numbers that only look like chance."""

import csv
import gzip
import hashlib
import io


def read_gz(path):
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def read_list(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write_gz(path, columns, rows):
    """One table; returns the number of rows. LF line ends, no name and no time in the gzip header."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    count = 0
    for row in rows:
        writer.writerow(row)
        count += 1
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "wb") as raw, gzip.GzipFile(filename="", mode="wb", fileobj=raw, compresslevel=9, mtime=0) as file:
        file.write(text.getvalue().encode("utf-8"))
    return count


def number(purpose, name, below):
    """A fixed number from 0 to below - 1 for a name: SHA-256, so that it is the same everywhere and always."""
    digest = hashlib.sha256(f"fernby/{purpose}/{name}".encode("utf-8")).digest()
    return int.from_bytes(digest[:8], "big") % below


def check_digit(digits):
    """GS1: weights 3, 1, 3 … from the right."""
    total = sum(int(d) * (3 if i % 2 == 0 else 1) for i, d in enumerate(reversed(digits)))
    return str(-total % 10)


def pounds(pence):
    return f"{pence // 100}.{pence % 100:02d}"
