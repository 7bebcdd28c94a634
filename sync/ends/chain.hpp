// SPDX-License-Identifier: Apache-2.0
// The hash chain over a store's transactions: each covers the one before it, so that hub and store can prove that they speak
// of the same history. Bodies enter as salted hashes, so that an erased body leaves the chain whole.
#pragma once

#include "sync/model/operation.hpp"

namespace vitrine::sync::ends {

// The hash of `transaction` after `previous` (all zero before n = 1). Ignores transaction.hash.
Hash chain_hash(const Hash& previous, const Transaction& transaction);

}  // namespace vitrine::sync::ends
