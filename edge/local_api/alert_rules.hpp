// SPDX-License-Identifier: Apache-2.0
// What needs somebody, as a state machine: raised while something is wrong, shown once it was on a screen, acknowledged by
// whoever sees to it, escalated when nobody does in time, or when it is still wrong long after somebody did. It is over when what
// was wrong is. Pure: what is wrong and the time go in. docs/OPERATIONS.md has the times in words.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time_point.hpp"
#include "edge/database/alerts.hpp"

namespace vitrine::edge::local_api {

using database::Alert;

inline constexpr std::int64_t alert_again_ms = 15L * 60'000;  // so long after somebody saw to it, it should be right
inline constexpr std::size_t alerts_max = 200;                // open at once; the most urgent ones

struct AlertKind {
  std::string_view name;
  std::int64_t after_ms = 0;     // since it began: raised then; below nothing: before a time that is to come
  std::int64_t escalate_ms = 0;  // since it was raised, without anybody who sees to it
};
// In the order of urgency.
inline constexpr auto alert_kinds = std::to_array<AlertKind>({
    {"customer_waits", 5L * 60'000, 3L * 60'000},      // a buyer is here; since they arrived
    {"help_not_taken", 2L * 60'000, 2L * 60'000},      // a shopper asks for a person; since they asked
    {"promise_at_risk", -15L * 60'000, 15L * 60'000},  // an order is not ready; since the promised time, which may be to come
    {"store_offline", 15L * 60'000, 30L * 60'000},     // since the line to the hub is cut
    {"stock_odd", 0, 4L * 3'600'000},                  // since a product's stock does not add up
});
// None: of a later version.
[[nodiscard]] const AlertKind* alert_kind(std::string_view name);

enum class AlertState { raised, shown, acknowledged, escalated };
inline constexpr std::array<std::string_view, 4> alert_states = {"raised", "shown", "acknowledged", "escalated"};
[[nodiscard]] AlertState alert_state(const Alert& alert);

// How urgently somebody is needed: nobody is, somebody should look, or nobody did in time.
enum class AlertLevel { off, on, urgent };
inline constexpr std::array<std::string_view, 3> alert_levels = {"off", "on", "urgent"};
[[nodiscard]] AlertLevel level_of(const std::vector<Alert>& alerts);

// What is wrong, or will be.
struct Trouble {
  std::string kind;
  std::string subject;
  UtcMs since;
};

// The alerts after a look at what is wrong: the same look twice changes nothing.
[[nodiscard]] std::vector<Alert> next_alerts(const std::vector<Alert>& alerts, const std::vector<Trouble>& troubles, UtcMs now);
// When the next look would change something although nothing else happens.
[[nodiscard]] std::optional<UtcMs> next_alert_change(const std::vector<Alert>& alerts, const std::vector<Trouble>& troubles,
                                                     UtcMs now);
// It was on a screen; somebody sees to it. False: that was so already.
bool mark_shown(Alert& alert, UtcMs now);
bool acknowledge(Alert& alert, const std::string& staff, UtcMs now);
// What is nobody's yet before what is somebody's, escalated before others, by urgency, the oldest first.
[[nodiscard]] bool is_more_urgent(const Alert& one, const Alert& other);

}  // namespace vitrine::edge::local_api
