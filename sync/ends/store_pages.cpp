// SPDX-License-Identifier: Apache-2.0
// What a page does: shared streams enter the base page by page; the own stream is staged and enters from one hub commit to
// another, with the acknowledgement that tells which own transactions the base now contains.
#include <algorithm>

#include "sync/ends/store_end.hpp"
#include "sync/tuning.hpp"

namespace vitrine::sync::ends {

using namespace protocol;

void StoreEnd::on(const Page& page, Now now, StoreEffects& out) {
  const auto found = following_.find(page.stream);
  if (page.era != era_ || found == following_.end()) return;
  Following& following = found->second;
  StreamState& stream = streams_.at(page.stream);
  answer_deadline_.reset();

  const std::optional<std::uint64_t> staged_before = staged_to_;
  const bool moved = following.own ? apply_own(page, stream, now, out) : apply_shared(page, stream, out);
  following.heard = std::max(following.heard, page.head);
  if (moved) {
    replica_.put_stream(stream);
    release_held(page.stream, out);
  } else if (!page.fill && stream.filled && page.from > stream.cursor.seq && !following.own) {
    // A push that came before its forerunner.
    if (following.held.size() < tuning::pushes_held_max) following.held.push_back(page);
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
  // A fresh answer's head replaces a heard one: a head that the hub does not have must not be asked for for ever.
  const bool at_head = !page.fill && !page.more && page.to == page.head && stream.cursor.seq == page.head;
  if (at_head && following.heard == following.heard_when_asked) following.heard = page.head;
  if (following.pages_due > 0) --following.pages_due;
  if (following.pages_due == 0 || !page.more) {
    following.pull_deadline.reset();
  } else {
    following.pull_deadline = now.mono.plus(tuning::answer_within_ms);
  }
}

void StoreEnd::on(const StaleCursor& stale, Now now, StoreEffects& out) {
  const auto found = following_.find(stale.stream);
  if (stale.era != era_ || found == following_.end()) return;
  heard_from_hub(now);
  StreamState& stream = streams_.at(stale.stream);
  replica_.forget_stream(stale.stream);
  stream = StreamState{.stream = stale.stream, .filled = false, .cursor = {}, .fill_head = {}, .fill_after = {}};
  replica_.put_stream(stream);
  found->second.heard = 0;
  found->second.pull_deadline.reset();
  found->second.held.clear();
  if (found->second.own) staged_to_.reset();
  out.streams_moved.insert(stale.stream);
}

bool StoreEnd::apply_shared(const Page& page, StreamState& stream, StoreEffects& out) {
  if (page.fill) {
    if (stream.filled || page.fill->after != stream.fill_after || !page.fill->head) return false;
    if (stream.fill_head && *stream.fill_head != *page.fill->head) return false;
  } else if (!stream.filled || page.era != stream.cursor.era || page.from > stream.cursor.seq || page.to <= stream.cursor.seq) {
    return false;
  }
  for (const PageEntry& entry : page.entries) replica_.put_base(page.stream, entry);
  out.streams_moved.insert(page.stream);
  if (!page.fill) {
    stream.cursor.seq = page.to;
    return true;
  }
  stream.fill_head = page.fill->head;
  stream.fill_after = page.fill->last;
  if (!page.more) {
    stream.filled = true;
    stream.cursor = {page.era, *page.fill->head};
    stream.fill_head.reset();
    out.fills_ended.insert(page.stream);
  }
  return true;
}

bool StoreEnd::apply_own(const Page& page, StreamState& stream, Now now, StoreEffects& out) {
  const std::uint64_t place = staged_to_.value_or(stream.cursor.seq);
  const bool first = !stream.filled && page.from == 0 && !staged_to_;
  if (stream.filled && stream.cursor.era != page.era) return false;
  if (page.from > place || (page.to <= place && !first)) return false;
  // A page whose (n, hash) for this incarnation is not in this chain is not applied: hub and store talk of two histories.
  const auto ack = std::ranges::find(page.applied, state_.incarnation, &Applied::incarnation);
  if (ack != page.applied.end()) {
    const auto own = ack->n <= state_.last_n ? replica_.hash_at(ack->n) : std::nullopt;
    if (!own || *own != ack->hash) {
      greeted_ = false;
      say_hello(now, out);
      return false;
    }
  }
  if (page.more) {
    if (!staged_to_) replica_.clear_staged();
    replica_.stage(page.entries);
    staged_to_ = page.to;
    return false;
  }
  std::vector<PageEntry> entries = staged_to_ ? replica_.staged() : std::vector<PageEntry>{};
  entries.insert(entries.end(), page.entries.begin(), page.entries.end());
  if (staged_to_) replica_.clear_staged();
  staged_to_.reset();

  std::vector<DocumentKey> touched;
  for (const PageEntry& entry : entries) {
    replica_.put_base(page.stream, entry);
    touched.push_back(entry.key);
  }
  if (ack != page.applied.end() && ack->n > state_.ack.n) {
    const std::vector<DocumentKey> named = replica_.documents_named(state_.ack.n, ack->n);
    touched.insert(touched.end(), named.begin(), named.end());
    state_.ack = *ack;
    state_.applied_n = std::max(state_.applied_n, ack->n);
  }
  std::ranges::sort(touched);
  const auto [tail, end] = std::ranges::unique(touched);
  touched.erase(tail, end);
  touched = recompute_views(touched);
  out.changed.insert(out.changed.end(), touched.begin(), touched.end());
  out.streams_moved.insert(page.stream);
  if (!stream.filled) out.fills_ended.insert(page.stream);
  stream.filled = true;
  stream.cursor = {page.era, page.to};
  return true;
}

void StoreEnd::release_held(const StreamName& name, StoreEffects& out) {
  Following& following = following_.at(name);
  StreamState& stream = streams_.at(name);
  for (bool moved = true; moved;) {
    moved = false;
    for (auto held = following.held.begin(); held != following.held.end();) {
      if (held->to <= stream.cursor.seq) {
        held = following.held.erase(held);
      } else if (held->from <= stream.cursor.seq && apply_shared(*held, stream, out)) {
        replica_.put_stream(stream);
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
