// SPDX-License-Identifier: Apache-2.0
// A shopper's orders on their phone: only their own, the signed code, and "I am here" that reaches the store.
#include "hub/database/authority.hpp"
#include "hub/database/open.hpp"
#include "sync/protocol/cart_codec.hpp"
#include "sync/protocol/order_codec.hpp"
#include "sync/protocol/pickup_pass.hpp"
#include "sync/protocol/trust_codec.hpp"
#include "sync/rules/order.hpp"
#include "tests/hub/api/platform_client.hpp"

using namespace vitrine;
using nlohmann::json;
using test::credential;
using test::Heard;
using test::order_row;
using test::Phone;
using test::Platform;
using test::ServingHub;
namespace rules = vitrine::sync::rules;

namespace {

struct Shop : ServingHub {
  Shop() {
    Platform shop(*this, credential(*this, "shop"));
    json other = order_row("W2", 1, "85123A", 1);
    other["customer"] = "12348";
    json home = order_row("W3", 1, "85123A", 1);
    home["store"] = "";
    REQUIRE(shop.push("orders", {order_row("W1", 1, "85123A", 2), other, home}).body["documents"] == 3);
  }
  // What the store says of W1.
  void at_store(const std::vector<rules::OrderOperation>& operations) {
    const auto done = engine->transact([&](hub::Desk& desk) {
      for (const auto& operation : operations) {
        sync::ends::HubAction action{sync::TransactionId{test::HubFolder::chance().hex_128()}, "counter-1", {}};
        action.operations.push_back(sync::protocol::encode_order_operation(sync::OrderId{"W1"}, operation));
        action.operations.back().salt = test::HubFolder::chance().hex_128();
        CHECK(desk.end.perform(action, desk.now).what == sync::ends::HubPerformed::What::done);
      }
    });
    REQUIRE(done);
  }
  sync::Order order() {
    auto reader = hub::database::open_hub_reader(folder.database());
    REQUIRE(reader);
    return *sync::protocol::decode_order(sync::OrderId{"W1"}, *hub::database::read_document(**reader, {"order", "W1"})->body);
  }
};

void sign_in(Phone& phone, const std::string& customer) {
  phone.open_session();
  REQUIRE(phone.post("/api/v1/session/sign-in", {{"customer", customer}}).status == 200);
}

}  // namespace

TEST_CASE("a shopper sees their own orders, live, and nobody else's") {
  Shop hub;
  Phone phone(hub);
  CHECK(phone.get("/api/v1/orders").body["code"] == "session_unknown");
  phone.open_session();
  CHECK(phone.get("/api/v1/orders").body["orders"].empty());
  CHECK(phone.get("/api/v1/orders/W1").body["code"] == "order_unknown");
  REQUIRE(phone.post("/api/v1/session/sign-in", {{"customer", "12347"}}).status == 200);
  const Heard list = phone.get("/api/v1/orders");
  REQUIRE(list.body["orders"].size() == 2);
  CHECK(list.body["orders"][0]["order"] == "W1");  // to be collected: before the one that is sent home
  CHECK(list.body["orders"][0]["store"]["name"] == "Harbour Street");
  CHECK(list.body["orders"][0]["lines"][0]["title"]["en"] == "White heart mug");
  CHECK(phone.get("/api/v1/orders", {{"If-None-Match", list.tag}}).status == 304);
  for (const char* path : {"/api/v1/orders/W2", "/api/v1/orders/W9"}) CHECK(phone.get(path).body["code"] == "order_unknown");
  for (const char* path : {"/api/v1/orders/W2/pass", "/api/v1/orders/W2/arrive"})
    CHECK(phone.post(path, json::object()).status == 404);
  hub.at_store({rules::OrderPicked{1, 2, 0}, rules::OrderStage{"C2"}});
  const Heard ready = phone.get("/api/v1/orders", {{"If-None-Match", list.tag}});
  CHECK(ready.status == 200);
  CHECK(ready.body["orders"][0]["state"] == "ready");
  CHECK(ready.body["orders"][0]["may_arrive"] == true);
}

TEST_CASE("'I am here' reaches the store once, when the order is ready") {
  Shop hub;
  Phone phone(hub);
  sign_in(phone, "12347");
  const auto arrive = [&] { return phone.post("/api/v1/orders/W1/arrive", json::object()); };
  CHECK(arrive().body["code"] == "order_not_ready");
  hub.at_store({rules::OrderPicked{1, 2, 0}, rules::OrderStage{"C2"}});
  const Heard here = arrive();
  CHECK(here.body["state"] == "arrived");
  CHECK(here.body["may_arrive"] == false);
  CHECK(hub.order().arrived->place == "phone");
  const sync::Stamp first = hub.order().arrived->stamp;
  CHECK(arrive().status == 200);
  CHECK(hub.order().arrived->stamp == first);
  hub.at_store({rules::OrderHandOver{sync::StoreId{"harbour-street"}, {{1, 2}}, "pass", false}});
  CHECK(arrive().body["code"] == "order_over");
}

TEST_CASE("the code of an order is a pass that its store opens, until the hold ends, and none is made for what is over") {
  Shop hub;
  Phone phone(hub);
  sign_in(phone, "12347");
  const auto make = [&](const std::string& order) { return phone.post("/api/v1/orders/" + order + "/pass", json::object()); };
  const json code = make("W1").body;
  CHECK(code["size"] == 17 + 4 * code["version"].get<int>());
  CHECK(code["version"].get<int>() <= 12);
  auto reader = hub::database::open_hub_reader(hub.folder.database());
  REQUIRE(reader);
  const auto key = sync::protocol::decode_trusted_key(*hub::database::read_document(**reader, {"trust", "key/1"})->body);
  const auto pass = sync::protocol::open_pickup_pass(code["text"].get<std::string>(), {*key}, sync::StoreId{"harbour-street"},
                                                     hub.folder.now().utc);
  REQUIRE(pass);
  CHECK(pass->order.text == "W1");
  CHECK(pass->issued_at >= hub.folder.now().utc.plus(-60'000));
  CHECK(code["expires_at"].get<std::int64_t>() == pass->expires_at.value);
  CHECK(code["text"].get<std::string>().find("W1") == std::string::npos);  // not for people to read over a shoulder
  CHECK(make("W3").body["code"] == "order_sent_home");
  hub.at_store({rules::OrderCancel{"buyer"}});
  CHECK(make("W1").body["code"] == "order_cancelled");
}

namespace {

// A store asks for an order out of a cart of 12347's, as its outbox would say it.
struct AskedShop : Shop {
  AskedShop() {
    const sync::CartId cart{std::string(32, 'c')};
    const sync::TransactionId added{test::HubFolder::chance().hex_128()};
    rules::OrderAsk ask;
    ask.store = sync::StoreId{"harbour-street"};
    ask.cart = cart;
    ask.placed_at = folder.now().utc;
    ask.channel = "kiosk";
    ask.currency = "GBP";
    ask.total_minor = 500;
    ask.lines = {{1, sync::Sku{"85123A"}, 2, 250}};
    const sync::OrderId number{"K7Q2"};
    act({sync::protocol::encode_cart_operation(
            cart, rules::CartAdd{sync::Sku{"85123A"}, 3, "phone", ask.store, sync::CustomerId{"12347"}})},
        added);
    act({sync::protocol::encode_cart_operation(cart,
                                               rules::CartOrder{number, {{"85123A", sync::DotId{added.text + ".0"}, 2}}, {}}),
         sync::protocol::encode_order_operation(number, ask)},
        sync::TransactionId{test::HubFolder::chance().hex_128()});
  }
  void act(std::vector<sync::Operation> operations, const sync::TransactionId& id) {
    const auto done = engine->transact([&](hub::Desk& desk) {
      for (sync::Operation& one : operations) one.salt = test::HubFolder::chance().hex_128();
      CHECK(desk.end.perform({id, "kiosk-1", std::move(operations)}, desk.now).what == sync::ends::HubPerformed::What::done);
    });
    REQUIRE(done);
  }
};

}  // namespace

TEST_CASE("what was asked for in a shop is on the phone at once, and is called off there until the platform answers") {
  AskedShop hub;
  Phone phone(hub);
  sign_in(phone, "12347");
  const json asked = phone.get("/api/v1/orders/K7Q2").body;
  CHECK(asked["state"] == "asked");
  CHECK(asked["delivery"] == "home");
  CHECK(asked["asked_total"] == 500);
  CHECK(asked["may_collect"] == false);
  CHECK(asked["may_cancel"] == true);
  CHECK(phone.post("/api/v1/orders/W1/cancel", json::object()).body["code"] == "order_confirmed");
  CHECK(phone.post("/api/v1/orders/W2/cancel", json::object()).status == 404);
  SUBCASE("called off, once") {
    CHECK(phone.post("/api/v1/orders/K7Q2/cancel", json::object()).body["state"] == "cancelled");
    CHECK(phone.post("/api/v1/orders/K7Q2/cancel", json::object()).body["state"] == "cancelled");
  }
  SUBCASE("the platform reads it, and its placing is its answer") {
    Platform shop(hub, credential(hub, "shop2"));
    const json read = shop.get("/api/v1/platform/orders/K7Q2").body;
    CHECK(read["state"] == "asked");
    CHECK(read["delivery"] == "home");
    CHECK(read["asked"]["customer"] == "12347");
    CHECK(read["asked"]["store"] == "harbour-street");
    CHECK(read["asked"]["total"] == 500);
    json row = order_row("K7Q2", 1, "85123A", 2);
    row["store"] = "";
    REQUIRE(shop.push("orders", {row}).body["documents"] == 1);
    CHECK(phone.get("/api/v1/orders/K7Q2").body["state"] == "confirmed");
    CHECK(phone.post("/api/v1/orders/K7Q2/cancel", json::object()).body["code"] == "order_confirmed");
    row["state"] = "collected";
    REQUIRE(shop.push("orders", {row}).status == 200);
    CHECK(phone.get("/api/v1/orders/K7Q2").body["state"] == "completed");
  }
}
