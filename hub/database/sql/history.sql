-- SPDX-License-Identifier: Apache-2.0
-- Statements of SqlAuthority on the lives of stores' databases and on how their certificates behave.

-- name: oldest_recorded
SELECT n FROM applied_chain WHERE store = ? AND incarnation = ? ORDER BY n LIMIT 1

-- name: knows_life
SELECT 1 FROM lives WHERE store = ? AND incarnation = ?

-- name: open_life
INSERT INTO lives (store, incarnation, parent, n, opened_at) VALUES (?, ?, ?, ?, ?) ON CONFLICT (store, incarnation) DO NOTHING

-- name: current_life
SELECT life FROM stores WHERE store = ?

-- name: put_current_life
UPDATE stores SET life = ? WHERE store = ?

-- name: conduct
SELECT forks, fork_at, frozen_at, offences, offence, offence_at, quarantined_until, offences_total FROM conduct WHERE store = ?

-- name: put_conduct
INSERT INTO conduct (store, forks, fork_at, frozen_at, offences, offence, offence_at, quarantined_until, offences_total)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (store) DO UPDATE SET forks = excluded.forks, fork_at = excluded.fork_at, frozen_at = excluded.frozen_at,
  offences = excluded.offences, offence = excluded.offence, offence_at = excluded.offence_at,
  quarantined_until = excluded.quarantined_until, offences_total = excluded.offences_total

-- name: verified_n
SELECT n FROM verified WHERE store = ? AND incarnation = ?

-- name: put_verified
INSERT INTO verified (store, incarnation, n, at) VALUES (?, ?, ?, ?)
ON CONFLICT (store, incarnation) DO UPDATE SET n = excluded.n, at = excluded.at

-- name: sweep
SELECT after FROM sweeps WHERE name = ?

-- name: put_sweep
INSERT INTO sweeps (name, after) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET after = excluded.after

-- name: transactions_in_sweep
SELECT max(id) FROM (SELECT id FROM transactions WHERE id > ? ORDER BY id LIMIT ?) AS next

-- name: forget_transactions
DELETE FROM transactions WHERE id > ? AND id <= ? AND at < ?

-- name: next_life
SELECT store, incarnation FROM incarnations WHERE (store, incarnation) > (?, ?) ORDER BY store, incarnation LIMIT 1

-- name: forget_chain
DELETE FROM applied_chain WHERE store = ?1 AND incarnation = ?2 AND at < ?3
  AND n IN (SELECT n FROM applied_chain WHERE store = ?1 AND incarnation = ?2 ORDER BY n LIMIT ?4)
  AND n < (SELECT n FROM incarnations WHERE store = ?1 AND incarnation = ?2)

-- name: count_failure
INSERT INTO failures (id, tries, at) VALUES (?, 1, ?) ON CONFLICT (id) DO UPDATE SET tries = failures.tries + 1, at = excluded.at RETURNING tries

-- name: keep_poisoned
INSERT INTO poisoned (id, store, incarnation, n, at, why, json) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING

-- name: drop_failure
DELETE FROM failures WHERE id = ?

-- name: poisoned_count
SELECT count(*) FROM poisoned
