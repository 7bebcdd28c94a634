// SPDX-License-Identifier: Apache-2.0
// Where customers and their consents stand, how they leave, and how stores forget them; what is agreed in two places at once; and
// who may ask for somebody who is not here.
#include <doctest/doctest.h>

#include "sync/model/customer.hpp"
#include "sync/protocol/consent_codec.hpp"
#include "sync/protocol/customer_codec.hpp"
#include "sync/protocol/order_codec.hpp"
#include "tests/sync/ends/small_world.hpp"

using namespace vitrine;
using namespace vitrine::sync;
using namespace vitrine::sync::ends;
using namespace vitrine::sync::rules;

namespace {

const StoreId harbour{"harbour-street"};
const StoreId quay{"quay-square"};
const CustomerId amelia{"17850"};
const Identity card{"loyalty", std::string(64, 'c')};

struct People {
  SmallWorld world;

  explicit People(std::uint64_t seed, std::optional<StoreId> home = std::nullopt)
      : world(seed, {"harbour-street", "quay-square"}) {
    Customer customer;
    customer.id = amelia;
    customer.first_name = "Amelia";
    customer.language = "en";
    customer.home_store = std::move(home);
    customer.identities = {card};
    customer.expires_at = world.now().utc.plus(customer_kept_ms);
    world.put(protocol::customer_key(amelia), protocol::encode_customer(customer));
    ConsentRegister consents{amelia, {}};
    consents.expires_at = customer.expires_at;
    world.put(protocol::consent_key(amelia), protocol::encode_consents(consents));
    world.put(protocol::identity_key(card), protocol::encode_identity(amelia));
    world.put({"staff", "quay-square/1001"}, R"({"store":"quay-square","staff":"1001","name":"Tom","role":"sales","from":0})");
    world.put({"staff", "quay-square/1002"}, R"({"store":"quay-square","staff":"1002","name":"Eve","role":"auditor","from":0})");
    world.connect(harbour);
    world.connect(quay);
    world.run(3'000);
  }

  bool here(const StoreId& store) {
    const auto customer = world.rows(store).base(protocol::customer_key(amelia));
    const auto consents = world.rows(store).base(protocol::consent_key(amelia));
    const bool one = customer && customer->body;
    CHECK(one == (consents && consents->body));  // never the one without the other
    return one;
  }
  std::string at_store(const StoreId& store, const ConsentOperation& operation) {
    const bool fact = std::holds_alternative<ConsentWithdraw>(operation);
    return world
        .at_store(store, {TransactionId{world.chance().hex_128()},
                          fact ? Nature::fact : Nature::intent,
                          "counter-1",
                          {protocol::encode_consent_operation(amelia, operation)}})
        .reason;
  }
  void at_hub(const ConsentOperation& operation) {
    world.at_hub({TransactionId{world.chance().hex_128()}, "phone", {protocol::encode_consent_operation(amelia, operation)}});
  }
  ConsentRegister consents() {
    return *protocol::decode_consents(*world.authority().document(protocol::consent_key(amelia))->body);
  }
  std::optional<bool> granted_at(const StoreId& store, std::string_view purpose) {
    const DocumentKey key = protocol::consent_key(amelia);
    const auto seen = world.rows(store).overlay(key);
    const auto base = world.rows(store).base(key);
    const auto body = seen ? seen->body : base ? base->body : std::nullopt;
    if (!body) return std::nullopt;
    return is_granted(*protocol::decode_consents(*body), purpose);
  }
  std::vector<std::string> withdrawals(std::string_view purpose) {
    std::vector<std::string> out;
    for (const auto& one : consents().purposes[std::string(purpose)].withdrawals) out.push_back(one.stamp.by);
    return out;
  }
  protocol::Ask question(const std::string& staff, const Identity& identity = card) {
    return {TransactionId{world.chance().hex_128()},
            "customer",
            identity.kind + "/" + identity.hash,
            "",
            "counter-1",
            world.now().utc,
            staff};
  }
  std::string ask(const protocol::Ask& question) {
    const std::size_t before = world.answers(quay).size();
    REQUIRE(world.ask(quay, question));
    world.run(2'000);
    REQUIRE(world.answers(quay).size() == before + 1);
    return world.answers(quay).back().code;
  }
};

}  // namespace

TEST_CASE("a customer stands in the store of their choice while they agree to it, and in no other") {
  People it(61, harbour);
  CHECK_FALSE(it.here(harbour));
  it.at_hub(ConsentGive{"home_store", "phone", {}});
  it.world.run(2'000);
  CHECK(it.here(harbour));
  CHECK_FALSE(it.here(quay));
  it.at_hub(ConsentWithdraw{"home_store", "phone"});
  it.world.run(2'000);
  CHECK_FALSE(it.here(harbour));
  it.world.check_same();
}

TEST_CASE("a customer comes with the first of their carts and orders, and leaves with the last") {
  People it(62);
  const CartId cart{it.world.chance().hex_128()};
  it.world.at_hub({TransactionId{it.world.chance().hex_128()},
                   "phone",
                   {protocol::encode_cart_operation(cart, CartAdd{Sku{"A"}, 2, "phone", quay, amelia})}});
  OrderPlaced place;
  place.revision = 1;
  place.placed_at = it.world.now().utc;
  place.channel = "web";
  place.currency = "GBP";
  place.store = quay;
  place.customer = amelia;
  place.lines = {{1, Sku{"A"}, 1, 100}};
  const OrderId order{"581234"};
  it.world.at_hub({TransactionId{it.world.chance().hex_128()}, "import", {protocol::encode_order_operation(order, place)}});
  it.world.run(2'000);
  CHECK(it.here(quay));
  CHECK_FALSE(it.here(harbour));
  it.world.take_away({"cart", cart.text});
  it.world.run(2'000);
  CHECK(it.here(quay));  // the order is still here
  place.revision = 2;
  place.archived = true;
  it.world.at_hub({TransactionId{it.world.chance().hex_128()}, "import", {protocol::encode_order_operation(order, place)}});
  it.world.run(2'000);
  CHECK_FALSE(it.here(quay));
  it.world.check_same();
}

TEST_CASE("a store that hears nothing for a month forgets who they are; one that does keeps them") {
  People it(63, harbour);
  it.at_hub(ConsentGive{"home_store", "phone", {}});
  it.world.run(2'000);
  for (int week = 0; week < 6; ++week) {
    it.world.run_days(7);
    it.world.expire();
    it.world.run(60'000);
    CHECK(it.here(harbour));
  }
  it.world.cut(harbour);
  it.world.run_days(14);
  CHECK(it.here(harbour));  // renewed in the fourth week, and it is the eighth
  it.world.run_days(4);
  CHECK_FALSE(it.here(harbour));
  it.world.expire();
  it.world.connect(harbour);
  it.world.run(60'000);
  CHECK(it.here(harbour));
  it.world.check_same();
}

TEST_CASE("agreed on the phone and withdrawn at a store that is cut off: withdrawn, until somebody who knows agrees again") {
  People it(64, harbour);
  it.at_hub(ConsentGive{"home_store", "phone", {}});
  it.at_hub(ConsentGive{"history", "phone", {}});
  it.world.run(2'000);
  CHECK(it.granted_at(harbour, "history") == true);
  it.world.cut(harbour);
  CHECK(it.at_store(harbour, ConsentWithdraw{"history", "counter"}).empty());
  CHECK(it.granted_at(harbour, "history") == false);  // at once
  it.world.wait(60'000);
  it.at_hub(ConsentGive{"history", "phone", {}});  // later, and it knows nothing of the store
  CHECK(is_granted(it.consents(), "history"));
  it.world.connect(harbour);
  it.world.run(60'000);
  CHECK_FALSE(is_granted(it.consents(), "history"));
  CHECK(it.granted_at(harbour, "history") == false);
  CHECK(it.at_store(harbour, ConsentGive{"history", "counter", {}}) == "consent_withdrawn");
  CHECK(it.at_store(harbour, ConsentGive{"history", "counter", it.withdrawals("history")}).empty());
  it.world.run(2'000);
  CHECK(is_granted(it.consents(), "history"));
  it.world.check_same();
}

TEST_CASE("a withdrawal reaches the hub also when the customer has left the store meanwhile, and puts nobody back there") {
  People it(65, harbour);
  it.at_hub(ConsentGive{"home_store", "phone", {}});
  it.at_hub(ConsentGive{"marketing_email", "phone", {}});
  it.world.run(2'000);
  it.world.cut(harbour);
  CHECK(it.at_store(harbour, ConsentWithdraw{"marketing_email", "counter"}).empty());
  it.at_hub(ConsentWithdraw{"home_store", "phone"});
  it.world.connect(harbour);
  it.world.run(60'000);
  CHECK_FALSE(is_granted(it.consents(), "marketing_email"));
  CHECK_FALSE(it.here(harbour));
  CHECK_FALSE(it.granted_at(harbour, "marketing_email").has_value());
  it.world.check_same();
}

TEST_CASE("a store has no say in what somebody who is not there agrees to, and none in the hub's name") {
  People it(66, harbour);
  it.at_store(quay, ConsentGive{"history", "counter", {}});
  it.world.run(60'000);
  CHECK_FALSE(is_granted(it.consents(), "history"));
  CHECK_FALSE(it.here(quay));
  it.at_hub(ConsentGive{"home_store", "phone", {}});
  it.at_hub(ConsentGive{"history", "phone", {}});
  it.world.run(2'000);
  it.at_store(harbour, ConsentWithdraw{"history", "import"});
  it.world.run(60'000);
  CHECK(is_granted(it.consents(), "history"));
}

TEST_CASE("somebody who is not here comes for a day by what they show, asked by staff who may") {
  People it(67, harbour);
  CHECK(it.ask(it.question("1002")) == "not_allowed");
  CHECK(it.ask(it.question("9999")) == "not_allowed");
  CHECK(it.ask(it.question("")) == "not_allowed");
  CHECK(it.ask(it.question("1001", {"loyalty", std::string(64, 'd')})) == "not_found");
  CHECK(it.ask(it.question("1001", {"name", std::string(64, 'c')})) == "ask_unknown");
  CHECK_FALSE(it.here(quay));
  CHECK(it.ask(it.question("1001")).empty());
  CHECK(it.here(quay));
  CHECK(it.at_store(quay, ConsentGive{"history", "counter", {}}).empty());
  it.world.run(2'000);
  CHECK(is_granted(it.consents(), "history"));
  it.world.wait(25 * 3'600'000);
  it.world.take_back_lent();
  it.world.run(60'000);
  CHECK_FALSE(it.here(quay));
  it.world.check_same();
  const auto& look_ups = it.world.authority().look_ups();
  CHECK(look_ups.size() == 6);
  for (const LookUp& one : look_ups) CHECK(one.key.find(amelia.text) == std::string::npos);
}

TEST_CASE("a store that goes through people one by one is stopped within the hour") {
  People it(68, harbour);
  std::size_t answered = 0;
  for (int i = 0; i < 40; ++i) {
    const std::string code = it.ask(it.question("1001", {"loyalty", std::string(62, 'd') + std::to_string(10 + i)}));
    if (code == "not_found") ++answered;
    if (code != "not_found") CHECK(code == "too_many");
  }
  CHECK(answered == 30);
  it.world.wait(3'600'000);
  it.world.run(60'000);
  CHECK(it.ask(it.question("1001")).empty());
}

TEST_CASE("who is erased leaves a mark and no consents, and nothing brings them back") {
  People it(69, harbour);
  it.at_hub(ConsentGive{"home_store", "phone", {}});
  it.world.run(2'000);
  it.world.cut(harbour);
  it.at_store(harbour, ConsentGive{"history", "counter", {}});
  it.world.take_away(protocol::customer_key(amelia));
  it.world.take_away(protocol::consent_key(amelia));
  it.world.connect(harbour);
  it.world.run(60'000);
  CHECK_FALSE(it.here(harbour));
  it.world.expire();
  it.world.run(2'000);
  CHECK_FALSE(it.here(harbour));
  // A withdrawal is taken from everywhere, and makes nobody anew.
  it.at_store(quay, ConsentWithdraw{"history", "counter"});
  it.world.run(60'000);
  CHECK_FALSE(it.world.authority().document(protocol::consent_key(amelia))->body.has_value());
  CHECK_FALSE(it.world.authority().document(protocol::customer_key(amelia))->body.has_value());
}
