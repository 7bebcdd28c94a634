// SPDX-License-Identifier: Apache-2.0
// A drill over the real socket: the line is dropped on purpose, comes back by itself, by a button and with a restart, never later
// than it should whatever a clock says, and a real outage is no drill.
#include "edge/local_api/drill.hpp"
#include "edge/database/audit.hpp"
#include "tests/edge/local_api/http_shop.hpp"

using namespace vitrine;
using namespace vitrine::edge;
using nlohmann::json;

namespace {

struct Drilled : HttpShop {
  Drilled() {
    fill();
    hub_puts({put("staff", store.text + "/1002", test_staff("1002", "sales"))});
    start();
  }
  Answer drill(const std::string& action, int minutes = 0, int request = 0) {
    json body = {{"action", action}};
    if (minutes > 0) body["minutes"] = minutes;
    return post("/v1/drill/actions", body, request);
  }
  // The transport says so once it is cut.
  void line_goes() {
    inbox.push_notice(daemon::HubDisconnected{});
    for (int i = 0; i < 500 && get("/v1/status").body["health"]["link"]["online"] == true; ++i)
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  json status() {
    wake();
    return get("/v1/status").body;
  }
  // The loop looks at its clock when something comes.
  void wake() {
    for (int i = 0; i < 2; ++i) get("/v1/carts/" + test_request(9'999));
  }
  // Of the loop, while it rests.
  std::vector<bool> orders() {
    stop();
    return link_orders;
  }
  std::vector<std::string> audit() {
    auto file =
        database::Connection::open(folder / "store.db", database::sql_book(), {database::Connection::Use::read, 64, true});
    REQUIRE(file.has_value());
    std::vector<std::string> lines;
    for (const auto& one : database::audit_from(**file, 1, 1000)) {
      if (one.action.starts_with("drill.")) lines.push_back(one.staff + " " + one.action + " " + one.subject + " " + one.outcome);
    }
    return lines;
  }
  std::string figures() { return operator_.Get("/metrics")->body; }
};

}  // namespace

TEST_CASE_FIXTURE(Drilled,
                  "a drill drops the line, says that it is one, ends by itself, and says what waited and that it was sent") {
  const Answer began = drill("start", 10);
  REQUIRE(began.status == 200);
  CHECK(began.body["reason"] == "drill");
  line_goes();
  json now = status();
  CHECK(now["drill"]["runs"] == true);
  CHECK(now["drill"]["until"] == now["drill"]["began"].get<std::int64_t>() + 600'000);
  CHECK(now["health"]["link"]["online"] == false);
  CHECK(now["health"]["link"]["reason"] == "drill");
  CHECK(figures().find("vitrine_edge_drill_running 1\n") != std::string::npos);
  REQUIRE(post("/v1/stock/85123A/actions", {{"action", "receive"}, {"units", 2}}).status == 200);
  REQUIRE(post("/v1/stock/85123A/actions", {{"action", "receive"}, {"units", 3}}).status == 200);
  let_pass(9 * 60'000);
  CHECK(status()["drill"]["runs"] == true);
  let_pass(60'000);
  now = status();
  CHECK(now["drill"]["runs"] == false);
  const int waited = 3;  // two deliveries, and what the audit has to tell
  CHECK(now["drill"]["waited"] == waited);
  CHECK(now["drill"]["left"] == waited);
  CHECK(now["health"]["link"]["reason"] != "drill");
  CHECK(figures().find("vitrine_edge_drill_running 0\n") != std::string::npos);
  CHECK(figures().find("vitrine_edge_drills_total{ended=\"time\"} 1\n") != std::string::npos);
  CHECK(audit() == std::vector<std::string>{"1001 drill.start 10 done", " drill.end  time"});
  CHECK(orders() == std::vector<bool>{false, true});
}

TEST_CASE_FIXTURE(Drilled, "whoever may ends it before; a second one, one that is over, and a real outage are refused") {
  REQUIRE(drill("start", 30, 500).status == 200);
  CHECK(drill("start", 30, 500).status == 200);  // the answer was lost
  CHECK(drill("start", 5).code() == "drill_running");
  REQUIRE(drill("end", 0, 501).status == 200);
  CHECK(drill("end", 0, 501).status == 200);
  CHECK(drill("end").code() == "drill_over");
  CHECK(drill("end").status == 409);
  line_goes();
  CHECK(drill("start", 5).code() == "drill_offline");
  CHECK(status()["drill"]["runs"] == false);
  CHECK(audit() == std::vector<std::string>{"1001 drill.start 30 done", "1001 drill.end  done"});
  CHECK(orders() == std::vector<bool>{false, true});
}

TEST_CASE_FIXTURE(Drilled, "who may, and what bad input gets") {
  for (const int minutes : {61, 100'000}) CHECK(drill("start", minutes).code() == "invalid_request");
  CHECK(drill("start").code() == "invalid_request");
  CHECK(drill("pause", 5).code() == "invalid_request");
  const json body = {{"device", "counter-1"}, {"action", "start"}, {"minutes", 5}};
  CHECK(send(counter, "/v1/drill/actions", body).code() == "sign_in_needed");
  CHECK(send(kiosk, "/v1/drill/actions", {{"device", "kiosk-1"}, {"action", "start"}, {"minutes", 5}}).code() ==
        "device_refused");
  const std::string seller = sign_in("1002").body["session"];
  CHECK(send(counter, "/v1/drill/actions", body, seller).code() == "not_permitted");
  CHECK(orders().empty());
}

TEST_CASE_FIXTURE(Drilled, "a clock that is set back makes no drill longer, and a restart ends it") {
  REQUIRE(drill("start", 10).status == 200);
  utc_ms -= 5L * 24 * 3600 * 1000;
  let_pass(10 * 60'000);
  CHECK(status()["drill"]["runs"] == false);
  utc_ms += 5L * 24 * 3600 * 1000;
  REQUIRE(drill("start", 10).status == 200);
  stop();
  start_again();
  session.clear();
  const json now = status();
  CHECK(now["drill"].is_null());
  CHECK(now["health"]["link"]["reason"] != "drill");
  CHECK(figures().find("vitrine_edge_drills_total{ended=\"restart\"} 1\n") != std::string::npos);
  CHECK(audit() == std::vector<std::string>{"1001 drill.start 10 done", " drill.end  time", "1001 drill.start 10 done",
                                            " drill.end  restart"});
  CHECK(loop->link_enabled());
}

TEST_CASE_FIXTURE(Drilled, "while it runs the cut line is no alert; what is still cut afterwards is one, from then on") {
  const auto offline = [&] {
    wake();
    for (const json& one : get("/v1/alerts").body["alerts"]) {
      if (one["kind"] == "store_offline") return one["since"].get<std::int64_t>();
    }
    return std::int64_t{0};
  };
  REQUIRE(drill("start", 20).status == 200);
  line_goes();
  let_pass(19 * 60'000);
  CHECK(offline() == 0);
  let_pass(60'000);
  wake();
  const std::int64_t over = status()["drill"]["until"];
  CHECK(offline() == 0);
  let_pass(15 * 60'000);
  CHECK(offline() == over);
}

TEST_CASE_FIXTURE(Drilled, "an operator who switches the line has no drill in mind: it is over") {
  REQUIRE(drill("start", 20).status == 200);
  REQUIRE(send(operator_, "/v1/link", {{"enabled", true}}).status == 200);
  CHECK(status()["drill"]["runs"] == false);
  CHECK(orders().back() == true);
}
