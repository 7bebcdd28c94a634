// SPDX-License-Identifier: Apache-2.0
// What staff do to orders, and a buyer who comes to collect: judged from what is here, then a fact in the outbox. A fact is never
// refused by the rules, so everything that would be wrong is refused here, before it is done.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "edge/local_api/commands.hpp"
#include "sync/rules/order.hpp"

namespace vitrine::edge::local_api {

inline constexpr std::int64_t mark_life_ms = 20L * 60'000;      // then somebody else may take a line
inline constexpr std::int64_t verified_life_ms = 30L * 60'000;  // from the second factor to the hand-over
inline constexpr std::int64_t wrong_phones_max = 3;             // for one order, ever; then staff must look
inline constexpr std::size_t hand_over_lines_max = 60;          // each brings a movement of stock into the transaction

struct OrderAction {
  sync::TransactionId request;
  std::string device;
  sync::OrderId order;
  sync::rules::OrderOperation operation;
  bool balance_settled = false;  // of a hand-over: the till has taken what was due
};

struct OpenPickup {
  sync::TransactionId request;
  std::string device;
  std::string code;         // six digits; empty: a pass was shown
  std::string pass;         // as scanned
  std::string phone_last2;  // empty: not yet asked for
};

// Errors: "invalid_request" with the field.
Result<OrderAction> decode_order_action(const sync::StoreId& store, std::string_view order, std::string_view json);
Result<OpenPickup> decode_open_pickup(std::string_view json);

// Errors: "order_unknown", "line_unknown", "line_taken", "order_cancelled", "order_over", "order_not_ready", "units_not_ready",
// "units_not_held", "balance_due", "not_verified", "store_not_ready".
Result<sync::OrderId> act(Desk& desk, const OrderAction& request);

// The order whose buyer is here; none: the code is right, and the second factor is to be asked for. Errors: "code_unknown",
// "phone_wrong", "staff_check", "pickup_locked", "order_not_ready", "store_not_ready"; of a pass those of open_pickup_pass too,
// "order_unknown", "order_cancelled", "order_over" and "pass_spent".
Result<std::optional<sync::OrderId>> open_pickup(Desk& desk, const OpenPickup& request);

// pickup_passes.cpp: the same, by a signed pass.
Result<std::optional<sync::OrderId>> open_pickup_by_pass(Desk& desk, const OpenPickup& request);

// Whether these are the last digits of a phone number on the order.
bool has_phone(const sync::Order& order, const std::string& last2);
// The second factor was wrong for this order: once more, and whether it was the last time that it may be.
bool count_wrong_phone(Desk& desk, const sync::OrderId& order);
bool may_try_phone(Desk& desk, const sync::OrderId& order);
// Who collects it has proven it and is here. Error: "order_not_ready".
Result<sync::OrderId> welcome_buyer(Desk& desk, const OpenPickup& request, const sync::Order& order);

}  // namespace vitrine::edge::local_api
