// SPDX-License-Identifier: Apache-2.0
// Opens the hub's database: hub.db in its state folder, or one at a PostgreSQL server. The file `era` stands in the folder for
// both.
#pragma once

#include <memory>
#include <string>
#include <utility>

#include "base/result.hpp"
#include "base/time_point.hpp"
#include "hub/database/connection.hpp"
#include "sync/ends/chance.hpp"

namespace vitrine::hub::database {

// Where a hub's rows are.
struct Address {
  Address() = default;
  // NOLINTNEXTLINE(google-explicit-constructor): a folder alone is an address
  Address(std::string folder, std::string connection = {}) : state_folder(std::move(folder)), postgres(std::move(connection)) {}

  std::string state_folder;
  std::string postgres;  // as libpq has it; empty: SQLite
};

// Whoever serves has the database alone but for commands, which write beside it.
enum class Opener { serve, command };

// The connection that writes. Makes the folder and, for SQLite, the database when there is none, checks it, brings it to the
// newest schema, and opens the first era. A damaged database is answered, never replaced. Errors: those of Connection by code
// ("disk_full", "database_damaged", "database_unreachable" …), "database_too_new", "state_unusable" (the folder),
// "already_running" and "state_foreign" (another hub has the PostgreSQL database).
Result<std::unique_ptr<Connection>> open_hub_database(const Address& address, const sync::ends::Chance& chance, UtcMs now,
                                                      Opener opener = Opener::command);

// The same for an SQLite file alone: opened, checked, at the newest schema, and no era in a new one.
Result<std::unique_ptr<Connection>> open_hub_file(const std::string& path);

// One more connection to an open database, for reads only.
Result<std::unique_ptr<Connection>> open_hub_reader(const Address& address);

// A backup, for reads only: a copy of hub.db that is whole, or, where the hub is on PostgreSQL, the address of a database into
// which a dump was restored. Errors: those of Connection, "database_damaged".
Result<std::unique_ptr<Connection>> open_hub_backup(const Address& hub, const std::string& where);

}  // namespace vitrine::hub::database
