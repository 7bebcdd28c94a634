-- SPDX-License-Identifier: Apache-2.0
-- Returns by receipt that a person must decide about (sync/rules/receipt.cpp, is_questioned), those that stand here already among them: of
-- some line more came back than was left of it after the returns before. Where the sale is not known yet, nobody can say.
CREATE TABLE receipt_questions (
  receipt TEXT NOT NULL,
  act     TEXT NOT NULL,  -- the return's stamp
  store   TEXT NOT NULL,  -- that took the goods back
  PRIMARY KEY (receipt, act)
) STRICT, WITHOUT ROWID;
INSERT INTO receipt_questions
SELECT documents.id, back.value ->> '$.by', back.value ->> '$.store'
FROM documents, json_each(CAST(documents.body AS TEXT), '$.returns') back
WHERE documents.collection = 'receipt' AND documents.body IS NOT NULL AND CAST(documents.body AS TEXT) ->> '$.sale' IS NOT NULL AND back.value ->> '$.decided' IS NULL AND EXISTS (
  SELECT 1 FROM json_each(back.value, '$.lines') line
  WHERE line.value ->> '$.n' > max(0,
    coalesce((SELECT sum(sold.value ->> '$.n') FROM json_each(CAST(documents.body AS TEXT), '$.sale.lines') sold
              WHERE sold.value ->> '$.line' = line.value ->> '$.line'), 0) -
    coalesce((SELECT sum(earlier.value ->> '$.n')
              FROM json_each(CAST(documents.body AS TEXT), '$.returns') before, json_each(before.value, '$.lines') earlier
              WHERE before.key < back.key AND earlier.value ->> '$.line' = line.value ->> '$.line'), 0)));
