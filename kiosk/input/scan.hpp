// SPDX-License-Identifier: Apache-2.0
// What a scanner or the camera read, as a typed value: the text as read, where it came from, and what it looks like. Whether a
// pass is genuine is judged by the edge; here it is only told apart from an article number and from everything else.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/time_point.hpp"

namespace vitrine::kiosk {

enum class Symbology : std::uint8_t { qr, data_matrix, ean, upc, code_128, other };
enum class ScanSource : std::uint8_t { wedge, serial, camera };
enum class ScanKind : std::uint8_t { pass_link, gtin, coupon, unknown };

// The longest text that is taken from any source, in characters. A pass of 41 lines has about 1,700.
inline constexpr std::size_t scan_length_max = 4096;

struct Scan {
  std::string text;  // printable ASCII and GS (0x1D), everything else replaced by '?'
  std::optional<Symbology> symbology;
  ScanSource source = ScanSource::wedge;
  MonoMs at;  // when its last character was there
};

// Pass: a link whose fragment is digits, also when a wedge with a foreign keyboard layout has bent `:`, `/` or `#`, or "VT1:" and
// base45. GTIN: 8, 12, 13 or 14 digits with a right check digit. Coupon: "VC1:" and its code.
[[nodiscard]] ScanKind kind_of(std::string_view text);

// The check digit of GS1 General Specifications 7.9, over 8, 12, 13 or 14 digits; false for any other length.
[[nodiscard]] bool gtin_check_digit_holds(std::string_view digits);

// An AIM symbology identifier ("]Q3", ISO/IEC 15424) at the front is taken off and understood; the rest is made printable.
[[nodiscard]] Scan scan_from(std::string text, ScanSource source, MonoMs at);

// Overwrites the characters before letting go of them.
void wipe(std::string& text);

[[nodiscard]] std::string_view name_of(ScanSource source);
[[nodiscard]] std::string_view name_of(ScanKind kind);

}  // namespace vitrine::kiosk
