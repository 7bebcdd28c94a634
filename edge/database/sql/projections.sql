-- SPDX-License-Identifier: Apache-2.0
-- What screens ask for.

-- name: seen
SELECT body FROM view WHERE collection = ?1 AND id = ?2
UNION ALL
SELECT body FROM base WHERE collection = ?1 AND id = ?2
LIMIT 1

-- name: in_base
SELECT 1 FROM base WHERE collection = ? AND id = ? AND body IS NOT NULL

-- name: bodies_of
SELECT body FROM base WHERE collection = ? AND body IS NOT NULL ORDER BY id

-- name: last_pass_of
SELECT pass, cart, era, number FROM resumed_passes WHERE cart = ? ORDER BY at DESC LIMIT 1

-- name: resumed_pass
SELECT pass, cart, era, number FROM resumed_passes WHERE pass = ?

-- name: waiting_on
SELECT kind, body FROM outbox_operations
WHERE collection = ? AND id = ? AND n > (SELECT max(applied_n, ack_n) FROM state) ORDER BY n, position

-- name: outbox_figures
SELECT (SELECT last_n - max(applied_n, ack_n) FROM state),
       (SELECT at FROM outbox WHERE n > (SELECT max(applied_n, ack_n) FROM state) ORDER BY n LIMIT 1)

-- name: documents_of_stream
SELECT count(*) FROM base WHERE stream = ?
