// SPDX-License-Identifier: Apache-2.0
// SQLite's own backup, in one step, so that the copy is one snapshot.
#include "sqlite/memory_copy.hpp"

#include <sqlite3.h>

namespace vitrine::sqlite {

Result<std::unique_ptr<Connection>> copy_to_memory(const Connection& from, const SqlBook& book) {
  auto copy = Connection::open(":memory:", book, {});
  if (!copy) return copy;
  sqlite3_backup* backup = sqlite3_backup_init((*copy)->handle(), "main", from.handle(), "main");
  if (backup == nullptr) return fail("database_refused", std::string("copying: ") + sqlite3_errmsg((*copy)->handle()));
  const int code = sqlite3_backup_step(backup, -1);
  sqlite3_backup_finish(backup);
  if (code != SQLITE_DONE) {
    const bool damaged = (code & 0xff) == SQLITE_CORRUPT || (code & 0xff) == SQLITE_NOTADB;
    return fail(damaged ? "database_damaged" : "database_refused", std::string("copying: ") + sqlite3_errstr(code));
  }
  return copy;
}

}  // namespace vitrine::sqlite
