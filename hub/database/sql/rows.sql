-- SPDX-License-Identifier: Apache-2.0
-- Statements of HubRows: what the API and the operator's commands keep beside the documents.

-- name: session
SELECT customer, cart, store, created_at, seen_at FROM sessions WHERE hash = ?

-- name: put_session
INSERT INTO sessions (hash, customer, cart, store, created_at, seen_at) VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT (hash) DO UPDATE SET customer = excluded.customer, cart = excluded.cart, store = excluded.store, seen_at = excluded.seen_at

-- name: drop_session
DELETE FROM sessions WHERE hash = ?

-- name: drop_old_sessions
DELETE FROM sessions WHERE seen_at < ?

-- name: customer_cart
SELECT cart FROM customer_carts WHERE customer = ?

-- name: put_customer_cart
INSERT INTO customer_carts (customer, cart) VALUES (?, ?) ON CONFLICT (customer) DO UPDATE SET cart = excluded.cart

-- name: visit
SELECT store, device, since, last FROM cart_visits WHERE cart = ?

-- name: open_visit
INSERT INTO cart_visits (cart, store, device, since, last) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (cart) DO UPDATE SET store = excluded.store, device = excluded.device, since = excluded.since, last = excluded.last

-- name: touch_visit
UPDATE cart_visits SET last = ? WHERE cart = ? AND device = ?

-- name: app_keys
SELECT number, name, public_key FROM app_keys ORDER BY number

-- name: add_app_key
INSERT INTO app_keys (name, public_key, added_at) VALUES (?, ?, ?) ON CONFLICT (public_key) DO NOTHING

-- name: take_app_token
INSERT INTO app_tokens (id, expires) VALUES (?, ?) ON CONFLICT (id) DO NOTHING

-- name: drop_old_app_tokens
DELETE FROM app_tokens WHERE expires < ?

-- name: documents_of
SELECT id, body FROM documents WHERE collection = ? AND body IS NOT NULL AND id > ? ORDER BY id LIMIT ?

-- name: documents_under
SELECT id, body FROM documents WHERE collection = ? AND body IS NOT NULL AND id >= ? AND id < ? ORDER BY id

-- name: outcome_counts
SELECT s.name, count(*) FROM stream_entries e JOIN streams s ON s.number = e.stream
WHERE e.collection = 'outcome' AND e.removal = 0 GROUP BY s.name

-- name: store_states
SELECT s.store, s.presence, s.presence_at,
       coalesce((SELECT i.n FROM incarnations i WHERE i.store = s.store AND i.incarnation = s.life),
                (SELECT max(i.n) FROM incarnations i WHERE i.store = s.store), 0),
       coalesce(c.forks, 0), coalesce(c.frozen_at, 0), coalesce(c.offences_total, 0), coalesce(c.offence, ''),
       coalesce(c.quarantined_until, 0)
FROM stores s LEFT JOIN conduct c ON c.store = s.store ORDER BY s.store

-- name: database_bytes
SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()
