// SPDX-License-Identifier: Apache-2.0
// What a kiosk's or a counter's model has asked of the edge by the last event; for tests.
#pragma once

#include <type_traits>

#include "tools/kiosk_shots/samples.hpp"

namespace vitrine::kiosk::samples {

template <class What, class Variant>
inline constexpr bool is_among = false;
template <class What, class... Kinds>
inline constexpr bool is_among<What, std::variant<Kinds...>> = (std::is_same_v<What, Kinds> || ...);

// The first question of that kind; none: nullptr. Of a counter's, the number under which it is answered, and the whole of it.
template <class What>
const What* asked(const Scene& scene, std::uint64_t* number = nullptr, const CounterRequest** whole = nullptr) {
  for (const Request& request : scene.asked) {
    if constexpr (is_among<What, Request>) {
      if (const auto* found = std::get_if<What>(&request)) return found;
    } else if (const auto* counter = std::get_if<CounterRequest>(&request)) {
      const auto* found = std::get_if<What>(&counter->what);
      if (found == nullptr) continue;
      if (number != nullptr) *number = counter->asked.number;
      if (whole != nullptr) *whole = counter;
      return found;
    }
  }
  return nullptr;
}

inline void answer(Scene& scene, std::uint64_t number, decltype(CounterAnswer::what) what) {
  scene.event(CounterAnswer{{scene.model.visit.number, number}, std::move(what)});
}

}  // namespace vitrine::kiosk::samples
