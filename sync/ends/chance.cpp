// SPDX-License-Identifier: Apache-2.0
// Shapes that random numbers take.
#include "sync/ends/chance.hpp"

namespace vitrine::sync::ends {

std::string Chance::hex_128() const {
  static constexpr char digits[] = "0123456789abcdef";
  std::string out;
  out.reserve(32);
  for (int half = 0; half < 2; ++half) {
    std::uint64_t bits = draw();
    for (int i = 0; i < 16; ++i) {
      out += digits[bits & 15];
      bits >>= 4;
    }
  }
  return out;
}

std::int64_t Chance::below(std::int64_t below) const {
  // The modulo's bias is far below what jitter needs.
  return below <= 0 ? 0 : static_cast<std::int64_t>(draw() % static_cast<std::uint64_t>(below));
}

}  // namespace vitrine::sync::ends
