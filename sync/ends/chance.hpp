// SPDX-License-Identifier: Apache-2.0
// Chance as a value that is passed in: the random device in the shop, a child of the one seed in simulation.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

namespace vitrine::sync::ends {

struct Chance {
  std::function<std::uint64_t()> draw;

  // 128 random bits as 32 hex digits.
  [[nodiscard]] std::string hex_128() const;
  // 0 ≤ result < below.
  [[nodiscard]] std::int64_t below(std::int64_t below) const;
};

}  // namespace vitrine::sync::ends
