-- SPDX-License-Identifier: Apache-2.0
-- When a document is to be forgotten, as people see it; a tombstone, when no pass can ask for it any more.
CREATE TABLE expiries (
  collection TEXT NOT NULL,
  id TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (collection, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX expiries_by_time ON expiries (at);
INSERT INTO expiries SELECT collection, id, body ->> '$.expires_at' FROM base
WHERE collection IN ('cart', 'customer') AND body IS NOT NULL AND body ->> '$.expires_at' > 0;
INSERT INTO expiries SELECT collection, id, body ->> '$.expires_at' FROM view
WHERE body IS NOT NULL AND body ->> '$.expires_at' > 0
ON CONFLICT (collection, id) DO UPDATE SET at = excluded.at;
-- Tombstones of earlier releases.
DELETE FROM base WHERE body IS NULL AND leaf IS NULL;
