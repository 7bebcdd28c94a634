// SPDX-License-Identifier: Apache-2.0
// Goods that came back by a receipt of which no more were left: a person decides. Kept beside the receipts and written with them
// in the same commit, so that they are counted and listed without reading all that was ever sold.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "hub/database/connection.hpp"
#include "sync/model/document.hpp"
#include "sync/model/receipt.hpp"

namespace vitrine::hub::database {

// Other collections are none of its business.
void follow_receipt(Connection& connection, const sync::Document& document);

// Returns that wait for a decision, by the store that took the goods back.
std::map<sync::StoreId, std::uint64_t> questioned_returns(Connection& connection);

// Receipts with at least one, sorted.
std::vector<sync::ReceiptId> questioned_receipts(Connection& connection);

}  // namespace vitrine::hub::database
