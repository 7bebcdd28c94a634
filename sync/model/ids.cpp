// SPDX-License-Identifier: Apache-2.0
// What a well-formed id looks like. Judged once, at the border.
#include "sync/model/ids.hpp"

#include <algorithm>

namespace vitrine::sync {

namespace {

bool is_lower_hex(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); }
bool is_lower_or_digit(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z'); }

}  // namespace

bool is_hex_128(std::string_view text) { return text.size() == 32 && std::ranges::all_of(text, is_lower_hex); }

bool is_store_id(std::string_view text) {
  if (text.empty() || text.size() > 32 || text.front() == '-' || text.back() == '-') return false;
  return std::ranges::all_of(text, [](char c) { return is_lower_or_digit(c) || c == '-'; });
}

bool is_sku(std::string_view text) {
  if (text.empty() || text.size() > 40 || text.front() == ' ' || text.back() == ' ') return false;
  return std::ranges::all_of(text, [](char c) { return c >= 0x20 && c < 0x7f && c != '"' && c != '\\' && c != '/'; });
}

bool is_order_id(std::string_view text) {
  const auto is_good = [](char c) { return is_lower_or_digit(c) || (c >= 'A' && c <= 'Z') || c == '.' || c == '_' || c == '-'; };
  return !text.empty() && text.size() <= 64 && std::ranges::all_of(text, is_good);
}

bool is_stream_name(std::string_view text) {
  if (text.empty() || text.size() > 64) return false;
  return std::ranges::all_of(text, [](char c) { return is_lower_or_digit(c) || c == '-' || c == '.'; });
}

}  // namespace vitrine::sync
