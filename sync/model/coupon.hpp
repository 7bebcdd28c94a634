// SPDX-License-Identifier: Apache-2.0
// A coupon's code: what a shopper types or shows, and what a promotion asks for.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

namespace vitrine::sync {

inline constexpr std::size_t coupon_length_min = 3;
inline constexpr std::size_t coupon_length_max = 32;
inline constexpr std::size_t cart_coupons_max = 10;            // on one cart
inline constexpr std::string_view coupon_scan_start = "VC1:";  // a printed code says with this that it is a coupon

// A–Z, 0–9 and '-': as documents and operations have it.
inline bool is_coupon_code(std::string_view text) {
  return text.size() >= coupon_length_min && text.size() <= coupon_length_max &&
         std::ranges::all_of(text, [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-'; });
}

// What somebody typed, read aloud or scanned, as documents have it: in capitals, without blanks and the start of a scanned
// code. None: it can be no code.
inline std::optional<std::string> coupon_from(std::string_view text) {
  std::string code;
  for (const char c : text) {
    if (c != ' ') code += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  }
  if (code.starts_with(coupon_scan_start)) code.erase(0, coupon_scan_start.size());
  if (!is_coupon_code(code)) return std::nullopt;
  return code;
}

}  // namespace vitrine::sync
