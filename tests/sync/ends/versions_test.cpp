// SPDX-License-Identifier: Apache-2.0
// Peers of other versions. A newer one adds fields at every level, values of enumerations, a collection and a kind of operation;
// an older one lacks what was added since. Neither stops anything, nothing that is not known is lost, and what was confirmed goes
// up.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "sync/ends/chain.hpp"
#include "tests/sync/ends/other_versions.hpp"
#include "tests/sync/ends/small_world.hpp"

using namespace vitrine;
using namespace vitrine::sync;
using namespace vitrine::sync::ends;
using json = nlohmann::ordered_json;

namespace {

const StoreId harbour{"harbour-street"};
const StreamName own{"store.harbour-street"};

Operation add(const CartId& cart, const std::string& sku, std::int64_t units) {
  return protocol::encode_cart_operation(cart, rules::CartAdd{Sku{sku}, units, "kiosk", harbour, std::nullopt});
}

LocalAction acts(SmallWorld& world, Operation operation) {
  return {TransactionId{world.chance().hex_128()}, Nature::intent, "kiosk-1", {std::move(operation)}};
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

TEST_CASE("peers that add fields everywhere, and peers that lack the newer ones, stay the same in any weather") {
  for (const bool is_newer : {true, false}) {
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
      CAPTURE(is_newer);
      CAPTURE(seed);
      SmallWorld world(seed, {"harbour-street"});
      world.other_version = [is_newer](const std::string& text, bool up) {
        return is_newer ? of_newer_version(text) : of_older_version(text, up);
      };
      const Weather storm{.lost = 0.1, .repeated = 0.1, .reordered = 0.2};
      const CartId cart{world.chance().hex_128()};
      std::int64_t added = 0;
      world.connect(harbour);
      for (int step = 0; step < 20; ++step) {
        world.put({"product", std::to_string(step % 4)}, R"({"status":"limited","v":)" + std::to_string(step) + "}");
        world.at_store(harbour, acts(world, add(cart, "A", 1)));
        ++added;
        world.run(700, storm);
        if (step == 10) world.restart(harbour);
        if (step == 11) world.connect(harbour);
      }
      world.run(120'000);
      world.say_heads();
      world.run(20'000);
      world.check_same();
      CHECK(units_in(world.authority().document({"cart", cart.text})->body, cart, "A") == added);
    }
  }
}

TEST_CASE("a collection that nobody here knows is stored, passed on to no screen, and leaves again") {
  SmallWorld world(51, {"harbour-street"});
  const DocumentKey badge{"loyalty_badge", "7"};
  world.connect(harbour);
  world.run(2'000);
  const Document document{badge, {{1, 1}, {}}, R"({"points":[1,{"deep":null}]})"};
  world.authority().put_document(document);
  world.authority().append(own, badge, false);
  world.authority().append(StreamName{"catalog"}, {"product", "1"}, true);
  world.put({"product", "1"}, "{}");
  world.run(40'000);
  REQUIRE(world.rows(harbour).base(badge).has_value());
  CHECK(world.rows(harbour).base(badge)->body == document.body);
  CHECK(world.rows(harbour).overlays() == 0);
  world.authority().append(own, badge, true);
  world.run(40'000);
  CHECK_FALSE(world.rows(harbour).base(badge).has_value());
}

TEST_CASE("what a newer hub adds to a cart survives the operations of this version") {
  SmallWorld world(52, {"harbour-street"});
  const CartId cart{world.chance().hex_128()};
  const DocumentKey key{"cart", cart.text};
  world.connect(harbour);
  world.at_store(harbour, acts(world, add(cart, "A", 3)));
  world.run(2'000);
  json body = json::parse(*world.authority().document(key)->body);
  const auto dot = body["lines"][0]["dots"][0]["id"].get<std::string>();
  body["lines"][0]["dots"][0]["gift"] = {{"wrap", "red"}};
  body["lines"][0]["engraving"] = "for Amelia";
  body["voucher"] = 5;
  world.put(key, body.dump());
  world.run(2'000);
  world.at_store(harbour, acts(world, protocol::encode_cart_operation(cart, rules::CartDecrease{"A", {DotId{dot}}, 1, {}})));
  world.at_store(harbour, acts(world, add(cart, "B", 1)));
  for (const bool at_hub : {false, true}) {
    CAPTURE(at_hub);
    if (at_hub) world.run(5'000);
    const auto seen = json::parse(at_hub ? *world.authority().document(key)->body : *world.rows(harbour).seen(key));
    CHECK(seen["lines"][0]["dots"][0]["gift"].dump() == R"({"wrap":"red"})");
    CHECK(seen["lines"][0]["dots"][0]["taken"].get<int>() == 1);
    CHECK(seen["lines"][0]["engraving"].get<std::string>() == "for Amelia");
    CHECK(seen["voucher"].get<int>() == 5);
  }
  world.check_same();
}

TEST_CASE("a kind of operation, rules and a collection of a later version get an outcome, and those behind them go on") {
  for (const Nature nature : {Nature::intent, Nature::fact}) {
    SmallWorld world(53, {"harbour-street"});
    const CartId cart{world.chance().hex_128()};
    world.authority().put_token(harbour, "token");
    std::vector<Operation> strange(3, add(cart, "A", 1));
    strange[0].kind = "cart.engrave";
    strange[0].body = R"({"text":"for Amelia"})";
    strange[1].rules = 9;
    strange[2].document = {"hologram", "1"};
    protocol::Ops ops{world.authority().era(), "token", IncarnationId{world.chance().hex_128()}, 1, {}, {}};
    Hash last{};
    std::uint64_t n = 0;
    for (const Operation& operation : {add(cart, "A", 1), strange[0], strange[1], strange[2], add(cart, "A", 2)}) {
      Transaction t{TransactionId{world.chance().hex_128()}, ++n, nature, world.now().utc, "kiosk-1", {operation}, {}};
      t.operations[0].salt = world.chance().hex_128();
      last = t.hash = chain_hash(last, t);
      ops.transactions.push_back(t);
    }
    HubEnd hub(world.authority(), world.chance());
    const auto decoded = protocol::decode_store_message("ops", of_newer_version(protocol::encode(protocol::StoreMessage{ops})));
    REQUIRE(decoded.has_value());
    hub.receive(harbour, *decoded, world.now());
    bool applied = false;
    for (const HubSend& send : hub.finish(world.now())) {
      if (const auto* answer = std::get_if<protocol::OpsApplied>(&send.message)) applied = answer->n == 5;
    }
    CHECK(applied);
    CHECK(units_in(world.authority().document({"cart", cart.text})->body, cart, "A") == 3);
    const std::vector<std::string> reasons = {"operation_unknown", "operation_unknown", "not_allowed"};
    for (std::size_t i = 0; i < 3; ++i) {
      const auto outcome = world.authority().document({"outcome", ops.transactions[i + 1].id.text});
      REQUIRE(outcome.has_value());
      CHECK_MESSAGE(outcome->body->find(reasons[i]) != std::string::npos, *outcome->body);
    }
  }
}

TEST_CASE("pages are spoken in a version that both know; without one, transactions still go up") {
  SmallWorld world(54, {"harbour-street"});
  const auto welcomed = [&](std::uint32_t min, std::uint32_t max) {
    HubEnd hub(world.authority(), world.chance());
    protocol::Hello hello;
    hello.incarnation = world.rows(harbour).state().incarnation;
    hello.protocol_min = min;
    hello.protocol_max = max;
    hub.receive(harbour, hello, world.now());
    for (const HubSend& send : hub.finish(world.now())) {
      if (const auto* welcome = std::get_if<protocol::Welcome>(&send.message))
        return std::pair(welcome->protocol, welcome->token);
    }
    return std::pair(99U, std::string());
  };
  CHECK(welcomed(1, 1).first == 1);
  CHECK(welcomed(1, 2).first == 1);
  CHECK(welcomed(2, 3).first == 0);
  CHECK_FALSE(welcomed(2, 3).second.empty());

  const CartId cart{world.chance().hex_128()};
  world.put({"product", "1"}, "{}");
  world.at_store(harbour, acts(world, add(cart, "A", 2)));
  world.other_version = of_foreign_version;
  world.connect(harbour);
  world.run(3'000);
  CHECK_FALSE(world.end(harbour).link().online);
  CHECK(world.end(harbour).link().reason == "protocol");
  CHECK(units_in(world.authority().document({"cart", cart.text})->body, cart, "A") == 2);
  CHECK(world.rows(harbour).state().applied_n == 1);
  CHECK_FALSE(world.rows(harbour).base({"product", "1"}).has_value());
  world.at_store(harbour, acts(world, add(cart, "A", 1)));
  world.run(3'000, {.lost = 0.3});
  world.run(90'000);
  CHECK(units_in(world.authority().document({"cart", cart.text})->body, cart, "A") == 3);
  CHECK(units_in(world.rows(harbour).seen({"cart", cart.text}), cart, "A") == 3);
  world.other_version = {};
  world.run(60'000);
  world.check_same();
}

TEST_CASE("answers with a code, and messages of a kind, that this version does not know end nothing") {
  CHECK(protocol::decode_hub_message(R"({"kind":"fireworks"})").error().code == "message_unknown");
  CHECK(protocol::decode_store_message("fireworks", "{}").error().code == "message_unknown");
  SmallWorld world(55, {"harbour-street"});
  const CartId cart{world.chance().hex_128()};
  world.connect(harbour);
  world.run(2'000);
  world.hub_says(harbour, protocol::OpsRefused{world.authority().era(), "moon_phase", 0});
  world.at_store(harbour, acts(world, add(cart, "A", 2)));
  world.run(40'000);
  world.check_same();
  CHECK(units_in(world.authority().document({"cart", cart.text})->body, cart, "A") == 2);
}
