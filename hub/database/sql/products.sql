-- SPDX-License-Identifier: Apache-2.0
-- Statements of the product index.

-- name: put_product
INSERT INTO products (sku, department, place, active) VALUES (?, ?, ?, ?)
ON CONFLICT (sku) DO UPDATE SET department = excluded.department, place = excluded.place, active = excluded.active
RETURNING number

-- name: drop_product
UPDATE products SET active = 0 WHERE sku = ?

-- name: put_words
INSERT OR REPLACE INTO product_words (rowid, words) VALUES (?, ?)

-- name: drop_gtins
DELETE FROM product_gtins WHERE number = ?

-- name: put_gtin
INSERT INTO product_gtins (gtin, number) VALUES (?, ?) ON CONFLICT (gtin, number) DO NOTHING

-- name: find_products
SELECT p.sku FROM (SELECT rowid FROM product_words WHERE product_words MATCH ?1 LIMIT 2000) w JOIN products p ON p.number = w.rowid
WHERE p.active = 1 AND (?2 = '' OR p.department = ?2)
ORDER BY p.place, p.sku LIMIT ?3 OFFSET ?4

-- name: products_of_department
SELECT sku FROM products WHERE active = 1 AND department = ? ORDER BY place, sku LIMIT ? OFFSET ?

-- name: all_products
SELECT sku FROM products WHERE active = 1 ORDER BY place, sku LIMIT ? OFFSET ?

-- name: product_by_gtin
SELECT p.sku FROM product_gtins g JOIN products p ON p.number = g.number WHERE g.gtin = ? ORDER BY p.sku LIMIT 1
