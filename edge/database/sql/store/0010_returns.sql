-- SPDX-License-Identifier: Apache-2.0
-- Goods that came back, whatever they were bought by. `purchase` is "order/<id>" or "receipt/<ticket>"; `settled`: the right to say so
-- for good was here; `ticket` is what a till gives back, or takes for goods in exchange. `body`: lines, reason and condition. Nobody is
-- named. A paid ticket has a receipt, by which its goods come back.
CREATE TABLE returns (
  id TEXT PRIMARY KEY,
  purchase TEXT NOT NULL,
  at INTEGER NOT NULL,
  settled INTEGER NOT NULL,
  refund INTEGER NOT NULL,
  currency TEXT NOT NULL,
  ticket TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX returns_of_purchase ON returns (purchase);
CREATE INDEX returns_by_time ON returns (at);
ALTER TABLE tickets ADD COLUMN receipt TEXT NOT NULL DEFAULT '';
CREATE INDEX tickets_by_receipt ON tickets (receipt) WHERE receipt <> '';
