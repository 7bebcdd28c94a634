// SPDX-License-Identifier: Apache-2.0
// The kiosk's two clocks, read from the system.
#pragma once

#include <chrono>

#include "base/time_point.hpp"

namespace vitrine::kiosk {

inline MonoMs mono_now() {
  using namespace std::chrono;
  return {duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count()};
}

inline UtcMs utc_now() {
  using namespace std::chrono;
  return {duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count()};
}

inline Now system_now() { return {utc_now(), mono_now()}; }

}  // namespace vitrine::kiosk
