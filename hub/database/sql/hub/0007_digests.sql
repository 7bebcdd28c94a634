-- SPDX-License-Identifier: Apache-2.0
-- Digests of streams (sync/ends/digest.hpp). A document keeps its leaf; an entry keeps what it has added to its stream's sums,
-- so that exactly that is taken away again. No leaf in an entry: a removal or a tombstone.
ALTER TABLE documents ADD COLUMN leaf BLOB;
ALTER TABLE stream_entries ADD COLUMN leaf BLOB;
CREATE INDEX stream_entries_gone ON stream_entries (stream, seq) WHERE leaf IS NULL;

-- 16 parts of 16 buckets a stream. No row: nothing in them.
CREATE TABLE digest_sums (
  stream INTEGER NOT NULL,
  part INTEGER NOT NULL,
  sums BLOB NOT NULL,
  PRIMARY KEY (stream, part)
) STRICT, WITHOUT ROWID;

-- The tenant's key, told to each store in `welcome`. Not counted: documents of an earlier release have no leaves yet.
CREATE TABLE digest_key (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  key BLOB NOT NULL,
  counted INTEGER NOT NULL
) STRICT;
INSERT INTO digest_key VALUES (1, randomblob(16), 0);
