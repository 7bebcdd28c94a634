// SPDX-License-Identifier: Apache-2.0
// What a counter's model has asked of the edge by the last event; for tests.
#pragma once

#include "tools/kiosk_shots/samples.hpp"

namespace vitrine::kiosk::samples {

// The first question of that kind; none: nullptr.
template <class What>
const What* asked(const Scene& scene) {
  for (const Request& request : scene.asked) {
    const auto* counter = std::get_if<CounterRequest>(&request);
    if (counter == nullptr) continue;
    if (const auto* found = std::get_if<What>(&counter->what)) return found;
  }
  return nullptr;
}

inline void answer(Scene& scene, std::uint64_t number, decltype(CounterAnswer::what) what) {
  scene.event(CounterAnswer{{scene.model.visit.number, number}, std::move(what)});
}

}  // namespace vitrine::kiosk::samples
