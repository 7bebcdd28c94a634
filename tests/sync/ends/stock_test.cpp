// SPDX-License-Identifier: Apache-2.0
// Stock between a store and the hub: what moved offline, what was promised meanwhile at both ends, and what a store may not do.
#include <doctest/doctest.h>

#include "sync/ends/collections.hpp"
#include "sync/protocol/stock_codec.hpp"
#include "tests/sync/ends/small_world.hpp"

using namespace vitrine;
using namespace vitrine::sync;
using namespace vitrine::sync::ends;
using namespace vitrine::sync::rules;

namespace {

const StoreId harbour{"harbour-street"};
const StoreId quay{"quay-square"};
const Sku sku{"85123A"};
const DocumentKey shelf = protocol::stock_key(harbour, sku);

std::string figure(std::int64_t on_hand, UtcMs counted_at) {
  return protocol::encode_stock(apply_import(std::nullopt, harbour, sku, {on_hand, counted_at, 0, "", ""}, counted_at));
}

struct Shop {
  SmallWorld& world;
  const RightId right{world.chance().hex_128()};

  std::string act(const StoreId& store, Nature nature, StockOperation operation, const StoreId& of = harbour) {
    return world
        .at_store(
            store,
            {TransactionId{world.chance().hex_128()}, nature, "kiosk-1", {protocol::encode_stock_operation(of, sku, operation)}})
        .reason;
  }
  std::string at_hub(StockOperation operation) {
    return world
        .at_hub({TransactionId{world.chance().hex_128()}, "web", {protocol::encode_stock_operation(harbour, sku, operation)}})
        .reason;
  }
  StockReserve promise(std::int64_t units, bool by_store) {
    return {ReservationId{world.chance().hex_128()}, units, world.now().utc.plus(600'000), "x",
            by_store ? std::optional(right) : std::nullopt};
  }
  Stock hub() { return *protocol::decode_stock(*world.authority().document(shelf)->body); }
  Stock seen() {
    const auto overlay = world.rows(harbour).overlay(shelf);
    const auto base = world.rows(harbour).base(shelf);
    return *protocol::decode_stock(overlay ? *overlay->body : *base->body);
  }
};

}  // namespace

TEST_CASE("what a store sold offline counts at the hub, whatever figure the platform sent meanwhile") {
  SmallWorld world(31, {"harbour-street"});
  Shop shop{world};
  world.put(shelf, figure(10, world.now().utc));
  world.connect(harbour);
  world.run(3'000);
  world.cut(harbour);
  world.wait(60'000);
  const UtcMs counted_at = world.now().utc;
  world.wait(60'000);
  CHECK(shop.act(harbour, Nature::fact, StockMove{-2, MoveReason::sale, "t"}).empty());
  CHECK(shop.seen().on_hand == 8);
  world.put(shelf, protocol::encode_stock(apply_import(shop.hub(), harbour, sku, {12, counted_at, 0, "", ""}, world.now().utc)));
  world.connect(harbour);
  world.run(60'000);
  world.check_same();
  CHECK(shop.hub().on_hand == 10);
  CHECK(shop.hub().discrepancies.empty());
}

TEST_CASE("store and web promise at once, cut off from each other, and nothing twice") {
  SmallWorld world(32, {"harbour-street"});
  Shop shop{world};
  world.put(shelf, figure(5, world.now().utc));
  CHECK(shop.at_hub(StockLend{shop.right, 2, world.now().utc.plus(3'600'000)}).empty());
  world.connect(harbour);
  world.run(3'000);
  world.cut(harbour);
  CHECK(shop.act(harbour, Nature::intent, shop.promise(2, true)).empty());
  CHECK(shop.act(harbour, Nature::intent, shop.promise(1, true)) == "not_enough");
  CHECK(shop.at_hub(shop.promise(3, false)).empty());
  CHECK(shop.at_hub(shop.promise(1, false)) == "not_enough");
  world.connect(harbour);
  world.run(60'000);
  world.check_same();
  CHECK(reserved_at(shop.hub(), world.now().utc) == 5);
  CHECK(world.authority().placed(protocol::own_stream(harbour)).size() == 1);  // no outcome: nobody was disappointed
}

TEST_CASE("a promise that comes after its right is over is an outcome, and the store's view forgets it") {
  SmallWorld world(33, {"harbour-street"});
  Shop shop{world};
  world.put(shelf, figure(5, world.now().utc));
  shop.at_hub(StockLend{shop.right, 2, world.now().utc.plus(60'000)});
  world.connect(harbour);
  world.run(3'000);
  world.cut(harbour);
  CHECK(shop.act(harbour, Nature::intent, shop.promise(2, true)).empty());
  world.wait(120'000);
  CHECK(shop.at_hub(StockLend{RightId{world.chance().hex_128()}, 3, world.now().utc.plus(600'000)}).empty());
  world.connect(harbour);
  world.run(60'000);
  world.check_same();
  CHECK(shop.hub().reservations.empty());
  CHECK(world.authority().placed(protocol::own_stream(harbour)).size() == 2);
}

TEST_CASE("a store moves its own stock and no other's, and lends itself nothing") {
  SmallWorld world(34, {"harbour-street", "quay-square"});
  Shop shop{world};
  world.put(shelf, figure(5, world.now().utc));
  world.connect(harbour);
  world.connect(quay);
  world.run(3'000);
  shop.act(quay, Nature::fact, StockMove{-2, MoveReason::sale, "t"});
  shop.act(harbour, Nature::intent, StockLend{shop.right, 2, world.now().utc.plus(60'000)});
  world.run(60'000);
  CHECK(shop.hub().on_hand == 5);
  CHECK_FALSE(shop.hub().lent.has_value());
  CHECK_FALSE(world.authority().placed(protocol::own_stream(quay)).contains(shelf));
  for (const char* id : {"harbour-street", "harbour-street/", "/A", "Harbour/A", "harbour-street/a/b"}) {
    const Operation odd{{"stock", id}, "stock.move", 1, R"({"units":1,"reason":"sale","reference":""})", ""};
    CHECK(out_of_scope({harbour, odd, true, true, false, {}}) == "not_allowed");
    CHECK(apply_operation(std::nullopt, odd, {}).error().reason == "operation_malformed");
  }
}

TEST_CASE("what happened to goods that the hub has never heard of begins their record") {
  SmallWorld world(35, {"harbour-street"});
  Shop shop{world};
  world.connect(harbour);
  world.run(3'000);
  CHECK(shop.act(harbour, Nature::fact, StockMove{4, MoveReason::receipt, "d"}).empty());
  world.run(60'000);
  world.check_same();
  CHECK(shop.hub().on_hand == 4);
  CHECK(shop.hub().discrepancies.front().kind == "unlisted");
}
