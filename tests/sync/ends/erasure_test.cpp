// SPDX-License-Identifier: Apache-2.0
// Erasure between the hub and its stores: all that is somebody's goes, goods and money stay, and whatever comes late brings
// nobody back.
#include <doctest/doctest.h>

#include "sync/ends/erasure.hpp"
#include "sync/protocol/activity_codec.hpp"
#include "sync/protocol/consent_codec.hpp"
#include "sync/protocol/customer_codec.hpp"
#include "sync/protocol/identity.hpp"
#include "sync/protocol/order_codec.hpp"
#include "sync/protocol/request_codec.hpp"
#include "sync/protocol/stock_codec.hpp"
#include "tests/sync/ends/small_world.hpp"

using namespace vitrine;
using namespace vitrine::sync;
using namespace vitrine::sync::ends;
using namespace vitrine::sync::rules;

namespace {

const StoreId harbour{"harbour-street"};
const StoreId quay{"quay-square"};
const CustomerId amelia{"17850"};
const CustomerId noah{"17851"};
const Identity card{"loyalty", std::string(64, 'c')};
const OrderId order{"581234"};

struct Shop {
  SmallWorld world;
  CartId cart;
  RequestId request;
  EventId event;

  explicit Shop(std::uint64_t seed) : world(seed, {"harbour-street", "quay-square"}) {
    for (const CustomerId& one : {amelia, noah}) import(one);
    world.connect(harbour);
    world.connect(quay);
    for (const CustomerId& one : {amelia, noah}) {
      at_hub({protocol::encode_consent_operation(one, ConsentGive{"home_store", "phone", {}})});
      at_hub({protocol::encode_consent_operation(one, ConsentGive{"history", "phone", {}})});
    }
    cart = CartId{world.chance().hex_128()};
    at_hub({protocol::encode_cart_operation(cart, CartAdd{Sku{"A"}, 2, "phone", quay, amelia})});
    event = EventId{world.chance().hex_128()};
    at_hub({protocol::encode_activity_operation(
        amelia, event, ActivityAppend{"searched", "web", world.now().utc, {}, {}, {}, "a stand for Amelia's cakes"})});
    place(1, 2);
    at_hub({protocol::encode_order_operation(order, OrderPay{200})});
    at_hub({protocol::encode_order_operation(order, OrderDelegate{{"Ben", "B", "", ""}})});
    at_store(quay, Nature::fact, {protocol::encode_order_operation(order, OrderHandOver{quay, {{1, 1}}, "code", false})});
    request = RequestId{world.chance().hex_128()};
    at_store(
        quay, Nature::fact,
        {protocol::encode_request_operation(quay, request, RequestRaise{"kiosk-1", "by the stairs", "en", "cart/" + cart.text})});
    world.run(3'000);
  }

  void import(const CustomerId& id) {
    Customer customer;
    customer.id = id;
    customer.first_name = id == amelia ? "Amelia" : "Noah";
    customer.language = "en";
    customer.home_store = harbour;
    if (id == amelia) customer.identities = {card};
    customer.expires_at = world.now().utc.plus(customer_kept_ms);
    if (id == amelia) world.put(protocol::identity_key(card), protocol::encode_identity(id));
    world.put(protocol::customer_key(id), protocol::encode_customer(customer));
    if (world.authority().document(protocol::consent_key(id))) return;
    ConsentRegister consents{id, {}};
    consents.expires_at = customer.expires_at;
    world.put(protocol::consent_key(id), protocol::encode_consents(consents));
  }
  HubPerformed at_hub(std::vector<Operation> operations) {
    return world.at_hub({TransactionId{world.chance().hex_128()}, "platform", std::move(operations)});
  }
  Performed at_store(const StoreId& store, Nature nature, std::vector<Operation> operations) {
    return world.at_store(store, {TransactionId{world.chance().hex_128()}, nature, "counter-1", std::move(operations)});
  }
  HubPerformed place(std::int64_t revision, std::int64_t units, const OrderId& id = order) {
    OrderPlaced placed;
    placed.revision = revision;
    placed.placed_at = world.now().utc;
    placed.channel = "web";
    placed.currency = "GBP";
    placed.store = quay;
    placed.customer = amelia;
    placed.buyer = PickupPerson{"Amelia", "R", "41", "en"};
    placed.lines = {{1, Sku{"A"}, units, 100}};
    return at_hub({protocol::encode_order_operation(id, placed)});
  }
  Operation word(const char* purpose = "marketing_email", const CustomerId& of = amelia) {
    return protocol::encode_consent_operation(of, ConsentWithdraw{purpose, "counter"});
  }
  Operation noted() {
    return protocol::encode_activity_operation(amelia, EventId{world.chance().hex_128()},
                                               ActivityAppend{"visited", "store", world.now().utc, {}, {}, harbour, ""});
  }

  bool stands(const DocumentKey& key) {
    const auto document = world.authority().document(key);
    return document && document->body;
  }
  std::string tag() { return protocol::customer_tag(world.authority().digest_key(), amelia); }
  Order order_at_hub(const OrderId& id = order) {
    return *protocol::decode_order(id, *world.authority().document({"order", id.text})->body);
  }
  // Whether the text stands in any body of the hub or a store, in what waits or is kept, or in a name.
  std::string found(const std::string& text) {
    std::string where;
    const auto look = [&](const std::string& place, const std::string& in) {
      if (in.find(text) != std::string::npos) where += " " + place;
    };
    for (const char* collection : {"activity", "cart", "consent", "customer", "identity", "order", "outcome", "request"}) {
      for (const Document& one : world.authority().live_of(collection, "", 1000))
        look(one.key.collection, one.key.id + *one.body);
    }
    for (const LookUp& one : world.authority().look_ups()) look("look-up", one.key);
    for (const StoreId& store : {harbour, quay}) {
      for (const auto& [key, row] : world.rows(store).base_rows(protocol::own_stream(store))) {
        if (row.second) look(store.text, key.id + *row.second);
      }
      for (const Transaction& one : world.rows(store).outbox()) {
        for (const Operation& operation : one.operations) look(store.text + " outbox", operation.body + operation.salt);
      }
    }
    return where;
  }
  void nobody_is_back() {
    for (const DocumentKey& key : {protocol::customer_key(amelia), protocol::consent_key(amelia), protocol::identity_key(card)}) {
      CAPTURE(key.collection);
      CHECK_FALSE(stands(key));
      for (const StoreId& store : {harbour, quay}) CHECK_FALSE(world.rows(store).seen(key));
    }
    CHECK(found("Amelia") == "");
  }
};

}  // namespace

TEST_CASE("who is erased is nowhere; their orders keep goods and money, and name nobody") {
  Shop it(401);
  REQUIRE(it.world.rows(harbour).seen(protocol::customer_key(amelia)));
  REQUIRE(it.world.rows(quay).seen(protocol::activity_key(amelia, it.event)));
  const Order before = it.order_at_hub();
  REQUIRE(before.customer == amelia);
  const auto done = it.world.erase(amelia);
  CHECK(done.tag == it.tag());
  CHECK_FALSE(done.repeated);
  CHECK(done.customers == 1);
  CHECK(done.carts == 1);
  CHECK(done.orders == 1);
  CHECK(done.requests == 1);
  CHECK(done.events == 1);
  it.world.run(3'000);
  it.nobody_is_back();
  CHECK(it.found("Ben") == "");
  CHECK_FALSE(it.stands({"cart", it.cart.text}));
  CHECK_FALSE(it.world.rows(quay).seen({"cart", it.cart.text}));
  CHECK_FALSE(it.stands(protocol::request_key(quay, it.request)));
  Order nobodys = before;
  erase_buyer(nobodys);
  CHECK(it.order_at_hub() == nobodys);
  CHECK(nobodys.paid_minor == 200);
  CHECK(it.world.rows(quay).seen({"order", order.text}) == it.world.authority().document({"order", order.text})->body);
  // Somebody else is as they were.
  CHECK(it.stands(protocol::customer_key(noah)));
  CHECK(it.world.rows(harbour).seen(protocol::consent_key(noah)));
  it.world.check_same();
  CHECK(it.world.erase(amelia).repeated);
}

TEST_CASE("what a store says late has no effect, is acknowledged, and the rest of its transaction has its own") {
  Shop it(402);
  it.world.cut(harbour);
  it.at_store(harbour, Nature::fact, {it.word(), it.word("marketing_phone", noah)});
  it.at_store(harbour, Nature::intent, {protocol::encode_consent_operation(amelia, ConsentGive{"profiling", "counter", {}})});
  const CartId other{it.world.chance().hex_128()};
  const Operation add = protocol::encode_cart_operation(other, CartAdd{Sku{"B"}, 1, "kiosk", harbour, std::nullopt});
  it.at_store(harbour, Nature::intent, {add, it.noted()});
  it.at_store(harbour, Nature::fact, {it.noted()});
  const std::uint64_t last = it.world.rows(harbour).state_now().last_n;
  it.world.erase(amelia);
  // Everybody else has been told, and the hub has forgotten that there ever was such a number.
  it.world.run(60'000);
  it.world.connect(harbour);
  it.world.run(60'000);
  it.world.check_same();
  it.nobody_is_back();
  CHECK(it.world.rows(harbour).state_now().ack.n == last);
  const auto consents = protocol::decode_consents(*it.world.authority().document(protocol::consent_key(noah))->body);
  CHECK(consents->purposes.at("marketing_phone").withdrawals.size() == 1);
  CHECK(it.stands({"cart", other.text}));
  // Told to whom it concerns, without saying of whom.
  std::size_t outcomes = 0;
  for (const Document& one : it.world.authority().live_of("outcome", "", 100)) {
    CHECK(one.body->find("customer_erased") != std::string::npos);
    CHECK(one.body->find(amelia.text) == std::string::npos);
    ++outcomes;
  }
  CHECK(outcomes == 3);
}

TEST_CASE("once nobody needs to be told any more, the hub keeps not even the number; and a late word begins nothing anew") {
  Shop it(403);
  it.world.cut(harbour);
  it.at_store(harbour, Nature::fact, {it.word()});
  it.world.erase(amelia);
  it.world.run(20'000);
  it.world.connect(harbour);
  it.world.run(40'000);
  it.world.purge();
  CHECK_FALSE(it.world.authority().document(protocol::customer_key(amelia)));
  CHECK_FALSE(it.world.authority().document(protocol::consent_key(amelia)));
  CHECK(it.stands(erasure_key(it.tag())));
  CHECK(it.stands(protocol::customer_key(noah)));
  it.at_store(quay, Nature::fact, {it.word()});
  it.world.run(20'000);
  CHECK_FALSE(it.world.authority().document(protocol::consent_key(amelia)));
  it.nobody_is_back();
  it.world.check_same();
}

TEST_CASE("bodies of a store's own operations go, waiting or kept, and the chain still agrees") {
  Shop it(404);
  it.at_store(harbour, Nature::fact, {it.word("marketing_post")});  // will be kept
  it.world.run(3'000);
  it.world.cut(harbour);
  it.at_store(harbour, Nature::fact, {it.word(), it.word("marketing_phone", noah)});  // will wait
  it.world.erase(amelia);
  it.world.connect(harbour);
  it.world.run(10'000, {.ops_lost = true});  // the page of the erasure comes first
  std::size_t erased = 0;
  for (const Transaction& one : it.world.rows(harbour).outbox()) {
    for (const Operation& operation : one.operations) {
      if (operation.document != protocol::consent_key(amelia)) {
        CHECK_FALSE(operation.erased);
        continue;
      }
      CHECK(operation.erased);
      CHECK(operation.body.empty());
      CHECK(operation.salt.empty());
      ++erased;
    }
  }
  CHECK(erased == 2);
  it.world.run(60'000);
  it.world.check_same();
  CHECK(it.world.rows(harbour).state_now().applied_n == it.world.rows(harbour).state_now().last_n);
  const auto consents = protocol::decode_consents(*it.world.authority().document(protocol::consent_key(noah))->body);
  CHECK(consents->purposes.at("marketing_phone").withdrawals.size() == 1);
  // What a person says there from now on: refused, or kept as its hash alone.
  CHECK(it.at_store(harbour, Nature::intent, {protocol::encode_consent_operation(amelia, ConsentGive{"history", "counter", {}})})
            .reason == "customer_erased");
  CHECK(it.at_store(harbour, Nature::fact, {it.word()}).what == Performance::done);
  CHECK(it.world.rows(harbour).outbox().back().operations.front().erased);
  CHECK_FALSE(it.world.rows(harbour).seen(protocol::consent_key(amelia)));
  it.world.run(20'000);
  it.world.check_same();
  it.nobody_is_back();
}

TEST_CASE("neither an import nor a link brings them back; an order of theirs is taken as nobody's") {
  Shop it(405);
  it.world.erase(amelia);
  it.import(amelia);
  it.world.run(3'000);
  it.nobody_is_back();
  const CartId cart{it.world.chance().hex_128()};
  const auto link = it.at_hub({protocol::encode_cart_operation(cart, CartAdd{Sku{"A"}, 1, "phone", quay, amelia})});
  CHECK(link.what == HubPerformed::What::refused);
  CHECK(link.reason == "customer_erased");
  it.at_hub({protocol::encode_cart_operation(cart, CartAdd{Sku{"A"}, 1, "phone", quay, std::nullopt})});
  CHECK(it.at_hub({protocol::encode_cart_operation(cart, CartAssign{amelia, std::nullopt})}).reason == "customer_erased");
  CHECK(it.at_hub({it.word()}).reason == "customer_erased");
  // The platform says the order again, with more in it, and one that it had not said before.
  CHECK(it.place(2, 3).what == HubPerformed::What::done);
  CHECK(it.place(1, 1, OrderId{"581235"}).what == HubPerformed::What::done);
  CHECK(it.at_hub({protocol::encode_order_operation(order, OrderDelegate{{"Ben", "B", "", ""}})}).reason == "customer_erased");
  CHECK(it.order_at_hub().lines.front().ordered == 3);
  CHECK(it.order_at_hub().lines.front().tally.handed == 1);
  CHECK_FALSE(it.order_at_hub().customer);
  CHECK_FALSE(it.order_at_hub(OrderId{"581235"}).customer);
  CHECK(it.order_at_hub(OrderId{"581235"}).erased);
  it.world.run(3'000);
  it.nobody_is_back();
  it.world.check_same();
}

TEST_CASE(
    "a hub that was set back to before an erasure erases again by its log, and so do stores that send what they have kept") {
  Shop it(406);
  it.at_store(harbour, Nature::fact, {it.word()});
  it.world.run(3'000);
  const MemoryAuthority before = it.world.backup();
  it.world.erase(amelia);
  it.world.run(3'000);
  it.world.restore(before);
  REQUIRE(it.stands(protocol::customer_key(amelia)));
  CHECK(it.world.erase_again({it.tag(), std::string(32, 'f')}) == 2);
  CHECK(it.world.erase_again({it.tag()}) == 0);
  for (const StoreId& store : {harbour, quay}) {
    it.world.cut(store);
    it.world.connect(store);
  }
  it.world.run(120'000);
  it.nobody_is_back();
  it.world.check_same();
  CHECK_FALSE(it.order_at_hub().customer);
}

TEST_CASE("a store that comes back from an older copy of itself forgets them again, and what it had said of them") {
  Shop it(407);
  it.at_store(harbour, Nature::fact, {it.word()});
  it.world.run(3'000);
  const MemoryReplica copy = it.world.rows(harbour);
  it.world.erase(amelia);
  it.world.run(60'000);
  it.world.purge();
  it.world.cut(harbour);
  it.world.put_rows(harbour, copy);
  REQUIRE(it.world.rows(harbour).seen(protocol::customer_key(amelia)));
  it.world.connect(harbour);
  it.world.run(60'000);
  it.nobody_is_back();
  it.world.check_same();
  for (const Transaction& one : it.world.rows(harbour).outbox()) {
    for (const Operation& operation : one.operations) {
      if (operation.document == protocol::consent_key(amelia)) CHECK(operation.erased);
    }
  }
}

TEST_CASE("a store without a line for more than 30 days shows nobody, and gets what concerns people anew") {
  Shop it(408);
  it.world.cut(quay);
  const Operation pick = protocol::encode_order_operation(order, OrderPicked{1, 1, 0});
  it.at_store(quay, Nature::fact, {pick});
  for (int day = 0; day < 29; ++day) {
    it.world.run_days(1);
    it.world.expire();
  }
  CHECK(it.world.rows(quay).seen({"order", order.text}));
  it.world.run_days(2);
  for (const DocumentKey& key :
       {protocol::customer_key(amelia), protocol::consent_key(amelia), DocumentKey{"cart", it.cart.text}})
    CHECK_FALSE(it.world.rows(quay).seen(key));
  CHECK_FALSE(it.world.rows(quay).base({"order", order.text}));
  CHECK(it.world.rows(quay).seen({"order", order.text}).value_or("").find("Amelia") == std::string::npos);
  it.world.erase(amelia);
  it.world.connect(quay);
  it.world.run(60'000);
  CHECK(it.world.rows(quay).streams_now(protocol::own_stream(quay)).repairs == 0);  // nothing was damaged
  CHECK(it.order_at_hub().lines.front().tally.picked == 1);
  CHECK(it.world.rows(quay).seen({"order", order.text}) == it.world.authority().document({"order", order.text})->body);
  it.nobody_is_back();
  it.world.connect(harbour);
  it.world.run(60'000);
  it.world.check_same();
}

TEST_CASE("a store that starts after more than 30 days without the hub shows nobody either") {
  Shop it(409);
  it.world.cut(quay);
  it.world.restart(quay);
  it.world.wait(31LL * 86'400'000);
  it.world.end(quay).look_over(it.world.now());
  CHECK_FALSE(it.world.rows(quay).seen({"order", order.text}));
  CHECK_FALSE(it.world.rows(quay).seen(protocol::customer_key(amelia)));
}
