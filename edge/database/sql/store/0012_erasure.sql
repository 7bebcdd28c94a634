-- SPDX-License-Identifier: Apache-2.0
-- An operation on somebody who was erased keeps neither body nor salt: 32 bytes, their hash in the chain, stand for both.
ALTER TABLE outbox_operations ADD COLUMN erased BLOB;
