-- SPDX-License-Identifier: Apache-2.0
-- What everything up to here weighs, so that the weight of a run of transactions is one subtraction.
ALTER TABLE outbox ADD COLUMN bytes_upto INTEGER NOT NULL DEFAULT 0;
