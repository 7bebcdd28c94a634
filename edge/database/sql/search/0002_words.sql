-- SPDX-License-Identifier: Apache-2.0
-- Words with lists of their own instead of FTS5: a keystroke is answered from whole lists, so that hits can be counted, filtered and
-- ranked. An index of the first kind is made anew.
DROP TABLE words;
DROP TABLE entry;
DROP TABLE gtin;
DELETE FROM reflects;

-- Numbers begin at 1 in order of popularity, then title; later ones follow as they come. title: folded words, languages apart at line
-- breaks; more: the other words, that only find.
CREATE TABLE entry (
  number INTEGER PRIMARY KEY,
  sku TEXT NOT NULL,
  code TEXT NOT NULL,
  style TEXT NOT NULL,
  title TEXT NOT NULL,
  more TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX entry_of_sku ON entry (sku);
CREATE INDEX entry_of_code ON entry (code);
CREATE INDEX entry_of_style ON entry (style) WHERE style <> '';

CREATE TABLE gtin (
  gtin TEXT NOT NULL,
  number INTEGER NOT NULL,
  PRIMARY KEY (gtin, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX gtin_of_number ON gtin (number);

-- documents: how many have it. "#candles" is not a word but all of a department.
CREATE TABLE word (
  number INTEGER PRIMARY KEY,
  word TEXT NOT NULL UNIQUE,
  stem TEXT NOT NULL,
  documents INTEGER NOT NULL
) STRICT;
CREATE INDEX word_of_stem ON word (stem);
CREATE INDEX word_of_letter ON word (substr(word, 1, 1), documents DESC);
CREATE INDEX word_of_letters ON word (substr(word, 1, 2), documents DESC);

-- Who has a word: 2 × number of the entry, plus 1 where the word is not in its title. In rising order, in pieces that begin with
-- `first`; the others as differences, seven bits a byte.
CREATE TABLE posting (
  word INTEGER NOT NULL,
  first INTEGER NOT NULL,
  others BLOB NOT NULL,
  PRIMARY KEY (word, first)
) STRICT, WITHOUT ROWID;

-- What facets count, eight bytes an entry, 256 entries a piece (facts.hpp).
CREATE TABLE fact (
  piece INTEGER PRIMARY KEY,
  bytes BLOB NOT NULL
) STRICT;
CREATE TABLE department (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE
) STRICT;
-- A price that changes by itself: its fact is read again then, UTC ms.
CREATE TABLE due (
  at INTEGER NOT NULL,
  sku TEXT NOT NULL,
  PRIMARY KEY (at, sku)
) STRICT, WITHOUT ROWID;

-- Stem of a word that people use → stem of another, or "#department".
CREATE TABLE alias (
  stem TEXT NOT NULL,
  target TEXT NOT NULL,
  PRIMARY KEY (stem, target)
) STRICT, WITHOUT ROWID;
