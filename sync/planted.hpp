// SPDX-License-Identifier: Apache-2.0
// Mistakes that the simulator's own build can switch on, one at a time, to prove that it would find them (tests/sim). In every
// other build planted() is a constant false and leaves nothing in the program.
#pragma once

#include <cstdint>

namespace vitrine::sync {

enum class Bug : std::uint8_t {
  none,
  // Store: from the tap to the hub.
  ack_before_commit,       // a person is answered, and messages leave, before the commit
  commit_failure_ignored,  // a commit that failed counts as done
  clear_on_puback,         // what was sent counts as applied
  clear_on_applied,        // own transactions leave the replay with `applied`, before a base contains them
  outbox_not_resent,       // a batch without an answer is waited for until the connection ends
  repeat_not_noticed,      // a repeated request is a new action
  view_not_recomputed,     // a new base leaves the view as it was
  refused_intent_shown,    // of a refused intent, the view keeps what could be applied
  // Store: pages.
  older_base_applied,       // a page that ends at or before the cursor is applied again
  gap_skipped,              // a page that begins after the cursor is applied
  late_push_ends_stage,     // pages of a state are joined with a push that was read before them
  page_over_commit_border,  // pages of the own stream enter the base one by one
  removal_ignored,          // a document that left the stream stays
  tombstone_ignored,        // a tombstone leaves the document as it was
  fill_cursor_too_far,      // a first fill ends at the newest head, not at the head that it was fixed to
  fill_key_ahead,           // a first fill goes on behind a document that it has not got
  head_not_remembered,      // a head that was heard in the middle of a pull is forgotten
  // Store: time and disk.
  clock_believed,     // a wall clock that somebody set is taken for the hub's time
  expiry_forgotten,   // what is to be forgotten stays
  check_asked_once,   // a check whose answer is lost is not made again
  outbox_not_looked,  // what the disk made of the outbox is believed
  damage_not_looked,  // nothing reads the base against its digests
  // Hub.
  hub_sends_before_commit,    // answers and pages leave before the commit
  forget_dedup,               // transaction ids are not remembered
  hub_skips_chain,            // numbers and hashes of a batch are believed
  hub_applies_skipped,        // a number that was applied is applied again
  ack_not_with_page,          // `ack` runs ahead of the documents beside it
  no_version_when_unchanged,  // a document that an operation leaves as it was gets no version
  outcome_forgotten,          // a refused intent leaves no outcome
  intent_applied_partly,      // of a refused intent, the operations before the refusal take effect
  compaction_loses_latest,    // compaction drops the newer entry and keeps the older
  removal_not_written,        // a document that leaves a store's placement is not removed there
  tombstone_not_written,      // a removed document's streams are not told
  heads_keep_silent,          // lost pushes are told to nobody
  era_in_database,            // a restored hub takes the era that stands in the backup
  number_starts_again,        // a document that is made anew begins at number 1
  horizon_stays,              // what is gone is purged, and cursors before it are taken for good ones
  set_back_not_noticed,       // a hub that is shown a history which it lacks goes on in its era
  fork_not_counted,           // a life that leaves another's work behind is nothing to look at
  part_not_told,              // a box whose life another one has followed goes on in it
  fact_stops_at_refusal,      // of a fact, nothing after the first refused operation takes effect
  // Rules.
  taken_comes_back,             // an id that was taken before it came is added all the same
  taking_takes_unseen,          // a removal takes dots that its person did not see
  pass_counts_again,            // a pass that says nothing new adds its lines
  coupon_comes_back,            // a coupon that was put on elsewhere stays when it is taken off
  refund_twice,                 // a unit is refunded as often as somebody asks
  refund_beyond_paid,           // more money goes back than came
  hand_over_after_cancel_lost,  // goods that left after a cancel are not written down
  tally_overwritten,            // who picks last says how much was picked in all
  revision_undoes_cancel,       // a platform's change of an order makes a cancelled one live
  revision_undoes_goods,        // the same forgets what happened to its goods
  old_revision_counts,          // an older word of the platform replaces a newer one
  right_spent_twice,            // what was promised is not taken off the right
  lent_units_sold,              // the hub promises what it lent
  promise_ends_twice,           // a promise that is given back again frees its units again
  promise_outlives_goods,       // goods leave and their promise stays
  count_forgets_moved,          // what moved while somebody counted is not added
  balance_cut_at_zero,          // a balance never goes below nothing
  receipt_sold_anew,            // another sale under the letters of a receipt replaces the first
  receipt_return_replaces,      // what comes back of a receipt replaces what came back before
  request_reopened,             // whoever goes to a request that is over opens it again
  request_ends_last,            // of two ends of a request the later one counts
  request_taken_twice,          // staff take a request that somebody else goes to
  request_of_another_store,     // a store changes what was asked for in another one
  request_kept_for_ever,        // the hub never forgets who asked for help
  request_forgotten_early,      // a request is forgotten when it is over, not at its time
  consent_grant_wins,           // a grant stands that did not see a withdrawal
  consent_of_nothing_ignored,   // a withdrawal where nothing is granted is not written down
  activity_told_anew,           // what is told twice says what was said last
  activity_without_consent,     // what somebody did stands with stores, whatever they agree to
  activity_left_behind,         // what they take back leaves what they did with the stores
  activity_kept_for_ever,       // of one customer all is kept, not the newest alone
  case_closed_unread,           // a conversation is closed though nobody saw what the customer wrote last
  case_answers_replaced,        // who closes one says anew what was seen, and what others saw is forgotten
  case_owner_stays,             // a conversation is its first one's, whoever takes it or puts it back later
  offer_outcome_replaced,       // of an offer's outcomes the last one alone stands
  consent_left_behind,          // what is withdrawn in a store that the customer has left meanwhile is refused
  order_asked_without_taking,   // an order is made of a cart's units, and they stay in the cart
  order_asked_twice,            // an order is asked for under the number of one that stands, and replaces it
  // Erasure.
  erased_by_late_word,  // what a store says late of somebody who was erased counts
  erased_by_import,     // a platform that gives an erased person again brings them back
  erased_by_restore,    // a hub that was set back does not ask the log of erasures
  erased_body_kept,     // a store keeps the bodies of its operations on somebody who was erased
};

#ifdef VITRINE_PLANTED_BUGS
inline Bug planted_bug = Bug::none;
inline bool planted(Bug bug) { return planted_bug == bug; }
#else
constexpr bool planted(Bug) { return false; }
#endif

}  // namespace vitrine::sync
