// SPDX-License-Identifier: Apache-2.0
// Finds named statements in the embedded .sql files.
#include "sqlite/sql_files.hpp"

#include "base/require.hpp"

namespace vitrine::sqlite {

namespace {
constexpr std::string_view mark = "-- name: ";
}

SqlBook::SqlBook(std::span<const SqlFile> files) : files_(files) {
  for (const SqlFile& file : files_) {
    std::size_t at = file.text.find(mark);
    while (at != std::string_view::npos) {
      const std::size_t name_at = at + mark.size();
      const std::size_t line_end = file.text.find('\n', name_at);
      const std::size_t next = file.text.find(mark, line_end);
      const std::string_view name = file.text.substr(name_at, line_end - name_at);
      require(statements_.emplace(name, file.text.substr(line_end + 1, next - line_end - 1)).second, name);
      at = next;
    }
  }
}

std::string_view SqlBook::statement(std::string_view name) const {
  const auto found = statements_.find(name);
  require(found != statements_.end(), name);
  return found->second;
}

}  // namespace vitrine::sqlite
