// SPDX-License-Identifier: Apache-2.0
// The part of SqliteReplica that forgets documents whose time is over; the statements stand in sql/expiry.sql.
#include "edge/database/replica.hpp"

namespace vitrine::edge::database {

using sync::DocumentKey;

void SqliteReplica::put_expiry(const DocumentKey& key, const std::optional<UtcMs>& at) {
  if (!at) {
    connection_->statement("drop_expiry").text(key.collection).text(key.id).run();
    return;
  }
  connection_->statement("put_expiry").text(key.collection).text(key.id).integer(at->value).run();
}

std::optional<UtcMs> SqliteReplica::next_expiry() {
  Statement row = connection_->statement("next_expiry");
  if (!row.step() || row.is_null(0)) return std::nullopt;
  return UtcMs{row.integer_at(0)};
}

std::vector<DocumentKey> SqliteReplica::expired(UtcMs now, std::size_t count_max) {
  std::vector<DocumentKey> keys;
  Statement row = connection_->statement("expired");
  row.integer(now.value).unsigned_integer(count_max);
  while (row.step()) keys.push_back({std::string(row.text_at(0)), std::string(row.text_at(1))});
  return keys;
}

void SqliteReplica::forget_body(const DocumentKey& key) {
  forgets_ = true;
  for (const char* name : {"drop_tombstone", "drop_body"}) {
    connection_->statement(name).text(key.collection).text(key.id).run();
  }
  if (key.collection == "cart") connection_->statement("drop_passes_of").text(key.id).run();
}

bool SqliteReplica::wipe() {
  owes_wipe_ = owes_wipe_ && !connection_->empty_log();
  return !owes_wipe_;
}

}  // namespace vitrine::edge::database
