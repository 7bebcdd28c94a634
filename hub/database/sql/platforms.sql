-- SPDX-License-Identifier: Apache-2.0
-- Statements of Platforms: credentials, and what was answered under idempotency keys.

-- name: platform_by_hash
SELECT name, scopes, added_at FROM platforms WHERE hash = ?

-- name: platforms
SELECT name, scopes, added_at FROM platforms ORDER BY name

-- name: add_platform
INSERT INTO platforms (name, hash, scopes, added_at) VALUES (?, ?, ?, ?) ON CONFLICT (name) DO NOTHING

-- name: drop_platform
DELETE FROM platforms WHERE name = ?

-- name: drop_platform_requests
DELETE FROM platform_requests WHERE platform = ?

-- name: platform_request
SELECT asked, status, body, tag FROM platform_requests WHERE platform = ? AND key = ?

-- name: put_platform_request
INSERT INTO platform_requests (platform, key, asked, status, body, tag, at) VALUES (?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (platform, key) DO UPDATE SET
  asked = excluded.asked, status = excluded.status, body = excluded.body, tag = excluded.tag, at = excluded.at

-- name: drop_old_platform_requests
DELETE FROM platform_requests WHERE (platform, key) IN
  (SELECT platform, key FROM platform_requests WHERE at < ? ORDER BY at LIMIT 100)
