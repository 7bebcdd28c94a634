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

TEST_CASE_FIXTURE(Doors, "an auditor finds lines by who, what, whom and when, page by page, and is in the audit for it") {
  const std::string manager = sign_in("1001").body.at("session");
  CHECK(fetch(counter, "/v1/carts/" + test_cart, manager).status == 200);
  CHECK(fetch(counter, "/v1/orders/none", manager).status == 404);
  const std::string auditor = sign_in("1004").body.at("session");
  const auto found = [&](const std::string& query) { return fetch(counter, "/v1/audit" + query, auditor).body.at("entries"); };
  CHECK(found("?who=1001").size() == 4);  // the last of them: that the counter was handed on
  CHECK(found("?who=1002").empty());
  CHECK(found("?what=carts").size() == 1);
  CHECK(found("?what=carts.get").size() == 1);
  CHECK(found("?what=cart").empty());
  CHECK(found("?whom=" + test_cart)[0]["action"] == "carts.get");
  CHECK(found("?what=carts&whom=" + test_cart.substr(0, 10)).empty());
  CHECK(found("?until=1").empty());
  CHECK(found("?since=1&who=1001&limit=1").size() == 1);
  // Each look before it was answered, with whom it was about.
  const json looks = found("?what=audit");
  CHECK(looks.size() == 10);
  CHECK(looks[5]["subject"] == test_cart);
  CHECK(looks[5]["staff"] == "1004");
  for (const char* query :
       {"?who=a%20b", "?whom=maya@example.com", "?what=%C3%A9", "?since=x", "?from=0", "?until=-1", "?limit=501"})
    CHECK(fetch(counter, "/v1/audit" + std::string(query), auditor).code() == "invalid_request");
  CHECK(fetch(counter, "/v1/audit", sign_in("1002").body.at("session")).code() == "not_permitted");
  for (const auto& one : audit()) CHECK(one.subject.find("maya") == std::string::npos);
}

TEST_CASE_FIXTURE(Doors, "an auditor is told whether the lines fit one another, from the page on") {
  for (int i = 0; i < 6; ++i) CHECK(sign_in("1001").status == 200);
  const std::string auditor = sign_in("1004").body.at("session");
  const auto chain = [&](const std::string& query) { return fetch(counter, "/v1/audit" + query, auditor).body.at("chain"); };
  CHECK(chain("")["last"] >= 8);
  CHECK(chain("")["breaks"].empty());
  CHECK_FALSE(chain("").contains("broken_at"));
  auto file = database::Connection::open(folder / "store.db", database::sql_book(), {database::Connection::Use::write, 64, true});
  REQUIRE(file.has_value());
  (*file)->begin_write();
  (*file)->execute("UPDATE audit SET staff = '1002' WHERE n = 3");
  CHECK_FALSE((*file)->commit());
  CHECK(chain("?limit=2")["broken_at"] == 3);
  CHECK(chain("?from=3")["broken_at"] == 3);
  CHECK_FALSE(chain("?from=5").contains("broken_at"));
  (*file)->begin_write();
  (*file)->execute("DELETE FROM audit WHERE n = 4");
  CHECK_FALSE((*file)->commit());
  CHECK(chain("?from=5").contains("broken_at"));
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
