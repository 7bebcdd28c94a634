// SPDX-License-Identifier: Apache-2.0
// vitrinectl beside a running daemon and without one: tables, JSON, exit codes.
#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/edge/test_shop.hpp"
#include "tools/vitrinectl/command.hpp"

using namespace vitrine;
using nlohmann::json;

namespace {

struct Ran {
  int code = -1;
  std::string out;
  std::string err;
};

Ran run(const edge::TestShop& shop, std::vector<std::string> words) {
  const std::string config = shop.folder / "edge.toml";
  std::ofstream(config)
      << "[edge]\nstore = \"harbour-street\"\nstate = \"" << shop.folder.path()
      << "\"\n[streams]\nzone = \"uk\"\n[mqtt]\nhost = \"127.0.0.1\"\nport = 8883\nca = \"ca\"\ncert = \"c\"\nkey = \"k\"\n"
         "tenant = \"fernby\"\n";
  words.insert(words.end(), {"--config", config});
  std::ostringstream out;
  std::ostringstream err;
  const Now now{{shop.utc_ms.load()}, {0}};
  const int code = ctl::run(words, now, out, err);
  return {code, out.str(), err.str()};
}

}  // namespace

TEST_CASE("beside a running daemon: its own health, and a verification of its file") {
  edge::TestShop shop;
  shop.fill();
  shop.start();
  const Ran status = run(shop, {"sync", "status", "--json"});
  CHECK_MESSAGE(status.code == ctl::exit_good, status.err);
  const json health = json::parse(status.out);
  CHECK(health["daemon"] == "running");
  CHECK(health["link"]["online"] == true);
  CHECK(health["streams"].size() == 7);
  const Ran table = run(shop, {"sync", "status"});
  CHECK(table.code == ctl::exit_good);
  CHECK(table.out.find("link     online, last contact 0 s ago") != std::string::npos);
  CHECK(table.out.find("store.harbour-street") != std::string::npos);
  const Ran verify = run(shop, {"sync", "verify", "--json"});
  CHECK_MESSAGE(verify.code == ctl::exit_good, verify.out);
  CHECK(json::parse(verify.out)["ok"] == true);
}

TEST_CASE("what was measured, as a table from the running daemon; without one it says so") {
  edge::TestShop shop;
  shop.fill();
  shop.start();
  const Ran today = run(shop, {"measures", "today"});
  CHECK_MESSAGE(today.code == ctl::exit_good, today.err);
  CHECK(today.out.starts_with("date,time,begins_at,resumes,"));
  CHECK(std::ranges::count(today.out, '\n') == 10);  // 08:26 in London: nine hours have begun
  CHECK(today.out.find("\n2025-11-22,08:00,2025-11-22T08:00:00Z,0,") != std::string::npos);
  CHECK(json::parse(run(shop, {"measures", "week", "--json"}).out)["range"] == "week");
  CHECK(run(shop, {"measures", "year"}).code == ctl::exit_usage);
  CHECK(run(shop, {"measures", "week", "more"}).code == ctl::exit_usage);
  shop.stop();
  CHECK(run(shop, {"measures", "today"}).code == ctl::exit_cannot_look);
}

TEST_CASE("the audit is listed and checked, and one altered line is named") {
  edge::TestShop shop;
  shop.fill();
  shop.start();
  for (int i = 0; i < 3; ++i) {
    const std::string body =
        R"({"request":")" + edge::test_request(i) + R"(","device":"counter-1","staff":"1001","pin":")" + edge::test_pin + "\"}";
    edge::local_api::Call call{"POST", "/v1/staff/sessions", {}, body};
    call.caller = {edge::local_api::DeviceRole::counter, "counter-1"};
    REQUIRE(shop.api->answer(call).status == 200);
  }
  const Ran good = run(shop, {"audit", "verify"});
  CHECK(good.code == ctl::exit_good);
  CHECK(good.out.starts_with("audit  good   5 lines, the last with hash "));  // three sign-ins, two of them took over
  const Ran listed = run(shop, {"audit", "list"});
  CHECK(listed.out.find("1  2025-11-22 08:26:40  1001  counter-1  staff.sign_in  done\n") == 0);
  CHECK(json::parse(run(shop, {"audit", "list", "4", "--json"}).out).size() == 2);
  CHECK(run(shop, {"audit", "list", "x"}).code == ctl::exit_usage);
  shop.stop();
  {
    auto file = edge::database::open_store_database(shop.folder / "store.db");
    REQUIRE(file.has_value());
    (*file)->begin_write();
    (*file)->execute("UPDATE audit SET staff = '1002' WHERE n = 2");
    REQUIRE_FALSE((*file)->commit());
  }
  const Ran broken = run(shop, {"audit", "verify"});
  CHECK(broken.code == ctl::exit_trouble);
  CHECK(broken.out.find("line 2 was altered") != std::string::npos);
  CHECK(json::parse(run(shop, {"audit", "verify", "--json"}).out)["broken_at"] == 2);
}

TEST_CASE("where no daemon runs, the file is read, and damage is told") {
  edge::TestShop shop;
  shop.fill();
  shop.stop();
  const Ran status = run(shop, {"sync", "status"});
  CHECK(status.code == ctl::exit_trouble);
  CHECK(status.out.find("daemon not running") != std::string::npos);
  CHECK(run(shop, {"sync", "verify"}).code == ctl::exit_good);
  {
    auto file = edge::database::Connection::open(shop.folder / "store.db", edge::database::sql_book(), {});
    REQUIRE(file.has_value());
    (*file)->execute("UPDATE state SET last_n = 7, applied_n = 8");
    REQUIRE_FALSE((*file)->take_failure().has_value());
  }
  const Ran verify = run(shop, {"sync", "verify"});
  CHECK(verify.code == ctl::exit_trouble);
  CHECK(verify.out.find("WRONG") != std::string::npos);
}

TEST_CASE("what makes no sense, and what cannot be looked at") {
  edge::TestShop shop;
  CHECK(run(shop, {"sync"}).code == ctl::exit_usage);
  CHECK(run(shop, {"sync", "dance"}).code == ctl::exit_usage);
  CHECK(run(shop, {"sync", "status", "now"}).code == ctl::exit_usage);
  CHECK(run(shop, {"sync", "status", "--loud"}).code == ctl::exit_usage);
  const Ran help = run(shop, {"--help"});
  CHECK(help.code == ctl::exit_good);
  CHECK(help.out.find("EXIT STATUS") != std::string::npos);
  std::ostringstream out;
  std::ostringstream err;
  CHECK(ctl::run({"sync", "verify", "--config", shop.folder / "none.toml"}, {}, out, err) == ctl::exit_cannot_look);
}
