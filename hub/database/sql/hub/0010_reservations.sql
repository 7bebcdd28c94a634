-- SPDX-License-Identifier: Apache-2.0
-- What the web has reserved in stores, so that one name frees all of its lines. What became of each stands in the stock documents.
CREATE TABLE web_reservations (
  id      TEXT PRIMARY KEY,
  holder  TEXT NOT NULL,  -- "platform/<name>" or "cart/<id>": who may free it
  purpose TEXT NOT NULL,  -- "order/<id>", "cart/<id>"
  store   TEXT NOT NULL,
  lines   TEXT NOT NULL,  -- "<sku> <units>", a line each
  made_at INTEGER NOT NULL,
  until   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX web_reservations_by_purpose ON web_reservations (purpose);
CREATE INDEX web_reservations_by_end ON web_reservations (until);
