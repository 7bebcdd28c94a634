// SPDX-License-Identifier: Apache-2.0
#include "edge/database/waiting.hpp"

#include <algorithm>

#include "edge/database/replica.hpp"
#include "sync/ends/chain.hpp"
#include "sync/tuning.hpp"

namespace vitrine::edge::database {

namespace {

// How many of a run, from its first, say what they said when they were done: what the disk has damaged is not for the hub.
std::size_t whole_ones(const std::vector<sync::Transaction>& run, sync::Hash hash) {
  std::size_t whole = 0;
  for (const sync::Transaction& one : run) {
    hash = sync::ends::chain_hash(hash, one);
    if (hash != one.hash) break;
    ++whole;
  }
  return whole;
}

}  // namespace

Result<sync::protocol::OutboxText> waiting_outbox(const std::string& path, UtcMs now) {
  auto file = Connection::open(path, sql_book(), {Connection::Use::read, 1024, true});
  if (!file) return std::unexpected(file.error());
  (*file)->begin_read();
  SqliteReplica replica(std::move(*file), sync::StreamName{"catalog"});
  const sync::ends::StoreState state = replica.state();
  sync::protocol::OutboxText out;
  out.store = state.store;
  out.exported_at = now;
  out.hello.incarnation = state.incarnation;
  out.hello.last_n = state.last_n;
  out.hello.hash = state.last_hash;
  out.hello.era_heard = state.era_heard;
  out.hello.software = "vitrinectl";
  out.hello.clock = now;
  out.hello.line = replica.line();
  out.hello.acknowledged = state.applied_n;
  for (std::uint64_t n = std::max(state.applied_n, state.ack.n); n < state.last_n;) {
    auto some = replica.transactions_after(n, sync::tuning::ops_transactions_max, sync::tuning::ops_bytes_max);
    if (some.empty()) break;
    const sync::Hash previous = n == 0 ? sync::Hash{} : replica.hash_at(n).value_or(sync::Hash{});
    const std::uint64_t first = some.front().n;
    n = some.back().n;
    if (const auto whole = whole_ones(some, previous); whole < some.size()) {
      some.resize(whole);
      n = state.last_n;
      if (some.empty()) break;
    }
    out.batches.push_back({state.era_heard, "", state.incarnation, first, previous, std::move(some)});
  }
  if (auto failed = replica.connection().take_failure()) return std::unexpected(failed->within(path));
  if (state.store.empty()) return fail("database_empty", path + " is no store's database yet");
  return out;
}

}  // namespace vitrine::edge::database
