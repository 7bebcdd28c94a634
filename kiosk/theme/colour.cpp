// SPDX-License-Identifier: Apache-2.0
// Colour arithmetic: relative luminance and contrast by WCAG 2, hue and lightness for derived shades.
#include "kiosk/theme/colour.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace vitrine::kiosk {
namespace {

double linear(std::uint8_t channel) {
  const double c = channel / 255.0;
  return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
}

double luminance(Colour c) { return 0.2126 * linear(c.r) + 0.7152 * linear(c.g) + 0.0722 * linear(c.b); }

std::uint8_t to_byte(double share) { return static_cast<std::uint8_t>(std::lround(std::clamp(share, 0.0, 1.0) * 255.0)); }

int digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

std::optional<Colour> parse_colour(std::string_view text) {
  if (text.size() != 7 || text[0] != '#') return std::nullopt;
  std::uint32_t rgb = 0;
  for (const char c : text.substr(1)) {
    const int value = digit(c);
    if (value < 0) return std::nullopt;
    rgb = rgb * 16 + static_cast<std::uint32_t>(value);
  }
  return Colour::hex(rgb);
}

std::string to_text(Colour colour) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string text = "#";
  for (const std::uint8_t channel : {colour.r, colour.g, colour.b}) {
    text += digits[channel / 16U];
    text += digits[channel % 16U];
  }
  return text;
}

double contrast(Colour one, Colour other) {
  const double a = luminance(one);
  const double b = luminance(other);
  return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

Hsl to_hsl(Colour colour) {
  const double r = colour.r / 255.0;
  const double g = colour.g / 255.0;
  const double b = colour.b / 255.0;
  const double high = std::max({r, g, b});
  const double low = std::min({r, g, b});
  const double range = high - low;
  Hsl hsl{0, 0, (high + low) / 2};
  if (range <= 0) return hsl;
  hsl.saturation = range / (1 - std::abs(2 * hsl.lightness - 1));
  if (high == r) {
    hsl.hue = 60 * std::fmod((g - b) / range, 6.0);
  } else if (high == g) {
    hsl.hue = 60 * ((b - r) / range + 2);
  } else {
    hsl.hue = 60 * ((r - g) / range + 4);
  }
  if (hsl.hue < 0) hsl.hue += 360;
  return hsl;
}

Colour from_hsl(const Hsl& hsl) {
  const double chroma = (1 - std::abs(2 * hsl.lightness - 1)) * hsl.saturation;
  const double second = chroma * (1 - std::abs(std::fmod(hsl.hue / 60, 2.0) - 1));
  const double base = hsl.lightness - chroma / 2;
  const std::array<std::array<double, 3>, 6> sectors = {{{chroma, second, 0},
                                                         {second, chroma, 0},
                                                         {0, chroma, second},
                                                         {0, second, chroma},
                                                         {second, 0, chroma},
                                                         {chroma, 0, second}}};
  const auto& rgb = sectors.at(static_cast<std::size_t>(hsl.hue / 60) % 6);
  return {to_byte(rgb[0] + base), to_byte(rgb[1] + base), to_byte(rgb[2] + base), 255};
}

Colour mix(Colour from, Colour to, double share) {
  const auto blend = [&](std::uint8_t a, std::uint8_t b) { return to_byte((a + (b - a) * share) / 255.0); };
  return {blend(from.r, to.r), blend(from.g, to.g), blend(from.b, to.b), blend(from.a, to.a)};
}

}  // namespace vitrine::kiosk
