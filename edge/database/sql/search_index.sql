-- SPDX-License-Identifier: Apache-2.0
-- Statements on search.db.

-- name: reflects
SELECT source, journal_n FROM reflects

-- name: put_reflects
INSERT INTO reflects (one, source, journal_n) VALUES (1, ?, ?)
ON CONFLICT (one) DO UPDATE SET source = excluded.source, journal_n = excluded.journal_n

-- name: collect
INSERT INTO temp.collected (sku, title, more) VALUES (?, ?, ?)

-- name: add_gtin
INSERT INTO gtin (gtin, sku) VALUES (?, ?) ON CONFLICT DO NOTHING

-- name: remove_gtins
DELETE FROM gtin WHERE sku = ?

-- name: entry_of_sku
SELECT number, title, more FROM entry WHERE sku = ?

-- name: add_entry
INSERT INTO entry (sku, title, more) VALUES (?, ?, ?) RETURNING number

-- name: change_entry
UPDATE entry SET title = ?, more = ? WHERE number = ?

-- name: remove_entry
DELETE FROM entry WHERE number = ?

-- name: add_words
INSERT INTO words (rowid, title, more) VALUES (?, ?, ?)

-- name: remove_words
INSERT INTO words (words, rowid, title, more) VALUES ('delete', ?, ?, ?)

-- name: find_words
SELECT entry.sku, entry.title FROM words JOIN entry ON entry.number = words.rowid WHERE words MATCH ? LIMIT ?

-- name: find_gtin
SELECT sku FROM gtin WHERE gtin = ? ORDER BY sku LIMIT 1
