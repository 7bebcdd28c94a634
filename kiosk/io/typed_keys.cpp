// SPDX-License-Identifier: Apache-2.0
#include "kiosk/io/typed_keys.hpp"

#include <string>
#include <string_view>

namespace vitrine::kiosk {

namespace {

std::string utf8_of(char32_t character) {
  std::string text;
  const auto add = [&](char32_t byte) { text += static_cast<char>(static_cast<unsigned char>(byte)); };
  if (character < 0x80) {
    add(character);
  } else if (character < 0x800) {
    add(0xC0U | (character >> 6U));
    add(0x80U | (character & 0x3FU));
  } else if (character < 0x10000) {
    add(0xE0U | (character >> 12U));
    add(0x80U | ((character >> 6U) & 0x3FU));
    add(0x80U | (character & 0x3FU));
  }
  return text;
}

}  // namespace

std::optional<Key> key_for_screens(const Typed& typed) {
  switch (typed.key) {
    case WedgeKey::enter:
      return Key::enter;
    case WedgeKey::tab:
      return Key::tab;
    case WedgeKey::back_tab:
      return Key::back_tab;
    case WedgeKey::escape:
      return Key::escape;
    case WedgeKey::left:
      return Key::left;
    case WedgeKey::right:
      return Key::right;
    case WedgeKey::up:
      return Key::up;
    case WedgeKey::down:
      return Key::down;
    case WedgeKey::queue:
      return Key::queue;
    case WedgeKey::customer:
      return Key::customer;
    case WedgeKey::stock:
      return Key::stock;
    case WedgeKey::status:
      return Key::status;
    case WedgeKey::board:
      return Key::board;
    case WedgeKey::picking:
      return Key::picking;
    case WedgeKey::take_back:
      return Key::take_back;
    case WedgeKey::lock:
      return Key::lock;
    case WedgeKey::filter:
      return Key::filter;
    case WedgeKey::note:
      return Key::note;
    // At a kiosk these two are of reading aloud, before they come here.
    case WedgeKey::speak:
      return Key::keys;
    case WedgeKey::louder:
      return Key::search;
    case WedgeKey::alt:
      return typed.character >= U'a' && typed.character <= U'z' ? std::optional(alt(static_cast<char>(typed.character)))
                                                                : std::nullopt;
    default:
      return std::nullopt;  // no screen has a text field
  }
}

std::optional<KeyTouch> letter_typed(const Typed& typed, bool sentence) {
  if (typed.key == WedgeKey::backspace) return KeyTouch{KeyTouch::Kind::backspace};
  if (sentence && typed.key == WedgeKey::character && typed.character >= U' ' && typed.character != 0x7F) {
    std::string text = utf8_of(typed.character);
    return text.empty() ? std::nullopt : std::optional(KeyTouch{KeyTouch::Kind::text, std::move(text)});
  }
  constexpr std::u32string_view plain = U"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-._:@+% ";
  if (typed.key != WedgeKey::character || plain.find(typed.character) == std::u32string_view::npos) return std::nullopt;
  return KeyTouch{KeyTouch::Kind::text, std::string(1, static_cast<char>(typed.character))};
}

}  // namespace vitrine::kiosk
