// SPDX-License-Identifier: Apache-2.0
// The type styles (kiosk-ui section 3.3) and the icons in use. Each style and each icon size is rendered at its own size; no
// glyph is ever scaled.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "kiosk/model/ease.hpp"

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
  key,
  // of a counter, which is read from further away on a screen that lies flatter: everything is smaller
  desk_clock,
  desk_title,
  desk_figure,
  desk_head,
  desk_name,
  desk_button,
  desk_label,
  desk_body,
  desk_caption,
  desk_badge,
  desk_rail,
};
inline constexpr std::size_t type_count = 29;

struct TypeStyle {
  std::string_view face;  // file name without ".otf"
  float size = 0;         // em
  float line = 0;
  bool title = false;  // grows less than reading text
};

inline constexpr std::array<TypeStyle, type_count> type_styles = {{
    {"InterDisplay-SemiBold", 104, 112, true},
    {"InterDisplay-SemiBold", 68, 72, true},
    {"InterDisplay-SemiBold", 64, 72, true},
    {"InterDisplay-SemiBold", 60, 64, true},
    {"InterDisplay-SemiBold", 54, 60, true},
    {"InterDisplay-SemiBold", 46, 54, true},
    {"InterDisplay-SemiBold", 44, 48, true},
    {"InterDisplay-SemiBold", 38, 44, true},
    {"InterDisplay-SemiBold", 36, 44, true},
    {"Inter-Regular", 32, 46},
    {"Inter-SemiBold", 32, 40},
    {"Inter-SemiBold", 29, 37},
    {"Inter-Regular", 28, 40},
    {"Inter-Regular", 26, 36},
    {"Inter-SemiBold", 26, 34},
    {"Inter-Regular", 24, 32},
    {"Inter-SemiBold", 24, 32},
    {"Inter-Regular", 36, 44, true},
    {"InterDisplay-SemiBold", 168, 168, true},
    {"InterDisplay-SemiBold", 36, 44, true},
    {"InterDisplay-SemiBold", 40, 48, true},
    {"InterDisplay-SemiBold", 26, 32, true},
    {"Inter-SemiBold", 24, 30},
    {"Inter-SemiBold", 21, 26},
    {"Inter-SemiBold", 20, 26},
    {"Inter-Regular", 20, 28},
    {"Inter-Regular", 18, 24},
    {"Inter-SemiBold", 18, 24},
    {"Inter-SemiBold", 17, 20},
}};

inline constexpr const TypeStyle& style_of(Type type) { return type_styles[static_cast<std::size_t>(type)]; }

// What a person's text size makes of a style: reading text 1, 1.25, 1.5; titles 1, 1.15, 1.25; the countdown's digits stay.
inline constexpr float factor_of(Type type, TextSize size) {
  if (size == TextSize::standard || type == Type::ring) return 1;
  if (style_of(type).title) return size == TextSize::large ? 1.15F : 1.25F;
  return size == TextSize::large ? 1.25F : 1.5F;
}

// Material Icons.
enum class Icon : unsigned short {
  none = 0,
  accessibility_new = 0xE92C,
  accessible = 0xE914,
  add = 0xE145,
  add_shopping_cart = 0xE854,
  animation = 0xE71C,
  assignment_return = 0xE860,
  arrow_back = 0xE5C4,
  arrow_forward = 0xE5C8,
  backspace = 0xE14A,
  badge = 0xEA67,
  call = 0xE0B0,
  chat = 0xE0B7,
  check = 0xE5CA,
  check_circle = 0xE86C,
  chevron_right = 0xE5CC,
  close = 0xE5CD,
  cloud_done = 0xE2BF,
  cloud_off = 0xE2C1,
  contrast = 0xEB37,
  delete_outline = 0xE92E,
  directions_walk = 0xE536,
  error_outline = 0xE001,
  handshake = 0xEBCB,
  hourglass_bottom = 0xEA5C,
  hourglass_top = 0xEA5B,
  inbox = 0xE156,
  inventory_2 = 0xE1A1,
  keyboard_arrow_down = 0xE313,
  keyboard_arrow_up = 0xE316,
  keyboard_capslock = 0xE318,
  keyboard_hide = 0xE31A,
  language = 0xE894,
  light_mode = 0xE518,
  local_offer = 0xE54E,
  lock = 0xE897,
  lock_clock = 0xEF57,
  manage_search = 0xF02F,
  person = 0xE7FD,
  person_search = 0xF106,
  place = 0xE55F,
  point_of_sale = 0xF17E,
  print = 0xE8AD,
  print_disabled = 0xE9CF,
  qr_code_2 = 0xE00A,
  qr_code_scanner = 0xF206,
  remove = 0xE15B,
  remove_shopping_cart = 0xE928,
  replay = 0xE042,
  restart_alt = 0xF053,
  schedule = 0xE8B5,
  search = 0xE8B6,
  search_off = 0xEA76,
  shopping_bag = 0xF1CC,
  shopping_cart = 0xE8CC,
  smartphone = 0xE32C,
  storefront = 0xEA12,
  sync = 0xE627,
  text_increase = 0xEAE2,
  timer_off = 0xE426,
  verified_user = 0xE8E8,
  vertical_align_bottom = 0xE258,
  visibility = 0xE8F4,
  volume_up = 0xE050,
  waving_hand = 0xE766,
};

// The sizes in which any icon may be drawn, and the icons baked at each.
struct IconSize {
  float size = 0;
  std::array<Icon, 24> icons{};
};

inline constexpr std::array<IconSize, 13> icon_sizes = {{
    {22,
     {Icon::inventory_2, Icon::schedule, Icon::person, Icon::language, Icon::cloud_done, Icon::cloud_off, Icon::error_outline,
      Icon::point_of_sale, Icon::place, Icon::check_circle, Icon::hourglass_bottom, Icon::lock}},
    {30, {Icon::lock_clock,   Icon::assignment_return, Icon::person_search, Icon::handshake, Icon::check,
          Icon::check_circle, Icon::error_outline,     Icon::chevron_right, Icon::inbox,     Icon::lock,
          Icon::backspace,    Icon::qr_code_scanner,   Icon::inventory_2,   Icon::add,       Icon::remove,
          Icon::arrow_back,   Icon::language,          Icon::cloud_off,     Icon::close,     Icon::directions_walk,
          Icon::person,       Icon::cloud_done,        Icon::chat}},
    {26,
     {Icon::visibility, Icon::search, Icon::add_shopping_cart, Icon::remove_shopping_cart, Icon::shopping_bag, Icon::replay,
      Icon::chat, Icon::call, Icon::storefront, Icon::shopping_cart, Icon::handshake, Icon::schedule}},
    {28,
     {Icon::place, Icon::error_outline, Icon::check, Icon::schedule, Icon::sync, Icon::badge, Icon::cloud_off, Icon::check_circle,
      Icon::point_of_sale}},
    {32, {Icon::schedule, Icon::arrow_back, Icon::local_offer, Icon::qr_code_scanner, Icon::sync, Icon::check_circle}},
    {34, {Icon::delete_outline, Icon::smartphone, Icon::check_circle, Icon::sync, Icon::qr_code_2}},
    {36,
     {Icon::restart_alt, Icon::language, Icon::close, Icon::accessibility_new, Icon::arrow_back, Icon::volume_up,
      Icon::chevron_right, Icon::waving_hand}},
    {38, {Icon::add, Icon::remove, Icon::delete_outline}},
    {42,
     {Icon::delete_outline,
      Icon::check,
      Icon::replay,
      Icon::lock,
      Icon::cloud_off,
      Icon::check_circle,
      Icon::error_outline,
      Icon::qr_code_scanner,
      Icon::backspace,
      Icon::keyboard_capslock,
      Icon::keyboard_hide,
      Icon::search,
      Icon::add_shopping_cart,
      Icon::point_of_sale,
      Icon::shopping_cart,
      Icon::manage_search,
      Icon::inventory_2,
      Icon::accessible,
      Icon::smartphone,
      Icon::print,
      Icon::print_disabled}},
    {44,
     {Icon::arrow_back, Icon::close, Icon::check, Icon::text_increase, Icon::contrast, Icon::vertical_align_bottom,
      Icon::volume_up, Icon::animation, Icon::hourglass_bottom, Icon::keyboard_arrow_up, Icon::keyboard_arrow_down, Icon::add}},
    {50,
     {Icon::smartphone, Icon::qr_code_scanner, Icon::qr_code_2, Icon::light_mode, Icon::arrow_forward, Icon::cloud_done,
      Icon::sync, Icon::shopping_cart, Icon::replay, Icon::waving_hand, Icon::place, Icon::error_outline, Icon::search,
      Icon::shopping_bag, Icon::directions_walk, Icon::check, Icon::point_of_sale}},
    {76, {Icon::qr_code_scanner, Icon::shopping_bag, Icon::search, Icon::waving_hand, Icon::error_outline}},
    {168,
     {Icon::timer_off, Icon::qr_code_scanner, Icon::cloud_off, Icon::storefront, Icon::hourglass_top, Icon::shopping_bag,
      Icon::waving_hand, Icon::sync, Icon::search, Icon::search_off, Icon::badge, Icon::schedule, Icon::point_of_sale,
      Icon::smartphone}},
}};

}  // namespace vitrine::kiosk
