// SPDX-License-Identifier: Apache-2.0
// What a person types with the on-screen keyboard or keypad: the text so far, and how the keyboard stands.
#pragma once

#include <cstddef>
#include <string>

namespace vitrine::kiosk {

// What one key did. `text`: one letter in UTF-8, as it is to appear.
struct KeyTouch {
  enum class Kind { text, backspace, clear, shift, more };
  Kind kind = Kind::text;
  std::string text{};
  bool operator==(const KeyTouch&) const = default;
};

struct TypedText {
  std::string text;
  bool shift = false;  // the next letter is a capital
  bool more = false;   // the top row holds the language's further letters in place of digits
  bool operator==(const TypedText&) const = default;
};

// `letters_max`: what comes beyond is not taken. A letter ends shift; backspace takes a whole letter, never half of one.
void type(TypedText& typed, const KeyTouch& touch, std::size_t letters_max);

std::size_t letters_in(const std::string& utf8);

}  // namespace vitrine::kiosk
