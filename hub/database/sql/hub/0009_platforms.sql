-- SPDX-License-Identifier: Apache-2.0
-- Who may push a retailer's data. A credential is known by its hash; taken back, its row is gone.
CREATE TABLE platforms (
  name     TEXT PRIMARY KEY,
  hash     BLOB NOT NULL UNIQUE,
  scopes   TEXT NOT NULL,  -- apart at spaces
  added_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What a platform was answered under each of its idempotency keys, for a day.
CREATE TABLE platform_requests (
  platform TEXT NOT NULL,
  key      TEXT NOT NULL,
  asked    BLOB NOT NULL,  -- hash of what was asked
  status   INTEGER NOT NULL,
  body     TEXT NOT NULL,
  tag      TEXT NOT NULL,
  at       INTEGER NOT NULL,
  PRIMARY KEY (platform, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX platform_requests_by_time ON platform_requests (at);
