// SPDX-License-Identifier: Apache-2.0
// What a store may bring the hub to place with it: nothing by naming a document, and no person by claiming a cart for them.
#include <doctest/doctest.h>

#include "sync/ends/chain.hpp"
#include "tests/sync/ends/small_world.hpp"

using namespace vitrine;
using namespace vitrine::sync;
using namespace vitrine::sync::ends;

namespace {

const StoreId harbour{"harbour-street"};
const StoreId quay{"quay-square"};
const DocumentKey amelia{"customer", "amelia"};

// A store that says what it likes.
struct Stranger {
  SmallWorld& world;
  HubEnd hub{world.authority(), world.chance()};
  IncarnationId life{world.chance().hex_128()};
  Hash last{};
  std::uint64_t n = 0;

  void says(Nature nature, std::vector<Operation> operations) {
    world.authority().put_token(quay, "token");
    Transaction t{TransactionId{world.chance().hex_128()}, ++n, nature, world.now().utc, "kiosk-1", std::move(operations), {}};
    for (Operation& operation : t.operations) operation.salt = world.chance().hex_128();
    t.hash = chain_hash(last, t);
    hub.receive(quay, protocol::Ops{world.authority().era(), "token", life, n, last, {t}}, world.now());
    last = t.hash;
    hub.finish(world.now());
  }
  bool has(const DocumentKey& key) { return world.authority().placed(protocol::own_stream(quay)).contains(key); }
};

Operation add(const CartId& cart, std::optional<StoreId> store, std::optional<CustomerId> owner) {
  return protocol::encode_cart_operation(cart, rules::CartAdd{Sku{"A"}, 1, "kiosk", std::move(store), std::move(owner)});
}

}  // namespace

TEST_CASE("naming a document does not bring it, whatever is said to have happened") {
  SmallWorld world(21, {"harbour-street", "quay-square"});
  const CartId cart{world.chance().hex_128()};
  world.put(amelia, R"({"display_name":"Amelia"})");
  world.at_hub({TransactionId{world.chance().hex_128()}, "phone", {add(cart, harbour, CustomerId{"amelia"})}});
  const Version before = world.authority().document(amelia)->lineage.now;
  Stranger stranger{world};
  for (const Nature nature : {Nature::fact, Nature::intent}) {
    Operation customer = add(cart, {}, {});
    customer.document = amelia;
    stranger.says(nature, {customer});
    stranger.says(nature, {add(cart, {}, {})});
    Operation invented = add(cart, {}, {});
    invented.document = {"settings", "chain"};
    stranger.says(nature, {invented});
  }
  CHECK_FALSE(stranger.has(amelia));
  CHECK_FALSE(stranger.has({"cart", cart.text}));
  CHECK(world.authority().document(amelia)->lineage.now == before);
  CHECK_FALSE(world.authority().document({"settings", "chain"}).has_value());
}

TEST_CASE("a store cannot claim a cart for a person, nor put one into another store") {
  SmallWorld world(22, {"harbour-street", "quay-square"});
  world.put(amelia, R"({"display_name":"Amelia"})");
  Stranger stranger{world};
  const CartId claimed{world.chance().hex_128()};
  stranger.says(Nature::intent, {add(claimed, quay, CustomerId{"amelia"})});
  const CartId mine{world.chance().hex_128()};
  stranger.says(Nature::intent, {add(mine, quay, {})});
  REQUIRE(stranger.has({"cart", mine.text}));
  for (const auto& assign : {rules::CartAssign{CustomerId{"amelia"}, {}}, rules::CartAssign{{}, harbour}}) {
    stranger.says(Nature::fact, {protocol::encode_cart_operation(mine, assign)});
  }
  CHECK_FALSE(stranger.has(amelia));
  CHECK_FALSE(world.authority().document({"cart", claimed.text}).has_value());
  CHECK_FALSE(world.authority().placed(protocol::own_stream(harbour)).contains({"cart", mine.text}));
}

TEST_CASE("a person's slice leaves a store with the last of their carts") {
  SmallWorld world(23, {"harbour-street"});
  world.put(amelia, R"({"display_name":"Amelia"})");
  const CartId first{world.chance().hex_128()};
  const CartId second{world.chance().hex_128()};
  for (const CartId& cart : {first, second}) {
    world.at_hub({TransactionId{world.chance().hex_128()}, "phone", {add(cart, harbour, CustomerId{"amelia"})}});
  }
  world.connect(harbour);
  world.run(3'000);
  REQUIRE(world.rows(harbour).base(amelia).has_value());
  world.take_away({"cart", first.text});
  world.run(1'000);
  CHECK(world.rows(harbour).base(amelia).has_value());
  world.take_away({"cart", second.text});
  world.run(1'000);
  CHECK_FALSE(world.rows(harbour).base(amelia).has_value());
}
