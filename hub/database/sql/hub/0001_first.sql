-- SPDX-License-Identifier: Apache-2.0
-- The hub's rows. Times are UTC milliseconds; ids of 128 bits are 32 hex digits; bodies are bytes, never SQLite's JSON.

-- Every era this hub has been in; the highest number is the one it is in. Also kept in the file `era` beside the database.
CREATE TABLE eras (
  number INTEGER PRIMARY KEY,
  id     TEXT NOT NULL,
  began  INTEGER NOT NULL
) STRICT;

CREATE TABLE documents (
  collection TEXT NOT NULL,
  id         TEXT NOT NULL,
  era        INTEGER NOT NULL,
  number     INTEGER NOT NULL,
  past       TEXT NOT NULL,  -- [[era,number],…]: the last number of each earlier era of its line
  body       BLOB,           -- none: a tombstone
  PRIMARY KEY (collection, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE streams (
  number  INTEGER PRIMARY KEY,
  name    TEXT NOT NULL UNIQUE,
  head    INTEGER NOT NULL DEFAULT 0,
  horizon INTEGER NOT NULL DEFAULT 0
) STRICT;

-- The latest change of each document in each stream.
CREATE TABLE stream_entries (
  stream     INTEGER NOT NULL REFERENCES streams (number),
  seq        INTEGER NOT NULL,
  collection TEXT NOT NULL,
  id         TEXT NOT NULL,
  removal    INTEGER NOT NULL,
  PRIMARY KEY (stream, seq)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX stream_entries_by_key ON stream_entries (stream, collection, id);
CREATE INDEX stream_entries_of_document ON stream_entries (collection, id);

CREATE TABLE stores (
  store         TEXT PRIMARY KEY,
  token         TEXT NOT NULL DEFAULT '',
  presence      TEXT NOT NULL DEFAULT '',  -- JSON: what it said last
  presence_at   INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

-- Where each life of a store's database stands, and the hash at each n.
CREATE TABLE incarnations (
  store       TEXT NOT NULL,
  incarnation TEXT NOT NULL,
  n           INTEGER NOT NULL,
  hash        BLOB NOT NULL,
  PRIMARY KEY (store, incarnation)
) STRICT, WITHOUT ROWID;
CREATE TABLE applied_chain (
  store       TEXT NOT NULL,
  incarnation TEXT NOT NULL,
  n           INTEGER NOT NULL,
  hash        BLOB NOT NULL,
  PRIMARY KEY (store, incarnation, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE transactions (
  id TEXT PRIMARY KEY,
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What the phone page and apps stand on. A session is known by the hash of its cookie.
CREATE TABLE sessions (
  hash       BLOB PRIMARY KEY,
  customer   TEXT,
  cart       TEXT,
  store      TEXT,
  created_at INTEGER NOT NULL,
  seen_at    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sessions_by_seen ON sessions (seen_at);
CREATE TABLE customer_carts (
  customer TEXT PRIMARY KEY,
  cart     TEXT NOT NULL
) STRICT, WITHOUT ROWID;
-- Where a cart was opened by its pass last.
CREATE TABLE cart_visits (
  cart   TEXT PRIMARY KEY,
  store  TEXT NOT NULL,
  device TEXT NOT NULL,
  since  INTEGER NOT NULL,
  last   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE app_keys (
  number     INTEGER PRIMARY KEY,
  name       TEXT NOT NULL,
  public_key BLOB NOT NULL UNIQUE,
  added_at   INTEGER NOT NULL
) STRICT;
-- Ids of app tokens that opened a session, until they expire: each is taken once.
CREATE TABLE app_tokens (
  id      TEXT PRIMARY KEY,
  expires INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What shoppers search: kept with each product document.
CREATE TABLE products (
  number     INTEGER PRIMARY KEY,
  sku        TEXT NOT NULL UNIQUE,
  department TEXT NOT NULL,
  place      TEXT NOT NULL,  -- the order of lists: the title
  active     INTEGER NOT NULL
) STRICT;
CREATE INDEX products_by_department ON products (active, department, place, sku);
CREATE INDEX products_by_place ON products (active, place, sku);
CREATE TABLE product_gtins (
  gtin   TEXT NOT NULL,
  number INTEGER NOT NULL,
  PRIMARY KEY (gtin, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX product_gtins_of_product ON product_gtins (number);
CREATE VIRTUAL TABLE product_words USING fts5 (words, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3');
