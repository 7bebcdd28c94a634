// SPDX-License-Identifier: Apache-2.0
// The part of SqliteReplica that knows the store's own history; the statements stand in sql/history.sql.
#include <algorithm>

#include "edge/database/replica.hpp"
#include "sync/protocol/message_codec.hpp"

namespace vitrine::edge::database {

using sync::Applied;
using sync::Hash;
using sync::Transaction;

namespace {

constexpr std::size_t aside_step = 500;  // transactions read at once while an outbox is set aside

Hash hash_of(std::string_view blob) {
  Hash hash{};
  std::copy_n(blob.begin(), std::min(blob.size(), hash.size()), hash.begin());
  return hash;
}

}  // namespace

std::vector<Applied> SqliteReplica::line() {
  std::vector<Applied> lives;
  Statement row = connection_->statement("line");
  while (row.step()) {
    lives.push_back({sync::IncarnationId{std::string(row.text_at(0))}, row.unsigned_at(1), hash_of(row.blob_at(2))});
  }
  return lives;
}

void SqliteReplica::put_parting(const Applied& parting) {
  Statement put = connection_->statement("put_parting");
  put.text(parting.incarnation.text).unsigned_integer(parting.n).blob(parting.hash.data(), parting.hash.size()).run();
}

std::uint64_t SqliteReplica::forgotten_upto() {
  Statement row = connection_->statement("forgotten");
  return row.step() ? row.unsigned_at(0) : 0;
}

std::vector<sync::ends::Kept> SqliteReplica::kept_after(std::uint64_t n, std::size_t count_max) {
  std::vector<sync::ends::Kept> kept;
  Statement row = connection_->statement("kept_after");
  row.unsigned_integer(n).unsigned_integer(count_max);
  while (row.step()) kept.push_back({row.unsigned_at(0), UtcMs{row.integer_at(1)}, row.unsigned_at(2)});
  return kept;
}

std::optional<sync::ends::Kept> SqliteReplica::newest_kept() {
  Statement row = connection_->statement("newest_kept");
  if (!row.step()) return std::nullopt;
  return sync::ends::Kept{row.unsigned_at(0), UtcMs{row.integer_at(1)}, row.unsigned_at(2)};
}

void SqliteReplica::forget_transactions(std::uint64_t upto) {
  const auto hash = hash_at(upto);
  if (!hash) return;
  forgets_ = true;
  connection_->statement("put_forgotten").unsigned_integer(upto).blob(hash->data(), hash->size()).run();
  connection_->statement("forget_operations").unsigned_integer(upto).run();
  connection_->statement("forget_outbox").unsigned_integer(upto).run();
}

void SqliteReplica::set_one_aside(const sync::IncarnationId& incarnation, std::uint64_t n) {
  const std::vector<Transaction> one = transactions_after(n - 1, 1, SIZE_MAX);
  if (one.empty() || one.front().n != n) return;
  put_aside(incarnation, one.front());
  connection_->statement("drop_operations").unsigned_integer(n).run();
  connection_->statement("drop_outbox").unsigned_integer(n).run();
  // For a moment operations stand without their transaction.
  connection_->execute("PRAGMA defer_foreign_keys=ON");
  connection_->statement("lower_outbox").unsigned_integer(n).run();
  connection_->statement("lower_operations").unsigned_integer(n).run();
}

void SqliteReplica::put_aside(const sync::IncarnationId& incarnation, const Transaction& t) {
  Statement put = connection_->statement("put_aside");
  put.text(t.id.text).text(incarnation.text).unsigned_integer(t.n).integer(t.at.value);
  put.text(sync::protocol::encode_transaction(t)).run();
}

void SqliteReplica::put_hash(std::uint64_t n, const Hash& hash) {
  connection_->statement("put_hash").blob(hash.data(), hash.size()).unsigned_integer(n).run();
}

void SqliteReplica::set_outbox_aside(const sync::IncarnationId& incarnation, std::uint64_t applied) {
  for (std::uint64_t after = applied;;) {
    const std::vector<Transaction> some = transactions_after(after, aside_step, SIZE_MAX);
    for (const Transaction& t : some) {
      put_aside(incarnation, t);
      after = t.n;
    }
    if (some.size() < aside_step) break;
  }
  for (const char* name : {"clear_outbox_operations", "clear_outbox", "clear_line", "clear_forgotten"}) {
    connection_->statement(name).run();
  }
}

}  // namespace vitrine::edge::database
