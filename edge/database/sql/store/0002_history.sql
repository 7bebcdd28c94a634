-- SPDX-License-Identifier: Apache-2.0
-- The lives that this incarnation continues, each up to its parting; the newest has the highest position.
CREATE TABLE line (
  position INTEGER PRIMARY KEY AUTOINCREMENT,
  incarnation TEXT NOT NULL,
  n INTEGER NOT NULL,
  hash BLOB NOT NULL
) STRICT;

-- Transactions up to n are no longer in the outbox; the hash goes on being known.
CREATE TABLE forgotten (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  n INTEGER NOT NULL,
  hash BLOB NOT NULL
) STRICT;

-- Transactions of which nobody can prove whether the hub has them: for a person.
CREATE TABLE aside (
  id TEXT PRIMARY KEY,
  incarnation TEXT NOT NULL,
  n INTEGER NOT NULL,
  at INTEGER NOT NULL,
  json TEXT NOT NULL
) STRICT, WITHOUT ROWID;
