// SPDX-License-Identifier: Apache-2.0
// What promotions took off a cart, and whom they could not be given to.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "sync/pricing/promotion.hpp"

namespace vitrine::sync::pricing {

// Who shops, and where: what conditions are asked against.
struct Shopper {
  std::string channel = "store";
  std::optional<std::set<std::string>> segments;  // none: cannot be checked here and now
  std::set<std::string> coupons;                  // as entered, in capitals
  LocalTime local;
};

// One line's part of a reduction.
struct LineShare {
  std::size_t line = 0;    // its place in the cart
  std::int64_t units = 0;  // that the promotion used up; 0 for a basket reward
  std::int64_t minor = 0;
  bool operator==(const LineShare&) const = default;
};

// One promotion that took effect. The sum of the shares is `minor`, above 0.
struct Reduction {
  std::string promotion;
  std::map<std::string, std::string> title;
  Reward reward;
  std::vector<LineShare> shares;  // in the order of lines
  std::int64_t minor = 0;
  bool unverified = false;                 // given although the membership could not be checked
  std::optional<std::string> coupon = {};  // that it was given for
  bool operator==(const Reduction&) const = default;
};

// A promotion for members that holds for this cart, but nobody can say here and now whether this shopper is one.
struct Withheld {
  std::string promotion;
  std::map<std::string, std::string> title;
  std::string segment;
  bool operator==(const Withheld&) const = default;
};

// A line that counts: units > 0 and a price.
struct OpenLine {
  std::size_t line = 0;
  Sku sku;
  std::vector<std::string> categories;
  std::int64_t unit_minor = 0;
  std::int64_t free_units = 0;  // that no promotion has used yet
  std::int64_t left_minor = 0;  // to pay, so far
  bool closed = false;          // by an exclusive promotion
};

enum class CouponNeed : std::uint8_t;

// A promotion that a coupon asks for, and that takes nothing off: why not is sync/pricing/coupon.hpp's.
struct IdleCoupon {
  std::string code;
  std::map<std::string, std::string> title;
  CouponNeed need;
  std::int64_t missing = 0;
  bool operator==(const IdleCoupon&) const = default;
};

struct Reductions {
  std::vector<Reduction> given;  // in the order in which they were applied
  std::vector<Withheld> withheld;
  std::vector<IdleCoupon> idle = {};
};

// Applies the promotions, first those of articles, then those of the basket, each in order of priority (the higher first), then
// of id. A unit is used by one promotion of articles at most. Lowers `left_minor` of the lines by what it gives.
Reductions apply_promotions(const std::vector<Promotion>& promotions, std::vector<OpenLine>& lines, const std::string& currency,
                            const Shopper& shopper, UtcMs now);

// Whether it is one of these goods.
bool touches(const Goods& goods, const OpenLine& line);

// Whether days and hours hold.
bool schedule_holds(const Promotion& promotion, const LocalTime& local);

}  // namespace vitrine::sync::pricing
