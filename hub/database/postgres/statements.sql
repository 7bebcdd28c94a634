-- SPDX-License-Identifier: Apache-2.0
-- What PostgreSQL wants in other words than hub/database/sql has; every other statement is shared.

-- name: commits
SELECT number FROM commits

-- name: dead_after
SELECT collection, id, era, number, dead_since,
       EXISTS (SELECT 1 FROM stream_entries e WHERE e.collection = d.collection AND e.id = d.id)
FROM documents d WHERE body IS NULL AND (collection, id) > (?, ?) ORDER BY collection, id LIMIT ?

-- name: put_words
UPDATE products SET words = array_to_tsvector(vitrine_words(?2)) WHERE number = ?1

-- name: find_products
SELECT sku FROM products
WHERE words @@ vitrine_query(?1) AND active = 1 AND (?2 = '' OR department = ?2)
ORDER BY place, sku LIMIT ?3 OFFSET ?4

-- name: put_event
INSERT INTO webhook_events (id, subject, type, state, store, at)
VALUES (replace(gen_random_uuid()::text, '-', ''), ?, ?, ?, ?, ?) RETURNING seq

-- name: database_bytes
SELECT pg_database_size(current_database())
