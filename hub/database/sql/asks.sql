-- SPDX-License-Identifier: Apache-2.0
-- Statements of SqlAuthority on what stores asked for.

-- name: record_look_up
INSERT INTO look_ups (id, store, actor, what, key, code, at) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING

-- name: look_ups_since
SELECT count(*) FROM look_ups WHERE store = ?1 AND at >= ?2 AND (?3 = '' OR what = ?3)

-- name: forget_look_ups
DELETE FROM look_ups WHERE at < ?

-- name: lent_until
SELECT until FROM lent WHERE store = ? AND collection = ? AND id = ?

-- name: put_lent
INSERT INTO lent (store, collection, id, until) VALUES (?, ?, ?, ?)
ON CONFLICT (store, collection, id) DO UPDATE SET until = excluded.until

-- name: drop_lent
DELETE FROM lent WHERE store = ? AND collection = ? AND id = ?

-- name: lent_over
SELECT store, collection, id, until FROM lent WHERE until <= ? ORDER BY until LIMIT ?
