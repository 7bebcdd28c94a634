-- SPDX-License-Identifier: Apache-2.0
-- The lines of the stores' audits, as they told of them. Of a store that was set back there may be two with one number: each stands
-- behind the line whose hash it was made with.
CREATE TABLE audit_lines (
  store   TEXT NOT NULL,
  n       INTEGER NOT NULL,
  hash    BLOB NOT NULL,
  at      INTEGER NOT NULL,
  staff   TEXT NOT NULL,
  device  TEXT NOT NULL,
  action  TEXT NOT NULL,
  subject TEXT NOT NULL,
  outcome TEXT NOT NULL,
  request TEXT NOT NULL,
  PRIMARY KEY (store, n, hash)
) STRICT, WITHOUT ROWID;
CREATE INDEX audit_lines_by_time ON audit_lines (at);
