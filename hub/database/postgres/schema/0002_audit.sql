-- SPDX-License-Identifier: Apache-2.0
-- The lines of the stores' audits: hub/database/sql/hub/0012_audit.sql.
CREATE TABLE audit_lines (
  store   text COLLATE "C" NOT NULL,
  n       bigint NOT NULL,
  hash    bytea NOT NULL,
  at      bigint NOT NULL,
  staff   text COLLATE "C" NOT NULL,
  device  text COLLATE "C" NOT NULL,
  action  text COLLATE "C" NOT NULL,
  subject text COLLATE "C" NOT NULL,
  outcome text COLLATE "C" NOT NULL,
  request text COLLATE "C" NOT NULL,
  PRIMARY KEY (store, n, hash)
);
CREATE INDEX audit_lines_by_time ON audit_lines (at);
