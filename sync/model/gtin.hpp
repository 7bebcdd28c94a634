// SPDX-License-Identifier: Apache-2.0
// GTIN: the number under a barcode (GS1 General Specifications, section 7.9 for the check digit). EAN-8, UPC-A, EAN-13 and
// GTIN-14 name the same things and are kept as 14 digits.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace vitrine::sync {

class Gtin {
 public:
  // 8, 12, 13 or 14 digits with a right check digit, nothing else; otherwise none. All zeros is no number.
  static std::optional<Gtin> parse(std::string_view digits);

  [[nodiscard]] const std::string& digits14() const { return digits_; }
  // 13 digits, as documents and scanners write it; 14 where the first is not 0 (a case of goods, not one piece).
  [[nodiscard]] std::string text() const { return digits_.front() == '0' ? digits_.substr(1) : digits_; }
  bool operator==(const Gtin&) const = default;
  auto operator<=>(const Gtin&) const = default;

 private:
  explicit Gtin(std::string digits) : digits_(std::move(digits)) {}
  std::string digits_;
};

// The check digit that belongs behind these digits ('0' to '9'); none when they are not 1 to 17 digits.
std::optional<char> gs1_check_digit(std::string_view digits);

}  // namespace vitrine::sync
