-- SPDX-License-Identifier: Apache-2.0
-- Returns by receipt that a person must decide about: hub/database/sql/hub/0013_receipt_questions.sql.
CREATE TABLE receipt_questions (
  receipt text COLLATE "C" NOT NULL,
  act     text COLLATE "C" NOT NULL,
  store   text COLLATE "C" NOT NULL,
  PRIMARY KEY (receipt, act)
);
INSERT INTO receipt_questions
SELECT documents.id, back.value ->> 'by', back.value ->> 'store'
FROM (SELECT id, convert_from(body, 'UTF8')::jsonb AS body FROM documents WHERE collection = 'receipt' AND body IS NOT NULL) documents,
  jsonb_array_elements(documents.body -> 'returns') WITH ORDINALITY AS back (value, place)
WHERE documents.body -> 'sale' IS NOT NULL AND back.value -> 'decided' IS NULL AND EXISTS (
  SELECT 1 FROM jsonb_array_elements(back.value -> 'lines') line
  WHERE (line ->> 'n')::numeric > greatest(0,
    coalesce((SELECT sum((sold ->> 'n')::numeric) FROM jsonb_array_elements(documents.body -> 'sale' -> 'lines') sold
              WHERE sold -> 'line' = line -> 'line'), 0) -
    coalesce((SELECT sum((earlier ->> 'n')::numeric)
              FROM jsonb_array_elements(documents.body -> 'returns') WITH ORDINALITY AS before (value, place),
                jsonb_array_elements(before.value -> 'lines') earlier
              WHERE before.place < back.place AND earlier -> 'line' = line -> 'line'), 0)));
