// SPDX-License-Identifier: Apache-2.0
// What an order of the orders table does to the hub: it is placed, and where it is new here, what has happened to it already is
// told too. An order that is known is placed again, and its goods and its money stay as they are.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "base/time_point.hpp"
#include "sync/model/operation.hpp"

namespace vitrine::hub {

// "placed", "picking", "ready", "arrived", "part_collected", "collected", "returned", "cancelled", "cancel_asked", "released"
std::span<const std::string_view> order_states();

inline constexpr std::int64_t order_archive_after_ms = 14LL * 24 * 3600 * 1000;  // what was over so long ago stands with no store

struct OrderActs {
  sync::TransactionId id;  // of the rows: the same rows are the same action
  std::vector<sync::Operation> operations;
};

// `before`: the order's document, if there is one; `new_code`: six digits for one that has none. Errors: those of the codecs.
Result<OrderActs> acts_of_import(const sync::DocumentKey& key, const std::string& body, const std::optional<std::string>& before,
                                 const std::string& new_code, UtcMs now);

}  // namespace vitrine::hub
