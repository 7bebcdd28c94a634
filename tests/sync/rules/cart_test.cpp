// SPDX-License-Identifier: Apache-2.0
// The rules of a cart by example: one case a sentence of sync/rules/README.md.
#include <doctest/doctest.h>

#include "sync/rules/cart_parts.hpp"
#include "tests/sync/rules/cart_world.hpp"

using namespace vitrine;
using namespace vitrine::sync;
using namespace vitrine::sync::rules;
using namespace vitrine::sync::rules::test;

namespace {

const std::string candle = "84029E";
const std::string clock_sku = "22193";

Act add(std::uint64_t tx, const std::string& sku, std::int64_t n) {
  return {CartAdd{Sku{sku}, n, "phone", StoreId{"harbour-street"}, std::nullopt}, TransactionId{hex_id(tx)}};
}
Act decrease(std::uint64_t tx, const std::string& sku, std::vector<DotId> shown, std::int64_t n,
             std::optional<PassReference> pass = {}) {
  return {CartDecrease{sku, std::move(shown), n, std::move(pass)}, TransactionId{hex_id(tx)}, "kiosk-1"};
}
Act remove(std::uint64_t tx, const std::string& sku, std::vector<DotId> shown, std::optional<PassReference> pass = {}) {
  return {CartRemove{sku, std::move(shown), std::move(pass)}, TransactionId{hex_id(tx)}, "kiosk-1"};
}
Act resume(std::uint64_t tx, const PassReference& pass, std::vector<PassLine> lines) {
  return {CartResume{pass, std::move(lines), {5000}, "text"}, TransactionId{hex_id(tx)}, "kiosk-1"};
}
std::string reason(const Verdict<Cart>& verdict) { return verdict ? "" : verdict.error().reason; }

}  // namespace

TEST_CASE("an add creates the cart, with a stamp and a life of 30 days") {
  Hub hub;
  REQUIRE(hub.apply(add(1, candle, 3)));
  const Cart& cart = *hub.cart;
  CHECK(cart.id == the_cart);
  CHECK(cart.channel == "phone");
  CHECK(cart.store == StoreId{"harbour-street"});
  CHECK(cart.created_at == hub.now);
  CHECK(cart.changed_at == hub.now);
  CHECK(cart.changed_by == "phone");
  CHECK(cart.expires_at == hub.now.plus(cart_life_ms));
  REQUIRE(cart.lines.size() == 1);
  CHECK(cart.lines[0].dots == std::vector<Dot>{Dot{DotId{hex_id(1) + ".0"}, 3, 0, {1, 1}}});
}

TEST_CASE("an action that comes late takes no time away from the cart") {
  Hub hub;
  hub.apply(add(1, candle, 3));
  const UtcMs expires = hub.cart->expires_at;
  hub.now = hub.now.plus(-20LL * 24 * 3'600'000);
  REQUIRE(hub.apply(add(2, candle, 1)));
  CHECK(hub.cart->expires_at == expires);
}

TEST_CASE("two people who each take one of three leave one") {
  Hub hub;
  hub.apply(add(1, candle, 3));
  const auto shown = shown_dots(hub.cart, candle);
  hub.apply(decrease(2, candle, shown, 1));
  hub.apply(decrease(3, candle, shown, 1));
  CHECK(hub.units(candle) == 1);
}

TEST_CASE("two people who each set three to five leave seven") {
  Hub hub;
  hub.apply(add(1, candle, 3));
  hub.apply(add(2, candle, 2));
  hub.apply(add(3, candle, 2));
  CHECK(hub.units(candle) == 7);
}

TEST_CASE("an add that the remover did not see survives, and what was removed does not come back") {
  Hub hub;
  hub.apply(add(1, candle, 3));
  const auto shown = shown_dots(hub.cart, candle);
  hub.apply(add(2, candle, 2));
  hub.apply(remove(3, candle, shown));
  CHECK(hub.units(candle) == 2);
  const Cart before = *hub.cart;
  hub.apply(add(1, candle, 3));  // the same add again
  hub.apply(remove(3, candle, shown));
  CHECK(*hub.cart == before);
}

TEST_CASE("taking goes oldest first, over several dots, and stops at nothing") {
  Hub hub;
  hub.apply(add(1, candle, 2));
  hub.apply(add(2, candle, 2));
  const auto shown = shown_dots(hub.cart, candle);
  hub.apply(decrease(3, candle, shown, 3));
  CHECK(left_by_dot(hub.cart) == std::map<std::string, std::int64_t>{{hex_id(1) + ".0", 0}, {hex_id(2) + ".0", 1}});
  hub.apply(decrease(4, candle, shown, 9));
  CHECK(hub.units(candle) == 0);
}

TEST_CASE("taking from one line never touches another, whatever dots it names") {
  Hub hub;
  hub.apply(add(1, candle, 2));
  hub.apply(add(2, clock_sku, 2));
  hub.apply(remove(3, candle, shown_dots(hub.cart, clock_sku)));
  CHECK(hub.units(candle) == 2);
  CHECK(hub.units(clock_sku) == 2);
  CHECK(hub.cart->dead.empty());
}

TEST_CASE("an id that is taken from before it is added is dead, until the kept age has passed") {
  Hub hub;
  hub.apply(add(1, candle, 1));
  const Act late = add(7, clock_sku, 2);
  SUBCASE("removed") { hub.apply(remove(2, clock_sku, {dot_of(late)})); }
  SUBCASE("decreased") { hub.apply(decrease(2, clock_sku, {dot_of(late)}, 1)); }
  REQUIRE(hub.cart->dead.size() == 1);
  const Cart before = *hub.cart;
  REQUIRE(hub.apply(late));
  CHECK(*hub.cart == before);
  hub.now = hub.now.plus(dead_dot_life_ms - 1);
  hub.apply(add(3, candle, 1));
  CHECK(hub.cart->dead.size() == 1);
  hub.now = hub.now.plus(1);
  hub.apply(add(4, candle, 1));
  CHECK(hub.cart->dead.empty());
}

TEST_CASE("caps: what fits is added, what does not is refused, and nothing else changes") {
  Hub hub;
  hub.apply(add(1, candle, cart_quantity_max - 1));
  REQUIRE(hub.apply(add(2, candle, 5)));
  CHECK(hub.units(candle) == cart_quantity_max);
  const Cart before = *hub.cart;
  CHECK(reason(hub.apply(add(3, candle, 1))) == "quantity_max");
  CHECK(reason(hub.apply(add(4, candle, 0))) == "quantity_invalid");
  CHECK(*hub.cart == before);
}

TEST_CASE("caps: the line after the last is refused, and fits once a line is empty") {
  Hub hub;
  for (std::uint64_t i = 0; i < cart_lines_max; ++i) REQUIRE(hub.apply(add(i + 1, "S" + std::to_string(i), 1)));
  CHECK(reason(hub.apply(add(1000, "one-more", 1))) == "cart_full");
  CHECK(hub.apply(add(1001, "S7", 1)));
  hub.apply(remove(1002, "S7", shown_dots(hub.cart, "S7")));
  CHECK(hub.apply(add(1003, "one-more", 1)));
  CHECK(reason(hub.apply(add(1004, "S7", 1))) == "cart_full");
}

TEST_CASE("caps: spent dots make room, and stay spent") {
  Hub hub;
  const std::uint64_t dots = cart_dots_max;
  hub.apply(add(1, candle, 1));
  for (std::uint64_t i = 1; i < dots; ++i) hub.cart->lines[0].dots.push_back({DotId{hex_id(i + 1) + ".0"}, 1, 0, {1, 1}});
  hub.cart->lines[0].dots.pop_back();
  for (Dot& dot : hub.cart->lines[0].dots) dot.taken = dot.units;
  REQUIRE(hub.apply(add(dots, candle, 1)));
  CHECK(dot_count(*hub.cart) == cart_dots_max);
  REQUIRE(hub.apply(add(dots + 1, candle, 1)));
  CHECK(dot_count(*hub.cart) == 2);
  const Cart before = *hub.cart;
  hub.apply(add(1, candle, 1));
  CHECK(*hub.cart == before);
}

TEST_CASE("caps: a cart full of living dots takes no more") {
  Hub hub;
  for (std::uint64_t i = 0; i < cart_dots_max; ++i) REQUIRE(hub.apply(add(i + 1, "S" + std::to_string(i % 100), 1)));
  CHECK(reason(hub.apply(add(9999, "S1", 1))) == "cart_full");
}

TEST_CASE("caps: dead ids are bounded, and the oldest go") {
  Hub hub;
  hub.apply(add(1, candle, 1));
  for (std::uint64_t i = 0; i < cart_dead_max - 2; ++i) hub.cart->dead.push_back({DotId{hex_id(900'000 + i) + ".0"}, hub.now});
  for (std::uint64_t i = cart_dead_max - 2; i < cart_dead_max + 10; ++i) {
    hub.now = hub.now.plus(1);
    hub.apply(remove(50'000 + i, candle, {DotId{hex_id(900'000 + i) + ".0"}}));
  }
  CHECK(hub.cart->dead.size() == cart_dead_max);
  CHECK(is_dead(*hub.cart, DotId{hex_id(900'000 + cart_dead_max + 9) + ".0"}));
  CHECK_FALSE(is_dead(*hub.cart, DotId{hex_id(900'000) + ".0"}));
}

TEST_CASE("taking from a cart that nobody holds is refused, unless a pass may still make it") {
  Hub hub;
  const PassReference pass{PassId{hex_id(0xaa)}, {1, 5}};
  CHECK(reason(hub.apply(decrease(1, candle, {}, 1))) == "cart_unknown");
  CHECK(reason(hub.apply(remove(2, candle, {}))) == "cart_unknown");
  CHECK_FALSE(hub.cart.has_value());
  Hub other;
  other.era = 2;
  REQUIRE(other.apply(remove(3, candle, {pass_dot(pass.pass, 0)}, pass)));
  REQUIRE(other.apply(resume(4, pass, {{Sku{candle}, 3}, {Sku{clock_sku}, 1}})));
  CHECK(other.units(candle) == 0);
  CHECK(other.units(clock_sku) == 1);
  Hub forgotten;  // held once, and forgotten at its expires_at
  forgotten.lineage.now = {1, 9};
  CHECK(reason(forgotten.apply(remove(5, candle, {pass_dot(pass.pass, 0)}, pass))) == "cart_unknown");
}

TEST_CASE("resume: a pass that the hub has seen changes nothing, stamps included") {
  Hub hub;
  hub.apply(add(1, candle, 3));
  const PassReference pass{PassId{hex_id(0xaa)}, hub.lineage.now};
  const auto lines = hub.pass_lines();
  hub.apply(add(2, clock_sku, 1));
  hub.apply(remove(3, candle, shown_dots(hub.cart, candle)));
  const Cart before = *hub.cart;
  hub.now = hub.now.plus(60'000);
  REQUIRE(hub.apply(resume(4, pass, lines)));
  CHECK(*hub.cart == before);
}

TEST_CASE("resume: an unknown cart is made from the pass once, however often and wherever it is shown") {
  Hub hub;
  hub.era = 2;
  const PassReference pass{PassId{hex_id(0xaa)}, {1, 40}};
  REQUIRE(hub.apply(resume(1, pass, {{Sku{candle}, 3}, {Sku{clock_sku}, 1200}})));
  CHECK(hub.units(candle) == 3);
  CHECK(hub.units(clock_sku) == cart_quantity_max);
  CHECK(hub.cart->owner == std::nullopt);
  const Cart before = *hub.cart;
  REQUIRE(hub.apply(resume(2, pass, {{Sku{candle}, 3}, {Sku{clock_sku}, 1200}})));
  CHECK(*hub.cart == before);
  hub.apply(decrease(3, candle, {pass_dot(pass.pass, 0)}, 2, pass));
  hub.apply(resume(4, pass, {{Sku{candle}, 3}, {Sku{clock_sku}, 1200}}));
  CHECK(hub.units(candle) == 1);
}

TEST_CASE("resume: an older pass does not bring a deleted cart back") {
  Hub hub;
  hub.apply(add(1, candle, 3));
  const PassReference pass{PassId{hex_id(0xaa)}, hub.lineage.now};
  const auto lines = hub.pass_lines();
  hub.cart.reset();
  ++hub.lineage.now.number;  // the tombstone
  CHECK(reason(hub.apply(resume(2, pass, lines))) == "cart_unknown");
  CHECK(!hub.cart);
}

TEST_CASE("resume: a reference cannot make a cart, and changes none") {
  Hub hub;
  const PassReference pass{PassId{hex_id(0xaa)}, {1, 40}};
  CHECK(reason(hub.apply(resume(1, pass, {}))) == "cart_unknown");
  hub.apply(add(2, candle, 1));
  const Cart before = *hub.cart;
  REQUIRE(hub.apply(resume(3, pass, {})));
  CHECK(*hub.cart == before);
}

TEST_CASE("resume: on a restored hub each line becomes the larger of the two") {
  Hub hub;
  hub.apply(add(1, candle, 3));
  hub.apply(add(2, clock_sku, 1));
  hub.era = 2;  // restored to here; the pass below is of the part that was lost
  const PassReference pass{PassId{hex_id(0xaa)}, {1, 9}};
  const std::vector<PassLine> lines = {{Sku{clock_sku}, 4}, {Sku{"new"}, 2}};
  REQUIRE(hub.apply(resume(3, pass, lines)));
  CHECK(units_by_line(hub.cart) == std::map<std::string, std::int64_t>{{candle, 3}, {clock_sku, 4}, {"new", 2}});
  // The kiosk showed the clock as one dot of the pass: taking it takes all that stood for it.
  hub.apply(remove(4, clock_sku, {pass_dot(pass.pass, 0)}, pass));
  CHECK(hub.units(clock_sku) == 0);
  hub.apply(resume(5, pass, lines));
  CHECK(hub.units(clock_sku) == 0);
}

TEST_CASE("an action that knows a line from a pass takes what the line had then, never what came later") {
  Hub hub;
  hub.apply(add(1, candle, 2));
  hub.apply(add(2, candle, 1));
  const PassReference pass{PassId{hex_id(0xaa)}, hub.lineage.now};
  hub.apply(add(3, candle, 5));
  SUBCASE("remove") {
    hub.apply(remove(4, candle, {pass_dot(pass.pass, 0)}, pass));
    CHECK(left_by_dot(hub.cart)[hex_id(3) + ".0"] == 5);
    CHECK(hub.units(candle) == 5);
  }
  SUBCASE("decrease, oldest first") {
    hub.apply(decrease(4, candle, {pass_dot(pass.pass, 0)}, 2, pass));
    CHECK(left_by_dot(hub.cart)[hex_id(1) + ".0"] == 0);
    CHECK(left_by_dot(hub.cart)[hex_id(2) + ".0"] == 1);
    hub.apply(decrease(5, candle, {pass_dot(pass.pass, 0)}, 9, pass));
    CHECK(hub.units(candle) == 5);
  }
  SUBCASE("naming only own dots, a pass gives no right to others") {
    hub.apply(decrease(4, candle, {DotId{hex_id(3) + ".0"}}, 9, pass));
    CHECK(hub.units(candle) == 3);
  }
  CHECK(hub.cart->dead.empty());
}

TEST_CASE("a view from a pass is the pass; the hub then does the same to the real dots") {
  Hub hub;
  hub.apply(add(1, candle, 2));
  hub.apply(add(2, candle, 1));
  const PassReference pass{PassId{hex_id(0xaa)}, hub.lineage.now};
  std::vector<Act> pending = {resume(3, pass, hub.pass_lines())};
  auto view = view_of(std::nullopt, {}, pending, hub.now);
  CHECK(units_by_line(view) == std::map<std::string, std::int64_t>{{candle, 3}});
  pending.push_back(decrease(4, candle, shown_dots(view, candle), 1, pass));
  pending.push_back(add(5, candle, 4));
  view = view_of(std::nullopt, {}, pending, hub.now);
  CHECK(units_by_line(view) == std::map<std::string, std::int64_t>{{candle, 6}});
  for (const Act& act : pending) REQUIRE(hub.apply(act));
  CHECK(hub.units(candle) == 6);
  CHECK(view_of(hub.cart, hub.lineage, {}, hub.now) == hub.cart);
}

TEST_CASE("link down, base old: a newer pass is shown as it is, and own acts stay") {
  Hub hub;
  hub.apply(add(1, candle, 3));
  hub.apply(add(2, clock_sku, 2));
  const auto base = hub.cart;
  const Lineage base_lineage = hub.lineage;
  std::vector<Act> pending = {decrease(3, clock_sku, shown_dots(base, clock_sku), 1), add(4, "own", 1)};
  hub.apply(remove(5, candle, shown_dots(hub.cart, candle)));
  hub.apply(add(6, "new", 2));
  const PassReference pass{PassId{hex_id(0xaa)}, hub.lineage.now};
  pending.push_back(resume(7, pass, hub.pass_lines()));
  auto view = view_of(base, base_lineage, pending, hub.now);
  CHECK(units_by_line(view) == std::map<std::string, std::int64_t>{{clock_sku, 1}, {"new", 2}, {"own", 1}});
  // The same pass once more changes nothing, also after something was taken.
  pending.push_back(decrease(8, "new", shown_dots(view, "new"), 1, pass));
  pending.push_back(resume(9, pass, hub.pass_lines()));
  view = view_of(base, base_lineage, pending, hub.now);
  CHECK(units_by_line(view) == std::map<std::string, std::int64_t>{{clock_sku, 1}, {"new", 1}, {"own", 1}});
  // A still newer pass: the phone removed what was new, and the kiosk's own taking does not come back.
  hub.apply(remove(10, "new", shown_dots(hub.cart, "new")));
  const PassReference newer{PassId{hex_id(0xbb)}, hub.lineage.now};
  pending.push_back(resume(11, newer, hub.pass_lines()));
  view = view_of(base, base_lineage, pending, hub.now);
  CHECK(units_by_line(view) == std::map<std::string, std::int64_t>{{clock_sku, 1}, {"own", 1}});
  // When the link is back, the hub comes to the same.
  for (const Act& act : pending) REQUIRE(hub.apply(act));
  CHECK(units_by_line(hub.cart) == units_by_line(view));
  // And an older pass, scanned after the newer one, takes nothing back.
  CHECK(units_by_line(view_of(hub.cart, hub.lineage, {resume(12, pass, {{Sku{"new"}, 2}})}, hub.now)) == units_by_line(view));
}

TEST_CASE("link down, base old: a newer pass takes nothing of what this store's people added to the same line") {
  Hub hub;
  hub.apply(add(1, candle, 3));
  const auto base = hub.cart;
  const Lineage base_lineage = hub.lineage;
  std::vector<Act> pending = {add(2, candle, 1)};
  hub.apply(add(3, clock_sku, 1));
  pending.push_back(resume(4, {PassId{hex_id(0xaa)}, hub.lineage.now}, hub.pass_lines()));
  CHECK(units_by_line(view_of(base, base_lineage, pending, hub.now)) ==
        std::map<std::string, std::int64_t>{{candle, 4}, {clock_sku, 1}});
}

TEST_CASE("in a view, a screen that is old takes nothing of what was added since, pass or not") {
  const PassReference pass{PassId{hex_id(0xaa)}, {1, 5}};
  const std::vector<Act> pending = {resume(1, pass, {{Sku{candle}, 2}}), add(2, candle, 4),
                                    decrease(3, candle, {pass_dot(pass.pass, 0)}, 9, pass)};
  CHECK(units_by_line(view_of(std::nullopt, {}, pending, {})) == std::map<std::string, std::int64_t>{{candle, 4}});
}

TEST_CASE("in a view without a base, an older pass after a newer one changes nothing") {
  const PassReference old_pass{PassId{hex_id(0xaa)}, {1, 5}};
  const PassReference new_pass{PassId{hex_id(0xbb)}, {1, 8}};
  const std::vector<Act> pending = {resume(1, new_pass, {{Sku{candle}, 2}}),
                                    resume(2, old_pass, {{Sku{candle}, 7}, {Sku{clock_sku}, 1}})};
  CHECK(units_by_line(view_of(std::nullopt, {}, pending, {})) == std::map<std::string, std::int64_t>{{candle, 2}});
}

TEST_CASE("in a view too, a pass of an era that the hub lost takes nothing away") {
  Hub hub;
  hub.apply(add(1, candle, 3));
  hub.era = 2;
  hub.apply(add(2, clock_sku, 1));
  const PassReference pass{PassId{hex_id(0xaa)}, {1, 9}};
  const auto view = view_of(hub.cart, hub.lineage, {resume(3, pass, {{Sku{clock_sku}, 2}})}, hub.now);
  CHECK(units_by_line(view) == std::map<std::string, std::int64_t>{{candle, 3}, {clock_sku, 2}});
}

TEST_CASE("in a view, a newer pass that says nothing new leaves what this store's people did") {
  Hub hub;
  hub.apply(add(1, candle, 3));
  std::vector<Act> pending = {add(2, candle, 2)};
  auto view = view_of(hub.cart, hub.lineage, pending, hub.now);
  pending.push_back(decrease(3, candle, shown_dots(view, candle), 2));
  const PassReference pass{PassId{hex_id(0xaa)}, {1, hub.lineage.now.number + 1}};
  pending.push_back(resume(4, pass, hub.pass_lines()));
  view = view_of(hub.cart, hub.lineage, pending, hub.now);
  CHECK(units_by_line(view) == std::map<std::string, std::int64_t>{{candle, 3}});
  // The phone has taken one more: of what this store's people added nothing goes.
  pending.back() = resume(4, pass, {{Sku{candle}, 2}});
  CHECK(units_by_line(view_of(hub.cart, hub.lineage, pending, hub.now)) == std::map<std::string, std::int64_t>{{candle, 2}});
}

TEST_CASE("assign: the first owner stays, the last store counts") {
  Hub hub;
  const auto assign = [](std::uint64_t tx, const char* owner, const char* store) {
    CartAssign act;
    if (owner != nullptr) act.owner = CustomerId{owner};
    if (store != nullptr) act.store = StoreId{store};
    return Act{act, TransactionId{hex_id(tx)}};
  };
  REQUIRE(hub.apply(assign(1, nullptr, "harbour-street")));
  CHECK(hub.cart->owner == std::nullopt);
  REQUIRE(hub.apply(assign(2, "17850", nullptr)));
  REQUIRE(hub.apply(assign(3, "17850", "mill-lane")));
  CHECK(hub.cart->owner == CustomerId{"17850"});
  CHECK(hub.cart->store == StoreId{"mill-lane"});
  const Cart before = *hub.cart;
  CHECK(reason(hub.apply(assign(4, "13047", nullptr))) == "cart_owned");
  CHECK(*hub.cart == before);
}
