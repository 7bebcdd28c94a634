// SPDX-License-Identifier: Apache-2.0
// theme.toml → ThemeChoice.
#include "config/toml_reader.hpp"
#include "kiosk/theme/theme.hpp"

namespace vitrine::kiosk {
namespace {

void read_colour(config::TomlReader& toml, std::string_view key, Colour& colour) {
  if (!toml.has(key)) return;
  const std::string text = toml.text(key);
  if (const auto parsed = parse_colour(text)) {
    colour = *parsed;
  } else {
    toml.refuse(key, "must be a colour like \"#0B5754\"");
  }
}

}  // namespace

Result<Theme> read_theme(const std::string& path) {
  Result<config::TomlReader> toml = config::TomlReader::read_file(path);
  if (!toml) return std::unexpected(toml.error());
  ThemeChoice choice;
  read_colour(*toml, "colour.primary", choice.primary);
  read_colour(*toml, "colour.night", choice.night);
  read_colour(*toml, "colour.promo", choice.promo);
  read_colour(*toml, "colour.bg", choice.bg);
  read_colour(*toml, "colour.shelf", choice.shelf);
  const std::vector<std::string> tiles = toml->texts("colour.tiles", {});
  if (!tiles.empty() && tiles.size() != choice.tiles.size()) toml->refuse("colour.tiles", "must be six colours");
  for (std::size_t i = 0; i < tiles.size() && i < choice.tiles.size(); ++i) {
    const auto parsed = parse_colour(tiles[i]);
    if (!parsed) toml->refuse("colour.tiles", "must be colours like \"#FBE3E0\"");
    if (parsed) choice.tiles[i] = *parsed;
  }
  choice.corner_scale = static_cast<float>(toml->number("shape.corner_scale", 0.25, 1.25, 1.0));
  if (auto mistake = toml->finish()) return std::unexpected(*mistake);
  Result<Theme> theme = make_theme(choice);
  if (!theme) return std::unexpected(theme.error().within(path));
  return theme;
}

}  // namespace vitrine::kiosk
