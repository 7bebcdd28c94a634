// SPDX-License-Identifier: Apache-2.0
// The .sql files of a program, embedded by embed_sql.cmake: numbered migrations, and files of named statements.
#pragma once

#include <map>
#include <span>
#include <string_view>

namespace vitrine::sqlite {

struct SqlFile {
  std::string_view name;  // "hub/0001_first.sql"
  std::string_view text;
};

// Every embedded file of one program in order of name, and the statements in them by name ("-- name: <name>" stands above each).
class SqlBook {
 public:
  explicit SqlBook(std::span<const SqlFile> files);

  [[nodiscard]] std::span<const SqlFile> files() const { return files_; }
  // An unknown name is a broken invariant.
  [[nodiscard]] std::string_view statement(std::string_view name) const;
  [[nodiscard]] const std::map<std::string_view, std::string_view>& statements() const { return statements_; }

 private:
  std::span<const SqlFile> files_;
  std::map<std::string_view, std::string_view> statements_;
};

}  // namespace vitrine::sqlite
