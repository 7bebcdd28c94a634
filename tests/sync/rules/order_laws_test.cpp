// SPDX-License-Identifier: Apache-2.0
// The laws of orders: all interleavings of small sets of acts end in the same state; each unit is in one place; the shown status
// is a total function; money is given back once. Then random runs from a printed seed against an oracle of single units.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <numeric>
#include <random>

#include "tests/sync/rules/order_world.hpp"

using namespace vitrine;
using namespace vitrine::sync;
using namespace vitrine::sync::rules;
using namespace vitrine::sync::rules::test;

namespace {

using Acts = std::vector<OrderAct>;

// Calls each(order of acts) for all interleavings of the writers' sequences, each writer's own order kept.
template <class Each>
void interleave(const std::vector<Acts>& writers, std::vector<std::size_t>& at, Acts& so_far, const Each& each) {
  bool any = false;
  for (std::size_t w = 0; w < writers.size(); ++w) {
    if (at[w] == writers[w].size()) continue;
    any = true;
    so_far.push_back(writers[w][at[w]++]);
    interleave(writers, at, so_far, each);
    so_far.pop_back();
    --at[w];
  }
  if (!any) each(so_far);
}

Order placed_order() {
  std::optional<Order> order;
  tell(order, {two_lines(2, 2), 1, {10}});
  tell(order, {OrderPay{2'700}, 2, {20}});
  return *order;
}

// The number of interleavings, each of which must end in the same order.
std::size_t all_end_the_same(const Order& start, const std::vector<Acts>& writers) {
  std::optional<Order> end;
  std::size_t runs = 0;
  std::vector<std::size_t> at(writers.size(), 0);
  Acts so_far;
  interleave(writers, at, so_far, [&](const Acts& acts) {
    std::optional<Order> order = start;
    for (const OrderAct& act : acts) tell(order, act);
    ++runs;
    if (!end) end = order;
    if (*end != *order) FAIL_CHECK("two interleavings of ", acts.size(), " acts end differently");
  });
  return runs;
}

}  // namespace

TEST_CASE("all interleavings of the hub and two stores end in the same order") {
  std::size_t runs = 0;
  // Each of a store's acts by itself, three writers at a time, against what the hub may do meanwhile.
  const std::vector<Acts> of_hub = {{{OrderCancel{"buyer"}, 10, {300}}, {OrderRefund{{{1, 1}}}, 11, {310}}},
                                    {{OrderLease{{5'000}}, 12, {290}}, {OrderCancel{"buyer"}, 13, {300}}},
                                    {{two_lines(1, 3, 2), 14, {280}}, {OrderDelegate{{"Bea", "", "", ""}}, 15, {305}}},
                                    {{OrderPay{500}, 16, {300}},
                                     {OrderCancel{"buyer"}, 17, {330}},
                                     {OrderResolve{"handed_over_after_cancel", "lost"}, 18, {340}}}};
  for (const Acts& hub : of_hub) {
    for (std::size_t a = commercial_kinds; a < order_kinds.size(); ++a) {
      for (std::size_t b = commercial_kinds; b < order_kinds.size(); ++b) {
        const Acts one = {{order_variants(a, 0).front(), 20, {295}}, {OrderHandOver{here, {{1, 1}}, "pass", false}, 21, {320}}};
        const Acts other = {{order_variants(b, 1).back(), 30, {296}}};
        runs += all_end_the_same(placed_order(), {hub, one, other});
      }
    }
  }
  MESSAGE(runs, " interleavings");
  CHECK(runs > 10'000);
}

TEST_CASE("cancelled and handed over at once make exactly one exception, whoever comes first, and it is resolved once") {
  const OrderAct cancel{OrderCancel{"buyer"}, 10, {300}};
  const OrderAct over{OrderHandOver{here, {{1, 2}, {2, 2}}, "pass", false}, 20, {299}};
  for (const bool cancel_first : {true, false}) {
    std::optional<Order> order = placed_order();
    tell(order, cancel_first ? cancel : over);
    CHECK(open_exceptions(*order).empty());
    tell(order, cancel_first ? over : cancel);
    CHECK(open_exceptions(*order) == std::vector<std::string_view>{"handed_over_after_cancel"});
    CHECK(status_of(*order) == OrderStatus::exception);
    CHECK(refund_due(*order) == 0);
    CHECK(places_of(*order).customer == 4);
    tell(order, {OrderResolve{"handed_over_after_cancel", "charged"}, 30, {400}});
    tell(order, {OrderResolve{"handed_over_after_cancel", "lost"}, 31, {410}});
    CHECK(open_exceptions(*order).empty());
    CHECK(order->resolved.at("handed_over_after_cancel").reason == "charged");
    CHECK(status_of(*order) == OrderStatus::collected);
  }
}

TEST_CASE("while an order is leased to its store a cancel is a request, which the store answers with its goods") {
  std::optional<Order> order = placed_order();
  tell(order, {OrderPicked{1, 2, 0}, 3, {30}});
  tell(order, {OrderStage{"A3"}, 4, {40}});
  tell(order, {OrderLease{{1'000}}, 5, {50}});
  tell(order, {OrderCancel{"buyer"}, 6, {60}});
  CHECK(is_cancel_asked(*order));
  CHECK(status_of(*order) == OrderStatus::ready);
  SUBCASE("it agrees") {
    tell(order, {OrderRelease{"cancelled"}, 7, {70}});
    CHECK(status_of(*order) == OrderStatus::cancelled);
    CHECK(refund_due(*order) == 2'700);
    CHECK(payment_of(*order) == Payment::refund_due);
  }
  SUBCASE("it has handed it over: no exception, nothing to refund") {
    tell(order, {OrderHandOver{here, {{1, 2}, {2, 2}}, "pass", false}, 7, {70}});
    CHECK_FALSE(is_cancel_asked(*order));
    CHECK(status_of(*order) == OrderStatus::collected);
    CHECK(open_exceptions(*order).empty());
    CHECK(refund_due(*order) == 0);
  }
  SUBCASE("the lease is over, and it is said again") {
    tell(order, {OrderCancel{"buyer"}, 7, {1'000}});
    CHECK(status_of(*order) == OrderStatus::cancelled);
  }
}

TEST_CASE("handed over twice, and brought back more than went out: kept, and told once each") {
  std::optional<Order> order = placed_order();
  tell(order, {OrderHandOver{here, {{1, 2}, {2, 2}}, "pass", false}, 3, {30}});
  tell(order, {OrderHandOver{there, {{1, 2}, {2, 2}}, "code", false}, 4, {31}});
  tell(order, {OrderReturn{here, {{1, 5}}, "not_wanted"}, 5, {40}});
  CHECK(open_exceptions(*order) == std::vector<std::string_view>{"handed_over_twice", "returned_too_much"});
  CHECK(order->events.size() == 3);
  CHECK(places_of(*order).customer == 2);
  CHECK(places_of(*order).held == 2);
}

TEST_CASE("a unit is refunded once, and no more than was paid") {
  std::optional<Order> order = placed_order();
  CHECK(tell(order, {OrderRefund{{{1, 1}}}, 3, {30}}));
  CHECK(order->refunded_minor == 255);
  CHECK_FALSE(tell(order, {OrderRefund{{{1, 2}}}, 4, {31}}));
  CHECK_FALSE(tell(order, {OrderRefund{{{9, 1}}}, 5, {32}}));
  CHECK(tell(order, {OrderRefund{{{1, 1}, {2, 2}}}, 6, {33}}));
  CHECK(order->refunded_minor == 2'700);
  CHECK(payment_of(*order) == Payment::refunded);
  CHECK_FALSE(tell(order, {OrderRefund{{{2, 1}}}, 7, {34}}));
  std::optional<Order> unpaid;
  tell(unpaid, {two_lines(1, 1), 1, {10}});
  CHECK_FALSE(tell(unpaid, {OrderRefund{{{1, 1}}}, 2, {20}}));
}

TEST_CASE("each unit is in exactly one place, for everything that may be said of a line") {
  std::size_t cases = 0;
  OrderLine line;
  OrderTally& said = line.tally;
  constexpr std::int64_t most = 3;
  for (line.ordered = 0; line.ordered < most; ++line.ordered) {
    for (said.picked = 0; said.picked <= most; ++said.picked) {
      for (said.handed = 0; said.handed <= most; ++said.handed) {
        for (said.returned = 0; said.returned <= most; ++said.returned) {
          for (said.restocked = 0; said.restocked <= most; ++said.restocked) {
            for (said.written_off = 0; said.written_off <= most; ++said.written_off) {
              for (said.refused = 0; said.refused <= 1; ++said.refused) {
                ++cases;
                const UnitPlaces at = places_of(line);
                const UnitOracle oracle = UnitOracle::of(line.ordered, said);
                const bool same = at.waiting == oracle.count(UnitOracle::waiting) &&
                                  at.held == oracle.count(UnitOracle::held) + oracle.count(UnitOracle::back) &&
                                  at.customer == oracle.count(UnitOracle::customer) &&
                                  at.restocked == oracle.count(UnitOracle::restocked) &&
                                  at.written_off == oracle.count(UnitOracle::written_off);
                const std::int64_t sum = at.waiting + at.held + at.customer + at.restocked + at.written_off;
                const std::int64_t free = ready_units(line);
                const std::int64_t unwanted = refused_units(line);
                const bool sound = sum == line.ordered && free >= 0 && free <= at.held && free <= wanted_units(line) &&
                                   unwanted >= 0 && unwanted + handed_units(line) <= line.ordered;
                if (!same || !sound) {
                  FAIL_CHECK("ordered ", line.ordered, " picked ", said.picked, " handed ", said.handed, " returned ",
                             said.returned, " restocked ", said.restocked, " written off ", said.written_off);
                }
              }
            }
          }
        }
      }
    }
  }
  MESSAGE(cases, " lines");
  CHECK(cases == 3 * 4 * 4 * 4 * 4 * 4 * 2);
}

TEST_CASE("what the buyer wants instead counts for what is missing alone, and for the last word alone") {
  OrderLine line;
  constexpr std::int64_t most = 3;
  std::size_t cases = 0;
  for (line.ordered = 0; line.ordered <= most; ++line.ordered) {
    for (line.tally.picked = 0; line.tally.picked <= most; ++line.tally.picked) {
      for (line.tally.missing = 0; line.tally.missing <= most; ++line.tally.missing) {
        line.choice.reset();
        const std::int64_t plain = wanted_units(line);
        for (std::int64_t units = 1; units <= most; ++units) {
          ++cases;
          line.choice = OrderChoice{OrderChoice::What::wait, units, {}, {}};
          CHECK(wanted_units(line) == plain);
          // Money or something else: never more than is missing, and what was found after all is wanted again.
          for (const auto what : {OrderChoice::What::refund, OrderChoice::What::substitute}) {
            line.choice->what = what;
            CHECK(wanted_units(line) == plain - std::min(units, missing_units(line)));
          }
        }
      }
    }
  }
  CHECK(cases == 4 * 4 * 4 * 3);
  std::optional<Order> order = placed_order();
  tell(order, {OrderPicked{1, 1, 1}, 3, {30}});
  tell(order, {OrderPicked{2, 2, 0}, 4, {40}});
  CHECK(refund_due(*order) == 0);
  tell(order, {OrderChoose{1, 1, OrderChoice::What::refund, {}}, 5, {50}});
  CHECK(refund_due(*order) == 255);
  tell(order, {OrderChoose{1, 1, OrderChoice::What::wait, {}}, 6, {45}});  // said before, heard later
  CHECK(refund_due(*order) == 255);
  tell(order, {OrderPicked{1, 1, 0}, 7, {60}});  // it lay behind the shelf
  CHECK(refund_due(*order) == 0);
}

TEST_CASE("the shown status is a total function of the two registers") {
  // Each register in each of its states, one of everything that the table in docs/PROTOCOL.md names.
  struct Row {
    std::vector<OrderOperation> acts;
    OrderStatus status;
    Payment payment;
  };
  const OrderHandOver all{here, {{1, 2}, {2, 2}}, "pass", false};
  const OrderHandOver some{here, {{1, 1}}, "pass", false};
  const std::vector<Row> rows = {
      {{}, OrderStatus::placed, Payment::placed},
      {{OrderPay{100}}, OrderStatus::placed, Payment::part_paid},
      {{OrderPay{2'700}}, OrderStatus::placed, Payment::paid},
      {{OrderPick{{1}, "tom"}}, OrderStatus::picking, Payment::placed},
      {{OrderPick{{1}, "tom"}, OrderPick{{1}, ""}}, OrderStatus::placed, Payment::placed},
      {{OrderPicked{1, 2, 0}}, OrderStatus::picking, Payment::placed},
      {{OrderPicked{1, 2, 0}, OrderStage{"A3"}}, OrderStatus::ready, Payment::placed},
      {{OrderStage{"A3"}, OrderArrive{"kiosk-1"}}, OrderStatus::arrived, Payment::placed},
      {{OrderArrive{"kiosk-1"}}, OrderStatus::placed, Payment::placed},
      {{OrderPay{2'700}, OrderStage{"A3"}, some}, OrderStatus::part_collected, Payment::paid},
      {{OrderPay{2'700}, OrderStage{"A3"}, all}, OrderStatus::collected, Payment::paid},
      {{OrderPay{2'700}, all, OrderReturn{here, {{1, 1}}, "damaged"}}, OrderStatus::collected, Payment::refund_due},
      {{OrderPay{2'700}, all, OrderReturn{here, {{1, 2}, {2, 2}}, "damaged"}}, OrderStatus::returned, Payment::refund_due},
      {{OrderPay{2'700}, all, OrderReturn{here, {{1, 2}, {2, 2}}, "damaged"}, OrderRefund{{{1, 2}, {2, 2}}}},
       OrderStatus::returned,
       Payment::refunded},
      {{OrderStage{"A3"}, OrderRelease{"no_show"}}, OrderStatus::released, Payment::paid},
      {{OrderPay{2'700}, OrderRelease{"no_show"}}, OrderStatus::released, Payment::refund_due},
      {{OrderPay{2'700}, some, OrderRelease{"no_show"}}, OrderStatus::collected, Payment::refund_due},
      {{OrderCancel{"buyer"}}, OrderStatus::cancelled, Payment::cancelled},
      {{OrderPay{2'700}, OrderCancel{"buyer"}}, OrderStatus::cancelled, Payment::refund_due},
      {{OrderPay{2'700}, OrderCancel{"buyer"}, OrderRefund{{{1, 2}, {2, 2}}}}, OrderStatus::cancelled, Payment::refunded},
      {{OrderPay{2'700}, OrderCancel{"buyer"}, some}, OrderStatus::exception, Payment::cancelled},
      {{OrderPay{2'700}, OrderRefuse{here, {{1, 2}, {2, 2}}, "damaged"}}, OrderStatus::released, Payment::refund_due},
  };
  for (std::size_t i = 0; i < rows.size(); ++i) {
    std::optional<Order> order;
    std::uint64_t n = 1;
    tell(order, {two_lines(2, 2), n, {10}});
    for (const OrderOperation& operation : rows[i].acts) {
      ++n;
      REQUIRE(tell(order, {operation, n, {static_cast<std::int64_t>(n) * 10}}));
    }
    CAPTURE(i);
    CHECK(word_of(status_of(*order)) == word_of(rows[i].status));
    CHECK(word_of(payment_of(*order)) == word_of(rows[i].payment));
  }
}

TEST_CASE("a fact about an order that nobody knows is refused, and one about an unknown line is written down") {
  std::optional<Order> none;
  CHECK_FALSE(tell(none, {OrderPicked{1, 1, 0}, 1, {10}}));
  std::optional<Order> order = placed_order();
  CHECK(tell(order, {OrderHandOver{here, {{7, 2}}, "pass", false}, 3, {30}}));
  CHECK(order->lines.size() == 3);
  CHECK(open_exceptions(*order) == std::vector<std::string_view>{"handed_over_twice"});
}

namespace {

std::uint64_t first_seed() {
  if (const char* given = std::getenv("VITRINE_SEED")) return std::strtoull(given, nullptr, 10);
  return 20261128;
}

struct Run {
  std::mt19937_64 random;
  std::vector<Acts> writers{3};  // the hub, two stores
  std::string broken;

  explicit Run(std::uint64_t seed) : random(seed) {
    std::int64_t now = 1'000;
    for (std::uint64_t n = 10; n < 22; ++n) {
      const std::size_t writer = random() % 3;
      const std::size_t custody_kinds = order_kinds.size() - commercial_kinds - 1;  // nobody asks for an order that is there
      const std::size_t kinds = writer == 0 ? commercial_kinds : custody_kinds;
      const auto variants = order_variants(random() % kinds + (writer == 0 ? 0 : commercial_kinds), writer == 2 ? 1 : 0);
      now += static_cast<std::int64_t>(random() % 40);
      writers[writer].push_back({variants[random() % variants.size()], n, {now}});
    }
  }

  Order play() {
    std::optional<Order> order = placed_order();
    std::vector<std::size_t> at(3, 0);
    std::int64_t paid = order->paid_minor;
    std::map<std::int64_t, OrderTally> said;
    while (true) {
      std::vector<std::size_t> ready;
      for (std::size_t w = 0; w < 3; ++w) {
        if (at[w] < writers[w].size()) ready.push_back(w);
      }
      if (ready.empty()) break;
      const std::size_t w = ready[random() % ready.size()];
      const OrderAct& act = writers[w][at[w]++];
      const Order before = *order;
      const bool taken = tell(order, act);
      if (!taken && *order != before) broken = "a refusal changes nothing";
      if (!taken && act.operation.index() != 2) broken = "nothing but a refund is refused";
      if (const auto* pay = std::get_if<OrderPay>(&act.operation)) paid += pay->minor;
      count(said, act.operation);
      if (order->refunded_minor > order->paid_minor) broken = "refunds never exceed what was paid";
    }
    if (order->paid_minor != paid) broken = "money that was taken is counted";
    judge(*order, said);
    return *order;
  }

  static void count(std::map<std::int64_t, OrderTally>& said, const OrderOperation& operation) {
    if (const auto* picked = std::get_if<OrderPicked>(&operation)) {
      said[picked->line].picked += picked->units;
      said[picked->line].missing += picked->missing;
    } else if (const auto* over = std::get_if<OrderHandOver>(&operation)) {
      for (const LineUnits& one : over->lines) said[one.line].handed += one.units;
    } else if (const auto* refuse = std::get_if<OrderRefuse>(&operation)) {
      for (const LineUnits& one : refuse->lines) said[one.line].refused += one.units;
    } else if (const auto* back = std::get_if<OrderReturn>(&operation)) {
      for (const LineUnits& one : back->lines) said[one.line].returned += one.units;
    } else if (const auto* restock = std::get_if<OrderRestock>(&operation)) {
      for (const LineUnits& one : restock->lines) {
        (restock->written_off ? said[one.line].written_off : said[one.line].restocked) += one.units;
      }
    }
  }

  void judge(const Order& order, const std::map<std::int64_t, OrderTally>& said) {
    for (const OrderLine& line : order.lines) {
      const auto found = said.find(line.number);
      const OrderTally tally = found == said.end() ? OrderTally{} : found->second;
      if (line.tally != tally) broken = "no custody fact is lost";
      const UnitOracle oracle = UnitOracle::of(line.ordered, tally);
      if (places_of(line).customer != oracle.count(UnitOracle::customer)) broken = "units are those of the oracle";
      if (places_of(line).waiting != oracle.count(UnitOracle::waiting)) broken = "units are those of the oracle";
    }
    const auto open = exceptions_of(order);
    for (const std::string_view one : open) {
      if (std::ranges::count(open, one) != 1) broken = "an exception is told once";
    }
    bool handed = false;
    for (const auto& [line, tally] : said) handed = handed || tally.handed > 0;
    const bool told = std::ranges::find(open, "handed_over_after_cancel") != open.end();
    if (told != (handed && order.cancelled.has_value())) broken = "cancelled and handed over is an exception";
    if (refund_due(order) < 0 || refund_due(order) > order.paid_minor - order.refunded_minor)
      broken = "no more is due than was paid";
    if (balance_due(order) < 0) broken = "nobody owes less than nothing";
  }
};

}  // namespace

TEST_CASE("random runs of the hub and two stores keep the laws of orders, and every order of delivery ends the same") {
  const std::uint64_t seed = first_seed();
  MESSAGE("VITRINE_SEED=", seed);
  std::size_t plays = 0;
  for (std::uint64_t run = 0; run < 2'000; ++run) {
    Run one(seed + run);
    const Order first = one.play();
    for (int again = 0; again < 3; ++again, ++plays) {
      if (one.play() != first) one.broken = "every order of delivery ends the same";
    }
    if (!one.broken.empty()) FAIL_CHECK(one.broken, ": seed ", seed + run);
  }
  CHECK(plays == 6'000);
}
