// SPDX-License-Identifier: Apache-2.0
// From a retailer's few colours to all of them, and the contrast that each pair must keep.
#include "kiosk/theme/theme.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
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
      {"white on primary, pressed", t.on_dark, t.primary_press, 4.5},
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
  for (std::size_t i = 0; i < t.tiles.size(); ++i) pairs.push_back({tile_names[i], t.ink, t.tiles[i], 7.0});
  return pairs;
}

}  // namespace

std::size_t Theme::tile_index(std::string_view name) {
  const auto found = std::find(tile_names.begin(), tile_names.end(), name);
  return found == tile_names.end() ? tile_names.size() - 1 : static_cast<std::size_t>(found - tile_names.begin());
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

  for (const Pair& pair : pairs_of(t)) {
    const double has = contrast(pair.text, pair.on);
    if (has < pair.needs) return refuse(pair, has);
  }
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

}  // namespace vitrine::kiosk
