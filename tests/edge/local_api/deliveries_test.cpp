// SPDX-License-Identifier: Apache-2.0
// What is in a cart is sent home: asked for at a kiosk over the real sockets, without a line to the hub, and what the hub makes
// of it.
#include <chrono>
#include <thread>

#include "sync/protocol/cart_codec.hpp"
#include "sync/protocol/order_codec.hpp"
#include "sync/protocol/outcome_codec.hpp"
#include "tests/edge/local_api/people_counter.hpp"

using namespace vitrine;
using namespace vitrine::edge;
using namespace vitrine::edge::people;

namespace {

struct Kiosk : Counter {
  explicit Kiosk(bool connected = false) : Counter(connected) {}
  Answer scan(const std::string& cart = test_cart, const std::string& device = "kiosk-1") {
    return post("/v1/passes/open", {{"device", device}, {"text", pass_text(pass(cart, std::string(32, 'b')))}});
  }
  Answer order(const json& cart, int request = 900, const std::string& device = "kiosk-1") {
    return post("/v1/carts/" + cart["cart"].get<std::string>() + "/deliveries",
                {{"device", device}, {"tag", cart["tag"]}, {"total", cart["totals"]["to_pay"]}}, request);
  }
  Answer became(const std::string& number) { return fetch(kiosk, "/v1/deliveries/" + number); }
  Answer cart() { return fetch(kiosk, "/v1/carts/" + test_cart); }
  // Its goods were taken out on the phone meanwhile: the hub says what the cart has now, and that the order is not made.
  void hub_refuses(const std::string& number) {
    sync::Cart left;
    left.id.text = test_cart;
    left.owner = sync::CustomerId{"amelia"};
    left.channel = left.changed_by = "phone";
    left.created_at = left.changed_at = UtcMs{utc_ms.load()};
    left.expires_at = left.changed_at.plus(86'400'000);
    left.lines = {{"85123A", sync::Sku{"85123A"}, {{sync::DotId{std::string(32, 'd') + ".0"}, 2, 1, {1, 1}}}}};
    sync::Transaction told;
    told.id.text = test_request(900);
    told.actor = "kiosk-1";
    told.operations = {{{"cart", test_cart}, "", 1, "", ""}, {{"order", number}, "", 1, "", ""}};
    hub_puts({put("cart", test_cart, sync::protocol::encode_cart(left), 2),
              put("outcome", test_request(900), sync::protocol::encode_outcome(told, "cart_changed", UtcMs{utc_ms.load()}))});
  }
  static void wait_for(const std::function<bool()>& done) {
    for (int i = 0; i < 500 && !done(); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(10));
    REQUIRE(done());
  }
  // The order as the hub has it, of what the store said.
  sync::Order told(const std::string& number) {
    sync::Order order;
    order.id.text = number;
    order.revision = 1;
    order.channel = "kiosk";
    order.currency = "GBP";
    order.customer = sync::CustomerId{"amelia"};
    order.placed = {UtcMs{utc_ms.load()}, test_request(900) + ".1"};
    order.placed_at = order.changed_at = UtcMs{utc_ms.load()};
    order.asked = {store, sync::CartId{test_cart}, 1'685, order.placed};
    order.lines.resize(1);
    order.lines[0].number = 1;
    order.lines[0].sku.text = "22423";
    order.lines[0].ordered = 1;
    return order;
  }
};

struct ConnectedKiosk : Kiosk {
  ConnectedKiosk() : Kiosk(true) {}
};

}  // namespace

TEST_CASE_FIXTURE(Kiosk, "who has just shown the code of their cart has it sent home, once, without a line to the hub") {
  const json shown = scan().body;
  REQUIRE(shown["has_owner"] == true);
  const std::size_t before = outbox_size();
  const Answer asked = order(shown);
  REQUIRE_MESSAGE(asked.status == 200, asked.body.dump());
  const std::string number = asked.body["order"];
  CHECK(number.size() == 14);
  CHECK(asked.body["state"] == "asked");
  CHECK(asked.body["at_hub"] == false);
  CHECK(asked.body["total"] == shown["totals"]["to_pay"]);
  REQUIRE(asked.body["lines"].size() == 1);  // of the other nothing is here
  std::int64_t sum = 0;
  for (const json& line : asked.body["lines"]) sum += line["total"].get<std::int64_t>();
  CHECK(sum == shown["totals"]["to_pay"]);
  REQUIRE(cart().body["lines"].size() == 1);
  CHECK(cart().body["lines"][0]["sku"] == "22423");
  CHECK(order(shown).body == asked.body);  // repeated
  CHECK(outbox_size() == before + 1);
  CHECK(became(number).body == asked.body);
  CHECK(asked.body.dump().find("melia") == std::string::npos);
}

TEST_CASE_FIXTURE(Kiosk, "nothing is ordered that was not shown") {
  json shown = scan().body;
  const std::size_t before = outbox_size();
  json dearer = shown;
  dearer["totals"]["to_pay"] = shown["totals"]["to_pay"].get<std::int64_t>() + 1;
  CHECK(order(dearer).code() == "cart_changed");
  REQUIRE(post("/v1/carts/" + test_cart + "/actions", {{"device", "kiosk-1"}, {"action", "add"}, {"sku", "85123A"}, {"units", 1}})
              .status == 200);
  CHECK(order(shown).code() == "cart_changed");
  CHECK(outbox_size() == before + 1);
  CHECK(order(cart().body).status == 200);
  CHECK(order(cart().body, 901).code() == "nothing_to_order");
}

TEST_CASE_FIXTURE(Kiosk, "without the cart's own code, read last, at this kiosk, nothing is ordered") {
  const json shown = cart().body;
  CHECK(order(shown).code() == "pass_needed");
  REQUIRE(scan().status == 200);
  CHECK(order(cart().body, 900, "kiosk-2").code() == "pass_needed");
  REQUIRE(order(cart().body).status == 200);
  let_pass(16L * 60'000);
  CHECK(order(shown).status == 200);  // what was done is answered
}

TEST_CASE_FIXTURE(Kiosk, "a cart that is nobody's is not sent home, and bad requests are told from it") {
  const json nobodys = scan(unknown_cart).body;
  CHECK(nobodys["has_owner"] == false);
  const Answer refused = order(nobodys);
  CHECK(refused.status == 409);
  CHECK(refused.code() == "cart_without_owner");
  const auto code = [&](const std::string& cart, json body) {
    body["device"] = "kiosk-1";
    return post("/v1/carts/" + cart + "/deliveries", body).code();
  };
  CHECK(code("nonsense", {{"tag", std::string(32, 'a')}, {"total", 1}}) == "invalid_request");
  CHECK(code(test_cart, {{"tag", "x"}, {"total", 1}}) == "invalid_request");
  CHECK(code(test_cart, {{"tag", std::string(32, 'a')}, {"total", -1}}) == "invalid_request");
  CHECK(code(test_cart, {{"tag", std::string(32, 'a')}}) == "invalid_request");
  CHECK(became("NOPE-NOPE-NOPE").status == 404);
  CHECK(post("/v1/carts/" + test_cart + "/deliveries", {{"tag", std::string(32, 'a')}, {"total", 1}}).code() == "device_refused");
}

TEST_CASE_FIXTURE(ConnectedKiosk, "what the hub and the platform make of it is told") {
  const std::string number = order(scan().body).body["order"];
  sync::Order known = told(number);
  hub_puts({put("order", number, sync::protocol::encode_order(known))});
  wait_for([&] { return became(number).body["at_hub"] == true; });
  CHECK(became(number).body["state"] == "asked");
  known.placed.by = std::string(32, '9') + ".0";
  known.revision = 2;
  hub_puts({put("order", number, sync::protocol::encode_order(known), 2)});
  wait_for([&] { return became(number).body["state"] == "confirmed"; });
  known.cancelled = sync::OrderReason{"buyer", known.placed};
  hub_puts({put("order", number, sync::protocol::encode_order(known), 3)});
  wait_for([&] { return became(number).body["state"] == "cancelled"; });
}

TEST_CASE_FIXTURE(Kiosk, "what is sent home is nobody's to fetch or to hand over here, and is found by its number") {
  const std::string number = order(scan().body).body["order"];
  for (const json& one : get("/v1/orders").body["orders"]) CHECK(one["order"] != number);
  const Answer asked = get("/v1/orders?status=asked");
  REQUIRE(asked.body["orders"].size() == 1);
  CHECK(asked.body["orders"][0]["delivery"] == "home");
  for (const json& one : get("/v1/picking").body["lines"]) CHECK(one["order"] != number);
  CHECK(post("/v1/orders/" + number + "/actions", {{"action", "pick"}, {"lines", {1}}, {"who", "1001"}}).code() == "not_allowed");
  CHECK(get("/v1/orders/" + number).body["status"] == "asked");
  CHECK(get("/v1/orders/" + number).body["buyer"].is_null());
}

TEST_CASE_FIXTURE(ConnectedKiosk, "an order that the hub has refused says so, at the kiosk and at the counter") {
  const std::string number = order(scan().body).body["order"];
  hub_refuses(number);
  wait_for([&] { return became(number).body["state"] == "refused"; });
  CHECK(became(number).body["reason"] == "cart_changed");
  CHECK(get("/v1/orders/" + number).status == 410);
  CHECK(get("/v1/orders/" + number).code() == "order_refused");
  REQUIRE(cart().body["lines"].size() == 1);
  CHECK(cart().body["lines"][0]["units"] == 1);
  CHECK(get("/v1/status").body["refused"][0]["reason"] == "cart_changed");
}

TEST_CASE_FIXTURE(ConnectedKiosk, "where the retailer sends nothing home, nothing is ordered") {
  const json shown = scan().body;
  CHECK(fetch(kiosk, "/v1/store").body["delivers"] == true);
  hub_pushes(
      "settings",
      {put(
          "settings", "chain",
          R"({"brand":"Fernby","tagline":{},"greet_by_name":true,"languages":["en"],"default_language":"en","link_base":"https://s.example/k"})",
          2)});
  wait_for([&] { return fetch(kiosk, "/v1/store").body["delivers"] == false; });
  CHECK(order(shown).code() == "delivery_not_offered");
}

TEST_CASE_FIXTURE(Kiosk, "how many were asked for is counted") {
  const json shown = scan().body;
  order(shown);
  order(shown, 901);
  const auto metrics = operator_.Get("/metrics");
  REQUIRE(static_cast<bool>(metrics));
  CHECK(metrics->body.find("vitrine_edge_deliveries_total{outcome=\"asked\"} 1") != std::string::npos);
  CHECK(metrics->body.find("vitrine_edge_deliveries_total{outcome=\"refused\"} 1") != std::string::npos);
  CHECK(metrics->body.find("vitrine_edge_orders{status=\"asked\"} 1") != std::string::npos);
}
