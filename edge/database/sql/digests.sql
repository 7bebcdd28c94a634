-- SPDX-License-Identifier: Apache-2.0
-- Statements of digests.cpp: leaves, sums, and the keys of buckets.

-- name: digest_key
SELECT key FROM digest_key

-- name: put_digest_key
UPDATE digest_key SET key = ?

-- name: part
SELECT sums FROM digest_sums WHERE stream = ? AND part = ?

-- name: put_part
INSERT INTO digest_sums (stream, part, sums) VALUES (?, ?, ?) ON CONFLICT (stream, part) DO UPDATE SET sums = excluded.sums

-- name: put_leaf
UPDATE base SET leaf = ? WHERE collection = ? AND id = ?

-- name: base_after
SELECT collection, id, stream, era, number, leaf, body FROM base WHERE (collection, id) > (?, ?) ORDER BY collection, id LIMIT ?

-- name: stream_name
SELECT name FROM streams WHERE number = ?

-- name: collection_after
SELECT collection FROM base WHERE collection > ? ORDER BY collection LIMIT 1

-- name: first_of_collection
SELECT s.name FROM base b JOIN streams s ON s.number = b.stream WHERE b.collection = ? ORDER BY b.id LIMIT 1

-- name: ids_after
SELECT id, stream FROM base WHERE collection = ? AND id > ? ORDER BY id

-- name: base_row
SELECT stream, era, number, leaf FROM base WHERE collection = ? AND id = ?
