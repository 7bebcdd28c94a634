// SPDX-License-Identifier: Apache-2.0
// A drill: the store does without its line to the hub on purpose, for so many minutes. It ends by itself, by a button, when the
// link is switched on by hand, and with the process; what waited meanwhile is sent as after any outage.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/time_point.hpp"
#include "sync/model/ids.hpp"

namespace vitrine::edge::local_api {

inline constexpr std::int64_t drill_minutes_max = 60;

struct DrillOrder {
  std::int64_t minutes = 0;  // 0: it is over
  std::string staff;
  std::string device;
  sync::TransactionId request;
};

enum class DrillEnd { time, by_hand, restart };
inline constexpr std::array<std::string_view, 3> drill_ends = {"time", "by_hand", "restart"};

// The one that runs, or the last one since the process began. By the hub's clock.
struct DrillReport {
  UtcMs began;
  UtcMs until;  // it ends then, or ended
  bool runs = false;
  std::uint64_t waited = 0;  // transactions, when it ended
};

struct DrillBoard {
  std::optional<DrillReport> report;
  std::array<std::uint64_t, drill_ends.size()> ended{};  // since the process began
};

}  // namespace vitrine::edge::local_api
