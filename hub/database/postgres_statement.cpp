// SPDX-License-Identifier: Apache-2.0
// Statements and the pipeline that they go through. Numbers go as text, whose type the server knows from the column; rows come in
// binary, so that bodies are bytes as they are.
#include <libpq-fe.h>

#include <utility>

#include "base/require.hpp"
#include "hub/database/postgres_connection.hpp"
#include "hub/database/sql_book.hpp"

namespace vitrine::hub::database {

namespace {

constexpr std::size_t pending_max = 256;  // answers that wait to be read
constexpr int rows_at_once = 200;         // of a reading that may stop

// pg_type.dat: what integer_at() reads.
constexpr unsigned bool_type = 16;
constexpr unsigned int8_type = 20;
constexpr unsigned int4_type = 23;

// ? and ?3 become $1 and $3; what stands in quotes or comments stays.
std::string with_numbered_parameters(std::string_view sql) {
  std::string out;
  std::size_t counted = 0;
  for (std::size_t at = 0; at < sql.size(); ++at) {
    const char c = sql[at];
    const bool comment = c == '-' && sql.substr(at).starts_with("--");
    if (comment || c == '\'') {
      const std::size_t end = std::min(sql.find(comment ? '\n' : '\'', at + 1), sql.size() - 1);
      out += sql.substr(at, end - at + 1);
      at = end;
    } else if (c == '?') {
      out += '$';
      const bool numbered = at + 1 < sql.size() && sql[at + 1] >= '0' && sql[at + 1] <= '9';
      if (!numbered) out += std::to_string(++counted);
    } else {
      out += c;
    }
  }
  return out;
}

std::string_view code_of(std::string_view state) {
  if (state == "53100") return "disk_full";
  if (state.starts_with("53") || state == "55P03" || state == "57014" || state == "40001" || state == "40P01")
    return "database_busy";
  if (state.starts_with("57P") || state.starts_with("08") || state == "25P03") return "database_unreachable";
  if (state == "XX001" || state == "XX002") return "database_damaged";
  if (state == "22021" || state == "22P05") return "text_refused";
  return "database_refused";
}

}  // namespace

PostgresStatement::PostgresStatement(PostgresStatement&& other) noexcept
    : connection_(other.connection_),
      sql_(std::exchange(other.sql_, nullptr)),
      parameters_(std::move(other.parameters_)),
      in_part_(other.in_part_),
      asked_(other.asked_),
      cursor_(std::exchange(other.cursor_, {})),
      rows_(std::move(other.rows_)),
      row_(other.row_) {}

PostgresStatement::~PostgresStatement() {
  if (!cursor_.empty() && connection_->in_transaction_ && !connection_->failure_) connection_->send_text("CLOSE " + cursor_, {});
}

void PostgresStatement::text(std::string_view value) {
  if (value.find('\0') != std::string_view::npos) {
    connection_->fail_with("text_refused", "a text with a NUL character, which PostgreSQL does not take");
    sql_ = nullptr;
  }
  parameters_.push_back({std::string(value), Parameter::Kind::text});
}

bool PostgresStatement::step() {
  if (sql_ == nullptr || connection_->failure_) return false;
  if (!asked_) {
    asked_ = true;
    rows_ = connection_->ask(*this);
  }
  if (!rows_) return false;
  const int count = PQntuples(rows_.get());
  if (++row_ < count) return true;
  if (cursor_.empty() || count < rows_at_once) return false;
  rows_ = connection_->fetch(cursor_);
  row_ = 0;
  return rows_ && PQntuples(rows_.get()) > 0;
}

void PostgresStatement::run() {
  if (sql_ == nullptr || connection_->failure_) return;
  if (!connection_->in_transaction_) {
    step();
    return;
  }
  if (!connection_->send(*sql_, parameters_)) return connection_->note_lost(sql_->name);
  if (connection_->pending_.size() >= pending_max) connection_->settle();
}

bool PostgresStatement::is_null(int column) const { return PQgetisnull(rows_.get(), row_, column) != 0; }

std::int64_t PostgresStatement::integer_at(int column) const {
  const pg_result* rows = rows_.get();
  if (PQgetisnull(rows, row_, column) != 0) return 0;
  const unsigned type = PQftype(rows, column);
  require(type == int8_type || type == int4_type || type == bool_type, "a column of " + sql_->name + " is no integer");
  const auto* bytes = reinterpret_cast<const unsigned char*>(PQgetvalue(rows, row_, column));
  std::uint64_t value = 0;
  for (int i = 0; i < PQgetlength(rows, row_, column); ++i) value = value << 8 | bytes[i];
  return type == int4_type ? static_cast<std::int32_t>(static_cast<std::uint32_t>(value)) : static_cast<std::int64_t>(value);
}

std::string_view PostgresStatement::text_at(int column) const {
  return {PQgetvalue(rows_.get(), row_, column), static_cast<std::size_t>(PQgetlength(rows_.get(), row_, column))};
}

PostgresStatement PostgresConnection::statement(std::string_view name) {
  if (failure_) return {*this, nullptr};
  auto found = statements_.find(name);
  if (found == statements_.end()) {
    const auto& own = postgres_book().statements();
    const auto other = own.find(name);
    const std::string_view sql = other != own.end() ? other->second : sql_book().statement(name);
    found = statements_.emplace(std::string(name), PostgresSql{std::string(name), with_numbered_parameters(sql)}).first;
  }
  return {*this, &found->second};
}

// libpq's parallel arrays.
struct PostgresConnection::Bound {
  explicit Bound(const std::vector<PostgresStatement::Parameter>& parameters) : count(static_cast<int>(parameters.size())) {
    for (const auto& one : parameters) {
      const bool null = one.kind == PostgresStatement::Parameter::Kind::null;
      values.push_back(null ? nullptr : one.value.c_str());
      lengths.push_back(static_cast<int>(one.value.size()));
      formats.push_back(one.kind == PostgresStatement::Parameter::Kind::bytes ? 1 : 0);
    }
  }
  int count;
  std::vector<const char*> values;
  std::vector<int> lengths;
  std::vector<int> formats;
};

bool PostgresConnection::send(PostgresSql& sql, const std::vector<PostgresStatement::Parameter>& parameters) {
  if (sql.prepared == PostgresSql::Known::no) {
    if (PQsendPrepare(handle_.get(), sql.name.c_str(), sql.text.c_str(), 0, nullptr) != 1) return false;
    sql.prepared = PostgresSql::Known::asked;
    pending_.push_back({&sql, &sql.name});
  }
  const Bound bound(parameters);
  if (PQsendQueryPrepared(handle_.get(), sql.name.c_str(), bound.count, bound.values.data(), bound.lengths.data(),
                          bound.formats.data(), 1) != 1)
    return false;
  pending_.push_back({nullptr, &sql.name});
  return true;
}

bool PostgresConnection::send_text(const std::string& sql, const std::vector<PostgresStatement::Parameter>& parameters) {
  const Bound bound(parameters);
  if (PQsendQueryParams(handle_.get(), sql.c_str(), bound.count, nullptr, bound.values.data(), bound.lengths.data(),
                        bound.formats.data(), 1) != 1)
    return false;
  pending_.push_back({nullptr, nullptr});
  return true;
}

PostgresRows PostgresConnection::ask(PostgresStatement& statement) {
  if (!in_transaction_) return ask_alone(statement);
  if (!statement.in_part_) {
    if (send(*statement.sql_, statement.parameters_)) return answer();
  } else {
    statement.cursor_ = "c" + std::to_string(++cursors_);
    if (send_text("DECLARE " + statement.cursor_ + " NO SCROLL CURSOR FOR " + statement.sql_->text, statement.parameters_))
      return fetch(statement.cursor_);
  }
  note_lost(statement.sql_->name);
  return nullptr;
}

PostgresRows PostgresConnection::fetch(const std::string& cursor) {
  if (send_text("FETCH " + std::to_string(rows_at_once) + " FROM " + cursor, {})) return answer();
  note_lost("FETCH");
  return nullptr;
}

// It only reads (default_transaction_read_only), so it may be asked again where an idle connection turns out to be lost.
PostgresRows PostgresConnection::ask_alone(PostgresStatement& statement) {
  PostgresSql& sql = *statement.sql_;
  const Bound bound(statement.parameters_);
  for (int tries = 0; tries < 2 && ready(); ++tries) {
    PostgresRows rows;
    if (sql.prepared == PostgresSql::Known::no) {
      rows.reset(PQprepare(handle_.get(), sql.name.c_str(), sql.text.c_str(), 0, nullptr));
      if (PQresultStatus(rows.get()) == PGRES_COMMAND_OK) sql.prepared = PostgresSql::Known::yes;
    }
    if (sql.prepared == PostgresSql::Known::yes) {
      rows.reset(PQexecPrepared(handle_.get(), sql.name.c_str(), bound.count, bound.values.data(), bound.lengths.data(),
                                bound.formats.data(), 1));
      const auto status = PQresultStatus(rows.get());
      if (status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK) return rows;
    }
    if (!is_lost() || tries > 0) note(rows.get(), sql.name);
  }
  return nullptr;
}

PostgresRows PostgresConnection::answer() {
  PQsendFlushRequest(handle_.get());
  PQflush(handle_.get());
  PostgresRows rows;
  while (!pending_.empty()) rows = next_result();
  return failure_ ? nullptr : std::move(rows);
}

void PostgresConnection::settle() {
  if (!pending_.empty()) answer();
}

// The answer to the first of what is pending. After a failure the server skips the rest of the pipeline, and says so of each.
PostgresRows PostgresConnection::next_result() {
  const Pending pending = pending_.front();
  pending_.pop_front();
  PostgresRows rows(PQgetResult(handle_.get()));
  const auto status = PQresultStatus(rows.get());
  const bool good = rows && (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK);
  if (pending.prepares != nullptr) {
    pending.prepares->prepared = good ? PostgresSql::Known::yes : PostgresSql::Known::no;
  } else if (good) {
    const std::string_view count = PQcmdTuples(rows.get());
    changes_ = count.empty() ? 0 : std::stoll(std::string(count));
    tag_ = PQcmdStatus(rows.get());
  }
  if (!good && status != PGRES_PIPELINE_ABORTED) note(rows.get(), pending.name == nullptr ? "" : *pending.name);
  if (is_lost()) {
    pending_.clear();
    return nullptr;
  }
  while (const PostgresRows more{PQgetResult(handle_.get())}) {
  }
  return good ? std::move(rows) : nullptr;
}

// Only the first line of what the server says: the next ones may quote rows.
void PostgresConnection::note(const pg_result* result, std::string_view doing) {
  const char* state = result == nullptr ? nullptr : PQresultErrorField(result, PG_DIAG_SQLSTATE);
  if (state == nullptr) return note_lost(doing);
  const char* said = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
  ended_ = ended_ || code_of(state) == "database_unreachable";  // the server says so before it closes the connection
  fail_with(std::string(code_of(state)),
            std::string(doing) + ": " + (said == nullptr ? "" : said) + " (" + std::string(state) + ")");
}

void PostgresConnection::note_lost(std::string_view doing) {
  ended_ = true;
  fail_with("database_unreachable", std::string(doing) + ": the connection to PostgreSQL was lost");
}

void PostgresConnection::fail_with(std::string code, std::string message) {
  if (!failure_) failure_ = Error{std::move(code), std::move(message)};
}

}  // namespace vitrine::hub::database
