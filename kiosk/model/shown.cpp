// SPDX-License-Identifier: Apache-2.0
// What the model means for the eye: which screen, which language, the cart with the changes that are on their way.
#include <algorithm>

#include "kiosk/model/model.hpp"

namespace vitrine::kiosk {
namespace {

void recount(CartView& cart, CartViewLine& line, std::int64_t delta) {
  line.units += delta;
  cart.totals.units += delta;
  if (line.unit_price) {
    const std::int64_t change = line.unit_price->minor * delta;
    if (line.total) line.total->minor += change;
    if (line.counted) {
      cart.totals.subtotal += change;
      cart.totals.to_pay += change;
    }
  }
}

void without_coupon(CartView& cart, const std::string& code) {
  for (const Saving& saving : cart.savings) cart.totals.to_pay += saving.coupon == code ? saving.minor : 0;
  std::erase_if(cart.savings, [&](const Saving& one) { return one.coupon == code; });
  std::erase_if(cart.coupons, [&](const CouponView& one) { return one.code == code; });
}

Freshness by_age(std::int64_t age_ms) {
  constexpr std::int64_t minute = 60'000;
  if (age_ms <= 2 * minute) return Freshness::fresh;
  if (age_ms <= 30 * minute) return Freshness::recent;
  return age_ms <= 120 * minute ? Freshness::old : Freshness::check;
}

}  // namespace

Route shown_route(const Model& model) {
  // Signing in says by itself when nobody answers; staff are not shown a kiosk at rest.
  if (model.counter) return model.visit.desk.session && !model.visit.desk.locked ? model.visit.route : Route::sign_in;
  // A restart of the edge takes a second or two and is not worth a screen.
  const bool grace = model.store && model.now.mono < model.edge_changed_at.plus(edge_grace_ms);
  if (!model.edge_present && !grace) return Route::resting;
  if (!model.store) return model.edge_present ? Route::starting : Route::resting;
  if (!model.store->ready) return Route::starting;
  const Visit& visit = model.visit;
  const bool slow = visit.opening && model.now.mono >= visit.opening_since.plus(opening_shown_after_ms);
  return visit.route == Route::welcome && slow ? Route::scan : visit.route;
}

const std::string& shown_language(const Model& model) {
  static const std::string fallback = "en";
  if (!model.visit.language.empty()) return model.visit.language;
  return model.store ? model.store->default_language : fallback;
}

std::optional<CartView> shown_cart(const Model& model) {
  if (!model.visit.cart) return std::nullopt;
  CartView cart = *model.visit.cart;
  for (const PendingChange& change : model.visit.pending) {
    if (!change.coupon.empty()) {
      if (change.removal) without_coupon(cart, change.coupon);
      continue;
    }
    const auto line =
        std::find_if(cart.lines.begin(), cart.lines.end(), [&](const CartViewLine& each) { return each.key == change.line; });
    if (line == cart.lines.end()) continue;
    recount(cart, *line, change.removal ? -line->units : std::max(change.delta, -line->units));
    if (line->units <= 0) {
      if (!line->counted && cart.totals.lines_left_out > 0) --cart.totals.lines_left_out;
      cart.lines.erase(line);
    }
  }
  return cart;
}

const Kept* kept_at(const Visit& visit, const sync::Sku& sku, const std::string& store) {
  const auto found = std::ranges::find_if(visit.kept, [&](const Kept& one) { return one.sku == sku && one.store == store; });
  return found == visit.kept.end() ? nullptr : &*found;
}

Freshness shown_freshness(const StockHere& stock, const Model& model) {
  if (stock.freshness == Freshness::unknown || stock.freshness == Freshness::check || model.link.online) return stock.freshness;
  // Offline the figure ages while it is looked at.
  return std::max(by_age(model.now.utc.value - stock.as_of.value), stock.freshness);
}

Freshness shown_freshness(const NearbyStore& store, const Model& model) {
  return std::max(by_age(model.now.utc.value - store.as_of.value), store.freshness);
}

}  // namespace vitrine::kiosk
