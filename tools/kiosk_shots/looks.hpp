// SPDX-License-Identifier: Apache-2.0
// In which sizes, languages and ways of use a screen may be met, and which of them are looked at.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <vector>

#include "kiosk/model/ease.hpp"

namespace vitrine::kiosk::samples {

struct Panel {
  int width, height;  // pixels
  float mm_wide;
  [[nodiscard]] float px_per_mm() const { return static_cast<float>(width) / mm_wide; }
  [[nodiscard]] bool is_held() const { return mm_wide <= 100; }
};

inline constexpr std::array<Panel, 5> panels = {{
    {1080, 1920, 336},  // 27 inch portrait
    {1920, 1080, 598},  // 27 inch landscape
    {720, 1280, 268},   // 21.5 inch portrait
    {1366, 768, 410},   // 18.5 inch landscape
    {2160, 3840, 398},  // 32 inch portrait, 4K
}};
// Of counters that are held in a hand.
inline constexpr std::array<Panel, 3> hands = {{
    {720, 1280, 68.5F},   // 5.5 inch
    {720, 1280, 62},      // 5 inch
    {1080, 2160, 68.1F},  // 6 inch, 2 : 1
}};
inline constexpr std::array<const char*, 6> languages = {"en", "de", "fr", "es", "pl", "ja"};

// One way in which a person may have set the kiosk.
struct Mode {
  std::string language;
  Ease ease;
};

// Rows of a cover: each pair of language, text size, contrast and reach occurs in one of them.
std::vector<Mode> modes();

struct Look {
  Panel panel;
  Mode mode;
};
// "1920x1080-de-largest-contrast-reach"
std::string name_of(const Look& look);

// Six looks of the screen that is the `screen`th: each language, size, text size, contrast and reach is among them, and over
// twelve screens that follow one another each pair of these.
std::vector<Look> looks_of(std::size_t screen);

}  // namespace vitrine::kiosk::samples
