-- SPDX-License-Identifier: Apache-2.0
-- Statements on erasures: what stands of a person beside the documents, and which stores have heard.

-- name: forget_sought
UPDATE look_ups SET key = '' WHERE what = 'customer' AND key = ?

-- name: drop_sessions_of
DELETE FROM sessions WHERE customer = ?

-- name: drop_customer_cart
DELETE FROM customer_carts WHERE customer = ?

-- name: drop_lent_person
DELETE FROM lent WHERE collection = 'customer' AND id = ?

-- name: poisoned_rows
SELECT id, json FROM poisoned ORDER BY id

-- name: put_poisoned_json
UPDATE poisoned SET json = ? WHERE id = ?

-- name: erasures
SELECT id FROM documents WHERE collection = 'erasure' AND body IS NOT NULL ORDER BY id

-- name: erasure_count
SELECT count(*) FROM documents WHERE collection = 'erasure' AND body IS NOT NULL

-- name: erasures_behind
SELECT count(*) FROM stream_entries e JOIN streams s ON s.number = e.stream
WHERE s.name = 'settings' AND e.collection = 'erasure' AND e.seq > ?

-- name: erasure_place
SELECT e.seq FROM stream_entries e JOIN streams s ON s.number = e.stream
WHERE s.name = 'settings' AND e.collection = 'erasure' AND e.id = ?
