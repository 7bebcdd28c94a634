// SPDX-License-Identifier: Apache-2.0
// The only place that speaks to SQLite's C interface.
#include "sqlite/connection.hpp"

#include <algorithm>
#include <cerrno>

#include <sqlite3.h>
#include <sys/statvfs.h>

#include "base/require.hpp"
#include "sqlite/sql_files.hpp"

namespace vitrine::sqlite {

namespace {

std::string_view code_of(int sqlite_code, int system_error) {
  switch (sqlite_code & 0xff) {
    case SQLITE_FULL:
      return "disk_full";
    case SQLITE_IOERR:
      // A quota or a file-size limit is a full disk too; only ENOSPC reaches us as SQLITE_FULL.
      return (system_error == EDQUOT || system_error == EFBIG || system_error == ENOSPC) ? "disk_full" : "disk_failed";
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return "database_damaged";
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return "database_busy";
    default:
      return "database_refused";
  }
}

// What the system said to the write that failed: sqlite3_system_errno may have been overwritten by the clearing up since.
int system_error_of(sqlite3* handle, int code) {
  if ((code & 0xff) != SQLITE_IOERR) return sqlite3_system_errno(handle);
  int found = 0;
  sqlite3_file* log = nullptr;
  if (sqlite3_file_control(handle, "main", SQLITE_FCNTL_JOURNAL_POINTER, static_cast<void*>(&log)) == SQLITE_OK &&
      log != nullptr && log->pMethods != nullptr) {
    log->pMethods->xFileControl(log, SQLITE_FCNTL_LAST_ERRNO, &found);
  }
  if (found == 0) sqlite3_file_control(handle, "main", SQLITE_FCNTL_LAST_ERRNO, &found);
  return found == 0 ? sqlite3_system_errno(handle) : found;
}

Error error_of(sqlite3* handle, int code, std::string_view doing) {
  std::string message = std::string(doing) + ": ";
  message += handle == nullptr ? sqlite3_errstr(code) : sqlite3_errmsg(handle);
  const int system_error = handle == nullptr ? 0 : system_error_of(handle, code);
  return Error{std::string(code_of(code, system_error)), std::move(message)};
}

// A larger log is checkpointed less often, which in a first fill is worth a third (performance.md A1); it stays below 20 MiB.
#ifdef VITRINE_SMALL_LIMITS
constexpr int log_pages_max = 24;  // the simulator's own build: with few rows there are checkpoints all the same
#else
constexpr int log_pages_max = 4000;
#endif
// Below this, looking at the disk is not worth it.
constexpr int log_pages_min = 64;
constexpr std::uint64_t page_bytes = 4096;
constexpr int busy_wait_ms = 5000;
constexpr std::uint64_t free_bytes_kept = std::uint64_t{1024} * 1024;

// Whether the database could still take what is in the log, with some to spare. Where the log is let grow until the disk is full,
// the database has no room for what the log holds, and no room is ever made.
bool is_disk_short(const char* file, int pages) {
  struct statvfs disk{};
  if (file == nullptr || statvfs(file, &disk) != 0) return false;  // not a file of the system's
  const std::uint64_t free = std::uint64_t{disk.f_bavail} * disk.f_frsize;
  return free < static_cast<std::uint64_t>(pages) * page_bytes + free_bytes_kept;
}

// After each commit, instead of SQLite's own rule for checkpoints. As there, a checkpoint that fails is tried again after the
// next.
int keep_log_small(void*, sqlite3* handle, const char* name, int pages) {
  if (pages >= log_pages_max || (pages >= log_pages_min && is_disk_short(sqlite3_db_filename(handle, name), pages))) {
    sqlite3_wal_checkpoint_v2(handle, name, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
  }
  return SQLITE_OK;
}

}  // namespace

Statement::Statement(Statement&& other) noexcept
    : connection_(other.connection_), prepared_(std::exchange(other.prepared_, nullptr)), bound_(other.bound_) {}

Statement::~Statement() {
  if (prepared_ == nullptr) return;
  sqlite3_reset(prepared_);
  sqlite3_clear_bindings(prepared_);
}

Statement& Statement::integer(std::int64_t value) {
  ++bound_;
  if (prepared_ != nullptr) sqlite3_bind_int64(prepared_, bound_, value);
  return *this;
}

Statement& Statement::text(std::string_view value) {
  ++bound_;
  if (prepared_ != nullptr) sqlite3_bind_text64(prepared_, bound_, value.data(), value.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
  return *this;
}

Statement& Statement::text_or_null(const std::optional<std::string>& value) {
  return value ? text(std::string_view(*value)) : null();
}

Statement& Statement::blob(const void* bytes, std::size_t size) {
  ++bound_;
  if (prepared_ != nullptr) sqlite3_bind_blob64(prepared_, bound_, bytes, size, SQLITE_TRANSIENT);
  return *this;
}

Statement& Statement::null() {
  ++bound_;
  if (prepared_ != nullptr) sqlite3_bind_null(prepared_, bound_);
  return *this;
}

bool Statement::step() {
  if (prepared_ == nullptr || connection_->failure_) return false;
  const int code = sqlite3_step(prepared_);
  if (code == SQLITE_ROW) return true;
  if (code != SQLITE_DONE) connection_->note(code, sqlite3_sql(prepared_));
  return false;
}

bool Statement::is_null(int column) const { return sqlite3_column_type(prepared_, column) == SQLITE_NULL; }

std::int64_t Statement::integer_at(int column) const { return sqlite3_column_int64(prepared_, column); }

std::string_view Statement::text_at(int column) const {
  const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(prepared_, column));
  return text == nullptr ? std::string_view()
                         : std::string_view(text, static_cast<std::size_t>(sqlite3_column_bytes(prepared_, column)));
}

std::string_view Statement::blob_at(int column) const {
  const auto* bytes = static_cast<const char*>(sqlite3_column_blob(prepared_, column));
  return bytes == nullptr ? std::string_view()
                          : std::string_view(bytes, static_cast<std::size_t>(sqlite3_column_bytes(prepared_, column)));
}

Result<std::unique_ptr<Connection>> Connection::open(const std::string& path, const SqlBook& book, const Options& options) {
  sqlite3* handle = nullptr;
  const int flags = options.use == Use::write ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY;
  const int code = sqlite3_open_v2(path.c_str(), &handle, flags | SQLITE_OPEN_NOMUTEX, nullptr);
  std::unique_ptr<Connection> connection(new Connection(handle, book));
  if (code != SQLITE_OK) return std::unexpected(error_of(handle, code, "opening " + path));
  sqlite3_extended_result_codes(handle, 1);
  sqlite3_busy_timeout(handle, busy_wait_ms);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  connection->execute("PRAGMA cell_size_check=ON; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON; PRAGMA cache_size=-" +
                      std::to_string(options.cache_kib));
  if (options.use == Use::write) {
    connection->execute(std::string("PRAGMA journal_mode=WAL; PRAGMA journal_size_limit=4194304; ") +
                        (options.durable ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=NORMAL"));
    sqlite3_wal_hook(handle, keep_log_small, nullptr);
  } else {
    connection->execute("PRAGMA query_only=ON");
  }
  if (auto failed = connection->take_failure()) return std::unexpected(failed->within(path));
  return connection;
}

Connection::~Connection() {
  for (auto& [name, prepared] : statements_) sqlite3_finalize(prepared);
  sqlite3_close(handle_);
}

Statement Connection::statement(std::string_view name) { return prepared(name, {}); }

// Empty `sql`: as the book has it.
Statement Connection::prepared(std::string_view name, std::string_view sql) {
  if (failure_) return {*this, nullptr};
  auto found = statements_.find(name);
  if (found == statements_.end()) {
    if (sql.empty()) sql = book_->statement(name);
    sqlite3_stmt* statement = nullptr;
    const int code =
        sqlite3_prepare_v3(handle_, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
    if (code != SQLITE_OK) {
      note(code, name);
      return {*this, nullptr};
    }
    found = statements_.emplace(std::string(name), statement).first;
  }
  require(sqlite3_stmt_busy(found->second) == 0, "a statement is used twice at once");
  return {*this, found->second};
}

void Connection::execute(const std::string& sql) {
  if (failure_) return;
  const int code = sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) note(code, sql.substr(0, sql.find('\n')));
}

// These come with every action: they are parsed once, as the book's own are.
void Connection::begin_write() { prepared("BEGIN IMMEDIATE", "BEGIN IMMEDIATE").run(); }
void Connection::begin_read() { prepared("BEGIN", "BEGIN").run(); }

std::optional<Error> Connection::commit() {
  prepared("COMMIT", "COMMIT").run();
  if (failure_) rollback();
  if (failure_ && failure_->code == "disk_full") {
    // The log cannot grow. What it holds goes into the database, as far as there is room, and the log is cut off: behind its last
    // commit may stand whole frames of the one that failed, and the next process would take them for done.
    empty_log();
  }
  return take_failure();
}

bool Connection::empty_log() {
  sqlite3_busy_timeout(handle_, 0);
  const int code = sqlite3_wal_checkpoint_v2(handle_, nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
  sqlite3_busy_timeout(handle_, busy_wait_ms);
  return code == SQLITE_OK;
}

void Connection::let_go_of_pages() { sqlite3_db_release_memory(handle_); }

void Connection::rollback() {
  if (in_transaction()) sqlite3_exec(handle_, "ROLLBACK", nullptr, nullptr, nullptr);
}

std::optional<Error> Connection::take_failure() { return std::exchange(failure_, std::nullopt); }

bool Connection::in_transaction() const { return sqlite3_get_autocommit(handle_) == 0; }

void Connection::note(int code, std::string_view doing) {
  if (!failure_) failure_ = error_of(handle_, code, doing);
}

std::optional<Error> Connection::make_log_sure() {
  begin_write();
  if (failure_) return take_failure();
  sqlite3_file* log = nullptr;
  sqlite3_file_control(handle_, "main", SQLITE_FCNTL_JOURNAL_POINTER, static_cast<void*>(&log));
  if (log != nullptr && log->pMethods != nullptr) {
    sqlite3_int64 size = 0;
    int code = log->pMethods->xFileSize(log, &size);
    std::string bytes(std::size_t{64} * 1024, '\0');
    for (sqlite3_int64 at = 0; code == SQLITE_OK && at < size; at += static_cast<sqlite3_int64>(bytes.size())) {
      const int amount = static_cast<int>(std::min<sqlite3_int64>(static_cast<sqlite3_int64>(bytes.size()), size - at));
      code = log->pMethods->xRead(log, bytes.data(), amount, at);
      if (code == SQLITE_OK) code = log->pMethods->xWrite(log, bytes.data(), amount, at);
    }
    if (code == SQLITE_OK && size > 0) code = log->pMethods->xSync(log, SQLITE_SYNC_NORMAL);
    if (code != SQLITE_OK)
      failure_ = Error{std::string(code_of(code, 0)), "making sure of the log: " + std::string(sqlite3_errstr(code))};
  }
  rollback();
  return take_failure();
}

std::string Connection::quick_check() {
  std::string found;
  Statement check = prepared("PRAGMA quick_check", "PRAGMA quick_check(1)");
  while (check.step()) found += (found.empty() ? "" : "; ") + std::string(check.text_at(0));
  if (auto failed = take_failure()) return failed->message;
  return found;
}

std::int64_t Connection::data_version() {
  Statement version = prepared("PRAGMA data_version", "PRAGMA data_version");
  return version.step() ? version.integer_at(0) : 0;
}

std::int64_t Connection::schema_number() {
  Statement version = prepared("PRAGMA user_version", "PRAGMA user_version");
  return version.step() ? version.integer_at(0) : 0;
}

std::int64_t Connection::changes() const { return sqlite3_changes64(handle_); }

}  // namespace vitrine::sqlite
