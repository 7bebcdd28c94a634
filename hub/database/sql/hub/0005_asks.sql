-- SPDX-License-Identifier: Apache-2.0
-- Who asked for what that was not placed with their store, and what was answered.
CREATE TABLE look_ups (
  id    TEXT PRIMARY KEY,
  store TEXT NOT NULL,
  actor TEXT NOT NULL,  -- the device
  what  TEXT NOT NULL,
  key   TEXT NOT NULL,
  code  TEXT NOT NULL,  -- empty: it was placed
  at    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX look_ups_of_store ON look_ups (store, at);
CREATE INDEX look_ups_by_time ON look_ups (at);

-- Documents that stand in a store's stream until a time, because it asked for them.
CREATE TABLE lent (
  store      TEXT NOT NULL,
  collection TEXT NOT NULL,
  id         TEXT NOT NULL,
  until      INTEGER NOT NULL,
  PRIMARY KEY (store, collection, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX lent_by_time ON lent (until);
