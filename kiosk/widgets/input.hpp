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
  board,
  picking,
  lock,
  filter,
  note,
  search,  // F2: orders, products and what can be done here, in words
  keys,    // F1: which keys there are
  alt_a,   // Alt and a letter, up to alt_z: what a counter's screen offers; see alt()
  alt_z = alt_a + 25
};

// 'a' to 'z'.
constexpr Key alt(char letter) { return static_cast<Key>(static_cast<int>(Key::alt_a) + (letter - 'a')); }
constexpr bool is_alt(Key key) { return key >= Key::alt_a && key <= Key::alt_z; }

struct Input {
  std::vector<PointerEvent> pointer;
  std::vector<Key> keys;
};

}  // namespace vitrine::kiosk
