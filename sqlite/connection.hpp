// SPDX-License-Identifier: Apache-2.0
// A thin hand on SQLite: connections with the pragmas of this house, statements by name, and the error latch that
// sync/ends/replica.hpp promises. sqlite3.h stays in the .cpp.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/result.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace vitrine::sqlite {

class Connection;
class SqlBook;

// A prepared statement in use; it is reset when this goes out of scope. Parameters are bound in order.
class Statement {
 public:
  Statement(Connection& connection, sqlite3_stmt* prepared) : connection_(&connection), prepared_(prepared) {}
  Statement(Statement&& other) noexcept;
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;
  Statement& operator=(Statement&&) = delete;
  ~Statement();

  Statement& integer(std::int64_t value);
  Statement& unsigned_integer(std::uint64_t value) { return integer(static_cast<std::int64_t>(value)); }
  Statement& text(std::string_view value);
  Statement& text_or_null(const std::optional<std::string>& value);
  Statement& blob(const void* bytes, std::size_t size);
  Statement& null();

  // True: a row is there. False: no more rows, or the connection has failed (Connection::failure says which).
  bool step();
  // For statements without rows.
  void run() { step(); }

  // Of the row; columns count from 0. A text is good until the next step.
  [[nodiscard]] bool is_null(int column) const;
  [[nodiscard]] std::int64_t integer_at(int column) const;
  [[nodiscard]] std::uint64_t unsigned_at(int column) const { return static_cast<std::uint64_t>(integer_at(column)); }
  [[nodiscard]] std::string_view text_at(int column) const;
  [[nodiscard]] std::string_view blob_at(int column) const;

 private:
  Connection* connection_;
  sqlite3_stmt* prepared_;  // null: the connection has failed
  int bound_ = 0;
};

// Codes of errors: "disk_full", "disk_failed" (I/O), "database_damaged", "database_busy", "database_refused" (the rest).
class Connection {
 public:
  enum class Use { write, read };
  struct Options {
    Use use = Use::write;
    std::int64_t cache_kib = 8192;
    bool durable = true;  // synchronous=FULL; false only for a file that can be rebuilt
  };

  // `book` holds the statements by name and outlives the connection.
  static Result<std::unique_ptr<Connection>> open(const std::string& path, const SqlBook& book, const Options& options);
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection();

  // The statement of that name in the book, prepared once. A name that the book has not is a broken invariant.
  Statement statement(std::string_view name);
  // SQL as given: schema and pragmas.
  void execute(const std::string& sql);

  void begin_write();  // takes the write lock at once
  void begin_read();   // one snapshot until end()
  // Commits, or rolls back when something had failed; the failure is answered and the latch is open again.
  std::optional<Error> commit();
  void rollback();

  [[nodiscard]] const std::optional<Error>& failure() const { return failure_; }
  // The failure, if any; the latch is open again.
  std::optional<Error> take_failure();
  [[nodiscard]] bool in_transaction() const;
  [[nodiscard]] sqlite3* handle() const { return handle_; }

  // For who opens a database that the last process may have left because a sync failed: the system then shows bytes of the log
  // that the disk does not have, calls them written, and no later sync brings them there. Writes the log's bytes again and syncs
  // them, so that nothing is built upon what a power cut would take away. Under the write lock; a fraction of a second at most.
  std::optional<Error> make_log_sure();
  // What the write-ahead log holds goes into the database, and the log is cut to nothing: what was deleted stands in neither of
  // them any more. False: somebody reads (nobody is waited for) or the disk failed; to be tried again.
  bool empty_log();
  // What was read and is not in use leaves memory.
  void let_go_of_pages();
  // "ok", or what quick_check found.
  std::string quick_check();
  // Grows with each commit of another connection to the same file.
  std::int64_t data_version();
  // Rows that the last statement inserted, changed or deleted.
  [[nodiscard]] std::int64_t changes() const;
  // PRAGMA user_version.
  std::int64_t schema_number();

 private:
  friend class Statement;
  Connection(sqlite3* handle, const SqlBook& book) : handle_(handle), book_(&book) {}
  void note(int code, std::string_view doing);
  Statement prepared(std::string_view name, std::string_view sql);

  sqlite3* handle_;
  const SqlBook* book_;
  struct NameHash : std::hash<std::string_view> {
    using is_transparent = void;
  };
  std::unordered_map<std::string, sqlite3_stmt*, NameHash, std::equal_to<>> statements_;
  std::optional<Error> failure_;
};

}  // namespace vitrine::sqlite
