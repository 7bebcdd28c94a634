// SPDX-License-Identifier: Apache-2.0
// The .sql files of this folder, embedded in the program by embed_sql.cmake: numbered migrations, and files of named statements.
#pragma once

#include <span>
#include <string_view>

namespace vitrine::edge::database {

struct SqlFile {
  std::string_view name;  // "store/0001_first.sql"
  std::string_view text;
};

// In order of name. Defined in the generated file.
std::span<const SqlFile> sql_files();

// The statement that follows the line "-- name: <name>" in one of the files. An unknown name is a broken invariant.
std::string_view named_statement(std::string_view name);

}  // namespace vitrine::edge::database
