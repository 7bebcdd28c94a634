// SPDX-License-Identifier: Apache-2.0
// The type styles (kiosk-ui section 3.3) and the icons in use. Each style and each icon size is baked at its own size; no glyph
// is ever scaled.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace vitrine::kiosk {

enum class Type : std::size_t {
  ring,
  total,
  h1,
  brand_large,
  title,
  h2,
  brand,
  brand_small,
  h3,
  body_l,
  button,
  name,
  body,
  small,
  small_strong,
  caption,
  caption_strong,
};
inline constexpr std::size_t type_count = 17;

enum class Glyphs { full, latin, money, digits };

struct TypeStyle {
  std::string_view face;  // file name without ".otf"
  float size = 0;         // em
  float line = 0;
  Glyphs glyphs = Glyphs::full;
};

inline constexpr std::array<TypeStyle, type_count> type_styles = {{
    {"InterDisplay-SemiBold", 104, 112, Glyphs::digits},
    {"InterDisplay-SemiBold", 68, 72, Glyphs::money},
    {"InterDisplay-SemiBold", 64, 72, Glyphs::full},
    {"InterDisplay-SemiBold", 60, 64, Glyphs::latin},
    {"InterDisplay-SemiBold", 54, 60, Glyphs::full},
    {"InterDisplay-SemiBold", 46, 54, Glyphs::full},
    {"InterDisplay-SemiBold", 44, 48, Glyphs::latin},
    {"InterDisplay-SemiBold", 38, 44, Glyphs::latin},
    {"InterDisplay-SemiBold", 36, 44, Glyphs::full},
    {"Inter-Regular", 32, 46, Glyphs::full},
    {"Inter-SemiBold", 32, 40, Glyphs::full},
    {"Inter-SemiBold", 29, 37, Glyphs::full},
    {"Inter-Regular", 28, 40, Glyphs::full},
    {"Inter-Regular", 26, 36, Glyphs::full},
    {"Inter-SemiBold", 26, 34, Glyphs::full},
    {"Inter-Regular", 24, 32, Glyphs::full},
    {"Inter-SemiBold", 24, 32, Glyphs::full},
}};

inline constexpr const TypeStyle& style_of(Type type) { return type_styles[static_cast<std::size_t>(type)]; }

// Material Icons.
enum class Icon : unsigned short {
  none = 0,
  add = 0xE145,
  arrow_back = 0xE5C4,
  arrow_forward = 0xE5C8,
  check = 0xE5CA,
  check_circle = 0xE86C,
  close = 0xE5CD,
  cloud_done = 0xE2BF,
  cloud_off = 0xE2C1,
  delete_outline = 0xE92E,
  error_outline = 0xE001,
  hourglass_top = 0xEA5B,
  language = 0xE894,
  light_mode = 0xE518,
  local_offer = 0xE54E,
  lock = 0xE897,
  place = 0xE55F,
  qr_code_2 = 0xE00A,
  qr_code_scanner = 0xF206,
  remove = 0xE15B,
  replay = 0xE042,
  restart_alt = 0xF053,
  schedule = 0xE8B5,
  shopping_bag = 0xF1CC,
  shopping_cart = 0xE8CC,
  smartphone = 0xE32C,
  storefront = 0xEA12,
  sync = 0xE627,
  timer_off = 0xE426,
  waving_hand = 0xE766,
};

// The sizes in which any icon may be drawn, and the icons baked at each.
struct IconSize {
  float size = 0;
  std::array<Icon, 12> icons{};
};

inline constexpr std::array<IconSize, 10> icon_sizes = {{
    {28, {Icon::place, Icon::error_outline, Icon::check, Icon::schedule, Icon::sync}},
    {32, {Icon::schedule, Icon::arrow_back, Icon::local_offer, Icon::qr_code_scanner, Icon::sync, Icon::check_circle}},
    {34, {Icon::delete_outline, Icon::smartphone, Icon::check_circle, Icon::sync, Icon::qr_code_2}},
    {36, {Icon::restart_alt, Icon::language, Icon::close}},
    {38, {Icon::add, Icon::remove, Icon::delete_outline}},
    {42,
     {Icon::delete_outline, Icon::check, Icon::replay, Icon::lock, Icon::cloud_off, Icon::check_circle, Icon::error_outline,
      Icon::qr_code_scanner}},
    {44, {Icon::arrow_back, Icon::close, Icon::check}},
    {50,
     {Icon::smartphone, Icon::qr_code_scanner, Icon::qr_code_2, Icon::light_mode, Icon::arrow_forward, Icon::cloud_done,
      Icon::sync, Icon::shopping_cart, Icon::replay, Icon::waving_hand}},
    {76, {Icon::qr_code_scanner, Icon::shopping_bag}},
    {168,
     {Icon::timer_off, Icon::qr_code_scanner, Icon::cloud_off, Icon::storefront, Icon::hourglass_top, Icon::shopping_bag,
      Icon::waving_hand, Icon::sync}},
}};

}  // namespace vitrine::kiosk
