// SPDX-License-Identifier: Apache-2.0
// The real screens in an ImGui context with no back-end: everything but pixels.
#pragma once

#include <memory>
#include <string>

#include "kiosk/screens/frame.hpp"
#include "tools/kiosk_shots/looks.hpp"
#include "tools/kiosk_shots/samples.hpp"

struct ImGuiContext;

namespace vitrine::kiosk {

using samples::Panel;

class Headless {
 public:
  explicit Headless(const Panel& panel, const std::string& assets = "assets");
  ~Headless();
  Headless(const Headless&) = delete;
  Headless& operator=(const Headless&) = delete;

  Frame frame(const Model& model, const Input& input = {});
  // Frames 50 ms apart until nothing moves; `count` at most.
  Frame settle(samples::Scene& scene, int count = 60);
  // Presses and releases the target with this id, and applies what it wished. False when it is not there.
  bool tap(samples::Scene& scene, const std::string& id);
  Ui& ui() { return *ui_; }

 private:
  ImGuiContext* context_ = nullptr;
  std::unique_ptr<Ui> ui_;
};

}  // namespace vitrine::kiosk
