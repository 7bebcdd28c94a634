// SPDX-License-Identifier: Apache-2.0
// Where screens are drawn without a display: OpenGL as the kiosk's window has it, by the software rasteriser, into memory.
#pragma once

#include <memory>

#include "base/result.hpp"
#include "kiosk/screens/frame.hpp"
#include "tools/kiosk_shots/picture.hpp"

namespace vitrine::kiosk {

// One at a time: it is the thread's current context, of ImGui too.
class OffScreen {
 public:
  // Errors: "no_opengl".
  static Result<std::unique_ptr<OffScreen>> open(int width, int height);
  ~OffScreen();
  OffScreen(const OffScreen&) = delete;
  OffScreen& operator=(const OffScreen&) = delete;

  Frame draw(Ui& ui, const Model& model, const Input& input = {}) const;
  [[nodiscard]] Picture read() const;

 private:
  struct Egl;
  OffScreen(std::unique_ptr<Egl> egl, int width, int height);
  std::unique_ptr<Egl> egl_;
  int width_, height_;
};

}  // namespace vitrine::kiosk
