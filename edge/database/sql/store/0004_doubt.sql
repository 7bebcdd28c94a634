-- SPDX-License-Identifier: Apache-2.0
-- 1: the database may be older than it should be; nothing personal is shown.
ALTER TABLE state ADD COLUMN in_doubt INTEGER NOT NULL DEFAULT 0;
