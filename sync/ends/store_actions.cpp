// SPDX-License-Identifier: Apache-2.0
// What a person's action does: one transaction into the outbox and its effect into the view, or neither. And the view itself:
// the base, then every own transaction that the base does not contain, in order, through the rules.
#include <algorithm>
#include <map>
#include <set>

#include "sync/ends/chain.hpp"
#include "sync/ends/collections.hpp"
#include "sync/ends/erasure.hpp"
#include "sync/ends/expiry.hpp"
#include "sync/ends/store_end.hpp"
#include "sync/planted.hpp"
#include "sync/tuning.hpp"

namespace vitrine::sync::ends {

namespace {

// The operations of one transaction that name `key`, applied to `body`. Empty reason: done. A refused intent leaves `body` as
// it was; of a fact, the operations that have an effect have it.
std::string apply_transaction(const Transaction& transaction, const DocumentKey& key, const Lineage& lineage,
                              const IncarnationId& life, std::optional<std::string>& body) {
  std::optional<std::string> after = body;
  std::string reason;
  for (std::size_t index = 0; index < transaction.operations.size(); ++index) {
    const Operation& operation = transaction.operations[index];
    if (operation.document != key || operation.erased) continue;
    const rules::ApplyContext context{transaction.id, index, transaction.actor, transaction.at, lineage, Version{}, life};
    auto verdict = apply_operation(after, operation, context);
    if (verdict) {
      after = std::move(*verdict);
      continue;
    }
    reason = verdict.error().reason;
    if (transaction.nature == Nature::intent && !planted(Bug::refused_intent_shown)) return reason;
  }
  body = std::move(after);
  return reason;
}

bool can_travel(const Transaction& transaction) {
  std::size_t bytes = 0;
  for (const Operation& operation : transaction.operations) {
    if (operation.body.size() > tuning::operation_body_bytes_max) return false;
    bytes += operation.body.size();
  }
  return transaction.operations.size() <= tuning::transaction_operations_max && bytes <= tuning::ops_bytes_max &&
         transaction.actor.size() <= tuning::actor_bytes_max;
}

}  // namespace

// Without a replay: the overlay is the replay's result, kept since the last commit. A person's tap must not cost more the
// longer the hub is away.
StoreEnd::Seen StoreEnd::seen_now(const DocumentKey& key) {
  const std::optional<Document> base = replica_.base(key);
  Seen seen{base ? base->body : std::nullopt, base ? base->lineage : Lineage{}, false};
  if (auto overlay = replica_.overlay(key)) {
    seen.body = std::move(overlay->body);
    seen.own = true;
  }
  return seen;
}

// Replays the own transactions that the base does not contain. An intent that is refused hides all its operations, so
// documents that stand in one transaction are replayed together. Answers every document whose view was made anew.
std::vector<DocumentKey> StoreEnd::recompute_views(const std::vector<DocumentKey>& touched) {
  std::set<DocumentKey> done;
  for (const DocumentKey& key : touched) {
    if (done.contains(key)) continue;
    std::vector<DocumentKey> joined = {key};
    std::map<std::uint64_t, Transaction> replay;
    std::map<DocumentKey, Seen> seen;
    done.insert(key);
    for (std::size_t i = 0; i < joined.size(); ++i) {
      const std::optional<Document> base = replica_.base(joined[i]);
      Seen& one = seen[joined[i]];
      if (base) one = {base->body, base->lineage, false};
      for (Transaction& transaction : replica_.transactions_on(joined[i], state_.ack.n)) {
        one.own = true;
        if (!is_whole(transaction)) continue;
        for (const Operation& operation : transaction.operations) {
          if (done.insert(operation.document).second) joined.push_back(operation.document);
        }
        replay.emplace(transaction.n, std::move(transaction));
      }
    }
    for (const auto& [n, transaction] : replay) {
      std::map<DocumentKey, std::optional<std::string>> after;
      bool refused = false;
      for (const Operation& operation : transaction.operations) {
        if (after.contains(operation.document)) continue;
        const Seen& before = seen.at(operation.document);
        std::optional<std::string> body = before.body;
        const std::string reason = apply_transaction(transaction, operation.document, before.lineage, state_.incarnation, body);
        refused = refused || (!reason.empty() && transaction.nature == Nature::intent);
        after.emplace(operation.document, std::move(body));
      }
      // The hub will answer it with an outcome.
      if (refused && !planted(Bug::refused_intent_shown)) continue;
      for (auto& [changed, body] : after) seen.at(changed).body = std::move(body);
    }
    for (auto& [document, view] : seen) {
      const auto expires = expiry_of(view.body);
      // It was forgotten here, and what the replay makes of the rest is as old.
      if (view.own && expires && *expires <= hub_now_) view.body.reset();
      if (view.own && view.body && is_erased(replica_, document)) view.body.reset();
      note_expiry(document, view.body ? expires : std::nullopt);
      if (view.own) {
        replica_.put_view(document, view.body);
      } else {
        replica_.drop_view(document);
      }
    }
  }
  return {done.begin(), done.end()};
}

Performed StoreEnd::perform(const LocalAction& action, Now now) {
  Performed out;
  follow_clock(now);
  hub_now_ = hub_time(now.utc);
  const bool repeated = replica_.n_of(action.id).has_value();
  if (repeated && !planted(Bug::repeat_not_noticed)) {
    out.what = Performance::repeated;
    return out;
  }
  Transaction transaction;
  transaction.id = repeated ? TransactionId{chance_.hex_128()} : action.id;
  transaction.n = state_.last_n + 1;
  transaction.nature = action.nature;
  transaction.at = hub_time(now.utc);
  transaction.actor = action.actor;
  transaction.operations = action.operations;
  const bool of_erased = std::ranges::any_of(
      action.operations, [this](const Operation& operation) { return is_erased(replica_, operation.document); });
  if (of_erased && action.nature == Nature::intent) {
    out.what = Performance::refused;
    out.reason = "customer_erased";
    return out;
  }
  for (Operation& operation : transaction.operations) operation.salt = chance_.hex_128();
  // What cannot travel must not be confirmed: it would stand in the outbox for ever, and all behind it.
  if (!can_travel(transaction)) {
    out.what = Performance::refused;
    out.reason = "action_too_large";
    return out;
  }
  if (of_erased) scrub_erased(transaction.operations);

  std::map<DocumentKey, std::optional<std::string>> bodies;
  for (const Operation& operation : transaction.operations) {
    if (bodies.contains(operation.document)) continue;
    Seen seen = seen_now(operation.document);
    const std::string reason = apply_transaction(transaction, operation.document, seen.lineage, state_.incarnation, seen.body);
    if (!reason.empty() && action.nature == Nature::intent) {
      out.what = Performance::refused;
      out.reason = reason;
      return out;
    }
    bodies[operation.document] = std::move(seen.body);
  }

  transaction.hash = chain_hash(state_.last_hash, transaction);
  replica_.append(transaction);
  for (const auto& [key, body] : bodies) {
    replica_.put_view(key, body);
    note_expiry(key, expiry_of(body));
    out.effects.changed.push_back(key);
  }
  state_.last_n = transaction.n;
  state_.last_hash = transaction.hash;
  out.effects = finish(std::move(out.effects), now);
  return out;
}

void StoreEnd::send_outbox(Now now, StoreEffects& out) {
  // A page's acknowledgement ends a batch as well as `applied` does, whichever comes first.
  if (ops_deadline_ && state_.applied_n >= ops_upto_) ops_deadline_.reset();
  if (ops_deadline_ || state_.applied_n >= state_.last_n) return;
  std::vector<Transaction> batch =
      replica_.transactions_after(state_.applied_n, tuning::ops_transactions_max, tuning::ops_bytes_max);
  // A damaged one must not be said; what stands before it goes up.
  const auto damaged = std::ranges::find_if(batch, [this](const Transaction& one) { return !is_whole(one); });
  if (damaged == batch.begin() && damaged != batch.end()) return set_damaged_aside(damaged->n, now, out);
  batch.erase(damaged, batch.end());
  if (batch.empty()) return;
  const std::uint64_t first_n = batch.front().n;
  ops_upto_ = batch.back().n;
  const Hash previous = first_n == 1 ? Hash{} : replica_.hash_at(first_n - 1).value_or(Hash{});
  out.sends.push_back(protocol::Ops{era_, token_, state_.incarnation, first_n, previous, std::move(batch)});
  ops_deadline_ = now.mono.plus(planted(Bug::outbox_not_resent) ? INT32_MAX : tuning::answer_within_ms);
  if (planted(Bug::clear_on_puback)) state_.applied_n = ops_upto_;
}

void StoreEnd::on(const protocol::OpsApplied& applied, Now now, StoreEffects& out) {
  if (applied.era != era_ || applied.incarnation != state_.incarnation) return;
  heard_from_hub(now);
  if (applied.n <= state_.applied_n) return;
  const auto own = replica_.hash_at(applied.n);
  if (!own || *own != applied.hash) return say_hello(now, out);
  state_.applied_n = applied.n;
  if (planted(Bug::clear_on_applied)) {
    const auto named = replica_.documents_named(state_.ack.n, applied.n);
    state_.ack = {applied.incarnation, applied.n, applied.hash};
    out.changed = recompute_views(named);
  }
  refusals_in_a_row_ = 0;
}

}  // namespace vitrine::sync::ends
