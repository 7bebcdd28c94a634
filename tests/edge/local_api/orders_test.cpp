// SPDX-License-Identifier: Apache-2.0
// Orders over the real socket: the queue, picking, the second factor, the hand-over; all of it without a line to the hub.
#include "sync/protocol/order_codec.hpp"
#include "tests/edge/local_api/http_shop.hpp"
#include "tests/sync/rules/order_world.hpp"

using namespace vitrine;
using namespace vitrine::edge;
using namespace vitrine::sync::rules::test;
using nlohmann::json;
namespace rules = vitrine::sync::rules;

namespace {

struct Counter : HttpShop {
  Counter() {
    fill();
    // Two units of 85123A and two of 22423, paid; then two more orders, one of them promised earlier.
    auto paid = two_lines(2, 2);
    paid.promise_at = UtcMs{utc_ms + 3'600'000};
    paid.hold_until = UtcMs{utc_ms + 7 * 86'400'000LL};
    auto soon = paid;
    soon.promise_at = UtcMs{utc_ms + 600'000};
    soon.code = "777777";
    soon.buyer = sync::PickupPerson{"Bo", "", "", "en"};
    auto cancelled = paid;
    cancelled.code = "888888";
    hub_puts({order("581234", {paid, rules::OrderPay{2'700}}), order("581235", {soon}),
              order("581236", {cancelled, rules::OrderCancel{"buyer"}})});
    loop->step(daemon::HubDisconnected{});
    start();
  }

  sync::PageEntry order(const std::string& id, std::vector<rules::OrderOperation> acts) {
    std::optional<sync::Order> made;
    std::uint64_t n = 1;
    for (auto& act : acts) {
      auto after = rules::apply(made, act, {sync::OrderId{id}, transaction_id(n), 0, "platform", UtcMs{utc_ms - 1'000'000}});
      REQUIRE(after.has_value());
      made = std::move(*after);
      ++n;
    }
    return put("order", id, sync::protocol::encode_order(*made), 1);
  }

  Answer act(const std::string& action, json body, const std::string& order = "581234", int request = 0) {
    body["action"] = action;
    return post("/v1/orders/" + order + "/actions", body, request);
  }
  Answer open(const std::string& code, const std::string& phone, const std::string& device = "kiosk-1") {
    json body = {{"code", code}, {"device", device}};
    if (!phone.empty()) body["phone_last2"] = phone;
    return post("/v1/pickups/open", body);
  }
  void make_ready() {
    REQUIRE(act("picked", {{"line", 1}, {"units", 2}}).status == 200);
    REQUIRE(act("picked", {{"line", 2}, {"units", 1}, {"missing", 1}}).status == 200);
    REQUIRE(act("stage", {{"place", "C2"}}).status == 200);
  }
};

json line_of(const json& order, int number) {
  for (const json& line : order["lines"]) {
    if (line["line"] == number) return line;
  }
  return nullptr;
}

}  // namespace

TEST_CASE_FIXTURE(Counter,
                  "the queue has what is not over, first promised first, and names a buyer by first name and initial alone") {
  const Answer queue = get("/v1/orders");
  REQUIRE(queue.status == 200);
  REQUIRE(queue.body["orders"].size() == 2);
  CHECK(queue.body["orders"][0]["order"] == "581235");
  const json& paid = queue.body["orders"][1];
  CHECK(paid["order"] == "581234");
  CHECK(paid["status"] == "placed");
  CHECK(paid["payment"] == "paid");
  CHECK(paid["buyer"] == json{{"name", "Amelia"}, {"initial", "R"}, {"language", "en"}});
  CHECK(paid["units"] == 4);
  CHECK(queue.body.dump().find("\"41\"") == std::string::npos);
  CHECK(queue.body.dump().find("204519") == std::string::npos);
  const auto figures = operator_.Get("/metrics");
  CHECK(figures->body.find("vitrine_edge_orders{status=\"placed\"} 2\n") != std::string::npos);
  CHECK(figures->body.find("vitrine_edge_orders{status=\"cancelled\"} 1\n") != std::string::npos);
  CHECK(get("/v1/orders?status=cancelled").body["orders"].size() == 1);
  const json first = get("/v1/orders?limit=1").body;
  CHECK(first["more"] == true);
  REQUIRE(first["orders"].size() == 1);
  CHECK(first["orders"][0]["order"] == "581235");
  CHECK(get("/v1/orders?limit=2").body["more"] == false);
  CHECK(get("/v1/orders?limit=2").body["orders"] == queue.body["orders"]);
  CHECK(get("/v1/orders?status=lost").code() == "invalid_request");
  CHECK(get("/v1/orders?limit=9999").code() == "invalid_request");
  CHECK(get("/v1/orders/999").code() == "order_unknown");
  CHECK(get("/v1/orders/999").status == 404);
}

TEST_CASE_FIXTURE(Counter, "what is to be picked stands by aisle and bay, and two people do not go for one line") {
  const json list = get("/v1/picking").body;
  REQUIRE(list["lines"].size() == 4);
  CHECK(list["lines"][0]["line"]["aisle"] == "3");
  CHECK(list["lines"][0]["line"]["title"]["en"].get<std::string>().size() > 3);
  CHECK(act("pick", {{"lines", {1}}, {"who", "tom"}}).status == 200);
  const Answer taken = act("pick", {{"lines", {1}}, {"who", "nadia"}});
  CHECK(taken.status == 409);
  CHECK(taken.code() == "line_taken");
  CHECK(act("pick", {{"lines", {2}}, {"who", "nadia"}}).status == 200);
  CHECK(act("put_down", {{"lines", {1}}, {"who", "tom"}}).status == 200);
  CHECK(act("pick", {{"lines", {1}}, {"who", "nadia"}}).status == 200);
  let_pass(21 * 60'000);  // a mark does not hold for ever
  CHECK(act("pick", {{"lines", {1}}, {"who", "tom"}}).status == 200);
  const Answer picked = act("picked", {{"line", 1}, {"units", 2}});
  CHECK(line_of(picked.body, 1)["held"] == 2);
  CHECK(act("picked", {{"line", 1}, {"units", 1}}).code() == "units_not_waiting");
  CHECK(act("picked", {{"line", 9}, {"units", 1}}).code() == "line_unknown");
  CHECK(get("/v1/picking").body["lines"].size() == 3);
  CHECK(act("pick", {{"lines", {1}}, {"who", "tom"}}, "581236").code() == "order_cancelled");
}

TEST_CASE_FIXTURE(Counter, "a collection without a line: code, second factor, hand-over in part, the rest later") {
  CHECK(open("204519", "41").code() == "order_not_ready");
  make_ready();
  const Answer asked = open("204519", "");
  CHECK(asked.status == 200);
  CHECK(asked.body == json{{"needs", "phone"}, {"order", nullptr}, {"ahead", 0}});
  CHECK(act("hand_over", {{"lines", {{{"line", 1}, {"units", 1}}}}, {"proof", "code"}}).code() == "not_verified");
  CHECK(open("204519", "42").code() == "phone_wrong");
  const Answer arrived = open("204519", "41");
  REQUIRE(arrived.status == 200);
  CHECK(arrived.body["order"] == "581234");
  CHECK(arrived.body["status"] == "arrived");
  CHECK(arrived.body.dump().find("Amelia") == std::string::npos);
  CHECK(get("/v1/orders").body["orders"][0]["order"] == "581234");
  CHECK(get("/v1/orders").body["orders"][0]["arrived"]["place"] == "kiosk-1");

  CHECK(act("hand_over", {{"lines", {{{"line", 2}, {"units", 2}}}}, {"proof", "code"}}).code() == "units_not_ready");
  const std::size_t before = outbox_size();
  const auto on_hand = [this] { return get("/v1/products/85123A").body.at("stock").at("on_hand").get<std::int64_t>(); };
  const std::int64_t in_shop = on_hand();
  const Answer over =
      act("hand_over", {{"lines", {{{"line", 1}, {"units", 2}}, {{"line", 2}, {"units", 1}}}}, {"proof", "code"}}, "581234", 900);
  REQUIRE(over.status == 200);
  CHECK(over.body["status"] == "part_collected");
  CHECK(line_of(over.body, 1)["customer"] == 2);
  CHECK(outbox_size() == before + 1);
  // The same request again is the same hand-over; another one needs goods that are there, and the buyer again.
  CHECK(act("hand_over", {{"lines", {{{"line", 1}, {"units", 2}}}}, {"proof", "code"}}, "581234", 900).status == 200);
  CHECK(outbox_size() == before + 1);
  CHECK(on_hand() == in_shop - 2);
  CHECK(act("hand_over", {{"lines", {{{"line", 1}, {"units", 1}}}}, {"proof", "staff"}}).code() == "units_not_ready");
  CHECK(act("choose", {{"line", 2}, {"units", 1}, {"choice", "refund"}}).body["status"] == "collected");
  CHECK(get("/v1/orders/581234").body["refund_due"] == 1'095);
  CHECK(open("204519", "41").code() == "code_unknown");
}

TEST_CASE_FIXTURE(
    Counter,
    "three wrong second factors and staff must look; five wrong codes and a person must help; a restart changes nothing") {
  make_ready();
  CHECK(open("204519", "01").code() == "phone_wrong");
  CHECK(open("204519", "02").code() == "phone_wrong");
  CHECK(open("204519", "03").code() == "staff_check");
  CHECK(open("204519", "41").code() == "staff_check");
  CHECK(act("hand_over", {{"lines", {{{"line", 1}, {"units", 1}}}}, {"proof", "staff"}}).status == 200);
  for (int i = 0; i < 4; ++i) CHECK(open("000000", "", "kiosk-2").code() == "code_unknown");
  CHECK(open("000001", "", "kiosk-2").code() == "code_unknown");
  const Answer locked = open("777777", "", "kiosk-2");
  CHECK(locked.code() == "pickup_locked");
  CHECK(locked.status == 429);
  CHECK(open("777777", "", "kiosk-1").status == 200);
  // What counts stands in the store's file.
  auto file = database::Connection::open(folder / "store.db", database::sql_book(), {database::Connection::Use::read, 64, true});
  REQUIRE(file.has_value());
  database::Statement row = (*file)->statement("tries");
  REQUIRE(row.text("code/kiosk-2").step());
  CHECK(row.integer_at(0) == 5);
  let_pass(11 * 60'000);
  CHECK(open("777777", "", "kiosk-2").status == 200);
}

TEST_CASE_FIXTURE(Counter, "whoever guesses codes under ever new names is stopped at forty in the store") {
  make_ready();
  for (int i = 0; i < 40; ++i) CHECK(open("000000", "", "kiosk-" + std::to_string(10 + i)).code() == "code_unknown");
  CHECK(open("777777", "", "kiosk-99").code() == "pickup_locked");
  let_pass(11 * 60'000);
  CHECK(open("777777", "", "kiosk-99").status == 200);
}

TEST_CASE_FIXTURE(Counter, "goods that are not paid wait for the till; nobody comes, and they go back") {
  CHECK(act("picked", {{"line", 1}, {"units", 2}}, "581235").status == 200);
  CHECK(act("stage", {{"place", "C3"}}, "581235").status == 200);
  const Answer due = act("hand_over", {{"lines", {{{"line", 1}, {"units", 2}}}}, {"proof", "staff"}}, "581235");
  CHECK(due.code() == "balance_due");
  CHECK(due.status == 402);
  CHECK(act("remind", json::object(), "581235").body["reminded_at"].get<std::int64_t>() > 0);
  CHECK(act("hold", {{"until", utc_ms + 9 * 86'400'000LL}}, "581235").body["hold_until"] == utc_ms + 9 * 86'400'000LL);
  CHECK(act("release", {{"reason", "no_show"}}, "581235").body["status"] == "released");
  CHECK(line_of(act("restock", {{"lines", {{{"line", 1}, {"units", 2}}}}}, "581235").body, 1)["restocked"] == 2);
  CHECK(act("hand_over", {{"lines", {{{"line", 1}, {"units", 1}}}}, {"proof", "staff"}}, "581235").code() == "order_over");
}

TEST_CASE_FIXTURE(Counter, "what is asked of an order badly is refused with the field, and nothing is done") {
  const std::size_t before = outbox_size();
  for (const json& body :
       std::vector<json>{{{"action", "burn"}},
                         {{"action", "hand_over"}, {"lines", json::array()}, {"proof", "staff"}},
                         {{"action", "hand_over"}, {"lines", {{{"line", 1}, {"units", -1}}}}, {"proof", "staff"}},
                         {{"action", "hand_over"}, {"lines", {{{"line", 1}, {"units", 1}}}}, {"proof", "smile"}},
                         {{"action", "picked"}, {"line", 1}, {"units", 0}},
                         {{"action", "picked"}, {"line", 1}, {"units", 9'999'999}},
                         {{"action", "choose"}, {"line", 1}, {"units", 1}, {"choice", "substitute"}},
                         {{"action", "release"}, {"reason", "No show"}},
                         {{"action", "pick"}, {"lines", {1}}}}) {
    const Answer answer = post("/v1/orders/581234/actions", body);
    CHECK_MESSAGE(answer.code() == "invalid_request", body.dump());
  }
  CHECK(post("/v1/pickups/open", {{"code", "12345"}}).code() == "invalid_request");
  CHECK(post("/v1/pickups/open", {{"code", "123456"}, {"phone_last2", "4"}}).code() == "invalid_request");
  CHECK(act("stage", {{"place", "C2"}}).code() == "order_not_ready");
  CHECK(outbox_size() == before);
}
