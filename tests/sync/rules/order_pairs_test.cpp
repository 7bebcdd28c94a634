// SPDX-License-Identifier: Apache-2.0
// Every pair of kinds of operations on one order, made at the same time and applied in either order: what becomes of it stands
// in the pair table of sync/rules/README.md, and here as a law over all small cases. A row names several kinds on either side
// where the same holds for all of them.
#include <doctest/doctest.h>

#include <algorithm>
#include <functional>
#include <set>
#include <sstream>

#include "tests/sync/rules/order_world.hpp"

using namespace vitrine;
using namespace vitrine::sync;
using namespace vitrine::sync::rules;
using namespace vitrine::sync::rules::test;

namespace {

struct Case {
  Order before;
  OrderAct a;
  OrderAct b;
  Order ab;
  Order ba;
  bool a_first = true;
  bool b_first = true;
  bool b_after_a = true;
  bool a_after_b = true;
};

Case run(const Order& before, const OrderAct& a, const OrderAct& b) {
  Case c{before, a, b, before, before};
  std::optional<Order> ab = before;
  c.a_first = tell(ab, a);
  c.b_after_a = tell(ab, b);
  std::optional<Order> ba = before;
  c.b_first = tell(ba, b);
  c.a_after_b = tell(ba, a);
  c.ab = *ab;
  c.ba = *ba;
  return c;
}

std::string unless(bool holds, const char* law) { return holds ? "" : law; }

std::string same(const Case& c) { return unless(c.ab == c.ba, "both stand, in either order"); }
// Of the hub's own acts: in either order where neither is refused, and a refusal changes nothing.
std::string refused_whole(const Case& c) {
  if (c.a_first && c.b_first && c.a_after_b && c.b_after_a) return same(c);
  if (!c.b_after_a && c.a_first) {
    std::optional<Order> alone = c.before;
    tell(alone, c.a);
    if (c.ab != *alone) return "what is refused changes nothing";
  }
  const auto sound = [](const Order& order) { return order.refunded_minor <= order.paid_minor; };
  return unless(sound(c.ab) && sound(c.ba), "refunds never exceed what was paid");
}

std::int64_t out_of(const Order& order) {
  std::int64_t out = 0;
  for (const OrderLine& line : order.lines) out += line.tally.handed;
  return out;
}

std::string cancel_and_hand_over(const Case& c) {
  if (c.ab != c.ba) return "both stand, in either order";
  const auto exceptions = open_exceptions(c.ab);
  const auto count = std::ranges::count(exceptions, "handed_over_after_cancel");
  const bool resolved = c.ab.resolved.contains("handed_over_after_cancel");
  const bool both = c.ab.cancelled && out_of(c.ab) > 0 && !resolved;
  if (count != (both ? 1 : 0)) return "cancelled and handed over make one exception, whoever comes first";
  if (both && (status_of(c.ab) != OrderStatus::exception || refund_due(c.ab) != 0)) return "people decide about the money";
  return unless(out_of(c.ab) >= out_of(c.before) + 1, "no hand-over is lost");
}

std::string cancel_and_lease(const Case& c) {
  const auto& lease = std::get<OrderLease>(c.b.operation);
  const bool holds = c.a.at < lease.until;
  if (!c.ba.cancelled.has_value() && !c.ba.cancel_requested) return "a cancel is not lost";
  if (holds && !c.before.cancelled && (c.ba.cancelled || !c.ba.cancel_requested)) return "after the lease it is a request";
  return unless(!holds || c.before.leased_until > c.a.at || c.ab.cancelled.has_value(), "before the lease it stands");
}

std::string place_twice(const Case& c) {
  if (c.ab != c.ba) return "the highest revision, in either order";
  const auto& a = std::get<OrderPlaced>(c.a.operation);
  const auto& b = std::get<OrderPlaced>(c.b.operation);
  if (c.ab.revision != std::max({a.revision, b.revision, c.before.revision})) return "the highest revision";
  return unless(out_of(c.ab) == out_of(c.before), "what happened to goods stays");
}

std::string sums(const Case& c) {
  if (c.ab != c.ba) return "both count, in either order";
  for (const OrderLine& line : c.ab.lines) {
    const UnitPlaces at = places_of(line);
    const bool partition = at.waiting >= 0 && at.held >= 0 && at.customer >= 0 && at.restocked >= 0 && at.written_off >= 0 &&
                           at.waiting + at.held + at.customer + at.restocked + at.written_off == line.ordered;
    if (!partition) return "each unit is in one place";
  }
  return "";
}

std::string first_kept(const Case& c) {
  if (c.ab != c.ba) return "the first, in either order";
  return unless(!c.before.released || c.ab.released == c.before.released || c.ab.released->stamp < c.before.released->stamp,
                "the first release counts");
}

std::string last_kept(const Case& c) { return unless(c.ab == c.ba, "the last by its stamp, in either order"); }

// Of an order that is there.
std::string not_asked_for(const Case& c) {
  const auto asks = [](const OrderAct& act) { return std::holds_alternative<OrderAsk>(act.operation); };
  if (asks(c.a) && (c.a_first || c.a_after_b)) return "what is there is not asked for";
  if (asks(c.b) && (c.b_first || c.b_after_a)) return "what is there is not asked for";
  return same(c);
}

struct Pair {
  const char* names;
  std::function<std::string(const Case&)> law;
};

const std::vector<Pair> pairs = {
    Pair{"order.place × order.place", place_twice},
    Pair{"order.pay × order.pay", same},
    Pair{"order.refund × order.refund", refused_whole},
    Pair{"order.pay order.place × order.refund", refused_whole},
    Pair{"order.cancel × order.cancel", same},
    Pair{"order.cancel × order.lease", cancel_and_lease},
    Pair{"order.lease × order.lease", same},
    Pair{"order.delegate × order.delegate", last_kept},
    Pair{"order.resolve × order.resolve", same},
    Pair{"order.place × order.pay order.cancel order.lease order.delegate order.resolve", same},
    Pair{"order.pay × order.cancel order.lease order.delegate order.resolve", same},
    Pair{"order.refund × order.cancel order.lease order.delegate order.resolve", same},
    Pair{"order.delegate × order.cancel order.lease order.resolve", same},
    Pair{"order.resolve × order.cancel order.lease", same},
    Pair{"order.cancel × order.hand_over", cancel_and_hand_over},
    Pair{"order.cancel × order.release", same},
    Pair{"order.cancel × order.stage", same},
    Pair{"order.refund × order.return", same},
    Pair{"order.cancel × order.pick order.picked order.arrive order.refuse order.choose order.hold order.return order.restock",
         same},
    Pair{"order.refund × order.pick order.picked order.stage order.arrive order.hand_over order.refuse order.choose order.hold "
         "order.release order.restock",
         same},
    Pair{"order.place order.pay order.lease order.delegate order.resolve × order.pick order.picked order.stage order.arrive "
         "order.hand_over order.refuse order.choose order.hold order.release order.return order.restock",
         same},
    Pair{"order.pick × order.pick", last_kept},
    Pair{"order.picked × order.picked", sums},
    Pair{"order.stage × order.stage", last_kept},
    Pair{"order.arrive × order.arrive", last_kept},
    Pair{"order.hand_over × order.hand_over", sums},
    Pair{"order.refuse × order.refuse", sums},
    Pair{"order.choose × order.choose", last_kept},
    Pair{"order.hold × order.hold order.release", first_kept},
    Pair{"order.release × order.release", first_kept},
    Pair{"order.return × order.return", sums},
    Pair{"order.restock × order.restock", sums},
    Pair{"order.hand_over × order.release", first_kept},
    Pair{"order.hand_over × order.picked order.refuse order.return order.restock", sums},
    Pair{"order.hand_over × order.pick order.stage order.arrive order.choose order.hold", same},
    Pair{"order.picked × order.refuse order.return order.restock", sums},
    Pair{"order.refuse × order.return order.restock", sums},
    Pair{"order.return × order.restock", sums},
    Pair{"order.pick × order.picked order.stage order.arrive order.refuse order.choose order.hold order.release order.return "
         "order.restock",
         same},
    Pair{"order.stage × order.picked order.arrive order.refuse order.choose order.hold order.release order.return order.restock",
         same},
    Pair{"order.arrive × order.picked order.refuse order.choose order.hold order.release order.return order.restock", same},
    Pair{"order.choose × order.picked order.refuse order.hold order.release order.return order.restock", same},
    Pair{"order.hold order.release × order.picked order.refuse order.return order.restock", same},
    Pair{"order.ask × order.ask", not_asked_for},
    Pair{"order.place × order.ask", not_asked_for},
    Pair{"order.ask × order.pay order.refund order.cancel order.lease order.delegate order.resolve order.pick order.picked "
         "order.stage order.arrive order.hand_over order.refuse order.choose order.hold order.release order.return order.restock",
         not_asked_for},
};

std::vector<std::size_t> kinds_of(const std::string& words) {
  std::vector<std::size_t> kinds;
  std::istringstream in(words);
  for (std::string word; in >> word;) {
    const auto found = std::ranges::find(order_kinds, word);
    REQUIRE_MESSAGE(found != order_kinds.end(), word);
    kinds.push_back(static_cast<std::size_t>(found - order_kinds.begin()));
  }
  return kinds;
}

std::pair<std::vector<std::size_t>, std::vector<std::size_t>> sides(const Pair& pair) {
  const std::string names = pair.names;
  const std::size_t cross = names.find("×");
  return {kinds_of(names.substr(0, cross)), kinds_of(names.substr(cross + 2))};
}

// Orders as they stand before two people act: new, picked, ready and paid, handed over, given back, cancelled, leased.
std::vector<Order> starts() {
  std::vector<Order> all;
  std::uint64_t n = 1;
  std::optional<Order> order;
  const auto then = [&](OrderOperation operation) {
    tell(order, {std::move(operation), n, {static_cast<std::int64_t>(n) * 10}});
    ++n;
    all.push_back(*order);
  };
  then(two_lines(2, 2));
  then(OrderPay{2'700});
  then(OrderPicked{1, 2, 0});
  then(OrderStage{"C2"});
  const std::optional<Order> ready = order;
  then(OrderLease{{800'000}});
  then(OrderCancel{"buyer"});
  order = ready;
  then(OrderCancel{"buyer"});
  then(OrderHandOver{here, {{1, 1}}, "pass", false});
  order = ready;
  then(OrderHandOver{here, {{1, 2}, {2, 2}}, "pass", false});
  then(OrderReturn{here, {{1, 1}}, "damaged"});
  then(OrderRefund{{{1, 1}}});
  order = ready;
  then(OrderRelease{"no_show"});
  return all;
}

}  // namespace

TEST_CASE("the pair table has every pair of kinds of operations on an order, once") {
  constexpr std::size_t kinds = std::variant_size_v<OrderOperation>;
  static_assert(kinds == order_kinds.size());
  std::set<std::pair<std::size_t, std::size_t>> seen;
  for (const Pair& pair : pairs) {
    const auto [left, right] = sides(pair);
    for (const std::size_t a : left) {
      for (const std::size_t b : right)
        CHECK_MESSAGE(seen.insert(std::minmax(a, b)).second, order_kinds[a], " × ", order_kinds[b]);
    }
  }
  for (std::size_t a = 0; a < kinds; ++a) {
    for (std::size_t b = a; b < kinds; ++b) CHECK_MESSAGE(seen.contains({a, b}), order_kinds[a], " × ", order_kinds[b]);
  }
}

TEST_CASE("every pair of operations on an order that do not know of each other ends as the pair table says, in either order") {
  std::size_t cases = 0;
  const std::vector<Order> before = starts();
  for (const Pair& pair : pairs) {
    const auto [left, right] = sides(pair);
    for (const std::size_t kind_a : left) {
      for (const std::size_t kind_b : right) {
        for (const OrderOperation& a : order_variants(kind_a, 0)) {
          REQUIRE(a.index() == kind_a);
          for (const OrderOperation& b : order_variants(kind_b, 1)) {
            for (std::size_t start = 0; start < before.size(); ++start) {
              // At the same time, and one clock behind the other.
              for (const std::int64_t later : {0, 70, -70}) {
                const Case c = run(before[start], {a, 100, {10'000}}, {b, 200, {10'000 + later}});
                ++cases;
                const std::string broken = pair.law(c);
                if (!broken.empty()) {
                  FAIL_CHECK(order_kinds[kind_a], " × ", order_kinds[kind_b], ": ", broken, "; start ", start, ", ", later,
                             " ms");
                }
              }
            }
          }
        }
      }
    }
  }
  MESSAGE(cases, " cases of ", pairs.size(), " rows, each in both orders");
  CHECK(cases > 5'000);
}
