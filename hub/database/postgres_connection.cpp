// SPDX-License-Identifier: Apache-2.0
// Sessions, transactions and the claim. A transaction is a pipeline: BEGIN and the lock are waited for, so that a connection that
// died while idle is found before anything was done; COMMIT goes with what is left in the pipeline.
#include "hub/database/postgres_connection.hpp"

#include <libpq-fe.h>

#include <array>
#include <thread>
#include <utility>

#include "base/require.hpp"
#include "hub/database/sql_book.hpp"

namespace vitrine::hub::database {

namespace {

constexpr int server_version_min = 150000;  // what is tested; earlier ones lack none of what is used, but nobody has tried
constexpr std::chrono::milliseconds reconnect_pause{250};
constexpr std::chrono::seconds verdict_wait{30};  // for the server to come back, or to notice that a line is dead
constexpr std::chrono::milliseconds verdict_pause{100};

// Advisory locks: the first number is ours, the second is the schema, so that two hubs may live in one database.
constexpr const char* write_lock = "pg_advisory_xact_lock(1987208050, hashtext(current_schema()))";
constexpr const char* claim_lock = "(1987208051, hashtext(current_schema()))";

// The hub goes by keys everywhere. A plan that was made while a table was empty would read it from end to end long after: plans
// are kept, and statistics come late. What is switched off counts as dear beyond measure; where there is no other way, as in a
// table of one row, the server would compile such a plan first (jit) and take a hundred times as long.
constexpr const char* session_settings =
    "SET default_transaction_read_only = on; SET statement_timeout = '60s'; SET lock_timeout = '5s'; "
    "SET idle_in_transaction_session_timeout = '120s'; SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; "
    "SET tcp_keepalives_count = 3; SET enable_seqscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off; "
    "SET jit = off; "
    "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'; "
    "SELECT current_schema(), getdatabaseencoding(), current_setting('fsync'), pg_is_in_recovery()";

// libpq's messages end with a line break, and some have several lines.
std::string one_line(std::string text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.pop_back();
  for (char& c : text) {
    if (c == '\n' || c == '\t') c = ' ';
  }
  return text;
}

std::string cell(const PostgresRows& rows, int column) {
  const bool there = rows && PQntuples(rows.get()) > 0 && PQgetisnull(rows.get(), 0, column) == 0;
  return there ? PQgetvalue(rows.get(), 0, column) : "";
}

std::int64_t number_in(const std::string& text) { return text.empty() ? 0 : std::stoll(text); }

std::optional<Error> judge_address(const std::string& address) {
  char* said = nullptr;
  const std::unique_ptr<PQconninfoOption, void (*)(PQconninfoOption*)> options(PQconninfoParse(address.c_str(), &said),
                                                                               PQconninfoFree);
  if (!options) {
    const std::string why = said == nullptr ? "out of memory" : one_line(said);
    PQfreemem(said);
    return Error{"database_misconfigured", "database.connection: " + why};
  }
  for (const PQconninfoOption* option = options.get(); option->keyword != nullptr; ++option) {
    if (std::string_view(option->keyword) == "password" && option->val != nullptr && *option->val != '\0') {
      return Error{
          "database_misconfigured",
          "database.connection holds a password: write it into a file of the hub's user alone, and name that file as passfile"};
    }
  }
  return std::nullopt;
}

}  // namespace

void PostgresEnd::operator()(pg_conn* connection) const { PQfinish(connection); }
void PostgresEnd::operator()(pg_result* result) const { PQclear(result); }

Result<std::unique_ptr<PostgresConnection>> PostgresConnection::open(const std::string& address, Use use) {
  if (auto wrong = judge_address(address)) return std::unexpected(*wrong);
  std::unique_ptr<PostgresConnection> connection(new PostgresConnection(address, use));
  if (auto failed = connection->connect()) return std::unexpected(*failed);
  return connection;
}

PostgresConnection::~PostgresConnection() = default;

std::optional<Error> PostgresConnection::connect() {
  handle_.reset();
  ended_ = false;
  has_claim_ = false;
  pending_.clear();
  for (auto& [name, sql] : statements_) sql.prepared = PostgresSql::Known::no;
  // What stands before the address is only a proposal: the address may say otherwise.
  constexpr std::array names = {"connect_timeout",
                                "tcp_user_timeout",
                                "keepalives_idle",
                                "keepalives_interval",
                                "keepalives_count",
                                "fallback_application_name",
                                "dbname",
                                "client_encoding",
                                static_cast<const char*>(nullptr)};
  const std::array values = {
      "5", "30000", "10", "5", "3", "vitrine-hub", address_.c_str(), "UTF8", static_cast<const char*>(nullptr)};
  handle_.reset(PQconnectdbParams(names.data(), values.data(), 1));
  if (PQstatus(handle_.get()) != CONNECTION_OK) {
    const bool login = PQconnectionNeedsPassword(handle_.get()) != 0 || PQconnectionUsedPassword(handle_.get()) != 0;
    const std::string why = one_line(PQerrorMessage(handle_.get()));
    handle_.reset();
    if (login) return Error{"database_login_refused", "PostgreSQL refuses the login; look at user and passfile: " + why};
    return Error{"database_unreachable", "cannot reach PostgreSQL: " + why};
  }
  PQsetNoticeProcessor(handle_.get(), [](void*, const char*) {}, nullptr);
  refusal_ = settle_session();
  if (refusal_) handle_.reset();
  return refusal_;
}

std::optional<Error> PostgresConnection::settle_session() {
  const int version = PQserverVersion(handle_.get());
  if (version < server_version_min) {
    return Error{"database_too_old", "PostgreSQL " + std::to_string(version / 10000) + " is too old: the hub needs 15 or later"};
  }
  const PostgresRows rows(PQexec(handle_.get(), session_settings));
  if (PQresultStatus(rows.get()) != PGRES_TUPLES_OK) {
    return Error{"database_unreachable", "PostgreSQL: " + one_line(PQresultErrorMessage(rows.get()))};
  }
  if (cell(rows, 0).empty()) {
    return Error{"database_misconfigured", "the database has no schema to work in: create the one that search_path names"};
  }
  if (cell(rows, 1) != "UTF8") {
    return Error{"database_unsafe", "the database's encoding is " + cell(rows, 1) + ": create it with ENCODING 'UTF8'"};
  }
  if (cell(rows, 2) != "on") {
    return Error{"database_unsafe", "the server runs with fsync = off: what the hub answers for would not outlive a power cut"};
  }
  if (use_ == Use::write && cell(rows, 3) != "f") {
    return Error{"database_misconfigured",
                 "the server is a standby that takes no writes: name the primary, or all of them and "
                 "target_session_attrs=read-write"};
  }
  return std::nullopt;
}

bool PostgresConnection::is_lost() const { return ended_ || !handle_ || PQstatus(handle_.get()) != CONNECTION_OK; }

bool PostgresConnection::ready() {
  if (failure_) return false;
  if (is_lost()) {
    const auto now = std::chrono::steady_clock::now();
    if (refusal_ && now < refused_at_ + reconnect_pause) {
      failure_ = refusal_;
      return false;
    }
    refusal_ = connect();
    refused_at_ = std::chrono::steady_clock::now();
  }
  if (!refusal_ && claimed_ && !has_claim_) {
    refusal_ = take_claim(true);
    refused_at_ = std::chrono::steady_clock::now();
    if (refusal_) handle_.reset();
  }
  failure_ = refusal_;
  return !failure_;
}

PostgresRows PostgresConnection::at_once(const std::string& sql) {
  PostgresRows rows(PQexec(handle_.get(), sql.c_str()));
  const auto status = PQresultStatus(rows.get());
  if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK) return rows;
  note(rows.get(), sql.substr(0, sql.find('\n')));
  return nullptr;
}

void PostgresConnection::execute(const std::string& sql) {
  settle();
  if (!in_transaction_) {
    if (ready()) at_once(sql);
    return;
  }
  if (failure_ || !leave_pipeline()) return;
  at_once(sql);
  PQenterPipelineMode(handle_.get());
}

PostgresRows PostgresConnection::begin(const std::string& sql) {
  require(!in_transaction_, "a transaction inside a transaction");
  if (!ready()) return nullptr;
  PostgresRows rows = at_once(sql);
  if (!rows && is_lost()) {  // the server has closed it while nobody looked
    failure_.reset();
    if (!ready()) return nullptr;
    rows = at_once(sql);
  }
  if (rows) {
    in_transaction_ = true;
    PQenterPipelineMode(handle_.get());
  } else if (!is_lost()) {
    PQclear(PQexec(handle_.get(), "ROLLBACK"));
  }
  return rows;
}

void PostgresConnection::begin_write() {
  const PostgresRows rows =
      begin(std::string("BEGIN READ WRITE; SELECT ") + write_lock +
            "; UPDATE commits SET number = number + 1, mark = gen_random_uuid()::text RETURNING number, mark");
  writes_ = rows != nullptr;
  number_ = number_in(cell(rows, 0));
  mark_ = cell(rows, 1);
}

void PostgresConnection::begin_read() {
  begin("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
  writes_ = false;
}

std::optional<Error> PostgresConnection::commit() {
  if (!in_transaction_) return take_failure();
  const bool told = !failure_;  // the server may have heard of it
  if (told) {
    if (!send_text("COMMIT", {}) || PQpipelineSync(handle_.get()) != 1) {
      note_lost("COMMIT");
      handle_.reset();
      pending_.clear();
    }
    while (!pending_.empty()) next_result();
    if (!failure_ && tag_ != "COMMIT") fail_with("database_refused", "the server answered COMMIT with " + tag_);
    if (!is_lost()) read_sync();
  }
  if (failure_ && is_lost() && told && writes_) {
    const auto happened = was_committed();
    if (!happened) {
      failure_->code = "commit_unknown";
    } else if (*happened) {
      failure_.reset();
    }
    in_transaction_ = false;
  }
  own_commits_ += writes_ && !failure_ ? 1 : 0;
  if (failure_ || is_lost()) {
    rollback();
  } else {
    in_transaction_ = false;
    if (PQexitPipelineMode(handle_.get()) != 1) handle_.reset();
  }
  return take_failure();
}

void PostgresConnection::rollback() {
  if (!in_transaction_) return;
  in_transaction_ = false;
  if (leave_pipeline()) PQclear(PQexec(handle_.get(), "ROLLBACK"));
  if (is_lost() || PQtransactionStatus(handle_.get()) != PQTRANS_IDLE) handle_.reset();
}

// Everything that is under way is read and forgotten. False: there is no connection.
bool PostgresConnection::leave_pipeline() {
  if (is_lost() || PQpipelineStatus(handle_.get()) == PQ_PIPELINE_OFF) return !is_lost();
  if (PQpipelineSync(handle_.get()) == 1) {
    while (!pending_.empty()) next_result();
    if (!is_lost()) read_sync();
  }
  return !is_lost() && PQexitPipelineMode(handle_.get()) == 1;
}

void PostgresConnection::read_sync() {
  while (!is_lost()) {
    const PostgresRows rows(PQgetResult(handle_.get()));
    if (rows && PQresultStatus(rows.get()) == PGRES_PIPELINE_SYNC) return;
  }
}

// What became of a transaction whose COMMIT was on its way when the connection was lost; none: nobody can say. Asked under the
// write lock, because the server may still be at it. Not by the transaction's number of the server: after a crash another one may
// have that.
std::optional<bool> PostgresConnection::was_committed() {
  const auto until = std::chrono::steady_clock::now() + verdict_wait;
  const std::string question = std::string("BEGIN; SELECT ") + write_lock + "; SELECT number, mark FROM commits";
  while (std::chrono::steady_clock::now() < until) {
    if (!is_lost() || !connect()) {
      const PostgresRows rows(PQexec(handle_.get(), question.c_str()));
      const bool answered = PQresultStatus(rows.get()) == PGRES_TUPLES_OK;
      PQclear(PQexec(handle_.get(), "ROLLBACK"));
      if (answered) {
        if (cell(rows, 1) == mark_) return true;
        // A number is taken once: where another one has ours, or nobody has it yet, we have not.
        return number_in(cell(rows, 0)) <= number_ ? std::optional(false) : std::nullopt;
      }
    }
    std::this_thread::sleep_for(verdict_pause);
  }
  return std::nullopt;
}

const std::optional<Error>& PostgresConnection::failure() {
  settle();
  return failure_;
}

std::optional<Error> PostgresConnection::take_failure() {
  settle();
  return std::exchange(failure_, std::nullopt);
}

std::int64_t PostgresConnection::changes() {
  settle();
  return changes_;
}

std::int64_t PostgresConnection::data_version() {
  PostgresStatement number = statement("commits");
  return number.step() ? number.integer_at(0) - own_commits_ : 0;
}

std::optional<Error> PostgresConnection::claim(bool wait_for_it) {
  if (!ready()) return take_failure();
  auto failed = take_claim(wait_for_it);
  claimed_ = !failed;
  return failed;
}

std::optional<Error> PostgresConnection::take_claim(bool wait_for_it) {
  const std::string how = wait_for_it ? "pg_advisory_lock" : "pg_try_advisory_lock";
  const PostgresRows rows = at_once("SELECT " + how + claim_lock);
  auto failed = std::exchange(failure_, std::nullopt);
  if (failed && failed->code != "database_busy") return failed;
  has_claim_ = !failed && (wait_for_it || cell(rows, 0) == "t");
  if (has_claim_) return std::nullopt;
  return Error{"already_running", "another vitrine-hub serves from this database"};
}

void PostgresConnection::give_up_claim() {
  claimed_ = false;
  if (has_claim_ && !is_lost()) at_once(std::string("SELECT pg_advisory_unlock") + claim_lock);
  has_claim_ = false;
}

// 0: there is none.
std::int64_t PostgresConnection::schema_number() {
  const std::string there = "SELECT to_regclass(quote_ident(current_schema()) || '.vitrine_schema') IS NOT NULL";
  if (failure_ || cell(at_once(there), 0) != "t") return 0;
  return number_in(cell(at_once("SELECT number FROM vitrine_schema"), 0));
}

std::optional<Error> PostgresConnection::migrate() {
  std::vector<std::string_view> files;
  for (const sqlite::SqlFile& file : postgres_book().files()) {
    if (file.name.starts_with("schema/")) files.push_back(file.text);
  }
  if (!ready()) return take_failure();
  std::size_t number = static_cast<std::size_t>(schema_number());
  if (!failure_ && number < files.size()) {
    at_once(std::string("BEGIN READ WRITE; SET LOCAL statement_timeout = 0; SELECT ") + write_lock);
    for (number = static_cast<std::size_t>(schema_number()); !failure_ && number < files.size(); ++number) {
      at_once(std::string(files[number]));  // read again above: another one may have been quicker
    }
    if (!failure_) at_once("UPDATE vitrine_schema SET number = " + std::to_string(number) + "; COMMIT");
    if (failure_ && !is_lost()) PQclear(PQexec(handle_.get(), "ROLLBACK"));
  }
  if (auto failed = take_failure()) return failed->within("the database's schema");
  if (number > files.size()) {
    return Error{"database_too_new", "the database has schema " + std::to_string(number) + ", this release knows " +
                                         std::to_string(files.size()) + ": install the release that wrote it, or a later one"};
  }
  return std::nullopt;
}

}  // namespace vitrine::hub::database
