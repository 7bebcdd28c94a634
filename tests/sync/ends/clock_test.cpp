// SPDX-License-Identifier: Apache-2.0
// A box whose wall clock is wrong by ten years, either way: times that it writes are the hub's, as measured.
#include <doctest/doctest.h>

#include <cstdlib>

#include "tests/sync/ends/small_world.hpp"

using namespace vitrine;
using namespace vitrine::sync;
using namespace vitrine::sync::ends;

namespace {

const StoreId harbour{"harbour-street"};
constexpr std::int64_t ten_years_ms = 3650LL * 86'400'000;

LocalAction adds(SmallWorld& world, const CartId& cart) {
  return {TransactionId{world.chance().hex_128()},
          Nature::intent,
          "kiosk-1",
          {protocol::encode_cart_operation(cart, rules::CartAdd{Sku{"A"}, 1, "kiosk", harbour, std::nullopt})}};
}

std::int64_t changed_at(const std::optional<std::string>& body, const CartId& id) {
  REQUIRE(body.has_value());
  return protocol::decode_cart(id, *body)->changed_at.value;
}

}  // namespace

TEST_CASE("a store whose clock is ten years wrong writes the hub's time, online and afterwards offline") {
  for (const std::int64_t wrong : {-ten_years_ms, ten_years_ms}) {
    CAPTURE(wrong);
    SmallWorld world(71, {"harbour-street"});
    world.set_wrong(harbour, wrong);
    world.restart(harbour);
    world.connect(harbour);
    world.run(20'000);
    CHECK(world.end(harbour).link().online);
    CHECK(std::abs(world.rows(harbour).state().clock_offset_ms + wrong) < 1'000);
    const CartId cart{world.chance().hex_128()};
    for (const bool offline : {false, true}) {
      if (offline) {
        world.cut(harbour);
        world.run(3'600'000);
        world.restart(harbour);
      }
      const std::int64_t true_time = world.now().utc.value;
      world.at_store(harbour, adds(world, cart));
      CHECK(std::abs(changed_at(world.rows(harbour).seen({"cart", cart.text}), cart) - true_time) < 1'000);
      CHECK(std::abs(world.end(harbour).hub_time(world.now_at(harbour).utc).value - true_time) < 1'000);
      if (offline) world.connect(harbour);
      world.run(5'000);
      world.check_same();
      CHECK(std::abs(changed_at(world.authority().document({"cart", cart.text})->body, cart) - true_time) < 1'000);
    }
  }
}

TEST_CASE("a stamp from far ahead, of a box that never heard the hub, is not believed by the hub") {
  SmallWorld world(72, {"harbour-street"});
  world.set_wrong(harbour, ten_years_ms);
  const CartId cart{world.chance().hex_128()};
  world.at_store(harbour, adds(world, cart));
  world.connect(harbour);
  world.run(5'000);
  world.check_same();
  const std::int64_t at = changed_at(world.authority().document({"cart", cart.text})->body, cart);
  CHECK(at <= world.now().utc.value + tuning::clock_ahead_max_ms);
}

TEST_CASE("a wall clock that somebody sets while the hub is away moves nothing: no cart is forgotten early") {
  for (const std::int64_t wrong : {-ten_years_ms, ten_years_ms}) {
    CAPTURE(wrong);
    SmallWorld world(72, {"harbour-street"});
    world.connect(harbour);
    const CartId cart{world.chance().hex_128()};
    world.run(20'000);
    world.at_store(harbour, adds(world, cart));
    world.run(5'000);
    world.cut(harbour);
    world.set_wrong(harbour, wrong);
    world.run(3'600'000);
    world.at_store(harbour, adds(world, cart));
    const std::int64_t true_time = world.now().utc.value;
    CHECK(std::abs(changed_at(world.rows(harbour).seen({"cart", cart.text}), cart) - true_time) < 1'000);
    CHECK(std::abs(world.end(harbour).hub_time(world.now_at(harbour).utc).value - true_time) < 1'000);
    world.connect(harbour);
    world.run(20'000);
    world.check_same();
    CHECK(world.rows(harbour).seen({"cart", cart.text}).has_value());
  }
}

TEST_CASE("a clock that was set, told by an action that changed nothing, is known after the next one was undone") {
  SmallWorld world(73, {"harbour-street"});
  world.connect(harbour);
  world.run(20'000);
  const LocalAction action = adds(world, CartId{world.chance().hex_128()});
  world.at_store(harbour, action);
  world.run(5'000);
  world.cut(harbour);
  world.set_wrong(harbour, ten_years_ms);
  world.at_store(harbour, action);  // asked again: it is done already
  // The disk is full: all of an event is undone, and the daemon begins again from the rows and its two clocks.
  const std::optional<Now> clock_at = world.end(harbour).clock_at();
  world.restart(harbour);
  world.end(harbour).go_on_from(clock_at);
  CHECK(std::abs(world.end(harbour).hub_time(world.now_at(harbour).utc).value - world.now().utc.value) < 1'000);
}
