-- SPDX-License-Identifier: Apache-2.0
-- A receipt is a document of its own now: nobody looks for a ticket by it. `purchase` of returns is "order/<id>" or
-- "receipt/<what stands on it>".
DROP INDEX tickets_by_receipt;
