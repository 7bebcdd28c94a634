-- SPDX-License-Identifier: Apache-2.0
-- Statements of SqlAuthority.

-- name: era
SELECT number, id FROM eras ORDER BY number DESC LIMIT 1

-- name: eras
SELECT number, id, began, why, lost, shown_by FROM eras ORDER BY number, id

-- name: add_era
INSERT INTO eras (number, id, began, why, lost, shown_by) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING

-- name: stamp
SELECT stamp FROM continuity

-- name: put_stamp
UPDATE continuity SET stamp = ?

-- name: progress
SELECT CAST(coalesce(sum(head), 0) AS BIGINT) FROM streams

-- name: document
SELECT era, number, past, body FROM documents WHERE collection = ? AND id = ?

-- name: put_document
INSERT INTO documents (collection, id, era, number, past, body, leaf) VALUES (?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (collection, id) DO UPDATE SET
  era = excluded.era, number = excluded.number, past = excluded.past, body = excluded.body, leaf = excluded.leaf,
  dead_since = NULL

-- name: draw_seq
INSERT INTO streams (name, head) VALUES (?, 1) ON CONFLICT (name) DO UPDATE SET head = streams.head + 1 RETURNING number, head

-- name: put_entry
INSERT INTO stream_entries (stream, seq, collection, id, removal, leaf) VALUES (?, ?, ?, ?, ?, ?)

-- name: drop_older_entry
DELETE FROM stream_entries WHERE stream = ? AND collection = ? AND id = ? RETURNING leaf

-- name: stream
SELECT number, head, horizon FROM streams WHERE name = ?

-- name: heads
SELECT name, head FROM streams ORDER BY name

-- name: entries_after
SELECT e.seq, e.collection, e.id, e.removal, d.era, d.number, d.past, d.body
FROM stream_entries e LEFT JOIN documents d ON d.collection = e.collection AND d.id = e.id
WHERE e.stream = ? AND e.seq > ? ORDER BY e.seq

-- name: live_after
SELECT e.collection, e.id, d.era, d.number, d.past, d.body
FROM stream_entries e JOIN documents d ON d.collection = e.collection AND d.id = e.id
WHERE e.stream = ? AND (e.collection, e.id) > (?, ?) AND e.removal = 0 AND d.body IS NOT NULL
ORDER BY e.collection, e.id

-- name: live_under
SELECT id, era, number, past, body FROM documents
WHERE collection = ?1 AND id >= ?2 AND id < ?3 AND body IS NOT NULL ORDER BY id

-- name: live_of
SELECT id, era, number, past, body FROM documents WHERE collection = ? AND id > ? AND body IS NOT NULL ORDER BY id LIMIT ?

-- name: streams_of
SELECT s.name FROM stream_entries e JOIN streams s ON s.number = e.stream
WHERE e.collection = ? AND e.id = ? AND e.removal = 0 ORDER BY s.name

-- name: stores
SELECT store FROM stores ORDER BY store

-- name: add_store
INSERT INTO stores (store) VALUES (?) ON CONFLICT (store) DO NOTHING

-- name: knows_store
SELECT 1 FROM stores WHERE store = ?

-- name: token
SELECT token FROM stores WHERE store = ?

-- name: put_token
UPDATE stores SET token = ? WHERE store = ?

-- name: forget_tokens
UPDATE stores SET token = ''

-- name: applied
SELECT incarnation, n, hash FROM incarnations WHERE store = ? ORDER BY incarnation

-- name: applied_hash
SELECT hash FROM applied_chain WHERE store = ? AND incarnation = ? AND n = ?

-- name: record_applied
INSERT INTO applied_chain (store, incarnation, n, hash, at) VALUES (?, ?, ?, ?, ?)

-- name: record_incarnation
INSERT INTO incarnations (store, incarnation, n, hash) VALUES (?, ?, ?, ?)
ON CONFLICT (store, incarnation) DO UPDATE SET n = excluded.n, hash = excluded.hash

-- name: transaction_known
SELECT 1 FROM transactions WHERE id = ?

-- name: record_transaction
INSERT INTO transactions (id, at) VALUES (?, ?)

-- name: put_presence
UPDATE stores SET presence = ?, presence_at = ? WHERE store = ?
