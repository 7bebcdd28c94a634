-- SPDX-License-Identifier: Apache-2.0
-- Where the retailer is told of its orders. An event is written with the change that it tells, and a delivery of it for each
-- endpoint; the orders of a customer are found by the same hand.
CREATE TABLE webhook_endpoints (
  name     TEXT PRIMARY KEY,
  url      TEXT NOT NULL,
  secret   BLOB NOT NULL,  -- signs what is sent
  added_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE webhook_events (
  seq     INTEGER PRIMARY KEY AUTOINCREMENT,
  id      TEXT NOT NULL UNIQUE,
  subject TEXT NOT NULL,  -- the order
  type    TEXT NOT NULL,  -- "io.vitrine.order.ready"
  state   TEXT NOT NULL,
  store   TEXT NOT NULL,  -- empty: none
  at      INTEGER NOT NULL
) STRICT;
CREATE INDEX webhook_events_by_time ON webhook_events (at);

CREATE TABLE webhook_deliveries (
  endpoint TEXT NOT NULL,
  seq      INTEGER NOT NULL,
  subject  TEXT NOT NULL,
  state    TEXT NOT NULL DEFAULT 'waiting',  -- waiting, sent, dead
  tries    INTEGER NOT NULL DEFAULT 0,
  began_at INTEGER NOT NULL DEFAULT 0,  -- the first try; 0: none yet
  next_at  INTEGER NOT NULL DEFAULT 0,
  last     TEXT NOT NULL DEFAULT '',    -- why the last try failed: "status_500", "no_connection", "no_answer"
  PRIMARY KEY (endpoint, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX webhook_deliveries_waiting ON webhook_deliveries (endpoint, next_at) WHERE state = 'waiting';
CREATE INDEX webhook_deliveries_of_subject ON webhook_deliveries (endpoint, subject, seq) WHERE state = 'waiting';

CREATE TABLE order_customers (
  id       TEXT PRIMARY KEY,
  customer TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX order_customers_by_customer ON order_customers (customer);
INSERT INTO order_customers SELECT id, CAST(body AS TEXT) ->> '$.customer' FROM documents
WHERE collection = 'order' AND body IS NOT NULL AND CAST(body AS TEXT) ->> '$.customer' IS NOT NULL;
