// SPDX-License-Identifier: Apache-2.0
// A thin hand on PostgreSQL, with the manners of sqlite/connection.hpp: statements by name, one write lock, snapshots for
// readers, and the error latch. What has no answer (run) is sent without waiting; its failure shows at the next answer or at the
// commit. libpq-fe.h stays in the .cpp files.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.hpp"

struct pg_conn;
struct pg_result;

namespace vitrine::hub::database {

class PostgresConnection;

struct PostgresEnd {
  void operator()(pg_conn* connection) const;
  void operator()(pg_result* result) const;
};
using PostgresRows = std::unique_ptr<pg_result, PostgresEnd>;

// One statement of the books, as the server wants it.
struct PostgresSql {
  std::string name;
  std::string text;  // $1, $2 …
  enum class Known { no, asked, yes };
  Known prepared = Known::no;  // at this connection's server
};

class PostgresStatement {
 public:
  // None: the connection has failed.
  PostgresStatement(PostgresConnection& connection, PostgresSql* sql) : connection_(&connection), sql_(sql) {}
  PostgresStatement(PostgresStatement&& other) noexcept;
  PostgresStatement(const PostgresStatement&) = delete;
  PostgresStatement& operator=(const PostgresStatement&) = delete;
  PostgresStatement& operator=(PostgresStatement&&) = delete;
  ~PostgresStatement();

  void integer(std::int64_t value) { parameters_.push_back({std::to_string(value), Parameter::Kind::text}); }
  // UTF-8 without NUL, or the transaction fails ("text_refused").
  void text(std::string_view value);
  void blob(const void* bytes, std::size_t size) {
    parameters_.push_back({std::string(static_cast<const char*>(bytes), size), Parameter::Kind::bytes});
  }
  void null() { parameters_.push_back({{}, Parameter::Kind::null}); }
  void in_part() { in_part_ = true; }

  bool step();
  void run();

  [[nodiscard]] bool is_null(int column) const;
  [[nodiscard]] std::int64_t integer_at(int column) const;
  [[nodiscard]] std::string_view text_at(int column) const;
  [[nodiscard]] std::string_view blob_at(int column) const { return text_at(column); }

 private:
  friend class PostgresConnection;
  struct Parameter {
    std::string value;
    enum class Kind { text, bytes, null } kind;
  };

  PostgresConnection* connection_;
  PostgresSql* sql_;
  std::vector<Parameter> parameters_;
  bool in_part_ = false;
  bool asked_ = false;
  std::string cursor_;  // where rows come a few at a time
  PostgresRows rows_;
  int row_ = -1;
};

// Codes of errors: "database_unreachable" (no server, or the connection was lost: nothing of the transaction happened),
// "commit_unknown" (lost in the commit, and the server did not come back to say), "database_login_refused", "database_busy" (the
// write lock or an answer did not come in time), "disk_full" (the server's), "database_damaged", "text_refused",
// "database_too_old" (a server of an earlier release than 15), "database_unsafe" (one that does not write through, or does not
// speak UTF-8), "database_misconfigured" (the address), "already_running" (another hub serves it), "database_refused" (the rest).
class PostgresConnection {
 public:
  enum class Use { write, read };

  // `address`: as libpq has it, "host=… dbname=… user=…" or "postgresql://…"; never with a password in it.
  static Result<std::unique_ptr<PostgresConnection>> open(const std::string& address, Use use);
  PostgresConnection(const PostgresConnection&) = delete;
  PostgresConnection& operator=(const PostgresConnection&) = delete;
  ~PostgresConnection();

  PostgresStatement statement(std::string_view name);
  void execute(const std::string& sql);

  // Outside of a transaction a statement only reads.
  void begin_write();
  void begin_read();
  std::optional<Error> commit();
  void rollback();

  [[nodiscard]] const std::optional<Error>& failure();
  std::optional<Error> take_failure();
  [[nodiscard]] std::int64_t changes();
  std::int64_t data_version();

  // From now on this is the connection that serves: one at a time, also after it was lost and made anew. Where another one has
  // it, `wait_for_it` waits some seconds. Errors: "already_running".
  std::optional<Error> claim(bool wait_for_it);
  void give_up_claim();

  // Brings the schema to the newest: the numbered files of the folder schema/ in the book. Errors: "database_too_new".
  std::optional<Error> migrate();
  std::int64_t schema_number();  // 0: nothing of the hub is there

 private:
  friend class PostgresStatement;
  struct Bound;
  // What was sent and has no answer yet.
  struct Pending {
    PostgresSql* prepares = nullptr;  // none: it is no PREPARE
    const std::string* name = nullptr;
  };

  PostgresConnection(std::string address, Use use) : address_(std::move(address)), use_(use) {}
  // Anew.
  std::optional<Error> connect();
  std::optional<Error> settle_session();
  std::optional<Error> take_claim(bool wait_for_it);
  // Connected, and with the claim where it is wanted. False: the failure is latched.
  bool ready();
  [[nodiscard]] bool is_lost() const;
  // None, of all that answer rows: the failure is latched.
  PostgresRows at_once(const std::string& sql);  // outside of the pipeline
  PostgresRows begin(const std::string& sql);
  PostgresRows ask(PostgresStatement& statement);
  PostgresRows ask_alone(PostgresStatement& statement);
  PostgresRows fetch(const std::string& cursor);
  PostgresRows answer();  // to what was sent last
  PostgresRows next_result();
  // False: the connection is lost.
  bool send(PostgresSql& sql, const std::vector<PostgresStatement::Parameter>& parameters);
  bool send_text(const std::string& sql, const std::vector<PostgresStatement::Parameter>& parameters);
  bool leave_pipeline();
  void settle();
  void read_sync();
  std::optional<bool> was_committed();
  void note(const pg_result* result, std::string_view doing);
  void note_lost(std::string_view doing);
  void fail_with(std::string code, std::string message);

  std::string address_;
  Use use_;
  std::unique_ptr<pg_conn, PostgresEnd> handle_;
  struct NameHash : std::hash<std::string_view> {
    using is_transparent = void;
  };
  std::unordered_map<std::string, PostgresSql, NameHash, std::equal_to<>> statements_;
  std::deque<Pending> pending_;
  std::optional<Error> failure_;
  std::optional<Error> refusal_;  // of the last try to connect
  std::chrono::steady_clock::time_point refused_at_;
  std::int64_t changes_ = 0;  // of the statement that was answered last
  std::string tag_;
  bool ended_ = false;  // by the server
  bool in_transaction_ = false;
  bool writes_ = false;      // the transaction that is open
  bool claimed_ = false;     // wanted for as long as this lives
  bool has_claim_ = false;   // of this session
  std::int64_t number_ = 0;  // of the transaction that writes, and
  std::string mark_;         // its mark, in the table commits
  std::int64_t own_commits_ = 0;
  std::uint64_t cursors_ = 0;
};

}  // namespace vitrine::hub::database
