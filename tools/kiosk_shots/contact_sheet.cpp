// SPDX-License-Identifier: Apache-2.0
// See contact_sheet.hpp.
#include "tools/kiosk_shots/contact_sheet.hpp"

#include <algorithm>
#include <cstddef>

namespace vitrine::kiosk {
namespace {

constexpr int shrink = 3;
constexpr int gap = 12;

std::ptrdiff_t index(const Picture& picture, int x, int y) { return (static_cast<std::ptrdiff_t>(y) * picture.width + x) * 3; }

}  // namespace

void ContactSheet::add(const Picture& picture) { small_.push_back(shrunk(picture, shrink)); }

Picture ContactSheet::made() const {
  if (small_.empty()) return {};
  const int width = small_.front().width;
  const int height = small_.front().height;
  const int columns = std::min(width > height ? 3 : 6, static_cast<int>(small_.size()));
  const int rows = (static_cast<int>(small_.size()) + columns - 1) / columns;
  Picture sheet{columns * (width + gap) + gap, rows * (height + gap) + gap, {}};
  sheet.rgb.assign(static_cast<std::size_t>(sheet.width) * static_cast<std::size_t>(sheet.height) * 3, 255);
  for (std::size_t i = 0; i < small_.size(); ++i) {
    const int column = static_cast<int>(i) % columns;
    const int row = rows - 1 - static_cast<int>(i) / columns;  // from the lowest up
    for (int y = 0; y < height; ++y) {
      std::copy_n(small_[i].rgb.begin() + index(small_[i], 0, y), static_cast<std::ptrdiff_t>(width) * 3,
                  sheet.rgb.begin() + index(sheet, gap + column * (width + gap), gap + row * (height + gap) + y));
    }
  }
  return sheet;
}

}  // namespace vitrine::kiosk
