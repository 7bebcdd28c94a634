// SPDX-License-Identifier: Apache-2.0
// Coupons: whether one may be put on a cart, and what becomes of those that a cart carries. docs/PRICING.md.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sync/pricing/reduction.hpp"

namespace vitrine::sync::pricing {

enum class CouponState : std::uint8_t { used, not_used_yet, over };

// What a cart with a coupon that is not used yet would need.
enum class CouponNeed : std::uint8_t {
  none,
  goods,      // articles that it is for
  units,      // `missing` more of them
  basket,     // `missing` minor units more to pay
  hours,      // it holds on other days or at other hours
  later,      // it has not begun: `at`
  members,    // it is for members, and this shopper is none or cannot be checked here
  elsewhere,  // it is for another channel: the web, or the store
  no_gain,    // the goods have another promotion, or cost no more without it
};

std::string_view word_of(CouponState state);  // "not_used_yet"
std::string_view word_of(CouponNeed need);    // "basket"

struct CouponUse {
  std::string code;
  CouponState state = CouponState::over;
  std::map<std::string, std::string> title;  // of its promotion; empty: none is known here any more
  std::int64_t minor = 0;                    // what it takes off; above 0 when used
  CouponNeed need = CouponNeed::none;        // of one that is not used yet
  std::int64_t missing = 0;
  std::optional<UtcMs> at = {};  // when it begins, or ended
  bool operator==(const CouponUse&) const = default;
};

// What somebody is told who enters a code. `at`: when it begins, or ended.
struct CouponAnswer {
  enum class What : std::uint8_t { good, unknown, not_yet, over } what = What::unknown;
  UtcMs at = {};
  std::string code = {};
};
// Whatever the channel: one for the store may be entered on the way there. Hyphens need not be typed: `code` is the promotion's.
CouponAnswer judge_coupon(const std::vector<Promotion>& promotions, std::string_view code, const std::string& currency,
                          UtcMs now);

// Why this promotion takes nothing off these lines, as they are when its turn comes.
IdleCoupon idle_of(const Promotion& promotion, const std::vector<OpenLine>& lines);

// One for each code that the shopper has, in the order of codes.
std::vector<CouponUse> coupon_uses(const std::vector<Promotion>& promotions, const Reductions& reductions,
                                   const std::string& currency, const Shopper& shopper, UtcMs now);

}  // namespace vitrine::sync::pricing
