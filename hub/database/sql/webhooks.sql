-- SPDX-License-Identifier: Apache-2.0
-- Statements of OrderNews and Webhooks.

-- name: any_endpoint
SELECT 1 FROM webhook_endpoints LIMIT 1

-- name: put_event
INSERT INTO webhook_events (id, subject, type, state, store, at) VALUES (lower(hex(randomblob(16))), ?, ?, ?, ?, ?) RETURNING seq

-- name: put_deliveries
INSERT INTO webhook_deliveries (endpoint, seq, subject) SELECT name, ?, ? FROM webhook_endpoints

-- name: put_order_customer
INSERT INTO order_customers (id, customer) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET customer = excluded.customer

-- name: drop_order_customer
DELETE FROM order_customers WHERE id = ?

-- name: orders_of_customer
SELECT id FROM order_customers WHERE customer = ? LIMIT ?

-- name: endpoints
SELECT name, url, secret, added_at FROM webhook_endpoints ORDER BY name

-- name: add_endpoint
INSERT INTO webhook_endpoints (name, url, secret, added_at) VALUES (?, ?, ?, ?) ON CONFLICT (name) DO NOTHING

-- name: drop_endpoint
DELETE FROM webhook_endpoints WHERE name = ?

-- name: drop_deliveries_of
DELETE FROM webhook_deliveries WHERE endpoint = ?

-- name: due_delivery
SELECT d.seq, d.tries, d.began_at, v.id, v.subject, v.type, v.state, v.store, v.at FROM webhook_deliveries d
JOIN webhook_events v ON v.seq = d.seq
WHERE d.endpoint = ?1 AND d.state = 'waiting' AND d.next_at <= ?2
  AND NOT EXISTS (SELECT 1 FROM webhook_deliveries b
                  WHERE b.endpoint = ?1 AND b.subject = d.subject AND b.state = 'waiting' AND b.seq < d.seq)
ORDER BY d.next_at, d.seq LIMIT 1

-- name: end_delivery
UPDATE webhook_deliveries SET state = ?, tries = ?, began_at = ?, next_at = ?, last = ? WHERE endpoint = ? AND seq = ?

-- name: deliveries_in
SELECT d.endpoint, v.id, v.subject, v.type, d.tries, d.last FROM webhook_deliveries d JOIN webhook_events v ON v.seq = d.seq
WHERE d.state = ? ORDER BY d.seq DESC LIMIT ?

-- name: replay_event
UPDATE webhook_deliveries SET state = 'waiting', tries = 0, began_at = 0, next_at = 0, last = ''
WHERE endpoint = ? AND seq = (SELECT seq FROM webhook_events WHERE id = ?)

-- name: replay_dead
UPDATE webhook_deliveries SET state = 'waiting', tries = 0, began_at = 0, next_at = 0, last = '' WHERE endpoint = ? AND state = 'dead'

-- name: drop_old_events
DELETE FROM webhook_events WHERE seq IN (SELECT v.seq FROM webhook_events v WHERE v.at < ?1 AND NOT EXISTS
  (SELECT 1 FROM webhook_deliveries d WHERE d.seq = v.seq AND d.state = 'waiting') ORDER BY v.at LIMIT 500)

-- name: drop_lost_deliveries
DELETE FROM webhook_deliveries WHERE seq NOT IN (SELECT seq FROM webhook_events)

-- name: deliveries_by_state
SELECT endpoint, state, count(*) FROM webhook_deliveries GROUP BY endpoint, state

-- name: oldest_waiting
SELECT min(v.at) FROM webhook_deliveries d JOIN webhook_events v ON v.seq = d.seq WHERE d.state = 'waiting'
