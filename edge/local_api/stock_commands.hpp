// SPDX-License-Identifier: Apache-2.0
// What people do to stock: count, receive, move, write off, settle what did not add up, promise and give back. A movement and a
// count are facts; what cannot be true of one is refused here, before it is done.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "edge/local_api/commands.hpp"
#include "sync/rules/stock.hpp"

namespace vitrine::edge::local_api {

inline constexpr std::int64_t counted_max = 99'999;  // at once by a person; more is a slip of the finger
inline constexpr std::int64_t reserve_minutes_max = 1'440;
inline constexpr std::int64_t reserve_minutes_usual = 30;
inline constexpr std::size_t reserve_lines_max = 60;  // of one cart at once

struct StockAction {
  sync::TransactionId request;
  std::string device;
  sync::Sku sku;
  sync::rules::StockOperation operation;  // of a reservation the right, of a count `moved` are filled in when it is done
  std::int64_t moved_then = 0;            // of a count: the document's `moved` when they began
  std::int64_t minutes = 0;               // of a reservation
  std::string if_match = {};              // the ETag that the person saw; empty: whatever it is now
};

// Everything of a cart, or these lines of it.
struct CartReserve {
  sync::TransactionId request;
  std::string device;
  sync::CartId cart;
  bool release = false;
  std::vector<sync::LineKey> lines;  // empty: all
  std::int64_t minutes = reserve_minutes_usual;
};

// Errors: "invalid_request" with the field.
Result<StockAction> decode_stock_action(std::string_view sku, std::string_view json);
Result<CartReserve> decode_cart_reserve(std::string_view cart, std::string_view json);

// Errors: "product_unknown", "stock_unknown", "changed_meanwhile", "nothing_lent", "not_enough", "reservation_unknown",
// "discrepancy_unknown", "store_not_ready".
Result<sync::Sku> act(Desk& desk, const StockAction& request);

// Promises what is not promised to the cart yet, each line whole or not at all; or gives all of it back. Errors: "cart_unknown",
// "line_unknown", "nothing_lent" and "not_enough" when not one line could be promised, "store_not_ready".
Result<sync::CartId> reserve(Desk& desk, const CartReserve& request);

}  // namespace vitrine::edge::local_api
