// SPDX-License-Identifier: Apache-2.0
// See photos.hpp.
#include "tools/kiosk_shots/photos.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

namespace vitrine::kiosk::samples {
namespace {

struct Ink {
  double r = 0, g = 0, b = 0;
};

Ink mixed(Ink from, Ink to, double share) {
  return {from.r + (to.r - from.r) * share, from.g + (to.g - from.g) * share, from.b + (to.b - from.b) * share};
}

// From here down a radius and a colour, in hundredths of the picture's smaller side.
struct Ring {
  double y = 0, radius = 0;
  Ink ink;
};

struct Still {
  int width = 0, height = 0;
  Ink above, below;  // of the background
  bool clear = false;
  std::span<const Ring> lathe;
  bool face = false;  // of a clock, in front
};

constexpr Ink white{1, 1, 1}, black{0.05, 0.05, 0.06};
constexpr Ink glaze{0.16, 0.36, 0.58}, cream{0.95, 0.92, 0.84}, wax{0.96, 0.93, 0.88}, flame{1, 0.72, 0.2};
constexpr Ink lid{0.72, 0.6, 0.36}, jam{0.85, 0.32, 0.1}, red{0.75, 0.12, 0.12}, brass{0.8, 0.65, 0.3}, leaf{0.36, 0.6, 0.44};

constexpr std::array<Ring, 8> vase = {{{18, 13, glaze},
                                       {24, 9, glaze},
                                       {36, 8, glaze},
                                       {50, 18, glaze},
                                       {66, 25, cream},
                                       {78, 24, glaze},
                                       {90, 17, glaze},
                                       {94, 15, glaze}}};
constexpr std::array<Ring, 6> jar = {
    {{20, 19, lid}, {30, 19, lid}, {32, 16, white}, {38, 24, jam}, {84, 25, jam}, {88, 21, jam}}};
constexpr std::array<Ring, 6> candle = {
    {{14, 0.2, flame}, {22, 3, flame}, {28, 1, flame}, {29, 17, wax}, {86, 17, wax}, {88, 15, wax}}};
constexpr std::array<Ring, 7> clock = {
    {{14, 8, brass}, {20, 10, brass}, {22, 4, brass}, {26, 8, red}, {56, 31, red}, {86, 8, red}, {90, 12, brass}}};
constexpr std::array<Ring, 5> mug = {{{24, 24, leaf}, {26, 25, leaf}, {60, 24, cream}, {80, 22, leaf}, {86, 17, leaf}}};

std::optional<Still> still_of(const std::string& name) {
  if (name == "vase") return Still{400, 600, {0.86, 0.83, 0.79}, {0.7, 0.66, 0.61}, false, vase, false};
  if (name == "jar") return Still{600, 400, white, white, false, jar, false};
  if (name == "candle") return Still{500, 500, {0.1, 0.09, 0.1}, {0.03, 0.03, 0.04}, false, candle, false};
  if (name == "clock") return Still{500, 500, {0.93, 0.88, 0.74}, {0.84, 0.76, 0.58}, false, clock, true};
  if (name == "mug") return Still{500, 500, white, white, true, mug, false};
  return std::nullopt;
}

// What the lathe has at that height: none outside.
std::optional<Ring> ring_at(std::span<const Ring> lathe, double y) {
  for (std::size_t i = 1; i < lathe.size(); ++i) {
    if (y < lathe[i - 1].y || y > lathe[i].y) continue;
    const double share = (y - lathe[i - 1].y) / (lathe[i].y - lathe[i - 1].y);
    const double bend = share * share * (3 - 2 * share);
    return Ring{y, lathe[i - 1].radius + (lathe[i].radius - lathe[i - 1].radius) * bend, lathe[i - 1].ink};
  }
  return std::nullopt;
}

// A round thing with its light from the upper left, and a glint.
Ink lit(Ink ink, double across) {
  const double facing = std::sqrt(std::max(0.0, 1 - across * across));
  const double light = 0.28 + 0.72 * std::max(0.0, facing * 0.8 - across * 0.6);
  const double glint = std::pow(std::max(0.0, facing * 0.89 - across * 0.45), 40) * 0.55;
  return {ink.r * light + glint, ink.g * light + glint, ink.b * light + glint};
}

void draw_face(Ink& at, double x, double y) {
  const double dx = x, dy = y - 56, far = std::hypot(dx, dy);
  if (far > 24) return;
  at = far > 22 ? brass : mixed(white, cream, (far + dx * 0.4) / 40);
  const bool hour = std::abs(dx * 0.5 + dy * 0.87) < 1.4 && dx * 0.87 - dy * 0.5 > 0 && far < 12;
  const bool minute = std::abs(dx) < 1 && dy < 0 && far < 18;
  const double turn = std::atan2(dy, dx) * 6 / 3.14159265358979;
  const bool mark = far > 18 && far < 21 && std::abs(turn - std::round(turn)) < 0.09;
  if (hour || minute || mark || far < 1.8) at = black;
}

}  // namespace

std::optional<Bitmap> photo(const std::string& name) {
  const std::optional<Still> still = still_of(name);
  if (!still) return std::nullopt;
  Bitmap made{still->width, still->height, {}};
  const double unit = std::min(still->width, still->height) / 100.0;
  const double foot = still->lathe.back().y, foot_radius = still->lathe.back().radius;
  for (int row = 0; row < still->height; ++row) {
    for (int column = 0; column < still->width; ++column) {
      const double x = (column + 0.5 - still->width / 2.0) / unit;
      const double y = (row + 0.5 - still->height / 2.0) / unit + 50;
      Ink at = mixed(still->above, still->below, static_cast<double>(row) / still->height);
      double alpha = still->clear ? 0 : 1;
      const double shade = std::hypot((x - 4) / (foot_radius * 1.5), (y - foot) / 4);
      if (shade < 1 && !still->clear) at = mixed(at, black, 0.35 * (1 - shade));
      if (const auto ring = ring_at(still->lathe, y); ring && std::abs(x) < ring->radius) {
        at = lit(ring->ink, x / ring->radius);
        alpha = 1;
      }
      if (still->face) draw_face(at, x, y);
      for (const double part : {at.r, at.g, at.b, alpha})
        made.rgba.push_back(static_cast<std::uint8_t>(std::lround(std::clamp(part, 0.0, 1.0) * 255)));
    }
  }
  return made;
}

}  // namespace vitrine::kiosk::samples
