// SPDX-License-Identifier: Apache-2.0
// Stock documents and stock operations as JSON (docs/PROTOCOL.md, "Stock"). Decoding judges everything: after it, a Stock or a
// StockOperation cannot be malformed. Encoding is deterministic: the same value gives the same bytes.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/result.hpp"
#include "sync/model/operation.hpp"
#include "sync/model/stock.hpp"
#include "sync/rules/stock.hpp"

namespace vitrine::sync::protocol {

DocumentKey stock_key(const StoreId& store, const Sku& sku);
// "<store>/<SKU>" apart; none: not such an id.
std::optional<std::pair<StoreId, Sku>> stock_id(std::string_view id);

// Errors: "stock_malformed" with the field's path.
Result<Stock> decode_stock(std::string_view json);
std::string encode_stock(const Stock& stock);

// `kind` is "stock.move", "stock.count", "stock.post", "stock.reserve", "stock.release", "stock.lend" or "stock.settle".
// Errors: "operation_malformed" with the field's path, "operation_unknown" for another kind.
Result<rules::StockOperation> decode_stock_operation(std::string_view kind, std::string_view body);
// Kind and body of an operation on the stock of `sku` in `store`; salt and rules version are left to the caller.
Operation encode_stock_operation(const StoreId& store, const Sku& sku, const rules::StockOperation& operation);

// "sale", "hand_over", "return" …; none for another word.
std::optional<rules::MoveReason> move_reason_of(std::string_view word);

}  // namespace vitrine::sync::protocol
