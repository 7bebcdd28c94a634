// SPDX-License-Identifier: Apache-2.0
// What people typed or scanned, as a part of a path or a query.
#pragma once

#include <string>
#include <string_view>

namespace vitrine::kiosk {

// As RFC 3986 has it: what is no letter, digit, or one of -._~ becomes %XX.
inline std::string escaped(std::string_view text) {
  constexpr std::string_view hex = "0123456789ABCDEF";
  std::string made;
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
                       c == '_' || c == '~';
    if (plain) {
      made += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      made += {'%', hex[byte >> 4U], hex[byte & 0xFU]};
    }
  }
  return made;
}

}  // namespace vitrine::kiosk
