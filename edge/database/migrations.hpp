// SPDX-License-Identifier: Apache-2.0
// Brings a database file to the newest schema: the numbered files of one folder of edge/database/sql, each in a transaction
// of its own, counted in PRAGMA user_version.
#pragma once

#include <optional>
#include <string_view>

#include "base/result.hpp"
#include "edge/database/sqlite.hpp"

namespace vitrine::edge::database {

// `folder`: "store" or "search". Errors: "database_too_new" for a file that a later release has migrated, and SQLite's.
std::optional<Error> migrate(Connection& connection, std::string_view folder);

}  // namespace vitrine::edge::database
