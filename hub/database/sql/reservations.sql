-- SPDX-License-Identifier: Apache-2.0
-- Statements of WebReservations.

-- name: web_reservation
SELECT id, holder, purpose, store, lines, made_at, until FROM web_reservations WHERE id = ?

-- name: web_reservations_for
SELECT id, holder, purpose, store, lines, made_at, until FROM web_reservations WHERE purpose = ? ORDER BY made_at DESC, id LIMIT 50

-- name: put_web_reservation
INSERT INTO web_reservations (id, holder, purpose, store, lines, made_at, until) VALUES (?, ?, ?, ?, ?, ?, ?)

-- name: drop_old_web_reservations
DELETE FROM web_reservations WHERE id IN (SELECT id FROM web_reservations WHERE until < ? ORDER BY until LIMIT 100)
