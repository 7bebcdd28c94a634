// SPDX-License-Identifier: Apache-2.0
// A database as text.
#include <sqlite3.h>

#include <algorithm>
#include <vector>

#include "tests/faults/points/world.hpp"

namespace vitrine::faults {

namespace {

struct Open {
  sqlite3* handle = nullptr;
  explicit Open(const std::string& path) {
    sqlite3_open_v2(path.c_str(), &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
  }
  Open(const Open&) = delete;
  Open& operator=(const Open&) = delete;
  ~Open() { sqlite3_close(handle); }
};

template <class Row>
void rows_of(sqlite3* handle, const std::string& sql, const Row& row) {
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v2(handle, sql.c_str(), -1, &statement, nullptr) == SQLITE_OK) {
    while (sqlite3_step(statement) == SQLITE_ROW) row(statement);
  }
  sqlite3_finalize(statement);
}

std::string text_at(sqlite3_stmt* statement, int column) {
  const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement, column));
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement, column));
  return bytes == nullptr ? "~" : std::string(bytes, size);
}

}  // namespace

std::string dump(const std::string& path) {
  const Open open(path);
  std::vector<std::string> tables;
  std::string text;
  rows_of(open.handle, "PRAGMA user_version", [&](sqlite3_stmt* row) { text += text_at(row, 0) + "\n"; });
  rows_of(open.handle, "SELECT name, coalesce(sql, '') FROM sqlite_schema WHERE type = 'table' ORDER BY name",
          [&](sqlite3_stmt* row) {
            if (!text_at(row, 1).starts_with("CREATE VIRTUAL")) tables.push_back(text_at(row, 0));
          });
  for (const std::string& table : tables) {
    std::vector<std::string> lines;
    rows_of(open.handle, "SELECT * FROM \"" + table + "\"", [&](sqlite3_stmt* row) {
      std::string line = table;
      for (int i = 0; i < sqlite3_column_count(row); ++i) line += "|" + text_at(row, i);
      lines.push_back(std::move(line));
    });
    std::ranges::sort(lines);
    for (const std::string& line : lines) text += line + "\n";
  }
  return text;
}

std::string integrity(const std::string& path) {
  const Open open(path);
  std::string found;
  rows_of(open.handle, "PRAGMA integrity_check", [&](sqlite3_stmt* row) { found += text_at(row, 0); });
  return found.empty() ? "cannot be read" : found;
}

}  // namespace vitrine::faults
