-- SPDX-License-Identifier: Apache-2.0
-- Where each shared stream's head was, day by day: what was gone then is told to nobody after 90 days.
CREATE TABLE stream_marks (
  stream INTEGER NOT NULL,
  at INTEGER NOT NULL,
  head INTEGER NOT NULL,
  PRIMARY KEY (stream, at)
) STRICT, WITHOUT ROWID;

-- Tombstones are walked through; since when one has stood in no stream is noted, and forgotten with its next change.
ALTER TABLE documents ADD COLUMN dead_since INTEGER;
CREATE INDEX documents_dead ON documents (collection, id) WHERE body IS NULL;

-- The highest number, in this era, of a collection's forgotten documents.
CREATE TABLE number_floors (
  collection TEXT PRIMARY KEY,
  era INTEGER NOT NULL,
  number INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- When a document is to be forgotten.
CREATE TABLE expiries (
  collection TEXT NOT NULL,
  id TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (collection, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX expiries_by_time ON expiries (at);
INSERT INTO expiries SELECT collection, id, CAST(body AS TEXT) ->> '$.expires_at' FROM documents
WHERE collection = 'cart' AND body IS NOT NULL AND CAST(body AS TEXT) ->> '$.expires_at' > 0;
