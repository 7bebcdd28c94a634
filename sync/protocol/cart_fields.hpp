// SPDX-License-Identifier: Apache-2.0
// The fields that cart documents and cart operations share. Included by their codecs' .cpp files only.
#pragma once

#include <algorithm>
#include <string_view>

#include "base/time_point.hpp"
#include "sync/model/ids.hpp"
#include "sync/model/version.hpp"
#include "sync/protocol/json_input.hpp"

namespace vitrine::sync::protocol {

inline constexpr std::size_t customer_bytes_max = 64;
inline constexpr std::size_t channel_bytes_max = 32;
inline constexpr std::size_t actor_bytes_max = 64;
inline constexpr std::int64_t time_ms_max = 253402300799999;  // the end of the year 9999

// "<32 hex digits>.<index>", the index without leading zeros.
inline bool is_dot_id(std::string_view text) {
  if (text.size() < 34 || text.size() > 38 || !is_hex_128(text.substr(0, 32)) || text[32] != '.') return false;
  const std::string_view index = text.substr(33);
  if (index.size() > 1 && index.front() == '0') return false;
  return std::ranges::all_of(index, [](char c) { return c >= '0' && c <= '9'; });
}

// A line's key: printable ASCII without quotes and slashes, as a SKU, and longer since it may carry options.
inline bool is_line_key(std::string_view text) {
  if (text.empty() || text.size() > 120) return false;
  return std::ranges::all_of(text, [](char c) { return c >= 0x20 && c < 0x7f && c != '"' && c != '\\' && c != '/'; });
}

inline UtcMs decode_time(const Fields& fields, const char* name) { return {fields.integer(name, 0, time_ms_max)}; }

// [era, number]
inline Version decode_version(const Fields& fields, const char* name) {
  const nlohmann::json& pair = fields.array(name, 2);
  if (pair.size() != 2 || !pair[0].is_number_unsigned() || !pair[1].is_number_unsigned() ||
      !integer_of(pair[0], 0, 0xffffffffLL)) {
    fields.wrong(name, "not [era, number]");
    return {};
  }
  return {pair[0].get<std::uint32_t>(), pair[1].get<std::uint64_t>()};
}

inline nlohmann::json encode_version(const Version& v) { return nlohmann::json::array({v.era, v.number}); }

}  // namespace vitrine::sync::protocol
