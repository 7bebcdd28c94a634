// SPDX-License-Identifier: Apache-2.0
// The coverage of each layer's rounded rectangle at each pixel, laid over one another.
#include "kiosk/widgets/shadow_bake.hpp"

#include <algorithm>
#include <cmath>
#include <span>

namespace vitrine::kiosk {
namespace {

struct Layer {
  float down, spread, alpha;
};

constexpr std::array e1 = {Layer{1, 0, 0.05F}, Layer{2, 1, 0.025F}, Layer{4, 2, 0.015F}};
constexpr std::array e2 = {Layer{2, 1, 0.05F}, Layer{5, 3, 0.03F}, Layer{9, 6, 0.02F}, Layer{14, 10, 0.012F}};
constexpr std::array e3 = {Layer{4, 2, 0.07F}, Layer{9, 6, 0.045F}, Layer{16, 11, 0.03F}, Layer{24, 17, 0.018F}};
constexpr std::array dock = {Layer{-1, 0, 0.06F}, Layer{-4, 0, 0.025F}, Layer{-8, 0, 0.015F}};

struct Recipe {
  std::span<const Layer> layers;
  float radius;
};

Recipe recipe_of(Shadow shadow) {
  switch (shadow) {
    case Shadow::e1_card:
      return {e1, 32};
    case Shadow::e1_small:
      return {e1, 28};
    case Shadow::e2_action:
      return {e2, 40};
    case Shadow::e2_button:
      return {e2, 28};
    case Shadow::e3_dialog:
      return {e3, 52};
    case Shadow::e3_toast:
      return {e3, 28};
    case Shadow::dock:
      return {dock, 44};
  }
  return {e1, 32};
}

// 1 inside, 0 outside, in between across the edge's pixel.
float coverage(float x, float y, float left, float top, float right, float bottom, float radius) {
  const float cx = std::clamp(x, left + radius, right - radius);
  const float cy = std::clamp(y, top + radius, bottom - radius);
  const float distance = std::hypot(x - cx, y - cy) - radius;
  return std::clamp(0.5F - distance, 0.0F, 1.0F);
}

}  // namespace

float corner_of(Shadow shadow, float corner_scale) { return recipe_of(shadow).radius * corner_scale; }

ShadowPicture bake_shadow(Shadow shadow, float scale, float corner_scale) {
  const Recipe recipe = recipe_of(shadow);
  const float radius = recipe.radius * corner_scale * scale;
  float reach = 0;
  for (const Layer& layer : recipe.layers) reach = std::max(reach, (layer.spread + std::abs(layer.down)) * scale);
  ShadowPicture picture;
  picture.grow = std::ceil(reach) + 1;
  // A corner must hold the largest layer's own corner, so that only straight edges are stretched.
  picture.corner = std::ceil(radius + reach);
  picture.size = static_cast<int>(2 * (picture.grow + picture.corner)) + 2;
  const float card_left = picture.grow;
  const float card_right = static_cast<float>(picture.size) - picture.grow;
  picture.alpha.reserve(static_cast<std::size_t>(picture.size) * static_cast<std::size_t>(picture.size));
  for (int row = 0; row < picture.size; ++row) {
    for (int column = 0; column < picture.size; ++column) {
      float through = 1;
      for (const Layer& layer : recipe.layers) {
        const float grow = layer.spread * scale;
        const float down = layer.down * scale;
        const float covered = coverage(static_cast<float>(column) + 0.5F, static_cast<float>(row) + 0.5F, card_left - grow,
                                       card_left - grow + down, card_right + grow, card_right + grow + down, radius + grow);
        through *= 1 - layer.alpha * covered;
      }
      picture.alpha.push_back(static_cast<unsigned char>(std::lround((1 - through) * 255)));
    }
  }
  return picture;
}

}  // namespace vitrine::kiosk
