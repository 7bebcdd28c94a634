// SPDX-License-Identifier: Apache-2.0
// The shape of staff numbers and PINs.
#include "sync/model/staff.hpp"

#include <algorithm>

namespace vitrine::sync {

namespace {

constexpr std::size_t pin_digits = 6;
constexpr std::size_t number_bytes_max = 12;
constexpr std::size_t role_bytes_max = 32;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }

bool repeats_every(std::string_view pin, std::size_t period) { return pin.substr(period) == pin.substr(0, pin.size() - period); }

// Each digit follows the one before; 0 follows 9.
bool is_ladder(std::string_view pin, int step) {
  for (std::size_t i = 1; i < pin.size(); ++i) {
    if ((pin[i - 1] - '0' + step + 10) % 10 != pin[i] - '0') return false;
  }
  return true;
}

}  // namespace

bool is_staff_number(std::string_view text) {
  const auto is_good = [](char c) { return is_digit(c) || is_lower(c) || (c >= 'A' && c <= 'Z') || c == '-'; };
  return !text.empty() && text.size() <= number_bytes_max && std::ranges::all_of(text, is_good);
}

bool is_role(std::string_view text) {
  const auto is_good = [](char c) { return is_digit(c) || is_lower(c) || c == '_'; };
  return !text.empty() && text.size() <= role_bytes_max && text.front() != '_' && text.back() != '_' &&
         std::ranges::all_of(text, is_good);
}

bool is_pin(std::string_view text) { return text.size() == pin_digits && std::ranges::all_of(text, is_digit); }

bool is_good_pin(std::string_view pin) {
  return is_pin(pin) && !repeats_every(pin, 1) && !repeats_every(pin, 2) && !repeats_every(pin, 3) && !is_ladder(pin, 1) &&
         !is_ladder(pin, -1);
}

}  // namespace vitrine::sync
