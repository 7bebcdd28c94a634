// SPDX-License-Identifier: Apache-2.0
// A promotion: when it holds, what it asks of the cart, what it takes off. docs/PRICING.md says it in words.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/time_point.hpp"
#include "sync/model/ids.hpp"

namespace vitrine::sync::pricing {

inline constexpr std::int64_t whole_basis_points = 10'000;  // 100 %

// The wall clock of the place where the cart is priced.
struct LocalTime {
  int weekday = 1;  // 1 Monday to 7 Sunday
  int minute = 0;   // of the day, 0 to 1439
};

// Days and hours, in local time: from ≤ minute < to. Over midnight takes two promotions.
struct Schedule {
  std::vector<int> days;  // empty: every day
  int from_minute = 0;
  int to_minute = 1440;
  bool operator==(const Schedule&) const = default;
};

// Which articles. All lists empty: every article. `without` wins.
struct Goods {
  std::vector<Sku> skus;
  std::vector<std::string> categories;  // a product's department or any part of its category path
  std::vector<Sku> without;
  bool operator==(const Goods&) const = default;
};

enum class RewardKind {
  percent_off,     // basis_points off each unit
  amount_off,      // minor off each unit, never below nothing
  fixed_price,     // each unit for minor, where that is less
  n_for_m,         // of n units of one article pay m
  cheapest_free,   // of n units, articles mixed, the cheapest is free
  bundle_price,    // n units, articles mixed, for minor together
  basket_percent,  // basis_points off what is left to pay
  basket_amount,   // minor off what is left to pay, never below nothing
};

struct Reward {
  RewardKind kind = RewardKind::percent_off;
  std::int64_t basis_points = 0;  // 1 to 10,000
  std::int64_t minor = 0;
  std::int64_t n = 0;  // 2 to 100
  std::int64_t m = 0;  // 1 to n − 1
  bool operator==(const Reward&) const = default;
};

[[nodiscard]] constexpr bool is_for_basket(RewardKind kind) {
  return kind == RewardKind::basket_percent || kind == RewardKind::basket_amount;
}

struct Promotion {
  std::string id;
  std::map<std::string, std::string> title;  // by language: what people read beside the reduction
  std::string currency;
  UtcMs from;
  std::optional<UtcMs> to;  // from ≤ t < to
  std::optional<Schedule> schedule;
  std::vector<std::string> channels;  // "store", "web"; empty: everywhere
  std::optional<std::string> segment;
  bool when_unverified = false;  // may a shopper whose membership cannot be checked have it?
  std::optional<std::string> coupon;
  Goods goods;                        // what the reward touches
  std::int64_t units_min = 0;         // of the goods, not yet used by another promotion
  std::int64_t basket_minor_min = 0;  // left to pay for the whole cart, after what was taken off before
  Reward reward;
  std::int64_t priority = 0;  // the higher is tried first; then by id
  bool exclusive = false;     // the lines that it touched take no further promotion
  bool operator==(const Promotion&) const = default;
};

}  // namespace vitrine::sync::pricing
