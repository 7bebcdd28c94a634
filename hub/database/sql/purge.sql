-- SPDX-License-Identifier: Apache-2.0
-- Statements of authority_purge.cpp: what is gone, and what is to be forgotten.

-- name: purge_gone
DELETE FROM stream_entries WHERE stream = ?1 AND seq IN
  (SELECT seq FROM stream_entries WHERE stream = ?1 AND seq <= ?2 AND leaf IS NULL ORDER BY seq LIMIT ?3)
RETURNING seq

-- name: move_horizon
UPDATE streams SET horizon = ?1 WHERE number = ?2 AND horizon < ?1

-- name: mark_head
INSERT INTO stream_marks (stream, at, head) SELECT number, ?, head FROM streams WHERE name = ?
ON CONFLICT (stream, at) DO UPDATE SET head = excluded.head

-- name: last_mark
SELECT max(at) FROM stream_marks WHERE stream = ?

-- name: marked_head
SELECT at, head FROM stream_marks WHERE stream = ? AND at <= ? ORDER BY at DESC LIMIT 1

-- name: drop_marks
DELETE FROM stream_marks WHERE stream = ? AND at < ?

-- name: dead_after
SELECT collection, id, era, number, dead_since,
       EXISTS (SELECT 1 FROM stream_entries e WHERE e.collection = d.collection AND e.id = d.id)
FROM documents d INDEXED BY documents_dead WHERE body IS NULL AND (collection, id) > (?, ?) ORDER BY collection, id LIMIT ?

-- name: note_dead
UPDATE documents SET dead_since = ? WHERE collection = ? AND id = ?

-- name: drop_document
DELETE FROM documents WHERE collection = ? AND id = ?

-- name: put_number_floor
INSERT INTO number_floors (collection, era, number) VALUES (?, ?, ?) ON CONFLICT (collection) DO UPDATE SET
  number = CASE WHEN excluded.era = number_floors.era AND excluded.number < number_floors.number THEN number_floors.number
                ELSE excluded.number END, era = excluded.era

-- name: number_floor
SELECT number FROM number_floors WHERE collection = ? AND era = (SELECT max(number) FROM eras)

-- name: put_expiry
INSERT INTO expiries (collection, id, at) VALUES (?, ?, ?) ON CONFLICT (collection, id) DO UPDATE SET at = excluded.at

-- name: drop_expiry
DELETE FROM expiries WHERE collection = ? AND id = ?

-- name: expired
SELECT collection, id FROM expiries WHERE at <= ? ORDER BY at LIMIT ?

-- name: presence
SELECT presence FROM stores WHERE store = ?

-- name: gone_count
SELECT count(*) FROM stream_entries WHERE leaf IS NULL
