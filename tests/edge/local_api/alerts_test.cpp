// SPDX-License-Identifier: Apache-2.0
// What needs somebody, over the real socket and through restarts, without a line to the hub: raised by what happens in the shop,
// acknowledged by whoever is signed in, escalated by the clock, over with what was wrong.
#include "edge/local_api/alerts.hpp"
#include "tests/edge/local_api/http_shop.hpp"

using namespace vitrine;
using namespace vitrine::edge;
using nlohmann::json;

namespace {

struct Watched : HttpShop {
  Watched() {
    fill();
    loop->step(daemon::HubDisconnected{});
    start();
  }
  // The loop hears of a clock that went on when something comes: here what is written into the audit, twice, so that the second
  // comes after what the first one set off.
  void wake() {
    for (int i = 0; i < 2; ++i) get("/v1/carts/" + test_request(9'999));
  }
  json alerts() {
    wake();
    const Answer answer = get("/v1/alerts");
    REQUIRE(answer.status == 200);
    return answer.body["alerts"];
  }
  json of_kind(const std::string& kind) {
    for (const json& one : alerts()) {
      if (one["kind"] == kind) return one;
    }
    return nullptr;
  }
  Answer act(const std::string& action, const json& names) {
    return post("/v1/alerts/actions", {{"action", action}, {"alerts", names}});
  }
  std::string asks() {
    return send(kiosk, "/v1/requests", {{"device", "kiosk-1"}, {"request", test_request(next_request++)}}).body["id"];
  }
};

}  // namespace

TEST_CASE_FIXTURE(Watched, "nobody goes to a shopper: raised after two minutes, escalated after two more, seen to, over") {
  const std::string id = asks();
  CHECK(of_kind("help_not_taken").is_null());
  let_pass(2 * 60'000);
  json alert = of_kind("help_not_taken");
  REQUIRE(alert.is_object());
  CHECK(alert["subject"] == id);
  CHECK(alert["state"] == "raised");
  CHECK(alert["acknowledged"].is_null());
  const json names = json::array({{{"kind", "help_not_taken"}, {"subject", id}}});
  CHECK(act("show", names).status == 200);
  CHECK(of_kind("help_not_taken")["state"] == "shown");
  let_pass(2 * 60'000);
  CHECK(of_kind("help_not_taken")["state"] == "escalated");
  const auto figures = operator_.Get("/metrics");
  CHECK(figures->body.find("vitrine_edge_alerts{kind=\"help_not_taken\",state=\"escalated\"} 1\n") != std::string::npos);
  // The daemon starts again: nothing of it is forgotten.
  stop();
  start_again();
  session.clear();
  CHECK(of_kind("help_not_taken")["state"] == "escalated");
  CHECK(act("acknowledge", names).status == 200);
  alert = of_kind("help_not_taken");
  CHECK(alert["state"] == "acknowledged");
  CHECK(alert["acknowledged"]["who"] == "1001");
  CHECK(alert["acknowledged"]["name"] == "Grace");
  stop();
  start_again();
  session.clear();
  CHECK(of_kind("help_not_taken")["state"] == "acknowledged");
  let_pass(local_api::alert_again_ms);
  CHECK(of_kind("help_not_taken")["state"] == "escalated");
  REQUIRE(post("/v1/requests/" + id + "/actions", {{"action", "take"}}).status == 200);
  let_pass(2'000);
  CHECK(of_kind("help_not_taken").is_null());
  // What a lamp was told: each change once, and how it stands after each start.
  stop();
  std::string shown;
  for (const local_api::AlertLevel level : levels)
    shown += std::string(local_api::alert_levels[static_cast<std::size_t>(level)]) + " ";
  CHECK(shown == "off on urgent urgent off off urgent on ");  // by then the line is cut for long
  start_again();
  session.clear();
  CHECK(act("acknowledge", names).status == 200);  // over meanwhile: nothing to do
  CHECK(of_kind("help_not_taken").is_null());
}

TEST_CASE_FIXTURE(Watched, "the store offline for long, and stock that does not add up, each as long as it is so") {
  let_pass(15 * 60'000);
  CHECK(of_kind("store_offline")["subject"] == "");
  REQUIRE(post("/v1/stock/85123A/actions", {{"action", "count"}, {"counted", 7}, {"moved", 0}}).status == 200);
  let_pass(2'000);
  const json odd = of_kind("stock_odd");
  REQUIRE(odd.is_object());
  CHECK(odd["subject"] == "85123A");
  json found = json::array();
  for (const json& one : get("/v1/stock/85123A").body["discrepancies"]) found.push_back(one["id"]);
  REQUIRE(post("/v1/stock/85123A/actions", {{"action", "settle"}, {"discrepancies", found}}).status == 200);
  let_pass(2'000);
  CHECK(of_kind("stock_odd").is_null());
  CHECK(of_kind("store_offline").is_object());
  // The line is there again.
  stop();
  greet();
  let_pass(2'000);
  loop->step(std::nullopt);
  auto file = database::open_store_database(folder / "store.db");
  REQUIRE(file.has_value());
  for (const local_api::Alert& one : database::alerts(**file)) CHECK(one.kind != "store_offline");
}

TEST_CASE_FIXTURE(Watched, "who may, and what bad input gets") {
  CHECK(fetch(kiosk, "/v1/alerts").code() == "device_refused");
  CHECK(fetch(counter, "/v1/alerts").code() == "sign_in_needed");
  CHECK(fetch(operator_, "/v1/alerts").status == 200);
  const json names = json::array({{{"kind", "stock_odd"}, {"subject", "1"}}});
  CHECK(act("forget", names).code() == "invalid_request");
  CHECK(act("show", json::array()).code() == "invalid_request");
  CHECK(act("show", json::array({{{"kind", "stock_odd"}}})).code() == "invalid_request");
  CHECK(act("show", "stock_odd").code() == "invalid_request");
  CHECK(get("/v1/alerts?limit=0").code() == "invalid_request");
}
