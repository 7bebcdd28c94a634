// SPDX-License-Identifier: Apache-2.0
// Numbers of a seed, the same on every machine (splitmix64).
#pragma once

#include <cstdint>

namespace vitrine::sim {

class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}

  std::uint64_t draw() {
    state_ += 0x9e3779b97f4a7c15ULL;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31);
  }
  // 0 ≤ result < bound.
  std::uint64_t below(std::uint64_t bound) { return bound == 0 ? 0 : draw() % bound; }
  std::int64_t between(std::int64_t low, std::int64_t high) {
    return low + static_cast<std::int64_t>(below(static_cast<std::uint64_t>(high - low + 1)));
  }
  bool chance(double p) { return static_cast<double>(draw() >> 11) * 0x1.0p-53 < p; }
  // Numbers of their own: what is drawn from them leaves these alone.
  Dice child() { return Dice(draw()); }

 private:
  std::uint64_t state_;
};

}  // namespace vitrine::sim
