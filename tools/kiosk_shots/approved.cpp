// SPDX-License-Identifier: Apache-2.0
// See approved.hpp.
#include "tools/kiosk_shots/approved.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdlib>
#include <vector>

namespace vitrine::kiosk {
namespace {

constexpr int times = 4;
constexpr int tile = 8;  // of the small picture
constexpr int pitch = 4;

// Where tiles begin along a side; the last one ends with it.
std::vector<int> starts(int length) {
  std::vector<int> at;
  for (int start = 0; start + tile < length; start += pitch) at.push_back(start);
  at.push_back(std::max(0, length - tile));
  return at;
}

double tile_difference(const Picture& a, const Picture& b, int left, int low) {
  std::array<int, 3> sums{};
  const int right = std::min(a.width, left + tile);
  const int high = std::min(a.height, low + tile);
  for (int y = low; y < high; ++y) {
    auto at = (static_cast<std::size_t>(y) * static_cast<std::size_t>(a.width) + static_cast<std::size_t>(left)) * 3;
    for (int x = left; x < right; ++x) {
      for (int& sum : sums) {
        sum += std::abs(static_cast<int>(a.rgb[at]) - static_cast<int>(b.rgb[at]));
        ++at;
      }
    }
  }
  return static_cast<double>(*std::ranges::max_element(sums)) / ((right - left) * (high - low));
}

}  // namespace

WorstTile worst_tile(const std::string& approved_file, const Picture& drawn) {
  const std::optional<Picture> approved = read_png(approved_file);
  const Picture small = shrunk(drawn, times);
  if (!approved || approved->width != small.width || approved->height != small.height) return {256, 0, 0};
  WorstTile worst;
  for (const int y : starts(small.height)) {
    for (const int x : starts(small.width)) {
      const double by = tile_difference(*approved, small, x, y);
      if (by > worst.by) worst = {by, x * times, std::max(0, drawn.height - (y + tile) * times)};
    }
  }
  return worst;
}

bool approve(const std::string& file, const Picture& drawn) { return write_png(file, shrunk(drawn, times), Packing::small); }

}  // namespace vitrine::kiosk
