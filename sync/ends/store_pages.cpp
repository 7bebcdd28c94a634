// SPDX-License-Identifier: Apache-2.0
// What a page does: shared streams enter the base page by page; the own stream is staged and enters from one hub commit to
// another, with the acknowledgement that tells which own transactions the base now contains.
#include <algorithm>

#include "sync/ends/erasure.hpp"
#include "sync/ends/store_end.hpp"
#include "sync/planted.hpp"
#include "sync/tuning.hpp"

namespace vitrine::sync::ends {

using namespace protocol;

namespace {

bool ignored_by_plant(const PageEntry& entry) {
  return (planted(Bug::removal_ignored) && entry.removal) || (planted(Bug::tombstone_ignored) && !entry.removal && !entry.body);
}

std::size_t body_bytes(const Page& page) {
  std::size_t bytes = 0;
  for (const PageEntry& entry : page.entries) bytes += entry.key.id.size() + (entry.body ? entry.body->size() : 0);
  return bytes;
}

}  // namespace

void StoreEnd::on(const Page& page, Now now, StoreEffects& out) {
  const auto found = following_.find(page.stream);
  if (page.era != era_ || found == following_.end()) return;
  Following& following = found->second;
  StreamState& stream = streams_.at(page.stream);
  answer_deadline_.reset();
  following.heard = std::max(following.heard, page.head);
  take_page(page, following, stream, now, out);
  if (page.more || page.fill) return;
  compare_digest(page.stream, {page.era, page.to}, page.digest, now);
}

void StoreEnd::take_page(const Page& page, Following& following, StreamState& stream, Now now, StoreEffects& out) {
  const std::optional<std::uint64_t> staged_before = staged_to_;
  const bool repairs = page.fill && page.fill->buckets;
  bool moved = false;
  if (repairs && (!following.own || chain_has(page, now, out))) {
    moved = apply_repair(page, following, stream, out);
  } else if (!repairs && !stream.repair) {
    moved = following.own ? apply_own(page, following, stream, now, out) : apply_shared(page, stream, out);
  }
  // Of the own stream the rows know nothing before a whole page of its state is in.
  if (moved && !(following.own && (stream.repair || staged_to_))) {
    replica_.put_stream(stream);
    release_held(page.stream, now, out);
  } else if (!page.fill && stream.filled && !stream.repair && page.from > stream.cursor.seq && !following.own) {
    // A push that came before its forerunner.
    hold(page, following);
    if (!following.pull_deadline && !following.pull_at) {
      following.pull_at = now.mono.plus(chance_.below(tuning::push_pull_jitter_ms));
    }
  }

  if (!following.pull_deadline) return;
  // A push that does not fit yet answers no pull: were it counted, a stream that changes often would be asked for anew with
  // every push, and its fill would never end.
  const bool went_on = moved || (following.own && staged_to_ != staged_before);
  const bool nothing_new = !page.more && page.to <= stream.cursor.seq;
  if (!went_on && !nothing_new) return;
  // A fresh answer's head replaces a heard one: a head that the hub does not have must not be asked for for ever. A push that
  // was read before what is here was is no fresh answer.
  const bool fresh = !page.fill && !page.more && page.head >= stream.read_head;
  const bool at_head = fresh && page.to == page.head && stream.cursor.seq == page.head;
  if (at_head && following.heard == following.heard_when_asked) following.heard = page.head;
  if (following.pages_due > 0) --following.pages_due;
  if (following.pages_due == 0 || !page.more) {
    following.pull_deadline.reset();
  } else {
    following.pull_deadline = now.mono.plus(tuning::answer_within_ms);
  }
}

void StoreEnd::on(const StaleCursor& stale, Now now, StoreEffects&) {
  const auto found = following_.find(stale.stream);
  if (stale.era != era_ || found == following_.end()) return;
  heard_from_hub(now);
  Following& following = found->second;
  StreamState& stream = streams_.at(stale.stream);
  // Where a repair of another era was under way, it begins anew: what is here is compared as it is.
  stream.repair.reset();
  stream.fill_head.reset();
  stream.fill_after = {};
  following.compare = Following::Compare::stale;
  following.untrue = 0;
  following.heard = 0;
  following.pull_deadline.reset();
  following.pull_at.reset();
  following.held.clear();
  following.staged_repair = false;
  if (following.own) staged_to_.reset();
}

bool StoreEnd::apply_shared(const Page& page, StreamState& stream, StoreEffects& out) {
  if (page.fill) {
    if (stream.filled || page.fill->after != stream.fill_after || !page.fill->head) return false;
    if (stream.fill_head && *stream.fill_head != *page.fill->head) return false;
  } else if (!stream.filled || page.era != stream.cursor.era || (page.from > stream.cursor.seq && !planted(Bug::gap_skipped)) ||
             (page.to <= stream.cursor.seq && !planted(Bug::older_base_applied))) {
    return false;
  }
  // A push that was read before what is here was: it would bring back what has changed or gone since.
  if (!page.fill && page.head < stream.read_head && !planted(Bug::older_base_applied)) return false;
  stream.read_head = std::max(stream.read_head, page.head);
  for (PageEntry entry : page.entries) {
    if (ignored_by_plant(entry)) continue;
    // Nothing asks what a shared document was: pages that come late are known by their heads.
    entry.removal = entry.removal || !entry.body;
    replica_.put_base(page.stream, entry);
  }
  out.streams_moved.insert(page.stream);
  erase(page, out);
  if (!page.fill) {
    stream.cursor.seq = page.to;
    return true;
  }
  stream.fill_head = page.fill->head;
  stream.fill_era = page.era;
  stream.fill_after = page.fill->last;
  if (planted(Bug::fill_key_ahead) && page.more) stream.fill_after.id += '0';
  if (!page.more) {
    stream.filled = true;
    stream.cursor = {page.era, *page.fill->head};
    if (planted(Bug::fill_cursor_too_far)) stream.cursor.seq = std::max(stream.cursor.seq, following_.at(page.stream).heard);
    stream.fill_head.reset();
    out.fills_ended.insert(page.stream);
  }
  return true;
}

// ⚑ A page whose (n, hash) for this incarnation is not in this chain is not applied: hub and store talk of two histories.
bool StoreEnd::chain_has(const Page& page, Now now, StoreEffects& out) {
  const auto ack = std::ranges::find(page.applied, state_.incarnation, &Applied::incarnation);
  const bool same = ack == page.applied.end() || own_hash(ack->n) == ack->hash;
  // A hub that was set back and has made new changes in the same era shows no place that it lacks, but it acknowledges less of
  // this line of descent than it did, whichever lives it still names. In another era that is how it is: what it lost goes up
  // again.
  const StreamState& stream = streams_.at(page.stream);
  const bool set_back = stream.filled && stream.cursor.era == page.era && covered_by(page.applied) < state_.ack.n;
  if (same && !set_back) return true;
  greeted_ = false;
  // The greeting shows the hub what it lacks. One that goes on as before, until somebody mends it, is not asked in a circle.
  if (pages_refused_++ == 0) {
    say_hello(now, out);
  } else {
    turned_away("history_mismatch", now, out);
  }
  return false;
}

bool StoreEnd::apply_own(const Page& page, Following& following, StreamState& stream, Now now, StoreEffects& out) {
  const std::uint64_t place = staged_to_.value_or(stream.cursor.seq);
  const bool first = !stream.filled && page.from == 0 && !staged_to_;
  if (stream.filled && stream.cursor.era != page.era && !staged_to_) return false;
  if (page.from > place && !planted(Bug::gap_skipped)) return false;
  if (page.to <= place && !first && !planted(Bug::older_base_applied)) return false;
  // ⚑ A push that was read before what is staged was: what has changed since stands further on, and the two together are no
  // state that the stream ever had.
  if (staged_to_ && page.head < staged_head_ && !planted(Bug::late_push_ends_stage)) return false;
  if (!chain_has(page, now, out)) return false;
  if (page.more && !planted(Bug::page_over_commit_border)) {
    if (!staged_to_) replica_.clear_staged();
    replica_.stage(page.entries);
    staged_head_ = page.head;
    staged_to_ = page.to;
    return false;
  }
  enter_own(page.entries, page, {staged_to_.has_value(), following.staged_repair}, stream, out);
  pages_refused_ = 0;
  staged_to_.reset();
  following.staged_repair = false;
  return true;
}

// The own stream is at `page.to` now, and the base contains what the page says is applied. What was staged comes before `last`, a
// portion at a time.
void StoreEnd::enter_own(const std::vector<PageEntry>& last, const Page& page, Arrival arrival, StreamState& stream,
                         StoreEffects& out) {
  const bool replaced = !stream.filled || stream.cursor.era != page.era;  // a first base, or one of another history
  const std::vector<DocumentKey> named = move_ack(page.applied, replaced);
  if (arrival.staged) {
    std::size_t entered = 0;
    for (auto some = replica_.staged(0, tuning::staged_at_once); !some.empty();
         some = replica_.staged(entered, tuning::staged_at_once)) {
      enter_portion(some, page.stream, arrival.hubs_word, {}, out);
      entered += some.size();
    }
    replica_.clear_staged();
  }
  enter_portion(last, page.stream, arrival.hubs_word, named, out);
  out.streams_moved.insert(page.stream);
  if (!stream.filled) out.fills_ended.insert(page.stream);
  stream.filled = true;
  stream.cursor = {page.era, page.to};
}

// `also`: documents whose views are to be made anew with those of the entries.
void StoreEnd::enter_portion(const std::vector<PageEntry>& entries, const StreamName& stream, bool hubs_word,
                             std::vector<DocumentKey> also, StoreEffects& out) {
  std::vector<DocumentKey> touched = std::move(also);
  for (const PageEntry& entry : entries) {
    if (ignored_by_plant(entry)) continue;
    if (hubs_word) {
      replica_.replace_base(stream, entry);
    } else {
      replica_.put_base(stream, entry);
    }
    touched.push_back(entry.key);
    // ⚑ Read at the hub before they were erased; what they are now is on its way.
    if (entry.body && is_erased(replica_, entry.key)) replica_.forget_body(entry.key);
  }
  std::ranges::sort(touched);
  const auto [tail, end] = std::ranges::unique(touched);
  touched.erase(tail, end);
  if (!planted(Bug::view_not_recomputed)) touched = recompute_views(touched);
  for (const PageEntry& entry : entries) {
    if (!entry.removal && !entry.body) note_expiry(entry.key, hub_now_.plus(tuning::tombstone_kept_ms));
  }
  out.much_changed = out.much_changed || out.changed.size() + touched.size() > tuning::changed_named_max;
  if (out.much_changed) {
    out.changed.clear();
  } else {
    out.changed.insert(out.changed.end(), touched.begin(), touched.end());
  }
}

std::size_t StoreEnd::held_bytes() const {
  std::size_t bytes = 0;
  for (const auto& [name, one] : following_) {
    for (const Page& held : one.held) bytes += body_bytes(held);
  }
  return bytes;
}

// At most a few, and not many bytes: what is not held is pulled.
void StoreEnd::hold(const Page& page, Following& following) {
  const bool known =
      std::ranges::any_of(following.held, [&](const Page& held) { return held.from == page.from && held.to == page.to; });
  if (known || following.held.size() >= tuning::pushes_held_max ||
      held_bytes() + body_bytes(page) > tuning::pushes_held_bytes_max)
    return;
  following.held.push_back(page);
}

void StoreEnd::release_held(const StreamName& name, Now now, StoreEffects& out) {
  Following& following = following_.at(name);
  StreamState& stream = streams_.at(name);
  for (bool moved = true; moved;) {
    moved = false;
    for (auto held = following.held.begin(); held != following.held.end();) {
      if (held->to <= stream.cursor.seq) {
        held = following.held.erase(held);
      } else if (held->from <= stream.cursor.seq && apply_shared(*held, stream, out)) {
        replica_.put_stream(stream);
        compare_digest(name, {held->era, held->to}, held->digest, now);
        held = following.held.erase(held);
        moved = true;
      } else {
        ++held;
      }
    }
  }
  if (stream.cursor.seq >= following.heard) following.pull_at.reset();
}

}  // namespace vitrine::sync::ends
