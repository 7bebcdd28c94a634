// SPDX-License-Identifier: Apache-2.0
// Whether hub and store speak of one history, and what the store does when they do not: it finds the last common n, opens a new
// incarnation there and goes on. Numbers and hashes go on from the parting, so what comes after keeps both; only the name of the
// life that did it is new. What the store did before is its line of descent.
#include <algorithm>

#include "sync/ends/store_end.hpp"
#include "sync/protocol/topics.hpp"
#include "sync/tuning.hpp"

namespace vitrine::sync::ends {

using namespace protocol;

std::optional<Hash> StoreEnd::own_hash(std::uint64_t n) {
  if (n == 0) return Hash{};
  return n <= state_.last_n ? replica_.hash_at(n) : std::nullopt;
}

// False: this greeting does not end in one; what is to be done instead is under way.
bool StoreEnd::history_fits(const Welcome& welcome, Now now, StoreEffects& out) {
  const Applied applied = welcome.applied.value_or(Applied{state_.incarnation, 0, {}});
  const auto own = own_hash(applied.n);
  if (own && *own == applied.hash) {
    if (!welcome.part) return true;
    greeted_ = false;
    open_life(applied.n, applied.hash, out);
    say_hello(now, out);
    return false;
  }
  // The hub is ahead of this database, or has other transactions at the same numbers: it was rolled back, or is one of two.
  go_offline("history_mismatch", now, out);
  search_.emplace(replica_.forgotten_upto(), state_.last_n);
  search_era_ = welcome.era;
  go_on_searching(now, out);
  return false;
}

void StoreEnd::go_on_searching(Now now, StoreEffects& out) {
  switch (search_->state()) {
    case SharedPast::State::searching:
      out.sends.push_back(Chain{search_era_, state_.incarnation, search_->numbers()});
      answer_deadline_ = now.mono.plus(tuning::answer_within_ms);
      return;
    case SharedPast::State::found: {
      const std::uint64_t n = search_->n();
      open_life(n, own_hash(n).value_or(Hash{}), out);
      break;
    }
    case SharedPast::State::unprovable:
      begin_anew(out);
      break;
  }
  search_.reset();
  say_hello(now, out);
}

void StoreEnd::on(const ChainAnswer& answer, Now now, StoreEffects& out) {
  if (!search_ || answer.era != search_era_ || answer.incarnation != state_.incarnation) return;
  answer_deadline_.reset();
  search_->take(answer, [this](std::uint64_t n) { return own_hash(n); });
  go_on_searching(now, out);
}

void StoreEnd::open_life(std::uint64_t n, const Hash& hash, StoreEffects& out) {
  const Applied parting{state_.incarnation, n, hash};
  replica_.put_parting(parting);
  line_.insert(line_.begin(), parting);
  if (line_.size() > tuning::line_lives_max) line_.resize(tuning::line_lives_max);
  state_.incarnation = IncarnationId{chance_.hex_128()};
  state_.applied_n = n;
  if (state_.ack.n > n) state_.ack = {state_.incarnation, n, hash};
  state_.ack.incarnation = state_.incarnation;
  out.notices.push_back({"history_parted", "the hub's history and this database's part after n " + std::to_string(n)});
}

// Nothing proves what the hub has of this outbox. What may be unknown to it is kept for a person, and the store begins anew. What
// a lost history of the hub had applied may be unknown to this one.
void StoreEnd::begin_anew(StoreEffects& out) {
  const std::vector<DocumentKey> named = replica_.documents_named(state_.ack.n, state_.last_n);
  const bool same_history = streams_.at(own_stream(state_.store)).cursor.era == search_era_;
  replica_.set_outbox_aside(state_.incarnation, same_history ? state_.applied_n : replica_.forgotten_upto());
  line_.clear();
  state_.incarnation = IncarnationId{chance_.hex_128()};
  state_.last_n = 0;
  state_.last_hash = {};
  state_.applied_n = 0;
  state_.ack = {};
  const auto changed = recompute_views(named);
  out.changed.insert(out.changed.end(), changed.begin(), changed.end());
  out.notices.push_back({"outbox_set_aside", "nothing proves which of this database's actions the hub has"});
}

// A few at a time, with every beat. Old ones go; more than there is room for go earlier, but only what a backup of the hub holds.
void StoreEnd::forget_what_is_old(Now now) {
  const std::uint64_t known = std::min(state_.ack.n, state_.applied_n);
  const std::uint64_t forgotten = replica_.forgotten_upto();
  if (known <= forgotten) return;
  const auto newest = replica_.newest_kept();
  if (!newest) return;
  const UtcMs old = hub_time(now.utc).plus(-keeping_.days * 86'400'000);
  std::uint64_t upto = forgotten;
  for (const Kept& kept : replica_.kept_after(forgotten, tuning::forgotten_per_beat)) {
    const bool crowded = newest->bytes_upto - kept.bytes_upto >= keeping_.bytes && kept.n <= safe_n_;
    if (kept.n > known || (kept.at > old && !crowded)) break;
    upto = kept.n;
  }
  if (upto > forgotten) replica_.forget_transactions(upto);
}

// Welcomed, and the own stream stands where the hub said it does: what is here is true again.
void StoreEnd::settle_doubt(StoreEffects& out) {
  if (!state_.in_doubt || !greeted_) return;
  const StreamName own = own_stream(state_.store);
  if (is_behind(own) || staged_to_) return;
  state_.in_doubt = false;
  out.link_changed = true;
  out.fills_ended.insert(own);
  out.notices.push_back({"doubt_settled", "the hub has answered, and the whole of the own stream is here"});
}

// The store's own n that a base with these acknowledgements contains: its own incarnation's, and of each life that it
// continues at most up to the parting. What such a life did later is another's.
std::uint64_t StoreEnd::covered_by(const std::vector<Applied>& applied) {
  std::uint64_t covered = 0;
  for (const Applied& one : applied) {
    std::uint64_t n = one.n;
    if (one.incarnation != state_.incarnation) {
      const auto life = std::ranges::find(line_, one.incarnation, &Applied::incarnation);
      if (life == line_.end()) continue;
      n = std::min(n, life->n);
    }
    covered = std::max(covered, std::min(n, state_.last_n));
  }
  return covered;
}

}  // namespace vitrine::sync::ends
