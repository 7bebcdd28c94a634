// SPDX-License-Identifier: Apache-2.0
// Which promotions a cart gets, in which order, and what each takes off which line.
// Example followed: 3 for 2 on candles, 10 % off everything for members, 5.00 off from 50.00.
#include "sync/pricing/reduction.hpp"

#include <algorithm>
#include <numeric>

#include "sync/pricing/coupon.hpp"
#include "sync/pricing/groups.hpp"
#include "sync/pricing/share_out.hpp"

namespace vitrine::sync::pricing {

namespace {

template <class T>
bool has(const std::vector<T>& list, const T& one) {
  return std::ranges::find(list, one) != list.end();
}

// Everything but who the shopper is and what the cart holds.
bool holds(const Promotion& promotion, const std::string& currency, const Shopper& shopper, UtcMs now) {
  return promotion.currency == currency && promotion.from <= now && (!promotion.to || now < *promotion.to) &&
         schedule_holds(promotion, shopper.local) && (promotion.channels.empty() || has(promotion.channels, shopper.channel)) &&
         (!promotion.coupon || shopper.coupons.contains(*promotion.coupon));
}

enum class Membership { yes, no, unknown };

Membership membership(const Promotion& promotion, const Shopper& shopper) {
  if (!promotion.segment) return Membership::yes;
  if (!shopper.segments) return Membership::unknown;
  return shopper.segments->contains(*promotion.segment) ? Membership::yes : Membership::no;
}

// Units and money by line; the lines that are in are those with units or money.
class Tally {
 public:
  explicit Tally(std::size_t lines) : shares_(lines) {}
  void add(std::size_t at, std::int64_t units, std::int64_t minor) {
    shares_[at].units += units;
    shares_[at].minor += minor;
  }
  [[nodiscard]] const std::vector<LineShare>& shares() const { return shares_; }
  [[nodiscard]] std::int64_t minor() const {
    return std::accumulate(shares_.begin(), shares_.end(), std::int64_t{0},
                           [](std::int64_t sum, const LineShare& share) { return sum + share.minor; });
  }

 private:
  std::vector<LineShare> shares_;
};

std::int64_t off_each(const Reward& reward, std::int64_t unit_minor) {
  if (reward.kind == RewardKind::amount_off) return std::min(reward.minor, unit_minor);
  return std::max<std::int64_t>(0, unit_minor - reward.minor);
}

void take_off_units(const Reward& reward, const std::vector<OpenLine>& lines, const std::vector<std::size_t>& touched,
                    Tally& tally) {
  for (const std::size_t at : touched) {
    const OpenLine& line = lines[at];
    const std::int64_t minor = reward.kind == RewardKind::percent_off
                                   ? part_of(line.unit_minor * line.free_units, reward.basis_points, whole_basis_points)
                                   : off_each(reward, line.unit_minor) * line.free_units;
    if (minor > 0) tally.add(at, line.free_units, minor);
  }
}

// What a group of n units saves. Precondition: a kind that counts groups.
std::int64_t saved_by(const Reward& reward, const UnitGroup& group) {
  switch (reward.kind) {
    case RewardKind::n_for_m:
      return value_of_cheapest(group, reward.n - reward.m);
    case RewardKind::cheapest_free:
      return value_of_cheapest(group, 1);
    default:
      return std::max<std::int64_t>(0, value_of(group) - reward.minor);
  }
}

// Shares each group's saving out over its units, by their price: whoever brings one back gets what was paid for it.
void take_off_groups(const Reward& reward, const std::vector<OpenLine>& lines, const std::vector<std::size_t>& touched,
                     Tally& tally) {
  std::vector<UnitRun> runs;
  for (const std::size_t at : touched) runs.push_back({at, lines[at].unit_minor, lines[at].free_units});
  for (const UnitGroup& group : group_units(std::move(runs), reward.n)) {
    const std::int64_t saved = saved_by(reward, group);
    if (saved == 0) continue;
    std::vector<std::int64_t> weights;
    for (const UnitRun& run : group.runs) weights.push_back(run.unit_minor * run.units);
    const auto parts = share_out(saved, weights);
    for (std::size_t i = 0; i < parts.size(); ++i) {
      tally.add(group.runs[i].at, group.runs[i].units * group.times, parts[i] * group.times);
    }
  }
}

void take_off_articles(const Reward& reward, const std::vector<OpenLine>& lines, const std::vector<std::size_t>& touched,
                       Tally& tally) {
  switch (reward.kind) {
    case RewardKind::cheapest_free:
    case RewardKind::bundle_price:
      return take_off_groups(reward, lines, touched, tally);
    case RewardKind::n_for_m: {
      std::map<Sku, std::vector<std::size_t>> articles;
      for (const std::size_t at : touched) articles[lines[at].sku].push_back(at);
      for (const auto& [sku, of] : articles) take_off_groups(reward, lines, of, tally);
      return;
    }
    default:
      return take_off_units(reward, lines, touched, tally);
  }
}

void take_off_basket(const Reward& reward, const std::vector<OpenLine>& lines, const std::vector<std::size_t>& touched,
                     Tally& tally) {
  std::vector<std::int64_t> weights;
  for (const std::size_t at : touched) weights.push_back(lines[at].left_minor);
  const std::int64_t base = std::accumulate(weights.begin(), weights.end(), std::int64_t{0});
  const std::int64_t minor = reward.kind == RewardKind::basket_percent ? part_of(base, reward.basis_points, whole_basis_points)
                                                                       : std::min(reward.minor, base);
  const auto parts = share_out(minor, weights);
  for (std::size_t i = 0; i < parts.size(); ++i) tally.add(touched[i], 0, parts[i]);
}

// What the promotion would take off these lines as they are.
Tally tally_of(const Promotion& promotion, const std::vector<OpenLine>& lines) {
  const bool basket = is_for_basket(promotion.reward.kind);
  Tally tally(lines.size());
  std::vector<std::size_t> touched;
  std::int64_t units = 0;
  std::int64_t value = 0;
  for (std::size_t at = 0; at < lines.size(); ++at) {
    const OpenLine& line = lines[at];
    value += line.left_minor;
    if (line.closed || (!basket && line.free_units == 0) || !touches(promotion.goods, line)) continue;
    touched.push_back(at);
    units += line.free_units;
  }
  if (touched.empty() || units < promotion.units_min || value < promotion.basket_minor_min) return tally;
  if (basket) {
    take_off_basket(promotion.reward, lines, touched, tally);
  } else {
    take_off_articles(promotion.reward, lines, touched, tally);
  }
  return tally;
}

Reduction give(const Promotion& promotion, const Tally& tally, std::vector<OpenLine>& lines) {
  Reduction reduction{promotion.id, promotion.title, promotion.reward, {}, tally.minor(), false, promotion.coupon};
  for (std::size_t at = 0; at < lines.size(); ++at) {
    const LineShare& share = tally.shares()[at];
    if (share.units == 0 && share.minor == 0) continue;
    OpenLine& line = lines[at];
    line.free_units -= share.units;
    line.left_minor -= share.minor;
    line.closed = line.closed || promotion.exclusive;
    reduction.shares.push_back({line.line, share.units, share.minor});
  }
  return reduction;
}

}  // namespace

bool touches(const Goods& goods, const OpenLine& line) {
  if (has(goods.without, line.sku)) return false;
  if (goods.skus.empty() && goods.categories.empty()) return true;
  return has(goods.skus, line.sku) ||
         std::ranges::any_of(line.categories, [&](const auto& c) { return has(goods.categories, c); });
}

bool schedule_holds(const Promotion& promotion, const LocalTime& local) {
  if (!promotion.schedule) return true;
  const Schedule& schedule = *promotion.schedule;
  return (schedule.days.empty() || has(schedule.days, local.weekday)) && schedule.from_minute <= local.minute &&
         local.minute < schedule.to_minute;
}

Reductions apply_promotions(const std::vector<Promotion>& promotions, std::vector<OpenLine>& lines, const std::string& currency,
                            const Shopper& shopper, UtcMs now) {
  std::vector<const Promotion*> order;
  for (const Promotion& promotion : promotions) {
    if (holds(promotion, currency, shopper, now)) order.push_back(&promotion);
  }
  std::ranges::sort(order, [](const Promotion* a, const Promotion* b) {
    const bool a_basket = is_for_basket(a->reward.kind);
    const bool b_basket = is_for_basket(b->reward.kind);
    if (a_basket != b_basket) return b_basket;
    if (a->priority != b->priority) return a->priority > b->priority;
    return a->id < b->id;
  });
  Reductions result;
  for (const Promotion* promotion : order) {
    const Membership member = membership(*promotion, shopper);
    if (member == Membership::no) {
      if (promotion->coupon) result.idle.push_back({*promotion->coupon, promotion->title, CouponNeed::members});
      continue;
    }
    const Tally tally = tally_of(*promotion, lines);
    if (tally.minor() == 0) {
      if (promotion->coupon) result.idle.push_back(idle_of(*promotion, lines));
      continue;
    }
    if (member == Membership::unknown && !promotion->when_unverified) {
      if (promotion->coupon) result.idle.push_back({*promotion->coupon, promotion->title, CouponNeed::members});
      result.withheld.push_back({promotion->id, promotion->title, *promotion->segment});
      continue;
    }
    result.given.push_back(give(*promotion, tally, lines));
    result.given.back().unverified = member == Membership::unknown;
  }
  return result;
}

}  // namespace vitrine::sync::pricing
