// SPDX-License-Identifier: Apache-2.0
// From a retailer's few colours to all of them, and the contrast that each pair must keep.
#include "kiosk/theme/theme.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <utility>
#include <vector>

namespace vitrine::kiosk {
namespace {

constexpr std::array<std::string_view, 6> tile_names = {"blush", "butter", "mint", "sky", "lilac", "sand"};

Colour with_lightness(Colour colour, double factor) {
  Hsl hsl = to_hsl(colour);
  hsl.lightness = std::clamp(hsl.lightness * factor, 0.0, 1.0);
  return from_hsl(hsl);
}

// A window frame: darker and fuller than its tile, as wood is beside paint.
Colour frame_of(Colour tile) {
  Hsl hsl = to_hsl(tile);
  hsl.lightness *= 0.89;
  hsl.saturation = std::min(1.0, hsl.saturation * 0.72);
  return from_hsl(hsl);
}

std::string two_decimals(double value) {
  std::array<char, 32> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value, std::chars_format::fixed, 2);
  return {digits.data(), end.ptr};
}

struct Pair {
  std::string_view what;
  Colour text;
  Colour on;
  double needs;
};

std::unexpected<Error> refuse(const Pair& pair, double has) {
  return fail("theme_refused", std::string(pair.what) + ": " + to_text(pair.text) + " on " + to_text(pair.on) + " has contrast " +
                                   two_decimals(has) + ", needs " + two_decimals(pair.needs) + ", short by " +
                                   two_decimals(pair.needs - has));
}

std::vector<Pair> pairs_of(const Theme& t) {
  std::vector<Pair> pairs = {
      {"primary on white", t.primary, t.surface, 4.5},
      {"primary on the background", t.primary, t.bg, 4.5},
      {"primary on its tint", t.primary, t.primary_tint, 4.5},
      {"what is written on primary", t.on_primary, t.primary, 4.5},
      {"what is written on primary, pressed", t.on_primary, t.primary_press, 4.5},
      {"letters of the keyboard's functions", t.ink, t.key_function, 4.5},
      {"the toast", t.on_dark, t.toast, 7.0},
      {"second text on primary", t.on_primary_2, t.primary, 4.5},
      {"white on night", t.on_dark, t.night, 7.0},
      {"second text on the light end of night", t.on_dark_2, t.night_light, 4.5},
      {"promotion on white", t.promo, t.surface, 4.5},
      {"promotion on its tint", t.promo, t.promo_tint, 4.5},
      {"text on the background", t.ink, t.bg, 7.0},
      {"second text on the background", t.ink_2, t.bg, 4.5},
      {"faint text on the background", t.ink_3, t.bg, 4.5},
      {"ok on the background", t.ok, t.bg, 4.5},
      {"focus ring on the background", t.focus, t.bg, 3.0},
      {"control outline on the background", t.line_strong, t.bg, 3.0},
      {"ok on its tint", t.ok, t.ok_tint, 4.5},
      {"warning on its tint", t.warn, t.warn_tint, 4.5},
      {"information on its tint", t.info, t.info_tint, 4.5},
  };
  // In high contrast only pictures stand on tiles.
  for (std::size_t i = 0; t.card_line == 0 && i < t.tiles.size(); ++i) pairs.push_back({tile_names[i], t.ink, t.tiles[i], 7.0});
  return pairs;
}

}  // namespace

std::size_t Theme::tile_index(std::string_view name) {
  const auto found = std::find(tile_names.begin(), tile_names.end(), name);
  return found == tile_names.end() ? tile_names.size() - 1 : static_cast<std::size_t>(found - tile_names.begin());
}

Result<void> check_contrast(const Theme& theme) {
  for (const Pair& pair : pairs_of(theme)) {
    const double has = contrast(pair.text, pair.on);
    if (has < pair.needs) return refuse(pair, has);
  }
  return {};
}

Theme high_contrast_theme(float corner_scale) {
  const Colour black = Colour::hex(0x000000);
  const Colour raised = Colour::hex(0x0B0B0B);
  const Colour white = Colour::hex(0xFFFFFF);
  const Colour action = Colour::hex(0xFFE15A);
  Theme t;
  t.bg = t.night = t.night_light = t.night_deep = t.device = t.keyboard = t.code_ink = t.on_primary = t.on_primary_2 = black;
  t.surface = t.sunken = t.toast = t.key_function = raised;
  t.ok_tint = t.warn_tint = t.bad_tint = t.info_tint = t.promo_tint = raised;
  t.ink = t.ink_2 = t.on_dark = t.on_dark_2 = t.line = t.line_strong = t.shelf = white;
  t.ink_3 = t.quiet_mark = Colour::hex(0xB4B4B4);
  t.scrim = Colour{0, 0, 0, 215};
  t.primary = action;
  t.primary_press = Colour::hex(0xE0BE2E);
  t.primary_tint = Colour::hex(0x33300F);
  t.ok = t.reader_on_light = t.mint = Colour::hex(0x8CF5B0);
  t.warn = t.amber = Colour::hex(0xFFD479);
  t.bad = t.reader_off_light = Colour::hex(0xFFB4AB);
  t.info = t.focus = Colour::hex(0xA8D4FF);
  t.promo = Colour::hex(0xFFB3DA);
  t.tiles.fill(white);
  t.frames.fill(white);
  t.corner_scale = corner_scale;
  t.card_line = 3;
  return t;
}

Result<Theme> make_theme(const ThemeChoice& choice) {
  Theme t;
  t.bg = choice.bg;
  t.primary = choice.primary;
  t.primary_press = with_lightness(choice.primary, 0.70);
  t.primary_tint = from_hsl({to_hsl(choice.primary).hue, 0.31, 0.90});
  t.on_primary_2 = from_hsl({to_hsl(choice.primary).hue, 0.31, 0.86});
  t.night = choice.night;
  t.night_light = with_lightness(choice.night, 1.36);
  t.night_deep = with_lightness(choice.night, 0.90);
  t.promo = choice.promo;
  t.promo_tint = from_hsl({to_hsl(choice.promo).hue, 0.56, 0.94});
  t.shelf = choice.shelf;
  t.tiles = choice.tiles;
  for (std::size_t i = 0; i < t.tiles.size(); ++i) t.frames[i] = frame_of(t.tiles[i]);
  t.corner_scale = choice.corner_scale;

  if (auto checked = check_contrast(t); !checked) return std::unexpected(checked.error());
  if (to_hsl(choice.bg).lightness < 0.94) {
    return fail("theme_refused", "background " + to_text(choice.bg) + " has lightness " +
                                     two_decimals(to_hsl(choice.bg).lightness * 100) + "%, needs 94%");
  }
  const double hue = to_hsl(choice.promo).hue;
  const double from_red = std::min(hue, 360 - hue);
  if (from_red < 25) {
    return fail("theme_refused", "promotion " + to_text(choice.promo) + " is " + two_decimals(from_red) +
                                     " degrees of hue from red, needs 25: it would read as a warning");
  }
  return t;
}

Result<ThemeChoice> choice_of_chain(const std::map<std::string, std::string>& colours) {
  ThemeChoice choice;
  const std::array<std::pair<std::string_view, Colour*>, 5> known = {{{"primary", &choice.primary},
                                                                      {"night", &choice.night},
                                                                      {"promo", &choice.promo},
                                                                      {"bg", &choice.bg},
                                                                      {"shelf", &choice.shelf}}};
  for (const auto& [name, colour] : known) {
    const auto said = colours.find(std::string(name));
    if (said == colours.end()) continue;
    const auto parsed = parse_colour(said->second);
    if (!parsed) return fail("theme_refused", "the chain's " + std::string(name) + " is no colour like \"#0B5754\"");
    *colour = *parsed;
  }
  return choice;
}

}  // namespace vitrine::kiosk
