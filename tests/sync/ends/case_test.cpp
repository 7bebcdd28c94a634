// SPDX-License-Identifier: Apache-2.0
// Where a conversation stands: with the store that it waits for, and its customer beside it; else where they stand, while they
// agree to that. What a store says of it without a line is kept, and closes nothing that it has not seen.
#include <doctest/doctest.h>

#include <algorithm>

#include "sync/ends/collections.hpp"
#include "sync/model/customer.hpp"
#include "sync/protocol/case_codec.hpp"
#include "sync/protocol/consent_codec.hpp"
#include "sync/protocol/customer_codec.hpp"
#include "sync/protocol/offer_codec.hpp"
#include "sync/tuning.hpp"
#include "tests/sync/ends/small_world.hpp"

using namespace vitrine;
using namespace vitrine::sync;
using namespace vitrine::sync::ends;
using namespace vitrine::sync::rules;

namespace {

const StoreId harbour{"harbour-street"};
const StoreId quay{"quay-square"};
const CustomerId amelia{"17850"};

struct Talk {
  SmallWorld world;

  explicit Talk(std::uint64_t seed) : world(seed, {"harbour-street", "quay-square"}) {
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
  }
  void agrees(const ConsentOperation& operation) {
    world.at_hub({TransactionId{world.chance().hex_128()}, "phone", {protocol::encode_consent_operation(amelia, operation)}});
    world.run(2'000);
  }
  void online(const CaseId& id, std::vector<CaseOperation> said) {
    std::vector<Operation> operations;
    for (const CaseOperation& one : said) operations.push_back(protocol::encode_case_operation(amelia, id, one));
    world.at_hub({TransactionId{world.chance().hex_128()}, "import", std::move(operations)});
    world.run(2'000);
  }
  CaseId asks(std::optional<StoreId> store) {
    const CaseId id{world.chance().hex_128()};
    online(id, {CaseOpen{"chat", "Cake stand", std::move(store)}, CaseNote{true, "", {}, "Is it dishwasher safe?"}});
    return id;
  }
  void in_store(const StoreId& store, const CaseId& id, std::vector<CaseOperation> said) {
    std::vector<Operation> operations;
    for (const CaseOperation& one : said) operations.push_back(protocol::encode_case_operation(amelia, id, one));
    world.at_store(store, {TransactionId{world.chance().hex_128()}, Nature::fact, "counter-1", std::move(operations)});
  }
  std::optional<Case> in(const StoreId& store, const CaseId& id) {
    const DocumentKey key = protocol::case_key(amelia, id);
    const auto seen = world.rows(store).overlay(key);
    const auto base = world.rows(store).base(key);
    const auto body = seen ? seen->body : base ? base->body : std::nullopt;
    if (!body) return std::nullopt;
    auto read = protocol::decode_case(*body);
    REQUIRE(read.has_value());
    return std::move(*read);
  }
  std::optional<Case> at_hub(const CaseId& id) {
    const auto document = world.authority().document(protocol::case_key(amelia, id));
    if (!document || !document->body) return std::nullopt;
    auto read = protocol::decode_case(*document->body);
    REQUIRE(read.has_value());
    return std::move(*read);
  }
  bool is_customer(const StoreId& store) {
    const auto base = world.rows(store).base(protocol::customer_key(amelia));
    return base && base->body;
  }
  std::vector<Stamp> seen(const StoreId& store, const CaseId& id) {
    std::vector<Stamp> stamps;
    for (const CaseMessage& one : in(store, id)->messages) stamps.push_back(one.stamp);
    return stamps;
  }
};

}  // namespace

TEST_CASE("whoever finds what is about a person finds each kind of it in one list") {
  const auto kinds = kinds_about_persons();
  for (const std::string_view kind : kinds) {
    const auto placed = placement_of({std::string(kind), "17850/" + std::string(32, 'a')}, std::nullopt);
    CHECK(placed.person == amelia);
  }
  CHECK(std::ranges::find(kinds, "activity") != kinds.end());
  CHECK(std::ranges::find(kinds, "case") != kinds.end());
  CHECK(std::ranges::find(kinds, "offer") != kinds.end());
}

TEST_CASE("an offer stands where its customer does while they agree to it; what came of it without a line reaches the hub") {
  Talk it(67);
  it.agrees(ConsentGive{"home_store", "phone", {}});
  const OfferId id{it.world.chance().hex_128()};
  const DocumentKey key = protocol::offer_key(amelia, id);
  const OfferPut put{Sku{"22423"}, {}, {{"en", "Goes with it"}}, 500, UtcMs{0}, it.world.now().utc.plus(86'400'000), 1, 0, ""};
  const auto here = [&] {
    const auto seen = it.world.rows(harbour).overlay(key);
    const auto base = it.world.rows(harbour).base(key);
    return seen ? seen->body.has_value() : base && base->body;
  };
  const auto told = [&](const OfferOperation& operation) {
    it.world.at_store(harbour, {TransactionId{it.world.chance().hex_128()},
                                Nature::fact,
                                "counter-1",
                                {protocol::encode_offer_operation(amelia, id, operation)}});
  };
  const auto at_hub = [&] { return *protocol::decode_offer(*it.world.authority().document(key)->body); };
  it.world.at_hub({TransactionId{it.world.chance().hex_128()}, "import", {protocol::encode_offer_operation(amelia, id, put)}});
  it.world.run(2'000);
  CHECK_FALSE(here());
  it.agrees(ConsentGive{"history", "phone", {}});
  CHECK_FALSE(here());
  it.agrees(ConsentGive{"personalisation", "phone", {}});
  CHECK(here());
  it.world.cut(harbour);
  told(OfferTold{"taken", harbour});
  it.agrees(ConsentWithdraw{"personalisation", "phone"});
  it.world.connect(harbour);
  it.world.run(60'000);
  CHECK(at_hub().outcomes.size() == 1);
  CHECK(is_over(at_hub()));
  CHECK_FALSE(here());
  // What is no store's to say.
  told(OfferTold{"declined", quay});
  told(put);
  it.world.run(60'000);
  CHECK(at_hub().outcomes.size() == 1);
  it.world.check_same();
  it.world.take_away(protocol::customer_key(amelia));
  CHECK_FALSE(it.world.authority().document(key)->body);
}

TEST_CASE(
    "what waits for a store stands there with its customer, whatever they agree to; closed, it goes, and they a day later") {
  Talk it(61);
  const CaseId id = it.asks(quay);
  REQUIRE(it.in(quay, id));
  CHECK(it.is_customer(quay));
  CHECK_FALSE(it.in(harbour, id));
  it.in_store(quay, id,
              {CaseTake{"1001", "Nadia K.", quay}, CaseNote{false, "Nadia K.", quay, "No, by hand."},
               CaseClose{"answered", "Nadia K.", quay, it.seen(quay, id)}});
  it.world.run(2'000);
  REQUIRE(it.at_hub(id));
  CHECK(state_of(*it.at_hub(id)) == CaseState::closed);
  CHECK(it.at_hub(id)->messages.size() == 2);
  CHECK_FALSE(it.in(quay, id));
  CHECK(it.is_customer(quay));  // they may still stand there
  it.world.wait(tuning::lent_for_ms);
  it.world.take_back_lent();
  it.world.run(60'000);
  CHECK_FALSE(it.is_customer(quay));
  it.world.check_same();
}

TEST_CASE("what waits for nobody stands where its customer does, and only while they agree") {
  Talk it(62);
  it.agrees(ConsentGive{"home_store", "phone", {}});
  const CaseId chat = it.asks({});
  const CaseId waits = it.asks(harbour);
  CHECK_FALSE(it.in(harbour, chat));
  REQUIRE(it.in(harbour, waits));
  it.agrees(ConsentGive{"history", "phone", {}});
  CHECK(it.in(harbour, chat));
  CHECK_FALSE(it.in(quay, chat));
  it.agrees(ConsentWithdraw{"history", "phone"});
  CHECK_FALSE(it.in(harbour, chat));
  CHECK(it.in(harbour, waits));
  it.world.check_same();
}

TEST_CASE("a store without a line notes and closes; what the customer wrote meanwhile keeps it open") {
  Talk it(63);
  it.agrees(ConsentGive{"home_store", "phone", {}});
  it.agrees(ConsentGive{"history", "phone", {}});
  const CaseId id = it.asks(harbour);
  it.world.cut(harbour);
  it.in_store(
      harbour, id,
      {CaseNote{false, "Nadia K.", harbour, "No, by hand."}, CaseClose{"answered", "Nadia K.", harbour, it.seen(harbour, id)}});
  CHECK(state_of(*it.in(harbour, id)) == CaseState::closed);
  it.online(id, {CaseNote{true, "", {}, "I need it on Friday."}});
  it.world.connect(harbour);
  it.world.run(60'000);
  CHECK(state_of(*it.at_hub(id)) == CaseState::open);
  CHECK(it.at_hub(id)->messages.size() == 3);
  CHECK(it.in(harbour, id) == it.at_hub(id));
  it.world.check_same();
}

TEST_CASE("a note that a store took without a line is kept, also when they have withdrawn meanwhile") {
  Talk it(64);
  it.agrees(ConsentGive{"home_store", "phone", {}});
  it.agrees(ConsentGive{"history", "phone", {}});
  it.world.cut(harbour);
  const CaseId note{it.world.chance().hex_128()};
  it.in_store(harbour, note, {CaseOpen{"counter", "", {}}, CaseNote{false, "Tom B.", harbour, "Prefers gift bags."}});
  REQUIRE(it.in(harbour, note));
  it.agrees(ConsentWithdraw{"history", "phone"});
  it.world.connect(harbour);
  it.world.run(60'000);
  CHECK(it.at_hub(note));
  CHECK_FALSE(it.in(harbour, note));
  it.world.check_same();
}

TEST_CASE("what is another's to say is not taken: a customer's words, another store's, a chat that a store begins") {
  Talk it(65);
  it.agrees(ConsentGive{"home_store", "phone", {}});
  const CaseId id = it.asks(harbour);
  it.in_store(harbour, id, {CaseNote{true, "", {}, "I never said this."}});
  it.in_store(harbour, id, {CaseNote{false, "Nadia K.", quay, "Nor I this."}});
  it.in_store(harbour, id, {CaseTake{"1001", "Nadia K.", quay}});
  const CaseId own{it.world.chance().hex_128()};
  it.in_store(harbour, own, {CaseOpen{"chat", "", harbour}});
  it.world.run(60'000);
  CHECK(it.at_hub(id)->messages.size() == 1);
  CHECK_FALSE(it.at_hub(id)->owner);
  CHECK_FALSE(it.at_hub(own));
  it.world.check_same();
}

TEST_CASE("with their customer all conversations are gone, and no late note brings one back") {
  Talk it(66);
  it.agrees(ConsentGive{"home_store", "phone", {}});
  const CaseId id = it.asks(harbour);
  it.world.cut(harbour);
  it.in_store(harbour, id, {CaseNote{false, "Nadia K.", harbour, "No, by hand."}});
  it.world.take_away(protocol::customer_key(amelia));
  it.world.take_away(protocol::consent_key(amelia));
  CHECK_FALSE(it.at_hub(id));
  it.world.connect(harbour);
  it.world.run(60'000);
  CHECK_FALSE(it.at_hub(id));
  CHECK_FALSE(it.in(harbour, id));
  it.world.check_same();
}
