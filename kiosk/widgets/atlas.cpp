// SPDX-License-Identifier: Apache-2.0
// Bakes the texture with ImGui's FreeType builder; pictograms and shadows are put into rectangles of the same texture.
#include "kiosk/widgets/atlas.hpp"

#include <ft2build.h>
#include FT_FREETYPE_H
#include <imgui/imgui.h>
#include <imgui/imgui_freetype.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <filesystem>
#include <memory>
#include <set>
#include <span>

#include "kiosk/widgets/icon_bake.hpp"
#include "kiosk/widgets/pictograms.hpp"
#include "kiosk/widgets/shadow_bake.hpp"

namespace vitrine::kiosk {
namespace {

// Section 2 of the design: Basic Latin, Latin-1, Latin Extended-A without U+0149, and punctuation in use.
constexpr std::array<ImWchar, 25> full_ranges = {0x0020, 0x007E, 0x00A0, 0x0148, 0x014A, 0x017F, 0x2011, 0x2011, 0x2013,
                                                 0x2013, 0x2018, 0x201A, 0x201C, 0x201E, 0x2026, 0x2026, 0x202F, 0x202F,
                                                 0x20AC, 0x20AC, 0x2212, 0x2212, 0x2022, 0x2022, 0};
constexpr std::array<ImWchar, 5> latin_ranges = {0x0020, 0x007E, 0x00A0, 0x00FF, 0};
constexpr std::array<ImWchar, 13> money_ranges = {0x0020, 0x0020, 0x0024, 0x005A, 0x00A0, 0x00A5, 0x202F,
                                                  0x202F, 0x20AC, 0x20AC, 0x2212, 0x2212, 0};
constexpr std::array<ImWchar, 3> digit_ranges = {0x0030, 0x0039, 0};

std::span<const ImWchar> ranges_of(Glyphs glyphs) {
  switch (glyphs) {
    case Glyphs::full:
      return full_ranges;
    case Glyphs::latin:
      return latin_ranges;
    case Glyphs::money:
      return money_ranges;
    case Glyphs::digits:
      return digit_ranges;
  }
  return full_ranges;
}

struct Face {
  FT_Library library = nullptr;
  FT_Face face = nullptr;
  Face() = default;
  Face(const Face&) = delete;
  Face& operator=(const Face&) = delete;
  ~Face() {
    if (face != nullptr) FT_Done_Face(face);
    if (library != nullptr) FT_Done_FreeType(library);
  }
  bool open(const std::string& file) {
    return FT_Init_FreeType(&library) == 0 && FT_New_Face(library, file.c_str(), 0, &face) == 0;
  }
  // ImGui asks FreeType for ascender to descender; design sizes are ems.
  [[nodiscard]] float height_per_em() const {
    return static_cast<float>(face->ascender - face->descender) / static_cast<float>(face->units_per_EM);
  }
};

ImFontConfig config_for(const ImWchar* ranges) {
  ImFontConfig config;
  config.GlyphRanges = ranges;
  config.OversampleH = 1;
  config.OversampleV = 1;
  config.PixelSnapH = true;
  config.FontBuilderFlags = ImGuiFreeTypeBuilderFlags_LightHinting;
  return config;
}

std::vector<float> advances_of(const Face& face, std::span<const ImWchar> ranges, float em) {
  std::vector<float> advances;
  for (std::size_t i = 0; i + 1 < ranges.size(); i += 2) {
    for (unsigned code = ranges[i]; code <= ranges[i + 1]; ++code) {
      if (FT_Load_Char(face.face, code, FT_LOAD_NO_SCALE) != 0) continue;
      if (advances.size() <= code) advances.resize(code + 1, 0.0F);
      advances[code] = static_cast<float>(face.face->glyph->advance.x) / static_cast<float>(face.face->units_per_EM) * em;
    }
  }
  return advances;
}

// Copies into the texture; `pixels` is RGBA, `width` of the whole texture.
void put(unsigned char* pixels, int width, int x, int y, const Bitmap& bitmap) {
  for (int row = 0; row < bitmap.height; ++row) {
    std::memcpy(pixels + (static_cast<std::ptrdiff_t>(y + row) * width + x) * 4,
                bitmap.rgba.data() + static_cast<std::ptrdiff_t>(row) * bitmap.width * 4,
                static_cast<std::size_t>(bitmap.width) * 4);
  }
}

Bitmap to_white(const ShadowPicture& picture) {
  Bitmap bitmap{picture.size, picture.size, {}};
  for (const unsigned char alpha : picture.alpha) bitmap.rgba.insert(bitmap.rgba.end(), {255, 255, 255, alpha});
  return bitmap;
}

}  // namespace

Result<void> Atlas::add_letters(const AtlasSources& sources, float scale) {
  ImFontAtlas& fonts = *ImGui::GetIO().Fonts;
  for (std::size_t i = 0; i < type_count; ++i) {
    const TypeStyle& style = type_styles[i];
    const std::string file = sources.inter_fonts + "/" + std::string(style.face) + ".otf";
    Face face;
    if (!face.open(file)) return fail("font_unreadable", file + " cannot be read");
    const std::span<const ImWchar> ranges = ranges_of(style.glyphs);
    Letters& letters = letters_[i];
    letters.em = style.size * scale;
    const ImFontConfig config = config_for(ranges.data());
    letters.font = fonts.AddFontFromFileTTF(file.c_str(), std::max(4.0F, std::round(letters.em * face.height_per_em())), &config);
    if (letters.font == nullptr) return fail("font_unreadable", file + " cannot be read");
    letters.ascent = letters.em * static_cast<float>(face.face->ascender) / static_cast<float>(face.face->units_per_EM);
    letters.height = letters.em * face.height_per_em();
    if (style.face.starts_with("InterDisplay")) {
      auto known = kerning_.find(style.face);
      if (known == kerning_.end()) {
        auto pairs = read_kerning(file);
        if (!pairs) return std::unexpected(pairs.error());
        known = kerning_.emplace(style.face, std::move(*pairs)).first;
      }
      letters.kerning = &known->second;
    }
    letters.advances = advances_of(face, ranges, letters.em);
  }
  return {};
}

Result<void> Atlas::bake(const AtlasSources& sources, float scale, float corner_scale) {
  auto list = read_pictogram_list(sources.pictograms);
  if (!list) return std::unexpected(list.error());
  auto pictures = read_pictograms(sources.emoji_font, *list);
  if (!pictures) return std::unexpected(pictures.error());
  auto icons = bake_icons(sources.icon_font, scale);
  if (!icons) return std::unexpected(icons.error());

  ImFontAtlas& fonts = *ImGui::GetIO().Fonts;
  fonts.Clear();
  fonts.FontBuilderIO = ImGuiFreeType::GetBuilderForFreeType();
  fonts.TexDesiredWidth = scale > 1.3F ? 4096 : 2048;
  fonts.Flags |= ImFontAtlasFlags_NoPowerOfTwoHeight | ImFontAtlasFlags_NoMouseCursors;
  if (auto added = add_letters(sources, scale); !added) return added;

  struct Wanted {
    int rectangle = 0;
    Bitmap bitmap;
    Patch* patch = nullptr;
  };
  std::vector<Wanted> wanted;
  pictograms_.clear();
  for (auto& [name, bitmap] : *pictures) {
    const int rectangle = fonts.AddCustomRectRegular(bitmap.width, bitmap.height);
    wanted.push_back({rectangle, std::move(bitmap), &pictograms_[name]});
  }
  icons_.clear();
  for (auto& [name, icon] : *icons) {
    IconPatch& made = icons_[name];
    made.left = icon.left;
    made.top = icon.top;
    const int rectangle = fonts.AddCustomRectRegular(icon.bitmap.width, icon.bitmap.height);
    wanted.push_back({rectangle, std::move(icon.bitmap), &made.patch});
  }
  for (std::size_t i = 0; i < shadow_count; ++i) {
    const ShadowPicture picture = bake_shadow(static_cast<Shadow>(i), scale, corner_scale);
    shadows_[i].grow = picture.grow;
    shadows_[i].corner = picture.corner;
    wanted.push_back({fonts.AddCustomRectRegular(picture.size, picture.size), to_white(picture), &shadows_[i].patch});
  }
  if (!fonts.Build()) return fail("font_unreadable", "the font texture could not be built");

  unsigned char* pixels = nullptr;
  int width = 0;
  int height = 0;
  fonts.GetTexDataAsRGBA32(&pixels, &width, &height);
  for (const Wanted& each : wanted) {
    const ImFontAtlasCustomRect& place = *fonts.GetCustomRectByIndex(each.rectangle);
    put(pixels, width, place.X, place.Y, each.bitmap);
    const auto w = static_cast<float>(width);
    const auto h = static_cast<float>(height);
    const auto x = static_cast<float>(place.X);
    const auto y = static_cast<float>(place.Y);
    const auto pw = static_cast<float>(each.bitmap.width);
    const auto ph = static_cast<float>(each.bitmap.height);
    *each.patch = {x / w, y / h, (x + pw) / w, (y + ph) / h, pw, ph, static_cast<float>(each.bitmap.empty_rows_below()) / ph};
  }
  return {};
}

const IconPatch* Atlas::icon(Icon icon, float size) const {
  for (std::size_t i = 0; i < icon_sizes.size(); ++i) {
    if (icon_sizes[i].size != size) continue;
    const auto found = icons_.find({i, icon});
    return found == icons_.end() ? nullptr : &found->second;
  }
  return nullptr;
}

const Patch* Atlas::pictogram(const std::string& name) const {
  auto found = pictograms_.find(name);
  if (found == pictograms_.end()) found = pictograms_.find("package");
  return found == pictograms_.end() ? nullptr : &found->second;
}

}  // namespace vitrine::kiosk
