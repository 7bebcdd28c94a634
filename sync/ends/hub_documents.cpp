// SPDX-License-Identifier: Apache-2.0
// How the hub changes documents: operations through the rules, versions, and the streams that each document stands in.
#include <algorithm>

#include "sync/ends/apply_operation.hpp"
#include "sync/ends/hub_end.hpp"
#include "sync/ends/placement.hpp"
#include "sync/protocol/cart_codec.hpp"
#include "sync/protocol/outcome_codec.hpp"
#include "sync/protocol/pass.hpp"
#include "sync/protocol/topics.hpp"
#include "sync/protocol/trust_codec.hpp"
#include "sync/tuning.hpp"

namespace vitrine::sync::ends {

using namespace protocol;

namespace {

// A cart brings its owner's name to every store where it stands, so no store may say whose a cart is, nor put it elsewhere.
bool gives_away(const rules::CartOperation& operation, const StoreId& from) {
  const auto beyond = [&](const auto& named) { return named.owner || (named.store && *named.store != from); };
  if (const auto* add = std::get_if<rules::CartAdd>(&operation)) return beyond(*add);
  if (const auto* assign = std::get_if<rules::CartAssign>(&operation)) return beyond(*assign);
  return false;
}

}  // namespace

HubPerformed HubEnd::perform(const HubAction& action, Now now) {
  if (authority_.transaction_known(action.id)) return {HubPerformed::What::repeated, ""};
  const std::string reason = apply(action.id, Nature::intent, action.actor, action.operations, nullptr, now.utc);
  if (!reason.empty()) return {HubPerformed::What::refused, reason};
  authority_.record_transaction(action.id, now.utc);
  return {HubPerformed::What::done, ""};
}

bool HubEnd::put(const DocumentKey& key, std::string body, Now) {
  const std::optional<Document> before = authority_.document(key);
  if (before && before->body == body) return false;
  mint(key, before, std::move(body), nullptr);
  return true;
}

bool HubEnd::remove(const DocumentKey& key, Now) {
  const std::optional<Document> before = authority_.document(key);
  if (!before || !before->body) return false;
  mint(key, before, std::nullopt, nullptr);
  return true;
}

std::string HubEnd::apply(const TransactionId& id, Nature nature, const std::string& actor,
                          const std::vector<Operation>& operations, const StoreId* store, UtcMs at) {
  std::map<DocumentKey, Draft> drafts;
  std::string refused;
  for (std::size_t index = 0; index < operations.size(); ++index) {
    const Operation& operation = operations[index];
    auto [place, fresh] = drafts.try_emplace(operation.document);
    Draft& draft = place->second;
    if (fresh) {
      draft.before = authority_.document(operation.document);
      if (draft.before) draft.body = draft.before->body;
    }
    std::string reason = store != nullptr ? out_of_scope(*store, operation, draft) : std::string();
    if (reason.empty()) {
      draft.admitted = true;
      const Lineage lineage = draft.before ? draft.before->lineage : Lineage{};
      const Version minting{authority_.era().number, lineage.now.number + 1};
      auto verdict = apply_operation(draft.body, operation, {id, index, actor, at, lineage, minting});
      if (verdict) {
        draft.body = std::move(*verdict);
        continue;
      }
      reason = verdict.error().reason;
    }
    if (refused.empty()) refused = reason;
    if (nature == Nature::intent) break;
  }
  const bool nothing = !refused.empty() && nature == Nature::intent;
  if (nothing && store == nullptr) return refused;
  // From a store, a version for every document named, even where nothing changed: it carries the acknowledgement. But none for
  // a document that is not the store's to name: a fact, which is never refused whole, would place it with that store.
  for (auto& [key, draft] : drafts) {
    if (!draft.admitted || (nothing && !draft.before)) continue;
    mint(key, draft.before, nothing ? draft.before->body : std::move(draft.body), nothing ? nullptr : store);
  }
  return refused;
}

std::string HubEnd::out_of_scope(const StoreId& from, const Operation& operation, const Draft& draft) {
  if (operation.document.collection != "cart") return "not_allowed";
  const auto streams = authority_.streams_of(operation.document);
  const bool placed = std::ranges::find(streams, own_stream(from)) != streams.end();
  const auto decoded = decode_cart_operation(operation.kind, operation.body);
  if (!decoded) return "operation_malformed";
  if (operation.kind != "cart.resume") {
    const bool creates = !draft.before && operation.kind == "cart.add";
    if (!placed && !draft.admitted && !creates) return "not_placed_here";
    return gives_away(*decoded, from) ? "not_allowed" : "";
  }
  // A pass opens a cart that was never placed here: the hub judges it again, at the time of the scan.
  const auto& resume = std::get<rules::CartResume>(*decoded);
  std::vector<TrustedKey> keys;
  for (const PageEntry& entry : authority_.live_after(StreamName{"settings"}, {"trust", ""}, 1 << 20)) {
    if (entry.key.collection != "trust" || !entry.body) continue;
    if (auto key = decode_trusted_key(*entry.body)) keys.push_back(*key);
  }
  const auto pass = open_pass(resume.pass_text, keys, from, resume.scanned_at);
  if (!pass) return pass.error().code;
  const bool same = pass->cart.text == operation.document.id && pass->id == resume.pass.pass &&
                    pass->version == resume.pass.seen && pass->lines.value_or(std::vector<rules::PassLine>{}) == resume.lines;
  return same ? "" : "pass_altered";
}

void HubEnd::mint(const DocumentKey& key, const std::optional<Document>& before, std::optional<std::string> body,
                  const StoreId* acting) {
  const std::uint32_t era = authority_.era().number;
  Lineage lineage = before ? before->lineage : Lineage{};
  if (before && lineage.now.era != era) {
    lineage.past.push_back(lineage.now);
    std::erase_if(lineage.past, [era](const Version& v) { return v.era == era; });
  }
  lineage.now = {era, lineage.now.number + 1};
  authority_.put_document({key, lineage, body});
  place(key, before ? before->body : std::nullopt, body, acting);
}

void HubEnd::place(const DocumentKey& key, const std::optional<std::string>& before, const std::optional<std::string>& body,
                   const StoreId* acting) {
  const Placement placement = placement_of(key, body);
  std::vector<StreamName> wanted = placement.streams;
  const std::vector<StreamName> standing = authority_.streams_of(key);
  if (placement.stays || !body) wanted.insert(wanted.end(), standing.begin(), standing.end());
  if (acting != nullptr) wanted.push_back(own_stream(*acting));
  std::ranges::sort(wanted);
  const auto [tail, end] = std::ranges::unique(wanted);
  wanted.erase(tail, end);
  for (const StreamName& stream : wanted) {
    append(stream, key, false);
    if (!placement.companion || !owner_of(stream)) continue;
    const DocumentKey customer{"customer", placement.companion->text};
    const auto there = authority_.streams_of(customer);
    if (std::ranges::find(there, stream) == there.end() && authority_.document(customer)) append(stream, customer, false);
  }
  for (const StreamName& stream : standing) {
    const bool leaves = !std::ranges::binary_search(wanted, stream);
    if (leaves) append(stream, key, true);
    // The person goes with the last of their carts.
    const auto person = placement_of(key, before).companion;
    if (!person || !owner_of(stream) || (!leaves && person == placement.companion)) continue;
    const DocumentKey customer{"customer", person->text};
    const auto there = authority_.streams_of(customer);
    if (std::ranges::find(there, stream) != there.end() && !accompanies(*person, stream)) append(stream, customer, true);
  }
}

// Whether a live cart of this person stands in the stream.
bool HubEnd::accompanies(const CustomerId& person, const StreamName& stream) {
  DocumentKey after{"cart", ""};
  while (true) {
    const auto run = authority_.live_after(stream, after, tuning::page_bytes);
    if (run.empty()) return false;
    for (const PageEntry& entry : run) {
      if (entry.key.collection != "cart") return false;
      if (placement_of(entry.key, entry.body).companion == person) return true;
    }
    after = run.back().key;
  }
}

void HubEnd::append(const StreamName& stream, const DocumentKey& key, bool removal) {
  changed_from_.try_emplace(stream, authority_.head(stream));
  authority_.append(stream, key, removal);
}

void HubEnd::write_outcome(const StoreId& store, const Transaction& transaction, const std::string& reason, UtcMs at) {
  const DocumentKey key{"outcome", transaction.id.text};
  const std::optional<Document> before = authority_.document(key);
  mint(key, before, encode_outcome(transaction, reason, at), &store);
}

}  // namespace vitrine::sync::ends
