// SPDX-License-Identifier: Apache-2.0
// Telling passes, article numbers and other codes apart; see scan.hpp.
#include "kiosk/input/scan.hpp"

#include <algorithm>

#include "sync/model/coupon.hpp"

namespace vitrine::kiosk {
namespace {

// The signature alone is 64 bytes: 155 digits at 17 digits for 7 bytes. A shorter run of digits is no pass.
constexpr std::size_t pass_digits_least = 155;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::optional<Symbology> from_aim(char letter) {
  switch (letter) {
    case 'Q':
      return Symbology::qr;
    case 'd':
      return Symbology::data_matrix;
    case 'E':
      return Symbology::ean;
    case 'C':
      return Symbology::code_128;
    default:
      return Symbology::other;
  }
}

bool is_letter(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }

}  // namespace

bool gtin_check_digit_holds(std::string_view digits) {
  if (digits.size() != 8 && digits.size() != 12 && digits.size() != 13 && digits.size() != 14) return false;
  if (!std::ranges::all_of(digits, is_digit)) return false;
  int sum = 0;
  int weight = 1;
  for (auto it = digits.rbegin(); it != digits.rend(); ++it) {
    sum += weight * (*it - '0');
    weight = 4 - weight;
  }
  return sum % 10 == 0;
}

ScanKind kind_of(std::string_view text) {
  if (gtin_check_digit_holds(text)) return ScanKind::gtin;
  if (text.starts_with(sync::coupon_scan_start) && sync::coupon_from(text)) return ScanKind::coupon;
  if (text.starts_with("VT1:") && text.size() > 4) return ScanKind::pass_link;
  const auto last_other = std::find_if_not(text.rbegin(), text.rend(), is_digit);
  const auto digits = static_cast<std::size_t>(last_other - text.rbegin());
  // The fragment follows a link; digits alone are no link.
  if (digits >= pass_digits_least && digits < text.size()) return ScanKind::pass_link;
  return ScanKind::unknown;
}

Scan scan_from(std::string text, ScanSource source, MonoMs at) {
  Scan scan{.text = {}, .symbology = std::nullopt, .source = source, .at = at};
  if (text.size() >= 3 && text[0] == ']' && is_letter(text[1]) && text[2] >= '0' && text[2] <= '9') {
    scan.symbology = from_aim(text[1]);
    text.erase(0, 3);
  }
  for (char& c : text) {
    const bool printable = c >= 0x20 && c < 0x7F;
    if (!printable && c != 0x1D) c = '?';
  }
  scan.text = std::move(text);
  return scan;
}

void wipe(std::string& text) {
  text.resize(text.capacity());
  volatile char* out = text.data();
  for (std::size_t i = 0; i < text.size(); ++i) out[i] = 0;
  text.clear();
}

std::string_view name_of(ScanSource source) {
  switch (source) {
    case ScanSource::wedge:
      return "wedge";
    case ScanSource::serial:
      return "serial";
    case ScanSource::camera:
      return "camera";
  }
  return "";
}

std::string_view name_of(ScanKind kind) {
  switch (kind) {
    case ScanKind::pass_link:
      return "pass_link";
    case ScanKind::gtin:
      return "gtin";
    case ScanKind::coupon:
      return "coupon";
    case ScanKind::unknown:
      return "unknown";
  }
  return "";
}

}  // namespace vitrine::kiosk
