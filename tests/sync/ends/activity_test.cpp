// SPDX-License-Identifier: Apache-2.0
// Where it stands what a customer did: where they do, while they agree to it, the newest of it; and how it goes.
#include <doctest/doctest.h>

#include "sync/model/customer.hpp"
#include "sync/protocol/activity_codec.hpp"
#include "sync/protocol/consent_codec.hpp"
#include "sync/protocol/customer_codec.hpp"
#include "tests/sync/ends/small_world.hpp"

using namespace vitrine;
using namespace vitrine::sync;
using namespace vitrine::sync::ends;
using namespace vitrine::sync::rules;

namespace {

const StoreId harbour{"harbour-street"};
const StoreId quay{"quay-square"};
const CustomerId amelia{"17850"};

struct Doings {
  SmallWorld world;

  explicit Doings(std::uint64_t seed) : world(seed, {"harbour-street", "quay-square"}) {
    Customer customer;
    customer.id = amelia;
    customer.first_name = "Amelia";
    customer.language = "en";
    customer.home_store = harbour;
    customer.expires_at = world.now().utc.plus(customer_kept_ms);
    world.put(protocol::customer_key(amelia), protocol::encode_customer(customer));
    ConsentRegister consents{amelia, {}};
    consents.expires_at = customer.expires_at;
    world.put(protocol::consent_key(amelia), protocol::encode_consents(consents));
    world.connect(harbour);
    world.connect(quay);
    says(ConsentGive{"home_store", "phone", {}});
  }
  void says(const ConsentOperation& operation) {
    world.at_hub({TransactionId{world.chance().hex_128()}, "phone", {protocol::encode_consent_operation(amelia, operation)}});
    world.run(2'000);
  }
  EventId online(UtcMs at, const CustomerId& who = amelia) {
    const EventId event{world.chance().hex_128()};
    const ActivityAppend said{"viewed", "web", at, Sku{"A"}, {}, {}, ""};
    world.at_hub({TransactionId{event.text}, "import", {protocol::encode_activity_operation(who, event, said)}, at});
    return event;
  }
  EventId online() { return online(world.now().utc); }
  // The refusal; empty: the store took it.
  std::string in_store(const StoreId& store, const EventId& event, const char* kind = "picked_up",
                       const StoreId& where = harbour) {
    const ActivityAppend said{kind, "store", world.now().utc, {}, OrderId{"581234"}, where, ""};
    return world
        .at_store(store, {TransactionId{world.chance().hex_128()},
                          Nature::fact,
                          "counter-1",
                          {protocol::encode_activity_operation(amelia, event, said)}})
        .reason;
  }
  bool here(const StoreId& store, const EventId& event) {
    const DocumentKey key = protocol::activity_key(amelia, event);
    const auto seen = world.rows(store).overlay(key);
    const auto base = world.rows(store).base(key);
    return seen ? seen->body.has_value() : base && base->body;
  }
  bool at_hub(const EventId& event) {
    const auto document = world.authority().document(protocol::activity_key(amelia, event));
    return document && document->body;
  }
};

}  // namespace

TEST_CASE("what somebody did online stands where they do, and only while they agree that it is seen") {
  Doings it(91);
  const EventId before = it.online();
  it.world.run(2'000);
  CHECK_FALSE(it.here(harbour, before));
  it.says(ConsentGive{"history", "phone", {}});
  CHECK(it.here(harbour, before));
  CHECK_FALSE(it.here(quay, before));
  const EventId after = it.online();
  it.world.run(2'000);
  CHECK(it.here(harbour, after));
  it.says(ConsentWithdraw{"history", "phone"});
  CHECK_FALSE(it.here(harbour, before));
  CHECK_FALSE(it.here(harbour, after));
  CHECK(it.at_hub(before));
  it.world.check_same();
}

TEST_CASE("it comes with its customer and leaves with them") {
  Doings it(92);
  it.says(ConsentGive{"history", "phone", {}});
  const EventId event = it.online();
  it.world.run(2'000);
  REQUIRE(it.here(harbour, event));
  it.says(ConsentWithdraw{"home_store", "phone"});
  CHECK_FALSE(it.here(harbour, event));
  it.says(ConsentGive{"home_store",
                      "phone",
                      {protocol::decode_consents(*it.world.authority().document(protocol::consent_key(amelia))->body)
                           ->purposes["home_store"]
                           .withdrawals.back()
                           .stamp.by}});
  CHECK(it.here(harbour, event));
  it.world.check_same();
}

TEST_CASE("a store without a line says what happened there; the hub has it once and other stores by the same rule") {
  Doings it(93);
  it.says(ConsentGive{"history", "phone", {}});
  it.world.cut(harbour);
  const EventId event{it.world.chance().hex_128()};
  CHECK(it.in_store(harbour, event).empty());
  CHECK(it.in_store(harbour, event).empty());
  CHECK(it.here(harbour, event));
  it.world.connect(harbour);
  it.world.run(60'000);
  CHECK(it.at_hub(event));
  CHECK(it.here(harbour, event));
  CHECK_FALSE(it.here(quay, event));
  // What is no store's to say.
  const EventId other{it.world.chance().hex_128()};
  it.in_store(harbour, other, "viewed");
  it.in_store(harbour, other, "picked_up", quay);
  it.world.run(60'000);
  CHECK_FALSE(it.at_hub(other));
  it.world.check_same();
}

TEST_CASE("agreement that was taken back meanwhile: a late word of a store reaches the hub and stands in no store") {
  Doings it(94);
  it.says(ConsentGive{"history", "phone", {}});
  it.world.cut(harbour);
  const EventId event{it.world.chance().hex_128()};
  it.in_store(harbour, event);
  it.says(ConsentWithdraw{"history", "phone"});
  it.world.connect(harbour);
  it.world.run(60'000);
  CHECK(it.at_hub(event));
  CHECK_FALSE(it.here(harbour, event));
  it.world.check_same();
}

TEST_CASE("of one customer the newest stand, and everything is forgotten thirty days after it happened") {
  Doings it(95);
  it.says(ConsentGive{"history", "phone", {}});
  const UtcMs began = it.world.now().utc;
  std::vector<EventId> events;
  // The newest is told first: what counts is when it happened.
  for (std::size_t i = 0; i < activity_max + 3; ++i)
    events.push_back(it.online(began.plus(-1'000 * static_cast<std::int64_t>(i))));
  it.world.run(10'000);
  CHECK(it.world.authority().live_under("activity", "17850/").size() == activity_max);
  CHECK(it.here(harbour, events.front()));
  CHECK(it.here(harbour, events[activity_max - 1]));
  for (std::size_t i = activity_max; i < events.size(); ++i) CHECK_FALSE(it.here(harbour, events[i]));
  it.world.check_same();
  // A store that is cut off forgets by itself.
  it.world.cut(harbour);
  it.world.run_days(28);
  CHECK(it.here(harbour, events.front()));
  it.world.run_days(3);
  CHECK_FALSE(it.here(harbour, events.front()));
  it.world.expire();
  CHECK_FALSE(it.at_hub(events.front()));
  CHECK(it.world.now().utc > began.plus(activity_kept_ms));
}

TEST_CASE("who is erased did nothing: all of it goes, and no late word brings any of it back") {
  Doings it(96);
  it.says(ConsentGive{"history", "phone", {}});
  const EventId event = it.online();
  const CustomerId neighbour{"17850/2"};  // a number that begins like hers
  const EventId theirs = it.online(it.world.now().utc, neighbour);
  it.world.run(2'000);
  REQUIRE(it.here(harbour, event));
  it.world.cut(harbour);
  const EventId late{it.world.chance().hex_128()};
  it.in_store(harbour, late);
  it.world.take_away(protocol::customer_key(amelia));
  it.world.take_away(protocol::consent_key(amelia));
  CHECK_FALSE(it.at_hub(event));
  it.world.connect(harbour);
  it.world.run(60'000);
  CHECK_FALSE(it.here(harbour, event));
  CHECK_FALSE(it.here(harbour, late));
  CHECK_FALSE(it.at_hub(late));
  CHECK(it.world.rows(harbour).transactions_after(0, 10, 1 << 20).size() == 1);
  it.world.check_same();
  // Nobody of that number was ever here.
  CHECK_FALSE(it.world.authority().document(protocol::activity_key(neighbour, theirs))->body);
}
