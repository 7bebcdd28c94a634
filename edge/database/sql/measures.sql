-- SPDX-License-Identifier: Apache-2.0
-- What was measured.

-- name: measured
SELECT at, value FROM measured WHERE kind = ? AND id = ?

-- name: put_measured
INSERT INTO measured (kind, id, at, value) VALUES (?, ?, ?, ?)
ON CONFLICT (kind, id) DO UPDATE SET at = excluded.at, value = excluded.value

-- name: note_measured
INSERT INTO measured (kind, id, at, value) VALUES (?, ?, ?, ?) ON CONFLICT (kind, id) DO NOTHING

-- name: drop_measured
DELETE FROM measured WHERE kind = ? AND id = ?

-- name: measured_between
SELECT kind, at, value FROM measured WHERE at >= ? AND at < ? ORDER BY at

-- name: forget_measured
DELETE FROM measured WHERE at < ? AND kind <> 'begun'
