// SPDX-License-Identifier: Apache-2.0
// Two chains that began as one: up to which n are they the same? Each hash covers the one before it, so what is equal at n is
// equal below it, and the place is found by halving, thirty-two numbers a question. Pure: asks nobody by itself.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "sync/protocol/messages.hpp"

namespace vitrine::sync::ends {

class SharedPast {
 public:
  enum class State { searching, found, unprovable };

  // The numbers whose hashes the store still knows; oldest 0: all of them, from the empty chain on.
  SharedPast(std::uint64_t own_oldest, std::uint64_t own_last);

  [[nodiscard]] State state() const { return state_; }
  [[nodiscard]] std::uint64_t n() const { return *same_; }  // when found
  // What to ask the hub next.
  [[nodiscard]] std::vector<std::uint64_t> numbers() const;
  void take(const protocol::ChainAnswer& answer, const std::function<std::optional<Hash>(std::uint64_t)>& own_hash);

 private:
  std::uint64_t oldest_;               // the lowest n that can be compared
  std::uint64_t beyond_;               // from here on the chains differ, or one of them has ended
  std::optional<std::uint64_t> same_;  // the highest n at which they are known to be equal
  State state_ = State::searching;
};

}  // namespace vitrine::sync::ends
