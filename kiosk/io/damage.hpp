// SPDX-License-Identifier: Apache-2.0
// Which parts of the picture changed since the last frame. The picture is cut into tiles, and each tile's hash takes in every
// triangle that may touch it, with its corners, colours, texture and clip, in the order of drawing: equal hash, equal pixels.
// Screens need not say what they changed, and cannot forget to.
#pragma once

#include <cstdint>
#include <vector>

struct ImDrawData;

namespace vitrine::kiosk {

struct PixelBox {
  int left = 0, top = 0, right = 0, bottom = 0;  // right and bottom are outside
  bool operator==(const PixelBox&) const = default;
  [[nodiscard]] std::int64_t area() const { return std::int64_t{right - left} * (bottom - top); }
};

class Damage {
 public:
  static constexpr int tile_px = 32;

  // The boxes that must be drawn anew; none when the picture is the same. `background` stands for everything that is not in the
  // draw data: the clear colour, the generation of the textures.
  std::vector<PixelBox> since_last(const ImDrawData& picture, int width, int height, std::uint64_t background);
  // The next picture is drawn whole.
  void forget() { last_.clear(); }

 private:
  void hash_picture(const ImDrawData& picture);

  int columns_ = 0;
  int rows_ = 0;
  std::vector<std::uint64_t> tiles_;
  std::vector<std::uint64_t> last_;
  std::vector<std::uint64_t> corners_;  // hashes of one list's vertices
};

// Few boxes that cover all changed tiles: joined where that wastes little. For Damage and its test.
std::vector<PixelBox> boxes_around(const std::vector<bool>& changed, int columns, int rows, int width, int height);

}  // namespace vitrine::kiosk
