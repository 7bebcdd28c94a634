// SPDX-License-Identifier: Apache-2.0
// A batch of a store's transactions: the chain over all of it before any of it, each id once, and what becomes of one on which
// the rules fail.
#include <algorithm>

#include "sync/ends/chain.hpp"
#include "sync/ends/hub_end.hpp"
#include "sync/planted.hpp"
#include "sync/tuning.hpp"

namespace vitrine::sync::ends {

using namespace protocol;

std::optional<HubMessage> HubEnd::take_in(const StoreId& from, const Ops& ops, Now now) {
  const Era era = authority_.era();
  std::uint64_t applied_n = 0;
  for (const Applied& applied : authority_.applied(from)) {
    if (applied.incarnation == ops.incarnation) applied_n = applied.n;
  }
  if (ops.transactions.empty() || ops.first_n == 0) return std::nullopt;
  if (ops.first_n > applied_n + 1) return OpsRefused{era, "gap", applied_n + 1};

  // The chain over the whole batch, before anything of it is applied.
  const auto fork = [&] {
    offend(from, "fork", now);
    return OpsRefused{era, "fork", 0};
  };
  const std::optional<Hash> predecessor =
      ops.first_n == 1 ? std::optional<Hash>(Hash{}) : authority_.applied_hash(from, ops.incarnation, ops.first_n - 1);
  if (!predecessor || *predecessor != ops.previous_hash) return fork();
  Hash hash = ops.previous_hash;
  std::uint64_t n = ops.first_n;
  for (const Transaction& transaction : ops.transactions) {
    hash = chain_hash(hash, transaction);
    const bool skipped = n <= applied_n;
    const std::optional<Hash> recorded = skipped ? authority_.applied_hash(from, ops.incarnation, n) : std::nullopt;
    if (planted(Bug::hub_skips_chain)) {
      ++n;
      continue;
    }
    if (transaction.n != n || transaction.hash != hash || (skipped && recorded != hash)) return fork();
    ++n;
  }

  OpsApplied done{era, ops.incarnation, ops.first_n - 1, ops.previous_hash};
  for (const Transaction& transaction : ops.transactions) {
    const bool skipped = transaction.n <= applied_n && !planted(Bug::hub_applies_skipped);
    // It is sent again, with what comes after it; by then it has been tried once more.
    if (!skipped && !take_in(from, ops.incarnation, transaction, now)) break;
    done.n = transaction.n;
    done.hash = transaction.hash;
  }
  // Also when all of it was known: the store asks because it did not hear the first answer.
  return done.n == 0 ? std::nullopt : std::optional<HubMessage>(done);
}

bool HubEnd::take_in(const StoreId& from, const IncarnationId& incarnation, const Transaction& transaction, Now now) {
  const bool dedup_off = planted(Bug::forget_dedup) || planted(Bug::hub_applies_skipped);
  if (!authority_.transaction_known(transaction.id) || dedup_off) {
    const UtcMs at = std::min(transaction.at, now.utc.plus(tuning::clock_ahead_max_ms));
    const std::string reason =
        apply(transaction.id, transaction.nature, transaction.actor, transaction.operations, &from, incarnation, at);
    if (!rules_failure_.empty()) {
      if (authority_.count_failure(transaction.id, now.utc) < tuning::poison_tries) return false;
      authority_.keep_poisoned({from, incarnation, transaction, rules_failure_}, now.utc);
      notices_.push_back({"poisoned", from, "the rules failed on transaction " + transaction.id.text + ": " + rules_failure_});
    }
    authority_.record_transaction(transaction.id, now.utc);
    if (!reason.empty() && !planted(Bug::outcome_forgotten)) write_outcome(from, transaction, reason, now.utc);
  }
  authority_.record_applied(from, incarnation, transaction.n, transaction.hash, now.utc);
  return true;
}

std::uint64_t HubEnd::import_greeting(const StoreId& from, OutboxText& outbox, Now now) {
  if (const auto parting = parting_of(from, outbox)) open_parted_life(outbox, *parting);
  Welcome welcome;
  meet_life(from, outbox.hello, now, welcome);
  return welcome.applied ? welcome.applied->n : 0;
}

std::optional<HubMessage> HubEnd::import_batch(const StoreId& from, const Ops& ops, Now now) {
  now_ = now.utc;
  return take_in(from, ops, now);
}

}  // namespace vitrine::sync::ends
