-- SPDX-License-Identifier: Apache-2.0
-- Statements that write search.db; those that answer stand in search_reader.sql.

-- name: reflects
SELECT source, journal_n FROM reflects

-- name: put_reflects
INSERT INTO reflects (one, source, journal_n) VALUES (1, ?, ?)
ON CONFLICT (one) DO UPDATE SET source = excluded.source, journal_n = excluded.journal_n

-- name: collect
INSERT INTO temp.collected (sku, code, style, title, more, popularity, facts) VALUES (?, ?, ?, ?, ?, ?, ?)

-- name: collected
SELECT sku, code, style, title, more, popularity, facts FROM temp.collected ORDER BY popularity DESC, title, sku

-- name: collect_gtin
INSERT INTO temp.collected_gtin (gtin, sku) VALUES (?, ?)

-- name: put_entry
INSERT INTO entry (number, sku, code, style, title, more) VALUES (?, ?, ?, ?, ?, ?)

-- name: last_entry
SELECT coalesce(max(number), 0) FROM entry

-- name: entry_of_sku
SELECT number, title, more FROM entry WHERE sku = ?

-- name: change_entry
UPDATE entry SET style = ?, title = ?, more = ? WHERE number = ?

-- name: remove_entry
DELETE FROM entry WHERE number = ?

-- name: skus_in_order
SELECT sku, number FROM entry ORDER BY sku

-- name: add_gtin
INSERT INTO gtin (gtin, number) VALUES (?, ?) ON CONFLICT DO NOTHING

-- name: remove_gtins
DELETE FROM gtin WHERE number = ?

-- name: word_number
SELECT number FROM word WHERE word = ?

-- name: add_word
INSERT INTO word (word, stem, documents) VALUES (?, ?, 0) RETURNING number

-- name: put_word
INSERT INTO word (number, word, stem, documents) VALUES (?, ?, ?, ?)

-- name: count_documents
UPDATE word SET documents = documents + ? WHERE number = ?

-- name: put_posting
INSERT INTO posting (word, first, others) VALUES (?, ?, ?)
ON CONFLICT (word, first) DO UPDATE SET others = excluded.others

-- name: remove_posting
DELETE FROM posting WHERE word = ? AND first = ?

-- name: posting_before
SELECT first, others FROM posting WHERE word = ? AND first <= ? ORDER BY first DESC LIMIT 1

-- name: posting_after
SELECT first, others FROM posting WHERE word = ? AND first > ? ORDER BY first LIMIT 1

-- name: put_fact
INSERT INTO fact (piece, bytes) VALUES (?, ?) ON CONFLICT (piece) DO UPDATE SET bytes = excluded.bytes

-- name: department_number
SELECT number FROM department WHERE id = ?

-- name: add_department
INSERT INTO department (id) VALUES (?) RETURNING number

-- name: add_due
INSERT INTO due (at, sku) VALUES (?, ?) ON CONFLICT DO NOTHING

-- name: due
SELECT at, sku FROM due WHERE at <= ? ORDER BY at, sku LIMIT ?

-- name: remove_due
DELETE FROM due WHERE at = ? AND sku = ?

-- name: clear_due
DELETE FROM due

-- name: clear_aliases
DELETE FROM alias

-- name: add_alias
INSERT INTO alias (stem, target) VALUES (?, ?) ON CONFLICT DO NOTHING
