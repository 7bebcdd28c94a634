// SPDX-License-Identifier: Apache-2.0
// Reads colour bitmaps through FreeType.
#include "kiosk/widgets/pictograms.hpp"

#include <ft2build.h>
#include FT_FREETYPE_H

#include <algorithm>
#include <charconv>
#include <fstream>
#include <utility>

namespace vitrine::kiosk {
namespace {

std::uint32_t parse_code_point(std::string text) {
  if (text.starts_with("U+") || text.starts_with("u+")) text.erase(0, 2);
  std::uint32_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value, 16);
  return value;
}

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

struct Pictograms::Font {
  FT_Library library = nullptr;
  FT_Face face = nullptr;
  ~Font() {
    if (face != nullptr) FT_Done_Face(face);
    if (library != nullptr) FT_Done_FreeType(library);
  }
};

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
  std::map<std::string, std::uint32_t> list = {
      {"package", 0x1F4E6},        {"window.gift", 0x1F381},   {"window.clock", 0x23F0},   {"window.basket", 0x1F9FA},
      {"window.candle", 0x1F56F},  {"window.heart", 0x2764},   {"window.plant", 0x1FAB4},  {"window.teapot", 0x1FAD6},
      {"window.jar", 0x1FAD9},     {"window.cake", 0x1F9C1},   {"window.bear", 0x1F9F8},   {"window.mug", 0x2615},
      {"window.balloon", 0x1F388}, {"window.books", 0x1F4DA},  {"window.bell", 0x1F514},   {"window.flower", 0x1F337},
      {"window.yarn", 0x1F9F6},    {"window.sweets", 0x1F36C}, {"window.picture", 0x1F5BC}};
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

Result<std::unique_ptr<Pictograms>> Pictograms::open(const std::string& font, std::map<std::string, std::uint32_t> list) {
  auto open = std::make_unique<Font>();
  if (FT_Init_FreeType(&open->library) != 0) return fail("font_unreadable", "FreeType does not start");
  if (FT_New_Face(open->library, font.c_str(), 0, &open->face) != 0) return fail("font_unreadable", font + " cannot be read");
  if (open->face->num_fixed_sizes < 1 || FT_Select_Size(open->face, 0) != 0) {
    return fail("font_unreadable", font + " has no colour bitmaps");
  }
  return std::unique_ptr<Pictograms>(new Pictograms(std::move(open), std::move(list)));
}

Pictograms::Pictograms(std::unique_ptr<Font> font, std::map<std::string, std::uint32_t> list)
    : font_(std::move(font)), list_(std::move(list)) {}
Pictograms::~Pictograms() = default;

std::uint32_t Pictograms::code_of(const std::string& name) const {
  for (const std::string& one : {name, std::string("package")}) {
    const auto found = list_.find(one);
    if (found != list_.end() && FT_Get_Char_Index(font_->face, found->second) != 0) return found->second;
  }
  return 0;
}

std::optional<Bitmap> Pictograms::bitmap(std::uint32_t code) const {
  if (FT_Load_Char(font_->face, code, FT_LOAD_COLOR) != 0) return std::nullopt;
  const FT_Bitmap& bitmap = font_->face->glyph->bitmap;
  if (bitmap.pixel_mode != FT_PIXEL_MODE_BGRA) return std::nullopt;
  return straight(bitmap);
}

}  // namespace vitrine::kiosk
