// SPDX-License-Identifier: Apache-2.0
// All small cases: every sequence of acts of two people, each with a screen of their own that may be old, against an oracle that
// counts single units.
#include <doctest/doctest.h>

#include <algorithm>

#include "sync/rules/cart_parts.hpp"
#include "tests/sync/rules/cart_world.hpp"

using namespace vitrine;
using namespace vitrine::sync;
using namespace vitrine::sync::rules;
using namespace vitrine::sync::rules::test;

namespace {

const std::string sku = "84029E";

// Per person: look (the screen shows the cart as it is now), add 2, take 1, take 2, remove. Screens do not change by themselves.
enum Step { look, add_two, take_one, take_two, remove_all, steps_per_person };
constexpr int people = 2;

struct Run {
  Hub hub;
  Oracle oracle;
  std::vector<DotId> screen[people];
  std::uint64_t next_transaction = 100;
  std::string broken;  // the first law that does not hold

  void check(bool holds, const char* law) {
    if (!holds && broken.empty()) broken = law;
  }

  void start() {
    perform({CartAdd{Sku{sku}, 3, "phone", {}, {}}, TransactionId{hex_id(1)}});
    for (auto& s : screen) s = shown_dots(hub.cart, sku);
  }

  void perform(const Act& act) {
    const auto before = left_by_dot(hub.cart);
    const bool applied = hub.apply(act).has_value();
    check(applied, "no act of this alphabet is refused");
    if (const auto* add = std::get_if<CartAdd>(&act.operation)) {
      oracle.add(dot_of(act).text, sku, add->units, hub.lineage.now);
    } else if (const auto* decrease = std::get_if<CartDecrease>(&act.operation)) {
      oracle.take(sku, decrease->shown, decrease->units, {});
      check_only_named(before, decrease->shown);
    } else if (const auto* remove = std::get_if<CartRemove>(&act.operation)) {
      oracle.take(sku, remove->shown, -1, {});
      check_only_named(before, remove->shown);
      for (const DotId& id : remove->shown) check(left_by_dot(hub.cart)[id.text] == 0, "remove takes all that was shown");
    }
    auto after = left_by_dot(hub.cart);
    for (const auto& [dot, left] : before) check(after[dot] <= left, "what is taken stays taken");
    check(after == oracle.left(), "units are those of the oracle");
    check(hub.units(sku) >= 0 && hub.units(sku) <= cart_quantity_max, "0 <= quantity <= cap");
    check_repeat(act);
  }

  void check_only_named(const std::map<std::string, std::int64_t>& before, const std::vector<DotId>& shown) {
    auto after = left_by_dot(hub.cart);
    for (const auto& [dot, left] : before) {
      const bool named = std::ranges::any_of(shown, [&](const DotId& id) { return id.text == dot; });
      check(named || after[dot] == left, "an add that nobody saw survives");
    }
  }

  // An add or a removal once more, under its own transaction.
  void check_repeat(const Act& act) {
    if (std::holds_alternative<CartDecrease>(act.operation)) return;
    Hub again = hub;
    check(again.apply(act).has_value() && again.cart == hub.cart, "adds and removals are idempotent");
  }

  void step(int person, Step step) {
    const TransactionId tx{hex_id(next_transaction++)};
    const std::string actor = person == 0 ? "phone" : "kiosk-1";
    if (step == look) screen[person] = shown_dots(hub.cart, sku);
    if (step == add_two) perform({CartAdd{Sku{sku}, 2, "phone", {}, {}}, tx, actor});
    if (step == take_one) perform({CartDecrease{sku, screen[person], 1, {}}, tx, actor});
    if (step == take_two) perform({CartDecrease{sku, screen[person], 2, {}}, tx, actor});
    if (step == remove_all) perform({CartRemove{sku, screen[person], {}}, tx, actor});
  }
};

// Calls `visit` for every sequence of `length` numbers below `alphabet`.
template <class Visit>
void every_sequence(int alphabet, int length, Visit visit) {
  std::vector<int> sequence(static_cast<std::size_t>(length), 0);
  while (true) {
    visit(sequence);
    std::size_t place = 0;
    while (place < sequence.size() && ++sequence[place] == alphabet) sequence[place++] = 0;
    if (place == sequence.size()) return;
  }
}

std::string words(const std::vector<int>& sequence) {
  std::string text;
  for (const int step : sequence) text += " " + std::to_string(step);
  return text;
}

}  // namespace

TEST_CASE("every sequence of up to four acts of two people keeps the laws") {
  int sequences = 0;
  for (int length = 1; length <= 4; ++length) {
    every_sequence(people * steps_per_person, length, [&](const std::vector<int>& sequence) {
      Run run;
      run.start();
      for (const int s : sequence) run.step(s / steps_per_person, static_cast<Step>(s % steps_per_person));
      ++sequences;
      if (!run.broken.empty()) FAIL_CHECK(run.broken, ":", words(sequence));
    });
  }
  CHECK(sequences == 11110);
}

TEST_CASE("no two concurrent takings leave more than the least of them, in either order") {
  for (std::int64_t n = 1; n <= 5; ++n) {
    for (std::int64_t a = 1; a <= 6; ++a) {
      for (std::int64_t b = 1; b <= 6; ++b) {
        Hub hub;
        hub.apply({CartAdd{Sku{sku}, n, "phone", {}, {}}, TransactionId{hex_id(1)}});
        const auto shown = shown_dots(hub.cart, sku);
        const auto take_as = [&](std::uint64_t tx, std::int64_t units) -> Act {
          const TransactionId id{hex_id(tx)};
          if (units == 6) return {CartRemove{sku, shown, {}}, id};
          return {CartDecrease{sku, shown, units, {}}, id};
        };
        Hub other = hub;
        hub.apply(take_as(2, a));
        hub.apply(take_as(3, b));
        other.apply(take_as(3, b));
        other.apply(take_as(2, a));
        const std::int64_t least = std::min(std::max<std::int64_t>(n - a, 0), std::max<std::int64_t>(n - b, 0));
        CHECK(hub.units(sku) <= least);
        CHECK(hub.units(sku) == std::max<std::int64_t>(n - std::min(a, n) - std::min(b, n), 0));
        CHECK(other.units(sku) == hub.units(sku));
      }
    }
  }
}

TEST_CASE("adds and removals that do not know of each other end the same in every order") {
  std::vector<Act> acts = {{CartAdd{Sku{sku}, 2, "phone", {}, {}}, TransactionId{hex_id(11)}},
                           {CartAdd{Sku{"b"}, 1, "phone", {}, {}}, TransactionId{hex_id(12)}},
                           {CartRemove{sku, {DotId{hex_id(1) + ".0"}}, {}}, TransactionId{hex_id(13)}},
                           {CartRemove{sku, {DotId{hex_id(1) + ".0"}, DotId{hex_id(2) + ".0"}}, {}}, TransactionId{hex_id(14)}}};
  std::vector<std::size_t> order = {0, 1, 2, 3};
  int orders = 0;
  do {
    Hub hub;
    hub.apply({CartAdd{Sku{sku}, 3, "phone", {}, {}}, TransactionId{hex_id(1)}});
    hub.apply({CartAdd{Sku{sku}, 1, "phone", {}, {}}, TransactionId{hex_id(2)}});
    for (const std::size_t i : order) hub.apply(acts[i]);
    CHECK(left_by_dot(hub.cart) ==
          std::map<std::string, std::int64_t>{
              {hex_id(1) + ".0", 0}, {hex_id(2) + ".0", 0}, {hex_id(11) + ".0", 2}, {hex_id(12) + ".0", 1}});
    ++orders;
  } while (std::ranges::next_permutation(order).found);
  CHECK(orders == 24);
}

// The hub was restored: it holds `held` units, the pass of the lost part says `in_pass`. The kiosk, which knows the line from
// the pass only, resumes, takes and removes; the phone, which sees the real cart, adds and takes.
TEST_CASE("every sequence of four acts around a restored hub and a pass of the lost part keeps the laws") {
  enum PassStep { resume_pass, kiosk_takes_one, kiosk_removes, phone_adds, phone_takes_one, pass_steps };
  const PassReference pass{PassId{hex_id(0xaa)}, {1, 9}};
  int sequences = 0;
  for (std::int64_t held = 0; held <= 3; ++held) {
    for (std::int64_t in_pass = 1; in_pass <= 3; ++in_pass) {
      every_sequence(pass_steps, 4, [&](const std::vector<int>& sequence) {
        ++sequences;
        Hub hub;
        std::string broken;
        const auto check = [&](bool holds, const char* law) {
          if (!holds && broken.empty()) broken = law;
        };
        hub.apply({CartAdd{Sku{"other"}, 1, "phone", {}, {}}, TransactionId{hex_id(1)}});
        if (held > 0) hub.apply({CartAdd{Sku{sku}, held, "phone", {}, {}}, TransactionId{hex_id(2)}});
        hub.era = 2;
        std::uint64_t tx = 100;
        bool resumed = false;
        std::int64_t added_later = 0;  // by the phone, left
        std::vector<std::string> phone_dots;
        for (const int step : sequence) {
          const TransactionId id{hex_id(tx++)};
          const std::int64_t before = hub.units(sku);
          if (step == resume_pass) {
            hub.apply({CartResume{pass, {{Sku{sku}, in_pass}}, {}, ""}, id});
            const bool taken_unseen = is_dead(*hub.cart, pass_dot(pass.pass, 0));
            if (resumed) check(hub.units(sku) == before, "resuming twice changes nothing");
            if (!resumed && !taken_unseen) check(hub.units(sku) == std::max(before, in_pass), "the larger of the two");
            if (!resumed) check(hub.units(sku) == before || hub.units(sku) == in_pass, "never more than the larger");
            resumed = true;
          } else if (step == kiosk_takes_one || step == kiosk_removes) {
            const std::vector<DotId> shown = {pass_dot(pass.pass, 0)};
            if (step == kiosk_removes) {
              hub.apply({CartRemove{sku, shown, pass}, id});
              check(hub.units(sku) == added_later, "all that the pass stood for is taken, and nothing that came later");
            } else {
              hub.apply({CartDecrease{sku, shown, 1, pass}, id});
              check(hub.units(sku) == std::max(before - 1, added_later), "one that the pass stood for is taken");
            }
          } else if (step == phone_adds) {
            hub.apply({CartAdd{Sku{sku}, 1, "phone", {}, {}}, id});
            ++added_later;
            phone_dots.push_back(id.text + ".0");
            check(hub.units(sku) == before + 1, "an add adds");
          } else {
            hub.apply({CartDecrease{sku, shown_dots(hub.cart, sku), 1, {}}, id});
            if (before > 0) check(hub.units(sku) == before - 1, "a taking takes");
            auto left = left_by_dot(hub.cart);
            added_later = 0;
            for (const std::string& dot : phone_dots) added_later += left[dot];
          }
          check(hub.units("other") == 1, "a line that the pass does not have stays");
        }
        if (!broken.empty()) FAIL_CHECK(broken, ": held ", held, ", in the pass ", in_pass, ":", words(sequence));
      });
    }
  }
  CHECK(sequences == 12 * 625);
}
