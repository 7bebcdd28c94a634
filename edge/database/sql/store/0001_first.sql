-- SPDX-License-Identifier: Apache-2.0
-- store.db: everything a store must not lose. What people see of a document = its row in view if there is one, else in base.

-- Who this store is and how far it is (sync/ends/replica.hpp, StoreState).
CREATE TABLE state (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  store TEXT NOT NULL,
  incarnation TEXT NOT NULL,
  last_n INTEGER NOT NULL,
  last_hash BLOB NOT NULL,
  ack_incarnation TEXT NOT NULL,
  ack_n INTEGER NOT NULL,
  ack_hash BLOB NOT NULL,
  applied_n INTEGER NOT NULL,
  era INTEGER NOT NULL,
  era_id TEXT NOT NULL,
  clock_offset_ms INTEGER NOT NULL,
  hub_time_max INTEGER NOT NULL,
  last_contact INTEGER NOT NULL
) STRICT;

CREATE TABLE streams (
  number INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  filled INTEGER NOT NULL DEFAULT 0,
  era INTEGER NOT NULL DEFAULT 0,
  era_id TEXT NOT NULL DEFAULT '',
  seq INTEGER NOT NULL DEFAULT 0,
  fill_head INTEGER,
  fill_collection TEXT NOT NULL DEFAULT '',
  fill_id TEXT NOT NULL DEFAULT ''
) STRICT;

-- Documents exactly as the hub minted them; no body: a tombstone. The one index is the key, in whose order a first fill comes.
CREATE TABLE base (
  collection TEXT NOT NULL,
  id TEXT NOT NULL,
  stream INTEGER NOT NULL,
  era INTEGER NOT NULL,
  number INTEGER NOT NULL,
  past TEXT,
  body TEXT,
  PRIMARY KEY (collection, id)
) STRICT, WITHOUT ROWID;

-- Only documents with own operations that the base does not contain yet. No body: people see no such document.
CREATE TABLE view (
  collection TEXT NOT NULL,
  id TEXT NOT NULL,
  body TEXT,
  PRIMARY KEY (collection, id)
) STRICT, WITHOUT ROWID;

-- Pages of the own stream, until the last one is in.
CREATE TABLE staged (
  position INTEGER PRIMARY KEY,
  collection TEXT NOT NULL,
  id TEXT NOT NULL,
  era INTEGER NOT NULL,
  number INTEGER NOT NULL,
  past TEXT,
  body TEXT,
  removal INTEGER NOT NULL
) STRICT;

-- Own transactions, kept after the acknowledgement too. An operation stands by itself, so that a body can be destroyed alone.
CREATE TABLE outbox (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  nature INTEGER NOT NULL,
  at INTEGER NOT NULL,
  actor TEXT NOT NULL,
  hash BLOB NOT NULL
) STRICT;

CREATE TABLE outbox_operations (
  n INTEGER NOT NULL REFERENCES outbox (n),
  position INTEGER NOT NULL,
  collection TEXT NOT NULL,
  id TEXT NOT NULL,
  kind TEXT NOT NULL,
  rules INTEGER NOT NULL,
  body TEXT NOT NULL,
  salt TEXT NOT NULL,
  PRIMARY KEY (n, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX outbox_documents ON outbox_operations (collection, id, n);

-- Passes that were opened here, so that the same pass opens the same cart again and says nothing new to the hub.
CREATE TABLE resumed_passes (
  pass TEXT PRIMARY KEY,
  cart TEXT NOT NULL,
  era INTEGER NOT NULL,
  number INTEGER NOT NULL,
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX resumed_passes_of_cart ON resumed_passes (cart, at);

-- What the search index (search.db) must catch up with. A new source id means: build it anew from the base.
CREATE TABLE search_source (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  id TEXT NOT NULL
) STRICT;
INSERT INTO search_source VALUES (1, lower(hex(randomblob(16))));
CREATE TABLE search_journal (
  n INTEGER PRIMARY KEY AUTOINCREMENT,
  sku TEXT NOT NULL
) STRICT;

-- What a person switched at this box.
CREATE TABLE switches (
  name TEXT PRIMARY KEY,
  value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
