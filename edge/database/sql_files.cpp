// SPDX-License-Identifier: Apache-2.0
// Finds named statements in the embedded .sql files.
#include "edge/database/sql_files.hpp"

#include <map>

#include "base/require.hpp"

namespace vitrine::edge::database {

namespace {

constexpr std::string_view mark = "-- name: ";

std::map<std::string_view, std::string_view> all_statements() {
  std::map<std::string_view, std::string_view> statements;
  for (const SqlFile& file : sql_files()) {
    std::size_t at = file.text.find(mark);
    while (at != std::string_view::npos) {
      const std::size_t name_at = at + mark.size();
      const std::size_t line_end = file.text.find('\n', name_at);
      const std::size_t next = file.text.find(mark, line_end);
      const bool fresh =
          statements.emplace(file.text.substr(name_at, line_end - name_at), file.text.substr(line_end + 1, next - line_end - 1))
              .second;
      require(fresh, "two statements have one name");
      at = next;
    }
  }
  return statements;
}

}  // namespace

std::string_view named_statement(std::string_view name) {
  static const std::map<std::string_view, std::string_view> statements = all_statements();
  const auto found = statements.find(name);
  require(found != statements.end(), name);
  return found->second;
}

}  // namespace vitrine::edge::database
