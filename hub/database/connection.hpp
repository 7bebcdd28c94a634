// SPDX-License-Identifier: Apache-2.0
// The hub's rows are in an SQLite file or in a PostgreSQL database; what works on them works on this. Statements are called by
// the names of sql/; the error latch is that of sqlite/connection.hpp on both.
#pragma once

#include <memory>
#include <variant>

#include "hub/database/postgres_connection.hpp"
#include "sqlite/connection.hpp"

namespace vitrine::hub::database {

// A statement in use: parameters are bound in order, then it is stepped through or run.
class Statement {
 public:
  explicit Statement(sqlite::Statement of) : of_(std::in_place_type<sqlite::Statement>, std::move(of)) {}
  explicit Statement(PostgresStatement of) : of_(std::in_place_type<PostgresStatement>, std::move(of)) {}

  Statement& integer(std::int64_t value) {
    std::visit([&](auto& of) { of.integer(value); }, of_);
    return *this;
  }
  Statement& unsigned_integer(std::uint64_t value) { return integer(static_cast<std::int64_t>(value)); }
  Statement& text(std::string_view value) {
    std::visit([&](auto& of) { of.text(value); }, of_);
    return *this;
  }
  Statement& text_or_null(const std::optional<std::string>& value) { return value ? text(std::string_view(*value)) : null(); }
  Statement& blob(const void* bytes, std::size_t size) {
    std::visit([&](auto& of) { of.blob(bytes, size); }, of_);
    return *this;
  }
  Statement& null() {
    std::visit([](auto& of) { of.null(); }, of_);
    return *this;
  }
  // Whoever reads may stop long before the last row: a server then sends rows a few at a time. Before the first step.
  Statement& in_part() {
    if (auto* postgres = std::get_if<PostgresStatement>(&of_)) postgres->in_part();
    return *this;
  }

  // True: a row is there. False: no more rows, or the connection has failed (Connection::failure says which).
  bool step() {
    return std::visit([](auto& of) { return of.step(); }, of_);
  }
  // For statements without rows. A failure may be known only later, at the latest at the commit.
  void run() {
    std::visit([](auto& of) { of.run(); }, of_);
  }

  // Of the row; columns count from 0. A text is good until the next step.
  [[nodiscard]] bool is_null(int column) const {
    return std::visit([=](const auto& of) { return of.is_null(column); }, of_);
  }
  [[nodiscard]] std::int64_t integer_at(int column) const {
    return std::visit([=](const auto& of) { return of.integer_at(column); }, of_);
  }
  [[nodiscard]] std::uint64_t unsigned_at(int column) const { return static_cast<std::uint64_t>(integer_at(column)); }
  [[nodiscard]] std::string_view text_at(int column) const {
    return std::visit([=](const auto& of) { return of.text_at(column); }, of_);
  }
  [[nodiscard]] std::string_view blob_at(int column) const {
    return std::visit([=](const auto& of) { return of.blob_at(column); }, of_);
  }

 private:
  std::variant<sqlite::Statement, PostgresStatement> of_;
};

// Codes of errors: those of sqlite::Connection and of PostgresConnection.
class Connection {
 public:
  explicit Connection(std::unique_ptr<sqlite::Connection> of) : of_(std::move(of)) {}
  explicit Connection(std::unique_ptr<PostgresConnection> of) : of_(std::move(of)) {}

  Statement statement(std::string_view name) {
    return std::visit([&](auto& of) { return Statement(of->statement(name)); }, of_);
  }
  // SQL as given, of the database's own kind.
  void execute(const std::string& sql) {
    std::visit([&](auto& of) { of->execute(sql); }, of_);
  }

  // Takes the write lock at once. On PostgreSQL a connection that was lost is made anew here and in begin_read.
  void begin_write() {
    std::visit([](auto& of) { of->begin_write(); }, of_);
  }
  void begin_read() {  // one snapshot until the end
    std::visit([](auto& of) { of->begin_read(); }, of_);
  }
  // Commits, or rolls back when something had failed; the failure is answered and the latch is open again.
  std::optional<Error> commit() {
    return std::visit([](auto& of) { return of->commit(); }, of_);
  }
  void rollback() {
    std::visit([](auto& of) { of->rollback(); }, of_);
  }

  [[nodiscard]] const std::optional<Error>& failure() const {
    return std::visit([](const auto& of) -> const std::optional<Error>& { return of->failure(); }, of_);
  }
  std::optional<Error> take_failure() {
    return std::visit([](auto& of) { return of->take_failure(); }, of_);
  }
  // What was deleted leaves the write-ahead log of a file (sqlite::Connection::empty_log); a PostgreSQL server sees to its own.
  void empty_log() {
    if (auto* file = std::get_if<std::unique_ptr<sqlite::Connection>>(&of_)) (*file)->empty_log();
  }
  // Rows that the last statement inserted, changed or deleted.
  [[nodiscard]] std::int64_t changes() const {
    return std::visit([](const auto& of) { return of->changes(); }, of_);
  }
  // Grows with commits of others.
  std::int64_t data_version() {
    return std::visit([](auto& of) { return of->data_version(); }, of_);
  }

 private:
  std::variant<std::unique_ptr<sqlite::Connection>, std::unique_ptr<PostgresConnection>> of_;
};

}  // namespace vitrine::hub::database
