// SPDX-License-Identifier: Apache-2.0
// Renders icons with FreeType, each at its own size.
#include "kiosk/widgets/icon_bake.hpp"

#include <ft2build.h>
#include FT_FREETYPE_H

#include <algorithm>
#include <cmath>

namespace vitrine::kiosk {
namespace {

struct Library {
  FT_Library library = nullptr;
  FT_Face face = nullptr;
  Library() = default;
  Library(const Library&) = delete;
  Library& operator=(const Library&) = delete;
  ~Library() {
    if (face != nullptr) FT_Done_Face(face);
    if (library != nullptr) FT_Done_FreeType(library);
  }
};

IconPicture picture_of(const FT_Face face, float pixels) {
  const FT_GlyphSlot glyph = face->glyph;
  const FT_Bitmap& from = glyph->bitmap;
  IconPicture picture;
  picture.bitmap.width = static_cast<int>(from.width);
  picture.bitmap.height = static_cast<int>(from.rows);
  for (unsigned row = 0; row < from.rows; ++row) {
    const unsigned char* alpha = from.buffer + static_cast<std::ptrdiff_t>(row) * from.pitch;
    for (unsigned column = 0; column < from.width; ++column)
      picture.bitmap.rgba.insert(picture.bitmap.rgba.end(), {255, 255, 255, alpha[column]});
  }
  // The square's middle lies between the face's ascender and descender.
  const float middle = static_cast<float>(face->ascender + face->descender) / 2 / static_cast<float>(face->units_per_EM) * pixels;
  picture.left = static_cast<float>(glyph->bitmap_left) - pixels / 2;
  picture.top = middle - static_cast<float>(glyph->bitmap_top);
  return picture;
}

}  // namespace

Result<std::map<IconName, IconPicture>> bake_icons(const std::string& font, float scale) {
  Library open;
  if (FT_Init_FreeType(&open.library) != 0 || FT_New_Face(open.library, font.c_str(), 0, &open.face) != 0) {
    return fail("font_unreadable", font + " cannot be read");
  }
  std::map<IconName, IconPicture> icons;
  for (std::size_t size = 0; size < icon_sizes.size(); ++size) {
    const float pixels = std::max(4.0F, std::round(icon_sizes[size].size * scale));
    FT_Set_Pixel_Sizes(open.face, 0, static_cast<FT_UInt>(pixels));
    for (const Icon icon : icon_sizes[size].icons) {
      if (icon == Icon::none) continue;
      const auto code = static_cast<FT_ULong>(icon);
      if (FT_Get_Char_Index(open.face, code) == 0 || FT_Load_Char(open.face, code, FT_LOAD_RENDER | FT_LOAD_TARGET_LIGHT) != 0) {
        return fail("font_unreadable", font + " lacks the icon " + std::to_string(code));
      }
      icons.emplace(IconName{size, icon}, picture_of(open.face, pixels));
    }
  }
  return icons;
}

}  // namespace vitrine::kiosk
