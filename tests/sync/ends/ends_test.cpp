// SPDX-License-Identifier: Apache-2.0
// Hub and store together, without any I/O: first fill, pushes, gaps, the outbox, acknowledgement, restarts, and a wire that
// loses, repeats and reorders. In the end every base equals the hub's placement and nothing is lost or doubled.
#include "sync/ends/chain.hpp"
#include "tests/sync/ends/small_world.hpp"

using namespace vitrine;
using namespace vitrine::sync;
using namespace vitrine::sync::ends;

namespace {

const StoreId harbour{"harbour-street"};
const StoreId quay{"quay-square"};

Operation add(const CartId& cart, const std::string& sku, std::int64_t units) {
  return protocol::encode_cart_operation(cart, rules::CartAdd{Sku{sku}, units, "kiosk", harbour, std::nullopt});
}

LocalAction store_adds(SmallWorld& world, const CartId& cart, const std::string& sku, std::int64_t units) {
  return {TransactionId{world.chance().hex_128()}, Nature::intent, "kiosk-1", {add(cart, sku, units)}};
}

HubAction phone_adds(SmallWorld& world, const CartId& cart, const std::string& sku, std::int64_t units) {
  return {TransactionId{world.chance().hex_128()}, "phone", {add(cart, sku, units)}};
}

std::int64_t units_in(const std::optional<std::string>& body, const CartId& id, const std::string& sku) {
  if (!body) return 0;
  const auto cart = protocol::decode_cart(id, *body);
  REQUIRE(cart.has_value());
  for (const CartLine& line : cart->lines) {
    if (line.sku.text == sku) return line.units();
  }
  return 0;
}

}  // namespace

TEST_CASE("an empty store fills by pages in key order and then follows") {
  SmallWorld world(1, {"harbour-street"});
  for (int i = 0; i < 3000; ++i) {
    const std::string sku = std::to_string((i * 7919) % 3000);
    world.put({"product", sku}, R"({"title":")" + std::string(300, 'x') + sku + "\"}");
    world.put({"price", "uk/" + sku}, R"({"sku":")" + sku + "\"}");
  }
  world.connect(harbour);
  world.run(20'000);
  world.check_same();
  CHECK(world.rows(harbour).base_rows(StreamName{"catalog"}).size() == 3000);

  world.put({"product", "5"}, R"({"title":"new"})");
  world.run(1'000);
  CHECK(world.rows(harbour).base({"product", "5"})->body == R"({"title":"new"})");
}

TEST_CASE("a push that the broker dropped is noticed by the heads, with nobody changing anything") {
  SmallWorld world(2, {"harbour-street"});
  world.put({"product", "1"}, "{}");
  world.connect(harbour);
  world.run(2'000);
  world.run(1);
  world.put({"product", "2"}, "{}");
  world.run(5, {.lost = 1.0});  // the push is gone
  CHECK_FALSE(world.rows(harbour).base({"product", "2"}).has_value());
  world.say_heads();
  world.run(6'000);
  CHECK(world.rows(harbour).base({"product", "2"}).has_value());
}

TEST_CASE("a store's action is seen at once, reaches the hub once, and leaves the replay only when the base has it") {
  SmallWorld world(3, {"harbour-street"});
  const CartId cart{world.chance().hex_128()};
  const DocumentKey key{"cart", cart.text};
  CHECK(world.at_store(harbour, store_adds(world, cart, "85123A", 2)).what == Performance::done);
  CHECK(units_in(world.rows(harbour).seen(key), cart, "85123A") == 2);
  CHECK(world.rows(harbour).overlays() == 1);
  world.connect(harbour);
  world.run(2'000);
  world.check_same();
  CHECK(units_in(world.rows(harbour).seen(key), cart, "85123A") == 2);
  CHECK(units_in(world.authority().document(key)->body, cart, "85123A") == 2);
}

TEST_CASE("a change does not vanish between the hub's word and the base that contains it") {
  SmallWorld world(9, {"harbour-street"});
  const CartId cart{world.chance().hex_128()};
  const DocumentKey key{"cart", cart.text};
  world.at_hub(phone_adds(world, cart, "A", 1));
  world.connect(harbour);
  world.run(2'000);
  world.at_store(harbour, store_adds(world, cart, "A", 2));
  world.run(20, {.pages_lost = true});  // the batch is applied and said to be, its page is lost
  REQUIRE(world.rows(harbour).state().applied_n == 1);
  REQUIRE(world.rows(harbour).state().ack.n == 0);
  world.at_store(harbour, store_adds(world, cart, "B", 1));
  CHECK(units_in(world.rows(harbour).seen(key), cart, "A") == 3);
  world.at_hub(phone_adds(world, cart, "C", 1));
  world.run(30'000);
  world.check_same();
  CHECK(units_in(world.rows(harbour).seen(key), cart, "A") == 3);
  CHECK(units_in(world.rows(harbour).seen(key), cart, "B") == 1);
}

TEST_CASE("the same request twice is one action") {
  SmallWorld world(4, {"harbour-street"});
  const CartId cart{world.chance().hex_128()};
  const LocalAction action = store_adds(world, cart, "85123A", 2);
  CHECK(world.at_store(harbour, action).what == Performance::done);
  CHECK(world.at_store(harbour, action).what == Performance::repeated);
  world.connect(harbour);
  world.run(2'000);
  world.restart(harbour);
  world.connect(harbour);
  world.run(2'000);
  CHECK(world.at_store(harbour, action).what == Performance::repeated);
  CHECK(units_in(world.rows(harbour).seen({"cart", cart.text}), cart, "85123A") == 2);
}

TEST_CASE("phone and kiosk change one cart at once, offline, and both changes stand") {
  SmallWorld world(5, {"harbour-street", "quay-square"});
  const CartId cart{world.chance().hex_128()};
  const DocumentKey key{"cart", cart.text};
  world.at_hub(phone_adds(world, cart, "A", 1));
  world.connect(harbour);
  world.connect(quay);
  world.run(3'000);
  world.cut(harbour);
  world.at_store(harbour, store_adds(world, cart, "A", 2));
  world.at_hub(phone_adds(world, cart, "B", 4));
  world.run(60'000);
  CHECK(units_in(world.rows(harbour).seen(key), cart, "A") == 3);
  CHECK(units_in(world.rows(harbour).seen(key), cart, "B") == 0);
  world.connect(harbour);
  world.run(5'000);
  world.check_same();
  CHECK(units_in(world.authority().document(key)->body, cart, "A") == 3);
  CHECK(units_in(world.authority().document(key)->body, cart, "B") == 4);
  CHECK_FALSE(world.rows(quay).base(key).has_value());  // never placed there
}

TEST_CASE("a store may not touch a cart that was never placed with it; people see an outcome") {
  SmallWorld world(6, {"harbour-street", "quay-square"});
  const CartId cart{world.chance().hex_128()};
  world.at_hub(phone_adds(world, cart, "A", 1));
  world.connect(quay);
  world.run(2'000);
  const LocalAction action = store_adds(world, cart, "A", 5);
  world.at_store(quay, action);
  world.run(3'000);
  CHECK(units_in(world.authority().document({"cart", cart.text})->body, cart, "A") == 1);
  const auto outcome = world.rows(quay).base({"outcome", action.id.text});
  REQUIRE(outcome.has_value());
  CHECK(outcome->body->find("not_placed_here") != std::string::npos);
  CHECK_FALSE(world.rows(quay).seen({"cart", cart.text}).has_value());
}

TEST_CASE("an altered batch is a fork and nothing of it is applied; an old token is refused") {
  SmallWorld world(7, {"harbour-street"});
  MemoryAuthority& rows = world.authority();
  HubEnd hub(rows, world.chance());
  const CartId cart{world.chance().hex_128()};
  rows.put_token(harbour, "token");
  Transaction t{TransactionId{world.chance().hex_128()}, 1, Nature::intent, {1}, "kiosk-1", {add(cart, "A", 1)}, {}};
  t.operations[0].salt = world.chance().hex_128();
  t.hash = chain_hash({}, t);
  const IncarnationId life{world.chance().hex_128()};
  const auto answer = [&](const protocol::Ops& ops) {
    hub.receive(harbour, ops, world.now());
    for (const HubSend& send : hub.finish(world.now())) {
      if (const auto* refused = std::get_if<protocol::OpsRefused>(&send.message)) return refused->code;
      if (std::get_if<protocol::OpsApplied>(&send.message) != nullptr) return std::string("applied");
    }
    return std::string("silence");
  };
  Transaction altered = t;
  altered.operations[0].body = add(cart, "A", 9).body;
  CHECK(answer({rows.era(), "token", life, 1, {}, {altered}}) == "fork");
  CHECK_FALSE(rows.document({"cart", cart.text}).has_value());
  CHECK(answer({rows.era(), "stale", life, 1, {}, {t}}) == "token");
  CHECK(answer({Era{9, rows.era().id}, "token", life, 1, {}, {t}}) == "era");
  CHECK(answer({rows.era(), "token", life, 3, {}, {t}}) == "gap");
  CHECK(answer({rows.era(), "token", life, 1, {}, {t}}) == "applied");
  CHECK(answer({rows.era(), "token", life, 1, {}, {t}}) == "applied");  // repeated: acknowledged, not applied again
  CHECK(units_in(rows.document({"cart", cart.text})->body, cart, "A") == 1);
  // The same id under another number, from another life of the store: acknowledged only.
  Transaction more = t;
  more.id = TransactionId{world.chance().hex_128()};
  more.n = 2;
  more.operations[0].body = add(cart, "A", 6).body;
  more.hash = chain_hash(t.hash, more);
  Transaction fewer = more;
  fewer.id = TransactionId{world.chance().hex_128()};
  fewer.n = 3;
  fewer.operations[0] =
      protocol::encode_cart_operation(cart, rules::CartDecrease{"A", {DotId{more.id.text + ".0"}}, 2, std::nullopt});
  fewer.operations[0].salt = t.operations[0].salt;
  fewer.hash = chain_hash(more.hash, fewer);
  CHECK(answer({rows.era(), "token", life, 2, t.hash, {more, fewer}}) == "applied");
  CHECK(answer({rows.era(), "token", life, 2, t.hash, {more, fewer}}) == "applied");  // taking twice would show
  CHECK(units_in(rows.document({"cart", cart.text})->body, cart, "A") == 5);
  const IncarnationId other{world.chance().hex_128()};
  Transaction again = fewer;
  again.n = 1;
  again.hash = chain_hash({}, again);
  CHECK(answer({rows.era(), "token", other, 1, {}, {again}}) == "applied");
  CHECK(units_in(rows.document({"cart", cart.text})->body, cart, "A") == 5);
}

TEST_CASE("an unanswered beat shows within 25 s and the store comes back by itself") {
  SmallWorld world(8, {"harbour-street"});
  world.connect(harbour);
  world.run(2'000);
  REQUIRE(world.end(harbour).link().online);
  world.run(26'000, {.lost = 1.0});
  CHECK_FALSE(world.end(harbour).link().online);
  world.run(40'000);
  CHECK(world.end(harbour).link().online);
}

TEST_CASE("whatever the wire does, nothing is lost, doubled or left different") {
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    CAPTURE(seed);
    SmallWorld world(seed, {"harbour-street", "quay-square"});
    std::mt19937_64 random(seed);
    const Weather storm{.lost = 0.15, .repeated = 0.1, .reordered = 0.3};
    std::vector<CartId> carts;
    for (int i = 0; i < 3; ++i) carts.emplace_back(world.chance().hex_128());
    std::map<std::string, std::int64_t> added;
    world.connect(harbour);
    world.connect(quay);
    for (int step = 0; step < 60; ++step) {
      const CartId& cart = carts[random() % carts.size()];
      const auto units = static_cast<std::int64_t>(1 + random() % 3);
      switch (random() % 7) {
        case 0:
        case 1: {
          if (world.at_store(harbour, store_adds(world, cart, "A", units)).what == Performance::done) added[cart.text] += units;
          break;
        }
        case 2:
          if (world.at_hub(phone_adds(world, cart, "A", units)).what == HubPerformed::What::done) added[cart.text] += units;
          break;
        case 3:
          world.put({"product", std::to_string(random() % 5)}, R"({"v":)" + std::to_string(step) + "}");
          break;
        case 4:
          world.cut(harbour);
          world.run(static_cast<std::int64_t>(random() % 3000), storm);
          world.connect(harbour);
          break;
        case 5:
          world.restart(harbour);
          world.connect(harbour);
          break;
        default:
          world.run(static_cast<std::int64_t>(random() % 4000), storm);
      }
    }
    world.say_heads();
    world.run(120'000);
    world.say_heads();
    world.run(20'000);
    world.check_same();
    for (const CartId& cart : carts) {
      const auto document = world.authority().document({"cart", cart.text});
      CHECK(units_in(document ? document->body : std::nullopt, cart, "A") == added[cart.text]);
    }
  }
}
