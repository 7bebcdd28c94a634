-- SPDX-License-Identifier: Apache-2.0
-- What screens ask for.

-- name: seen
SELECT body FROM view WHERE collection = ?1 AND id = ?2
UNION ALL
SELECT body FROM base WHERE collection = ?1 AND id = ?2
LIMIT 1

-- name: all_seen
SELECT b.id, CASE WHEN v.id IS NULL THEN b.body ELSE v.body END AS seen
FROM base b LEFT JOIN view v ON v.collection = b.collection AND v.id = b.id
WHERE b.collection = ?1 AND seen IS NOT NULL
UNION ALL
SELECT v.id, v.body FROM view v
WHERE v.collection = ?1 AND v.body IS NOT NULL AND NOT EXISTS (SELECT 1 FROM base b WHERE b.collection = ?1 AND b.id = v.id)
ORDER BY 1

-- name: all_seen_with
SELECT b.id, CASE WHEN v.id IS NULL THEN b.body ELSE v.body END AS seen
FROM base b LEFT JOIN view v ON v.collection = b.collection AND v.id = b.id
WHERE b.collection = ?1 AND seen IS NOT NULL AND instr(seen, ?2) > 0
UNION ALL
SELECT v.id, v.body FROM view v
WHERE v.collection = ?1 AND v.body IS NOT NULL AND instr(v.body, ?2) > 0
  AND NOT EXISTS (SELECT 1 FROM base b WHERE b.collection = ?1 AND b.id = v.id)
ORDER BY 1

-- name: all_seen_under
SELECT b.id, CASE WHEN v.id IS NULL THEN b.body ELSE v.body END AS seen
FROM base b LEFT JOIN view v ON v.collection = b.collection AND v.id = b.id
WHERE b.collection = ?1 AND b.id >= ?2 AND b.id < ?3 AND seen IS NOT NULL
UNION ALL
SELECT v.id, v.body FROM view v
WHERE v.collection = ?1 AND v.id >= ?2 AND v.id < ?3 AND v.body IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM base b WHERE b.collection = ?1 AND b.id = v.id)
ORDER BY 1

-- name: in_base
SELECT 1 FROM base WHERE collection = ? AND id = ? AND body IS NOT NULL

-- name: bodies_of
SELECT body FROM base WHERE collection = ? AND body IS NOT NULL ORDER BY id

-- name: bodies_in
SELECT body FROM base WHERE collection = ? AND id >= ? AND id < ? AND body IS NOT NULL ORDER BY id

-- name: book_as_of
SELECT name || ':' || era_id || ':' || seq || ':' || fill_id FROM streams WHERE name IN (?, ?) ORDER BY name

-- name: last_pass_of
SELECT pass, cart, era, number FROM resumed_passes WHERE cart = ? ORDER BY at DESC LIMIT 1

-- name: resumed_pass
SELECT pass, cart, era, number FROM resumed_passes WHERE pass = ?

-- name: waiting_on
SELECT kind, body FROM outbox_operations
WHERE collection = ? AND id = ? AND n > (SELECT applied_n FROM state) ORDER BY n, position

-- name: outbox_figures
SELECT (SELECT last_n - applied_n FROM state),
       (SELECT at FROM outbox WHERE n > (SELECT applied_n FROM state) ORDER BY n LIMIT 1),
       (SELECT count(*) FROM aside),
       (SELECT count(*) FROM base WHERE collection = 'outcome' AND body IS NOT NULL),
       (SELECT era FROM state)

-- name: outbox_by_collection
SELECT collection, count(*) FROM outbox_operations WHERE n > (SELECT applied_n FROM state) GROUP BY collection ORDER BY collection

-- name: documents_of_stream
SELECT count(*) FROM base WHERE stream = (SELECT number FROM streams WHERE name = ?)

-- name: in_doubt
SELECT in_doubt FROM state
