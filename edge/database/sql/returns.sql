-- SPDX-License-Identifier: Apache-2.0
-- Goods that came back.

-- name: put_return
INSERT INTO returns (id, purchase, at, settled, refund, currency, ticket, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?)

-- name: return
SELECT id, purchase, at, settled, refund, currency, ticket, body FROM returns WHERE id = ?

-- name: returns_of
SELECT id, purchase, at, settled, refund, currency, ticket, body FROM returns WHERE purchase = ? ORDER BY at, id

-- name: newest_by_receipt
SELECT id, purchase, at, settled, refund, currency, ticket, body FROM returns WHERE purchase >= 'receipt/' AND purchase < 'receipt0' ORDER BY at DESC, id LIMIT ?

-- name: return_waits
SELECT EXISTS (SELECT 1 FROM outbox, state WHERE outbox.id = ? AND outbox.n > state.ack_n)

-- name: forget_returns
DELETE FROM returns WHERE at < ?

-- name: count_returns
SELECT count(*), coalesce(sum(settled = 0 AND id IN (SELECT id FROM outbox, state WHERE outbox.n > state.ack_n)), 0) FROM returns
