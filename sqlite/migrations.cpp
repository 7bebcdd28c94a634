// SPDX-License-Identifier: Apache-2.0
// Numbered migrations, oldest first. The number is read again under the write lock: two programs may open one file at once.
#include "sqlite/migrations.hpp"

#include <string>

namespace vitrine::sqlite {

std::optional<Error> migrate(Connection& connection, const SqlBook& book, std::string_view folder) {
  const std::string prefix = std::string(folder) + "/";
  std::int64_t number = 0;
  for (const SqlFile& file : book.files()) {
    if (!file.name.starts_with(prefix)) continue;
    if (++number <= connection.schema_number()) continue;
    connection.begin_write();
    if (connection.schema_number() < number) {
      connection.execute(std::string(file.text));
      connection.execute("PRAGMA user_version=" + std::to_string(number));
    }
    if (auto failed = connection.commit()) return failed->within("migration " + std::string(file.name));
  }
  const std::int64_t present = connection.schema_number();
  if (auto failed = connection.take_failure()) return failed;
  if (present > number) {
    return Error{"database_too_new", "the database has schema " + std::to_string(present) + ", this release knows " +
                                         std::to_string(number) + ": install the release that wrote it, or a later one"};
  }
  return std::nullopt;
}

}  // namespace vitrine::sqlite
