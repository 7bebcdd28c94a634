-- SPDX-License-Identifier: Apache-2.0
-- Statements of digests.cpp: the sums of streams, and their documents by bucket.

-- name: digest_key
SELECT key, counted FROM digest_key

-- name: digests_counted
UPDATE digest_key SET counted = 1

-- name: part
SELECT sums FROM digest_sums WHERE stream = ? AND part = ?

-- name: put_part
INSERT INTO digest_sums (stream, part, sums) VALUES (?, ?, ?) ON CONFLICT (stream, part) DO UPDATE SET sums = excluded.sums

-- name: leaf
SELECT leaf FROM documents WHERE collection = ? AND id = ?

-- name: documents_after
SELECT collection, id, era, number, body FROM documents WHERE (collection, id) > (?, ?) ORDER BY collection, id LIMIT ?

-- name: put_leaf
UPDATE documents SET leaf = ? WHERE collection = ? AND id = ?

-- name: live_entries_of
SELECT stream, seq FROM stream_entries WHERE collection = ? AND id = ? AND removal = 0

-- name: put_entry_leaf
UPDATE stream_entries SET leaf = ? WHERE stream = ? AND seq = ?

-- name: keys_after
SELECT collection, id FROM stream_entries WHERE stream = ? AND (collection, id) > (?, ?) ORDER BY collection, id

-- name: live_entry
SELECT d.era, d.number, d.past, d.body
FROM stream_entries e JOIN documents d ON d.collection = e.collection AND d.id = e.id
WHERE e.stream = ? AND e.collection = ? AND e.id = ? AND e.removal = 0 AND d.body IS NOT NULL
