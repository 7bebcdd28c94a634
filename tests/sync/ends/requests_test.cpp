// SPDX-License-Identifier: Apache-2.0
// Requests for a person between a store and the hub: made and ended offline, told once the line is back, forgotten at both ends,
// and no other store's to touch.
#include <doctest/doctest.h>

#include "sync/protocol/request_codec.hpp"
#include "tests/sync/ends/small_world.hpp"

using namespace vitrine;
using namespace vitrine::sync;
using namespace vitrine::sync::ends;
using namespace vitrine::sync::rules;

namespace {

const StoreId harbour{"harbour-street"};
const StoreId quay{"quay-square"};

std::string act(SmallWorld& world, const StoreId& store, const RequestId& id, const RequestOperation& operation,
                const StoreId& of = harbour) {
  return world
      .at_store(store, {TransactionId{world.chance().hex_128()},
                        Nature::fact,
                        "kiosk-1",
                        {protocol::encode_request_operation(of, id, operation)}})
      .reason;
}

std::optional<HelpRequest> at_hub(SmallWorld& world, const RequestId& id) {
  const auto document = world.authority().document(protocol::request_key(harbour, id));
  if (!document || !document->body) return std::nullopt;
  return *protocol::decode_request_document(*document->body);
}

}  // namespace

TEST_CASE("who asks for help offline is helped, and the hub hears of all of it") {
  SmallWorld world(51, {"harbour-street"});
  world.connect(harbour);
  world.run(3'000);
  world.cut(harbour);
  const RequestId id{world.chance().hex_128()};
  CHECK(act(world, harbour, id, RequestRaise{"kiosk-1", "by the stairs", "en", ""}).empty());
  CHECK(act(world, harbour, id, RequestSay{"finding"}).empty());
  CHECK(act(world, harbour, id, RequestTake{"nadia", 1}).empty());
  world.wait(60'000);
  CHECK(act(world, harbour, id, RequestEnd{"helped"}).empty());
  CHECK_FALSE(at_hub(world, id));
  world.connect(harbour);
  world.run(60'000);
  world.check_same();
  const auto request = at_hub(world, id);
  REQUIRE(request);
  CHECK(request->taken->who == "nadia");
  CHECK(state_of(*request) == RequestState::ended);
  CHECK(request->ended->stamp.at.value - request->since.value >= 60'000);
}

TEST_CASE("a store has no say in another store's requests") {
  SmallWorld world(52, {"harbour-street", "quay-square"});
  world.connect(harbour);
  world.connect(quay);
  world.run(3'000);
  const RequestId id{world.chance().hex_128()};
  CHECK(act(world, harbour, id, RequestRaise{"kiosk-1", "", "", ""}).empty());
  act(world, quay, id, RequestEnd{"gone"});
  world.run(60'000);
  REQUIRE(at_hub(world, id));
  CHECK(state_of(*at_hub(world, id)) == RequestState::waiting);
}

TEST_CASE("both ends forget a request after two days, connected or not") {
  SmallWorld world(53, {"harbour-street"});
  world.connect(harbour);
  world.run(3'000);
  const RequestId id{world.chance().hex_128()};
  const DocumentKey key = protocol::request_key(harbour, id);
  CHECK(act(world, harbour, id, RequestRaise{"kiosk-1", "", "", ""}).empty());
  world.run(3'000);
  REQUIRE(at_hub(world, id));
  world.cut(harbour);
  world.run_days(3);
  CHECK(world.expire() == 1);
  CHECK_FALSE(at_hub(world, id));
  const auto base = world.rows(harbour).base(key);
  CHECK_FALSE((base && base->body));
}
