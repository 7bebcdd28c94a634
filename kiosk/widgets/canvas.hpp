// SPDX-License-Identifier: Apache-2.0
// Draws shapes, letters and pictures in design units onto the current ImGui draw list, each edge on a whole pixel.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/theme/theme.hpp"
#include "kiosk/widgets/atlas.hpp"
#include "kiosk/widgets/geometry.hpp"
#include "kiosk/widgets/letters.hpp"
#include "kiosk/widgets/product_pictures.hpp"
#include "kiosk/widgets/semantic_tree.hpp"
#include "kiosk/widgets/type.hpp"

struct ImDrawList;
struct ImVec2;

namespace vitrine::kiosk {

// Which corners are round.
enum class Corners { all, top, none };

class Canvas {
 public:
  Canvas(const Atlas& atlas, Letters& letters, ProductPictures& products)
      : atlas_(atlas), letters_(letters), products_(products) {}

  // Starts a frame on the current context's background list.
  void begin(float scale, float width_px, float height_px);
  [[nodiscard]] Box area() const { return area_; }  // the whole window in design units
  [[nodiscard]] float scale() const { return scale_; }
  [[nodiscard]] PixelRect pixels(const Box& box) const;
  // The nearest length that is a whole number of pixels.
  [[nodiscard]] float whole_pixels(float design) const { return px(design) / scale_; }

  // shapes
  void fill(const Box& box, Colour colour, float radius = 0, Corners corners = Corners::all);
  void fill_around(const Box& box, const Box& hole, Colour colour);  // all of the box but the hole
  void fill_gradient(const Box& box, Colour top, Colour bottom, float radius = 0);
  void fill_fade(const Box& box, Colour top, Colour bottom);                // between two opacities, square corners
  void outline(const Box& box, Colour colour, float stroke, float radius);  // inside the box
  void ring_around(const Box& box, Colour gap, Colour ring, float radius);  // the focus ring, outside the box
  void disc(Point centre, float radius, Colour colour);
  void arc(Point centre, float radius, float stroke, float from_share, float to_share, Colour colour);  // 0 is up, clockwise
  void arch(const Box& box, Colour colour, float bottom_radius);
  void shadow(const Box& box, Shadow shadow, Colour colour);
  // Dark runs of a square of modules; `box` must hold whole modules after scaling: see module_size().
  void modules(const Box& box, int size, const std::vector<bool>& dark, Colour colour);

  // pictures
  void pictogram(const std::string& name, const Box& box, float opacity = 1);
  // Standing on the box's lower edge.
  void standing_pictogram(const std::string& name, const Box& box);
  // Fills the box; what is too wide or too high is cut off on both sides. False: it is not here (yet).
  bool product_picture(const std::string& name, const Box& box, float radius);
  void icon(Icon icon, float size, Point centre, Colour colour);
  // The retailer's logo against the box's left, or its right, in the middle of its height; returns its width, 0 without a logo.
  float logo(bool on_dark, const Box& box, Align align = Align::left);
  [[nodiscard]] float logo_width(bool on_dark, const Box& box) const;
  [[nodiscard]] std::size_t slides() const;
  // All of the box is filled: what is too wide or too high is cut off on both sides.
  void slide(std::size_t number, const Box& box, float radius, float opacity);

  // letters; `y` is the top of the line box
  void text(Type type, Point at, Colour colour, std::string_view text, Align align = Align::left);
  // Height of a line, as large as the person wants it.
  [[nodiscard]] float line(Type type) const { return letters_.line(type); }
  [[nodiscard]] float width_of(Type type, std::string_view text) const;
  // Lines no wider than `width`, broken at spaces and where Chinese and Japanese may break; a single word may still be wider.
  [[nodiscard]] std::vector<std::string_view> wrap(Type type, std::string_view text, float width) const;

  // Whether there is a letter for each character.
  [[nodiscard]] bool can_write(std::string_view text) const;

  void push_clip(const Box& box);
  void pop_clip();
  [[nodiscard]] bool is_in_clip(const Box& box) const;

  // A group of what was drawn since `mark()`: moved, faded, or scaled about a point.
  [[nodiscard]] int mark() const;
  void move_since(int mark, float dx, float dy);
  void fade_since(int mark, float opacity);
  void scale_since(int mark, Point centre, float factor);

  // A number that is equal for equal pictures.
  [[nodiscard]] std::uint64_t fingerprint() const;

 private:
  [[nodiscard]] float px(float design) const;
  [[nodiscard]] ImVec2 at(float x, float y) const;

  const Atlas& atlas_;
  Letters& letters_;  // rendered as they are first drawn
  ProductPictures& products_;
  ImDrawList* list_ = nullptr;
  float scale_ = 1;
  Box area_;
};

}  // namespace vitrine::kiosk
