// SPDX-License-Identifier: Apache-2.0
// Which pairs of letters a face sets closer or wider than their advances. ImGui has no kerning; large titles and prices need it.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>

#include "base/result.hpp"

namespace vitrine::kiosk {

// By (left code point << 16 | right code point), in ems.
using KerningPairs = std::unordered_map<std::uint32_t, float>;

// Pairs among the printable characters of Basic Latin and Latin-1, from the face's GPOS table. A face without kerning has none.
Result<KerningPairs> read_kerning(const std::string& font);

// The same from a table's bytes; `glyph_of` gives the face's glyph for a code point. Malformed tables give what could be read.
KerningPairs read_gpos_kerning(std::span<const std::uint8_t> table,
                               const std::unordered_map<std::uint16_t, std::uint16_t>& glyph_of, float units_per_em);

}  // namespace vitrine::kiosk
