// SPDX-License-Identifier: Apache-2.0
// Every pair of kinds of operations on one stock, made at the same time and applied in either order: what becomes of it stands in
// the pair table of sync/rules/README.md, and here as a law over all small cases.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <functional>

#include "tests/sync/rules/stock_world.hpp"

using namespace vitrine;
using namespace vitrine::sync;
using namespace vitrine::sync::rules;
using namespace vitrine::sync::rules::test;

namespace {

const UtcMs noon{1'000 * hour_ms};
const RightId right_one{hex_of(0x71)};
const RightId right_two{hex_of(0x72)};
const ReservationId by_store{hex_of(0x91)};  // pending at the start, where there is a right
const ReservationId by_web{hex_of(0x92)};    // pending at the start
const ReservationId fresh_one{hex_of(0x93)};
const ReservationId fresh_two{hex_of(0x94)};

enum Kind : std::size_t { move, count, post, reserve, release, lend, settle };

struct Start {
  std::int64_t on_hand = 0;
  std::int64_t lent = 0;
};

Shelf shelf_at(const Start& start) {
  Shelf shelf;
  shelf.import(start.on_hand, noon.plus(-hour_ms), noon);
  shelf.apply({StockReserve{by_web, 1, noon.plus(hour_ms), "order/1", std::nullopt}, hub_itself, noon, 1});
  if (start.lent > 0) {
    shelf.apply({StockLend{right_one, start.lent, noon.plus(2 * hour_ms)}, hub_itself, noon, 2});
    shelf.apply({StockReserve{by_store, 1, noon.plus(hour_ms), "cart/1", right_one}, life_one, noon, 3});
  }
  shelf.apply({StockCount{start.on_hand + 1, 0}, life_one, noon.plus(-1), 4});
  return shelf;
}

// Every small operation of one kind that somebody may make. `who` tells two people apart.
std::vector<Deed> variants(Kind kind, int who) {
  std::vector<Deed> out;
  const auto add = [&](StockOperation operation, const IncarnationId& life) {
    out.push_back({std::move(operation), life, noon, 100 + static_cast<std::uint64_t>(who)});
  };
  switch (kind) {
    case move:
      for (const std::int64_t units : {-3, -1, 2}) add(StockMove{units, MoveReason::sale, "t"}, life_one);
      break;
    case count:
      add(StockCount{2 + who, 0}, life_one);
      add(StockCount{4, -1 - who}, life_one);
      break;
    case post:
      for (const ReservationId& id : {by_store, by_web, fresh_one})
        for (const std::int64_t units : {1, 2}) add(StockPost{id, units, MoveReason::hand_over, "o"}, life_one);
      break;
    case reserve:
      for (const std::int64_t units : {1, 2}) {
        const ReservationId id = who == 0 ? fresh_one : fresh_two;
        add(StockReserve{id, units, noon.plus(hour_ms), "c", right_one}, life_one);
        add(StockReserve{id, units, noon.plus(hour_ms), "o", std::nullopt}, hub_itself);
      }
      add(StockReserve{fresh_one, 1, noon.plus(hour_ms), "c", right_one}, life_one);
      break;
    case release:
      for (const ReservationId& id : {by_store, by_web}) add(StockRelease{id}, life_one);
      add(StockRelease{by_web}, hub_itself);
      break;
    case lend:
      for (const std::int64_t units : {1, 2, 3}) add(StockLend{right_one, units, noon.plus((3 + who) * hour_ms)}, hub_itself);
      add(StockLend{right_two, 1 + who, noon.plus(hour_ms)}, hub_itself);
      break;
    default:
      add(StockSettle{{hex_of(4) + ".0"}}, life_one);
      add(StockSettle{{hex_of(100) + ".0", hex_of(101) + ".0"}}, life_one);
  }
  return out;
}

// The two acts by themselves, and the shelves that each order of them makes.
struct Case {
  Shelf before;
  Deed a;
  Deed b;
  Shelf ab;
  Shelf ba;
  bool a_first = true;  // whether it was not refused, coming first
  bool b_first = true;
  bool a_after_b = true;
  bool b_after_a = true;

  [[nodiscard]] const Stock& after_ab() const { return *ab.stock; }
  [[nodiscard]] const Stock& after_ba() const { return *ba.stock; }
};

Case run(const Shelf& before, const Deed& a, const Deed& b) {
  Case c{before, a, b, before, before};
  c.a_first = c.ab.apply(a).empty();
  c.b_after_a = c.ab.apply(b).empty();
  c.b_first = c.ba.apply(b).empty();
  c.a_after_b = c.ba.apply(a).empty();
  return c;
}

// How far an act moves the figure.
std::int64_t units_of(const Deed& deed) {
  if (const auto* one = std::get_if<StockMove>(&deed.operation)) return one->units;
  if (const auto* one = std::get_if<StockPost>(&deed.operation)) return -one->units;
  return 0;
}
std::int64_t figure_of(const Deed& deed) {
  const auto& one = std::get<StockCount>(deed.operation);
  return one.counted + one.moved;
}
const ReservationId& of_post(const Deed& deed) { return std::get<StockPost>(deed.operation).reservation; }
const ReservationId& of_release(const Deed& deed) { return std::get<StockRelease>(deed.operation).reservation; }
const StockReserve& of_reserve(const Deed& deed) { return std::get<StockReserve>(deed.operation); }

std::int64_t sum(const Case& c) { return c.before.on_hand() + units_of(c.a) + units_of(c.b); }
bool both_sum(const Case& c) { return c.ab.on_hand() == sum(c) && c.ba.on_hand() == sum(c); }
bool same_figure(const Case& c) { return c.ab.on_hand() == c.ba.on_hand(); }
bool same_promises(const Case& c) { return c.ab.promised() == c.ba.promised() && c.ab.drawn() == c.ba.drawn(); }
bool over(const Case& c, const ReservationId& id) {
  return !c.ab.pending(id) && !c.ba.pending(id) && c.ab.ends(id) <= 1 && c.ba.ends(id) <= 1;
}
bool settled(const Case& c) {
  const auto& named = std::get<StockSettle>(c.b.operation).discrepancies;
  const auto old = [&](const Shelf& shelf) {
    return std::ranges::any_of(shelf.stock->discrepancies, [&](const StockDiscrepancy& one) {
      return one.id == hex_of(4) + ".0" && std::ranges::find(named, one.id) != named.end();
    });
  };
  return !old(c.ab) && !old(c.ba);
}
// Never more promised of a right than it has; nor, where nothing left the shelf meanwhile, all in all than lies there.
bool fits(const Case& c) {
  return std::ranges::all_of(std::array{&c.ab, &c.ba}, [&](const Shelf* shelf) {
    const std::int64_t right = shelf->stock->lent ? shelf->stock->lent->units : 0;
    return shelf->drawn() <= right &&
           (shelf->on_hand() < c.before.on_hand() || shelf->promised() + right - shelf->drawn() <= shelf->on_hand());
  });
}
bool same_by_right(const Case& c, const StockReserve& one) {
  return !one.right || c.ab.pending(one.reservation) == c.ba.pending(one.reservation);
}

struct Pair {
  const char* names;
  Kind a;
  Kind b;
  // Whether the pair's law holds.
  std::function<bool(const Case&)> law;
};

const std::array pairs = {
    Pair{"stock.move × stock.move", move, move, both_sum},
    Pair{"stock.move × stock.count", move, count,
         [](const Case& c) { return c.ab.on_hand() == figure_of(c.b) && c.ba.on_hand() == figure_of(c.b) + units_of(c.a); }},
    Pair{"stock.move × stock.post", move, post, [](const Case& c) { return both_sum(c) && over(c, of_post(c.b)); }},
    Pair{"stock.move × stock.reserve", move, reserve,
         [](const Case& c) { return both_sum(c) && same_by_right(c, of_reserve(c.b)); }},
    Pair{"stock.move × stock.release", move, release, [](const Case& c) { return both_sum(c) && same_promises(c); }},
    Pair{"stock.move × stock.lend", move, lend,
         [](const Case& c) { return both_sum(c) && c.ab.promised() == c.ba.promised() && c.ab.drawn() == c.ba.drawn(); }},
    Pair{"stock.move × stock.settle", move, settle, [](const Case& c) { return both_sum(c) && settled(c); }},
    Pair{"stock.count × stock.count", count, count,
         [](const Case& c) { return c.ab.on_hand() == figure_of(c.b) && c.ba.on_hand() == figure_of(c.a); }},
    Pair{"stock.count × stock.post", count, post,
         [](const Case& c) {
           return c.ab.on_hand() == figure_of(c.a) + units_of(c.b) && c.ba.on_hand() == figure_of(c.a) && over(c, of_post(c.b));
         }},
    Pair{"stock.count × stock.reserve", count, reserve,
         [](const Case& c) { return same_figure(c) && c.ab.on_hand() == figure_of(c.a) && same_by_right(c, of_reserve(c.b)); }},
    Pair{"stock.count × stock.release", count, release, [](const Case& c) { return same_figure(c) && same_promises(c); }},
    Pair{"stock.count × stock.lend", count, lend,
         [](const Case& c) {
           return c.ab.on_hand() == figure_of(c.a) && c.ba.on_hand() == figure_of(c.a) && c.ab.drawn() == c.ba.drawn();
         }},
    Pair{"stock.count × stock.settle", count, settle, [](const Case& c) { return same_figure(c) && settled(c); }},
    Pair{"stock.post × stock.post", post, post,
         [](const Case& c) { return both_sum(c) && over(c, of_post(c.a)) && over(c, of_post(c.b)); }},
    Pair{"stock.post × stock.reserve", post, reserve,
         [](const Case& c) {
           const bool same = of_post(c.a) == of_reserve(c.b).reservation;
           return both_sum(c) && (!same || over(c, of_post(c.a))) && same_by_right(c, of_reserve(c.b));
         }},
    Pair{"stock.post × stock.release", post, release,
         [](const Case& c) { return both_sum(c) && over(c, of_post(c.a)) && !c.ab.pending(of_release(c.b)); }},
    Pair{"stock.post × stock.lend", post, lend, [](const Case& c) { return both_sum(c) && over(c, of_post(c.a)) && fits(c); }},
    Pair{"stock.post × stock.settle", post, settle, [](const Case& c) { return both_sum(c) && settled(c); }},
    Pair{"stock.reserve × stock.reserve", reserve, reserve,
         [](const Case& c) { return same_figure(c) && fits(c) && (c.a_first || c.b_first || c.before.stock == c.ab.stock); }},
    Pair{"stock.reserve × stock.release", reserve, release,
         [](const Case& c) {
           return same_figure(c) && fits(c) && !c.ab.pending(of_release(c.b)) && !c.ba.pending(of_release(c.b)) &&
                  (!c.a_first || c.a_after_b);
         }},
    Pair{"stock.reserve × stock.lend", reserve, lend,
         [](const Case& c) { return same_figure(c) && fits(c) && (!of_reserve(c.a).right || !c.a_first || c.a_after_b); }},
    Pair{"stock.reserve × stock.settle", reserve, settle,
         [](const Case& c) { return same_promises(c) && c.a_first == c.a_after_b && settled(c); }},
    Pair{"stock.release × stock.release", release, release,
         [](const Case& c) { return same_promises(c) && over(c, of_release(c.a)) && over(c, of_release(c.b)); }},
    Pair{"stock.release × stock.lend", release, lend,
         [](const Case& c) { return over(c, of_release(c.a)) && fits(c) && (!c.b_first || c.b_after_a); }},
    Pair{"stock.release × stock.settle", release, settle, [](const Case& c) { return same_promises(c) && settled(c); }},
    Pair{"stock.lend × stock.lend", lend, lend,
         [](const Case& c) { return fits(c) && (!c.before.stock->lent || c.after_ab().lent->id == right_one); }},
    Pair{"stock.lend × stock.settle", lend, settle,
         [](const Case& c) { return c.after_ab().lent == c.after_ba().lent && settled(c); }},
    Pair{"stock.settle × stock.settle", settle, settle,
         [](const Case& c) { return c.after_ab().discrepancies == c.after_ba().discrepancies && settled(c); }},
};

}  // namespace

TEST_CASE("Every pair of operations on stock, in either order, ends as the table says") {
  int cases = 0;
  for (const Pair& pair : pairs) {
    int effects = 0;
    for (const Start start : {Start{2, 0}, Start{3, 0}, Start{3, 2}, Start{6, 3}}) {
      const Shelf before = shelf_at(start);
      for (const Deed& a : variants(pair.a, 0)) {
        for (const Deed& b : variants(pair.b, 1)) {
          const Case c = run(before, a, b);
          effects += c.ab.stock != before.stock || c.ba.stock != before.stock ? 1 : 0;
          ++cases;
          REQUIRE_MESSAGE(pair.law(c), pair.names << ": on hand " << start.on_hand << ", lent " << start.lent << ", a "
                                                  << c.a.operation.index() << " b " << c.b.operation.index() << ", ab "
                                                  << c.ab.on_hand() << "/" << c.ab.promised() << "/" << c.ab.drawn() << ", ba "
                                                  << c.ba.on_hand() << "/" << c.ba.promised() << "/" << c.ba.drawn());
        }
      }
    }
    CHECK_MESSAGE(effects > 0, pair.names);
  }
  CHECK(pairs.size() == 28);
  MESSAGE(cases << " cases");
}
