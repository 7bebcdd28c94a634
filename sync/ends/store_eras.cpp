// SPDX-License-Identifier: Apache-2.0
// "When a hub was restored", at the store: how a new era is noticed and taken up. The base of the lost history stays, with the
// acknowledgement that belongs to it, until the new era's word on the own stream replaces both in one commit; so nothing is
// undone on a screen while the kept transactions go up again.
#include <algorithm>

#include "sync/ends/store_end.hpp"
#include "sync/tuning.hpp"

namespace vitrine::sync::ends {

using namespace protocol;

namespace {

// None: a greeting, which says itself which era holds from now on.
std::optional<Era> era_of(const HubMessage& message) {
  return std::visit(
      [](const auto& m) -> std::optional<Era> {
        if constexpr (std::is_same_v<std::decay_t<decltype(m)>, Welcome>) {
          return std::nullopt;
        } else {
          return m.era;
        }
      },
      message);
}

}  // namespace

// Messages of another era are dropped; a later one than ours is a reason to greet again.
bool StoreEnd::is_of_another_era(const HubMessage& message, Now now) {
  const std::optional<Era> era = era_of(message);
  if (!era || *era == era_) return false;
  const auto* refused = std::get_if<OpsRefused>(&message);
  if (refused != nullptr && refused->code == "era") return false;  // has its own way to a greeting
  if (era->number >= era_.number && greeted_ && !hello_at_) hello_at_ = now.mono.plus(chance_.below(tuning::hello_base_ms));
  return true;
}

void StoreEnd::take_up_era(const Era& era) {
  if (era == era_ && era == state_.era_heard) return;
  for (auto& [name, following] : following_) {
    following.heard = 0;
    following.held.clear();
    following.pull_deadline.reset();
    following.pull_at.reset();
    StreamState& stream = streams_.at(name);
    // Before its first entry a stream is the same in every era.
    if (stream.filled && stream.cursor.seq == 0) {
      stream.cursor.era = era;
      replica_.put_stream(stream);
    }
  }
  staged_to_.reset();
  drop_own_repair();
  replica_.clear_staged();
  era_ = era;
  state_.era_heard = era;
}

std::optional<Applied> StoreEnd::kept_after() {
  const std::uint64_t n = replica_.forgotten_upto();
  const auto hash = n == 0 ? std::nullopt : own_hash(n);
  return hash ? std::optional(Applied{state_.incarnation, n, *hash}) : std::nullopt;
}

bool StoreEnd::is_behind(const StreamName& name) const {
  const StreamState& stream = streams_.at(name);
  const Following& following = following_.at(name);
  const bool comparing = following.compare != Following::Compare::none || following.check;
  return !stream.filled || stream.repair || comparing || stream.cursor.era != era_ || following.heard > stream.cursor.seq;
}

// The base contains own transactions up to `acknowledged`, since this commit. `replaced`: it is a base of another history, so
// the acknowledgement may go back, and what it no longer covers is replayed. Answers the documents to make anew.
std::vector<DocumentKey> StoreEnd::move_ack(const std::vector<Applied>& acknowledged, bool replaced) {
  const std::uint64_t covered = covered_by(acknowledged);
  const Applied ack{state_.incarnation, covered, own_hash(covered).value_or(Hash{})};
  if (ack.n < state_.ack.n ? !replaced : ack.n == state_.ack.n) return {};
  auto touched = replica_.documents_named(std::min(ack.n, state_.ack.n), std::max(ack.n, state_.ack.n));
  state_.ack = ack;
  state_.applied_n = std::max(state_.applied_n, ack.n);
  return touched;
}

}  // namespace vitrine::sync::ends
