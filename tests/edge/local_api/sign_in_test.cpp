// SPDX-License-Identifier: Apache-2.0
// Signing in with and against the rules: guessing over restarts, with the clock set on, by way of many numbers and of badges;
// sessions that lock, end, and are played back.
#include <fstream>
#include <set>

#include "edge/database/audit.hpp"
#include "edge/local_api/sign_in.hpp"
#include "sync/protocol/badge.hpp"
#include "tests/edge/local_api/http_shop.hpp"

using namespace vitrine;
using namespace vitrine::edge;
using nlohmann::json;

namespace {

constexpr std::int64_t day_ms = 24LL * 3600 * 1000;
const std::string badge_id = "b0000000000000000000000000000001";

struct Counter : HttpShop {
  explicit Counter(bool connected = false) {
    fill();
    hub_puts({put("staff", store.text + "/1002", test_staff("1002", "sales", R"(,"badge":")" + badge_id + "\"")),
              put("staff", store.text + "/1003", test_staff("1003", "sales", R"(,"to":1000)"))});
    if (!connected) loop->step(daemon::HubDisconnected{});
    start();
  }
  std::string guess(const std::string& staff = "1002", const std::string& pin = "000001") { return sign_in(staff, pin).code(); }
  // How many guesses of 40 are judged at all.
  int judged_of_40(const std::string& staff) {
    const int before = pins_verified;
    for (int i = 0; i < 40; ++i) guess(staff);
    return pins_verified - before;
  }
  std::string badge_text(const std::string& id = badge_id, const std::string& number = "1002") {
    return badge_of({7, UtcMs{utc_ms.load() / 1000 * 1000}, store, number, id});
  }
  Answer show(const std::string& badge) {
    return send(counter, "/v1/staff/sessions", {{"device", "counter-1"}, {"badge", badge}});
  }
};

struct ConnectedCounter : Counter {
  ConnectedCounter() : Counter(true) {}
};

}  // namespace

TEST_CASE_FIXTURE(Counter, "a right PIN opens a session, without a line to the hub, and says what its holder may do") {
  const Answer in = sign_in("1002");
  REQUIRE(in.status == 200);
  CHECK(in.body["session"].get<std::string>().size() == 64);
  CHECK(in.body["staff"]["name"] == "Grace");
  CHECK(in.body["permissions"] == json({"carts", "orders", "stock", "customers"}));
  CHECK(in.body["locks_in_ms"] <= 120'000);
  CHECK(in.body["locks_in_ms"] > 100'000);
  CHECK(in.body.dump().find("argon2id") == std::string::npos);
  const Answer here = get("/v1/staff/session");
  CHECK(here.status == 200);
  CHECK_FALSE(here.body.contains("session"));
  const json staff = fetch(counter, "/v1/staff").body["staff"];
  REQUIRE(staff.size() == 2);  // 1003 has left
  CHECK(staff[0]["staff"] == "1001");
  CHECK(staff.dump().find("argon2id") == std::string::npos);
  CHECK(staff.dump().find(badge_id) == std::string::npos);
  CHECK(send(counter, "/v1/staff/sessions", {{"device", "counter-1"}, {"staff", "1002"}}).code() == "invalid_request");
  CHECK(send(counter, "/v1/staff/sessions", {{"device", "counter-1"}, {"staff", "1002"}, {"pin", "12345"}}).code() ==
        "invalid_request");
}

TEST_CASE_FIXTURE(Counter, "tries are counted down, then wait a minute, each more twice as long; a right one begins anew") {
  for (int left = 4; left >= 1; --left) {
    const Answer wrong = sign_in("1002", "000001");
    CHECK(wrong.status == 401);
    CHECK(wrong.code() == "wrong_pin");
    CHECK(wrong.body["tries_left"] == left);
  }
  CHECK(sign_in("1002").status == 200);
  for (int i = 0; i < 4; ++i) CHECK(guess() == "wrong_pin");
  const Answer fifth = sign_in("1002", "000001");
  CHECK(fifth.status == 429);
  CHECK(fifth.code() == "sign_in_locked");
  CHECK(fifth.body["wait_ms"] <= 60'000);
  CHECK(fifth.body["wait_ms"] > 40'000);
  CHECK(fifth.body["supervisor"] == false);
  CHECK(sign_in("1002").code() == "sign_in_locked");  // the right one too
  CHECK(sign_in("1001").status == 200);               // and nobody else
  let_pass(60'000);
  CHECK(sign_in("1002").status == 200);
}

TEST_CASE_FIXTURE(Counter, "what is answered is the same for a number that is somebody's, nobody's, or of one who has left") {
  for (int i = 0; i < 5; ++i) {
    std::set<std::string> answers;
    for (const char* number : {"1002", "9999", "1003"}) {
      Answer answer = sign_in(number, "000001");
      answer.body.erase("wait_ms");  // time passes between one and the other
      answers.insert(answer.body.dump());
    }
    CHECK(answers.size() == 1);
    if (i == 1) let_pass(31 * 60'000);  // the device's own count
    if (i == 3) let_pass(31 * 60'000);
  }
  CHECK(sign_in("1003").code() != "");
}

TEST_CASE_FIXTURE(Counter, "guessing goes on over restarts, power cuts and clocks set ahead: at most ten a day are judged") {
  int judged = judged_of_40("1002");
  CHECK(judged == 5);
  std::string boot = "boot-1";
  for (int round = 0; round < 12; ++round) {
    stop();
    if (round % 2 == 0) utc_ms += 5 * day_ms;  // somebody sets the clock
    start_again(round % 3 == 2 ? boot : boot = "boot-" + std::to_string(2 + round));
    judged += judged_of_40("1002");
  }
  // A start of the machine proves nothing but how long it has run since: a few seconds each time.
  CHECK(judged == 5);
  CHECK(sign_in("1002").code() == "sign_in_locked");
}

TEST_CASE_FIXTURE(Counter, "time that has really passed counts, and ten in a day wait for a colleague or for the day") {
  int judged = 0;
  for (int hour = 0; hour < 12; ++hour) {
    judged += judged_of_40("1002");
    let_pass(3600'000);
  }
  CHECK(judged == 10);
  const Answer full = sign_in("1002");
  CHECK(full.body["supervisor"] == true);
  CHECK(full.body["wait_ms"].get<std::int64_t>() > 3600'000);
  // A success of somebody in between does not open the day again.
  const std::string unlock = "/v1/staff/1002/actions";
  CHECK(post(unlock, {{"action", "unlock"}}).status == 200);
  CHECK(sign_in("1002").status == 200);
  CHECK(post("/v1/staff/9999/actions", {{"action", "unlock"}}).code() == "staff_unknown");
}

TEST_CASE_FIXTURE(Counter, "a right PIN between wrong ones gives a guesser no more than ten a day") {
  const int before = pins_verified;
  int right = 0;
  for (int i = 0; i < 30; ++i) {
    for (int wrong = 0; wrong < 3; ++wrong) guess();
    right += sign_in("1002").status == 200 ? 1 : 0;
    let_pass(31 * 60'000);
  }
  CHECK(pins_verified - before - right <= 11);
}

TEST_CASE_FIXTURE(Counter, "a guesser with many numbers is stopped at the device, also under another name of it") {
  int judged = pins_verified;
  for (int i = 0; i < 40; ++i) guess(std::to_string(2000 + i));
  judged = pins_verified - judged;
  CHECK(judged == 10);
  CHECK(sign_in("1001").code() == "sign_in_locked");
  CHECK(send(counter, "/v1/staff/sessions", {{"device", "counter-9"}, {"staff", "1001"}, {"pin", test_pin}}).code() ==
        "device_refused");
  let_pass(30 * 60'000);
  CHECK(sign_in("1001").status == 200);
}

TEST_CASE_FIXTURE(ConnectedCounter, "another PIN from the hub is a new beginning") {
  CHECK(judged_of_40("1002") == 5);
  const std::string other = "$argon2id$v=19$m=19456,t=2,p=1$" + std::string(22, 'D') + "$" + std::string(43, 'e');
  std::string body = test_staff("1002", "sales");
  body.replace(body.find(test_verifier), test_verifier.size(), other);
  hub_puts({put("staff", store.text + "/1002", body, 2)});
  for (int i = 0; i < 500 && guess() != "wrong_pin"; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(10));
  CHECK(guess() == "wrong_pin");
}

TEST_CASE_FIXTURE(Counter, "a session locks, opens with its holder's PIN alone, and is over in time and at its end") {
  const std::string token = sign_in("1002").body.at("session");
  const std::string actions = "/v1/staff/session/actions";
  const auto act = [&](const std::string& action, const std::string& pin = "") {
    json body = {{"device", "counter-1"}, {"action", action}};
    if (!pin.empty()) body["pin"] = pin;
    return send(counter, actions, body, token);
  };
  CHECK(act("lock").body["locked"] == true);
  CHECK(fetch(counter, "/v1/orders", token).code() == "session_locked");
  CHECK(fetch(counter, "/v1/orders", token).status == 401);
  CHECK(act("touch").code() == "session_locked");
  CHECK(act("unlock", "000001").code() == "wrong_pin");
  CHECK(act("unlock").code() == "invalid_request");
  CHECK(act("unlock", test_pin).body["locked"] == false);
  CHECK(fetch(counter, "/v1/orders", token).status == 200);
  // What the screen fetches by itself keeps nobody signed in; a touch does.
  let_pass(119'000);
  CHECK(fetch(counter, "/v1/orders", token).status == 200);
  CHECK(act("touch").status == 200);
  let_pass(119'000);
  CHECK(fetch(counter, "/v1/orders", token).status == 200);
  let_pass(1'000);
  CHECK(fetch(counter, "/v1/orders", token).code() == "session_locked");
  utc_ms -= day_ms;  // a clock that is set back opens nothing
  CHECK(fetch(counter, "/v1/orders", token).code() == "session_locked");
  CHECK(act("unlock", test_pin).status == 200);
  let_pass(120'000 + 1'800'000);
  CHECK(act("unlock", test_pin).code() == "session_over");
  CHECK(fetch(counter, "/v1/orders", token).code() == "session_over");
}

TEST_CASE_FIXTURE(Counter, "a session that was signed out, handed on, or made up opens nothing") {
  const std::string first = sign_in("1002").body.at("session");
  CHECK(fetch(counter, "/v1/orders", first).status == 200);
  CHECK(send(counter, "/v1/staff/session/actions", {{"device", "counter-1"}, {"action", "end"}}, first).status == 200);
  CHECK(fetch(counter, "/v1/orders", first).code() == "session_over");
  CHECK(send(counter, "/v1/staff/session/actions", {{"device", "counter-1"}, {"action", "unlock"}, {"pin", test_pin}}, first)
            .code() == "session_over");
  const std::string second = sign_in("1002").body.at("session");
  const std::string third = sign_in("1001").body.at("session");
  CHECK(fetch(counter, "/v1/orders", second).code() == "session_over");
  CHECK(fetch(counter, "/v1/orders", third).status == 200);
  CHECK(fetch(counter, "/v1/orders", std::string(64, '0')).code() == "session_over");
  CHECK(fetch(counter, "/v1/orders").code() == "sign_in_needed");
  stop();
  start_again();
  CHECK(fetch(counter, "/v1/orders", third).code() == "session_over");
}

TEST_CASE_FIXTURE(ConnectedCounter, "who works here no longer is out at once") {
  const std::string token = sign_in("1002").body.at("session");
  hub_puts({put("staff", store.text + "/1002", test_staff("1002", "sales", R"(,"to":1000)"), 2)});
  for (int i = 0; i < 500 && fetch(counter, "/v1/orders", token).status == 200; ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  CHECK(fetch(counter, "/v1/orders", token).code() == "session_over");
  CHECK(guess("1002", test_pin) == "wrong_pin");
}

TEST_CASE_FIXTURE(Counter,
                  "a badge signs its holder in; one that is forged, ended or another's does not, and guessing at it is counted") {
  CHECK(show(badge_text()).body["staff"]["staff"] == "1002");
  CHECK(pins_verified == 0);
  const Answer ended = show(badge_text("b0000000000000000000000000000002"));
  CHECK(ended.code() == "badge_refused");
  CHECK(ended.status == 401);
  CHECK(show(badge_text(badge_id, "1001")).code() == "badge_refused");
  CHECK(show("VB1:AAAA").code() == "badge_refused");
  CHECK(show("hello").code() == "badge_refused");
  CHECK(show("").code() == "invalid_request");
  for (int i = 0; i < 6; ++i) CHECK(show("VB1:AAAA").code() == "badge_refused");
  CHECK(show(badge_text()).code() == "sign_in_locked");
}

TEST_CASE_FIXTURE(Counter, "each try is in the audit, under the number that was tried, and no PIN is anywhere") {
  sign_in("1002", "739164");
  sign_in("9999", "739164");
  sign_in("1002");
  stop();
  auto file = database::Connection::open(folder / "store.db", database::sql_book(), {database::Connection::Use::read, 64, true});
  REQUIRE(file.has_value());
  std::vector<std::string> lines;
  for (const auto& one : database::audit_from(**file, 1, 100)) lines.push_back(one.staff + " " + one.action + " " + one.outcome);
  CHECK(lines ==
        std::vector<std::string>{"1002 staff.sign_in wrong_pin", "9999 staff.sign_in wrong_pin", "1002 staff.sign_in done"});
  for (const char* name : {"store.db", "store.db-wal"}) {
    std::ifstream bytes(folder / name, std::ios::binary);
    const std::string all((std::istreambuf_iterator<char>(bytes)), {});
    CHECK(all.find("739164") == std::string::npos);
    CHECK(all.find(test_pin) == std::string::npos);
  }
}
