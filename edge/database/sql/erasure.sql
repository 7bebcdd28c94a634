-- SPDX-License-Identifier: Apache-2.0
-- Statements of replica_erasure.cpp.

-- name: personal_keys
SELECT collection, id FROM base WHERE collection IN ('activity', 'case', 'consent', 'customer', 'offer')
UNION SELECT collection, id FROM view WHERE collection IN ('activity', 'case', 'consent', 'customer', 'offer')
UNION SELECT collection, id FROM outbox_operations WHERE collection IN ('activity', 'case', 'consent', 'customer', 'offer')

-- name: aside_rows
SELECT id, json FROM aside ORDER BY id

-- name: put_aside_json
UPDATE aside SET json = ? WHERE id = ?

-- name: operations_on
SELECT n, position, body, salt FROM outbox_operations WHERE collection = ? AND id = ? AND erased IS NULL

-- name: scrub_operation
UPDATE outbox_operations SET body = '', salt = '', erased = ? WHERE n = ? AND position = ?

-- name: erasure_count
SELECT count(*) FROM base WHERE collection = 'erasure' AND body IS NOT NULL

-- name: scrubbed_count
SELECT count(*) FROM outbox_operations WHERE erased IS NOT NULL
