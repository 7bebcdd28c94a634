// SPDX-License-Identifier: Apache-2.0
// What is SQLite's own: the file, whose it is, and files that the hub refuses.
#include <doctest/doctest.h>
#include <sys/stat.h>

#include "hub/database/authority.hpp"
#include "hub/database/open.hpp"
#include "tests/broker/test_broker.hpp"
#include "tests/hub/support/test_database.hpp"

using namespace vitrine;
using namespace vitrine::hub::database;
using vitrine::test::TemporaryFolder;

namespace {

std::unique_ptr<Connection> open(const std::string& folder) {
  auto opened = open_hub_database(folder, test::chance(), UtcMs{1000});
  if (!opened) FAIL(opened.error().message);
  return std::move(*opened);
}

}  // namespace

TEST_CASE("the database and the era file are the owner's alone, and the era is the same in both") {
  TemporaryFolder folder;
  const auto connection = open(folder / "state");
  struct stat info{};
  REQUIRE(stat((folder / "state/hub.db").c_str(), &info) == 0);
  CHECK((info.st_mode & 0777) == 0600);
  REQUIRE(stat((folder / "state").c_str(), &info) == 0);
  CHECK((info.st_mode & 0777) == 0700);
  SqlAuthority authority(*connection);
  CHECK(test::read_whole_file(folder / "state/era").starts_with("1 " + authority.era().id + "\n"));
  REQUIRE(stat((folder / "state/era").c_str(), &info) == 0);
  CHECK((info.st_mode & 0777) == 0600);
}

TEST_CASE("a database of a later release, and one that is none, are refused in words") {
  TemporaryFolder folder;
  open(folder.path())->execute("PRAGMA user_version=99");
  const auto later = open_hub_database(folder.path(), test::chance(), UtcMs{1});
  REQUIRE_FALSE(later);
  CHECK(later.error().code == "database_too_new");
  CHECK(later.error().message.find("install the release") != std::string::npos);

  TemporaryFolder other;
  test::write_whole_file(other / "hub.db", std::string(8192, 'x'));
  const auto none = open_hub_database(other.path(), test::chance(), UtcMs{1});
  REQUIRE_FALSE(none);
  CHECK(none.error().code == "database_damaged");
  CHECK(test::read_whole_file(other / "hub.db") == std::string(8192, 'x'));
}
