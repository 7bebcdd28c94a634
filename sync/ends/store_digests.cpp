// SPDX-License-Identifier: Apache-2.0
// Digests: whether this store has what the hub has, and how the difference comes. A stale cursor and a digest that differs lead
// to the same talk: all 256 sums go up, the hub names the buckets that differ and a head, and a fill of these buckets alone
// replaces what they hold. At its end the cursor is that head.
#include <algorithm>
#include <set>

#include "sync/ends/store_end.hpp"
#include "sync/planted.hpp"
#include "sync/protocol/topics.hpp"
#include "sync/tuning.hpp"

namespace vitrine::sync::ends {

using namespace protocol;

// ⚑ Only where the base is the stream's state at the highest head that was heard: between heads a compacted stream is a place
// and not a state, and an honest difference would be "repaired".
void StoreEnd::compare_digest(const StreamName& name, const Cursor& at, const std::optional<Sum128>& digest, Now now) {
  Following& following = following_.at(name);
  const StreamState& stream = streams_.at(name);
  if ((!digest && !following.check) || !stream.filled || stream.repair || (following.own && staged_to_)) return;
  if (stream.cursor != at || following.heard > at.seq || following.compare != Following::Compare::none) return;
  // Until it is compared, and not only asked for: a pull whose answer was lost is sent again, and nothing else would notice what
  // the disk has done. Of a hub that says no digests the buckets are asked for at once.
  following.check = false;
  if (digest && replica_.sums(name).total() == *digest) {
    following.repair_pause_ms = 0;
    following.repair_after.reset();
    return;
  }
  if (following.repair_after && *following.repair_after > now.mono) {
    following.check = true;  // then
    following.pull_at = following.repair_after;
    return;
  }
  following.compare = Following::Compare::differs;
}

// True: a question about this stream's buckets went out.
bool StoreEnd::ask_for_repair(const StreamName& name, Now now, StoreEffects& out) {
  Following& following = following_.at(name);
  if (following.compare == Following::Compare::none) return false;
  StreamState& stream = streams_.at(name);
  if (following.compare == Following::Compare::differs) {
    // The sums themselves may be what is wrong: they are believed only when they follow from the bodies.
    following.untrue = replica_.recount(name);
    following.repair_pause_ms = std::clamp(2 * following.repair_pause_ms, tuning::repair_again_ms, tuning::repair_again_max_ms);
    following.repair_after = now.mono.plus(following.repair_pause_ms);
    ++stream.repairs;
    stream.repaired_at = hub_time(now.utc);
    replica_.put_stream(stream);
    following.compare = Following::Compare::recounted;
  }
  out.sends.push_back(DigestQuestion{name, stream.cursor, replica_.sums(name)});
  following.pages_due = 1;
  return true;
}

void StoreEnd::on(const DifferingBuckets& answer, Now now, StoreEffects& out) {
  const auto found = following_.find(answer.stream);
  if (answer.era != era_ || found == following_.end()) return;
  heard_from_hub(now);
  Following& following = found->second;
  if (following.compare == Following::Compare::none) return;  // not asked, or answered already
  const bool stale = following.compare == Following::Compare::stale;
  following.compare = Following::Compare::none;
  following.pull_deadline.reset();
  following.held.clear();
  following.heard = std::max(following.heard, answer.head);
  StreamState& stream = streams_.at(answer.stream);
  stream.repair = answer.buckets;
  stream.fill_head = answer.head;
  stream.fill_after = {};
  stream.fill_era = answer.era;
  stream.read_head = 0;
  out.repairs.push_back({answer.stream, stale, answer.buckets.count(), following.untrue});
  out.notices.push_back(
      {stale ? "cursor_stale" : "digest_differs", answer.stream.text + ": " + std::to_string(answer.buckets.count()) +
                                                      " of 256 buckets are fetched anew, " + std::to_string(following.untrue) +
                                                      " documents here were not what they had been"});
  if (following.own) {
    // Staged only, so it begins anew after a crash: the rows know nothing of it until all of it is in.
    replica_.clear_staged();
    staged_to_.reset();
    following.staged_repair = true;
    return;
  }
  replica_.put_stream(stream);
}

// A page of a repair: what the hub has of these buckets between two keys is put, what else is here goes.
bool StoreEnd::apply_repair(const Page& page, Following& following, StreamState& stream, StoreEffects& out) {
  if (!stream.repair || page.fill->buckets != stream.repair || page.era != stream.fill_era) return false;
  if (page.fill->after != stream.fill_after || page.fill->head != stream.fill_head) return false;
  std::set<DocumentKey> present;
  for (const PageEntry& entry : page.entries) present.insert(entry.key);
  const auto upto = page.more ? std::optional(page.fill->last) : std::nullopt;
  std::vector<PageEntry> entries;
  for (DocumentKey& key : replica_.keys_in(page.stream, *stream.repair, stream.fill_after, upto)) {
    if (!present.contains(key)) entries.push_back({std::move(key), {}, std::nullopt, true});
  }
  entries.insert(entries.end(), page.entries.begin(), page.entries.end());
  stream.fill_after = page.fill->last;
  stream.read_head = std::max(stream.read_head, page.head);
  if (following.own) {
    const std::uint64_t head = *stream.fill_head;
    if (page.more || page.head != head) {
      replica_.stage(entries);
      if (page.more) return true;
      // The hub went on while the pages came: what they are together is no state of it until the rest is staged too.
      staged_head_ = page.head;
      staged_to_ = head;
    } else {
      Page last = page;
      last.to = head;
      enter_own(entries, last, {.staged = true, .hubs_word = true}, stream, out);
      following.staged_repair = false;
    }
    stream.repair.reset();
    stream.fill_head.reset();
    stream.fill_after = {};
    return true;
  }
  for (const PageEntry& entry : entries) replica_.replace_base(page.stream, entry);
  erase(page, out);
  out.streams_moved.insert(page.stream);
  if (page.more) return true;
  if (!stream.filled) out.fills_ended.insert(page.stream);
  stream.filled = true;
  stream.cursor = {page.era, *stream.fill_head};
  stream.repair.reset();
  stream.fill_head.reset();
  stream.fill_after = {};
  return true;
}

// The talk is over, or another one begins: what was staged of the own stream is worth nothing now.
void StoreEnd::drop_own_repair() {
  for (auto& [name, following] : following_) {
    // What differed still does, and where nothing changes no page would say so again.
    following.check = following.check || following.compare != Following::Compare::none;
    following.compare = Following::Compare::none;
    if (!following.own) continue;
    StreamState& stream = streams_.at(name);
    if (following.staged_repair) {
      stream.repair.reset();
      stream.fill_head.reset();
      stream.fill_after = {};
    }
    following.staged_repair = false;
  }
}

// Some bodies at a time, all of them within an hour or two: a disk that turned a bit over does not say so. What is not true is
// counted into the sums; then the hub's digest differs, and the repair is the same as every other.
void StoreEnd::check_base(Now now) {
  if (planted(Bug::damage_not_looked)) return;
  const Replica::Checked checked = replica_.check_base(checked_to_, tuning::base_check_rows);
  checked_to_ = checked.last;
  for (const StreamName& name : checked.untrue) {
    const auto found = following_.find(name);
    if (found == following_.end()) continue;
    found->second.untrue = replica_.recount(name);
    found->second.pull_at = now.mono;
    found->second.check = true;
  }
}

}  // namespace vitrine::sync::ends
