// SPDX-License-Identifier: Apache-2.0
// The raw limits that the benchmarks stand beside, on this machine, in this run: SQLite alone, prepared statements, the edge's
// own pragmas and schema, rows from memory.
//   raw_limit fill <filled store.db> <empty folder>     the rows of `base` in key order, batches of 500; then one FTS5 rebuild
//   raw_limit commit <empty folder> <count>             one small durable row a transaction (synchronous=FULL)
//   raw_limit drain <hub.db> <empty folder> <count>     the rows that a hub writes for `count` transactions of a store: a
//   document, its
//                                                       place in its stream, the transaction's id and hash; a commit every 200
// Prints one JSON object.
#include <sqlite3.h>

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
  std::printf("{\"ms\":[");
  for (std::size_t i = 0; i < ms.size(); ++i) std::printf(i == 0 ? "%.4f" : ",%.4f", ms[i]);
  std::printf("]}\n");
  return 0;
}

int drain(const std::string& source, const std::string& folder, std::size_t count) {
  sqlite3* from = open(source);
  std::vector<Row> rows;
  sqlite3_stmt* read =
      prepare(from, "SELECT collection, id, body FROM documents WHERE collection = 'cart' AND body IS NOT NULL LIMIT 20000");
  while (sqlite3_step(read) == SQLITE_ROW) rows.push_back({text(read, 0), text(read, 1), text(read, 2), 1, 1, 1});
  sqlite3_finalize(read);
  std::string schema;
  sqlite3_stmt* tables =
      prepare(from,
              "SELECT sql FROM sqlite_master WHERE tbl_name IN ('documents', 'stream_entries', 'streams', 'transactions', "
              "'applied_chain') AND sql IS NOT NULL AND type IN ('table', 'index')");
  while (sqlite3_step(tables) == SQLITE_ROW) schema += text(tables, 0) + ";";
  sqlite3_finalize(tables);
  sqlite3_close(from);
  if (rows.empty()) stop(nullptr, "no carts");

  sqlite3* db = open(folder + "/drain.db");
  run(db, schema.c_str());
  run(db, "INSERT INTO streams (number, name, head) VALUES (1, 'store.one', 0)");
  sqlite3_stmt* document =
      prepare(db,
              "INSERT INTO documents (collection, id, era, number, past, body) VALUES (?1, ?2, 1, ?3, '[]', ?4) ON CONFLICT "
              "(collection, id) DO UPDATE SET number = excluded.number, body = excluded.body");
  sqlite3_stmt* draw = prepare(db, "UPDATE streams SET head = head + 1 WHERE number = 1");
  sqlite3_stmt* leave = prepare(db, "DELETE FROM stream_entries WHERE stream = 1 AND collection = ?1 AND id = ?2");
  sqlite3_stmt* place =
      prepare(db, "INSERT INTO stream_entries (stream, seq, collection, id, removal) VALUES (1, ?3, ?1, ?2, 0)");
  sqlite3_stmt* known = prepare(db, "INSERT INTO transactions (id, at) VALUES (?1, ?2)");
  sqlite3_stmt* chain =
      prepare(db, "INSERT INTO applied_chain (store, incarnation, n, hash) VALUES ('one', 'incarnation', ?1, ?2)");
  const auto go = [&](sqlite3_stmt* statement) {
    if (sqlite3_step(statement) != SQLITE_DONE) stop(db, sqlite3_sql(statement));
    sqlite3_reset(statement);
  };
  const auto started = Clock::now();
  run(db, "BEGIN IMMEDIATE");
  for (std::size_t i = 0; i < count; ++i) {
    const Row& row = rows[i / 10 % rows.size()];
    const auto n = static_cast<sqlite3_int64>(i + 1);
    for (sqlite3_stmt* statement : {document, leave, place}) {
      sqlite3_bind_text(statement, 1, row.collection.data(), static_cast<int>(row.collection.size()), SQLITE_STATIC);
      sqlite3_bind_text(statement, 2, row.id.data(), static_cast<int>(row.id.size()), SQLITE_STATIC);
      if (statement != leave) sqlite3_bind_int64(statement, 3, n);
    }
    sqlite3_bind_blob(document, 4, row.body.data(), static_cast<int>(row.body.size()), SQLITE_STATIC);
    go(document);
    go(draw);
    go(leave);
    go(place);
    char id[33];
    std::snprintf(id, sizeof id, "%016llx%016llx", static_cast<unsigned long long>(i) * 0x9E3779B97F4A7C15ULL,
                  static_cast<unsigned long long>(i));
    sqlite3_bind_text(known, 1, id, 32, SQLITE_STATIC);
    sqlite3_bind_int64(known, 2, n);
    go(known);
    sqlite3_bind_int64(chain, 1, n);
    sqlite3_bind_blob(chain, 2, id, 32, SQLITE_STATIC);
    go(chain);
    if (n % 200 == 0) run(db, "COMMIT; BEGIN IMMEDIATE");
  }
  run(db, "COMMIT");
  const double took_s = seconds_since(started);
  for (sqlite3_stmt* statement : {document, draw, leave, place, known, chain}) sqlite3_finalize(statement);
  sqlite3_close(db);
  std::printf("{\"transactions\":%zu,\"s\":%.4f}\n", count, took_s);
  return 0;
}

}  // namespace

int main(int count, char** arguments) {
  if (count == 4 && std::strcmp(arguments[1], "fill") == 0) return fill(arguments[2], arguments[3]);
  if (count == 4 && std::strcmp(arguments[1], "commit") == 0) {
    return commit(arguments[2], static_cast<std::size_t>(std::strtoull(arguments[3], nullptr, 10)));
  }
  if (count == 5 && std::strcmp(arguments[1], "drain") == 0) {
    return drain(arguments[2], arguments[3], static_cast<std::size_t>(std::strtoull(arguments[4], nullptr, 10)));
  }
  std::fprintf(
      stderr,
      "raw_limit fill <store.db> <folder> | raw_limit commit <folder> <count> | raw_limit drain <hub.db> <folder> <count>\n");
  return 2;
}
