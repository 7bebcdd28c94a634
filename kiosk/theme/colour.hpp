// SPDX-License-Identifier: Apache-2.0
// A colour, and what the contrast rules of WCAG 2 need to know about it.
#pragma once

#include <cmath>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace vitrine::kiosk {

struct Colour {
  std::uint8_t r = 0, g = 0, b = 0, a = 255;
  bool operator==(const Colour&) const = default;

  [[nodiscard]] static constexpr Colour hex(std::uint32_t rgb) {
    return {static_cast<std::uint8_t>(rgb >> 16U), static_cast<std::uint8_t>(rgb >> 8U), static_cast<std::uint8_t>(rgb), 255};
  }
  // `share` 0 to 1 of this colour's own opacity.
  [[nodiscard]] Colour faded(float share) const {
    return {r, g, b, static_cast<std::uint8_t>(std::lround(static_cast<float>(a) * (share < 0 ? 0 : share > 1 ? 1 : share)))};
  }
};

// "#0B5754"; nothing when it is not six hex digits after '#'.
std::optional<Colour> parse_colour(std::string_view text);
std::string to_text(Colour colour);

// 1 to 21.
double contrast(Colour one, Colour other);

// Hue 0 to 360, saturation and lightness 0 to 1.
struct Hsl {
  double hue = 0, saturation = 0, lightness = 0;
};
Hsl to_hsl(Colour colour);
Colour from_hsl(const Hsl& hsl);
Colour mix(Colour from, Colour to, double share);

}  // namespace vitrine::kiosk
