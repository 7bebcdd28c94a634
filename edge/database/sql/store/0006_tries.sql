-- SPDX-License-Identifier: Apache-2.0
-- Tries that count against somebody: wrong collection codes at a device, wrong digits for an order; and which order's buyer has
-- shown who they are. They survive a restart, so that a restart is no new chance.
CREATE TABLE tries (
  name TEXT PRIMARY KEY,
  count INTEGER NOT NULL,
  first_at INTEGER NOT NULL
) WITHOUT ROWID, STRICT;
