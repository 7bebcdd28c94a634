-- SPDX-License-Identifier: Apache-2.0
-- What `vitrinectl sync verify` looks at (edge/database/verify.cpp).

-- name: verify_integrity
SELECT integrity_check FROM pragma_integrity_check LIMIT 20

-- name: verify_references
SELECT "table", rowid FROM pragma_foreign_key_check

-- name: verify_views
SELECT collection, id, body FROM view ORDER BY collection, id

-- name: verify_named
SELECT DISTINCT collection, id FROM outbox_operations WHERE n > ? ORDER BY collection, id

-- name: verify_base_count
SELECT count(*) FROM base
