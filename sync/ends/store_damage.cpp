// SPDX-License-Identifier: Apache-2.0
// What the disk has damaged: no screen shows it, and no hub is told it. A base document is fetched anew, a view is made anew; an
// own transaction of which the hub has nothing yet cannot be had from anybody, so it goes to a person as it is, and those after
// it go on without it.
#include "sync/ends/chain.hpp"
#include "sync/ends/store_end.hpp"
#include "sync/planted.hpp"
#include "sync/protocol/topics.hpp"
#include "sync/tuning.hpp"

namespace vitrine::sync::ends {

namespace {

// Many, in streams that hold no person's document: they are read little by little (StoreEnd::check_base).
bool is_many(const std::string& collection) {
  return collection == "affinity" || collection == "erasure" || collection == "price" || collection == "product" ||
         collection == "promotion";
}

}  // namespace

// It says what it said when its hash was made.
bool StoreEnd::is_whole(const Transaction& transaction) {
  if (planted(Bug::outbox_not_looked)) return true;
  const auto before = own_hash(transaction.n - 1);
  return !before || chain_hash(*before, transaction) == transaction.hash;
}

// The next one that the hub is to have. Where a base of a lost history still contains it, it waits for the hub's own word.
void StoreEnd::set_damaged_aside(std::uint64_t n, Now now, StoreEffects& out) {
  const auto before = own_hash(n - 1);
  if (!before || n <= state_.ack.n) return;
  const std::vector<DocumentKey> named = replica_.documents_named(n - 1, n);
  replica_.set_one_aside(state_.incarnation, n);
  open_life(n - 1, *before, out);
  --state_.last_n;
  state_.last_hash = *before;
  for (std::uint64_t after = n - 1; after < state_.last_n;) {
    const auto some = replica_.transactions_after(after, tuning::ops_transactions_max, tuning::ops_bytes_max);
    if (some.empty()) break;
    for (const Transaction& transaction : some) {
      state_.last_hash = chain_hash(state_.last_hash, transaction);
      replica_.put_hash(transaction.n, state_.last_hash);
      after = transaction.n;
    }
  }
  const auto changed = recompute_views(named);
  out.changed.insert(out.changed.end(), changed.begin(), changed.end());
  greeted_ = false;
  send_only_ = false;
  say_hello(now, out);
  out.notices.push_back({"outbox_damaged", "the disk has damaged transaction n " + std::to_string(n) +
                                               ": it is set aside for a person, and those after it go on"});
}

// Before anything is shown or done: all that is about people, and all that waits.
void StoreEnd::look_over(Now now) {
  hub_now_ = hub_time(now.utc);
  recompute_views(replica_.documents_named(state_.ack.n, state_.last_n));
  StoreEffects nobody_listens_yet;
  drop_after_silence(now, nobody_listens_yet);
  replica_.put_state(state_);
  const StreamName own = protocol::own_stream(state_.store);
  Following& following = following_.at(own);
  for (DocumentKey after;;) {
    const Replica::Checked checked = replica_.check_base(after, tuning::base_check_rows);
    for (const StreamName& name : checked.untrue) {
      if (name == own && !planted(Bug::damage_not_looked)) following.check = true;
    }
    if (checked.last.collection.empty()) break;
    after = checked.last;
    if (is_many(after.collection)) after.id = "\xff";
  }
  if (!following.check) return;
  following.untrue = replica_.recount(own);
  state_.in_doubt = true;
  replica_.put_state(state_);
}

}  // namespace vitrine::sync::ends
