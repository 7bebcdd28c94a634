// SPDX-License-Identifier: Apache-2.0
// theme.toml → colours, checked, and the files that belong to them.
#include <filesystem>

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

ThemeFiles read_files(config::TomlReader& toml) {
  ThemeFiles files;
  files.logo = toml.path("brand.logo", "");
  files.logo_on_dark = toml.path("brand.logo_on_dark", "");
  files.text = toml.path("type.text", "");
  files.strong = toml.path("type.strong", "");
  files.display = toml.path("type.display", files.strong);
  if (files.text.empty() != files.strong.empty()) toml.refuse("type.text", "and type.strong are given together, or neither");
  files.slides = toml.paths("attract.slides", slides_max);
  files.touch_sounds = toml.truth("sounds.touch", files.touch_sounds);
  files.scan_sounds = toml.truth("sounds.scan", files.scan_sounds);
  files.touch_sound = toml.path("sounds.touch_file", "");
  files.scan_sound = toml.path("sounds.scan_file", "");
  return files;
}

// No theme is longer; a device or a film in its place is not read to its end.
constexpr std::uintmax_t theme_bytes_max = 64 * 1024;

}  // namespace

Result<RetailerTheme> read_theme(const std::string& path, const ThemeChoice& chain) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error) || std::filesystem::file_size(path, error) > theme_bytes_max || error)
    return fail("config_unreadable", path + ": is not a file of at most 64 KiB");
  Result<config::TomlReader> toml = config::TomlReader::read_file(path);
  if (!toml) return std::unexpected(toml.error());
  ThemeChoice choice = chain;
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
  ThemeFiles files = read_files(*toml);
  if (auto mistake = toml->finish()) return std::unexpected(*mistake);
  Result<Theme> theme = make_theme(choice);
  if (!theme) return std::unexpected(theme.error().within(path));
  return RetailerTheme{*theme, std::move(files)};
}

}  // namespace vitrine::kiosk
