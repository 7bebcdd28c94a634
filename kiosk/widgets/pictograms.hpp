// SPDX-License-Identifier: Apache-2.0
// Product pictograms: stand-ins for photos, taken from the colour bitmaps of Noto Color Emoji.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/result.hpp"

namespace vitrine::kiosk {

struct Bitmap {
  int width = 0, height = 0;
  std::vector<std::uint8_t> rgba;  // straight alpha

  [[nodiscard]] int empty_rows_below() const;
};

// Name → code point, from a CSV whose first columns are name and codepoint ("1F56F" or "U+1F56F"). Names that the kiosk itself
// draws (its welcome windows, "package") are always there.
Result<std::map<std::string, std::uint32_t>> read_pictogram_list(const std::string& csv);

// The bitmaps of the font for these code points; one that the font lacks is left out.
Result<std::map<std::string, Bitmap>> read_pictograms(const std::string& font, const std::map<std::string, std::uint32_t>& list);

}  // namespace vitrine::kiosk
