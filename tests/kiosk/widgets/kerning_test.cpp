// SPDX-License-Identifier: Apache-2.0
// Kerning as the face has it, and tables cut short or filled with noise.
#include <doctest/doctest.h>

#include <random>
#include <vector>

#include "kiosk/widgets/kerning.hpp"

using namespace vitrine::kiosk;

namespace {

float between(const KerningPairs& pairs, char left, char right) {
  const auto found = pairs.find(static_cast<std::uint32_t>(left) << 16U | static_cast<std::uint32_t>(right));
  return found == pairs.end() ? 0 : found->second;
}

}  // namespace

TEST_CASE("pairs that every eye knows stand closer, parallel stems do not") {
  const auto pairs = read_kerning("/usr/share/fonts/opentype/inter/InterDisplay-SemiBold.otf");
  REQUIRE(pairs);
  CHECK(between(*pairs, 'Y', 'o') < -0.04F);
  CHECK(between(*pairs, 'T', 'o') < -0.04F);
  CHECK(between(*pairs, 'A', 'V') < -0.03F);
  CHECK(between(*pairs, '7', '.') < -0.03F);
  CHECK(between(*pairs, 'H', 'H') == 0);
  for (const auto& [pair, ems] : *pairs) CHECK(std::abs(ems) < 0.4F);
}

TEST_CASE("a missing font is an error, an empty or broken table only has no pairs") {
  CHECK_FALSE(read_kerning("/nowhere.otf"));
  const std::unordered_map<std::uint16_t, std::uint16_t> glyphs = {{'A', 1}, {'V', 2}};
  CHECK(read_gpos_kerning({}, glyphs, 1000).empty());
  std::mt19937 chance(7);
  for (int i = 0; i < 300; ++i) {
    std::vector<std::uint8_t> noise(64 + static_cast<std::size_t>(i));
    for (std::uint8_t& byte : noise) byte = static_cast<std::uint8_t>(chance() % 24);
    (void)read_gpos_kerning(noise, glyphs, 1000);
  }
}
