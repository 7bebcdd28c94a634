// SPDX-License-Identifier: Apache-2.0
#include "tests/sim/watcher.hpp"

#include <sqlite3.h>

#include <map>

#include "base/require.hpp"

namespace vitrine::sim {

namespace {

struct Reading {
  explicit Reading(const std::string& path) {
    sqlite3_open_v2(path.c_str(), &handle, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, nullptr);
  }
  ~Reading() {
    for (auto& [sql, statement] : statements) sqlite3_finalize(statement);
    sqlite3_close(handle);
  }
  Reading(const Reading&) = delete;
  Reading& operator=(const Reading&) = delete;

  // Bound with texts, calls `row` for each row.
  template <class Row>
  void each(const char* sql, std::initializer_list<std::string_view> texts, Row row) {
    sqlite3_stmt*& statement = statements[sql];
    if (statement == nullptr) {
      const int code = sqlite3_prepare_v3(handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
      require(code == SQLITE_OK, "the watcher's statement is SQL");
    }
    int place = 0;
    for (const std::string_view text : texts) {
      sqlite3_bind_text(statement, ++place, text.data(), static_cast<int>(text.size()), SQLITE_TRANSIENT);
    }
    while (sqlite3_step(statement) == SQLITE_ROW) row(statement);
    sqlite3_reset(statement);
  }

  sqlite3* handle = nullptr;
  std::map<const char*, sqlite3_stmt*> statements;
};

std::string text_at(sqlite3_stmt* row, int column) {
  const void* bytes = sqlite3_column_blob(row, column);
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(row, column));
  return bytes == nullptr ? std::string() : std::string(static_cast<const char*>(bytes), size);
}

ModelVersion version_at(sqlite3_stmt* row, int column) {
  return {static_cast<std::uint32_t>(sqlite3_column_int64(row, column)),
          static_cast<std::uint64_t>(sqlite3_column_int64(row, column + 1))};
}

std::optional<std::string> body_at(sqlite3_stmt* row, int column) {
  if (sqlite3_column_type(row, column) == SQLITE_NULL) return std::nullopt;
  return text_at(row, column);
}

Row row_at(sqlite3_stmt* row) {
  const ModelVersion version = version_at(row, 2);
  return {text_at(row, 0), text_at(row, 1), version.era, version.number, text_at(row, 4)};
}

}  // namespace

struct Watcher::Handle : Reading {
  using Reading::Reading;
};
struct HubWatcher::Handle : Reading {
  using Reading::Reading;
};

Watcher::Watcher(const std::string& path) : handle_(std::make_unique<Handle>(path)) {}
Watcher::~Watcher() = default;

Watcher::Seen Watcher::shown(const std::string& collection, const std::string& id) {
  Seen seen;
  if (in_doubt()) return seen;
  handle_->each(
      "SELECT 0, body, NULL, NULL FROM view WHERE collection = ?1 AND id = ?2 "
      "UNION ALL SELECT 1, body, era, number FROM base WHERE collection = ?1 AND id = ?2 ORDER BY 1 DESC",
      {collection, id}, [&](sqlite3_stmt* row) {
        if (sqlite3_column_int64(row, 0) == 1) seen.base = version_at(row, 2);
        seen.body = body_at(row, 1);  // the overlay comes last, and covers the base
      });
  return seen;
}

std::vector<std::string> Watcher::ids(const std::string& collection) {
  std::vector<std::string> all;
  handle_->each("SELECT id FROM base WHERE collection = ?1 UNION SELECT id FROM view WHERE collection = ?1 ORDER BY 1",
                {collection}, [&](sqlite3_stmt* row) { all.push_back(text_at(row, 0)); });
  return all;
}

std::vector<Row> Watcher::base(const std::string& stream) {
  std::vector<Row> all;
  handle_->each(
      "SELECT b.collection, b.id, b.era, b.number, b.body FROM base b JOIN streams s ON s.number = b.stream "
      "WHERE s.name = ? AND b.body IS NOT NULL ORDER BY 1, 2",
      {stream}, [&](sqlite3_stmt* row) { all.push_back(row_at(row)); });
  return all;
}

std::size_t Watcher::overlays() {
  std::size_t count = 0;
  handle_->each("SELECT count(*) FROM view", {},
                [&](sqlite3_stmt* row) { count = static_cast<std::size_t>(sqlite3_column_int64(row, 0)); });
  return count;
}

std::vector<std::string> Watcher::outbox() {
  std::vector<std::string> ids;
  handle_->each("SELECT id FROM outbox ORDER BY n", {}, [&](sqlite3_stmt* row) { ids.push_back(text_at(row, 0)); });
  return ids;
}

bool Watcher::has_base(const std::string& collection, const std::string& id) {
  bool there = false;
  handle_->each("SELECT 1 FROM base WHERE collection = ? AND id = ? AND body IS NOT NULL", {collection, id},
                [&](sqlite3_stmt*) { there = true; });
  return there;
}

Watcher::Progress Watcher::progress() {
  Progress progress;
  handle_->each("SELECT last_n, ack_n, applied_n FROM state", {}, [&](sqlite3_stmt* row) {
    progress = {static_cast<std::uint64_t>(sqlite3_column_int64(row, 0)),
                static_cast<std::uint64_t>(sqlite3_column_int64(row, 1)),
                static_cast<std::uint64_t>(sqlite3_column_int64(row, 2))};
  });
  return progress;
}

bool Watcher::in_doubt() {
  bool doubt = false;
  handle_->each("SELECT in_doubt FROM state", {}, [&](sqlite3_stmt* row) { doubt = sqlite3_column_int64(row, 0) != 0; });
  return doubt;
}

std::vector<std::string> Watcher::texts(const char* sql) {
  std::vector<std::string> all;
  handle_->each(sql, {}, [&](sqlite3_stmt* row) { all.push_back(text_at(row, 0)); });
  return all;
}

std::vector<std::string> Watcher::aside() { return texts("SELECT id FROM aside ORDER BY id"); }

std::vector<std::string> Watcher::own_bodies() {
  return texts(
      "SELECT b.body FROM base b JOIN streams s ON s.number = b.stream WHERE s.name LIKE 'store.%' AND b.body IS NOT NULL "
      "UNION ALL SELECT body FROM view WHERE body IS NOT NULL ORDER BY 1");
}

std::vector<std::string> Watcher::waiting_bodies() {
  return texts("SELECT body FROM outbox_operations WHERE n > (SELECT applied_n FROM state) ORDER BY n, position");
}

std::size_t Watcher::kept_bodies_about(const std::string& customer) {
  std::size_t kept = 0;
  handle_->each(
      "SELECT 1 FROM outbox_operations WHERE (id = ?1 AND collection = 'consent' OR substr(id, 1, length(?1) + 1) = ?1 || '/') "
      "AND (body <> '' OR salt <> '' OR erased IS NULL)",
      {customer}, [&](sqlite3_stmt*) { ++kept; });
  return kept;
}

std::set<std::string> Watcher::audit() {
  std::set<std::string> lines;
  handle_->each("SELECT n || ' ' || hex(hash) FROM audit", {}, [&](sqlite3_stmt* row) { lines.insert(text_at(row, 0)); });
  return lines;
}

std::vector<std::string> Watcher::repairs() {
  std::vector<std::string> streams;
  handle_->each("SELECT name FROM streams WHERE repairs > 0", {}, [&](sqlite3_stmt* row) { streams.push_back(text_at(row, 0)); });
  return streams;
}

HubWatcher::HubWatcher(const std::string& path) : handle_(std::make_unique<Handle>(path)) {}
HubWatcher::~HubWatcher() = default;

std::vector<Row> HubWatcher::placed(const std::string& stream) {
  std::vector<Row> all;
  handle_->each(
      "SELECT d.collection, d.id, d.era, d.number, d.body FROM streams s JOIN stream_entries e ON e.stream = s.number "
      "JOIN documents d ON d.collection = e.collection AND d.id = e.id "
      "WHERE s.name = ? AND e.removal = 0 AND d.body IS NOT NULL ORDER BY 1, 2",
      {stream}, [&](sqlite3_stmt* row) { all.push_back(row_at(row)); });
  return all;
}

std::optional<HubWatcher::Seen> HubWatcher::document(const std::string& collection, const std::string& id) {
  std::optional<Seen> seen;
  handle_->each("SELECT body, era, number FROM documents WHERE collection = ? AND id = ?", {collection, id},
                [&](sqlite3_stmt* row) { seen = Seen{body_at(row, 0), version_at(row, 1)}; });
  return seen;
}

std::vector<std::string> HubWatcher::living(const std::string& collection) {
  std::vector<std::string> all;
  handle_->each("SELECT id FROM documents WHERE collection = ? AND body IS NOT NULL ORDER BY id", {collection},
                [&](sqlite3_stmt* row) { all.push_back(text_at(row, 0)); });
  return all;
}

std::vector<sync::DocumentKey> HubWatcher::dead(std::initializer_list<std::string_view> collections) {
  std::vector<sync::DocumentKey> all;
  for (const std::string_view collection : collections) {
    handle_->each("SELECT id FROM documents WHERE collection = ? AND body IS NULL ORDER BY id", {collection},
                  [&](sqlite3_stmt* row) { all.push_back({std::string(collection), text_at(row, 0)}); });
  }
  return all;
}

std::set<std::string> HubWatcher::audit_of(const std::string& store) {
  std::set<std::string> lines;
  handle_->each("SELECT n || ' ' || hex(hash) FROM audit_lines WHERE store = ?", {store},
                [&](sqlite3_stmt* row) { lines.insert(text_at(row, 0)); });
  return lines;
}

std::set<std::string> HubWatcher::streams_of(const std::string& collection, const std::string& id) {
  std::set<std::string> names;
  handle_->each(
      "SELECT s.name FROM stream_entries e JOIN streams s ON s.number = e.stream "
      "WHERE e.collection = ? AND e.id = ? AND e.removal = 0",
      {collection, id}, [&](sqlite3_stmt* row) { names.insert(text_at(row, 0)); });
  return names;
}

}  // namespace vitrine::sim
