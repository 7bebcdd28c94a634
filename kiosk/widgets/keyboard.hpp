// SPDX-License-Identifier: Apache-2.0
// The on-screen keyboard and the keypad of digits. Keys act on press; the layout follows the language.
#pragma once

#include <string>
#include <vector>

#include "kiosk/model/typed_text.hpp"
#include "kiosk/widgets/stage.hpp"

namespace vitrine::kiosk {

struct KeyboardWish {
  enum class Kind { touch, hide, enter };
  Kind kind = Kind::touch;
  KeyTouch touch{};
};

struct KeyboardSpec {
  std::string id{};     // keys are <id>.<letter>, <id>.backspace, <id>.enter …
  std::string enter{};  // what the main key does: "Search"
  Icon enter_icon = Icon::none;
};

// Five rows of keys, across the whole width of the screen or of a panel. `bottom`: where its lower edge is.
float keyboard_height(const Stage& stage);
// What keys did in this frame, in the order of the touches: where frames are slow, a quick hand presses several in one.
std::vector<KeyboardWish> keyboard(Stage& stage, const Box& panel, const TypedText& typed, const KeyboardSpec& spec);

// 1 to 9, then backspace, 0 and the key that sends; as high as the box, at most keypad_height.
inline constexpr float keypad_height = 4 * 132 + 3 * 18;
struct KeypadSpec {
  std::string id{};
  std::string enter{};  // empty: nothing is sent
  bool enter_enabled = false;
};
std::vector<KeyboardWish> keypad(Stage& stage, const Box& box, const KeypadSpec& spec);

}  // namespace vitrine::kiosk
