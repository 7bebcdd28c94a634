// SPDX-License-Identifier: Apache-2.0
// Product pictograms: stand-ins for photos, taken from the colour bitmaps of Noto Color Emoji.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
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

// The font's bitmaps, each read when it is asked for: a shop has more of them than a screen shows.
class Pictograms {
 public:
  // Error "font_unreadable".
  static Result<std::unique_ptr<Pictograms>> open(const std::string& font, std::map<std::string, std::uint32_t> list);
  ~Pictograms();
  Pictograms(const Pictograms&) = delete;
  Pictograms& operator=(const Pictograms&) = delete;

  // The code point of that name; of "package" for one that is not known, or that the font lacks; 0 when it lacks that too.
  [[nodiscard]] std::uint32_t code_of(const std::string& name) const;
  // Nothing when the font has no bitmap of it.
  [[nodiscard]] std::optional<Bitmap> bitmap(std::uint32_t code) const;

 private:
  struct Font;
  Pictograms(std::unique_ptr<Font> font, std::map<std::string, std::uint32_t> list);
  std::unique_ptr<Font> font_;
  std::map<std::string, std::uint32_t> list_;
};

}  // namespace vitrine::kiosk
