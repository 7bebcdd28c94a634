// SPDX-License-Identifier: Apache-2.0
// See contact_sheet.hpp.
#include "tools/kiosk_shots/contact_sheet.hpp"

#include <algorithm>
#include <cstddef>

namespace vitrine::kiosk {
namespace {

constexpr int shrink = 3;
constexpr int gap = 12;

std::size_t index(const Picture& picture, int x, int y, int channel) {
  return (static_cast<std::size_t>(y) * static_cast<std::size_t>(picture.width) + static_cast<std::size_t>(x)) * 3 +
         static_cast<std::size_t>(channel);
}

unsigned char mean_of(const Picture& picture, int times, int x, int y, int channel) {
  int sum = 0;
  for (int dy = 0; dy < times; ++dy) {
    for (int dx = 0; dx < times; ++dx) sum += picture.rgb[index(picture, x * times + dx, y * times + dy, channel)];
  }
  return static_cast<unsigned char>(sum / (times * times));
}

}  // namespace

Picture shrunk(const Picture& picture, int times) {
  Picture small{picture.width / times, picture.height / times, {}};
  small.rgb.resize(static_cast<std::size_t>(small.width) * static_cast<std::size_t>(small.height) * 3);
  for (int y = 0; y < small.height; ++y) {
    for (int x = 0; x < small.width; ++x) {
      for (int channel = 0; channel < 3; ++channel)
        small.rgb[index(small, x, y, channel)] = mean_of(picture, times, x, y, channel);
    }
  }
  return small;
}

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
      const auto from = small_[i].rgb.begin() + static_cast<std::ptrdiff_t>(index(small_[i], 0, y, 0));
      const auto to = sheet.rgb.begin() +
                      static_cast<std::ptrdiff_t>(index(sheet, gap + column * (width + gap), gap + row * (height + gap) + y, 0));
      std::copy_n(from, static_cast<std::ptrdiff_t>(width) * 3, to);
    }
  }
  return sheet;
}

}  // namespace vitrine::kiosk
