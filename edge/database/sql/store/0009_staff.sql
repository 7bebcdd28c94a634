-- SPDX-License-Identifier: Apache-2.0
-- Wrong sign-ins that still count, each with when it was by clocks that nobody sets: the machine's time since its start, and the
-- latest time that the hub has said. `secret`: of which PIN, so that a new PIN is a new beginning. `in_row`: since the last right one.
CREATE TABLE wrong_sign_ins (
  n INTEGER PRIMARY KEY AUTOINCREMENT,
  subject TEXT NOT NULL,
  secret TEXT NOT NULL,
  in_row INTEGER NOT NULL,
  boot TEXT NOT NULL,
  mono INTEGER NOT NULL,
  hub INTEGER NOT NULL
) STRICT;
CREATE INDEX wrong_sign_ins_of ON wrong_sign_ins (subject);

-- Who did and saw what: each row's hash covers the row and the hash before it.
CREATE TABLE audit (
  n INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  staff TEXT NOT NULL,
  device TEXT NOT NULL,
  action TEXT NOT NULL,
  subject TEXT NOT NULL,
  outcome TEXT NOT NULL,
  request TEXT NOT NULL,
  hash BLOB NOT NULL
) STRICT;
CREATE INDEX audit_of_request ON audit (request) WHERE request <> '';
