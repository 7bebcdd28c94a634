// SPDX-License-Identifier: Apache-2.0
// A document is forgotten at its `expires_at`, at a store that has been cut off for weeks as well as at the hub; what waits for
// the hub is not lost by it, and forgetting is not repaired.
#include <doctest/doctest.h>

#include "sync/ends/expiry.hpp"
#include "sync/tuning.hpp"
#include "tests/sync/ends/small_world.hpp"

using namespace vitrine;
using namespace vitrine::sync;
using namespace vitrine::sync::ends;

namespace {

const StoreId harbour{"harbour-street"};
const StreamName own{"store.harbour-street"};
constexpr std::int64_t day_ms = 24LL * 3'600'000;

struct Shop {
  SmallWorld world;
  CartId cart;
  DocumentKey key;
  explicit Shop(std::uint64_t seed) : world(seed, {"harbour-street"}), cart{world.chance().hex_128()}, key{"cart", cart.text} {
    for (int i = 0; i < 20; ++i) world.put({"stock", "harbour-street/" + std::to_string(i)}, R"({"on_hand":1})");
    world.at_hub({TransactionId{world.chance().hex_128()}, "phone", {add("A", "phone")}});
    world.connect(harbour);
    world.run(20'000);
    world.check_same();
  }
  Operation add(const std::string& sku, const std::string& channel) {
    return protocol::encode_cart_operation(cart, rules::CartAdd{Sku{sku}, 1, channel, harbour, std::nullopt});
  }
  Performed act(const std::string& sku) {
    return world.at_store(harbour, {TransactionId{world.chance().hex_128()}, Nature::intent, "kiosk-1", {add(sku, "kiosk")}});
  }
  std::optional<std::string> seen() { return world.rows(harbour).seen(key); }
  std::size_t lines() {
    const auto body = seen();
    const auto found = body ? protocol::decode_cart(cart, *body) : fail("none", "");
    return found ? found->lines.size() : 0;
  }
};

}  // namespace

TEST_CASE("only a good time at the top of a body is a time to forget it") {
  CHECK(expiry_of(R"({"a":1,"expires_at":1700000000000})") == UtcMs{1'700'000'000'000});
  for (const char* body : {"{}", R"({"a":{"expires_at":5}})", R"({"expires_at":"5"})", R"({"expires_at":-5})",
                           R"({"text":"\"expires_at\""})", R"({"expires_at":)"}) {
    CAPTURE(body);
    CHECK_FALSE(expiry_of(std::string(body)).has_value());
  }
  CHECK_FALSE(expiry_of(std::nullopt).has_value());
}

TEST_CASE("a store that is cut off forgets a cart when its time is over") {
  Shop shop(71);
  SmallWorld& world = shop.world;
  world.cut(harbour);
  const std::int64_t left_ms = expiry_of(world.rows(harbour).base(shop.key)->body)->value - world.now().utc.value;
  world.run(left_ms - 1'000);
  CHECK(shop.lines() == 1);
  world.run(2'000);
  CHECK_FALSE(shop.seen().has_value());
  REQUIRE(world.rows(harbour).base(shop.key).has_value());  // its name, for the digest
  CHECK_FALSE(world.rows(harbour).base(shop.key)->body.has_value());

  // The hub has not come to it yet: the digests agree, and nothing is repaired.
  world.connect(harbour);
  world.run(30'000);
  CHECK(world.rows(harbour).sums(own) == world.authority().sums(own));
  CHECK(world.rows(harbour).recount(own) == 0);
  CHECK_FALSE(shop.seen().has_value());
  for (const StreamState& stream : world.rows(harbour).streams()) CHECK(stream.repairs == 0);
  CHECK(world.expire() == 1);
  CHECK(world.expire() == 0);
  world.run(30'000);
  world.check_same();
  CHECK_FALSE(world.authority().document(shop.key)->body.has_value());
}

TEST_CASE("the later of the box's own time and the hub's last word decides") {
  Shop shop(72);
  SmallWorld& world = shop.world;
  const UtcMs expires = *expiry_of(world.rows(harbour).base(shop.key)->body);
  world.wait(expires.value - world.now().utc.value + 1'000);
  world.set_wrong(harbour, -40 * day_ms);  // the box lost its clock while it was off
  world.restart(harbour);
  world.run(1'000);
  CHECK(shop.lines() == 1);  // it cannot know
  world.connect(harbour);
  world.run(5'000);
  CHECK_FALSE(shop.seen().has_value());
}

TEST_CASE("what a person did here makes the cart live longer, and goes up after its time all the same") {
  Shop shop(73);
  SmallWorld& world = shop.world;
  world.run_days(10);
  world.cut(harbour);
  world.run(10 * day_ms);
  REQUIRE(shop.act("B").what == Performance::done);
  world.run(15 * day_ms);
  CHECK(shop.lines() == 2);  // 30 days after its first change
  world.run(20 * day_ms);
  CHECK_FALSE(shop.seen().has_value());
  CHECK(world.rows(harbour).transactions_after(0, 9, SIZE_MAX).size() == 1);
  // At the hub the phone went on meanwhile.
  world.at_hub({TransactionId{world.chance().hex_128()}, "phone", {shop.add("C", "phone")}});
  world.connect(harbour);
  world.run(60'000);
  CHECK(shop.lines() == 3);
  world.check_same();
}

TEST_CASE("a cart that was forgotten here and at the hub begins anew, and no view brings the old one back") {
  Shop shop(74);
  SmallWorld& world = shop.world;
  REQUIRE(shop.act("B").what == Performance::done);
  world.run(20'000);
  world.cut(harbour);
  world.run(31 * day_ms);
  CHECK_FALSE(shop.seen().has_value());
  REQUIRE(world.expire() == 1);
  world.restart(harbour);
  CHECK_FALSE(shop.seen().has_value());
  REQUIRE(shop.act("D").what == Performance::done);
  CHECK(shop.lines() == 1);
  world.connect(harbour);
  world.run(60'000);
  CHECK(shop.lines() == 1);
  world.check_same();
}
