// SPDX-License-Identifier: Apache-2.0
// Transactions on what a customer did, told in a store and online, and where it may stand; and on alerts, which belong to one
// box.
#include "base/require.hpp"
#include "edge/local_api/alerts.hpp"
#include "sync/protocol/activity_codec.hpp"
#include "sync/protocol/consent_codec.hpp"
#include "sync/protocol/stock_codec.hpp"
#include "tests/faults/points/cases.hpp"

namespace vitrine::faults {

using namespace sync;
using namespace sync::protocol;
using edge::local_api::Desk;

namespace {

const CustomerId amelia{"amelia"};
constexpr int odd_move = 520;

Operation did(int number, const char* kind, std::optional<StoreId> store) {
  rules::ActivityAppend append{.kind = kind, .channel = store ? "store" : "web", .at = UtcMs{1'763'800'000'000}};
  append.sku = Sku{"SKU1"};
  append.store = std::move(store);
  return encode_activity_operation(amelia, EventId{request(number).text}, append);
}

Work tells(int number) {
  return performs({request(number), Nature::fact, "counter-1", {did(number, "picked_up", StoreId{"harbour-street"})}});
}

Work withdraws(int number) {
  return performs({request(number),
                   Nature::fact,
                   "counter-1",
                   {encode_consent_operation(amelia, rules::ConsentWithdraw{"history", "counter"})}});
}

std::function<void(hub::Desk&)> agrees(int number) {
  return said_online(number, encode_consent_operation(amelia, rules::ConsentGive{"history", "phone", {}}));
}

void told_online(World& world) {
  must(world, said_online(501, did(501, "viewed", std::nullopt)));
  must(world, said_online(502, did(502, "searched", std::nullopt)));
}
void agreed(World& world) {
  told_online(world);
  must(world, agrees(503));
  require(world.converge(), "what somebody did comes to the store");
}
void told_here(World& world) {
  agreed(world);
  must(world, tells(504));
}
void taken_back(World& world) {
  agreed(world);
  must(world, withdraws(505));
}
void agreed_meanwhile(World& world) {
  told_online(world);
  must(world, agrees(506));
}

// More of a product goes out than there was.
void odd_stock(World& world) {
  const rules::StockMove sold{-400, rules::MoveReason::sale, "ticket"};
  must(world, performs({request(odd_move),
                        Nature::fact,
                        "counter-1",
                        {encode_stock_operation(StoreId{"harbour-street"}, Sku{"SKU1"}, sold)}}));
  require(world.converge(), "a movement comes to the hub");
}

void raised(World& world) {
  odd_stock(world);
  world.wait(edge::daemon::alert_look_ms);
  world.first.step(std::nullopt);
}

Work sees_to_it(bool acknowledges) {
  return [acknowledges](Desk& desk) -> Result<CartId> {
    edge::local_api::AlertAction action{request(530), "counter-1", acknowledges, {{"stock_odd", "SKU1"}}, "nadia"};
    const auto found = edge::local_api::act(desk, action);
    if (!found) return std::unexpected(found.error());
    if (*found != 1) return fail("not_found", "no such alert");
    return CartId{amelia.text};
  };
}

}  // namespace

std::vector<Case> activity_cases() {
  std::vector<Case> all;
  all.push_back(asked_in_store("activity: told in the store", tells(510), agreed));
  all.push_back(asked_of_hub("activity: told online", said_online(511, did(511, "viewed", std::nullopt)), agreed));
  all.push_back(asked_of_hub("activity: brought by a consent", agrees(512), told_online));
  all.push_back(comes("batch: what was done in the store", true, told_here, is_batch));
  all.push_back(comes("batch: a withdrawal takes activity", true, taken_back, is_batch));
  all.push_back(comes("activity: comes to the store", false, agreed_meanwhile, is_own_page));
  all.push_back(comes("activity: leaves the store", false, taken_back, is_own_page));
  Case looks;
  looks.name = "alert: raised";
  looks.before = [] {
    auto world = World::quiet();
    odd_stock(*world);
    world->wait(edge::daemon::alert_look_ms);
    return world;
  };
  looks.act = [](World& world) {
    world.first.step(std::nullopt);
    return std::optional<Error>();
  };
  all.push_back(std::move(looks));
  all.push_back(asked_in_store("alert: shown", sees_to_it(false), raised));
  all.push_back(asked_in_store("alert: acknowledged", sees_to_it(true), raised));
  return all;
}

}  // namespace vitrine::faults
