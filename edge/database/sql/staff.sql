-- SPDX-License-Identifier: Apache-2.0
-- Sign-ins that went wrong, and the audit.

-- name: wrong_sign_ins_of
SELECT n, secret, in_row, boot, mono, hub FROM wrong_sign_ins WHERE subject = ? ORDER BY n

-- name: put_wrong_sign_in
INSERT INTO wrong_sign_ins (subject, secret, in_row, boot, mono, hub) VALUES (?, ?, 1, ?, ?, ?) RETURNING n

-- name: drop_wrong_sign_in
DELETE FROM wrong_sign_ins WHERE n = ?

-- name: end_row_of_wrong_sign_ins
UPDATE wrong_sign_ins SET in_row = 0 WHERE subject = ?

-- name: clear_wrong_sign_ins
DELETE FROM wrong_sign_ins WHERE subject = ?

-- name: count_wrong_sign_ins
SELECT count(*) FROM wrong_sign_ins

-- name: forget_wrong_sign_ins
DELETE FROM wrong_sign_ins WHERE (boot = ?1 AND mono <= ?2) OR (boot <> ?1 AND (?2 >= 0 OR (hub > 0 AND hub <= ?3)))

-- name: audit_last
SELECT n, at, staff, device, action, subject, outcome, request, hash FROM audit ORDER BY n DESC LIMIT 1

-- name: audit_has
SELECT 1 FROM audit WHERE request = ? AND action = ?

-- name: audit_put
INSERT INTO audit (n, at, staff, device, action, subject, outcome, request, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)

-- name: audit_at
SELECT hash FROM audit WHERE n = ?

-- name: audit_begin
SELECT n, hash FROM audit_begin

-- name: put_audit_begin
INSERT INTO audit_begin (one, n, hash) VALUES (1, ?, ?) ON CONFLICT (one) DO UPDATE SET n = excluded.n, hash = excluded.hash

-- name: drop_audit
DELETE FROM audit WHERE n <= ?

-- name: audit_from
SELECT n, at, staff, device, action, subject, outcome, request, hash FROM audit WHERE n >= ? ORDER BY n LIMIT ?

-- name: audit_search
SELECT n, at, staff, device, action, subject, outcome, request, hash FROM audit
WHERE n >= ?1 AND (?2 = '' OR staff = ?2) AND (?3 = '' OR action = ?3 OR substr(action, 1, length(?3) + 1) = ?3 || '.')
  AND (?4 = '' OR subject = ?4 OR substr(subject, 1, length(?4) + 1) = ?4 || '/') AND at >= ?5 AND at < ?6
ORDER BY n LIMIT ?7
