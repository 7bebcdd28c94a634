-- SPDX-License-Identifier: Apache-2.0
-- Statements of SqliteReplica.

-- name: state
SELECT store, incarnation, last_n, last_hash, ack_incarnation, ack_n, ack_hash, applied_n, era, era_id, clock_offset_ms,
       hub_time_max, last_contact, in_doubt
FROM state

-- name: put_state
INSERT INTO state (one, store, incarnation, last_n, last_hash, ack_incarnation, ack_n, ack_hash, applied_n, era, era_id,
                   clock_offset_ms, hub_time_max, last_contact, in_doubt)
VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (one) DO UPDATE SET
  store = excluded.store, incarnation = excluded.incarnation, last_n = excluded.last_n, last_hash = excluded.last_hash,
  ack_incarnation = excluded.ack_incarnation, ack_n = excluded.ack_n, ack_hash = excluded.ack_hash,
  applied_n = excluded.applied_n, era = excluded.era, era_id = excluded.era_id, clock_offset_ms = excluded.clock_offset_ms,
  hub_time_max = excluded.hub_time_max, last_contact = excluded.last_contact,
  in_doubt = excluded.in_doubt

-- name: streams
SELECT number, name, filled, era, era_id, seq, fill_head, fill_collection, fill_id,
       fill_era, fill_era_id, repair, read_head, repairs, repaired_at
FROM streams ORDER BY name

-- name: add_stream
INSERT INTO streams (name) VALUES (?) ON CONFLICT (name) DO NOTHING

-- name: stream_number
SELECT number, filled FROM streams WHERE name = ?

-- name: put_stream
UPDATE streams SET filled = ?, era = ?, era_id = ?, seq = ?, fill_head = ?, fill_collection = ?, fill_id = ?,
  fill_era = ?, fill_era_id = ?, repair = ?, read_head = ?, repairs = ?, repaired_at = ? WHERE number = ?

-- name: base
SELECT era, number, past, body FROM base WHERE collection = ? AND id = ?

-- name: add_base
INSERT INTO base (collection, id, stream, era, number, past, leaf, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (collection, id) DO NOTHING

-- name: change_base
UPDATE base SET stream = ?, era = ?, number = ?, past = ?, leaf = ?, body = ? WHERE collection = ? AND id = ?

-- name: remove_base
DELETE FROM base WHERE collection = ? AND id = ?

-- name: stage
INSERT INTO staged (collection, id, era, number, past, body, removal) VALUES (?, ?, ?, ?, ?, ?, ?)

-- name: staged
-- All go together, so the positions are 1, 2, 3 …
SELECT collection, id, era, number, past, body, removal FROM staged WHERE position > ? ORDER BY position LIMIT ?

-- name: clear_staged
DELETE FROM staged

-- name: put_view
INSERT INTO view (collection, id, body) VALUES (?, ?, ?) ON CONFLICT (collection, id) DO UPDATE SET body = excluded.body

-- name: drop_view
DELETE FROM view WHERE collection = ? AND id = ?

-- name: overlay
SELECT body FROM view WHERE collection = ? AND id = ?

-- name: append
INSERT INTO outbox (n, id, nature, at, actor, hash, bytes_upto)
VALUES (?, ?, ?, ?, ?, ?, ? + coalesce((SELECT bytes_upto FROM outbox ORDER BY n DESC LIMIT 1), 0))

-- name: append_operation
INSERT INTO outbox_operations (n, position, collection, id, kind, rules, body, salt, erased) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)

-- name: transactions_after
SELECT n, id, nature, at, actor, hash FROM outbox WHERE n > ? ORDER BY n LIMIT ?

-- name: transactions_on
SELECT n, id, nature, at, actor, hash FROM outbox
WHERE n IN (SELECT n FROM outbox_operations WHERE collection = ? AND id = ? AND n > ?) ORDER BY n

-- name: operations_of
SELECT collection, id, kind, rules, body, salt, erased FROM outbox_operations WHERE n = ? ORDER BY position

-- name: n_of
SELECT n FROM outbox WHERE id = ?

-- name: hash_at
SELECT hash FROM outbox WHERE n = ?1 UNION ALL SELECT hash FROM forgotten WHERE n = ?1

-- name: documents_named
SELECT DISTINCT collection, id FROM outbox_operations WHERE n > ? AND n <= ? ORDER BY collection, id

-- name: renew_search_source
UPDATE search_source SET id = lower(hex(randomblob(16)))

-- name: clear_search_journal
DELETE FROM search_journal WHERE n <= ?

-- name: journal_for_search
INSERT INTO search_journal (sku) VALUES (?)

-- name: put_resumed_pass
INSERT INTO resumed_passes (pass, cart, era, number, at) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (pass) DO UPDATE SET at = excluded.at

-- name: tries
SELECT count, first_at FROM tries WHERE name = ?

-- name: put_tries
INSERT INTO tries (name, count, first_at) VALUES (?, ?, ?)
ON CONFLICT (name) DO UPDATE SET count = excluded.count, first_at = excluded.first_at

-- name: clear_tries
DELETE FROM tries WHERE name = ?

-- name: put_switch
INSERT INTO switches (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value

-- name: switch
SELECT value FROM switches WHERE name = ?
