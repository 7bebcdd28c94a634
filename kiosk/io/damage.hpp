// SPDX-License-Identifier: Apache-2.0
// Which parts of the picture changed since the last frame. The picture is cut into tiles, and each tile's hash takes in every
// triangle that may touch it, with its corners, colours, texture and clip, in the order of drawing: equal hash, equal pixels.
// Screens need not say what they changed, and cannot forget to. A list that scrolls is cut into tiles that scroll with it, so
// that what only moved is found again.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "kiosk/widgets/semantic_tree.hpp"

struct ImDrawData;

namespace vitrine::kiosk {

struct PixelBox {
  int left = 0, top = 0, right = 0, bottom = 0;  // right and bottom are outside
  bool operator==(const PixelBox&) const = default;
  [[nodiscard]] std::int64_t area() const { return std::int64_t{right - left} * (bottom - top); }
  [[nodiscard]] PixelBox within(const PixelBox& other) const;  // may come out empty: right <= left or bottom <= top
};

struct Changes {
  std::vector<PixelBox> boxes;  // to be drawn anew; none when the picture is the same
  PixelBox moved{};             // before that: what belongs here stands in the last picture…
  int moved_by = 0;             // …so many pixels further down; 0: nothing moved
};

// One grid of tiles over an area of the window.
struct Tiles {
  PixelBox area;
  PixelBox hole{};        // of it that is not looked at
  int left = 0, top = 0;  // of the first tile; what lies outside of `area` is not looked at
  int first_row = 0;      // its number
  int columns = 0, rows = 0;
  bool moves = false;  // places count from the first tile of row 0, to 1/256 of a pixel
  std::vector<std::uint64_t> hashes{};

  [[nodiscard]] PixelBox box(int column, int row) const;
};

class Damage {
 public:
  static constexpr int tile_px = 32;

  // `background` stands for everything that is not in the draw data: the clear colour, the generation of the textures. Of `list`
  // nothing is believed: what did not move as it says has other hashes. Another list, or another place of it: all is drawn.
  Changes since_last(const ImDrawData& picture, int width, int height, std::uint64_t background,
                     const std::optional<ScrolledList>& list = {});
  // The next picture is drawn whole.
  void forget() { last_.hashes.clear(); }

 private:
  Tiles last_;
  Tiles last_tiles_;  // of the list
  std::optional<ScrolledList> last_list_;
  std::vector<std::uint64_t> corners_;  // hashes of one list's vertices
};

// Fewer boxes that cover the same: joined where that wastes little.
void join_boxes(std::vector<PixelBox>& boxes);

}  // namespace vitrine::kiosk
