// SPDX-License-Identifier: Apache-2.0
// 128 random bits as 32 hex digits, from the system's source.
#pragma once

#include <sys/random.h>

#include <array>
#include <cstdint>
#include <string>

#include "base/require.hpp"

namespace vitrine::kiosk {

inline std::string new_request_id() {
  std::array<std::uint8_t, 16> bytes{};
  require(getrandom(bytes.data(), bytes.size(), 0) == static_cast<ssize_t>(bytes.size()), "the system gives random bytes");
  std::string text;
  for (const std::uint8_t byte : bytes) {
    text.push_back("0123456789abcdef"[byte >> 4]);
    text.push_back("0123456789abcdef"[byte & 15]);
  }
  return text;
}

}  // namespace vitrine::kiosk
