-- SPDX-License-Identifier: Apache-2.0
-- What needs somebody: kept until it is over, so that a restart forgets neither that it was raised nor who has seen to it. `subject` is an
-- order's, a request's or a product's number, and nobody's name; 0: that has not happened.
CREATE TABLE alerts (
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  since INTEGER NOT NULL,
  raised_at INTEGER NOT NULL,
  shown_at INTEGER NOT NULL,
  escalated_at INTEGER NOT NULL,
  acknowledged_at INTEGER NOT NULL,
  acknowledged_by TEXT NOT NULL,
  PRIMARY KEY (kind, subject)
) STRICT, WITHOUT ROWID;
