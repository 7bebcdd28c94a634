// SPDX-License-Identifier: Apache-2.0
// First things first: folder, pragmas, check, migrations, era.
#include "hub/database/open.hpp"

#include <sys/stat.h>

#include <filesystem>

#include "hub/database/continuity.hpp"
#include "hub/database/digests.hpp"
#include "hub/database/sql_book.hpp"
#include "sqlite/migrations.hpp"

namespace vitrine::hub::database {

namespace {

std::string database_file(const std::string& state_folder) { return state_folder + "/hub.db"; }

}  // namespace

Result<std::unique_ptr<sqlite::Connection>> open_hub_file(const std::string& path) {
  auto connection = sqlite::Connection::open(path, sql_book(), {.use = sqlite::Connection::Use::write, .cache_kib = 32768});
  if (!connection) return connection;
  if (const std::string found = (*connection)->quick_check(); found != "ok") {
    return fail("database_damaged", path + " is damaged (" + found + "): keep the file, and restore the last backup");
  }
  if (auto wrong = (*connection)->make_log_sure()) return std::unexpected(wrong->within(path));
  if (auto wrong = sqlite::migrate(**connection, sql_book(), "hub")) return std::unexpected(wrong->within(path));
  return connection;
}

Result<std::unique_ptr<sqlite::Connection>> open_hub_database(const std::string& state_folder, const sync::ends::Chance& chance,
                                                              UtcMs now) {
  std::error_code failed;
  if (std::filesystem::create_directories(state_folder, failed)) chmod(state_folder.c_str(), 0700);
  if (failed) return fail("state_unusable", "cannot make the state folder " + state_folder + ": " + failed.message());
  const std::string path = database_file(state_folder);
  auto connection = open_hub_file(path);
  if (!connection) return connection;
  chmod(path.c_str(), 0600);
  if (auto wrong = count_digests_once(**connection)) return std::unexpected(wrong->within(path));
  if (auto wrong = check_continuity(**connection, state_folder, chance, now)) return std::unexpected(wrong->within(path));
  return connection;
}

Result<std::unique_ptr<sqlite::Connection>> open_hub_reader(const std::string& state_folder) {
  return sqlite::Connection::open(database_file(state_folder), sql_book(), {.use = sqlite::Connection::Use::read});
}

}  // namespace vitrine::hub::database
