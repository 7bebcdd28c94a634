-- SPDX-License-Identifier: Apache-2.0
-- What the search index asks of store.db.

-- name: search_source
SELECT id FROM search_source

-- name: journal_size
SELECT count(*) FROM search_journal
