// SPDX-License-Identifier: Apache-2.0
// Promotions and taxes once more, unit by unit and as slowly and simply as can be: what the engine is compared with. It shares
// the plain types with the engine and no function. For small carts only: amounts below 10^6, so that products fit 64 bits.
#pragma once

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "sync/pricing/pricing.hpp"

namespace vitrine::tests {

using namespace vitrine::sync;
using namespace vitrine::sync::pricing;

struct SlowUnit {
  std::size_t line = 0;
  std::int64_t price = 0;
  bool used = false;
};

struct SlowLine {
  bool counted = false;
  bool closed = false;
  std::int64_t left = 0;
  std::int64_t tax = 0;
};

struct SlowCart {
  std::vector<SlowLine> lines;
  std::vector<std::pair<std::string, std::int64_t>> given;
  std::vector<std::string> withheld;
  std::int64_t to_pay = 0;
};

inline std::int64_t slow_round(std::int64_t above, std::int64_t below) {
  const std::int64_t whole = above / below;
  return (above % below) * 2 >= below ? whole + 1 : whole;
}

// One penny at a time: floors first, then to whoever was cut most, the earlier of equals first.
inline std::map<std::size_t, std::int64_t> slow_shares(std::int64_t amount,
                                                       const std::vector<std::pair<std::size_t, std::int64_t>>& weights) {
  std::int64_t sum = 0;
  for (const auto& [at, weight] : weights) sum += weight;
  std::map<std::size_t, std::int64_t> shares;
  if (sum == 0) return shares;
  std::vector<std::int64_t> cut;
  std::int64_t left = amount;
  for (const auto& [at, weight] : weights) {
    shares[at] = amount * weight / sum;
    cut.push_back(amount * weight % sum);
    left -= shares[at];
  }
  while (left > 0) {
    std::size_t most = 0;
    for (std::size_t i = 1; i < cut.size(); ++i) {
      if (cut[i] > cut[most]) most = i;
    }
    ++shares[weights[most].first];
    cut[most] = -1;
    --left;
  }
  return shares;
}

class SlowEvaluator {
 public:
  SlowEvaluator(const std::vector<LineToPrice>& lines, const PriceBook& book, const Shopper& shopper, UtcMs now)
      : lines_(lines), book_(book), shopper_(shopper), now_(now) {}

  SlowCart run() {
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      SlowLine line;
      const LineToPrice& in = lines_[i];
      const auto unit = in.price ? price_now(*in.price) : -1;
      line.counted = in.units > 0 && in.available && unit >= 0 && in.price->currency == book_.currency;
      if (line.counted) {
        line.left = unit * in.units;
        for (std::int64_t k = 0; k < in.units; ++k) units_.push_back({i, unit, false});
      }
      cart_.lines.push_back(line);
    }
    for (const bool basket : {false, true}) {
      for (const Promotion& promotion : ordered()) {
        const bool is_basket =
            promotion.reward.kind == RewardKind::basket_percent || promotion.reward.kind == RewardKind::basket_amount;
        if (is_basket == basket) try_it(promotion, basket);
      }
    }
    add_taxes();
    for (const SlowLine& line : cart_.lines) cart_.to_pay += line.counted ? line.left : 0;
    return cart_;
  }

 private:
  std::int64_t price_now(const PriceDocument& document) const {
    std::int64_t price = -1;
    std::int64_t since = -1;
    for (const PriceEntry& entry : document.entries) {
      if (entry.from.value > now_.value || (entry.to && entry.to->value <= now_.value) || entry.from.value < since) continue;
      since = entry.from.value;
      price = entry.current_minor;
    }
    return price;
  }

  std::vector<Promotion> ordered() const {
    std::vector<Promotion> left = book_.promotions;
    std::vector<Promotion> result;
    while (!left.empty()) {
      std::size_t best = 0;
      for (std::size_t i = 1; i < left.size(); ++i) {
        if (left[i].priority > left[best].priority || (left[i].priority == left[best].priority && left[i].id < left[best].id))
          best = i;
      }
      result.push_back(left[best]);
      left.erase(left.begin() + static_cast<std::ptrdiff_t>(best));
    }
    return result;
  }

  bool wants(const Goods& goods, std::size_t line) const {
    for (const Sku& sku : goods.without) {
      if (sku == lines_[line].sku) return false;
    }
    bool wanted = goods.skus.empty() && goods.categories.empty();
    for (const Sku& sku : goods.skus) wanted = wanted || sku == lines_[line].sku;
    for (const auto& a : goods.categories) {
      for (const auto& b : lines_[line].categories) wanted = wanted || a == b;
    }
    return wanted;
  }

  bool time_and_place(const Promotion& p) const {
    if (p.currency != book_.currency || now_.value < p.from.value || (p.to && now_.value >= p.to->value)) return false;
    if (p.schedule) {
      const auto& days = p.schedule->days;
      if (!days.empty() && std::count(days.begin(), days.end(), shopper_.local.weekday) == 0) return false;
      if (shopper_.local.minute < p.schedule->from_minute || shopper_.local.minute >= p.schedule->to_minute) return false;
    }
    if (!p.channels.empty() && std::count(p.channels.begin(), p.channels.end(), shopper_.channel) == 0) return false;
    return !p.coupon || shopper_.coupons.count(*p.coupon) > 0;
  }

  void try_it(const Promotion& p, bool basket) {
    if (!time_and_place(p)) return;
    const bool unknown = p.segment && !shopper_.segments;
    if (p.segment && shopper_.segments && shopper_.segments->count(*p.segment) == 0) return;
    std::vector<std::size_t> in;  // units
    std::int64_t value = 0;
    for (const SlowLine& line : cart_.lines) value += line.counted ? line.left : 0;
    for (std::size_t u = 0; u < units_.size(); ++u) {
      if (!units_[u].used && !cart_.lines[units_[u].line].closed && wants(p.goods, units_[u].line)) in.push_back(u);
    }
    if (static_cast<std::int64_t>(in.size()) < p.units_min || value < p.basket_minor_min) return;
    std::map<std::size_t, std::int64_t> off;  // by line
    std::vector<std::size_t> used;
    if (basket) {
      off = basket_off(p);
    } else {
      articles_off(p, in, off, used);
    }
    std::int64_t total = 0;
    for (const auto& [line, minor] : off) total += minor;
    if (total == 0) return;
    if (unknown && !p.when_unverified) {
      cart_.withheld.push_back(p.id);
      return;
    }
    cart_.given.emplace_back(p.id, total);
    for (const std::size_t u : used) units_[u].used = true;
    for (const auto& [line, minor] : off) {
      cart_.lines[line].left -= minor;
      if (p.exclusive && minor > 0) cart_.lines[line].closed = true;
    }
    for (const std::size_t u : used) {
      if (p.exclusive) cart_.lines[units_[u].line].closed = true;
    }
  }

  std::map<std::size_t, std::int64_t> basket_off(const Promotion& p) const {
    std::vector<std::pair<std::size_t, std::int64_t>> weights;
    std::int64_t base = 0;
    for (std::size_t i = 0; i < cart_.lines.size(); ++i) {
      if (!cart_.lines[i].counted || cart_.lines[i].closed || !wants(p.goods, i)) continue;
      weights.emplace_back(i, cart_.lines[i].left);
      base += cart_.lines[i].left;
    }
    const std::int64_t off = p.reward.kind == RewardKind::basket_percent ? slow_round(base * p.reward.basis_points, 10000)
                                                                         : std::min(base, p.reward.minor);
    return slow_shares(off, weights);
  }

  void articles_off(const Promotion& p, const std::vector<std::size_t>& in, std::map<std::size_t, std::int64_t>& off,
                    std::vector<std::size_t>& used) const {
    if (p.reward.kind == RewardKind::n_for_m) {
      std::map<std::string, std::vector<std::size_t>> by_sku;
      for (const std::size_t u : in) by_sku[lines_[units_[u].line].sku.text].push_back(u);
      for (const auto& [sku, of] : by_sku) groups_off(p, of, off, used);
      return;
    }
    if (p.reward.kind == RewardKind::cheapest_free || p.reward.kind == RewardKind::bundle_price)
      return groups_off(p, in, off, used);
    std::map<std::size_t, std::vector<std::size_t>> by_line;
    for (const std::size_t u : in) by_line[units_[u].line].push_back(u);
    for (const auto& [line, of] : by_line) {
      std::int64_t minor = 0;
      std::int64_t sum = 0;
      for (const std::size_t u : of) {
        const std::int64_t price = units_[u].price;
        sum += price;
        if (p.reward.kind == RewardKind::amount_off) minor += std::min(price, p.reward.minor);
        if (p.reward.kind == RewardKind::fixed_price && p.reward.minor < price) minor += price - p.reward.minor;
      }
      if (p.reward.kind == RewardKind::percent_off) minor = slow_round(sum * p.reward.basis_points, 10000);
      if (minor == 0) continue;
      off[line] += minor;
      used.insert(used.end(), of.begin(), of.end());
    }
  }

  void groups_off(const Promotion& p, std::vector<std::size_t> in, std::map<std::size_t, std::int64_t>& off,
                  std::vector<std::size_t>& used) const {
    std::stable_sort(in.begin(), in.end(), [&](std::size_t a, std::size_t b) { return units_[a].price > units_[b].price; });
    const auto n = static_cast<std::size_t>(p.reward.n);
    for (std::size_t start = 0; start + n <= in.size(); start += n) {
      std::int64_t sum = 0;
      for (std::size_t k = 0; k < n; ++k) sum += units_[in[start + k]].price;
      std::int64_t saved = 0;
      if (p.reward.kind == RewardKind::bundle_price) {
        saved = std::max<std::int64_t>(0, sum - p.reward.minor);
      } else {
        const std::size_t pay = p.reward.kind == RewardKind::n_for_m ? static_cast<std::size_t>(p.reward.m) : n - 1;
        for (std::size_t k = pay; k < n; ++k) saved += units_[in[start + k]].price;
      }
      if (saved == 0) continue;
      std::vector<std::pair<std::size_t, std::int64_t>> weights;
      for (std::size_t k = 0; k < n; ++k) {
        const SlowUnit& unit = units_[in[start + k]];
        if (weights.empty() || weights.back().first != unit.line) weights.emplace_back(unit.line, 0);
        weights.back().second += unit.price;
        used.push_back(in[start + k]);
      }
      for (const auto& [line, minor] : slow_shares(saved, weights)) off[line] += minor;
    }
  }

  void add_taxes() {
    std::map<std::pair<std::string, bool>, std::vector<std::size_t>> groups;
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      if (cart_.lines[i].counted) groups[{lines_[i].tax_class, lines_[i].price->tax_included}].push_back(i);
    }
    for (const auto& [group, members] : groups) {
      std::int64_t rate = -1;
      std::int64_t since = -1;
      for (const TaxRate& one : book_.taxes.rates) {
        if (one.tax_class != group.first || one.from.value > now_.value || (one.to && one.to->value <= now_.value)) continue;
        if (one.from.value < since) continue;
        since = one.from.value;
        rate = one.basis_points;
      }
      if (rate < 0) continue;
      std::vector<std::pair<std::size_t, std::int64_t>> weights;
      std::int64_t sum = 0;
      for (const std::size_t i : members) {
        weights.emplace_back(i, cart_.lines[i].left);
        sum += cart_.lines[i].left;
      }
      const std::int64_t tax = slow_round(sum * rate, group.second ? 10000 + rate : 10000);
      for (const auto& [line, minor] : slow_shares(tax, weights)) {
        cart_.lines[line].tax = minor;
        if (!group.second) cart_.lines[line].left += minor;
      }
    }
  }

  const std::vector<LineToPrice>& lines_;
  const PriceBook& book_;
  const Shopper& shopper_;
  UtcMs now_;
  std::vector<SlowUnit> units_;
  SlowCart cart_;
};

}  // namespace vitrine::tests
