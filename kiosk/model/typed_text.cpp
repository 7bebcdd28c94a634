// SPDX-License-Identifier: Apache-2.0
// Typing; see typed_text.hpp.
#include "kiosk/model/typed_text.hpp"

#include <algorithm>

namespace vitrine::kiosk {
namespace {

bool begins_letter(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80; }

}  // namespace

std::size_t letters_in(const std::string& utf8) {
  return static_cast<std::size_t>(std::count_if(utf8.begin(), utf8.end(), begins_letter));
}

void type(TypedText& typed, const KeyTouch& touch, std::size_t letters_max) {
  switch (touch.kind) {
    case KeyTouch::Kind::text:
      if (letters_in(typed.text) + letters_in(touch.text) <= letters_max) typed.text += touch.text;
      typed.shift = false;
      break;
    case KeyTouch::Kind::backspace:
      while (!typed.text.empty()) {
        const bool whole = begins_letter(typed.text.back());
        typed.text.pop_back();
        if (whole) break;
      }
      break;
    case KeyTouch::Kind::clear:
      typed.text.clear();
      typed.shift = false;
      break;
    case KeyTouch::Kind::shift:
      typed.shift = !typed.shift;
      break;
    case KeyTouch::Kind::more:
      typed.more = !typed.more;
      break;
  }
}

}  // namespace vitrine::kiosk
