// SPDX-License-Identifier: Apache-2.0
// Coupons on a cart in a store whose line is cut: put on, refused with a reason, guessed at, carried to the till, taken off.
#include "tests/edge/local_api/http_shop.hpp"

using namespace vitrine;
using namespace vitrine::edge;
using nlohmann::json;

namespace {

struct Coupons : HttpShop {
  Coupons() {
    fill();
    const std::string head = R"(","zone":"uk","title":{"en":"Ten off","de":"Zehn ab"},"currency":"GBP",)";
    const std::string tenth = R"("reward":{"kind":"percent_off","basis_points":1000}})";
    const auto promotion = [&](const std::string& id, const std::string& more) {
      return put("promotion", "uk/" + id, R"({"promotion":")" + id + head + more + tenth);
    };
    const std::string now = std::to_string(utc_ms.load());
    hub_pushes("promotions.uk", {promotion("ten", R"("from":0,"coupon":"SAVE10",)"),
                                 promotion("large", R"("from":0,"coupon":"LARGE-50","basket_min":5000,)"),
                                 promotion("gone", R"("from":0,"to":1000,"coupon":"GONE",)"),
                                 promotion("soon", R"("from":)" + std::to_string(utc_ms + 3'600'000) + R"(,"coupon":"SOON",)"),
                                 promotion("web", R"("from":0,"coupon":"WEB-ONLY","channels":["web"],)")});
    loop->step(daemon::HubDisconnected{});
    start();
  }
  Answer enter(const std::string& coupon, int request = 0, const std::string& device = "kiosk-1") {
    return post("/v1/carts/" + test_cart + "/actions", {{"device", device}, {"action", "add_coupon"}, {"coupon", coupon}},
                request);
  }
  Answer take_off(const std::string& coupon) {
    return post("/v1/carts/" + test_cart + "/actions", {{"device", "kiosk-1"}, {"action", "remove_coupon"}, {"coupon", coupon}});
  }
  std::string metrics() { return operator_.Get("/metrics")->body; }
};

}  // namespace

TEST_CASE_FIXTURE(Coupons, "a coupon takes its part off without a line to the hub, and says so; taken off, it is gone") {
  const Answer with = enter(" save10", 300);
  REQUIRE(with.status == 200);
  CHECK(with.body["coupons"] ==
        json::parse(R"([{"code":"SAVE10","state":"used","title":{"de":"Zehn ab","en":"Ten off"},"minor":59,"need":"none",)"
                    R"("missing":0,"at":null}])"));
  CHECK(with.body["reductions"][0]["coupon"] == "SAVE10");
  CHECK(with.body["totals"]["to_pay"] == 531);
  const std::size_t sent = outbox_size();
  CHECK(enter("SAVE10", 300).body["coupons"] == with.body["coupons"]);
  CHECK(enter("VC1:SAVE10").body["coupons"] == with.body["coupons"]);
  CHECK(outbox_size() <= sent + 1);

  const Answer both = enter("large50");
  REQUIRE(both.status == 200);
  CHECK(both.body["coupons"][1]["state"] == "not_used_yet");
  CHECK(both.body["coupons"][1]["need"] == "basket");
  CHECK(both.body["coupons"][1]["missing"].get<int>() > 0);

  const Answer without = take_off("SAVE10");
  CHECK(without.body["coupons"].size() == 1);
  CHECK(without.body["totals"]["to_pay"] == 590);
  CHECK(metrics().find("vitrine_edge_coupons_total{outcome=\"added\"} 4") != std::string::npos);
  CHECK(metrics().find("vitrine_edge_coupons_total{outcome=\"removed\"} 1") != std::string::npos);
}

TEST_CASE_FIXTURE(Coupons, "a coupon that is unknown, over or not yet is refused with a reason and a time") {
  CHECK(enter("NOBODY").status == 404);
  CHECK(enter("WEB-ONLY").body["coupons"][0]["need"] == "elsewhere");
  CHECK(take_off("WEB-ONLY").body["coupons"] == json::array());
  CHECK(enter("ö").code() == "coupon_unknown");
  const Answer gone = enter("gone");
  CHECK(gone.status == 410);
  CHECK(gone.code() == "coupon_not_valid_now");
  CHECK(gone.body["to"] == 1000);
  const Answer soon = enter("SOON");
  CHECK(soon.code() == "coupon_not_valid_now");
  CHECK(soon.body["from"] == utc_ms + 3'600'000);
  CHECK(enter("").code() == "invalid_request");
  CHECK(enter(std::string(65, 'A')).code() == "invalid_request");
  CHECK(take_off("save10").code() == "invalid_request");
  CHECK(take_off("SAVE10").status == 200);  // it is not there: nothing to do
  CHECK(get("/v1/carts/" + test_cart).body["coupons"] == json::array());
  CHECK(metrics().find("vitrine_edge_coupons_total{outcome=\"coupon_not_valid_now\"} 2") != std::string::npos);
}

TEST_CASE_FIXTURE(Coupons, "who guesses at one device waits there; at another one people go on") {
  for (int i = 0; i < 5; ++i) CHECK(enter("GUESS-" + std::to_string(i)).code() == "coupon_unknown");
  const Answer locked = enter("SAVE10");
  CHECK(locked.status == 429);
  CHECK(locked.code() == "coupons_locked");
  CHECK(enter("SAVE10", 0, "counter-1").status == 200);
  let_pass(11 * 60'000);
  CHECK(enter("SAVE10").status == 200);
}

TEST_CASE_FIXTURE(Coupons, "a ticket says which coupon took what off, and a sale takes those that were used off the cart") {
  REQUIRE(enter("SAVE10").status == 200);
  REQUIRE(enter("LARGE-50").status == 200);
  const json ticket = post("/v1/tickets", {{"device", "kiosk-1"}, {"cart", test_cart}}).body;
  CHECK(ticket["sale"]["reductions"][0]["coupon"] == "SAVE10");
  CHECK(ticket["sale"]["totals"]["to_pay"] == 531);
  const std::string path = "/v1/tickets/" + ticket["ticket"].get<std::string>() + "/actions";
  CHECK(post(path, {{"device", "till-1"}, {"action", "take"}}).status == 200);
  const json tenders = {{"device", "till-1"}, {"action", "paid"}, {"tenders", {{{"kind", "card"}, {"minor", 531}}}}};
  REQUIRE(post(path, tenders).status == 200);
  const json after = get("/v1/carts/" + test_cart).body;
  REQUIRE(after["coupons"].size() == 1);
  CHECK(after["coupons"][0]["code"] == "LARGE-50");
  CHECK(after["coupons"][0]["need"] == "goods");
}
