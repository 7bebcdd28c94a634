// SPDX-License-Identifier: Apache-2.0
// The raw limits that the benchmarks stand beside, on this machine, in this run: SQLite alone, prepared statements, the edge's
// own pragmas and schema, rows from memory.
//   raw_limit fill <filled store.db> <empty folder>     the rows of `base` in key order, batches of 500; then one FTS5 rebuild
//   raw_limit commit <empty folder> <count>             one small durable row a transaction (synchronous=FULL)
// Prints one JSON object.
#include <sqlite3.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

[[noreturn]] void stop(sqlite3* db, const char* what) {
  std::fprintf(stderr, "raw_limit: %s: %s\n", what, db != nullptr ? sqlite3_errmsg(db) : "");
  std::exit(1);
}

void run(sqlite3* db, const char* sql) {
  if (sqlite3_exec(db, sql, nullptr, nullptr, nullptr) != SQLITE_OK) stop(db, sql);
}

sqlite3* open(const std::string& path) {
  sqlite3* db = nullptr;
  if (sqlite3_open(path.c_str(), &db) != SQLITE_OK) stop(db, path.c_str());
  run(db, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-8192; PRAGMA temp_store=MEMORY");
  return db;
}

sqlite3_stmt* prepare(sqlite3* db, const char* sql) {
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v2(db, sql, -1, &statement, nullptr) != SQLITE_OK) stop(db, sql);
  return statement;
}

std::string text(sqlite3_stmt* row, int column) {
  const void* data = sqlite3_column_blob(row, column);
  return data == nullptr
             ? std::string()
             : std::string(static_cast<const char*>(data), static_cast<std::size_t>(sqlite3_column_bytes(row, column)));
}

struct Row {
  std::string collection, id, body;
  long long stream = 0, era = 0, number = 0;
};

int fill(const std::string& source, const std::string& folder) {
  sqlite3* from = open(source);
  std::vector<Row> rows;
  sqlite3_stmt* read =
      prepare(from, "SELECT collection, id, body, stream, era, number FROM base WHERE body IS NOT NULL ORDER BY collection, id");
  while (sqlite3_step(read) == SQLITE_ROW) {
    rows.push_back({text(read, 0), text(read, 1), text(read, 2), sqlite3_column_int64(read, 3), sqlite3_column_int64(read, 4),
                    sqlite3_column_int64(read, 5)});
  }
  sqlite3_finalize(read);
  std::string schema;
  sqlite3_stmt* tables = prepare(from, "SELECT sql FROM sqlite_master WHERE name = 'base' AND sql IS NOT NULL");
  while (sqlite3_step(tables) == SQLITE_ROW) schema += text(tables, 0) + ";";
  sqlite3_finalize(tables);
  sqlite3_close(from);

  sqlite3* db = open(folder + "/raw.db");
  run(db, schema.c_str());
  sqlite3_stmt* insert =
      prepare(db, "INSERT INTO base (collection, id, stream, era, number, past, body) VALUES (?, ?, ?, ?, ?, NULL, ?)");
  const auto started = Clock::now();
  std::size_t in_batch = 0;
  run(db, "BEGIN IMMEDIATE");
  for (const Row& row : rows) {
    sqlite3_bind_text(insert, 1, row.collection.data(), static_cast<int>(row.collection.size()), SQLITE_STATIC);
    sqlite3_bind_text(insert, 2, row.id.data(), static_cast<int>(row.id.size()), SQLITE_STATIC);
    sqlite3_bind_int64(insert, 3, row.stream);
    sqlite3_bind_int64(insert, 4, row.era);
    sqlite3_bind_int64(insert, 5, row.number);
    sqlite3_bind_text(insert, 6, row.body.data(), static_cast<int>(row.body.size()), SQLITE_STATIC);
    if (sqlite3_step(insert) != SQLITE_DONE) stop(db, "insert");
    sqlite3_reset(insert);
    if (++in_batch == 500) {
      run(db, "COMMIT; BEGIN IMMEDIATE");
      in_batch = 0;
    }
  }
  run(db, "COMMIT");
  const double rows_s = seconds_since(started);
  sqlite3_finalize(insert);

  // One FTS5 build over the titles, as after a first fill.
  run(db,
      "CREATE TABLE entry (number INTEGER PRIMARY KEY, sku TEXT NOT NULL, title TEXT NOT NULL);"
      "CREATE VIRTUAL TABLE words USING fts5 (title, content = 'entry', content_rowid = 'number', tokenize = 'unicode61 "
      "remove_diacritics 2')");
  const auto search_started = Clock::now();
  run(db,
      "BEGIN IMMEDIATE;"
      "INSERT INTO entry (sku, title) SELECT id, coalesce(body ->> '$.title.en', '') FROM base WHERE collection = 'product';"
      "INSERT INTO words (words) VALUES ('rebuild'); COMMIT");
  const double search_s = seconds_since(search_started);
  sqlite3_close(db);
  std::printf("{\"rows\":%zu,\"rows_s\":%.4f,\"search_s\":%.4f}\n", rows.size(), rows_s, search_s);
  return 0;
}

int commit(const std::string& folder, std::size_t count) {
  sqlite3* db = open(folder + "/commit.db");
  run(db, "CREATE TABLE outbox (n INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT");
  sqlite3_stmt* insert = prepare(db, "INSERT INTO outbox (body) VALUES (?)");
  const std::string body(300, 'x');
  std::vector<double> ms;
  for (std::size_t i = 0; i < count; ++i) {
    const auto started = Clock::now();
    sqlite3_bind_text(insert, 1, body.data(), static_cast<int>(body.size()), SQLITE_STATIC);
    if (sqlite3_step(insert) != SQLITE_DONE) stop(db, "insert");
    sqlite3_reset(insert);
    ms.push_back(1000 * seconds_since(started));
  }
  sqlite3_finalize(insert);
  sqlite3_close(db);
  std::ranges::sort(ms);
  std::printf("{\"commits\":%zu,\"p50_ms\":%.4f,\"p99_ms\":%.4f}\n", ms.size(), ms[ms.size() / 2], ms[ms.size() * 99 / 100]);
  return 0;
}

}  // namespace

int main(int count, char** arguments) {
  if (count == 4 && std::strcmp(arguments[1], "fill") == 0) return fill(arguments[2], arguments[3]);
  if (count == 4 && std::strcmp(arguments[1], "commit") == 0) {
    return commit(arguments[2], static_cast<std::size_t>(std::strtoull(arguments[3], nullptr, 10)));
  }
  std::fprintf(stderr, "raw_limit fill <store.db> <folder> | raw_limit commit <folder> <count>\n");
  return 2;
}
