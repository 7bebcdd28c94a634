// SPDX-License-Identifier: Apache-2.0
// Tile hashes and the boxes around those that differ; see damage.hpp.
#include "kiosk/io/damage.hpp"

#include <imgui.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdlib>
#include <utility>

namespace vitrine::kiosk {
namespace {

constexpr std::uint64_t seed = 0x9E3779B97F4A7C15u;
constexpr int tile_px = Damage::tile_px;

std::uint64_t mixed(std::uint64_t hash, std::uint64_t value) {
  hash = (hash ^ value) * 0xFF51AFD7ED558CCDu;
  return hash ^ (hash >> 29);
}

std::uint64_t pair_of(float a, float b) {
  return (std::uint64_t{std::bit_cast<std::uint32_t>(a)} << 32) | std::bit_cast<std::uint32_t>(b);
}

std::uint64_t pair_of(std::int64_t a, std::int64_t b) {
  return (std::uint64_t{static_cast<std::uint32_t>(a)} << 32) | static_cast<std::uint32_t>(b);
}

PixelBox joined(const PixelBox& a, const PixelBox& b) {
  return {std::min(a.left, b.left), std::min(a.top, b.top), std::max(a.right, b.right), std::max(a.bottom, b.bottom)};
}

bool is_empty(const PixelBox& box) { return box.left >= box.right || box.top >= box.bottom; }

// Each box costs a pass over all vertices: about as much as this many pixels.
constexpr std::int64_t pixels_of_one_pass = 60'000;

int floor_of(int value, int step) { return (value >= 0 ? value : value - step + 1) / step; }

// What of a tile is looked at, from the tile's corner.
std::uint64_t hash_of(const PixelBox& part, const PixelBox& tile) {
  return mixed(pair_of(std::int64_t{part.left - tile.left}, std::int64_t{part.top - tile.top}),
               pair_of(std::int64_t{part.right - tile.left}, std::int64_t{part.bottom - tile.top}));
}

// Two triangles that ImGui made of a rectangle, in one colour.
struct Plain {
  float left, top, right, bottom;
  ImU32 colour;
  [[nodiscard]] bool covers(const PixelBox& box) const {
    return left <= static_cast<float>(box.left) && top <= static_cast<float>(box.top) && right >= static_cast<float>(box.right) &&
           bottom >= static_cast<float>(box.bottom);
  }
};

std::optional<Plain> plain_at(const ImDrawVert* corners, const ImDrawIdx* i) {
  if (i[3] != i[0] || i[4] != i[2]) return std::nullopt;
  const ImDrawVert& a = corners[i[0]];
  const ImDrawVert& b = corners[i[1]];
  const ImDrawVert& c = corners[i[2]];
  const ImDrawVert& d = corners[i[5]];
  const auto alike = [&](const ImDrawVert& other) { return other.col == a.col && other.uv.x == a.uv.x && other.uv.y == a.uv.y; };
  if (!alike(b) || !alike(c) || !alike(d) || a.pos.x != d.pos.x || b.pos.x != c.pos.x || a.pos.y != b.pos.y ||
      c.pos.y != d.pos.y) {
    return std::nullopt;
  }
  return Plain{a.pos.x, a.pos.y, c.pos.x, c.pos.y, a.col};
}

// Adds what is drawn to the hashes of the tiles that it touches.
class Hashing {
 public:
  Hashing(Tiles& tiles, std::uint64_t background, std::vector<std::uint64_t>& corners) : tiles_(tiles), corners_(corners) {
    tiles.hashes.resize(static_cast<std::size_t>(tiles.columns) * static_cast<std::size_t>(tiles.rows));
    empty_.reserve(tiles.hashes.size());
    for (int row = 0; row < tiles.rows; ++row) {
      for (int column = 0; column < tiles.columns; ++column) {
        const PixelBox tile = tiles.box(column, row);
        empty_.push_back(mixed(mixed(seed, background), hash_of(tile.within(tiles.area), tile)));
      }
    }
    tiles.hashes = empty_;
  }

  void add(const ImDrawData& picture) {
    for (int n = 0; n < picture.CmdListsCount; ++n) {
      const ImDrawList& list = *picture.CmdLists[n];
      corners_.resize(static_cast<std::size_t>(list.VtxBuffer.Size));
      for (int v = 0; v < list.VtxBuffer.Size; ++v) corners_[static_cast<std::size_t>(v)] = hash_of_corner(list.VtxBuffer[v]);
      for (const ImDrawCmd& command : list.CmdBuffer) add(list, command);
    }
  }

 private:
  std::uint64_t hash_of_corner(const ImDrawVert& corner) const {
    std::uint64_t place = pair_of(corner.pos.x, corner.pos.y);
    if (tiles_.moves) {
      const auto fine = [](float at, int from) { return std::int64_t{std::lround((at - static_cast<float>(from)) * 256)}; };
      place = pair_of(fine(corner.pos.x, tiles_.left), fine(corner.pos.y, tiles_.top - tiles_.first_row * tile_px));
    }
    return mixed(mixed(mixed(seed, place), pair_of(corner.uv.x, corner.uv.y)), corner.col);
  }

  void add(const ImDrawList& list, const ImDrawCmd& command) {
    const ImVec4& limits = command.ClipRect;
    const PixelBox clip =
        PixelBox{static_cast<int>(limits.x), static_cast<int>(limits.y), static_cast<int>(limits.z), static_cast<int>(limits.w)}
            .within(tiles_.area);
    if (is_empty(clip)) return;
    const auto texture = mixed(seed, static_cast<std::uint64_t>(reinterpret_cast<std::uintptr_t>(command.GetTexID())));
    const ImDrawIdx* indices = list.IdxBuffer.Data + command.IdxOffset;
    const ImDrawVert* corners = list.VtxBuffer.Data + command.VtxOffset;
    for (unsigned i = 0; i + 2 < command.ElemCount; i += 3) {
      const ImDrawIdx* at = indices + i;
      const std::array<std::uint64_t, 3> hashes{corner(command, at[0]), corner(command, at[1]), corner(command, at[2])};
      const std::uint64_t triangle = mixed(mixed(mixed(texture, hashes[0]), hashes[1]), hashes[2]);
      if (const auto plain = i + 5 < command.ElemCount ? plain_at(corners, at) : std::nullopt) {
        const std::uint64_t colour = mixed(mixed(texture, plain->colour), seed);
        each_tile(clip, plain->left, plain->top, plain->right, plain->bottom,
                  [&](std::size_t tile, const PixelBox& part, std::uint64_t cut) {
                    if (!plain->covers(part)) {
                      tiles_.hashes[tile] = mixed(mixed(tiles_.hashes[tile], triangle), cut);
                      return;
                    }
                    // What lies below an opaque surface that covers all of it does not matter.
                    const bool hides = (plain->colour >> IM_COL32_A_SHIFT) == 0xFF && cut == whole_tile;
                    tiles_.hashes[tile] = mixed(mixed(hides ? empty_[tile] : tiles_.hashes[tile], colour), cut);
                  });
        i += 3;
        continue;
      }
      const ImVec2& a = corners[at[0]].pos;
      const ImVec2& b = corners[at[1]].pos;
      const ImVec2& c = corners[at[2]].pos;
      each_tile(clip, std::min({a.x, b.x, c.x}), std::min({a.y, b.y, c.y}), std::max({a.x, b.x, c.x}), std::max({a.y, b.y, c.y}),
                [&](std::size_t tile, const PixelBox&, std::uint64_t cut) {
                  tiles_.hashes[tile] = mixed(mixed(tiles_.hashes[tile], triangle), cut);
                });
    }
  }

  [[nodiscard]] std::uint64_t corner(const ImDrawCmd& command, ImDrawIdx index) const {
    return corners_[static_cast<std::size_t>(index) + command.VtxOffset];
  }

  // Calls with each tile that may be touched, the part of it within the clip, and a number for that part: 0 for all that is
  // looked at.
  template <class Take>
  void each_tile(const PixelBox& clip, float left, float top, float right, float bottom, const Take& take) const {
    left = std::max(left - 1, static_cast<float>(clip.left));
    right = std::min(right + 1, static_cast<float>(clip.right));
    top = std::max(top - 1, static_cast<float>(clip.top));
    bottom = std::min(bottom + 1, static_cast<float>(clip.bottom));
    // Also false when a corner is not a number.
    if (!(left < right && top < bottom)) return;
    const int first_column = std::clamp((static_cast<int>(left) - tiles_.left) / tile_px, 0, tiles_.columns);
    const int last_column =
        std::clamp((static_cast<int>(std::ceil(right)) - tiles_.left + tile_px - 1) / tile_px, 0, tiles_.columns);
    const int first_row = std::clamp((static_cast<int>(top) - tiles_.top) / tile_px, 0, tiles_.rows);
    const int last_row = std::clamp((static_cast<int>(std::ceil(bottom)) - tiles_.top + tile_px - 1) / tile_px, 0, tiles_.rows);
    for (int row = first_row; row < last_row; ++row) {
      for (int column = first_column; column < last_column; ++column) {
        const PixelBox tile = tiles_.box(column, row);
        const PixelBox part = tile.within(clip);
        if (is_empty(part) || part.within(tiles_.hole) == part) continue;
        const bool all = part == tile.within(tiles_.area);
        take(static_cast<std::size_t>(row) * static_cast<std::size_t>(tiles_.columns) + static_cast<std::size_t>(column), part,
             all ? whole_tile : hash_of(part, tile));
      }
    }
  }

  static constexpr std::uint64_t whole_tile = 0;
  Tiles& tiles_;
  std::vector<std::uint64_t>& corners_;
  std::vector<std::uint64_t> empty_;  // of tiles upon which nothing is drawn
};

Tiles tiles_over(const PixelBox& area) {
  return {.area = area,
          .left = area.left,
          .top = area.top,
          .columns = (area.right - area.left + tile_px - 1) / tile_px,
          .rows = (area.bottom - area.top + tile_px - 1) / tile_px};
}

Tiles tiles_of(const PixelBox& box, int scrolled) {
  Tiles tiles = tiles_over(box);
  tiles.first_row = floor_of(scrolled, tile_px);
  tiles.top = box.top - scrolled + tiles.first_row * tile_px;
  tiles.rows = (box.bottom - tiles.top + tile_px - 1) / tile_px;
  tiles.moves = true;
  return tiles;
}

// Of tiles for which `differs(column, row)`.
template <class Differs>
void add_runs(const Tiles& tiles, const Differs& differs, std::vector<PixelBox>& boxes) {
  for (int row = 0; row < tiles.rows; ++row) {
    for (int column = 0; column < tiles.columns; ++column) {
      if (!differs(column, row)) continue;
      const int first = column;
      while (column + 1 < tiles.columns && differs(column + 1, row)) ++column;
      boxes.push_back(joined(tiles.box(first, row), tiles.box(column, row)).within(tiles.area));
    }
    join_boxes(boxes);
  }
}

}  // namespace

PixelBox PixelBox::within(const PixelBox& other) const {
  return {std::max(left, other.left), std::max(top, other.top), std::min(right, other.right), std::min(bottom, other.bottom)};
}

PixelBox Tiles::box(int column, int row) const {
  const int x = left + column * tile_px;
  const int y = top + row * tile_px;
  return {x, y, x + tile_px, y + tile_px};
}

Changes Damage::since_last(const ImDrawData& picture, int width, int height, std::uint64_t background,
                           const std::optional<ScrolledList>& list) {
  const auto hash_at = [](const Tiles& tiles, int column, int row) {
    return tiles
        .hashes[static_cast<std::size_t>(row) * static_cast<std::size_t>(tiles.columns) + static_cast<std::size_t>(column)];
  };
  const PixelBox screen{0, 0, width, height};
  Tiles now = tiles_over(screen);
  Tiles now_list;
  if (list) {
    const auto whole = [](float value) { return static_cast<int>(std::lround(value)); };
    const PixelRect& box = list->box;
    now.hole = PixelBox{whole(box.x), whole(box.y), whole(box.x + box.width), whole(box.y + box.height)}.within(screen);
    now_list = tiles_of(now.hole, list->at_px);
    Hashing(now_list, background, corners_).add(picture);
  }
  Hashing(now, background, corners_).add(picture);
  const bool same_places = !last_.hashes.empty() && last_.area == screen && last_.hole == now.hole &&
                           list.has_value() == last_list_.has_value() && (!list || list->id == last_list_->id);
  Changes changes;
  if (!same_places) {
    changes.boxes.push_back(screen);
  } else {
    const int by = list ? list->at_px - last_list_->at_px : 0;
    if (by != 0 && std::abs(by) < now_list.area.bottom - now_list.area.top) {
      changes.moved_by = by;
      changes.moved = now_list.area;
      (by > 0 ? changes.moved.bottom : changes.moved.top) -= by;
    }
    add_runs(now, [&](int column, int row) { return hash_at(now, column, row) != hash_at(last_, column, row); }, changes.boxes);
    add_runs(
        now_list,
        [&](int column, int row) {
          const int before = row + now_list.first_row - last_tiles_.first_row;
          return before < 0 || before >= last_tiles_.rows ||
                 hash_at(now_list, column, row) != hash_at(last_tiles_, column, before);
        },
        changes.boxes);
  }
  last_ = std::move(now);
  last_tiles_ = std::move(now_list);
  last_list_ = list;
  return changes;
}

void join_boxes(std::vector<PixelBox>& boxes) {
  for (bool again = true; again;) {
    again = false;
    for (std::size_t i = 0; i < boxes.size() && !again; ++i) {
      for (std::size_t j = i + 1; j < boxes.size() && !again; ++j) {
        const PixelBox both = joined(boxes[i], boxes[j]);
        if (both.area() > boxes[i].area() + boxes[j].area() + pixels_of_one_pass) continue;
        boxes[i] = both;
        boxes.erase(boxes.begin() + static_cast<std::ptrdiff_t>(j));
        again = true;
      }
    }
  }
}

}  // namespace vitrine::kiosk
