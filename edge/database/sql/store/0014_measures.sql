-- SPDX-License-Identifier: Apache-2.0
-- What was measured: one row a thing that happened, by a number made from what it happened to, so that it is there once however often
-- it is said. Nobody can be found by it. `value`: milliseconds of a wait; else 1 or 0.
CREATE TABLE measured (
  kind TEXT NOT NULL,
  id BLOB NOT NULL,
  at INTEGER NOT NULL,
  value INTEGER NOT NULL,
  PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX measured_by_time ON measured (at);
