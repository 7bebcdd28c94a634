// SPDX-License-Identifier: Apache-2.0
// A counter's window in a test: sizes of desks, a visit of its own, keys and taps, and what they asked of the edge.
#pragma once

#include <doctest/doctest.h>

#include <array>
#include <string>
#include <vector>

#include "tests/kiosk/screens/layout_checks.hpp"

namespace vitrine::kiosk {

using samples::Scene;

inline constexpr std::array<Panel, 3> desks = {{
    {1920, 1080, 531},  // 24 inch
    {1920, 1080, 598},  // 27 inch
    {2560, 1440, 598},  // 27 inch, finer
}};
inline constexpr Panel desk = desks[0];

inline Scene fresh(const Scene& made) {
  static std::uint64_t visit = 5000;
  Scene scene = made;
  scene.model.visit.number = ++visit;
  return scene;
}

inline std::string words_of(const Frame& frame, const std::string& id) {
  const SemanticNode* node = frame.tree.find(id);
  return node == nullptr ? std::string() : node->label;
}

inline Frame press(Headless& headless, Scene& scene, Key key) {
  const Frame at = headless.frame(scene.model, {{}, {key}});
  for (const Intent& intent : at.intents) scene.wish(intent);
  scene.wait(300);
  return headless.settle(scene, 8);
}

inline const CounterRequest* asked(const Scene& scene) {
  for (const Request& request : scene.asked) {
    if (const auto* counter = std::get_if<CounterRequest>(&request)) return counter;
  }
  return nullptr;
}

// A tap, and what it asked of the edge.
template <class What>
What tapped(Headless& headless, Scene& scene, const std::string& id) {
  headless.settle(scene, 8);
  const Frame seen = headless.frame(scene.model);
  const SemanticNode* node = seen.tree.find(id);
  REQUIRE_MESSAGE(node != nullptr, id);
  REQUIRE_MESSAGE(node->enabled, id);
  const float x = node->rect.x + node->rect.width / 2, y = node->rect.y + node->rect.height / 2;
  scene.wait(300);
  headless.frame(scene.model, {{{PointerEvent::Kind::down, x, y}}, {}});
  scene.wait(50);
  const Frame up = headless.frame(scene.model, {{{PointerEvent::Kind::up, x, y}}, {}});
  What found{};
  bool any = false;
  for (const Intent& intent : up.intents) {
    scene.wish(intent);
    const CounterRequest* request = asked(scene);
    if (request == nullptr || !std::holds_alternative<What>(request->what)) continue;
    found = std::get<What>(request->what);
    any = true;
  }
  CHECK_MESSAGE(any, id);
  return found;
}

}  // namespace vitrine::kiosk
