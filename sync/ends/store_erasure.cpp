// SPDX-License-Identifier: Apache-2.0
// Erasure at a store: what is known of somebody goes as soon as the hub says that they are erased, whatever page brings their
// documents' end, and so do the bodies of this store's own operations on them, waiting or kept. And a store that was without a
// line for too long to know who is erased shows nobody before it has been told.
#include <map>
#include <set>

#include "sync/ends/chain.hpp"
#include "sync/ends/erasure.hpp"
#include "sync/ends/store_end.hpp"
#include "sync/planted.hpp"
#include "sync/protocol/identity.hpp"
#include "sync/protocol/topics.hpp"
#include "sync/tuning.hpp"

namespace vitrine::sync::ends {

namespace {

// What says who somebody is, or what they have in a cart or bought.
bool is_personal(const std::string& collection) {
  return collection == "cart" || collection == "consent" || collection == "customer" || collection == "order" ||
         about_person(collection) != nullptr;
}

}  // namespace

// The erasures that a page has brought.
void StoreEnd::erase(const protocol::Page& page, StoreEffects& out) {
  std::set<std::string> tags;
  for (const PageEntry& entry : page.entries) {
    if (entry.key.collection == "erasure" && entry.body) tags.insert(entry.key.id);
  }
  if (tags.empty()) return;
  const DigestKey key = replica_.digest_key();
  std::map<CustomerId, bool> erased;
  std::set<std::string> found;
  for (const DocumentKey& personal : replica_.personal_keys()) {
    const auto person = person_of(personal);
    if (!person) continue;
    const auto [place, fresh] = erased.try_emplace(*person, false);
    if (fresh) {
      const std::string tag = protocol::customer_tag(key, *person);
      place->second = tags.contains(tag);
      if (place->second) found.insert(tag);
    }
    if (!place->second) continue;
    forget_at_once(personal, out);
    if (!planted(Bug::erased_body_kept)) replica_.scrub_operations(personal);
  }
  out.erased.insert(out.erased.end(), found.begin(), found.end());
}

// The hub's word on it may come later. Name, version and leaf stay until then, so that the digests agree.
void StoreEnd::forget_at_once(const DocumentKey& key, StoreEffects& out) {
  replica_.forget_body(key);
  if (replica_.overlay(key)) replica_.put_view(key, std::nullopt);
  replica_.put_expiry(key, std::nullopt);
  out.changed.push_back(key);
}

// What a fact says of somebody who is erased is kept as little as what others say. It goes up as its hash.
void StoreEnd::scrub_erased(std::vector<Operation>& operations) {
  for (Operation& operation : operations) {
    if (is_erased(replica_, operation.document)) scrub(operation);
  }
}

// The hub may have erased anybody meanwhile, and may have forgotten to tell of it: the documents of people go, and the store's
// place in its own stream is worth nothing, so that it is compared with the hub's by buckets at the next greeting
// (StoreEnd::on(Welcome)). Whoever comes in is served as a stranger; what was done here goes up as ever.
void StoreEnd::drop_after_silence(Now now, StoreEffects& out) {
  const StreamState& own = streams_.at(protocol::own_stream(state_.store));
  if (state_.last_contact.value == 0 || !own.filled || dropped_) return;
  const std::int64_t left_ms = state_.last_contact.value + tuning::silent_max_ms - hub_time(now.utc).value;
  if (left_ms >= 0) {
    const MonoMs at = now.mono.plus(left_ms + 1);
    if (!out.wake_at || at < *out.wake_at) out.wake_at = at;
    return;
  }
  BucketSet all;
  all.set();
  std::vector<DocumentKey> dropped = replica_.keys_in(own.stream, all, {}, std::nullopt);
  std::erase_if(dropped, [](const DocumentKey& key) { return !is_personal(key.collection); });
  for (const DocumentKey& key : dropped) replica_.replace_base(own.stream, {key, {}, std::nullopt, true});
  const auto changed = recompute_views(dropped);
  out.changed.insert(out.changed.end(), changed.begin(), changed.end());
  replica_.clear_staged();
  staged_to_.reset();
  dropped_ = true;
  out.notices.push_back({"silent_too_long", "the hub was not heard for more than 30 days: nobody is shown before it was"});
}

}  // namespace vitrine::sync::ends
