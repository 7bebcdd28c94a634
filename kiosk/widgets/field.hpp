// SPDX-License-Identifier: Apache-2.0
// The field that the on-screen keyboard types into: what was typed, the caret, and a key that clears it.
#pragma once

#include <string>

#include "kiosk/widgets/stage.hpp"

namespace vitrine::kiosk {

struct FieldSpec {
  std::string id{};     // the field; <id>.clear clears it
  std::string label{};  // what is typed here, said aloud
  std::string typed{};
  std::string hint{};   // while nothing is typed
  std::string clear{};  // what the clearing key does, in words
  Icon icon = Icon::none;
  bool active = false;    // the keyboard is there and types into it
  bool touchable = true;  // false in reach mode, where it stands among what can only be read
};
enum class FieldWish { none, activate, clear };
inline constexpr float field_height = 100;
FieldWish field(Stage& stage, const Box& box, const FieldSpec& spec);

}  // namespace vitrine::kiosk
