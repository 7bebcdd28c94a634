// SPDX-License-Identifier: Apache-2.0
// Puts ImGui's draw data on the window with OpenGL, and only where it changed: the last picture is kept off screen, boxes that
// differ are drawn into it (a scrolled list is first shifted), and it is copied to the window. An unchanged picture costs no
// drawing and no swap. On a software rasteriser the window's own picture behind the screen is the last one, and of it only the
// boxes are shown (GLX_MESA_copy_sub_buffer): no second picture is held, and none is copied.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "base/result.hpp"
#include "kiosk/io/damage.hpp"
#include "kiosk/widgets/letters.hpp"

struct ImDrawData;

namespace vitrine::kiosk {

struct Painted {
  bool changed = false;
  bool swap = false;        // the window must be swapped to show it
  std::int64_t pixels = 0;  // drawn anew
};

// RGB, rows from the top.
struct Picture {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> rgb;
};

class Painter {
 public:
  // Needs a current OpenGL 3.2 context and an ImGui context. Errors: "no_opengl".
  static Result<std::unique_ptr<Painter>> open();
  ~Painter();
  Painter(const Painter&) = delete;
  Painter& operator=(const Painter&) = delete;

  // The font atlas is new: upload it (a texture holds everything drawn) and let go of the copy in memory.
  void upload_atlas();
  // Puts letters that are new into the atlas.
  void add_letters(Letters& letters);
  struct Colour {
    float r = 0, g = 0, b = 0;
  };
  // `whole`: draws everything, as if nothing were known of the last picture. `list`: see Damage.
  Painted paint(ImDrawData& picture, int width, int height, Colour clear, bool whole = false,
                const std::optional<ScrolledList>& list = {});
  [[nodiscard]] Picture read() const;  // the picture as last painted

 private:
  struct Gl;
  explicit Painter(std::unique_ptr<Gl> gl);
  void move(const PixelBox& box, int by) const;
  void draw_box(ImDrawData& picture, const PixelBox& box, Colour clear) const;

  std::unique_ptr<Gl> gl_;
};

}  // namespace vitrine::kiosk
