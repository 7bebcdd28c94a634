// SPDX-License-Identifier: Apache-2.0
// A shopper at a kiosk asks for a person, without a line to the hub: one queue for every counter, one member of staff for each
// request, and what has ended stays so.
#include "edge/local_api/help.hpp"
#include "tests/edge/local_api/http_shop.hpp"

using namespace vitrine;
using namespace vitrine::edge;
using nlohmann::json;
using namespace std::chrono_literals;

namespace {

struct HelpDesk : HttpShop {
  HelpDesk() {
    fill();
    hub_puts({put("staff", store.text + "/1002", test_staff("1002", "sales"))});
    loop->step(daemon::HubDisconnected{});
    start();
  }
  // A kiosk's.
  Answer raise(const std::string& device, json more = json::object(), int request = 0) {
    more["device"] = device;
    more["request"] = test_request(request != 0 ? request : next_request++);
    return send(kiosk, "/v1/requests", more);
  }
  Answer kiosk_act(const std::string& id, const std::string& action, json more = json::object()) {
    more["action"] = action;
    more["device"] = "kiosk-1";
    return send(kiosk, "/v1/requests/" + id + "/actions", more);
  }
  // The counter's, by Grace.
  Answer act(const std::string& id, const std::string& action, json more = json::object(), int request = 0,
             const std::string& if_match = {}) {
    more["action"] = action;
    return post("/v1/requests/" + id + "/actions", more, request, if_match);
  }
  // Somebody else signs in there.
  void become(const std::string& staff) {
    session = sign_in(staff).body.value("session", "");
    REQUIRE_FALSE(session.empty());
  }
  std::vector<std::string> queue(const std::string& state = "") {
    std::vector<std::string> devices;
    for (const json& one : get("/v1/requests" + (state.empty() ? "" : "?state=" + state)).body["requests"])
      devices.push_back(one["device"]);
    return devices;
  }
};

using Devices = std::vector<std::string>;

}  // namespace

TEST_CASE_FIXTURE(HelpDesk, "who asks stands in the queue once, however often they press, and is told who comes") {
  const Answer asked = raise("kiosk-1", {{"where", "by the stairs"}, {"language", "de"}, {"context", "cart/" + test_cart}}, 700);
  REQUIRE(asked.status == 200);
  const std::string id = asked.body["id"];
  CHECK(id == test_request(700));
  CHECK(asked.body["state"] == "waiting");
  CHECK(asked.body["where"] == "by the stairs");
  CHECK(asked.body["context"] == "cart/" + test_cart);
  CHECK(asked.body["taken"].is_null());
  CHECK(raise("kiosk-1", {{"context", "cart/" + test_cart}}).body["id"] == id);
  let_pass(1'000);
  const std::string second = raise("kiosk-2", {{"about", "reach"}}).body["id"];
  CHECK(queue() == Devices{"kiosk-1", "kiosk-2"});
  CHECK(kiosk_act(id, "say", {{"about", "finding"}}).body["about"] == "finding");

  const Answer taken = act(id, "take", {{"minutes", 1}});
  CHECK(taken.body["state"] == "taken");
  CHECK(taken.body["taken"]["who"] == "1001");
  CHECK(taken.body["taken"]["name"] == "Grace");
  CHECK(get("/v1/requests").body["requests"][0]["taken"]["name"] == "Grace");
  CHECK(taken.body["taken"]["minutes"] == 1);
  CHECK(act(id, "take", {{"minutes", 3}}).body["taken"]["minutes"] == 3);
  become("1002");
  CHECK(act(id, "take").code() == "request_taken");
  CHECK(queue("waiting") == Devices{"kiosk-2"});
  CHECK(act(id, "put_back").body["state"] == "waiting");
  CHECK(act(id, "take").body["taken"]["who"] == "1002");
  CHECK(act(id, "end", {{"how", "helped"}}).body["ended"]["how"] == "helped");
  CHECK(act(id, "take").code() == "request_over");
  CHECK(queue() == Devices{"kiosk-2"});
  CHECK(queue("ended") == Devices{"kiosk-1"});
  // The kiosk is free to ask again.
  CHECK(raise("kiosk-1").body["id"] != id);
  CHECK(kiosk_act(second, "end", {{"how", "cancelled"}}).status == 200);
  const auto figures = operator_.Get("/metrics");
  CHECK(figures->body.find("vitrine_edge_help_requests{state=\"waiting\"} 1\n") != std::string::npos);
  CHECK(figures->body.find("vitrine_edge_help_ended{how=\"helped\"} 1\n") != std::string::npos);
  CHECK(figures->body.find("vitrine_edge_help_ended{how=\"cancelled\"} 1\n") != std::string::npos);
}

TEST_CASE_FIXTURE(HelpDesk, "a repeated request is the same one, also when it has ended; a stale screen changes nothing") {
  const std::string id = raise("kiosk-1", {}, 700).body["id"];
  const std::string seen = get("/v1/requests/" + id).tag;
  CHECK(seen.size() == 34);
  CHECK(act(id, "take", json::object(), 701, seen).status == 200);
  CHECK(act(id, "end", {{"how", "helped"}}, 702, seen).code() == "changed_meanwhile");
  CHECK(act(id, "end", {{"how", "helped"}}, 702).status == 200);
  CHECK(act(id, "end", {{"how", "helped"}}, 702).status == 200);
  CHECK(act(id, "take", json::object(), 701).body["state"] == "ended");
  CHECK(raise("kiosk-1", {}, 700).body["state"] == "ended");
}

TEST_CASE_FIXTURE(HelpDesk, "a kiosk that forgot who asked ends their request with the next person's") {
  const std::string first = raise("kiosk-1", {{"context", "cart/" + test_cart}}).body["id"];
  const std::string second = raise("kiosk-1").body["id"];
  CHECK(second != first);
  CHECK(get("/v1/requests/" + first).body["ended"]["how"] == "gone");
  CHECK(get("/v1/requests/" + second).body["context"] == "");
  CHECK(queue() == Devices{"kiosk-1"});
}

TEST_CASE_FIXTURE(HelpDesk, "two minutes without anybody is late, and after two days it is gone") {
  const std::string id = raise("kiosk-1").body["id"];
  CHECK(get("/v1/requests/" + id).body["late"] == false);
  let_pass(local_api::help_goal_ms + 1'000);
  CHECK(get("/v1/requests/" + id).body["late"] == true);
  const auto figures = operator_.Get("/metrics");
  CHECK(figures->body.find("vitrine_edge_help_oldest_seconds 121\n") != std::string::npos);
  CHECK(act(id, "take").body["late"] == false);
  let_pass(sync::rules::request_kept_ms);
  raise("kiosk-2");  // the loop looks at its clock
  for (int i = 0; i < 500 && get("/v1/requests/" + id).status == 200; ++i) std::this_thread::sleep_for(10ms);
  CHECK(get("/v1/requests/" + id).code() == "request_unknown");
  CHECK(queue() == Devices{"kiosk-2"});
}

TEST_CASE_FIXTURE(HelpDesk, "what cannot be a request is refused, and nothing is written") {
  CHECK(raise("Kiosk 1").code() == "invalid_request");
  CHECK(raise("kiosk-1", {{"about", "love"}}).code() == "invalid_request");
  CHECK(raise("kiosk-1", {{"context", "customer/17850"}}).code() == "invalid_request");
  CHECK(raise("kiosk-1", {{"where", std::string(81, 'x')}}).code() == "invalid_request");
  CHECK(queue().empty());
  CHECK(get("/v1/requests?state=lost").code() == "invalid_request");
  CHECK(get("/v1/requests/nothing").code() == "request_unknown");
  CHECK(get("/v1/requests/" + std::string(32, 'b')).code() == "request_unknown");
  const std::string id = raise("kiosk-1").body["id"];
  CHECK(act(id, "sing").code() == "invalid_request");
  CHECK(act(id, "take", {{"minutes", 61}}).code() == "invalid_request");
  CHECK(kiosk_act(id, "take").code() == "device_refused");
  CHECK(kiosk_act(id, "say", {{"about", "love"}}).code() == "invalid_request");
  CHECK(act(id, "end", {{"how", "bored"}}).code() == "invalid_request");
  CHECK(get("/v1/requests/" + id).body["state"] == "waiting");
}
