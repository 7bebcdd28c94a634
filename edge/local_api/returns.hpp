// SPDX-License-Identifier: Apache-2.0
// Goods come back, and others may leave for them: judged by the rules of returning, then one transaction.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "edge/local_api/commands.hpp"
#include "edge/local_api/queries.hpp"
#include "edge/local_api/surroundings.hpp"
#include "sync/rules/order.hpp"

namespace vitrine::edge::local_api {

inline constexpr std::size_t return_lines_max = 25;    // each brings two movements of stock into the transaction
inline constexpr std::size_t exchange_lines_max = 10;  // each brings one
inline constexpr std::int64_t settle_days = 30;        // a till may settle it so long

struct TakeBack {
  sync::TransactionId request;  // it becomes the return's id
  std::string device;
  std::string purchase;  // what find_purchase reads
  std::vector<sync::rules::LineUnits> lines;
  std::string reason;
  std::string condition;
  std::string overrule;                  // why all the same, where the rules say no; empty: by the rules
  std::vector<ExchangedGoods> exchange;  // that leave at once
  bool may_overrule = false;             // who is signed in
  std::string staff = {};
};

// An order or a receipt of another store: the hub is asked for it while somebody waits. True: it is here now. Errors:
// "purchase_unknown", "purchase_needs_hub", "receipt_needs_hub" (it says itself that it is another store's), "too_many_look_ups",
// "store_not_ready".
struct FetchPurchase {
  sync::TransactionId request;
  std::string device;
  std::string what;  // "order", "receipt"
  std::string key;   // its number, or what stands on it
  bool elsewhere = false;
};
Result<bool> fetch_purchase(Desk& desk, const FetchPurchase& asked);

// Errors: "invalid_request" with the field.
Result<TakeBack> decode_take_back(std::string_view purchase, std::string_view json);

// The return's id. Errors: those of find_purchase, "line_unknown", "units_not_out", "return_too_late", "not_taken_back",
// "not_permitted", "reason_unknown", "condition_unknown", "product_unknown", "not_for_sale",
// "exchange_needs_right" (goods of another store's receipt: the hub must confirm them first), "store_not_ready".
Result<std::string> take_back(Desk& desk, const Surroundings& around, const TakeBack& request);

}  // namespace vitrine::edge::local_api
