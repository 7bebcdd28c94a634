// SPDX-License-Identifier: Apache-2.0
// Numbered migrations, oldest first.
#include "edge/database/migrations.hpp"

#include <string>

#include "edge/database/sql_files.hpp"

namespace vitrine::edge::database {

namespace {

std::int64_t schema_number(Connection& connection) {
  Statement statement = connection.statement("schema_number");
  return statement.step() ? statement.integer_at(0) : 0;
}

}  // namespace

std::optional<Error> migrate(Connection& connection, std::string_view folder) {
  const std::int64_t present = schema_number(connection);
  const std::string prefix = std::string(folder) + "/";
  std::int64_t number = 0;
  for (const SqlFile& file : sql_files()) {
    if (!file.name.starts_with(prefix) || ++number <= present) continue;
    connection.begin_write();
    connection.execute(std::string(file.text));
    connection.execute("PRAGMA user_version=" + std::to_string(number));
    if (auto failed = connection.commit()) return failed->within("migration " + std::string(file.name));
  }
  if (auto failed = connection.take_failure()) return failed;
  if (present > number) {
    return Error{"database_too_new",
                 "the database has schema " + std::to_string(present) + ", this release knows " + std::to_string(number)};
  }
  return std::nullopt;
}

}  // namespace vitrine::edge::database
