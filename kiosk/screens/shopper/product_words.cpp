// SPDX-License-Identifier: Apache-2.0
// See product_words.hpp.
#include "kiosk/screens/shopper/product_words.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>

namespace vitrine::kiosk::shopper {
namespace {

struct NamedColour {
  std::string_view name;
  std::uint32_t rgb;
};
constexpr std::array<NamedColour, 20> colours = {{
    {"beige", 0xE3D5B8},  {"black", 0x23282A}, {"blue", 0x3568B0},   {"bronze", 0x9A6B3F}, {"brown", 0x7A5236},
    {"copper", 0xB87347}, {"cream", 0xF5EBCF}, {"gold", 0xC9A13B},   {"green", 0x4B9A6E},  {"grey", 0x8C9496},
    {"ivory", 0xEDE3C8},  {"lilac", 0xB9A3D9}, {"mint", 0xA5D9C1},   {"orange", 0xE0863A}, {"pink", 0xEE9CB9},
    {"purple", 0x77519A}, {"red", 0xCC3933},   {"silver", 0xBFC5C7}, {"white", 0xFFFFFF},  {"yellow", 0xF0CE4F},
}};

}  // namespace

std::string price_of(Stage& stage, const ProductCard& card) {
  return card.price ? stage.texts.money(*card.price) : stage.texts.say("cart.no_price");
}

std::optional<Colour> swatch(const std::string& value) {
  const auto found = std::ranges::find(colours, std::string_view(value), &NamedColour::name);
  if (found == colours.end()) return std::nullopt;
  return Colour::hex(found->rgb);
}

std::string attribute_name(Stage& stage, const std::string& name) {
  return stage.texts.say_if_known("attribute." + name).value_or(name);
}

std::string attribute_value(Stage& stage, const std::string& value) {
  return stage.texts.say_if_known("colour." + value).value_or(value);
}

std::vector<std::string> varying(const std::vector<ProductCard>& variants) {
  std::set<std::string> names;
  for (const ProductCard& each : variants) {
    for (const auto& [name, value] : each.attributes) names.insert(name);
  }
  std::vector<std::string> differing;
  for (const std::string& name : names) {
    std::set<std::string> values;
    for (const ProductCard& each : variants) {
      const auto found = each.attributes.find(name);
      values.insert(found == each.attributes.end() ? std::string() : found->second);
    }
    if (values.size() > 1) differing.push_back(name);
  }
  return differing;
}

}  // namespace vitrine::kiosk::shopper
