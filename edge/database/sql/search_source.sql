-- SPDX-License-Identifier: Apache-2.0
-- What the search index asks of store.db.

-- name: search_source
SELECT id FROM search_source

-- name: journal_size
SELECT count(*) FROM search_journal

-- name: journal_last
SELECT coalesce(max(n), 0) FROM search_journal

-- name: journal_after
SELECT n, sku FROM search_journal WHERE n > ? ORDER BY n LIMIT ?

-- name: all_products
SELECT id, body FROM base WHERE collection = 'product' AND body IS NOT NULL ORDER BY id

-- name: prices_between
SELECT id, body FROM base WHERE collection = 'price' AND id >= ? AND id < ? AND body IS NOT NULL ORDER BY id
