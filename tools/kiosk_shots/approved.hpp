// SPDX-License-Identifier: Apache-2.0
// Pictures that somebody has looked at and found good, at a quarter of their size: what is drawn is held against them, tile by
// tile.
#pragma once

#include <string>

#include "tools/kiosk_shots/picture.hpp"

namespace vitrine::kiosk {

// The tile that differs most. Tiles have 32 × 32 pixels of the screen and overlap by half.
struct WorstTile {
  double by = 0;     // of 255, in one channel, on average over the tile; 256 where sizes differ or nothing was approved
  int x = 0, y = 0;  // its corner, in pixels from the screen's top left
};
WorstTile worst_tile(const std::string& approved_file, const Picture& drawn);

// More than this is a difference: a comma, a thin line that moved by a pixel, a colour that is two steps of 255 off. Other
// processors' rounding stays below it.
inline constexpr double tile_may_differ = 1.5;

[[nodiscard]] bool approve(const std::string& file, const Picture& drawn);

}  // namespace vitrine::kiosk
