// SPDX-License-Identifier: Apache-2.0
// A code may stand in several promotions: it is as good as the best of them.
// Example followed: 5.00 off from 25.00 with a code, entered with 18.00 in the cart.
#include "sync/pricing/coupon.hpp"

#include <algorithm>
#include <array>

namespace vitrine::sync::pricing {

namespace {

constexpr std::array<std::string_view, 3> state_words = {"used", "not_used_yet", "over"};
constexpr std::array<std::string_view, 9> need_words = {"none",  "goods",   "units",     "basket", "hours",
                                                        "later", "members", "elsewhere", "no_gain"};

bool is_of(const Promotion& promotion, std::string_view code, const std::string& currency) {
  return promotion.coupon == code && promotion.currency == currency;
}

bool is_for(const Promotion& promotion, const std::string& channel) {
  return promotion.channels.empty() || std::ranges::find(promotion.channels, channel) != promotion.channels.end();
}

// People leave hyphens out.
bool is_meant(const Promotion& promotion, std::string_view code) {
  const auto plain = [](std::string_view text) {
    std::string out(text);
    std::erase(out, '-');
    return out;
  };
  return promotion.coupon && plain(*promotion.coupon) == plain(code);
}

bool counts_groups(RewardKind kind) {
  return kind == RewardKind::n_for_m || kind == RewardKind::cheapest_free || kind == RewardKind::bundle_price;
}

}  // namespace

std::string_view word_of(CouponState state) { return state_words.at(static_cast<std::size_t>(state)); }
std::string_view word_of(CouponNeed need) { return need_words.at(static_cast<std::size_t>(need)); }

CouponAnswer judge_coupon(const std::vector<Promotion>& promotions, std::string_view code, const std::string& currency,
                          UtcMs now) {
  CouponAnswer answer;
  for (const Promotion& promotion : promotions) {
    if (promotion.currency != currency || !is_meant(promotion, code)) continue;
    const bool over = promotion.to && *promotion.to <= now;
    if (!over && promotion.from <= now) return {CouponAnswer::What::good, {}, *promotion.coupon};
    // One that begins is better news than one that has ended: of those the soonest, of these the latest.
    const bool first = answer.what == CouponAnswer::What::unknown;
    const bool better = over ? answer.what == CouponAnswer::What::over && *promotion.to > answer.at
                             : answer.what == CouponAnswer::What::over || promotion.from < answer.at;
    if (!first && !better) continue;
    answer = {over ? CouponAnswer::What::over : CouponAnswer::What::not_yet, over ? *promotion.to : promotion.from,
              *promotion.coupon};
  }
  return answer;
}

IdleCoupon idle_of(const Promotion& promotion, const std::vector<OpenLine>& lines) {
  std::int64_t value = 0;
  std::int64_t units = 0;  // that nothing has used yet
  std::map<Sku, std::int64_t> of_sku;
  bool any = false;
  for (const OpenLine& line : lines) {
    value += line.left_minor;
    if (!touches(promotion.goods, line)) continue;
    any = true;
    if (line.closed) continue;
    units += line.free_units;
    of_sku[line.sku] += line.free_units;
  }
  const auto idle = [&](CouponNeed need, std::int64_t missing = 0) {
    return IdleCoupon{*promotion.coupon, promotion.title, need, missing};
  };
  if (!any) return idle(CouponNeed::goods);
  if (value < promotion.basket_minor_min) return idle(CouponNeed::basket, promotion.basket_minor_min - value);
  if (units < promotion.units_min) return idle(CouponNeed::units, promotion.units_min - units);
  if (!counts_groups(promotion.reward.kind)) return idle(CouponNeed::no_gain);
  if (promotion.reward.kind == RewardKind::n_for_m) {
    units = 0;
    for (const auto& [sku, of] : of_sku) units = std::max(units, of);
  }
  return units < promotion.reward.n ? idle(CouponNeed::units, promotion.reward.n - units) : idle(CouponNeed::no_gain);
}

std::vector<CouponUse> coupon_uses(const std::vector<Promotion>& promotions, const Reductions& reductions,
                                   const std::string& currency, const Shopper& shopper, UtcMs now) {
  std::vector<CouponUse> uses;
  for (const std::string& code : shopper.coupons) {
    CouponUse& use = uses.emplace_back();
    use.code = code;
    for (const Reduction& one : reductions.given) {
      if (one.coupon != code) continue;
      if (use.minor == 0) use.title = one.title;
      use.state = CouponState::used;
      use.minor += one.minor;
    }
    if (use.state == CouponState::used) continue;
    const auto idle = std::ranges::find(reductions.idle, code, &IdleCoupon::code);
    if (idle != reductions.idle.end()) {
      use.state = CouponState::not_used_yet;
      use.title = idle->title;
      use.need = idle->need;
      use.missing = idle->missing;
      continue;
    }
    bool here = false;  // it holds now, at other hours
    for (const Promotion& promotion : promotions) {
      if (!is_of(promotion, code, currency)) continue;
      if (use.title.empty()) use.title = promotion.title;
      here = here || (is_for(promotion, shopper.channel) && promotion.from <= now && (!promotion.to || now < *promotion.to));
    }
    const CouponAnswer answer = judge_coupon(promotions, code, currency, now);
    if (answer.what == CouponAnswer::What::good || answer.what == CouponAnswer::What::not_yet) {
      use.state = CouponState::not_used_yet;
      use.need = answer.what == CouponAnswer::What::not_yet ? CouponNeed::later
                 : here                                     ? CouponNeed::hours
                                                            : CouponNeed::elsewhere;
    }
    if (answer.what == CouponAnswer::What::over || answer.what == CouponAnswer::What::not_yet) use.at = answer.at;
  }
  return uses;
}

}  // namespace vitrine::sync::pricing
