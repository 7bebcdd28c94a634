-- SPDX-License-Identifier: Apache-2.0
-- The hub's rows as sql/hub/0001 to 0011 have them together; what a table is for is said there. Texts sort by their bytes, as in
-- SQLite: the orders of ids at hub and store are one. Where rows change again and again, a fillfactor leaves room for the next of them.

CREATE TABLE vitrine_schema (number bigint NOT NULL);
INSERT INTO vitrine_schema VALUES (0);
-- How many transactions have written, and the mark of the last: whoever serves sees whether others wrote beside it, and whoever lost
-- the connection in a commit sees whether it happened.
CREATE TABLE commits (number bigint NOT NULL, mark text COLLATE "C" NOT NULL);
INSERT INTO commits VALUES (0, '');

CREATE TABLE eras (
  number   bigint NOT NULL,
  id       text COLLATE "C" NOT NULL,
  began    bigint NOT NULL,
  why      text COLLATE "C" NOT NULL,
  lost     bigint NOT NULL,
  shown_by text COLLATE "C" NOT NULL,
  PRIMARY KEY (number, id)
);
CREATE TABLE continuity (
  one   bigint PRIMARY KEY CHECK (one = 1),
  stamp text COLLATE "C" NOT NULL
);
INSERT INTO continuity VALUES (1, '');

CREATE TABLE documents (
  collection text COLLATE "C" NOT NULL,
  id         text COLLATE "C" NOT NULL,
  era        bigint NOT NULL,
  number     bigint NOT NULL,
  past       text COLLATE "C" NOT NULL,
  body       bytea,
  leaf       bytea,
  dead_since bigint,
  PRIMARY KEY (collection, id)
) WITH (fillfactor = 80);
CREATE INDEX documents_dead ON documents (collection, id) WHERE body IS NULL;

CREATE TABLE streams (
  number  bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name    text COLLATE "C" NOT NULL UNIQUE,
  head    bigint NOT NULL DEFAULT 0,
  horizon bigint NOT NULL DEFAULT 0
) WITH (fillfactor = 20);
CREATE TABLE stream_entries (
  stream     bigint NOT NULL REFERENCES streams (number),
  seq        bigint NOT NULL,
  collection text COLLATE "C" NOT NULL,
  id         text COLLATE "C" NOT NULL,
  removal    bigint NOT NULL,
  leaf       bytea,
  PRIMARY KEY (stream, seq)
);
CREATE UNIQUE INDEX stream_entries_by_key ON stream_entries (stream, collection, id);
CREATE INDEX stream_entries_of_document ON stream_entries (collection, id);
CREATE INDEX stream_entries_gone ON stream_entries (stream, seq) WHERE leaf IS NULL;
CREATE TABLE stream_marks (
  stream bigint NOT NULL,
  at     bigint NOT NULL,
  head   bigint NOT NULL,
  PRIMARY KEY (stream, at)
);
CREATE TABLE number_floors (
  collection text COLLATE "C" PRIMARY KEY,
  era        bigint NOT NULL,
  number     bigint NOT NULL
);
CREATE TABLE expiries (
  collection text COLLATE "C" NOT NULL,
  id         text COLLATE "C" NOT NULL,
  at         bigint NOT NULL,
  PRIMARY KEY (collection, id)
);
CREATE INDEX expiries_by_time ON expiries (at);

CREATE TABLE digest_sums (
  stream bigint NOT NULL,
  part   bigint NOT NULL,
  sums   bytea NOT NULL,
  PRIMARY KEY (stream, part)
) WITH (fillfactor = 50);
CREATE TABLE digest_key (
  one     bigint PRIMARY KEY CHECK (one = 1),
  key     bytea NOT NULL,
  counted bigint NOT NULL
);
INSERT INTO digest_key
VALUES (1, substring(sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8')) FROM 1 FOR 16), 1);

CREATE TABLE stores (
  store       text COLLATE "C" PRIMARY KEY,
  token       text COLLATE "C" NOT NULL DEFAULT '',
  presence    text COLLATE "C" NOT NULL DEFAULT '',
  presence_at bigint NOT NULL DEFAULT 0,
  life        text COLLATE "C" NOT NULL DEFAULT ''
);
CREATE TABLE incarnations (
  store       text COLLATE "C" NOT NULL,
  incarnation text COLLATE "C" NOT NULL,
  n           bigint NOT NULL,
  hash        bytea NOT NULL,
  PRIMARY KEY (store, incarnation)
);
CREATE TABLE applied_chain (
  store       text COLLATE "C" NOT NULL,
  incarnation text COLLATE "C" NOT NULL,
  n           bigint NOT NULL,
  hash        bytea NOT NULL,
  at          bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (store, incarnation, n)
);
CREATE TABLE lives (
  store       text COLLATE "C" NOT NULL,
  incarnation text COLLATE "C" NOT NULL,
  parent      text COLLATE "C" NOT NULL,
  n           bigint NOT NULL,
  opened_at   bigint NOT NULL,
  PRIMARY KEY (store, incarnation)
);
CREATE TABLE verified (
  store       text COLLATE "C" NOT NULL,
  incarnation text COLLATE "C" NOT NULL,
  n           bigint NOT NULL,
  at          bigint NOT NULL,
  PRIMARY KEY (store, incarnation)
);
CREATE TABLE conduct (
  store             text COLLATE "C" PRIMARY KEY,
  forks             bigint NOT NULL,
  fork_at           bigint NOT NULL,
  frozen_at         bigint NOT NULL,
  offences          bigint NOT NULL DEFAULT 0,
  offence           text COLLATE "C" NOT NULL DEFAULT '',
  offence_at        bigint NOT NULL DEFAULT 0,
  quarantined_until bigint NOT NULL DEFAULT 0,
  offences_total    bigint NOT NULL DEFAULT 0
);
CREATE TABLE transactions (
  id text COLLATE "C" PRIMARY KEY,
  at bigint NOT NULL
);
CREATE TABLE sweeps (
  name  text COLLATE "C" PRIMARY KEY,
  after text COLLATE "C" NOT NULL
);
CREATE TABLE failures (
  id    text COLLATE "C" PRIMARY KEY,
  tries bigint NOT NULL,
  at    bigint NOT NULL
);
CREATE TABLE poisoned (
  id          text COLLATE "C" PRIMARY KEY,
  store       text COLLATE "C" NOT NULL,
  incarnation text COLLATE "C" NOT NULL,
  n           bigint NOT NULL,
  at          bigint NOT NULL,
  why         text COLLATE "C" NOT NULL,
  json        text COLLATE "C" NOT NULL
);
CREATE TABLE look_ups (
  id    text COLLATE "C" PRIMARY KEY,
  store text COLLATE "C" NOT NULL,
  actor text COLLATE "C" NOT NULL,
  what  text COLLATE "C" NOT NULL,
  key   text COLLATE "C" NOT NULL,
  code  text COLLATE "C" NOT NULL,
  at    bigint NOT NULL
);
CREATE INDEX look_ups_of_store ON look_ups (store, at);
CREATE INDEX look_ups_by_time ON look_ups (at);
CREATE TABLE lent (
  store      text COLLATE "C" NOT NULL,
  collection text COLLATE "C" NOT NULL,
  id         text COLLATE "C" NOT NULL,
  until      bigint NOT NULL,
  PRIMARY KEY (store, collection, id)
);
CREATE INDEX lent_by_time ON lent (until);

CREATE TABLE sessions (
  hash       bytea PRIMARY KEY,
  customer   text COLLATE "C",
  cart       text COLLATE "C",
  store      text COLLATE "C",
  created_at bigint NOT NULL,
  seen_at    bigint NOT NULL
);
CREATE INDEX sessions_by_seen ON sessions (seen_at);
CREATE TABLE customer_carts (
  customer text COLLATE "C" PRIMARY KEY,
  cart     text COLLATE "C" NOT NULL
);
CREATE TABLE cart_visits (
  cart   text COLLATE "C" PRIMARY KEY,
  store  text COLLATE "C" NOT NULL,
  device text COLLATE "C" NOT NULL,
  since  bigint NOT NULL,
  last   bigint NOT NULL
);
CREATE TABLE app_keys (
  number     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name       text COLLATE "C" NOT NULL,
  public_key bytea NOT NULL UNIQUE,
  added_at   bigint NOT NULL
);
CREATE TABLE app_tokens (
  id      text COLLATE "C" PRIMARY KEY,
  expires bigint NOT NULL
);

-- What FTS5 makes of a text in SQLite: its words in small letters, without marks above and below them.
CREATE FUNCTION vitrine_words(phrase text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $words$
  SELECT coalesce(array_agg(DISTINCT left(word, 64)), '{}') FROM regexp_split_to_table(
    regexp_replace(lower(normalize(phrase, NFKD) COLLATE "und-x-icu"), '[\u0300-\u036f]', '', 'g'), '[^[:alnum:]]+') AS word
  WHERE word <> ''
$words$;
-- Each word the beginning of one that must be there; no words: null, which nothing matches.
CREATE FUNCTION vitrine_query(phrase text) RETURNS tsquery LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $query$
  SELECT string_agg('''' || word || ''':*', ' & ')::tsquery FROM unnest(vitrine_words(phrase)) AS word
$query$;
CREATE TABLE products (
  number     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  sku        text COLLATE "C" NOT NULL UNIQUE,
  department text COLLATE "C" NOT NULL,
  place      text COLLATE "C" NOT NULL,
  active     bigint NOT NULL,
  words      tsvector NOT NULL DEFAULT ''
);
CREATE INDEX products_by_department ON products (active, department, place, sku);
CREATE INDEX products_by_place ON products (active, place, sku);
CREATE INDEX products_by_words ON products USING gin (words);
CREATE TABLE product_gtins (
  gtin   text COLLATE "C" NOT NULL,
  number bigint NOT NULL,
  PRIMARY KEY (gtin, number)
);
CREATE INDEX product_gtins_of_product ON product_gtins (number);

CREATE TABLE platforms (
  name     text COLLATE "C" PRIMARY KEY,
  hash     bytea NOT NULL UNIQUE,
  scopes   text COLLATE "C" NOT NULL,
  added_at bigint NOT NULL
);
CREATE TABLE platform_requests (
  platform text COLLATE "C" NOT NULL,
  key      text COLLATE "C" NOT NULL,
  asked    bytea NOT NULL,
  status   bigint NOT NULL,
  body     text COLLATE "C" NOT NULL,
  tag      text COLLATE "C" NOT NULL,
  at       bigint NOT NULL,
  PRIMARY KEY (platform, key)
);
CREATE INDEX platform_requests_by_time ON platform_requests (at);
CREATE TABLE web_reservations (
  id      text COLLATE "C" PRIMARY KEY,
  holder  text COLLATE "C" NOT NULL,
  purpose text COLLATE "C" NOT NULL,
  store   text COLLATE "C" NOT NULL,
  lines   text COLLATE "C" NOT NULL,
  made_at bigint NOT NULL,
  until   bigint NOT NULL
);
CREATE INDEX web_reservations_by_purpose ON web_reservations (purpose);
CREATE INDEX web_reservations_by_end ON web_reservations (until);

CREATE TABLE webhook_endpoints (
  name     text COLLATE "C" PRIMARY KEY,
  url      text COLLATE "C" NOT NULL,
  secret   bytea NOT NULL,
  added_at bigint NOT NULL
);
CREATE TABLE webhook_events (
  seq     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id      text COLLATE "C" NOT NULL UNIQUE,
  subject text COLLATE "C" NOT NULL,
  type    text COLLATE "C" NOT NULL,
  state   text COLLATE "C" NOT NULL,
  store   text COLLATE "C" NOT NULL,
  at      bigint NOT NULL
);
CREATE INDEX webhook_events_by_time ON webhook_events (at);
CREATE TABLE webhook_deliveries (
  endpoint text COLLATE "C" NOT NULL,
  seq      bigint NOT NULL,
  subject  text COLLATE "C" NOT NULL,
  state    text COLLATE "C" NOT NULL DEFAULT 'waiting',
  tries    bigint NOT NULL DEFAULT 0,
  began_at bigint NOT NULL DEFAULT 0,
  next_at  bigint NOT NULL DEFAULT 0,
  last     text COLLATE "C" NOT NULL DEFAULT '',
  PRIMARY KEY (endpoint, seq)
);
CREATE INDEX webhook_deliveries_waiting ON webhook_deliveries (endpoint, next_at) WHERE state = 'waiting';
CREATE INDEX webhook_deliveries_of_subject ON webhook_deliveries (endpoint, subject, seq) WHERE state = 'waiting';
CREATE TABLE order_customers (
  id       text COLLATE "C" PRIMARY KEY,
  customer text COLLATE "C" NOT NULL
);
CREATE INDEX order_customers_by_customer ON order_customers (customer);
