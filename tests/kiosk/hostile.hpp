// SPDX-License-Identifier: Apache-2.0
// Bytes as nobody should send them: good ones with a few changed, gone, doubled or put in.
#pragma once

#include <algorithm>
#include <random>
#include <string>

namespace vitrine::kiosk {

inline std::string hostile(const std::string& good, std::mt19937& chance) {
  std::string text = good;
  for (auto changes = 1 + chance() % 6; changes > 0; --changes) {
    const std::size_t at = text.empty() ? 0 : chance() % text.size();
    switch (text.empty() ? 2 : chance() % 4) {
      case 0:
        text[at] = static_cast<char>(chance());
        break;
      case 1:
        text.erase(at, chance() % 30);
        break;
      case 2:
        text.insert(at, std::string(chance() % 80, "[{\"'}\n\xFF"[chance() % 7]));
        break;
      default:
        text.insert(at, good.substr(std::min<std::size_t>(good.size(), chance() % (good.size() + 1)), chance() % 60));
    }
  }
  return text;
}

}  // namespace vitrine::kiosk
