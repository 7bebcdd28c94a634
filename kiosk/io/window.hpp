// SPDX-License-Identifier: Apache-2.0
// The kiosk's window: GLFW on X11 with an OpenGL context, touches and keys with their times, and waiting without burning time.
// One at a time, on the main thread.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "base/time_point.hpp"
#include "kiosk/input/wedge_decoder.hpp"
#include "kiosk/widgets/input.hpp"

namespace vitrine::kiosk {

struct WindowOptions {
  std::string title = "Vitrine";
  bool full_screen = true;
  int width = 1080;
  int height = 1920;
};

// A key press on its way to the wedge decoder.
struct KeyPress {
  WedgeKey key = WedgeKey::character;
  char32_t character = 0;
  MonoMs earliest;  // it may have waited since then while a frame was drawn
  MonoMs at;
};

class Window {
 public:
  // Errors: "no_display", "no_window", "no_opengl".
  static Result<std::unique_ptr<Window>> open(const WindowOptions& options);
  ~Window();
  Window(const Window&) = delete;
  Window& operator=(const Window&) = delete;

  // Takes in what is there, without waiting. To be called before looking at what other threads left: it also swallows wake().
  void poll();
  // Waits until something happens or wake() is called, `at_most_s` at most, and takes it in.
  void wait(double at_most_s);
  // Since the last call.
  std::vector<PointerEvent> pointer();
  std::vector<KeyPress> keys();
  // The window was uncovered, resized, or asked to close.
  [[nodiscard]] bool must_repaint();
  [[nodiscard]] bool closed() const;

  struct Size {
    int width = 0, height = 0;
  };
  [[nodiscard]] Size size() const;  // of the picture, in pixels
  void swap();

  // Ends a wait from any thread.
  static void wake();

 private:
  struct Glfw;
  explicit Window(std::unique_ptr<Glfw> glfw);
  std::unique_ptr<Glfw> glfw_;
};

}  // namespace vitrine::kiosk
