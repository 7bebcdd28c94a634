// SPDX-License-Identifier: Apache-2.0
// See looks.hpp.
#include "tools/kiosk_shots/looks.hpp"

namespace vitrine::kiosk::samples {
namespace {

constexpr std::array<TextSize, 3> sizes = {TextSize::standard, TextSize::large, TextSize::largest};

}  // namespace

std::vector<Mode> modes() {
  std::vector<Mode> all;
  for (std::size_t l = 0; l < languages.size(); ++l) {
    for (std::size_t s = 0; s < sizes.size(); ++s) {
      const bool contrast = (l + s) % 2 == 1;
      const bool reach = (l / 2 + s) % 2 == 1;
      all.push_back(
          {languages[l], {.text = sizes[s], .high_contrast = contrast, .reach = reach, .less_movement = contrast != reach}});
    }
  }
  return all;
}

std::string name_of(const Look& look) {
  std::string name = std::to_string(look.panel.width) + "x" + std::to_string(look.panel.height) + "-" + look.mode.language;
  if (look.mode.ease.text == TextSize::large) name += "-large";
  if (look.mode.ease.text == TextSize::largest) name += "-largest";
  if (look.mode.ease.high_contrast) name += "-contrast";
  if (look.mode.ease.reach) name += "-reach";
  return name;
}

std::vector<Look> looks_of(std::size_t screen) {
  const std::vector<Mode> cover = modes();
  std::vector<Look> looks;
  for (std::size_t l = 0; l < languages.size(); ++l)
    looks.push_back(
        {panels[(screen + l) % panels.size()], cover[l * sizes.size() + (screen / panels.size() + l) % sizes.size()]});
  return looks;
}

}  // namespace vitrine::kiosk::samples
