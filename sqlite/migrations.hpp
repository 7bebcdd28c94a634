// SPDX-License-Identifier: Apache-2.0
// Brings a database file to the newest schema: the numbered files of one folder of a book, each in a transaction of its own,
// counted in PRAGMA user_version.
#pragma once

#include <optional>
#include <string_view>

#include "base/result.hpp"
#include "sqlite/connection.hpp"
#include "sqlite/sql_files.hpp"

namespace vitrine::sqlite {

// Errors: "database_too_new" for a file that a later release has migrated, and SQLite's.
std::optional<Error> migrate(Connection& connection, const SqlBook& book, std::string_view folder);

}  // namespace vitrine::sqlite
