// SPDX-License-Identifier: Apache-2.0
// What a shop takes back, until when, and what it gives for it. Pure; for goods of an order and for goods of a receipt alike.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/time_point.hpp"
#include "sync/rules/order.hpp"

namespace vitrine::sync::rules {

inline constexpr std::int64_t return_days_max = 3'650;
inline constexpr std::size_t return_words_max = 20;     // reasons, conditions
inline constexpr std::size_t not_taken_back_max = 200;  // names

struct ReturnCondition {
  std::string name;     // a word: "resell"
  bool restock = true;  // false: written off
  bool operator==(const ReturnCondition&) const = default;
};

// As the chain's settings say (sync/protocol/return_rules.hpp).
struct ReturnRules {
  std::int64_t window_days = 30;  // from the moment that the goods were handed over or paid for; 0: nothing is taken back
  std::vector<std::string> reasons = {"damaged", "not_wanted", "not_as_described", "wrong_item"};
  std::vector<ReturnCondition> conditions = {{"resell", true}, {"discount", true}, {"damaged", false}};
  std::vector<std::string> skus_kept;        // sold for good
  std::vector<std::string> categories_kept;  // departments and categories whose goods are
  bool operator==(const ReturnRules&) const = default;
};

// Units of one line that are with the buyer, and what a rule may ask of them.
struct ReturnQuestion {
  std::string_view sku;
  const std::vector<std::string>& categories;
  std::int64_t returnable = 0;  // bought − returned
  UtcMs handed_at;              // the last time that units of the line were
};

// Why nothing of a line is taken back. `nothing_left` nobody can overrule; the others are the shop's own rules.
enum class ReturnBar { none, nothing_left, kept, too_late };
// "", "nothing_left", "not_taken_back", "too_late"
std::string_view word_of(ReturnBar bar);

// The first moment that is too late.
UtcMs return_until(const ReturnRules& rules, UtcMs handed_at);
ReturnBar bar_of(const ReturnRules& rules, const ReturnQuestion& question, UtcMs now);
const ReturnCondition* condition_of(const ReturnRules& rules, std::string_view name);

// What `units` more come to when `before` of `bought` were given back already: a share of what was paid for the line, so that all
// of them together are what was paid, to the penny, however they come back. 0 ≤ before, before + units ≤ bought; paid in minor
// units, at least 0.
std::int64_t refund_of(std::int64_t paid_minor, std::int64_t bought, std::int64_t before, std::int64_t units);

// What an order's buyer has not paid of what they have or are to get: it comes off the next refund.
std::int64_t unpaid_of(const Order& order);
// What the hub comes to owe more when these units are back: never more than is paid. 0 while an exception is open.
std::int64_t refund_of(const Order& order, const std::vector<LineUnits>& lines);
// When units of the line were handed over last; where nobody wrote it down, when the order changed last.
UtcMs handed_at(const Order& order, std::int64_t line);
// The right to say for good that units are back is here: the order is leased to this store, so that nobody else has it.
bool may_settle_return(const Order& order, const StoreId& here, UtcMs now);

}  // namespace vitrine::sync::rules
