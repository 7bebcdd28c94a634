// SPDX-License-Identifier: Apache-2.0
// First things first: folder, pragmas, check, migrations, era.
#include "hub/database/open.hpp"

#include <sys/stat.h>

#include <filesystem>

#include "hub/database/continuity.hpp"
#include "hub/database/digests.hpp"
#include "hub/database/erasures.hpp"
#include "hub/database/sql_book.hpp"
#include "sqlite/migrations.hpp"

namespace vitrine::hub::database {

namespace {

std::string database_file(const std::string& state_folder) { return state_folder + "/hub.db"; }

template <class Of>
Result<std::unique_ptr<Connection>> opened(Result<std::unique_ptr<Of>> of) {
  if (!of) return std::unexpected(of.error());
  return std::make_unique<Connection>(std::move(*of));
}

Result<std::unique_ptr<sqlite::Connection>> open_to_read(const std::string& path) {
  return sqlite::Connection::open(path, sql_book(), {.use = sqlite::Connection::Use::read});
}

Result<std::unique_ptr<Connection>> open_postgres(const Address& address, const sync::ends::Chance& chance, UtcMs now,
                                                  Opener opener) {
  auto connection = PostgresConnection::open(address.postgres, PostgresConnection::Use::write);
  if (!connection) return opened(std::move(connection));
  PostgresConnection& postgres = **connection;
  // Before the eras are looked at: whoever serves beside us would be taken for a hub whose history was lost.
  const auto refused = postgres.claim(opener == Opener::serve);
  if (refused && (opener == Opener::serve || refused->code != "already_running")) return std::unexpected(*refused);
  if (auto wrong = postgres.migrate()) return std::unexpected(*wrong);
  auto result = opened(std::move(connection));
  if (auto wrong = check_continuity(**result, address.state_folder, chance, now, refused.has_value()))
    return std::unexpected(*wrong);
  if (auto wrong = settle_erasures(**result, address.state_folder, chance, {now, {}})) return std::unexpected(*wrong);
  if (opener == Opener::command) postgres.give_up_claim();
  return result;
}

}  // namespace

Result<std::unique_ptr<Connection>> open_hub_file(const std::string& path) {
  auto connection = sqlite::Connection::open(path, sql_book(), {.use = sqlite::Connection::Use::write, .cache_kib = 32768});
  if (!connection) return opened(std::move(connection));
  if (const std::string found = (*connection)->quick_check(); found != "ok") {
    return fail("database_damaged", path + " is damaged (" + found + "): keep the file, and restore the last backup");
  }
  if (auto wrong = (*connection)->make_log_sure()) return std::unexpected(wrong->within(path));
  if (auto wrong = sqlite::migrate(**connection, sql_book(), "hub")) return std::unexpected(wrong->within(path));
  return opened(std::move(connection));
}

Result<std::unique_ptr<Connection>> open_hub_database(const Address& address, const sync::ends::Chance& chance, UtcMs now,
                                                      Opener opener) {
  const std::string& state_folder = address.state_folder;
  std::error_code failed;
  if (std::filesystem::create_directories(state_folder, failed)) chmod(state_folder.c_str(), 0700);
  if (failed) return fail("state_unusable", "cannot make the state folder " + state_folder + ": " + failed.message());
  if (!address.postgres.empty()) return open_postgres(address, chance, now, opener);
  const std::string path = database_file(state_folder);
  auto connection = open_hub_file(path);
  if (!connection) return connection;
  chmod(path.c_str(), 0600);
  if (auto wrong = count_digests_once(**connection)) return std::unexpected(wrong->within(path));
  if (auto wrong = check_continuity(**connection, state_folder, chance, now)) return std::unexpected(wrong->within(path));
  if (auto wrong = settle_erasures(**connection, state_folder, chance, {now, {}})) return std::unexpected(wrong->within(path));
  return connection;
}

Result<std::unique_ptr<Connection>> open_hub_reader(const Address& address) {
  if (!address.postgres.empty()) return opened(PostgresConnection::open(address.postgres, PostgresConnection::Use::read));
  return opened(open_to_read(database_file(address.state_folder)));
}

Result<std::unique_ptr<Connection>> open_hub_backup(const Address& hub, const std::string& where) {
  if (!hub.postgres.empty()) {
    return opened(PostgresConnection::open(where, PostgresConnection::Use::read));
  }
  auto file = open_to_read(where);
  if (!file) return std::unexpected(file.error().within(where));
  if (const std::string found = (*file)->quick_check(); found != "ok") {
    return fail("database_damaged", where + " is damaged (" + found + "): no restore could use it");
  }
  return opened(std::move(file));
}

}  // namespace vitrine::hub::database
