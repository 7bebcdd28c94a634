// SPDX-License-Identifier: Apache-2.0
// The web sells what is not lent: races for the last units, lines that are all reserved or none, ends that happen once.
#include <future>

#include "hub/database/authority.hpp"
#include "hub/database/open.hpp"
#include "sync/protocol/stock_codec.hpp"
#include "sync/rules/stock.hpp"
#include "tests/hub/api/platform_client.hpp"

using namespace vitrine;
using nlohmann::json;
using test::credential;
using test::Heard;
using test::Phone;
using test::Platform;
using test::ServingHub;
namespace rules = vitrine::sync::rules;

namespace {

const sync::StoreId harbour{"harbour-street"};
const sync::Sku heart{"85123A"};  // 24 on hand, 2 kept back: 22 are free
constexpr const char* path = "/api/v1/platform/reservations";

json wanted(std::int64_t units, const std::string& order = "W1", const std::string& sku = "85123A") {
  return {{"store", "harbour-street"}, {"purpose", "order/" + order}, {"lines", json::array({{{"sku", sku}, {"units", units}}})}};
}

sync::Stock stock(ServingHub& hub, const sync::Sku& sku = heart) {
  auto reader = hub::database::open_hub_reader(hub.folder.database());
  REQUIRE(reader);
  const auto document = hub::database::read_document(**reader, sync::protocol::stock_key(harbour, sku));
  REQUIRE(document);
  return *sync::protocol::decode_stock(*document->body);
}

// What the store says, as the hub applies it.
void at_stock(ServingHub& hub, const rules::StockOperation& operation) {
  const auto done = hub.engine->transact([&](hub::Desk& desk) {
    sync::ends::HubAction action{sync::TransactionId{test::HubFolder::chance().hex_128()}, "hub", {}};
    action.operations.push_back(sync::protocol::encode_stock_operation(harbour, heart, operation));
    action.operations.back().salt = test::HubFolder::chance().hex_128();
    CHECK(desk.end.perform(action, desk.now).what == sync::ends::HubPerformed::What::done);
  });
  REQUIRE(done);
}

}  // namespace

TEST_CASE(
    "thirty buyers race for twenty units beside two that are lent: twenty get one, ten are told what is left, none is promised "
    "twice") {
  ServingHub hub;
  const std::string secret = credential(hub, "shop");
  at_stock(hub, rules::StockLend{sync::RightId{std::string(32, 'e')}, 2, hub.folder.now().utc.plus(86'400'000)});
  std::vector<std::future<Heard>> all;
  for (int i = 0; i < 30; ++i) {
    all.push_back(std::async(std::launch::async, [&hub, &secret, i] {
      Platform buyer(hub, secret);
      return buyer.post(path, wanted(1, "W" + std::to_string(i)));
    }));
  }
  int got = 0;
  int refused = 0;
  std::set<std::string> names;
  for (auto& one : all) {
    const Heard heard = one.get();
    if (heard.status == 200) {
      ++got;
      names.insert(heard.body["reservation"]);
    } else {
      ++refused;
      CHECK(heard.status == 409);
      CHECK(heard.body["code"] == "not_enough");
      CHECK(heard.body["short"] == json::array({{{"sku", "85123A"}, {"asked", 1}, {"free", 0}}}));
    }
  }
  CHECK(got == 20);
  CHECK(refused == 10);
  CHECK(names.size() == 20);
  const sync::Stock after = stock(hub);
  const UtcMs now = hub.folder.now().utc;
  CHECK(rules::reserved_at(after, now) == 20);
  CHECK(rules::rights_left_at(after, now) == 2);
  CHECK(rules::free_at(after, now) == 0);
}

TEST_CASE("a reservation is all of its lines or none, ends once, and gives its units back once") {
  ServingHub hub;
  Platform shop(hub, credential(hub, "shop"));
  json two = wanted(3);
  two["lines"].push_back({{"sku", "22423"}, {"units", 1}});  // none of it is there
  const Heard none = shop.post(path, two);
  CHECK(none.body["code"] == "not_enough");
  CHECK(none.body["short"] == json::array({{{"sku", "22423"}, {"asked", 1}, {"free", 0}}}));
  CHECK(stock(hub).reservations.empty());
  CHECK(shop.post(path, wanted(1, "W1", "47566")).body["code"] == "stock_unknown");

  const std::string id = shop.post(path, wanted(3), "reserve-W1").body["reservation"];
  CHECK(shop.post(path, wanted(3), "reserve-W1").body["reservation"] == id);  // repeated: the same one
  CHECK(rules::free_at(stock(hub), hub.folder.now().utc) == 19);
  const std::string one = std::string(path) + "/" + id;
  CHECK(shop.get(one).body["lines"][0]["state"] == "pending");

  // The goods leave by it, and somebody frees it at the same time: it has ended already, and stays posted.
  at_stock(hub, rules::StockPost{sync::ReservationId{id}, 3, rules::MoveReason::hand_over, "order/W1"});
  CHECK(shop.post(one + "/release", json::object()).body["lines"][0]["state"] == "posted");
  CHECK(stock(hub).on_hand == 21);
  CHECK(rules::free_at(stock(hub), hub.folder.now().utc) == 19);

  const std::string second = std::string(path) + "/" + shop.post(path, wanted(5)).body["reservation"].get<std::string>();
  CHECK(rules::free_at(stock(hub), hub.folder.now().utc) == 14);
  for (int i = 0; i < 2; ++i) CHECK(shop.post(second + "/release", json::object()).body["lines"][0]["state"] == "voided");
  CHECK(rules::free_at(stock(hub), hub.folder.now().utc) == 19);

  json brief = wanted(4);
  brief["minutes"] = 5;
  const std::string third = std::string(path) + "/" + shop.post(path, brief).body["reservation"].get<std::string>();
  hub.folder.ahead_ms = 6 * 60'000;
  CHECK(shop.get(third).body["lines"][0]["state"] == "expired");
  CHECK(rules::free_at(stock(hub), hub.folder.now().utc) == 19);
  CHECK(shop.post(third + "/release", json::object()).body["lines"][0]["state"] == "expired");

  Platform other(hub, credential(hub, "other"));
  CHECK(other.get(third).body["code"] == "reservation_unknown");
  CHECK(other.post(third + "/release", json::object()).status == 404);
  for (const json& wrong : {json{{"store", "harbour-street"}}, wanted(0), wanted(1000), wanted(1, "W 1")})
    CHECK(shop.post(path, wrong).status == 400);
  json twice = wanted(1);
  twice["lines"].push_back(twice["lines"][0]);
  CHECK(shop.post(path, twice).status == 400);
}

TEST_CASE("what was reserved for an order is free again when the order is cancelled") {
  ServingHub hub;
  Platform shop(hub, credential(hub, "shop"));
  REQUIRE(shop.push("orders", {test::order_row("W1", 1, "85123A", 3)}).body["changed"] == 1);
  const std::string one = std::string(path) + "/" + shop.post(path, wanted(3)).body["reservation"].get<std::string>();
  CHECK(rules::free_at(stock(hub), hub.folder.now().utc) == 19);
  CHECK(shop.act("W1", {{"action", "cancel"}, {"reason", "buyer"}}).body["state"] == "cancelled");
  CHECK(shop.get(one).body["lines"][0]["state"] == "voided");
  CHECK(rules::free_at(stock(hub), hub.folder.now().utc) == 22);
}

TEST_CASE("a shopper reserves the cart in their store, once, and frees it") {
  ServingHub hub;
  Phone phone(hub);
  const auto reserve = [&](char letter) {
    return phone.post("/api/v1/cart/reservation", {{"request", std::string(32, letter)}});
  };
  CHECK(reserve('a').status == 401);
  phone.open_session();
  CHECK(phone.get("/api/v1/cart/reservation").body["code"] == "reservation_unknown");
  CHECK(reserve('a').body["code"] == "cart_empty");
  REQUIRE(phone.act("add", {{"sku", "85123A"}, {"units", 4}}).status == 200);
  CHECK(reserve('a').body["code"] == "store_missing");
  REQUIRE(phone.post("/api/v1/cart/store", {{"store", "harbour-street"}}).status == 200);
  CHECK(reserve('a').body["lines"][0]["state"] == "pending");
  CHECK(reserve('a').status == 200);  // sent again
  CHECK(reserve('b').body["code"] == "cart_reserved");
  CHECK(rules::reserved_at(stock(hub), hub.folder.now().utc) == 4);
  // Also where it is promised the last of it: then it is there for this cart.
  at_stock(hub, rules::StockMove{-18, rules::MoveReason::sale, "ticket/x"});
  CHECK(phone.get("/api/v1/cart").body["lines"][0]["counted"] == true);
  CHECK(phone.get("/api/v1/cart").body["lines"][0]["on_hand"] == 4);
  CHECK(phone.get("/api/v1/products/85123A").body["on_hand"] == 0);
  Phone stranger(hub);
  stranger.open_session();
  CHECK(stranger.post("/api/v1/cart/reservation/release", json::object()).status == 404);
  CHECK(phone.post("/api/v1/cart/reservation/release", json::object()).body["lines"][0]["state"] == "voided");
  CHECK(phone.get("/api/v1/cart/reservation").body["lines"][0]["state"] == "voided");
  CHECK(rules::reserved_at(stock(hub), hub.folder.now().utc) == 0);
  CHECK(reserve('b').status == 200);
}
