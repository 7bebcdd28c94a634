-- SPDX-License-Identifier: Apache-2.0
-- When each number was applied, so that old ones can go.
ALTER TABLE applied_chain ADD COLUMN at INTEGER NOT NULL DEFAULT 0;

-- Up to which n each life of a store's database stands in a backup that was verified.
CREATE TABLE verified (
  store       TEXT NOT NULL,
  incarnation TEXT NOT NULL,
  n           INTEGER NOT NULL,
  at          INTEGER NOT NULL,
  PRIMARY KEY (store, incarnation)
) STRICT, WITHOUT ROWID;

-- How far each sweep for old rows has come.
CREATE TABLE sweeps (
  name  TEXT PRIMARY KEY,
  after TEXT NOT NULL
) STRICT, WITHOUT ROWID;
