// SPDX-License-Identifier: Apache-2.0
// Touches and keys since the last frame, in their order. The window fills it; nothing is read from ImGui's own input.
#pragma once

#include <vector>

namespace vitrine::kiosk {

struct PointerEvent {
  enum class Kind { down, move, up, cancel };
  Kind kind = Kind::move;
  float x = 0, y = 0;  // window pixels
};

enum class Key {
  tab,
  back_tab,
  up,
  down,
  left,
  right,
  enter,
  escape,
  queue,
  customer,
  stock,
  take_back,
  status,
  lock,
  filter,
  note
};

struct Input {
  std::vector<PointerEvent> pointer;
  std::vector<Key> keys;
};

}  // namespace vitrine::kiosk
