// SPDX-License-Identifier: Apache-2.0
// Every pair of kinds of operations on one cart, made at the same time from the same screen and applied in either order: what
// becomes of it stands in the pair table of sync/rules/README.md, and here as a law over all small cases.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <functional>
#include <set>

#include "sync/model/coupon.hpp"
#include "tests/sync/rules/cart_world.hpp"

using namespace vitrine;
using namespace vitrine::sync;
using namespace vitrine::sync::rules;
using namespace vitrine::sync::rules::test;

namespace {

const std::string sku = "84029E";
const PassReference lost_pass{PassId{hex_id(0xaa)}, {1, 9}};  // of a part that this hub, of era 2, has lost
const PassReference other_pass{PassId{hex_id(0xbb)}, {1, 8}};

// One cart as both people see it, before either acts.
struct Start {
  std::int64_t units = 0;  // of the line; 0: there is no cart
  bool owned = false;
  std::size_t coupons = 0;
};

// The two acts by themselves, and the carts that each order of them makes.
struct Case {
  Hub before;
  Act a;
  Act b;
  Hub ab;  // a, then b
  Hub ba;
  bool a_after_b = true;  // whether a was not refused when b came first, and so on
  bool b_after_a = true;
  bool a_first = true;
  bool b_first = true;

  [[nodiscard]] std::int64_t units() const { return before.units(sku); }
};

Case run(const Hub& before, Act a, Act b) {
  Case c{before, std::move(a), std::move(b), before, before};
  c.a_first = c.ab.apply(c.a).has_value();
  c.b_after_a = c.ab.apply(c.b).has_value();
  c.b_first = c.ba.apply(c.b).has_value();
  c.a_after_b = c.ba.apply(c.a).has_value();
  return c;
}

Hub hub_at(const Start& start) {
  Hub hub;
  if (start.units > 0) hub.apply({CartAdd{Sku{sku}, start.units, "phone", {}, {}}, TransactionId{hex_id(1)}});
  if (start.owned) hub.apply({CartAssign{CustomerId{"17850"}, std::nullopt}, TransactionId{hex_id(2)}});
  // Without versions of their own, which the passes of the lost part would fall behind.
  for (std::size_t i = 0; i < start.coupons; ++i) hub.cart->coupons.push_back(i == 0 ? "SAVE10" : "OTHER-" + std::to_string(i));
  hub.era = 2;
  return hub;
}

// Every small operation of one kind that somebody with this cart on their screen may make. `who` tells two people apart.
std::vector<CartOperation> variants(std::size_t kind, const Hub& seen, int who) {
  const std::vector<DotId> shown = shown_dots(seen.cart, sku);
  const PassReference& pass = who == 0 ? lost_pass : other_pass;
  const std::vector<DotId> of_pass = {DotId{lost_pass.pass.text + ".0"}};
  std::vector<CartOperation> out;
  switch (kind) {
    case 0:
      for (const std::int64_t n : {1, 2, 998}) out.push_back(CartAdd{Sku{sku}, n, "phone", {}, {}});
      break;
    case 1:
      for (const std::int64_t n : {1, 2}) out.push_back(CartDecrease{sku, shown, n, {}});
      out.push_back(CartDecrease{sku, of_pass, 1, lost_pass});
      break;
    case 2:
      out.push_back(CartRemove{sku, shown, {}});
      out.push_back(CartRemove{sku, of_pass, lost_pass});
      break;
    case 3:
      for (const std::int64_t n : {1, 3}) out.push_back(CartResume{pass, {{Sku{sku}, n}}, {}, ""});
      out.push_back(CartResume{lost_pass, {{Sku{sku}, 2}}, {}, ""});
      break;
    case 4:
      out.push_back(CartAssign{CustomerId{who == 0 ? "17850" : "12346"}, std::nullopt});
      out.push_back(CartAssign{std::nullopt, StoreId{who == 0 ? "harbour-street" : "mill-lane"}});
      break;
    case 5:
      for (const char* code : {"SAVE10", who == 0 ? "SPRING-5" : "WINTER-5"}) {
        for (const bool on : {true, false}) out.push_back(CartCoupon{code, on});
      }
      break;
    default:
      for (const DotId& dot : shown) {
        out.push_back(CartOrder{OrderId{"K1"}, {{sku, dot, 1}}, {}});
        out.push_back(CartOrder{OrderId{"K2"}, {{sku, dot, seen.units(sku)}}, {}});
      }
      out.push_back(CartOrder{OrderId{"K3"}, {{sku, of_pass.front(), 1}}, lost_pass});
  }
  return out;
}

std::int64_t added(const Case& c) { return std::get<CartAdd>(c.a.operation).units; }
std::int64_t in_pass(const CartOperation& operation) { return std::get<CartResume>(operation).lines.front().units; }

bool same_units(const Case& c) { return c.ab.units(sku) == c.ba.units(sku); }
bool carries(const std::optional<Cart>& cart, const std::string& code) {
  return cart && std::ranges::find(cart->coupons, code) != cart->coupons.end();
}
// Whatever came beside it, the coupon of `b` stands as its own word says, and the one before it where that was the last.
std::string coupon_alone(const Case& c) {
  const auto& coupon = std::get<CartCoupon>(c.b.operation);
  if (c.b_after_a && carries(c.ab.cart, coupon.code) != coupon.on) return "a coupon is on when its word says so";
  if (c.b_first && carries(c.ba.cart, coupon.code) != coupon.on) return "a coupon stays as it is while others act";
  return c.a_first == c.a_after_b && c.ab.units(sku) == c.ba.units(sku) ? "" : "they do not touch each other";
}
// And the coupon of `a` beside an order: ordered goods leave the cart, what was entered stays until it is taken off.
std::string coupon_beside_order(const Case& c) {
  const auto& coupon = std::get<CartCoupon>(c.a.operation);
  const bool stands = carries(c.ab.cart, coupon.code) == coupon.on && carries(c.ba.cart, coupon.code) == coupon.on;
  if (c.a_first && !stands) return "a coupon stays as it is while goods are ordered";
  return c.a_first == c.a_after_b && c.b_first == c.b_after_a && same_units(c) ? "" : "they do not touch each other";
}
// Of the cart without stamps: what people see and what later operations can see.
bool same_cart(const Case& c) {
  return left_by_dot(c.ab.cart) == left_by_dot(c.ba.cart) && c.ab.cart->owner == c.ba.cart->owner &&
         c.ab.cart->store == c.ba.cart->store;
}

std::int64_t ordered(const CartOperation& operation) { return std::get<CartOrder>(operation).units.front().units; }

// One takes so many units, by whatever name, and the other orders: whichever is first has them, and an order has all or none.
std::string taken_or_ordered(const Case& c, std::int64_t taken) {
  const std::int64_t n = ordered(c.b.operation);
  const std::int64_t left = std::max<std::int64_t>(c.units() - taken, 0);
  if (c.b_first != (c.units() >= n) || c.b_after_a != (left >= n)) return "an order has all that it names or is refused";
  if (c.ab.units(sku) != (c.b_after_a ? left - n : left)) return "taken, then ordered";
  const std::int64_t rest = c.b_first ? c.units() - n : c.units();
  return c.ba.units(sku) == std::max<std::int64_t>(rest - taken, 0) ? "" : "ordered, then taken from the rest";
}

struct Pair {
  const char* names;
  std::size_t a;
  std::size_t b;
  // Empty: the pair's law holds.
  std::function<std::string(const Case&)> law;
};

std::string unless(bool holds, const char* law) { return holds ? "" : law; }

// Takings of somebody who knows the line from the lost pass, before and after that pass is shown.
std::string removed_stays_removed(const Case& c, const CartOperation& taking) {
  const auto* remove = std::get_if<CartRemove>(&taking);
  const bool by_pass = remove != nullptr && remove->pass.has_value();
  const std::int64_t most = std::max(c.units(), in_pass(c.b.operation));
  if (c.ab.units(sku) > most || c.ba.units(sku) > most) return "never more than the larger of cart and pass";
  const bool same_pass = std::get<CartResume>(c.b.operation).pass.pass == lost_pass.pass;
  if (by_pass && same_pass && (c.ab.units(sku) > c.units() || c.ba.units(sku) != 0)) return "what was removed comes back";
  return "";
}

const std::array pairs = {
    Pair{"cart.add × cart.add", 0, 0,
         [](const Case& c) {
           const std::int64_t both = c.units() + added(c) + std::get<CartAdd>(c.b.operation).units;
           return unless(same_units(c) && c.ab.units(sku) == std::min(both, cart_quantity_max),
                         "both, up to what a line may hold");
         }},
    Pair{"cart.add × cart.decrease", 0, 1,
         [](const Case& c) {
           if (c.units() + added(c) > cart_quantity_max)
             return unless(c.ab.units(sku) <= c.ba.units(sku), "the order decides what fits");
           if (!c.b_first) return unless(c.ab.units(sku) >= added(c), "an add that nobody saw survives");
           return unless(same_cart(c) && left_by_dot(c.ab.cart)[dot_of(c.a).text] == added(c), "an add that nobody saw survives");
         }},
    Pair{"cart.add × cart.remove", 0, 2,
         [](const Case& c) {
           if (c.units() + added(c) > cart_quantity_max)
             return unless(c.ab.units(sku) <= c.ba.units(sku), "the order decides what fits");
           if (!c.b_first) return unless(c.ab.units(sku) == added(c), "an add that nobody saw survives");
           return unless(same_cart(c) && c.ab.units(sku) >= added(c), "an add that nobody saw survives");
         }},
    Pair{"cart.add × cart.resume", 0, 3,
         [](const Case& c) {
           const std::int64_t least = std::max(std::min(c.units() + added(c), cart_quantity_max), in_pass(c.b.operation));
           const std::int64_t most = std::min(std::max(c.units(), in_pass(c.b.operation)) + added(c), cart_quantity_max);
           return unless(c.ab.units(sku) == least && c.ba.units(sku) == most,
                         "the larger of the two, and what was added after it");
         }},
    Pair{"cart.add × cart.assign", 0, 4,
         [](const Case& c) { return unless(same_units(c) && (!c.b_first || same_cart(c)), "they do not touch each other"); }},
    Pair{"cart.decrease × cart.decrease", 1, 1,
         [](const Case& c) {
           if (!c.ab.cart) return std::string();
           const auto takes = [&](const Act& act) {
             const auto& decrease = std::get<CartDecrease>(act.operation);
             return decrease.pass ? 0 : decrease.units;  // the lost pass stands for nothing that was here in its own era …
           };
           const bool by_pass = std::get<CartDecrease>(c.a.operation).pass || std::get<CartDecrease>(c.b.operation).pass;
           if (!same_units(c)) return std::string("the same number in either order");
           return unless(by_pass || c.ab.units(sku) == std::max<std::int64_t>(c.units() - takes(c.a) - takes(c.b), 0),
                         "both count");
         }},
    Pair{"cart.decrease × cart.remove", 1, 2,
         [](const Case& c) {
           if (!c.ab.cart) return std::string();
           const bool seen = !std::get<CartRemove>(c.b.operation).pass.has_value();
           return unless(same_units(c) && (!seen || c.ab.units(sku) == 0), "nothing is left of what the remover saw");
         }},
    Pair{"cart.decrease × cart.resume", 1, 3, [](const Case& c) { return removed_stays_removed(c, c.a.operation); }},
    Pair{"cart.decrease × cart.assign", 1, 4,
         [](const Case& c) { return unless(!c.a_first || same_units(c), "they do not touch each other"); }},
    Pair{"cart.remove × cart.remove", 2, 2,
         [](const Case& c) { return unless(!c.ab.cart || same_cart(c), "once is as good as twice"); }},
    Pair{"cart.remove × cart.resume", 2, 3, [](const Case& c) { return removed_stays_removed(c, c.a.operation); }},
    Pair{"cart.remove × cart.assign", 2, 4,
         [](const Case& c) { return unless(!c.a_first || same_units(c), "they do not touch each other"); }},
    Pair{"cart.resume × cart.resume", 3, 3,
         [](const Case& c) {
           const std::int64_t most = std::max({c.units(), in_pass(c.a.operation), in_pass(c.b.operation)});
           const bool same = std::get<CartResume>(c.a.operation).pass == std::get<CartResume>(c.b.operation).pass;
           if (same) return unless(c.ab.units(sku) == std::max(c.units(), in_pass(c.a.operation)), "a pass counts once");
           return unless(same_units(c) && c.ab.units(sku) == most, "the largest of them");
         }},
    Pair{"cart.resume × cart.assign", 3, 4,
         [](const Case& c) { return unless(same_units(c) && (!c.b_first || same_cart(c)), "they do not touch each other"); }},
    Pair{"cart.assign × cart.assign", 4, 4,
         [](const Case& c) {
           const auto& a = std::get<CartAssign>(c.a.operation);
           const auto& b = std::get<CartAssign>(c.b.operation);
           const bool kept = !c.before.cart || !c.before.cart->owner ||
                             (c.ab.cart->owner == c.before.cart->owner && c.ba.cart->owner == c.before.cart->owner);
           if (!kept) return std::string("an owner stays");
           if (a.owner && b.owner && !(c.before.cart && c.before.cart->owner)) {
             return unless(c.ab.cart->owner == a.owner && c.ba.cart->owner == b.owner && !c.b_after_a && !c.a_after_b,
                           "the first owner stays, the other is refused");
           }
           if (a.store && b.store)
             return unless(c.ab.cart->store == b.store && c.ba.cart->store == a.store, "the last store counts");
           return unless(same_cart(c), "owner and store do not touch each other");
         }},
    Pair{"cart.add × cart.coupon", 0, 5, coupon_alone},
    Pair{"cart.decrease × cart.coupon", 1, 5, coupon_alone},
    Pair{"cart.remove × cart.coupon", 2, 5, coupon_alone},
    Pair{"cart.resume × cart.coupon", 3, 5, coupon_alone},
    Pair{"cart.assign × cart.coupon", 4, 5, coupon_alone},
    Pair{"cart.coupon × cart.coupon", 5, 5,
         [](const Case& c) {
           const auto& a = std::get<CartCoupon>(c.a.operation);
           const auto& b = std::get<CartCoupon>(c.b.operation);
           if (!c.before.cart) return unless(!c.ab.cart && !c.ba.cart, "a coupon makes no cart");
           if (!c.a_first || !c.b_after_a || !c.b_first || !c.a_after_b) {
             const bool full = c.before.cart->coupons.size() + 1 >= cart_coupons_max;
             return unless(full && c.ab.cart->coupons.size() == cart_coupons_max, "the order decides what fits");
           }
           if (a.code == b.code)
             return unless(carries(c.ab.cart, a.code) == b.on && carries(c.ba.cart, a.code) == a.on, "the later word counts");
           return unless(carries(c.ab.cart, a.code) == a.on && carries(c.ab.cart, b.code) == b.on &&
                             carries(c.ba.cart, a.code) == a.on && carries(c.ba.cart, b.code) == b.on,
                         "different codes, both");
         }},
    Pair{"cart.coupon × cart.order", 5, 6, coupon_beside_order},
    Pair{"cart.add × cart.order", 0, 6,
         [](const Case& c) {
           const std::int64_t both = std::min(c.units() + added(c), cart_quantity_max);
           if (!c.b_first) return unless(!c.b_after_a && c.ab.units(sku) == both, "what was not shown is not ordered");
           if (both < c.units() + added(c)) return unless(c.ab.units(sku) <= c.ba.units(sku), "the order decides what fits");
           return unless(same_cart(c) && c.ab.units(sku) == both - ordered(c.b.operation), "the added dot stays in the cart");
         }},
    Pair{"cart.decrease × cart.order", 1, 6,
         [](const Case& c) { return taken_or_ordered(c, std::get<CartDecrease>(c.a.operation).units); }},
    Pair{"cart.remove × cart.order", 2, 6, [](const Case& c) { return taken_or_ordered(c, cart_quantity_max); }},
    Pair{"cart.resume × cart.order", 3, 6,
         [](const Case& c) {
           const std::int64_t n = ordered(c.b.operation);
           const std::int64_t larger = std::max(c.units(), in_pass(c.a.operation));
           const bool by_pass = std::get<CartOrder>(c.b.operation).pass.has_value();
           if (!c.b_after_a || c.ab.units(sku) != larger - n) return std::string("ordered of the larger of cart and pass");
           if (!c.b_first) return unless(c.units() == 0 && c.ba.units(sku) == in_pass(c.a.operation), "there was nothing");
           const std::int64_t rest = c.units() - n;
           return unless(c.ba.units(sku) == (by_pass ? rest : std::max(rest, in_pass(c.a.operation))),
                         "what was ordered of a pass does not come back with it");
         }},
    Pair{"cart.assign × cart.order", 4, 6,
         [](const Case& c) { return unless(c.b_first ? same_cart(c) : same_units(c), "they do not touch each other"); }},
    Pair{"cart.order × cart.order", 6, 6,
         [](const Case& c) {
           const std::int64_t a = ordered(c.a.operation);
           const std::int64_t b = ordered(c.b.operation);
           if (c.b_after_a != (c.units() >= a && c.units() - a >= b) && c.a_first) return std::string("no unit is ordered twice");
           const std::int64_t left = c.units() - (c.a_first ? a : 0) - (c.b_after_a ? b : 0);
           return unless(c.ab.units(sku) == left, "all that was named, once");
         }},
};

}  // namespace

TEST_CASE("the pair table has every pair of kinds of operations on a cart, once") {
  constexpr std::size_t kinds = std::variant_size_v<CartOperation>;
  std::set<std::pair<std::size_t, std::size_t>> seen;
  for (const Pair& pair : pairs) CHECK(seen.insert(std::minmax(pair.a, pair.b)).second);
  CHECK(seen.size() == kinds * (kinds + 1) / 2);
}

TEST_CASE("every pair of operations that do not know of each other ends as the pair table says, in either order") {
  std::size_t cases = 0;
  for (const Pair& pair : pairs) {
    for (const Start& start : {Start{0, false}, Start{1, false}, Start{2, true}, Start{3, false}, Start{998, false},
                               Start{999, true}, Start{1, false, 1}, Start{2, false, 9}}) {
      const Hub before = hub_at(start);
      for (const CartOperation& a : variants(pair.a, before, 0)) {
        REQUIRE(a.index() == pair.a);
        for (const CartOperation& b : variants(pair.b, before, 1)) {
          REQUIRE(b.index() == pair.b);
          const Case c = run(before, {a, TransactionId{hex_id(100)}, "phone"}, {b, TransactionId{hex_id(200)}, "kiosk-1"});
          ++cases;
          const auto sound = [&](const Hub& hub) { return hub.units(sku) >= 0 && hub.units(sku) <= cart_quantity_max; };
          std::string broken = sound(c.ab) && sound(c.ba) ? pair.law(c) : "0 <= quantity <= cap";
          if (!broken.empty()) {
            FAIL_CHECK(pair.names, ": ", broken, "; before ", start.units, start.owned ? " owned" : "", ", then ",
                       c.ab.units(sku), " or ", c.ba.units(sku));
          }
        }
      }
    }
  }
  MESSAGE(cases, " cases of ", pairs.size(), " pairs, each in both orders");
  CHECK(cases > 500);
}
