// SPDX-License-Identifier: Apache-2.0
// Opens the hub's database in its state folder: hub.db, and the file `era` beside it.
#pragma once

#include <memory>
#include <string>

#include "base/result.hpp"
#include "base/time_point.hpp"
#include "sqlite/connection.hpp"
#include "sync/ends/chance.hpp"

namespace vitrine::hub::database {

// The connection that writes. Makes the folder and the database when there is none, checks it, brings it to the newest
// schema, and opens the first era. A damaged database is answered, never replaced. Errors: those of SQLite by code
// ("disk_full", "database_damaged" …), "database_too_new", "state_unusable" (the folder).
Result<std::unique_ptr<sqlite::Connection>> open_hub_database(const std::string& state_folder, const sync::ends::Chance& chance,
                                                              UtcMs now);

// The same for the file alone: opened, checked, at the newest schema, and no era in a new one.
Result<std::unique_ptr<sqlite::Connection>> open_hub_file(const std::string& path);

// One more connection to an open database, for reads only.
Result<std::unique_ptr<sqlite::Connection>> open_hub_reader(const std::string& state_folder);

}  // namespace vitrine::hub::database
