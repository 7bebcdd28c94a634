// SPDX-License-Identifier: Apache-2.0
// vitrinectl beside a running daemon and without one: tables, JSON, exit codes.
#include <doctest/doctest.h>

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
  CHECK(health["streams"].size() == 6);
  const Ran table = run(shop, {"sync", "status"});
  CHECK(table.code == ctl::exit_good);
  CHECK(table.out.find("link     online, last contact 0 s ago") != std::string::npos);
  CHECK(table.out.find("store.harbour-street") != std::string::npos);
  const Ran verify = run(shop, {"sync", "verify", "--json"});
  CHECK_MESSAGE(verify.code == ctl::exit_good, verify.out);
  CHECK(json::parse(verify.out)["ok"] == true);
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
