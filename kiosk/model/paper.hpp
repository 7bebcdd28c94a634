// SPDX-License-Identifier: Apache-2.0
// What is to stand on a piece of paper, as words: how a printer is told so is kiosk/print's matter.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace vitrine::kiosk {

enum class PaperAlign : std::uint8_t { left, centre };
enum class PaperSize : std::uint8_t { normal, large, huge };  // once, twice, three times as high and wide

// Words that wrap; with `right`, that stands at the right edge of the last line.
struct PaperWords {
  std::string left;
  std::string right{};
  PaperAlign align = PaperAlign::left;
  PaperSize size = PaperSize::normal;
  bool strong = false;
  bool operator==(const PaperWords&) const = default;
};
// A QR code, in the middle.
struct PaperCode {
  std::string text;
  bool operator==(const PaperCode&) const = default;
};
struct PaperRule {
  bool operator==(const PaperRule&) const = default;
};
struct PaperGap {
  bool operator==(const PaperGap&) const = default;
};

struct Paper {
  std::string language;  // of the words: decides which letters the printer is told to use
  std::vector<std::variant<PaperWords, PaperCode, PaperRule, PaperGap>> parts;
  bool operator==(const Paper&) const = default;
};

}  // namespace vitrine::kiosk
