-- SPDX-License-Identifier: Apache-2.0
-- What is asked of search.db.

-- name: numbers_end
SELECT coalesce(max(number), 0) + 1 FROM entry

-- name: word
SELECT number, word FROM word WHERE word = ? AND documents > 0

-- name: words_of_stem
SELECT number, word FROM word WHERE stem = ? AND documents > 0

-- name: words_between
SELECT number, word FROM word WHERE word >= ? AND word < ? AND documents > 0

-- name: words_of_letter
SELECT number, word FROM word WHERE substr(word, 1, 1) = ? AND documents > 0 ORDER BY documents DESC LIMIT ?

-- name: words_of_letters
SELECT number, word FROM word WHERE substr(word, 1, 2) = ? AND documents > 0 ORDER BY documents DESC LIMIT ?

-- name: postings
SELECT first, others FROM posting WHERE word = ? ORDER BY first LIMIT ?

-- name: aliases
SELECT target FROM alias WHERE stem = ?

-- name: aliases_between
SELECT target FROM alias WHERE stem >= ? AND stem < ?

-- name: entry
SELECT sku, title FROM entry WHERE number = ?

-- name: code_numbers
SELECT number, code FROM entry WHERE code >= ? AND code < ? LIMIT ?

-- name: gtin_number
SELECT number FROM gtin WHERE gtin = ? ORDER BY number LIMIT 1

-- name: gtin_sku
SELECT entry.sku FROM gtin JOIN entry USING (number) WHERE gtin = ? ORDER BY entry.sku LIMIT 1

-- name: style_skus
SELECT sku FROM entry WHERE style = ? ORDER BY sku LIMIT ?

-- name: fact
SELECT bytes FROM fact WHERE piece = ?

-- name: facts
SELECT piece, bytes FROM fact ORDER BY piece

-- name: department_numbers
SELECT number, id FROM department
