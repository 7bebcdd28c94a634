// SPDX-License-Identifier: Apache-2.0
// What a person's action does: one transaction into the outbox and its effect into the view, or neither. And the view itself:
// the base, then every own transaction that the base does not contain, in order, through the rules.
#include <algorithm>
#include <map>

#include "sync/ends/apply_operation.hpp"
#include "sync/ends/chain.hpp"
#include "sync/ends/store_end.hpp"
#include "sync/tuning.hpp"

namespace vitrine::sync::ends {

namespace {

// The operations of one transaction that name `key`, applied to `body`. Empty reason: done. A refused intent leaves `body` as
// it was; of a fact, the operations that have an effect have it.
std::string apply_transaction(const Transaction& transaction, const DocumentKey& key, const Lineage& lineage,
                              std::optional<std::string>& body) {
  std::optional<std::string> after = body;
  std::string reason;
  for (std::size_t index = 0; index < transaction.operations.size(); ++index) {
    const Operation& operation = transaction.operations[index];
    if (operation.document != key) continue;
    const rules::ApplyContext context{transaction.id, index, transaction.actor, transaction.at, lineage, Version{}};
    auto verdict = apply_operation(after, operation, context);
    if (verdict) {
      after = std::move(*verdict);
      continue;
    }
    reason = verdict.error().reason;
    if (transaction.nature == Nature::intent) return reason;
  }
  body = std::move(after);
  return reason;
}

}  // namespace

StoreEnd::Seen StoreEnd::view_of(const DocumentKey& key) {
  const std::optional<Document> base = replica_.base(key);
  Seen seen{base ? base->body : std::nullopt, base ? base->lineage : Lineage{}, false};
  for (const Transaction& transaction : replica_.transactions_on(key, state_.ack.n)) {
    // A refused intent is hidden in the view; the hub will answer it with an outcome.
    static_cast<void>(apply_transaction(transaction, key, seen.lineage, seen.body));
    seen.own = true;
  }
  return seen;
}

// The same without a replay: the overlay is the replay's result, kept since the last commit. A person's tap must not cost more
// the longer the hub is away.
StoreEnd::Seen StoreEnd::seen_now(const DocumentKey& key) {
  const std::optional<Document> base = replica_.base(key);
  Seen seen{base ? base->body : std::nullopt, base ? base->lineage : Lineage{}, false};
  if (auto overlay = replica_.overlay(key)) {
    seen.body = std::move(overlay->body);
    seen.own = true;
  }
  return seen;
}

void StoreEnd::recompute_view(const DocumentKey& key) {
  const Seen seen = view_of(key);
  if (seen.own) {
    replica_.put_view(key, seen.body);
  } else {
    replica_.drop_view(key);
  }
}

Performed StoreEnd::perform(const LocalAction& action, Now now) {
  Performed out;
  if (replica_.n_of(action.id)) {
    out.what = Performance::repeated;
    return out;
  }
  Transaction transaction;
  transaction.id = action.id;
  transaction.n = state_.last_n + 1;
  transaction.nature = action.nature;
  transaction.at = hub_time(now.utc);
  transaction.actor = action.actor;
  transaction.operations = action.operations;
  for (Operation& operation : transaction.operations) operation.salt = chance_.hex_128();

  std::map<DocumentKey, std::optional<std::string>> bodies;
  for (const Operation& operation : transaction.operations) {
    if (bodies.contains(operation.document)) continue;
    Seen seen = seen_now(operation.document);
    const std::string reason = apply_transaction(transaction, operation.document, seen.lineage, seen.body);
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
    out.effects.changed.push_back(key);
  }
  state_.last_n = transaction.n;
  state_.last_hash = transaction.hash;
  out.effects = finish(std::move(out.effects), now);
  return out;
}

}  // namespace vitrine::sync::ends
