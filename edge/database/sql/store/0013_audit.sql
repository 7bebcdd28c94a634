-- SPDX-License-Identifier: Apache-2.0
-- Where the audit begins here: the last line that was dropped, because the hub has it and it was old, and its hash.
CREATE TABLE audit_begin (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  n INTEGER NOT NULL,
  hash BLOB NOT NULL
) STRICT;
