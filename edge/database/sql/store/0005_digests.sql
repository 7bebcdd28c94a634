-- SPDX-License-Identifier: Apache-2.0
-- Digests: the leaf of each live document, and the sums of each stream (sync/ends/digest.hpp). A body that was forgotten leaves
-- its leaf behind: a row without either is a tombstone. The leaf stands before the body, so that it is read without it.
ALTER TABLE base RENAME TO base_before;
CREATE TABLE base (
  collection TEXT NOT NULL,
  id TEXT NOT NULL,
  stream INTEGER NOT NULL,
  era INTEGER NOT NULL,
  number INTEGER NOT NULL,
  past TEXT,
  leaf BLOB,
  body TEXT,
  PRIMARY KEY (collection, id)
) STRICT, WITHOUT ROWID;
INSERT INTO base (collection, id, stream, era, number, past, body)
SELECT collection, id, stream, era, number, past, body FROM base_before ORDER BY collection, id;
DROP TABLE base_before;

-- 16 parts of 16 buckets a stream. No row: nothing in them.
CREATE TABLE digest_sums (
  stream INTEGER NOT NULL,
  part INTEGER NOT NULL,
  sums BLOB NOT NULL,
  PRIMARY KEY (stream, part)
) STRICT, WITHOUT ROWID;

-- The key that leaves and sums are made with: the hub's word. Empty: none was heard yet.
CREATE TABLE digest_key (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  key BLOB NOT NULL
) STRICT;
INSERT INTO digest_key VALUES (1, zeroblob(16));

-- A fill of some buckets alone (a repair), the era of a running fill, the head at which the newest content was read, and how
-- often the stream was repaired.
ALTER TABLE streams ADD COLUMN fill_era INTEGER NOT NULL DEFAULT 0;
ALTER TABLE streams ADD COLUMN fill_era_id TEXT NOT NULL DEFAULT '';
ALTER TABLE streams ADD COLUMN repair BLOB;
ALTER TABLE streams ADD COLUMN read_head INTEGER NOT NULL DEFAULT 0;
ALTER TABLE streams ADD COLUMN repairs INTEGER NOT NULL DEFAULT 0;
ALTER TABLE streams ADD COLUMN repaired_at INTEGER NOT NULL DEFAULT 0;
