// SPDX-License-Identifier: Apache-2.0
// Weights 3, 1, 3 … from the right; the check digit fills the sum up to a multiple of ten.
#include "sync/model/gtin.hpp"

#include <algorithm>
#include <cstddef>

namespace vitrine::sync {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

std::optional<char> gs1_check_digit(std::string_view digits) {
  if (digits.empty() || digits.size() > 17 || !std::ranges::all_of(digits, is_digit)) return std::nullopt;
  int sum = 0;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    const int digit = digits[digits.size() - 1 - i] - '0';
    sum += i % 2 == 0 ? 3 * digit : digit;
  }
  return static_cast<char>('0' + (10 - sum % 10) % 10);
}

std::optional<Gtin> Gtin::parse(std::string_view digits) {
  if (digits.size() != 8 && digits.size() != 12 && digits.size() != 13 && digits.size() != 14) return std::nullopt;
  const std::optional<char> check = gs1_check_digit(digits.substr(0, digits.size() - 1));
  if (!check || *check != digits.back()) return std::nullopt;
  if (std::ranges::all_of(digits, [](char c) { return c == '0'; })) return std::nullopt;
  return Gtin(std::string(14 - digits.size(), '0') + std::string(digits));
}

}  // namespace vitrine::sync
