-- SPDX-License-Identifier: Apache-2.0
-- Statements of AuditLines.

-- name: keep_audit_line
INSERT INTO audit_lines (store, n, hash, at, staff, device, action, subject, outcome, request) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (store, n, hash) DO NOTHING

-- name: audit_lines_of
SELECT n, hash, at, staff, device, action, subject, outcome, request FROM audit_lines
WHERE store = ? AND (n, hash) > (?, ?) ORDER BY n, hash LIMIT ?

-- name: find_audit_lines
SELECT store, n, hash, at, staff, device, action, subject, outcome, request FROM audit_lines
WHERE (?1 = '' OR store = ?1) AND (?2 = '' OR staff = ?2)
  AND (?3 = '' OR action = ?3 OR substr(action, 1, length(?3) + 1) = ?3 || '.')
  AND (?4 = '' OR subject = ?4 OR substr(subject, 1, length(?4) + 1) = ?4 || '/') AND at >= ?5 AND at < ?6
ORDER BY at DESC, store, n DESC, hash LIMIT ?7

-- name: forget_audit_lines
DELETE FROM audit_lines WHERE at < ?
