-- SPDX-License-Identifier: Apache-2.0
-- Statements of replica_expiry.cpp.

-- name: put_expiry
INSERT INTO expiries (collection, id, at) VALUES (?, ?, ?) ON CONFLICT (collection, id) DO UPDATE SET at = excluded.at

-- name: drop_expiry
DELETE FROM expiries WHERE collection = ? AND id = ?

-- name: next_expiry
SELECT min(at) FROM expiries

-- name: expired
SELECT collection, id FROM expiries WHERE at <= ? ORDER BY at LIMIT ?

-- name: drop_tombstone
DELETE FROM base WHERE collection = ? AND id = ? AND body IS NULL AND leaf IS NULL

-- name: drop_body
UPDATE base SET body = NULL WHERE collection = ? AND id = ?

-- name: drop_passes_of
DELETE FROM resumed_passes WHERE cart = ?
