// SPDX-License-Identifier: Apache-2.0
// Places are given in the order in which stores first asked.
#include "sync/ends/admissions.hpp"

#include <algorithm>

#include "sync/tuning.hpp"

namespace vitrine::sync::ends {

void Admissions::forget_silent(MonoMs now) {
  std::erase_if(filling_, [now](const auto& one) { return one.second.plus(tuning::fill_silent_ms) <= now; });
  std::erase_if(waiting_, [now](const auto& one) { return one.second.expected <= now; });
}

std::int64_t Admissions::ask(const StoreId& store, MonoMs now) {
  forget_silent(now);
  const auto waits = waiting_.find(store);
  const std::uint64_t place = waits != waiting_.end() ? waits->second.place : places_;
  const auto before =
      static_cast<std::size_t>(std::ranges::count_if(waiting_, [place](const auto& one) { return one.second.place < place; }));
  if (filling_.contains(store) || filling_.size() + before < at_once_) {
    waiting_.erase(store);
    filling_[store] = now;
    return 0;
  }
  const std::int64_t rounds = 1 + static_cast<std::int64_t>(before / std::max<std::size_t>(at_once_, 1));
  const std::int64_t again_s = std::min(rounds * tuning::fill_ask_again_s, tuning::ask_again_s_max);
  if (waits == waiting_.end()) ++places_;
  waiting_[store] = {place, now.plus(again_s * 1000 + tuning::fill_silent_ms)};
  return again_s;
}

void Admissions::fills(const StoreId& store, MonoMs now) {
  const auto found = filling_.find(store);
  if (found != filling_.end()) found->second = now;
}

void Admissions::done(const StoreId& store) {
  filling_.erase(store);
  waiting_.erase(store);
}

}  // namespace vitrine::sync::ends
