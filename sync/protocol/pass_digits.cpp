// SPDX-License-Identifier: Apache-2.0
// The bytes of a pass as digits: each 7 bytes, big-endian, as 17 digits, the rest by the table below. Numeric QR segments are
// nearly as dense as base45, and every scanner and camera carries digits faithfully. One value has one spelling.
#include <algorithm>
#include <array>

#include "sync/protocol/pass.hpp"

namespace vitrine::sync::protocol {

namespace {

// digits_for[k]: how many digits hold k bytes.
constexpr std::array<std::size_t, 8> digits_for = {0, 3, 5, 8, 10, 13, 15, 17};
constexpr std::size_t group_bytes = 7;
constexpr std::size_t group_digits = digits_for[group_bytes];
// Fewer digits are a product's number, a locker's or a phone's: a pass has a signature of 64 bytes and ids of 32.
constexpr std::size_t pass_digits_min = 240;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blank = " \t\r\n";
  const auto first = text.find_first_not_of(blank);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blank) - first + 1);
}

void append_group(std::string& digits, std::string_view bytes) {
  std::uint64_t value = 0;
  for (const char c : bytes) value = (value << 8U) | static_cast<unsigned char>(c);
  std::string group(digits_for[bytes.size()], '0');
  for (auto digit = group.rbegin(); digit != group.rend(); ++digit, value /= 10) *digit = static_cast<char>('0' + value % 10);
  digits += group;
}

// False: the digits stand for more than their bytes can hold.
bool append_bytes(std::string& bytes, std::string_view digits, std::size_t count) {
  std::uint64_t value = 0;
  for (const char c : digits) value = value * 10 + static_cast<std::uint64_t>(c - '0');
  if (value >> (8U * count) != 0) return false;
  for (std::size_t byte = count; byte-- > 0;) bytes.push_back(static_cast<char>((value >> (8U * byte)) & 0xffU));
  return true;
}

}  // namespace

std::string pass_digits(std::string_view signed_bytes) {
  std::string digits;
  digits.reserve((signed_bytes.size() / group_bytes + 1) * group_digits);
  for (; !signed_bytes.empty(); signed_bytes.remove_prefix(std::min(group_bytes, signed_bytes.size()))) {
    append_group(digits, signed_bytes.substr(0, group_bytes));
  }
  return digits;
}

std::string pass_link(std::string_view link_base, std::string_view signed_bytes) {
  return std::string(link_base) + "#" + pass_digits(signed_bytes);
}

Result<std::string> pass_bytes_of(std::string_view text) {
  if (text.size() > pass_text_max) return fail("pass_not_ours", "longer than any pass");
  std::string_view digits = trimmed(text);
  if (const auto hash = digits.rfind('#'); hash != std::string_view::npos) digits.remove_prefix(hash + 1);
  if (digits.size() < pass_digits_min || !std::ranges::all_of(digits, is_digit)) return fail("pass_not_ours", "no pass's digits");
  const auto tail = std::ranges::find(digits_for, digits.size() % group_digits);
  if (tail == digits_for.end()) return fail("pass_malformed", "a number of digits that no pass has");
  const auto tail_bytes = static_cast<std::size_t>(tail - digits_for.begin());

  std::string bytes;
  bytes.reserve(digits.size() / group_digits * group_bytes + tail_bytes);
  while (!digits.empty()) {
    const bool whole = digits.size() >= group_digits;
    const std::string_view group = digits.substr(0, group_digits);
    if (!append_bytes(bytes, group, whole ? group_bytes : tail_bytes)) return fail("pass_malformed", "digits above their group");
    digits.remove_prefix(group.size());
  }
  return bytes;
}

}  // namespace vitrine::sync::protocol
