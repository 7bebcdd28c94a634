// SPDX-License-Identifier: Apache-2.0
// Every colour and shape of the kiosk (kiosk-ui section 3). A retailer chooses a few in theme.toml, the rest is derived from
// them or fixed; a theme that fails contrast is refused.
#pragma once

#include <array>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "kiosk/theme/colour.hpp"

namespace vitrine::kiosk {

// What a retailer may change.
struct ThemeChoice {
  Colour primary = Colour::hex(0x0B5754);
  Colour night = Colour::hex(0x0A3F3E);
  Colour promo = Colour::hex(0x8E2A63);
  Colour bg = Colour::hex(0xF2F5F4);
  Colour shelf = Colour::hex(0xE9D9BE);
  std::array<Colour, 6> tiles = {Colour::hex(0xFBE3E0), Colour::hex(0xFCEFCB), Colour::hex(0xDDF0E4),
                                 Colour::hex(0xDCECF7), Colour::hex(0xEAE3F6), Colour::hex(0xF0E7DA)};
  float corner_scale = 1.0F;  // 0.25 to 1.25; arches, rings and chips keep theirs
};

struct Theme {
  // surfaces
  Colour bg, surface = Colour::hex(0xFFFFFF), sunken = Colour::hex(0xE7EDEC), line = Colour::hex(0xD5DEDD),
             line_strong = Colour::hex(0x6E8185), scrim = Colour{8, 28, 30, 158}, quiet_mark = Colour::hex(0xA9B7B8);
  // text
  Colour ink = Colour::hex(0x10262A), ink_2 = Colour::hex(0x3D5459), ink_3 = Colour::hex(0x55696E),
         on_dark = Colour::hex(0xFFFFFF), on_dark_2 = Colour::hex(0xBFDAD7);
  // brand
  Colour on_primary = Colour::hex(0xFFFFFF), primary, primary_press, primary_tint, on_primary_2, night, night_light, night_deep,
         promo, promo_tint, shelf;
  // status; a retailer cannot change these
  Colour ok = Colour::hex(0x1A6838), ok_tint = Colour::hex(0xE0F2E6), warn = Colour::hex(0x7A4900),
         warn_tint = Colour::hex(0xFFF0D0), bad = Colour::hex(0xAE231B), bad_tint = Colour::hex(0xFCE8E6),
         info = Colour::hex(0x1C5285), info_tint = Colour::hex(0xE2EEF8), focus = Colour::hex(0x1C5285),
         amber = Colour::hex(0xB06A00), mint = Colour::hex(0x7FE0C8);
  // the pictured reader and phone
  Colour device = Colour::hex(0x06292A), reader_off = Colour::hex(0xB8322B), reader_off_light = Colour::hex(0xFF8A7F),
         reader_on = Colour::hex(0x1A7F4B), reader_on_light = Colour::hex(0x8FE3CC);
  // the keyboard's panel and its keys without letters; the toast; the dark modules of a code
  Colour keyboard = Colour::hex(0xDCE4E3), key_function = Colour::hex(0xD0D9D8), toast = Colour::hex(0x10262A),
         code_ink = Colour::hex(0x10262A);
  std::array<Colour, 6> tiles{};
  std::array<Colour, 6> frames{};  // window frame of each tile: the tile about 12% darker
  float corner_scale = 1.0F;
  float card_line = 0;  // width of the outline that cards and controls have in place of shadows; 0: shadows

  // "blush", "butter", "mint", "sky", "lilac", "sand"; any other name is sand.
  [[nodiscard]] static std::size_t tile_index(std::string_view name);
  [[nodiscard]] Colour tile(std::string_view name) const { return tiles[tile_index(name)]; }
};

// The pairs of a theme that are too close, in words; for tests too.
Result<void> check_contrast(const Theme& theme);

// Derives the rest and checks every pair. Error "theme_refused" names the first pair that fails, its contrast and what it needs.
Result<Theme> make_theme(const ThemeChoice& choice);

// White and yellow on black, every card and control outlined (kiosk-ui section 3.1). No retailer changes it.
Theme high_contrast_theme(float corner_scale);

// The colours that the chain's settings name ("primary", "night", "promo", "bg", "shelf") on top of the built-in ones. A name
// that is not known is left out: it may be a later hub's. Error "theme_refused" for what is no colour.
Result<ThemeChoice> choice_of_chain(const std::map<std::string, std::string>& colours);

// The files that a theme names, absolute. What cannot be used of them is said in the log when it is opened, and the built-in one
// is used.
struct ThemeFiles {
  std::string logo, logo_on_dark;       // PNG; empty: the name in letters
  std::string text, strong, display;    // fonts; empty: Inter
  std::vector<std::string> slides;      // PNG, shown in turn in the window; none: goods
  bool touch_sounds = false;            // a click at each touch
  bool scan_sounds = true;              // a code was read and understood
  std::string touch_sound, scan_sound;  // WAV; empty: the built-in ones
  bool operator==(const ThemeFiles&) const = default;
};
inline constexpr std::size_t slides_max = 6;

struct RetailerTheme {
  Theme theme;
  ThemeFiles files;
};

// Reads theme.toml on top of the chain's colours. Errors: those of the reader, "theme_refused".
Result<RetailerTheme> read_theme(const std::string& path, const ThemeChoice& chain = {});

}  // namespace vitrine::kiosk
