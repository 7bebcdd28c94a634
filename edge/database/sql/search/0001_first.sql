-- SPDX-License-Identifier: Apache-2.0
-- search.db: can be thrown away; it is built from the base of store.db. GTINs are here too, so that a first fill keeps no
-- second index.

-- What this file reflects: the source id of store.db and the last n of its journal.
CREATE TABLE reflects (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  source TEXT NOT NULL,
  journal_n INTEGER NOT NULL
) STRICT;

-- In order of title after a build, so that short prefixes come alphabetically without any ranking.
CREATE TABLE entry (
  number INTEGER PRIMARY KEY,
  sku TEXT NOT NULL,
  title TEXT NOT NULL,
  more TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX entry_of_sku ON entry (sku);

CREATE TABLE gtin (
  gtin TEXT NOT NULL,
  sku TEXT NOT NULL,
  PRIMARY KEY (gtin, sku)
) STRICT, WITHOUT ROWID;
CREATE INDEX gtin_of_sku ON gtin (sku);

CREATE VIRTUAL TABLE words USING fts5(
  title, more, content = 'entry', content_rowid = 'number', tokenize = "unicode61 remove_diacritics 2");
