-- SPDX-License-Identifier: Apache-2.0
-- Carts that are paid at a till: what was shown to the shopper, its price held for a while, and what became of it. `body` is what
-- the ticket says of lines and totals; nothing in it names a person.
CREATE TABLE tickets (
  id TEXT PRIMARY KEY,
  code TEXT NOT NULL UNIQUE,
  cart TEXT NOT NULL,
  state TEXT NOT NULL,
  till TEXT NOT NULL,
  made_at INTEGER NOT NULL,
  valid_until INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  body TEXT NOT NULL,
  tenders TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX tickets_of_cart ON tickets (cart);
CREATE INDEX tickets_by_time ON tickets (made_at);
