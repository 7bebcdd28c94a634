// SPDX-License-Identifier: Apache-2.0
// First things first: folder, pragmas, check, migrations, era.
#include "hub/database/open.hpp"

#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "hub/database/sql_book.hpp"
#include "sqlite/migrations.hpp"

namespace vitrine::hub::database {

namespace {

std::string database_file(const std::string& state_folder) { return state_folder + "/hub.db"; }

// Outside the database, so that a restored database can be told from one that went on.
std::optional<Error> write_era_file(const std::string& state_folder, const std::string& line) {
  const std::string path = state_folder + "/era";
  {
    std::ofstream file(path + ".new", std::ios::trunc);
    file << line << '\n';
    file.flush();
    if (!file) return Error{"disk_full", "cannot write " + path};
  }
  std::error_code failed;
  std::filesystem::rename(path + ".new", path, failed);
  if (failed) return Error{"state_unusable", path + ": " + failed.message()};
  return std::nullopt;
}

std::optional<Error> open_first_era(sqlite::Connection& connection, const std::string& state_folder,
                                    const sync::ends::Chance& chance, UtcMs now) {
  connection.begin_write();
  std::string line;
  {
    sqlite::Statement era = connection.statement("era");
    if (era.step()) line = std::to_string(era.integer_at(0)) + " " + std::string(era.text_at(1));
  }
  if (line.empty()) {
    const std::string id = chance.hex_128();
    connection.statement("add_era").integer(1).text(id).integer(now.value).run();
    line = "1 " + id;
  }
  if (auto failed = connection.commit()) return failed;
  if (std::filesystem::exists(state_folder + "/era")) return std::nullopt;
  return write_era_file(state_folder, line);
}

}  // namespace

Result<std::unique_ptr<sqlite::Connection>> open_hub_database(const std::string& state_folder, const sync::ends::Chance& chance,
                                                              UtcMs now) {
  std::error_code failed;
  if (std::filesystem::create_directories(state_folder, failed)) chmod(state_folder.c_str(), 0700);
  if (failed) return fail("state_unusable", "cannot make the state folder " + state_folder + ": " + failed.message());
  const std::string path = database_file(state_folder);
  auto connection = sqlite::Connection::open(path, sql_book(), {.use = sqlite::Connection::Use::write, .cache_kib = 32768});
  if (!connection) return connection;
  chmod(path.c_str(), 0600);
  if (const std::string found = (*connection)->quick_check(); found != "ok") {
    return fail("database_damaged", path + " is damaged (" + found + "): keep the file, and restore the last backup");
  }
  if (auto wrong = sqlite::migrate(**connection, sql_book(), "hub")) return std::unexpected(wrong->within(path));
  if (auto wrong = open_first_era(**connection, state_folder, chance, now)) return std::unexpected(wrong->within(path));
  return connection;
}

Result<std::unique_ptr<sqlite::Connection>> open_hub_reader(const std::string& state_folder) {
  return sqlite::Connection::open(database_file(state_folder), sql_book(), {.use = sqlite::Connection::Use::read});
}

}  // namespace vitrine::hub::database
