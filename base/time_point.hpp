// SPDX-License-Identifier: Apache-2.0
// The two times that are passed into the thinking parts: what the calendar says and what only ever grows.
#pragma once

#include <compare>
#include <cstdint>

namespace vitrine {

// UTC milliseconds since 1970-01-01.
struct UtcMs {
  std::int64_t value = 0;
  auto operator<=>(const UtcMs&) const = default;
  [[nodiscard]] UtcMs plus(std::int64_t ms) const { return {value + ms}; }
};

// Milliseconds of a clock that never jumps; its zero has no meaning.
struct MonoMs {
  std::int64_t value = 0;
  auto operator<=>(const MonoMs&) const = default;
  [[nodiscard]] MonoMs plus(std::int64_t ms) const { return {value + ms}; }
};

// The time that goes in with each event.
struct Now {
  UtcMs utc;
  MonoMs mono;
};

}  // namespace vitrine
