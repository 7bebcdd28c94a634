// SPDX-License-Identifier: Apache-2.0
// Reads colour bitmaps through FreeType.
#include "kiosk/widgets/pictograms.hpp"

#include <ft2build.h>
#include FT_FREETYPE_H

#include <algorithm>
#include <charconv>
#include <fstream>
#include <memory>

namespace vitrine::kiosk {
namespace {

std::uint32_t parse_code_point(std::string text) {
  if (text.starts_with("U+") || text.starts_with("u+")) text.erase(0, 2);
  std::uint32_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value, 16);
  return value;
}

struct Library {
  FT_Library library = nullptr;
  FT_Face face = nullptr;
  ~Library() {
    if (face != nullptr) FT_Done_Face(face);
    if (library != nullptr) FT_Done_FreeType(library);
  }
};

// The font holds premultiplied blue-green-red-alpha.
Bitmap straight(const FT_Bitmap& from) {
  Bitmap to{static_cast<int>(from.width), static_cast<int>(from.rows), {}};
  to.rgba.reserve(static_cast<std::size_t>(from.width) * from.rows * 4);
  for (unsigned row = 0; row < from.rows; ++row) {
    const std::uint8_t* pixel = from.buffer + static_cast<std::ptrdiff_t>(row) * from.pitch;
    for (unsigned column = 0; column < from.width; ++column, pixel += 4) {
      const unsigned alpha = pixel[3];
      const auto plain = [&](unsigned channel) {
        return static_cast<std::uint8_t>(alpha == 0 ? 0 : std::min(255U, (channel * 255U + alpha / 2) / alpha));
      };
      to.rgba.insert(to.rgba.end(), {plain(pixel[2]), plain(pixel[1]), plain(pixel[0]), static_cast<std::uint8_t>(alpha)});
    }
  }
  return to;
}

}  // namespace

int Bitmap::empty_rows_below() const {
  int empty = 0;
  for (; empty < height; ++empty) {
    const auto row = rgba.end() - static_cast<std::ptrdiff_t>(empty + 1) * width * 4;
    for (int column = 0; column < width; ++column) {
      if (row[column * 4 + 3] > 40) return empty;
    }
  }
  return empty;
}

Result<std::map<std::string, std::uint32_t>> read_pictogram_list(const std::string& csv) {
  std::map<std::string, std::uint32_t> list = {{"package", 0x1F4E6},       {"window.gift", 0x1F381},   {"window.clock", 0x23F0},
                                               {"window.basket", 0x1F9FA}, {"window.candle", 0x1F56F}, {"window.heart", 0x2764},
                                               {"window.plant", 0x1FAB4},  {"window.teapot", 0x1FAD6}, {"window.jar", 0x1FAD9},
                                               {"window.cake", 0x1F9C1}};
  std::ifstream file(csv);
  if (!file) return fail("pictograms_unreadable", csv + " cannot be read");
  std::string line;
  while (std::getline(file, line)) {
    const std::size_t first = line.find(',');
    if (first == std::string::npos) continue;
    const std::size_t second = line.find(',', first + 1);
    const std::uint32_t code =
        parse_code_point(line.substr(first + 1, second == std::string::npos ? second : second - first - 1));
    if (code != 0) list.insert_or_assign(line.substr(0, first), code);
  }
  return list;
}

Result<std::map<std::string, Bitmap>> read_pictograms(const std::string& font, const std::map<std::string, std::uint32_t>& list) {
  Library open;
  if (FT_Init_FreeType(&open.library) != 0) return fail("font_unreadable", "FreeType does not start");
  if (FT_New_Face(open.library, font.c_str(), 0, &open.face) != 0) return fail("font_unreadable", font + " cannot be read");
  if (open.face->num_fixed_sizes < 1 || FT_Select_Size(open.face, 0) != 0) {
    return fail("font_unreadable", font + " has no colour bitmaps");
  }
  std::map<std::string, Bitmap> bitmaps;
  for (const auto& [name, code] : list) {
    if (FT_Get_Char_Index(open.face, code) == 0) continue;
    if (FT_Load_Char(open.face, code, FT_LOAD_COLOR) != 0) continue;
    const FT_Bitmap& bitmap = open.face->glyph->bitmap;
    if (bitmap.pixel_mode == FT_PIXEL_MODE_BGRA) bitmaps.emplace(name, straight(bitmap));
  }
  return bitmaps;
}

}  // namespace vitrine::kiosk
