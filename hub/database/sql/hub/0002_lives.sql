-- SPDX-License-Identifier: Apache-2.0
-- Lives of stores' databases: each but the first continues another one, its parent, from n on.
CREATE TABLE lives (
  store       TEXT NOT NULL,
  incarnation TEXT NOT NULL,
  parent      TEXT NOT NULL,
  n           INTEGER NOT NULL,
  opened_at   INTEGER NOT NULL,
  PRIMARY KEY (store, incarnation)
) STRICT, WITHOUT ROWID;
INSERT INTO lives (store, incarnation, parent, n, opened_at) SELECT store, incarnation, '', 0, 0 FROM incarnations;
ALTER TABLE stores ADD COLUMN life TEXT NOT NULL DEFAULT '';  -- the one that opened last

-- How a store's certificate has behaved. Times: 0 is never.
CREATE TABLE conduct (
  store     TEXT PRIMARY KEY,
  forks     INTEGER NOT NULL,
  fork_at   INTEGER NOT NULL,
  frozen_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
