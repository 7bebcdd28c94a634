// SPDX-License-Identifier: Apache-2.0
// What a connection does when the write-ahead log cannot grow any more.
#include <doctest/doctest.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>

#include <filesystem>

#include "sqlite/connection.hpp"
#include "sqlite/sql_files.hpp"

using namespace vitrine;

namespace {

class Folder {
 public:
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "vitrine-XXXXXX").string();
    path_ = mkdtemp(name.data());
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  [[nodiscard]] std::string operator/(const std::string& name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

// No file of this process may grow beyond so many bytes while it lives.
class FileLimit {
 public:
  explicit FileLimit(std::uint64_t bytes) {
    signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &before_);
    rlimit small = before_;
    small.rlim_cur = bytes;
    setrlimit(RLIMIT_FSIZE, &small);
  }
  ~FileLimit() { setrlimit(RLIMIT_FSIZE, &before_); }
  FileLimit(const FileLimit&) = delete;
  FileLimit& operator=(const FileLimit&) = delete;

 private:
  rlimit before_{};
};

}  // namespace

TEST_CASE("a log that cannot grow goes into the database and begins anew: only the action that met it is refused") {
  const Folder folder;
  constexpr sqlite::SqlFile files[] = {{"rows.sql", "-- name: counted\nSELECT n FROM counted\n"}};
  const sqlite::SqlBook book(files);
  auto opened = sqlite::Connection::open(folder / "rows.db", book, {});
  REQUIRE(opened);
  sqlite::Connection& rows = **opened;
  rows.execute("CREATE TABLE counted (one INTEGER PRIMARY KEY, n INTEGER); INSERT INTO counted VALUES (1, 0)");
  REQUIRE_FALSE(rows.failure());
  const auto count = [&] {
    rows.begin_write();
    rows.execute("UPDATE counted SET n = n + 1");
    return rows.commit();
  };
  int done = 0;
  int refused = 0;
  {
    const FileLimit limit(std::filesystem::file_size(folder / "rows.db-wal") + 20UL * 4096);
    for (int i = 0; i < 200; ++i) {
      const auto failed = count();
      if (failed) CHECK(failed->code == "disk_full");
      ++(failed ? refused : done);
    }
  }
  CHECK(refused > 0);
  CHECK(refused <= 15);
  CHECK_FALSE(count());
  sqlite::Statement counted = rows.statement("counted");
  REQUIRE(counted.step());
  CHECK(counted.integer_at(0) == done + 1);
}
