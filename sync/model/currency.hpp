// SPDX-License-Identifier: Apache-2.0
// Names of currencies, as ISO 4217 has them.
#pragma once

#include <algorithm>
#include <string_view>

namespace vitrine::sync {

// Three capitals.
inline bool is_currency(std::string_view text) {
  return text.size() == 3 && std::ranges::all_of(text, [](char c) { return c >= 'A' && c <= 'Z'; });
}

}  // namespace vitrine::sync
