// SPDX-License-Identifier: Apache-2.0
// Places and sizes in design units: the pixels of a picture that is 1080 wide in portrait, 1080 high in landscape.
#pragma once

#include <algorithm>

namespace vitrine::kiosk {

struct Point {
  float x = 0, y = 0;
};

struct Box {
  float x = 0, y = 0, w = 0, h = 0;

  [[nodiscard]] float right() const { return x + w; }
  [[nodiscard]] float bottom() const { return y + h; }
  [[nodiscard]] Point centre() const { return {x + w / 2, y + h / 2}; }
  [[nodiscard]] Box inset(float all) const { return {x + all, y + all, w - 2 * all, h - 2 * all}; }
  [[nodiscard]] Box inset(float across, float down) const { return {x + across, y + down, w - 2 * across, h - 2 * down}; }
  [[nodiscard]] Box moved(float dx, float dy) const { return {x + dx, y + dy, w, h}; }
  [[nodiscard]] Box scaled(float factor) const {
    return {x + w * (1 - factor) / 2, y + h * (1 - factor) / 2, w * factor, h * factor};
  }
  [[nodiscard]] bool contains(Point p) const { return p.x >= x && p.x < right() && p.y >= y && p.y < bottom(); }
  [[nodiscard]] Box within(const Box& frame) const {
    const float left = std::max(x, frame.x);
    const float top = std::max(y, frame.y);
    return {left, top, std::max(0.0F, std::min(right(), frame.right()) - left),
            std::max(0.0F, std::min(bottom(), frame.bottom()) - top)};
  }
};

enum class Align { left, centre, right };

}  // namespace vitrine::kiosk
