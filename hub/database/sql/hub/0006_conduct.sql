-- SPDX-License-Identifier: Apache-2.0
-- Messages that no honest store sends, and until when one that sent some is not heard.
ALTER TABLE conduct ADD COLUMN offences INTEGER NOT NULL DEFAULT 0;
ALTER TABLE conduct ADD COLUMN offence TEXT NOT NULL DEFAULT '';
ALTER TABLE conduct ADD COLUMN offence_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE conduct ADD COLUMN quarantined_until INTEGER NOT NULL DEFAULT 0;
ALTER TABLE conduct ADD COLUMN offences_total INTEGER NOT NULL DEFAULT 0;

-- How often the rules failed on a transaction that was not given up yet; and those that were, as they came, for people.
CREATE TABLE failures (
  id    TEXT PRIMARY KEY,
  tries INTEGER NOT NULL,
  at    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE poisoned (
  id          TEXT PRIMARY KEY,
  store       TEXT NOT NULL,
  incarnation TEXT NOT NULL,
  n           INTEGER NOT NULL,
  at          INTEGER NOT NULL,
  why         TEXT NOT NULL,
  json        TEXT NOT NULL
) STRICT, WITHOUT ROWID;
