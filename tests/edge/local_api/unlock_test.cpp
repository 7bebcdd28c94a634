// SPDX-License-Identifier: Apache-2.0
// A colleague lets somebody try again who is locked out: without a line to the hub, written down, and no way for a guesser.
#include "edge/database/audit.hpp"
#include "edge/local_api/sign_in.hpp"
#include "tests/edge/local_api/http_shop.hpp"

using namespace vitrine;
using namespace vitrine::edge;
using nlohmann::json;

namespace {

constexpr std::int64_t day_ms = 24LL * 3600 * 1000;
const std::string unlock_1002 = "/v1/staff/1002/actions";
const std::string badge(32, 'b');

// 1001 is a manager, 1002 and 1003 sell; 1004 is a manager with a badge.
struct Locked : HttpShop {
  Locked() {
    fill();
    hub_puts({put("staff", store.text + "/1002", test_staff("1002", "sales")),
              put("staff", store.text + "/1003", test_staff("1003", "sales")),
              put("staff", store.text + "/1004", test_staff("1004", "manager", R"(,"badge":")" + badge + "\""))});
    loop->step(daemon::HubDisconnected{});
    start();
  }
  // How many guesses of 40 are judged at all.
  int judged_of_40(const std::string& staff = "1002") {
    const int before = pins_verified;
    for (int i = 0; i < 40; ++i) sign_in(staff, "000001");
    return pins_verified - before;
  }
  // Signed in somewhere before anybody guessed: the device's own count keeps nobody from acting.
  std::string session_of(const std::string& staff) {
    const Answer in = sign_in(staff);
    REQUIRE(in.status == 200);
    return in.body["session"];
  }
  Answer show(const std::string& text) { return send(counter, "/v1/staff/sessions", {{"device", "counter-1"}, {"badge", text}}); }
  std::string badge_text(const std::string& number, const std::string& id) {
    return badge_of({7, UtcMs{utc_ms.load() / 1000 * 1000}, store, number, id});
  }
  Answer unlock(const std::string& token, int request) {
    return send(counter, unlock_1002, {{"device", "counter-1"}, {"action", "unlock"}, {"request", test_request(request)}}, token);
  }
  std::vector<std::string> audit(const std::string& action) {
    auto file =
        database::Connection::open(folder / "store.db", database::sql_book(), {database::Connection::Use::read, 64, true});
    REQUIRE(file.has_value());
    std::vector<std::string> lines;
    for (const auto& one : database::audit_from(**file, 1, 1000)) {
      if (one.action == action) lines.push_back(one.staff + " " + one.subject + " " + one.outcome);
    }
    return lines;
  }
};

}  // namespace

TEST_CASE_FIXTURE(Locked,
                  "who is locked out stands in the store's status; a manager lets them, offline, and it is written down") {
  CHECK(judged_of_40() == 5);
  const std::string manager = session_of("1001");
  const json locked = fetch(counter, "/v1/status", manager).body["locked_out"];
  REQUIRE(locked.size() == 1);
  CHECK(locked[0]["staff"] == "1002");
  CHECK(locked[0]["name"] == "Grace");
  CHECK(locked[0]["day"] == false);
  CHECK(locked[0]["wait_ms"] <= 60'000);
  CHECK(unlock(manager, 500).status == 200);
  CHECK(fetch(counter, "/v1/status", manager).body["locked_out"] == json::array());
  CHECK(audit("staff.unlock") == std::vector<std::string>{"1001 1002 done"});
  CHECK(sign_in("1002").status == 200);
  CHECK(operator_.Get("/metrics")->body.find("vitrine_edge_staff_unlocked_total 1\n") != std::string::npos);
}

TEST_CASE_FIXTURE(Locked,
                  "nobody lets themselves, nobody lets without the permission, each try is written down, and it stays locked") {
  const std::string seller = session_of("1003");
  CHECK(judged_of_40() == 5);
  CHECK(unlock(seller, 500).code() == "not_permitted");
  CHECK(unlock("", 501).code() == "sign_in_needed");
  CHECK(unlock(std::string(64, '0'), 502).code() == "session_over");
  CHECK(send(kiosk, unlock_1002, {{"device", "kiosk-1"}, {"action", "unlock"}}).code() == "device_refused");
  CHECK(send(operator_, unlock_1002, {{"device", "operator"}, {"action", "unlock"}}).code() == "device_refused");
  CHECK(sign_in("1002").code() == "sign_in_locked");
  CHECK(audit("staff.unlock") == std::vector<std::string>{"1003 1002 not_permitted"});
  const std::string manager = session_of("1001");
  CHECK(send(counter, "/v1/staff/1001/actions", {{"device", "counter-1"}, {"action", "unlock"}}, manager).code() == "own_lock");
  CHECK(send(counter, "/v1/staff/1001/actions", {{"device", "counter-1"}, {"action", "unlock"}}, manager).status == 403);
}

TEST_CASE_FIXTURE(Locked, "an unlock played back opens nothing that was locked since, also after a restart") {
  const std::string manager = session_of("1001");
  CHECK(judged_of_40() == 5);
  CHECK(unlock(manager, 500).status == 200);
  let_pass(31 * 60'000);  // the device's own count
  CHECK(judged_of_40() == 5);
  CHECK(unlock(session_of("1001"), 500).status == 200);
  CHECK(sign_in("1002").code() == "sign_in_locked");
  stop();
  start_again();
  CHECK(unlock(session_of("1001"), 500).status == 200);
  CHECK(sign_in("1002").code() == "sign_in_locked");
  CHECK(unlock(session_of("1001"), 501).status == 200);
  CHECK(sign_in("1002").status == 200);
}

TEST_CASE_FIXTURE(Locked,
                  "a counter that is held after guesses opens to a manager's badge, who lets colleagues try again there") {
  const int before = pins_verified;
  for (int i = 0; i < 40; ++i) sign_in(i % 2 == 0 ? std::to_string(2000 + i) : "1002", "000001");
  CHECK(pins_verified - before == 10);
  stop();
  start_again("boot-2");
  CHECK(sign_in("1004").code() == "sign_in_locked");  // held for every PIN, a manager's and the right one too
  const Answer in = show(badge_text("1004", badge));
  REQUIRE(in.status == 200);
  CHECK(sign_in("1003").code() == "sign_in_locked");  // a badge is nobody else's way in
  const std::string manager = show(badge_text("1004", badge)).body["session"];
  REQUIRE(unlock(manager, 500).status == 200);
  CHECK(sign_in("1002").status == 200);
  // Guessing goes on as if nobody had come: five of the one, ten at the counter, and badges are counted by themselves.
  const int then = pins_verified;
  for (int i = 0; i < 40; ++i) sign_in(i % 2 == 0 ? std::to_string(3000 + i) : "1002", "000001");
  CHECK(pins_verified - then == 10);
  for (int i = 0; i < 10; ++i) CHECK(show("VB1:AAAA").code() == "badge_refused");
  CHECK(show("VB1:AAAA").code() == "sign_in_locked");
  CHECK(show(badge_text("1004", badge)).code() == "sign_in_locked");
  CHECK(pins_verified - then == 10);
}

TEST_CASE_FIXTURE(Locked,
                  "over restarts, power cuts and clocks that jump either way, each unlock gives five guesses and no more") {
  int judged = judged_of_40();
  CHECK(judged == 5);
  for (int round = 0; round < 4; ++round) {
    // The clock is set, the machine starts again: nothing opens.
    stop();
    utc_ms += round % 2 == 0 ? 9 * day_ms : -9 * day_ms;
    start_again("boot-" + std::to_string(2 + round));
    CHECK(judged_of_40() == 0);
    let_pass(31 * 60'000);  // until a colleague may sign in at this device
    CHECK(unlock(session_of("1001"), 500 + round).status == 200);
    stop();
    start_again("boot-" + std::to_string(20 + round));
    let_pass(31 * 60'000);  // the device's own count, after the machine's start
    judged += judged_of_40();
    CHECK(judged == 5 * (2 + round));
  }
  CHECK(audit("staff.unlock").size() == 4);
}

TEST_CASE_FIXTURE(Locked, "a locked counter says what needs somebody by kind alone, and takes nothing") {
  const std::string id = send(kiosk, "/v1/requests", {{"device", "kiosk-1"}}).body["id"];
  let_pass(2 * 60'000);
  for (int i = 0; i < 2; ++i) get("/v1/carts/" + test_request(9'999));  // the loop looks at its clock
  const Answer kinds = fetch(counter, "/v1/alerts/kinds");
  REQUIRE(kinds.status == 200);
  REQUIRE(kinds.body["kinds"].size() == 1);
  CHECK(kinds.body["kinds"][0]["kind"] == "help_not_taken");
  CHECK(kinds.body["kinds"][0]["count"] == 1);
  CHECK(kinds.body["kinds"][0]["escalated"] == false);
  CHECK(kinds.body.dump().find(id) == std::string::npos);
  CHECK(kinds.body["kinds"][0].size() == 4);
  CHECK(fetch(kiosk, "/v1/alerts/kinds").code() == "device_refused");
  const json names = json::array({{{"kind", "help_not_taken"}, {"subject", id}}});
  CHECK(send(counter, "/v1/alerts/actions", {{"device", "counter-1"}, {"action", "acknowledge"}, {"alerts", names}}).code() ==
        "sign_in_needed");
  REQUIRE(post("/v1/alerts/actions", {{"action", "acknowledge"}, {"alerts", names}}).status == 200);
  CHECK(fetch(counter, "/v1/alerts/kinds").body["kinds"] == json::array());
}
