// SPDX-License-Identifier: Apache-2.0
// Reads pair positioning (lookup type 2, plain or through an extension) of the feature "kern" in an OpenType GPOS table.
#include "kiosk/widgets/kerning.hpp"

#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_TRUETYPE_TABLES_H

#include <bit>
#include <optional>
#include <set>
#include <vector>

namespace vitrine::kiosk {
namespace {

constexpr std::uint32_t tag_kern = 0x6B65726E;
constexpr std::uint16_t x_advance = 0x0004;

// Big-endian; anything beyond the end reads as 0.
struct Bytes {
  std::span<const std::uint8_t> all;
  std::size_t at = 0;

  [[nodiscard]] std::uint16_t u16(std::size_t offset) const {
    const std::size_t i = at + offset;
    return i + 2 <= all.size() ? static_cast<std::uint16_t>(all[i] << 8U | all[i + 1]) : std::uint16_t{0};
  }
  [[nodiscard]] std::int16_t i16(std::size_t offset) const { return static_cast<std::int16_t>(u16(offset)); }
  [[nodiscard]] std::uint32_t u32(std::size_t offset) const {
    return static_cast<std::uint32_t>(u16(offset)) << 16U | u16(offset + 2);
  }
  [[nodiscard]] Bytes from(std::size_t offset) const { return {all, at + offset}; }
};

std::optional<std::size_t> covered(const Bytes& coverage, std::uint16_t glyph) {
  const std::uint16_t count = coverage.u16(2);
  const bool ranges = coverage.u16(0) == 2;
  for (std::size_t i = 0; i < count; ++i) {
    if (!ranges && coverage.u16(4 + 2 * i) == glyph) return i;
    if (!ranges) continue;
    const std::uint16_t first = coverage.u16(4 + 6 * i);
    if (glyph >= first && glyph <= coverage.u16(6 + 6 * i))
      return static_cast<std::size_t>(coverage.u16(8 + 6 * i) + glyph - first);
  }
  return std::nullopt;
}

std::uint16_t class_of(const Bytes& classes, std::uint16_t glyph) {
  if (classes.u16(0) == 1) {
    const std::uint16_t first = classes.u16(2);
    return glyph >= first && glyph < first + classes.u16(4) ? classes.u16(6 + 2U * (glyph - first)) : std::uint16_t{0};
  }
  for (std::size_t i = 0; i < classes.u16(2); ++i) {
    if (glyph >= classes.u16(4 + 6 * i) && glyph <= classes.u16(6 + 6 * i)) return classes.u16(8 + 6 * i);
  }
  return 0;
}

std::size_t size_of_value(std::uint16_t format) { return 2 * static_cast<std::size_t>(std::popcount(format)); }

// The advance in a value record: what stands before it depends on which lower bits are set.
std::int16_t advance_in(const Bytes& record, std::uint16_t format) {
  if ((format & x_advance) == 0) return 0;
  return record.i16(size_of_value(format & (x_advance - 1)));
}

// The value for a pair in one subtable; nothing: the next subtable is asked.
std::optional<std::int16_t> value_in(const Bytes& table, std::uint16_t left, std::uint16_t right) {
  const auto index = covered(table.from(table.u16(2)), left);
  if (!index) return std::nullopt;
  const std::uint16_t format_1 = table.u16(4);
  const std::size_t record_size = size_of_value(format_1) + size_of_value(table.u16(6));
  if (table.u16(0) == 1) {
    const Bytes set = table.from(table.u16(10 + 2 * *index));
    for (std::size_t i = 0; i < set.u16(0); ++i) {
      const Bytes pair = set.from(2 + i * (2 + record_size));
      if (pair.u16(0) == right) return advance_in(pair.from(2), format_1);
    }
    return std::nullopt;
  }
  const std::size_t row = class_of(table.from(table.u16(8)), left);
  const std::size_t column = class_of(table.from(table.u16(10)), right);
  return advance_in(table.from(16 + (row * table.u16(14) + column) * record_size), format_1);
}

// Subtables of each lookup that the feature names, in order.
std::vector<std::vector<Bytes>> kern_lookups(const Bytes& gpos) {
  const Bytes features = gpos.from(gpos.u16(6));
  const Bytes lookups = gpos.from(gpos.u16(8));
  std::set<std::uint16_t> wanted;
  for (std::size_t i = 0; i < features.u16(0); ++i) {
    if (features.u32(2 + 6 * i) != tag_kern) continue;
    const Bytes feature = features.from(features.u16(6 + 6 * i));
    for (std::size_t j = 0; j < feature.u16(2); ++j) wanted.insert(feature.u16(4 + 2 * j));
  }
  std::vector<std::vector<Bytes>> found;
  for (const std::uint16_t number : wanted) {
    const Bytes lookup = lookups.from(lookups.u16(2 + 2U * number));
    std::vector<Bytes> tables;
    for (std::size_t i = 0; i < lookup.u16(4); ++i) {
      Bytes table = lookup.from(lookup.u16(6 + 2 * i));
      std::uint16_t type = lookup.u16(0);
      if (type == 9) {
        type = table.u16(2);
        table = table.from(table.u32(4));
      }
      if (type == 2) tables.push_back(table);
    }
    found.push_back(std::move(tables));
  }
  return found;
}

}  // namespace

KerningPairs read_gpos_kerning(std::span<const std::uint8_t> table,
                               const std::unordered_map<std::uint16_t, std::uint16_t>& glyph_of, float units_per_em) {
  KerningPairs pairs;
  const auto lookups = kern_lookups(Bytes{table, 0});
  for (const auto& [left, left_glyph] : glyph_of) {
    for (const auto& [right, right_glyph] : glyph_of) {
      int sum = 0;
      for (const std::vector<Bytes>& tables : lookups) {
        for (const Bytes& each : tables) {
          if (const auto value = value_in(each, left_glyph, right_glyph)) {
            sum += *value;
            break;
          }
        }
      }
      if (sum != 0) pairs.emplace(static_cast<std::uint32_t>(left) << 16U | right, static_cast<float>(sum) / units_per_em);
    }
  }
  return pairs;
}

Result<KerningPairs> read_kerning(const std::string& font) {
  FT_Library library = nullptr;
  FT_Face face = nullptr;
  if (FT_Init_FreeType(&library) != 0) return fail("font_unreadable", "FreeType does not start");
  if (FT_New_Face(library, font.c_str(), 0, &face) != 0) {
    FT_Done_FreeType(library);
    return fail("font_unreadable", font + " cannot be read");
  }
  std::unordered_map<std::uint16_t, std::uint16_t> glyph_of;
  for (std::uint16_t code = 0x21; code <= 0xFF; ++code) {
    if (const FT_UInt glyph = FT_Get_Char_Index(face, code); glyph != 0) glyph_of[code] = static_cast<std::uint16_t>(glyph);
  }
  FT_ULong length = 0;
  std::vector<std::uint8_t> table;
  if (FT_Load_Sfnt_Table(face, FT_MAKE_TAG('G', 'P', 'O', 'S'), 0, nullptr, &length) == 0) {
    table.resize(length);
    if (FT_Load_Sfnt_Table(face, FT_MAKE_TAG('G', 'P', 'O', 'S'), 0, table.data(), &length) != 0) table.clear();
  }
  const auto units = static_cast<float>(face->units_per_EM);
  FT_Done_Face(face);
  FT_Done_FreeType(library);
  return read_gpos_kerning(table, glyph_of, units);
}

}  // namespace vitrine::kiosk
