// SPDX-License-Identifier: Apache-2.0
// The hash chain over a store's transactions: each covers the one before it, so that hub and store can prove that they speak
// of the same history. Bodies enter as salted hashes, so that an erased body leaves the chain whole.
#pragma once

#include "sync/model/operation.hpp"

namespace vitrine::sync::ends {

// The hash of `transaction` after `previous` (all zero before n = 1). Ignores transaction.hash.
Hash chain_hash(const Hash& previous, const Transaction& transaction);

// What stands for salt and body in the chain.
Hash salted_body_hash(const Operation& operation);
// Body and salt go, and their hash stays: the chain goes on as it was, and what was said cannot be found out from it.
void scrub(Operation& operation);

}  // namespace vitrine::sync::ends
