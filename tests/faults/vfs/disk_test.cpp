// SPDX-License-Identifier: Apache-2.0
// The disks themselves: what a power cut takes and what it leaves, failing calls, copies, and that they do nothing by chance.
#include <doctest/doctest.h>

#include <array>
#include <set>

#include "sqlite/connection.hpp"
#include "sqlite/sql_files.hpp"
#include "tests/faults/vfs/disk.hpp"
#include "tests/faults/vfs/files.hpp"

using namespace vitrine;
using namespace vitrine::faults;
using sqlite::Connection;
using Keep = PowerCut::Keep;

namespace {

const sqlite::SqlBook& book() {
  static constexpr std::array files = {sqlite::SqlFile{"statements.sql",
                                                       "-- name: put\nINSERT INTO t (body) VALUES (?)\n"
                                                       "-- name: count\nSELECT count(*), coalesce(max(n), 0) FROM t\n"}};
  static const sqlite::SqlBook made{files};
  return made;
}

std::unique_ptr<Connection> opened(const Disk& disk, Connection::Options options = {}) {
  auto connection = Connection::open(disk.path("rows.db"), book(), options);
  REQUIRE_MESSAGE(connection.has_value(), (connection ? "" : connection.error().message));
  return std::move(*connection);
}

std::optional<Error> put(Connection& connection, int rows, std::size_t bytes = 40) {
  connection.begin_write();
  for (int i = 0; i < rows; ++i) connection.statement("put").text(std::string(bytes, 'x')).run();
  return connection.commit();
}

std::int64_t count(Connection& connection) {
  sqlite::Statement row = connection.statement("count");
  const bool there = row.step();
  REQUIRE_MESSAGE(there, (connection.failure() ? connection.failure()->message : ""));
  return row.integer_at(0);
}

void make_table(Disk& disk) {
  auto connection = opened(disk);
  connection->execute("CREATE TABLE t (n INTEGER PRIMARY KEY, body TEXT NOT NULL)");
  REQUIRE(!put(*connection, 3));
}

}  // namespace

TEST_CASE("what was synced is there after a power cut, and what was not can go") {
  Disk disk;
  make_table(disk);
  SUBCASE("synchronous=FULL keeps each commit") {
    auto connection = opened(disk);
    for (int i = 0; i < 5; ++i) REQUIRE(!put(*connection, 1));
    disk.power_cut({.keep = Keep::nothing});
    CHECK(count(*opened(disk)) == 8);
    CHECK(opened(disk)->quick_check() == "ok");
  }
  SUBCASE("synchronous=NORMAL does not") {
    auto connection = opened(disk, {.durable = false});
    for (int i = 0; i < 5; ++i) REQUIRE(!put(*connection, 1));
    auto machine_stays = disk.clone();
    machine_stays->power_cut({.keep = Keep::all});
    CHECK(count(*opened(*machine_stays)) == 8);
    disk.power_cut({.keep = Keep::nothing});
    CHECK(count(*opened(disk)) == 3);
    CHECK(opened(disk)->quick_check() == "ok");
  }
}

TEST_CASE("a sector that was not synced is old, new, between or torn, by the seed") {
  File file;
  file.write(0, std::string(4096, 'a').data(), 4096);
  file.sync();
  file.write(0, std::string(4096, 'b').data(), 4096);
  file.write(512, std::string(512, 'c').data(), 512);
  std::set<std::string> whole;
  bool torn = false;
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    const auto after = file.copy();
    after->settle({.keep = Keep::mix, .sector = 512, .seed = seed}, 1);
    const auto again = file.copy();
    again->settle({.keep = Keep::mix, .sector = 512, .seed = seed}, 1);
    CHECK(after->bytes == again->bytes);
    REQUIRE(after->bytes.size() == 4096);
    const std::string second = after->bytes.substr(512, 512);
    whole.insert(std::string({second.front(), second.back()}));
    torn = torn || second.front() != second.back();
  }
  CHECK(whole.contains("aa"));
  CHECK(whole.contains("bb"));
  CHECK(whole.contains("cc"));
  CHECK(torn);
  const auto large = file.copy();
  large->settle({.keep = Keep::nothing, .sector = 4096}, 1);
  CHECK(large->bytes == std::string(4096, 'a'));
}

TEST_CASE("lengths that were not synced go back too") {
  File file;
  file.write(0, "12345678", 8);
  file.sync();
  file.truncate(3);
  file.write(3, "abc", 3);
  CHECK(file.bytes == "123abc");
  const auto after = file.copy();
  after->settle({.keep = Keep::nothing}, 0);
  CHECK(after->bytes == "12345678");
}

TEST_CASE("power goes at every call of a commit: all of it is there, or nothing") {
  Disk before;
  make_table(before);
  int points = 0;
  for (const Keep keep : {Keep::nothing, Keep::mix, Keep::all}) {
    for (const std::uint32_t sector : {512U, 4096U}) {
      for (std::uint64_t at = 1;; ++at) {
        auto disk = before.clone();
        auto connection = opened(*disk);
        disk->plan({.what = Fault::What::power, .at = at});
        const bool done = !put(*connection, 30, 900);
        const bool cut = disk->struck();
        disk->power_cut({.keep = keep, .sector = sector, .seed = at});
        connection.reset();
        auto after = opened(*disk);
        CHECK(after->quick_check() == "ok");
        const std::int64_t there = count(*after);
        CHECK((there == 33 || (there == 3 && !done)));
        if (!cut) break;
        ++points;
      }
    }
  }
  CHECK(points > 60);
}

TEST_CASE("a full disk refuses and goes on; a failing one says so") {
  Disk disk;
  make_table(disk);
  auto connection = opened(disk);
  for (const auto& [what, code] : {std::pair{Fault::What::full, "disk_full"}, std::pair{Fault::What::io_error, "disk_failed"}}) {
    for (std::uint64_t at = 1; at < 6; ++at) {
      disk.plan({.what = what, .at = at, .calls = static_cast<Calls>(Call::write)});
      const auto failed = put(*connection, 30, 900);
      REQUIRE(failed);
      CHECK(failed->code == code);
      CHECK(disk.struck());
      disk.plan({});
      CHECK(count(*connection) == 3);
    }
  }
  disk.limit(disk.used() + 8192);
  const auto failed = put(*connection, 30, 900);
  REQUIRE(failed);
  CHECK(failed->code == "disk_full");
  disk.limit(0);
  CHECK(!put(*connection, 30, 900));
  CHECK(count(*connection) == 33);
}

TEST_CASE("a failed sync is not made good by the next one that works") {
  File file;
  file.write(0, std::string(8192, 'a').data(), 8192);
  file.sync();
  file.write(0, std::string(8192, 'b').data(), 8192);
  file.fail_sync();
  CHECK(file.bytes == std::string(8192, 'b'));  // still in memory
  file.write(4096, "c", 1);                     // makes the second page dirty again
  file.sync();
  const auto reread = file.copy();
  reread->forget_unwritten();
  CHECK(reread->bytes == std::string(4096, 'a') + "c" + std::string(4095, 'b'));
  file.settle({.keep = Keep::nothing}, 0);
  CHECK(file.bytes == std::string(4096, 'a') + "c" + std::string(4095, 'b'));
}

TEST_CASE("after a failed sync, who opens anew builds on nothing that only memory has") {
  for (const bool forgotten : {false, true}) {
    for (const auto keep : {Keep::nothing, Keep::mix}) {
      for (std::uint64_t seed = 0; seed < 20; ++seed) {
        Disk disk;
        make_table(disk);
        auto connection = opened(disk);
        REQUIRE(!put(*connection, 1, 3000));
        disk.plan({.what = Fault::What::io_error, .at = 1, .calls = static_cast<Calls>(Call::sync)});
        REQUIRE(put(*connection, 5, 3000));
        REQUIRE(disk.struck());
        disk.power_cut({.keep = Keep::all});  // the process ends
        connection.reset();
        if (forgotten) disk.forget_unwritten();
        connection = opened(disk);
        REQUIRE(!connection->make_log_sure());
        const std::int64_t before = count(*connection);
        CHECK((before == 4 || before == 9));
        REQUIRE(!put(*connection, 1));
        disk.power_cut({.keep = keep, .seed = seed});
        connection = opened(disk);
        CHECK(connection->quick_check() == "ok");
        CHECK(count(*connection) == before + 1);
      }
    }
  }
}

TEST_CASE("two connections of one box see what they should") {
  Disk disk;
  make_table(disk);
  auto writer = opened(disk);
  auto reader = opened(disk, {.use = Connection::Use::read});
  reader->begin_read();
  CHECK(count(*reader) == 3);
  REQUIRE(!put(*writer, 2));
  CHECK(count(*reader) == 3);
  CHECK(!reader->commit());
  CHECK(count(*reader) == 5);
  auto second = opened(disk);
  writer->begin_write();
  second->begin_write();
  const auto busy = second->take_failure();
  REQUIRE(busy);
  CHECK(busy->code == "database_busy");
  writer->rollback();
}

TEST_CASE("copies and flipped bits") {
  Disk disk;
  make_table(disk);
  auto connection = opened(disk);
  REQUIRE(!put(*connection, 1));
  auto other = disk.clone();  // with the log as it is, as when the box is copied
  REQUIRE(!put(*connection, 1));
  CHECK(count(*connection) == 5);
  CHECK(count(*opened(*other)) == 4);
  connection.reset();
  disk.restore(*other);
  CHECK(count(*opened(disk)) == 4);
  const std::string before = disk.contents("rows.db");
  REQUIRE(disk.flip("rows.db", 100));
  CHECK(disk.contents("rows.db") != before);
  CHECK(!disk.flip("rows.db", before.size() * 8));
  CHECK(!Connection::open(disk.path("rows.db"), book(), {}));
}

TEST_CASE("other paths are the system's") { CHECK(Connection::open(":memory:", book(), {}).has_value()); }
