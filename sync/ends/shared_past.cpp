// SPDX-License-Identifier: Apache-2.0
// The search of shared_past.hpp.
#include "sync/ends/shared_past.hpp"

#include <algorithm>

#include "sync/tuning.hpp"

namespace vitrine::sync::ends {

// With nothing done yet, or with every number known, the empty chain at 0 is common to both.
SharedPast::SharedPast(std::uint64_t own_oldest, std::uint64_t own_last)
    : oldest_(own_last == 0 ? 0 : own_oldest), beyond_(own_last + 1) {
  if (own_last != 0) return;
  same_ = 0;
  state_ = State::found;
}

std::vector<std::uint64_t> SharedPast::numbers() const {
  std::vector<std::uint64_t> out;
  const std::uint64_t low = same_.value_or(oldest_);
  if (!same_ && oldest_ > 0) out.push_back(oldest_);
  const std::uint64_t between = beyond_ > low + 1 ? beyond_ - low - 1 : 0;
  const std::uint64_t parts = std::min<std::uint64_t>(between, tuning::chain_numbers_max - 1);
  for (std::uint64_t i = 1; i <= parts; ++i) out.push_back(low + (between * i + parts - 1) / parts);
  return out;
}

void SharedPast::take(const protocol::ChainAnswer& answer, const std::function<std::optional<Hash>(std::uint64_t)>& own_hash) {
  if (state_ != State::searching) return;
  const std::uint64_t low_before = same_.value_or(oldest_);
  const std::uint64_t beyond_before = beyond_;
  // A hub that has the first number has the whole chain, and the empty one at 0 is common.
  const std::uint64_t hub_oldest = answer.oldest <= 1 ? 0 : answer.oldest;
  const bool moved = hub_oldest > oldest_;
  oldest_ = std::max(oldest_, hub_oldest);
  beyond_ = std::min(beyond_, answer.n + 1);
  if (oldest_ == 0 && !same_) same_ = 0;
  for (const protocol::Link& link : answer.links) {
    if (link.n < oldest_ || link.n >= beyond_) continue;
    const auto own = own_hash(link.n);
    if (own && *own == link.hash) {
      same_ = std::max(same_.value_or(0), link.n);
    } else if (own) {
      beyond_ = link.n;
    }
  }
  if (beyond_ <= oldest_ && !(same_ && *same_ < beyond_)) {
    state_ = State::unprovable;  // no number that both know, or the oldest of them differs already
  } else if (same_ && *same_ + 1 >= beyond_) {
    state_ = State::found;
  } else if (!moved && same_.value_or(oldest_) == low_before && beyond_ == beyond_before) {
    // The hub does not answer what it was asked. Less than what is common is safe: an id is applied once.
    state_ = same_ ? State::found : State::unprovable;
  }
}

}  // namespace vitrine::sync::ends
