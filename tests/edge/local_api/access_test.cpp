// SPDX-License-Identifier: Apache-2.0
// Every route × every device × nobody, every role: who may is told by the table, and asked through the real sockets.
#include <map>
#include <set>

#include "edge/database/audit.hpp"
#include "tests/edge/local_api/http_shop.hpp"

using namespace vitrine;
using namespace vitrine::edge;
using edge::local_api::access_rows;
using edge::local_api::AccessRow;
using edge::local_api::nobody;
using edge::local_api::somebody;
using edge::local_api::unattended;
using nlohmann::json;

namespace {

const std::set<std::string> refusals = {"device_refused", "not_permitted", "sign_in_needed", "session_over", "session_locked"};

// A real path: what it names is not here, so that nothing comes of a call that is let in.
std::string path_of(const AccessRow& row) {
  std::string path(row.path);
  const std::size_t brace = path.find('{');
  if (brace == std::string::npos) return path;
  return path.substr(0, brace) + "none" + path.substr(path.find('}') + 1);
}

struct Doors : HttpShop {
  explicit Doors(bool connected = false) {
    fill();
    hub_puts({put("staff", store.text + "/1002", test_staff("1002", "sales")),
              put("staff", store.text + "/1003", test_staff("1003", "shift_lead")),
              put("staff", store.text + "/1004", test_staff("1004", "auditor")),
              put("staff", store.text + "/1005", test_staff("1005", "gardener"))});
    if (!connected) loop->step(daemon::HubDisconnected{});
    start();
  }
  // What it is refused with, of those that the table decides; empty: it was let in.
  std::string refusal(httplib::Client& client, const AccessRow& row, const std::string& device, const std::string& token) {
    const Answer answer = row.method == "GET" ? fetch(client, path_of(row), token)
                                              : send(client, path_of(row), {{"device", device}, {"action", row.action}}, token);
    return refusals.contains(answer.code()) ? answer.code() : "";
  }
  std::vector<database::AuditEntry> audit() {
    auto file =
        database::Connection::open(folder / "store.db", database::sql_book(), {database::Connection::Use::read, 64, true});
    REQUIRE(file.has_value());
    return database::audit_from(**file, 1, 10'000);
  }
};

struct ConnectedDoors : Doors {
  ConnectedDoors() : Doors(true) {}
};

}  // namespace

TEST_CASE_FIXTURE(Doors, "each device is let in where its column of the table says so, and nowhere else") {
  for (const AccessRow& row : access_rows()) {
    CAPTURE(row.method);
    CAPTURE(row.path);
    CAPTURE(row.action);
    CHECK(refusal(kiosk, row, "kiosk-1", "") == (row.kiosk ? "" : "device_refused"));
    CHECK(refusal(till, row, "till-1", "") == (row.till ? "" : "device_refused"));
    CHECK(refusal(operator_, row, "operator", "") == (row.operator_ ? "" : "device_refused"));
    const bool free = row.counter == unattended;
    const bool has_session_of_its_own = row.path == "/v1/staff/session/actions" && row.action == "end";
    const std::string expected = row.counter == nobody             ? "device_refused"
                                 : !free || has_session_of_its_own ? "sign_in_needed"
                                                                   : "";
    CHECK(refusal(counter, row, "counter-1", "") == expected);
  }
}

TEST_CASE_FIXTURE(Doors, "each role is let in where its permissions reach, at a counter alone") {
  const auto roles = sync::protocol::default_staff_roles();
  const std::map<std::string, std::string> members = {
      {"1001", "manager"}, {"1002", "sales"}, {"1003", "shift_lead"}, {"1004", "auditor"}, {"1005", "gardener"}};
  for (const auto& [number, role] : members) {
    const std::string token = sign_in(number).body.at("session");
    for (const AccessRow& row : access_rows()) {
      if (row.path == "/v1/staff/session/actions" && row.action != "touch") continue;  // they would end the session
      if (row.path == "/v1/staff/sessions") continue;
      CAPTURE(role);
      CAPTURE(row.method);
      CAPTURE(row.path);
      CAPTURE(row.action);
      const auto allowed = roles.find(role);
      const bool may = row.counter == unattended || row.counter == somebody ||
                       (allowed != roles.end() && std::ranges::find(allowed->second, row.counter) != allowed->second.end());
      CHECK(refusal(counter, row, "counter-1", token) == (row.counter == nobody ? "device_refused" : may ? "" : "not_permitted"));
      // The token opens nothing at a device that is no counter, and nothing at another counter.
      CHECK(refusal(kiosk, row, "kiosk-1", token) == (row.kiosk ? "" : "device_refused"));
    }
    httplib::Client other(device_socket("counter-2"));
    other.set_address_family(AF_UNIX);
    CHECK(fetch(other, "/v1/orders", token).code() == "session_over");
  }
}

TEST_CASE_FIXTURE(Doors, "a socket is one device, whatever a body says of itself") {
  const Answer other = send(counter, "/v1/staff/sessions", {{"device", "counter-2"}, {"staff", "1001"}, {"pin", test_pin}});
  CHECK(other.code() == "device_refused");
  CHECK(other.status == 403);
  // Who decides and who acts must not read two different actions.
  sign_in("1002");
  const std::string twice =
      R"({"request":")" + test_request(1) + R"(","device":"counter-1","action":"pick","action":"write_off","lines":[]})";
  const auto answer =
      counter.Post("/v1/orders/581234/actions", {{"Authorization", "Bearer " + token()}}, twice, "application/json");
  CHECK(json::parse(answer->body)["code"] == "invalid_request");
  CHECK(post("/v1/orders/581234/actions", {{"action", "burn"}}).code() == "invalid_request");
  CHECK(send(kiosk, "/v1/orders/581234/actions", {{"device", "counter-1"}, {"action", "hand_over"}}, token()).code() ==
        "device_refused");
}

TEST_CASE_FIXTURE(ConnectedDoors, "roles are the settings', and they hold from the moment that they arrive") {
  const std::string token = sign_in("1002").body.at("session");
  CHECK(fetch(counter, "/v1/orders", token).status == 200);
  CHECK(fetch(counter, "/v1/audit", token).code() == "not_permitted");
  hub_pushes("settings",
             {put("settings", "chain", R"({"staff_roles":{"sales":["audit"]},"default_language":"en","languages":["en"]})", 9)});
  for (int i = 0; i < 500 && fetch(counter, "/v1/orders", token).status == 200; ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  CHECK(fetch(counter, "/v1/orders", token).code() == "not_permitted");
  CHECK(fetch(counter, "/v1/audit", token).status == 200);
}

TEST_CASE_FIXTURE(Doors, "what staff do is in the audit with what they did it to, and what they may not, and what they saw") {
  CHECK(post("/v1/carts/" + test_cart + "/actions", {{"action", "add"}, {"sku", "85123A"}}, 700).status == 200);
  CHECK(post("/v1/carts/" + test_cart + "/actions", {{"action", "add"}, {"sku", "85123A"}}, 700).status ==
        200);  // repeated: once
  CHECK(get("/v1/carts/" + test_cart).status == 200);
  const std::string sales = sign_in("1002").body.at("session");
  CHECK(send(counter, "/v1/stock/85123A/actions", {{"device", "counter-1"}, {"action", "count"}, {"counted", 3}, {"moved", 0}},
             sales)
            .code() == "not_permitted");
  CHECK(send(operator_, "/v1/link", {{"enabled", false}}).status == 200);
  std::vector<std::string> lines;
  for (const auto& one : audit())
    lines.push_back(one.staff + " " + one.device + " " + one.action + " " + one.subject + " " + one.outcome);
  const std::vector<std::string> expected = {"1001 counter-1 staff.sign_in  done",
                                             "1001 counter-1 carts.post " + test_cart + " done",
                                             "1001 counter-1 carts.get " + test_cart + " seen",
                                             "1002 counter-1 staff.sign_in  done",
                                             "1001 counter-1 staff.hand_on 1002 done",
                                             "1002 counter-1 stock.count 85123A not_permitted",
                                             " operator link.post  off"};
  CHECK(lines == expected);
  const json said = json::parse(operator_.Get("/v1/audit?from=2&limit=2")->body);
  CHECK(said["entries"].size() == 2);
  CHECK(said["entries"][0]["n"] == 2);
  CHECK(said["more"] == true);
}

TEST_CASE_FIXTURE(Doors, "a line that is altered, dropped or put in breaks the chain where it stands") {
  for (int i = 0; i < 6; ++i) CHECK(sign_in("1001").status == 200);
  stop();
  auto file = database::open_store_database(folder / "store.db");
  REQUIRE(file.has_value());
  database::Connection& rows = **file;
  const auto whole = database::check_audit(rows);
  CHECK(whole.rows >= 6);
  CHECK_FALSE(whole.broken_at);
  const auto broken_by = [&](const std::string& sql) {
    rows.begin_write();
    rows.execute(sql);
    const auto found = database::check_audit(rows).broken_at;
    rows.rollback();
    return found.value_or(0);
  };
  CHECK(broken_by("UPDATE audit SET staff = '1002' WHERE n = 3") == 3);
  CHECK(broken_by("UPDATE audit SET at = at + 1 WHERE n = 2") == 2);
  CHECK(broken_by("DELETE FROM audit WHERE n = 4") == 4);
  CHECK(broken_by("DELETE FROM audit WHERE n = 1") == 1);
  CHECK(broken_by(
            "UPDATE audit SET n = -2 WHERE n = 2; UPDATE audit SET n = 2 WHERE n = 3; UPDATE audit SET n = 3 WHERE n = -2") == 2);
  CHECK(broken_by("INSERT INTO audit SELECT max(n) + 1, 0, '', '', 'x', '', 'done', '', zeroblob(32) FROM audit") ==
        whole.rows + 1);
  CHECK_FALSE(database::check_audit(rows).broken_at);
  // Who can make a hash anew changes one line, and the next no longer fits it.
  rows.begin_write();
  rows.execute("CREATE TEMP TABLE later AS SELECT * FROM audit WHERE n > 3; DELETE FROM audit WHERE n >= 3");
  database::append_audit(rows, {0, UtcMs{1}, "1002", "counter-1", "staff.sign_in", "", "done", "", {}});
  CHECK_FALSE(database::check_audit(rows).broken_at);
  rows.execute("INSERT INTO audit SELECT * FROM later");
  CHECK(database::check_audit(rows).broken_at == 4);
  rows.rollback();
}
