// SPDX-License-Identifier: Apache-2.0
// What the store measures, as the local API tells it (docs/openapi-edge.yaml: MeasuresView; docs/MEASURES.md).
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/time_point.hpp"
#include "sync/model/measures.hpp"

namespace vitrine::kiosk {

// From `from` on and before `until`.
struct MeasuredTime {
  UtcMs from;
  UtcMs until;
  sync::Measures counts;  // without single waits
  std::int64_t waits = 0;
  std::optional<std::int64_t> wait_median_ms;
  std::optional<std::int64_t> wait_p90_ms;
  bool operator==(const MeasuredTime&) const = default;
};

struct BoardSeen {
  UtcMs as_of;
  bool week = false;                // else today
  MeasuredTime all;                 // up to as_of
  MeasuredTime before;              // as long, a week earlier
  std::vector<MeasuredTime> slots;  // hours of today, or days
  bool operator==(const BoardSeen&) const = default;
};

// What the board has a figure of, in its order.
enum class BoardFigure : std::uint8_t { resumes, recovered, wait, promise, no_shows, contacts, searches, offers, offline };
inline constexpr std::size_t board_figures = 9;

}  // namespace vitrine::kiosk
