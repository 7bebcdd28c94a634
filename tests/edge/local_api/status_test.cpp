// SPDX-License-Identifier: Apache-2.0
// How the store stands, over the real socket: what waits by what it is about, what was refused without anybody's name, devices
// and who is signed in.
#include "tests/edge/local_api/http_shop.hpp"

using namespace vitrine;
using namespace vitrine::edge;
using nlohmann::json;

namespace {

struct Stands : HttpShop {
  Stands() {
    fill();
    const json refused = {{"transaction", test_request(77)},
                          {"reason", "not_enough"},
                          {"actor", "kiosk-1"},
                          {"documents", json::array({json::array({"stock", store.text + "/85123A"}),
                                                     json::array({"customer", std::string(32, 'c')})})},
                          {"at", utc_ms.load()}};
    hub_puts({put("outcome", test_request(77), refused.dump())});
    loop->step(daemon::HubDisconnected{});
    start();
  }
};

}  // namespace

TEST_CASE_FIXTURE(Stands, "what waits, what was refused, and who is where") {
  REQUIRE(send(kiosk, "/v1/requests", {{"device", "kiosk-1"}, {"request", test_request(1)}}).status == 200);
  REQUIRE(post("/v1/stock/85123A/actions", {{"action", "receive"}, {"units", 2}}, 2).status == 200);
  REQUIRE(post("/v1/stock/85123A/actions", {{"action", "receive"}, {"units", 3}}, 3).status == 200);
  const Answer answer = get("/v1/status");
  REQUIRE(answer.status == 200);
  CHECK(answer.body["health"]["outbox"]["waiting"] == 3);
  CHECK(answer.body["health"]["link"]["online"] == false);
  CHECK(answer.body["waiting"] ==
        json::array({{{"collection", "request"}, {"count", 1}}, {{"collection", "stock"}, {"count", 2}}}));
  REQUIRE(answer.body["refused"].size() == 1);
  CHECK(answer.body["refused"][0]["reason"] == "not_enough");
  CHECK(answer.body["refused"][0]["documents"] ==
        json::array({{{"collection", "stock"}, {"id", "85123A"}}, {{"collection", "customer"}, {"id", ""}}}));
  CHECK(answer.body.dump().find(std::string(32, 'c')) == std::string::npos);
  std::map<std::string, json> devices;
  for (const json& one : answer.body["devices"]) devices[one["device"]] = one;
  CHECK(devices.at("kiosk-1")["role"] == "kiosk");
  CHECK(devices.at("kiosk-1")["seen_at"] > 0);
  CHECK(devices.at("counter-1")["staff"]["name"] == "Grace");
  CHECK(devices.at("counter-1")["staff"]["locked"] == false);
  REQUIRE(post("/v1/staff/session/actions", {{"action", "lock"}}).status == 200);
  const Answer by_operator = fetch(operator_, "/v1/status");
  for (const json& one : by_operator.body["devices"]) {
    if (one["device"] == "counter-1") CHECK(one["staff"]["locked"] == true);
    CHECK(one["device"] != "operator");
  }
  CHECK(fetch(kiosk, "/v1/status").code() == "device_refused");
  CHECK(fetch(counter, "/v1/status").code() == "sign_in_needed");
}

TEST_CASE_FIXTURE(Stands, "what screens say of themselves is in the metrics, by device, and a new start is counted") {
  const auto say = [&](const std::string& device, char start, int frames) {
    json said = {{"device", device},
                 {"start", std::string(32, start)},
                 {"frames", frames},
                 {"frames_shown", 7},
                 {"memory_bytes", 50'000'000},
                 {"scans", {{"pass", 3}, {"product", 2}, {"other", 1}}},
                 {"errors", {{"edge_lost", 1}, {"no_answer", 0}, {"printer", 4}}}};
    if (device == "counter-1") said["bell"] = {{"done", 6}, {"failed", 5}, {"late", 2}};
    return send(device == "counter-1" ? counter : kiosk, "/v1/devices/figures", said);
  };
  REQUIRE(say("kiosk-1", 'a', 100).status == 200);
  REQUIRE(say("kiosk-1", 'a', 200).status == 200);
  REQUIRE(say("kiosk-1", 'b', 5).status == 200);
  REQUIRE(say("counter-1", 'c', 9).status == 200);  // with nobody signed in
  const std::string text = operator_.Get("/metrics")->body;
  for (const char* line :
       {"vitrine_kiosk_frames_total{device=\"kiosk-1\"} 5\n", "vitrine_kiosk_frames_total{device=\"counter-1\"} 9\n",
        "vitrine_kiosk_starts_total{device=\"kiosk-1\"} 2\n", "vitrine_kiosk_starts_total{device=\"counter-1\"} 1\n",
        "vitrine_kiosk_scans_total{device=\"kiosk-1\",kind=\"pass\"} 3\n",
        "vitrine_kiosk_scans_total{device=\"kiosk-1\",kind=\"other\"} 1\n",
        "vitrine_kiosk_errors_total{device=\"kiosk-1\",kind=\"printer\"} 4\n",
        "vitrine_kiosk_bell_runs_total{device=\"counter-1\",outcome=\"done\"} 6\n",
        "vitrine_kiosk_bell_runs_total{device=\"counter-1\",outcome=\"failed\"} 5\n",
        "vitrine_kiosk_bell_runs_total{device=\"counter-1\",outcome=\"late\"} 2\n",
        "vitrine_kiosk_memory_bytes{device=\"kiosk-1\"} 50000000\n"}) {
    CAPTURE(line);
    CHECK(text.find(line) != std::string::npos);
  }
  CHECK(text.find("vitrine_kiosk_bell_runs_total{device=\"kiosk-1\"") == std::string::npos);  // it has none
  CHECK(send(kiosk, "/v1/devices/figures", {{"device", "kiosk-1"}, {"start", "x"}}).code() == "invalid_request");
  CHECK(send(till, "/v1/devices/figures", {{"device", "till-1"}}).code() == "device_refused");
  // A stranger's many names do not fill the memory.
  for (int i = 0; i < 80; ++i) CHECK(say("kiosk-x" + std::to_string(i), 'd', 1).status == 200);
  const std::string many = operator_.Get("/metrics")->body;
  CHECK(many.find("device=\"kiosk-x61\"") != std::string::npos);
  CHECK(many.find("device=\"kiosk-x62\"") == std::string::npos);
}
