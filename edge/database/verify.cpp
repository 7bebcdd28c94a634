// SPDX-License-Identifier: Apache-2.0
// Each check is one function. The replay of the view runs on a copy in memory, by the same code that made it.
#include "edge/database/verify.hpp"

#include <map>
#include <optional>
#include <utility>

#include "edge/database/replica.hpp"
#include "sqlite/memory_copy.hpp"
#include "sync/ends/chain.hpp"
#include "sync/ends/store_end.hpp"

namespace vitrine::edge::database {

namespace {

using sync::DocumentKey;
using sync::Hash;
using sync::Transaction;

constexpr std::size_t transactions_at_once = 500;

void note(Check& check, std::string line) {
  if (check.found.size() < findings_max) check.found.push_back(std::move(line));
}

std::string name_of(const DocumentKey& key) { return key.collection + " " + key.id; }

Check check_file(Connection& file) {
  Check check{"file", 0, "documents", {}};
  {
    Statement row = file.statement("verify_integrity");
    while (row.step()) {
      if (row.text_at(0) != "ok") note(check, std::string(row.text_at(0)));
    }
  }
  if (auto failed = file.take_failure()) note(check, failed->message);
  {
    Statement row = file.statement("verify_references");
    while (row.step()) note(check, "a row of " + std::string(row.text_at(0)) + " points at nothing");
  }
  if (auto failed = file.take_failure()) note(check, failed->message);
  Statement count = file.statement("verify_base_count");
  if (count.step()) check.looked_at = count.unsigned_at(0);
  return check;
}

// Every transaction that is kept, hashed anew after the one before it.
Check check_chain(SqliteReplica& replica) {
  Check check{"chain", 0, "transactions", {}};
  const sync::ends::StoreState state = replica.state();
  std::optional<Transaction> before;
  while (true) {
    const auto run = replica.transactions_after(before ? before->n : 0, transactions_at_once, SIZE_MAX);
    if (run.empty()) break;
    for (const Transaction& transaction : run) {
      const bool follows = before && transaction.n == before->n + 1;
      if (before && !follows) note(check, "after n " + std::to_string(before->n) + " comes " + std::to_string(transaction.n));
      // The hash before the first that is kept is kept with them; where it is not, the first stands for those before it.
      std::optional<Hash> previous = transaction.n == 1 ? std::optional(Hash{}) : std::nullopt;
      if (follows) previous = before->hash;
      if (!before && !previous) previous = replica.hash_at(transaction.n - 1);
      if (previous) {
        if (sync::ends::chain_hash(*previous, transaction) != transaction.hash) {
          note(check, "the hash of n " + std::to_string(transaction.n) + " is not that of what it says");
        }
      }
      ++check.looked_at;
      before = transaction;
    }
  }
  const std::uint64_t last = before ? before->n : 0;
  if (before && last != state.last_n) {
    note(check, "the last transaction is n " + std::to_string(last) + ", the state says " + std::to_string(state.last_n));
  }
  if (before && last == state.last_n && before->hash != state.last_hash) note(check, "the state has another hash of the last n");
  return check;
}

// The counters of the state against each other.
Check check_state(SqliteReplica& replica) {
  Check check{"state", 1, "row", {}};
  const sync::ends::StoreState state = replica.state();
  if (state.ack.n > state.last_n)
    note(check, "the base is said to hold n " + std::to_string(state.ack.n) + ", which was never given");
  if (state.applied_n > state.last_n)
    note(check, "the hub is said to have n " + std::to_string(state.applied_n) + ", which was never given");
  if (state.ack.n > 0 && state.ack.incarnation == state.incarnation) {
    const auto own = replica.hash_at(state.ack.n);
    if (own && *own != state.ack.hash)
      note(check, "the acknowledged hash of n " + std::to_string(state.ack.n) + " is not the outbox's");
  }
  return check;
}

using Views = std::map<DocumentKey, std::optional<std::string>>;

Views views_in(Connection& file) {
  Views views;
  Statement row = file.statement("verify_views");
  while (row.step()) {
    std::optional<std::string> body;
    if (!row.is_null(2)) body = std::string(row.text_at(2));
    views[{std::string(row.text_at(0)), std::string(row.text_at(1))}] = std::move(body);
  }
  return views;
}

// What people see is the base and, over it, every own transaction that it does not contain.
Check check_view(SqliteReplica& replica, Now now) {
  Check check{"view", 0, "documents with own changes", {}};
  const Views kept = views_in(replica.connection());
  std::vector<DocumentKey> touched;
  for (const auto& [key, body] : kept) touched.push_back(key);
  {
    Statement row = replica.connection().statement("verify_named");
    row.unsigned_integer(replica.state().ack.n);
    while (row.step()) touched.push_back({std::string(row.text_at(0)), std::string(row.text_at(1))});
  }
  sync::ends::StoreEnd end(replica, {}, "verify", {}, now);
  end.recompute_views(touched);
  const Views made = views_in(replica.connection());
  check.looked_at = made.size();
  for (const auto& [key, body] : kept) {
    const auto again = made.find(key);
    if (again == made.end()) {
      note(check, name_of(key) + ": a view without own changes");
    } else if (again->second != body) {
      note(check, name_of(key) + ": the view is not what the replay makes");
    }
  }
  for (const auto& [key, body] : made) {
    if (!kept.contains(key)) note(check, name_of(key) + ": own changes without a view");
  }
  return check;
}

}  // namespace

Result<Verification> verify_store_database(const std::string& path, Now now) {
  auto file = Connection::open(path, sql_book(), {Connection::Use::read, 8192, true});
  if (!file) return std::unexpected(file.error());
  Verification out;
  (*file)->begin_read();
  out.checks.push_back(check_file(**file));
  if (!out.good()) return out;  // what a damaged file says of the rest means nothing
  auto copy = sqlite::copy_to_memory(**file, sql_book());
  (*file)->rollback();
  if (!copy) return std::unexpected(copy.error());
  SqliteReplica replica(std::move(*copy), sync::StreamName{"catalog"});
  const sync::ends::StoreState state = replica.state();
  if (state.store.empty()) return fail("database_empty", path + " is no store's database yet");
  out.store = state.store.text;
  out.incarnation = state.incarnation.text;
  out.checks.push_back(check_chain(replica));
  out.checks.push_back(check_state(replica));
  out.checks.push_back(check_view(replica, now));
  if (auto failed = replica.connection().take_failure()) return std::unexpected(failed->within(path));
  return out;
}

}  // namespace vitrine::edge::database
