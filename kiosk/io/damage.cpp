// SPDX-License-Identifier: Apache-2.0
// Tile hashes and the boxes around those that differ; see damage.hpp.
#include "kiosk/io/damage.hpp"

#include <imgui.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

namespace vitrine::kiosk {
namespace {

constexpr std::uint64_t seed = 0x9E3779B97F4A7C15u;

std::uint64_t mixed(std::uint64_t hash, std::uint64_t value) {
  hash = (hash ^ value) * 0xFF51AFD7ED558CCDu;
  return hash ^ (hash >> 29);
}

std::uint64_t pair_of(float a, float b) {
  return (std::uint64_t{std::bit_cast<std::uint32_t>(a)} << 32) | std::bit_cast<std::uint32_t>(b);
}

std::uint64_t hash_of(const ImDrawVert& corner) {
  return mixed(mixed(mixed(seed, pair_of(corner.pos.x, corner.pos.y)), pair_of(corner.uv.x, corner.uv.y)), corner.col);
}

PixelBox joined(const PixelBox& a, const PixelBox& b) {
  return {std::min(a.left, b.left), std::min(a.top, b.top), std::max(a.right, b.right), std::max(a.bottom, b.bottom)};
}

// Each box costs a pass over all vertices: about as much as this many pixels.
constexpr std::int64_t pixels_of_one_pass = 60'000;

}  // namespace

void Damage::hash_picture(const ImDrawData& picture) {
  const auto columns = static_cast<float>(columns_);
  const auto rows = static_cast<float>(rows_);
  for (int n = 0; n < picture.CmdListsCount; ++n) {
    const ImDrawList& list = *picture.CmdLists[n];
    corners_.resize(static_cast<std::size_t>(list.VtxBuffer.Size));
    for (int v = 0; v < list.VtxBuffer.Size; ++v) corners_[static_cast<std::size_t>(v)] = hash_of(list.VtxBuffer[v]);
    for (const ImDrawCmd& command : list.CmdBuffer) {
      const ImVec4& clip = command.ClipRect;
      const auto texture = static_cast<std::uint64_t>(reinterpret_cast<std::uintptr_t>(command.GetTexID()));
      const std::uint64_t of_command = mixed(mixed(mixed(seed, pair_of(clip.x, clip.y)), pair_of(clip.z, clip.w)), texture);
      const ImDrawIdx* indices = list.IdxBuffer.Data + command.IdxOffset;
      for (unsigned i = 0; i + 2 < command.ElemCount; i += 3) {
        const std::size_t at[3] = {indices[i] + command.VtxOffset, indices[i + 1] + command.VtxOffset,
                                   indices[i + 2] + command.VtxOffset};
        const ImVec2& a = list.VtxBuffer.Data[at[0]].pos;
        const ImVec2& b = list.VtxBuffer.Data[at[1]].pos;
        const ImVec2& c = list.VtxBuffer.Data[at[2]].pos;
        const float left = std::max(std::min({a.x, b.x, c.x}) - 1, clip.x);
        const float right = std::min(std::max({a.x, b.x, c.x}) + 1, clip.z);
        const float top = std::max(std::min({a.y, b.y, c.y}) - 1, clip.y);
        const float bottom = std::min(std::max({a.y, b.y, c.y}) + 1, clip.w);
        // Also false when a corner is not a number.
        if (!(left < right && top < bottom)) continue;
        const std::uint64_t triangle = mixed(mixed(mixed(of_command, corners_[at[0]]), corners_[at[1]]), corners_[at[2]]);
        const int first_column = static_cast<int>(std::clamp(left / tile_px, 0.0F, columns));
        const int last_column = static_cast<int>(std::clamp(std::ceil(right / tile_px), 0.0F, columns));
        const int first_row = static_cast<int>(std::clamp(top / tile_px, 0.0F, rows));
        const int last_row = static_cast<int>(std::clamp(std::ceil(bottom / tile_px), 0.0F, rows));
        for (int row = first_row; row < last_row; ++row) {
          std::uint64_t* tile = tiles_.data() + static_cast<std::ptrdiff_t>(row) * columns_;
          for (int column = first_column; column < last_column; ++column) tile[column] = mixed(tile[column], triangle);
        }
      }
    }
  }
}

std::vector<PixelBox> Damage::since_last(const ImDrawData& picture, int width, int height, std::uint64_t background) {
  const int columns = (width + tile_px - 1) / tile_px;
  const int rows = (height + tile_px - 1) / tile_px;
  if (columns != columns_ || rows != rows_) last_.clear();
  columns_ = columns;
  rows_ = rows;
  tiles_.assign(static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows), mixed(seed, background));
  hash_picture(picture);
  std::vector<PixelBox> boxes;
  if (last_.empty()) {
    boxes.push_back({0, 0, width, height});
  } else {
    std::vector<bool> changed(tiles_.size());
    for (std::size_t i = 0; i < tiles_.size(); ++i) changed[i] = tiles_[i] != last_[i];
    boxes = boxes_around(changed, columns, rows, width, height);
  }
  last_.swap(tiles_);
  return boxes;
}

std::vector<PixelBox> boxes_around(const std::vector<bool>& changed, int columns, int rows, int width, int height) {
  std::vector<PixelBox> boxes;
  const auto join_where_cheap = [&] {
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
  };
  for (int row = 0; row < rows; ++row) {
    for (int column = 0; column < columns;) {
      const auto is_changed = [&](int at) { return changed[static_cast<std::size_t>(row * columns + at)]; };
      if (!is_changed(column)) {
        ++column;
        continue;
      }
      const int first = column;
      while (column < columns && is_changed(column)) ++column;
      boxes.push_back({first * Damage::tile_px, row * Damage::tile_px, std::min(column * Damage::tile_px, width),
                       std::min((row + 1) * Damage::tile_px, height)});
    }
    join_where_cheap();
  }
  return boxes;
}

}  // namespace vitrine::kiosk
