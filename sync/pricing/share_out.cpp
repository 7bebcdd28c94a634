// SPDX-License-Identifier: Apache-2.0
// Largest remainder.
#include "sync/pricing/share_out.hpp"

#include <algorithm>
#include <numeric>

namespace vitrine::sync::pricing {

namespace {

__extension__ using Wide = __int128;

}  // namespace

std::int64_t part_of(std::int64_t amount, std::int64_t numerator, std::int64_t denominator) {
  const Wide product = static_cast<Wide>(amount) * numerator;
  return static_cast<std::int64_t>((2 * product + denominator) / (2 * static_cast<Wide>(denominator)));
}

std::vector<std::int64_t> share_out(std::int64_t amount, const std::vector<std::int64_t>& weights) {
  std::vector<std::int64_t> shares(weights.size(), 0);
  if (weights.empty()) return shares;
  const std::int64_t sum = std::accumulate(weights.begin(), weights.end(), std::int64_t{0});
  if (sum == 0) {
    shares.front() = amount;
    return shares;
  }
  struct Rest {
    std::size_t at;
    std::int64_t remainder;
  };
  std::vector<Rest> rests;
  std::int64_t left = amount;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const Wide product = static_cast<Wide>(amount) * weights[i];
    shares[i] = static_cast<std::int64_t>(product / sum);
    rests.push_back({i, static_cast<std::int64_t>(product % sum)});
    left -= shares[i];
  }
  std::ranges::stable_sort(rests, [](const Rest& a, const Rest& b) { return a.remainder > b.remainder; });
  for (std::size_t i = 0; left > 0; ++i, --left) ++shares[rests[i].at];
  return shares;
}

}  // namespace vitrine::sync::pricing
