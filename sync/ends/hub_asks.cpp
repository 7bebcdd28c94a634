// SPDX-License-Identifier: Apache-2.0
// Questions of stores for what is not placed with them. Whether a store may see it is judged here; what is found goes into its
// own stream for a time, so that it comes by the one way documents come, and leaves again. Each look-up is recorded.
#include <algorithm>

#include "sync/ends/collections.hpp"
#include "sync/ends/hub_end.hpp"
#include "sync/model/receipt.hpp"
#include "sync/protocol/topics.hpp"
#include "sync/protocol/trust_codec.hpp"
#include "sync/tuning.hpp"

namespace vitrine::sync::ends {

using namespace protocol;

namespace {

// Goods come back without anybody's profile.
bool brings_person(const DocumentKey& key) { return key.collection != "order"; }

// What is asked for by what stands on the paper that comes with the goods. None: not so, or no such name.
std::optional<DocumentKey> on_paper(const Ask& ask) {
  const bool good = (ask.what == "order" && is_order_id(ask.key)) || (ask.what == "receipt" && is_receipt_id(ask.key));
  return good ? std::optional(DocumentKey{ask.what, ask.key}) : std::nullopt;
}

}  // namespace

std::vector<TrustedKey> HubEnd::trusted_keys() {
  std::vector<TrustedKey> keys;
  for (const PageEntry& entry : authority_.live_after(StreamName{"settings"}, {"trust", ""}, 1 << 20)) {
    if (entry.key.collection != "trust" || !entry.body) continue;
    if (auto key = decode_trusted_key(*entry.body)) keys.push_back(*key);
  }
  return keys;
}

// A cart is seen by whoever shows its pass, in the store and at the time for which it was signed. An order or a receipt by
// whoever takes its goods back: its number is on the paper that comes with them; an order names its buyer by first name alone, a
// receipt nobody.
std::string HubEnd::not_for(const StoreId& from, const Ask& ask, Now now, DocumentKey& wanted) {
  if (ask.what == "customer") return customer_not_for(from, ask, now, wanted);
  const bool goods = ask.what == "order" || ask.what == "receipt";
  if (ask.what != "cart" && !goods) return "ask_unknown";
  if (authority_.look_ups_since(from, "", now.utc.plus(-tuning::look_ups_within_ms)) >= tuning::look_ups_max) return "too_many";
  if (goods) {
    const auto named = on_paper(ask);
    const auto document = named ? authority_.document(*named) : std::nullopt;
    if (document && document->body) wanted = *named;
    return document && document->body ? "" : "not_found";
  }
  const bool recent = ask.at.plus(tuning::scan_age_max_ms) >= now.utc && ask.at <= now.utc.plus(tuning::clock_ahead_max_ms);
  const auto pass = open_pass(ask.pass, trusted_keys(), from, recent ? ask.at : now.utc);
  if (!pass) return pass.error().code;
  if (pass->cart.text != ask.key) return "not_allowed";
  wanted = {"cart", ask.key};
  const auto document = authority_.document(wanted);
  return document && document->body ? "" : "not_found";
}

void HubEnd::on(const StoreId& from, const Ask& ask, Now now) {
  const bool holds = ask.what == "hold";
  DocumentKey wanted;
  const std::string code = holds ? hold_elsewhere(from, ask, now) : not_for(from, ask, now, wanted);
  AskAnswer answer{authority_.era(), ask.id, code, {}, now.utc.plus(tuning::lent_for_ms), {}};
  if (answer.code.empty() && !holds) {
    lend(from, wanted, answer.until);
    answer.documents = {wanted};
  }
  authority_.record_look_up({ask.id, from, ask.actor, ask.what, ask.key, answer.code, now.utc});
  answer.own = head_of(own_stream(from));
  reply(from, std::move(answer));
}

// What stands there for another reason is not lent.
void HubEnd::lend(const StoreId& store, const DocumentKey& key, UtcMs until) {
  const StreamName own = own_stream(store);
  const auto standing = authority_.streams_of(key);
  const bool there = std::ranges::find(standing, own) != standing.end();
  if (there && !authority_.lent_until(store, key)) return;
  authority_.put_lent({store, key, until});
  if (there) return;
  if (key.collection == "customer") return stand_at(CustomerId{key.id}, own);
  append(own, key, false);
  const auto document = authority_.document(key);
  const auto person = placement_of(key, document ? document->body : std::nullopt).companion;
  if (person && brings_person(key)) stand_at(*person, own);
}

// What a store works on stays with it while it does.
void HubEnd::lend_longer(const StoreId& store, const DocumentKey& used, UtcMs used_at) {
  const DocumentKey key = used.collection == "consent" ? DocumentKey{"customer", used.id} : used;
  const auto until = authority_.lent_until(store, key);
  if (until && *until < used_at.plus(tuning::lent_for_ms)) authority_.put_lent({store, key, used_at.plus(tuning::lent_for_ms)});
}

void HubEnd::take_back_lent(Now now) {
  now_ = now.utc;
  for (const Lent& lent : authority_.lent_over(now.utc, tuning::lent_taken_back_max)) {
    authority_.drop_lent(lent.store, lent.key);
    const StreamName own = own_stream(lent.store);
    if (lent.key.collection == "customer") {
      if (!belongs(CustomerId{lent.key.id}, own)) leave(CustomerId{lent.key.id}, own);
      continue;
    }
    const auto document = authority_.document(lent.key);
    const Placement placement = placement_of(lent.key, document ? document->body : std::nullopt);
    const auto standing = authority_.streams_of(lent.key);
    // Meanwhile it may belong there: the shopper chose this store.
    if (std::ranges::find(placement.streams, own) != placement.streams.end()) continue;
    if (std::ranges::find(standing, own) == standing.end()) continue;
    append(own, lent.key, true);
    if (placement.companion && brings_person(lent.key) && !belongs(*placement.companion, own)) leave(*placement.companion, own);
  }
  authority_.forget_look_ups_before(now.utc.plus(-tuning::look_ups_kept_ms));
}

}  // namespace vitrine::sync::ends
