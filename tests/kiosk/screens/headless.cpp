// SPDX-License-Identifier: Apache-2.0
// Drives the screens by hand.
#include "tests/kiosk/screens/headless.hpp"

#include <imgui/imgui.h>

#include <stdexcept>

namespace vitrine::kiosk {

Headless::Headless(const Panel& panel, const std::string& assets) : context_(ImGui::CreateContext()) {
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;
  io.DisplaySize = {static_cast<float>(panel.width), static_cast<float>(panel.height)};
  io.BackendFlags |= ImGuiBackendFlags_RendererHasVtxOffset;
  UiOptions options;
  options.assets = assets;
  options.panel_mm_wide = panel.mm_wide;
  options.handheld = panel.is_held();
  auto ui = Ui::open(options);
  if (!ui) throw std::runtime_error(ui.error().message);
  ui_ = std::move(*ui);
  if (auto made = ui_->prepare(panel.width, panel.height); !made) throw std::runtime_error(made.error().message);
}

Headless::~Headless() { ImGui::DestroyContext(context_); }

Frame Headless::frame(const Model& model, const Input& input) {
  ImGui::GetIO().DeltaTime = 0.016F;
  ImGui::NewFrame();
  Frame frame = ui_->draw(model, input);
  ImGui::Render();
  return frame;
}

Frame Headless::settle(samples::Scene& scene, int count) {
  Frame last = frame(scene.model);
  for (int i = 0; i < count && (last.moving || i < 2); ++i) {
    scene.wait(50);
    last = frame(scene.model);
  }
  return last;
}

bool Headless::tap(samples::Scene& scene, const std::string& id) {
  const Frame seen = frame(scene.model);
  const SemanticNode* node = seen.tree.find(id);
  if (node == nullptr || !node->interactive) return false;
  const float x = node->rect.x + node->rect.width / 2;
  const float y = node->rect.y + node->rect.height / 2;
  const Frame after = frame(scene.model, {{{PointerEvent::Kind::down, x, y}, {PointerEvent::Kind::up, x, y}}, {}});
  if (after.person_active) scene.event(PersonDid{});
  for (const Intent& intent : after.intents) scene.wish(intent);
  scene.wait(300);
  return !after.intents.empty();
}

}  // namespace vitrine::kiosk
