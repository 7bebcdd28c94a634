// SPDX-License-Identifier: Apache-2.0
#include "tests/sim/bugs.hpp"

#include <algorithm>
#include <array>

namespace vitrine::sim {

namespace {

using sync::Bug;

#define VITRINE_BUG(name) \
  NamedBug { Bug::name, "planted_" #name }
constexpr std::array all = {
    VITRINE_BUG(ack_before_commit),
    VITRINE_BUG(commit_failure_ignored),
    VITRINE_BUG(clear_on_puback),
    VITRINE_BUG(clear_on_applied),
    VITRINE_BUG(outbox_not_resent),
    VITRINE_BUG(repeat_not_noticed),
    VITRINE_BUG(view_not_recomputed),
    VITRINE_BUG(refused_intent_shown),
    VITRINE_BUG(older_base_applied),
    VITRINE_BUG(gap_skipped),
    VITRINE_BUG(late_push_ends_stage),
    VITRINE_BUG(page_over_commit_border),
    VITRINE_BUG(removal_ignored),
    VITRINE_BUG(tombstone_ignored),
    VITRINE_BUG(fill_cursor_too_far),
    VITRINE_BUG(fill_key_ahead),
    VITRINE_BUG(head_not_remembered),
    VITRINE_BUG(hub_sends_before_commit),
    VITRINE_BUG(forget_dedup),
    VITRINE_BUG(hub_skips_chain),
    VITRINE_BUG(hub_applies_skipped),
    VITRINE_BUG(ack_not_with_page),
    VITRINE_BUG(no_version_when_unchanged),
    VITRINE_BUG(outcome_forgotten),
    VITRINE_BUG(intent_applied_partly),
    VITRINE_BUG(compaction_loses_latest),
    VITRINE_BUG(removal_not_written),
    VITRINE_BUG(tombstone_not_written),
    VITRINE_BUG(heads_keep_silent),
    VITRINE_BUG(era_in_database),
    VITRINE_BUG(number_starts_again),
    VITRINE_BUG(taken_comes_back),
    VITRINE_BUG(taking_takes_unseen),
    VITRINE_BUG(pass_counts_again),
    VITRINE_BUG(coupon_comes_back),
    VITRINE_BUG(clock_believed),
    VITRINE_BUG(expiry_forgotten),
    VITRINE_BUG(horizon_stays),
    VITRINE_BUG(set_back_not_noticed),
    VITRINE_BUG(fork_not_counted),
    VITRINE_BUG(part_not_told),
    VITRINE_BUG(fact_stops_at_refusal),
    VITRINE_BUG(refund_twice),
    VITRINE_BUG(refund_beyond_paid),
    VITRINE_BUG(hand_over_after_cancel_lost),
    VITRINE_BUG(tally_overwritten),
    VITRINE_BUG(revision_undoes_cancel),
    VITRINE_BUG(revision_undoes_goods),
    VITRINE_BUG(old_revision_counts),
    VITRINE_BUG(right_spent_twice),
    VITRINE_BUG(lent_units_sold),
    VITRINE_BUG(promise_ends_twice),
    VITRINE_BUG(promise_outlives_goods),
    VITRINE_BUG(count_forgets_moved),
    VITRINE_BUG(balance_cut_at_zero),
    VITRINE_BUG(receipt_sold_anew),
    VITRINE_BUG(receipt_return_replaces),
    VITRINE_BUG(request_reopened),
    VITRINE_BUG(request_ends_last),
    VITRINE_BUG(request_taken_twice),
    VITRINE_BUG(request_of_another_store),
    VITRINE_BUG(request_kept_for_ever),
    VITRINE_BUG(request_forgotten_early),
    VITRINE_BUG(consent_grant_wins),
    VITRINE_BUG(consent_of_nothing_ignored),
    VITRINE_BUG(consent_left_behind),
    VITRINE_BUG(activity_told_anew),
    VITRINE_BUG(activity_without_consent),
    VITRINE_BUG(activity_left_behind),
    VITRINE_BUG(activity_kept_for_ever),
    VITRINE_BUG(case_closed_unread),
    VITRINE_BUG(case_answers_replaced),
    VITRINE_BUG(case_owner_stays),
    VITRINE_BUG(offer_outcome_replaced),
    VITRINE_BUG(erased_by_late_word),
    VITRINE_BUG(erased_by_import),
    VITRINE_BUG(erased_by_restore),
    VITRINE_BUG(erased_body_kept),
    VITRINE_BUG(damage_not_looked),
    VITRINE_BUG(outbox_not_looked),
    VITRINE_BUG(check_asked_once),
    VITRINE_BUG(order_asked_without_taking),
    VITRINE_BUG(order_asked_twice),
};
#undef VITRINE_BUG

}  // namespace

std::span<const NamedBug> bugs() { return all; }

std::optional<Bug> bug_named(std::string_view name) {
  const auto found = std::ranges::find_if(
      all, [&](const NamedBug& bug) { return bug.name == name || bug.name.substr(std::string_view("planted_").size()) == name; });
  if (found == all.end()) return std::nullopt;
  return found->bug;
}

}  // namespace vitrine::sim
