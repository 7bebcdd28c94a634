-- SPDX-License-Identifier: Apache-2.0
-- Tickets of carts that are paid at a till, and of what a till settles for goods that came back.

-- name: ticket
SELECT id, code, cart, state, till, made_at, valid_until, changed_at, body, tenders, receipt FROM tickets WHERE id = ?1 OR code = ?1

-- name: tickets_of
SELECT id, code, cart, state, till, made_at, valid_until, changed_at, body, tenders, receipt FROM tickets WHERE cart = ?

-- name: put_ticket
INSERT INTO tickets (id, code, cart, state, till, made_at, valid_until, changed_at, body, tenders, receipt) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (id) DO UPDATE SET state = excluded.state, till = excluded.till, changed_at = excluded.changed_at, tenders = excluded.tenders, receipt = excluded.receipt

-- name: forget_tickets
DELETE FROM tickets WHERE CASE WHEN state = 'paid' THEN changed_at < ?2 ELSE valid_until < ?1 END

-- name: count_tickets
SELECT CASE WHEN state = 'open' AND valid_until <= ? THEN 'expired' ELSE state END AS now, count(*) FROM tickets GROUP BY now ORDER BY now
