-- SPDX-License-Identifier: Apache-2.0
-- What needs somebody.

-- name: alerts
SELECT kind, subject, since, raised_at, shown_at, escalated_at, acknowledged_at, acknowledged_by FROM alerts ORDER BY kind, subject

-- name: put_alert
INSERT OR REPLACE INTO alerts (kind, subject, since, raised_at, shown_at, escalated_at, acknowledged_at, acknowledged_by)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)

-- name: drop_alert
DELETE FROM alerts WHERE kind = ? AND subject = ?
