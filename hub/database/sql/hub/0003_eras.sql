-- SPDX-License-Identifier: Apache-2.0
-- Eras with what began them, lost ones too: two histories may have used one number. And what proves that this database goes on.

CREATE TABLE all_eras (
  number   INTEGER NOT NULL,
  id       TEXT NOT NULL,
  began    INTEGER NOT NULL,
  why      TEXT NOT NULL,
  lost     INTEGER NOT NULL,  -- 1: a store had heard of it, this hub never was in it
  shown_by TEXT NOT NULL,     -- the store that showed it
  PRIMARY KEY (number, id)
) STRICT, WITHOUT ROWID;
INSERT INTO all_eras SELECT number, id, began, 'first', 0, '' FROM eras;
DROP TABLE eras;
ALTER TABLE all_eras RENAME TO eras;

-- Drawn anew at each start and each stop, here and in the file `era` beside the database.
CREATE TABLE continuity (
  one   INTEGER PRIMARY KEY CHECK (one = 1),
  stamp TEXT NOT NULL
) STRICT;
INSERT INTO continuity VALUES (1, '');
