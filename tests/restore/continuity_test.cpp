// SPDX-License-Identifier: Apache-2.0
// When a hub's database proves that it goes on, and when it does not: copies from every moment, a lost file, a lost database,
// and a crash between the two writes.
#include <doctest/doctest.h>

#include <filesystem>
#include <random>

#include "hub/database/authority.hpp"
#include "hub/database/continuity.hpp"
#include "hub/database/open.hpp"
#include "tests/broker/test_broker.hpp"

using namespace vitrine;
using namespace vitrine::hub::database;
using vitrine::test::TemporaryFolder;
namespace fs = std::filesystem;

namespace {

sync::ends::Chance chance() {
  static std::mt19937_64 source(7);
  return {[] { return source(); }};
}

struct Hub {
  TemporaryFolder folder;
  std::unique_ptr<Connection> connection;

  void open() {
    auto opened = open_hub_database(folder.path(), chance(), UtcMs{1000});
    if (!opened) FAIL(opened.error().message);
    connection = std::move(*opened);
  }
  void start() {
    open();
    REQUIRE_FALSE(renew_stamp(*connection, folder.path(), chance()));
  }
  void stop() {
    REQUIRE_FALSE(renew_stamp(*connection, folder.path(), chance()));
    connection.reset();
  }
  void crash() { connection.reset(); }
  void work() {
    SqlAuthority authority(*connection);
    authority.begin();
    authority.append(sync::StreamName{"catalog"}, {"product", "1"}, true);
    REQUIRE_FALSE(authority.commit());
  }
  void note() { REQUIRE_FALSE(note_progress(*connection, folder.path())); }
  sync::Era era() { return SqlAuthority(*connection).era(); }
  void copy_to(const std::string& name) {
    fs::remove(folder / name);
    connection->execute("VACUUM INTO '" + (folder / name) + "'");
  }
  void restore(const std::string& name) {
    connection.reset();
    for (const char* end : {"", "-wal", "-shm"}) fs::remove(folder / ("hub.db" + std::string(end)));
    fs::copy_file(folder / name, folder / "hub.db");
  }
};

}  // namespace

TEST_CASE("a hub that stops or crashes and starts again stays in its era") {
  Hub hub;
  hub.start();
  const sync::Era first = hub.era();
  CHECK(first.number == 1);
  for (int i = 0; i < 3; ++i) {
    hub.work();
    hub.stop();
    hub.start();
    hub.work();
    hub.note();
    hub.work();
    hub.crash();
    hub.start();
  }
  CHECK(hub.era() == first);
}

TEST_CASE("commands that open the database beside the hub do not begin an era") {
  Hub hub;
  hub.start();
  hub.work();
  hub.note();
  const auto beside = open_hub_database(hub.folder.path(), chance(), UtcMs{1});
  REQUIRE(beside.has_value());
  CHECK(hub.era().number == 1);
}

TEST_CASE("an older copy is known by its stamp, or by what it lacks") {
  for (const bool stopped : {false, true}) {
    CAPTURE(stopped);
    Hub hub;
    hub.start();
    hub.work();
    hub.copy_to("copy");
    hub.work();
    if (stopped) {
      hub.stop();
    } else {
      hub.note();
      hub.crash();
    }
    hub.restore("copy");
    hub.start();
    CHECK(hub.era().number == 2);
    hub.work();
    hub.stop();
    hub.start();
    CHECK(hub.era().number == 2);
    // The same copy once more: what it was in between is not forgotten.
    hub.restore("copy");
    hub.start();
    CHECK(hub.era().number == 3);
    CHECK(SqlAuthority(*hub.connection).eras().size() == 3);
  }
}

TEST_CASE("a copy of a moment before the process was killed is known by the mark that each commit leaves") {
  Hub hub;
  hub.start();
  std::uint64_t done = 0;
  const auto work = [&] {
    hub.work();
    ProgressMark(hub.folder.path()).put(++done);
  };
  work();
  hub.crash();
  hub.start();
  CHECK(hub.era().number == 1);
  work();
  hub.copy_to("copy");
  work();
  hub.crash();
  CHECK(read_progress_mark(hub.folder.path()) == 3);
  hub.restore("copy");
  hub.start();
  CHECK(hub.era().number == 2);
}

TEST_CASE("a copy that was made while the hub ran is known as one, even where nothing was done since") {
  Hub hub;
  hub.start();
  hub.work();
  hub.copy_to("copy");
  hub.stop();
  hub.restore("copy");
  hub.start();
  CHECK(hub.era().number == 2);
}

TEST_CASE("without the file, or without the database, a higher era begins") {
  Hub hub;
  hub.start();
  hub.stop();
  fs::remove(hub.folder / "era");
  hub.start();
  const std::uint32_t without_file = hub.era().number;
  CHECK(without_file > 2);  // the numbers right above may have been used by what was lost
  hub.stop();
  test::write_whole_file(hub.folder / "era", "not an era\n");
  hub.start();
  const std::uint32_t unreadable = hub.era().number;
  CHECK(unreadable > without_file + 1);
  hub.stop();
  for (const char* end : {"", "-wal", "-shm"}) fs::remove(hub.folder / ("hub.db" + std::string(end)));
  hub.start();
  CHECK(hub.era().number == unreadable + 1);
}

TEST_CASE("a crash between the file and the database is no restore") {
  Hub hub;
  hub.start();
  const auto before = read_era_file(hub.folder.path());
  REQUIRE(before.has_value());
  CHECK(before->stamp == before->next_stamp);
  EraFile half = *before;
  half.next_stamp = std::string(32, 'c');  // the database still has the old one
  REQUIRE_FALSE(write_era_file(hub.folder.path(), half));
  hub.crash();
  hub.start();
  CHECK(hub.era().number == 1);
  half = *read_era_file(hub.folder.path());
  half.stamp = std::string(32, 'd');  // the database has the new one already
  REQUIRE_FALSE(write_era_file(hub.folder.path(), half));
  hub.crash();
  hub.start();
  CHECK(hub.era().number == 1);
}

TEST_CASE("a database of the release before this one goes on in its era") {
  Hub hub;
  hub.open();
  const sync::Era first = hub.era();
  test::write_whole_file(hub.folder / "era", "1 " + first.id + "\n");
  hub.crash();
  hub.start();
  CHECK(hub.era() == first);
}
