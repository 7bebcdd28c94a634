-- SPDX-License-Identifier: Apache-2.0
-- Statements of receipt_questions.cpp.

-- name: drop_questions
DELETE FROM receipt_questions WHERE receipt = ?

-- name: put_question
INSERT INTO receipt_questions (receipt, act, store) VALUES (?, ?, ?)

-- name: count_questions
SELECT store, count(*) FROM receipt_questions GROUP BY store ORDER BY store

-- name: receipts_in_question
SELECT DISTINCT receipt FROM receipt_questions ORDER BY receipt
