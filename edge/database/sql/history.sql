-- SPDX-License-Identifier: Apache-2.0
-- Statements of SqliteReplica on the store's own history: the lives that it continues, what is forgotten, what waits for a person.

-- name: line
SELECT incarnation, n, hash FROM line ORDER BY position DESC

-- name: put_parting
INSERT INTO line (incarnation, n, hash) VALUES (?, ?, ?)

-- name: forgotten
SELECT n, hash FROM forgotten

-- name: put_forgotten
INSERT INTO forgotten (one, n, hash) VALUES (1, ?, ?) ON CONFLICT (one) DO UPDATE SET n = excluded.n, hash = excluded.hash

-- name: clear_forgotten
DELETE FROM forgotten

-- name: clear_line
DELETE FROM line

-- name: put_aside
INSERT INTO aside (id, incarnation, n, at, json) VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING

-- name: clear_outbox_operations
DELETE FROM outbox_operations

-- name: clear_outbox
DELETE FROM outbox

-- name: aside_figures
SELECT count(*), coalesce(min(at), 0) FROM aside

-- name: kept_after
SELECT n, at, bytes_upto FROM outbox WHERE n > ? ORDER BY n LIMIT ?

-- name: newest_kept
SELECT n, at, bytes_upto FROM outbox ORDER BY n DESC LIMIT 1

-- name: forget_operations
DELETE FROM outbox_operations WHERE n <= ?

-- name: forget_outbox
DELETE FROM outbox WHERE n <= ?

-- name: drop_operations
DELETE FROM outbox_operations WHERE n = ?

-- name: drop_outbox
DELETE FROM outbox WHERE n = ?

-- name: lower_outbox
UPDATE outbox SET n = n - 1 WHERE n > ?

-- name: lower_operations
UPDATE outbox_operations SET n = n - 1 WHERE n > ?

-- name: put_hash
UPDATE outbox SET hash = ? WHERE n = ?
