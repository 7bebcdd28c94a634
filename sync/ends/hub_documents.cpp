// SPDX-License-Identifier: Apache-2.0
// How the hub changes documents: operations through the rules, versions, and the streams that each document stands in.
#include <algorithm>

#include "sync/ends/collections.hpp"
#include "sync/ends/erasure.hpp"
#include "sync/ends/expiry.hpp"
#include "sync/ends/hub_end.hpp"
#include "sync/planted.hpp"
#include "sync/protocol/customer_codec.hpp"
#include "sync/protocol/outcome_codec.hpp"
#include "sync/protocol/topics.hpp"
#include "sync/tuning.hpp"

namespace vitrine::sync::ends {

using namespace protocol;

namespace {

// Of what is placed by what it says, this is lent to stores that take its goods back.
bool may_visit(std::string_view collection) { return collection == "order" || collection == "receipt"; }

}  // namespace

HubPerformed HubEnd::perform(const HubAction& action, Now now) {
  now_ = now.utc;
  if (authority_.transaction_known(action.id)) return {HubPerformed::What::repeated, ""};
  const std::string reason =
      apply(action.id, Nature::intent, action.actor, action.operations, nullptr, {}, action.at.value_or(now.utc));
  if (!reason.empty()) return {HubPerformed::What::refused, reason};
  authority_.record_transaction(action.id, now.utc);
  return {HubPerformed::What::done, ""};
}

bool HubEnd::put(const DocumentKey& key, std::string body, Now now) {
  now_ = now.utc;
  if (is_of_erased(key, body)) return false;
  const std::optional<Document> before = authority_.document(key);
  if (before && before->body == body) return false;
  mint(key, before, std::move(body), nullptr);
  return true;
}

bool HubEnd::remove(const DocumentKey& key, Now now) {
  now_ = now.utc;
  const std::optional<Document> before = authority_.document(key);
  if (!before || !before->body) return false;
  mint(key, before, std::nullopt, nullptr);
  return true;
}

std::string HubEnd::apply(const TransactionId& id, Nature nature, const std::string& actor,
                          const std::vector<Operation>& operations, const StoreId* store, const IncarnationId& life, UtcMs at) {
  Drafts drafts;
  rules_failure_.clear();
  std::vector<TookEffect> took_effect;
  std::string refused;
  bool skipped = false;  // an operation names somebody who is erased
  bool of_erased = false;
  for (std::size_t index = 0; index < operations.size(); ++index) {
    const Operation& operation = operations[index];
    // ⚑ Before any other rule. It has no effect, and the rest of its transaction has its own. Whoever said it is told, but where
    // the store only noted that somebody did what the transaction is about.
    if ((operation.erased || is_erased(authority_, operation.document)) && !planted(Bug::erased_by_late_word)) {
      if (store == nullptr) return "customer_erased";
      skipped = true;
      of_erased = of_erased || operation.document.collection != "activity";
      continue;
    }
    const auto named = person_named(operation);
    const bool erased = named && is_erased(authority_, *named);
    const bool places = operation.document.collection == "order";
    auto [place, fresh] = drafts.try_emplace(operation.document);
    Draft& draft = place->second;
    if (fresh) {
      draft.before = authority_.document(operation.document);
      if (draft.before) draft.body = draft.before->body;
    }
    std::string reason = store != nullptr ? refused_to(*store, operation, draft, drafts) : std::string();
    if (reason.empty() && erased && !places) reason = "customer_erased";
    const Lineage lineage = draft.before ? draft.before->lineage : Lineage{};
    const rules::ApplyContext context{id,      index,
                                      actor,   at,
                                      lineage, next_version(operation.document, draft.before),
                                      life,    [&](const DocumentKey& key) { return beside(drafts, key); }};
    // It happened, and this hub has forgotten the document that it happened to: purged it, or was set back. Whether it was may be
    // unknown to it still, when a store goes on by a welcome that the hub's backup holds.
    if (reason == "not_placed_here" && nature == Nature::fact && !draft.before) {
      draft.body = begin_from_fact(operation.document, context);
      if (draft.body) reason.clear();
    }
    if (reason.empty()) {
      draft.admitted = true;
      // Of who is not here nothing begins: what a store says of them late is acknowledged, and leaves no more than a tombstone.
      if (!draft.body && !is_person_here(operation.document)) continue;
      std::optional<rules::Verdict<std::optional<std::string>>> tried;
      try {
        tried = rules_(draft.body, operation, context);
      } catch (const std::exception& failure) {
        // Nothing of this transaction is written yet, and nothing will be.
        rules_failure_ = failure.what();
        return "rules_failed";
      }
      auto& verdict = *tried;
      if (verdict) {
        draft.body = std::move(*verdict);
        // Its goods and its money are taken as ever.
        if (erased && draft.body) draft.body = without_person(operation.document, *draft.body);
        if (store != nullptr) took_effect.push_back({*store, actor, at, operation.document, operation.kind});
        continue;
      }
      reason = verdict.error().reason;
    }
    if (refused.empty()) refused = reason;
    const bool whole = nature == Nature::intent ? !planted(Bug::intent_applied_partly) : planted(Bug::fact_stops_at_refusal);
    if (whole) break;
  }
  const bool nothing = !refused.empty() && nature == Nature::intent && !planted(Bug::intent_applied_partly);
  if (nothing && store == nullptr) return refused;
  if (!nothing) took_effect_.insert(took_effect_.end(), took_effect.begin(), took_effect.end());
  of_erased = of_erased || (skipped && drafts.empty());
  for (const auto& [key, draft] : drafts) {
    if (store != nullptr && !nothing && draft.admitted && key.collection == "audit") keep_audit(*store, operations, draft);
  }
  // From a store, a version for every document named, even where nothing changed: it carries the acknowledgement. But none for
  // a document that is not the store's to name: a fact, which is never refused whole, would place it with that store.
  for (auto& [key, draft] : drafts) {
    if (!draft.admitted || (nothing && !draft.before)) continue;
    if (planted(Bug::no_version_when_unchanged) && draft.before && draft.before->body == draft.body) continue;
    mint(key, draft.before, nothing ? draft.before->body : std::move(draft.body), nothing ? nullptr : store);
    if (store != nullptr) lend_longer(*store, key, at);
  }
  return refused.empty() && of_erased ? "customer_erased" : refused;
}

// A platform may give somebody again whom it has not forgotten yet.
bool HubEnd::is_of_erased(const DocumentKey& key, const std::string& body) {
  if (planted(Bug::erased_by_import)) return false;
  if (key.collection == "identity") return is_erased(authority_, customer_of_identity(body));
  return is_erased(authority_, key);
}

// What this transaction has made of a document that it was allowed to name.
Body HubEnd::beside(const Drafts& drafts, const DocumentKey& key) {
  const auto other = drafts.find(key);
  return other != drafts.end() && other->second.admitted ? other->second.body : std::nullopt;
}

std::string HubEnd::refused_to(const StoreId& from, const Operation& operation, const Draft& draft, const Drafts& drafts) {
  const auto streams = authority_.streams_of(operation.document);
  const bool placed = std::ranges::find(streams, own_stream(from)) != streams.end();
  return out_of_scope({from, operation, draft.before.has_value(), placed, draft.admitted, [this] { return trusted_keys(); },
                       [&](const DocumentKey& key) { return beside(drafts, key); }});
}

// ⚑ Within an era the number of a document never starts again, also where its tombstone was forgotten meanwhile.
Version HubEnd::next_version(const DocumentKey& key, const std::optional<Document>& before) {
  const std::uint64_t last = before ? before->lineage.now.number : authority_.number_floor(key.collection);
  return {authority_.era().number, last + 1};
}

void HubEnd::mint(const DocumentKey& key, const std::optional<Document>& before, std::optional<std::string> body,
                  const StoreId* acting) {
  Lineage lineage = before ? before->lineage : Lineage{};
  const Version next = next_version(key, before);
  if (before && lineage.now.era != next.era) {
    lineage.past.push_back(lineage.now);
    std::erase_if(lineage.past, [&](const Version& v) { return v.era == next.era; });
  }
  lineage.now = next;
  if (planted(Bug::number_starts_again) && before && !before->body) lineage.now.number = 1;
  authority_.put_document({key, lineage, body});
  const bool kept = planted(Bug::request_kept_for_ever) && key.collection == "request";
  if (ends_of(key.collection) == Ends::at_expiry && !kept) authority_.put_expiry(key, expiry_of(body));
  if (key.collection == "customer") authority_.put_expiry(key, renewal_of(body));
  place(key, before ? before->body : std::nullopt, body, acting);
}

void HubEnd::place(const DocumentKey& key, const std::optional<std::string>& before, const std::optional<std::string>& body,
                   const StoreId* acting) {
  if (key.collection == "customer" || key.collection == "consent") return place_person(key, before, body, acting);
  const Placement placement = placement_of(key, body);
  if (placement.person) return place_about_person(key, before, body, acting);
  std::vector<StreamName> wanted = placement.streams;
  const std::vector<StreamName> standing = authority_.streams_of(key);
  if (placement.stays || !body) wanted.insert(wanted.end(), standing.begin(), standing.end());
  if (acting != nullptr) wanted.push_back(own_stream(*acting));
  for (const StreamName& stream : may_visit(key.collection) ? standing : std::vector<StreamName>()) {
    const auto owner = owner_of(stream);
    if (owner && authority_.lent_until(*owner, key)) wanted.push_back(stream);
  }
  std::ranges::sort(wanted);
  const auto [tail, end] = std::ranges::unique(wanted);
  wanted.erase(tail, end);
  if (planted(Bug::tombstone_not_written) && !body) return;
  for (const StreamName& stream : wanted) {
    append(stream, key, false);
    // Whoever takes back the goods of another store's order sees nobody's profile for it.
    const bool visits = may_visit(key.collection) && std::ranges::find(placement.streams, stream) == placement.streams.end();
    if (owner_of(stream) && placement.companion && !visits) stand_at(*placement.companion, stream);
  }
  for (const StreamName& stream : standing) {
    const bool leaves = !std::ranges::binary_search(wanted, stream);
    if (leaves && !planted(Bug::removal_not_written)) append(stream, key, true);
    // The person goes with the last of their carts and orders.
    const auto person = placement_of(key, before).companion;
    if (!person || !owner_of(stream) || (!leaves && person == placement.companion)) continue;
    if (!belongs(*person, stream)) leave(*person, stream);
  }
}

void HubEnd::append(const StreamName& stream, const DocumentKey& key, bool removal) {
  changed_from_.try_emplace(stream, authority_.head(stream));
  authority_.append(stream, key, removal);
}

void HubEnd::write_outcome(const StoreId& store, const Transaction& transaction, const std::string& reason, UtcMs at) {
  const DocumentKey key{"outcome", transaction.id.text};
  const std::optional<Document> before = authority_.document(key);
  Transaction told = transaction;
  std::erase_if(told.operations, [this](const Operation& one) { return one.erased || is_erased(authority_, one.document); });
  mint(key, before, encode_outcome(told, reason, at), &store);
}

}  // namespace vitrine::sync::ends
