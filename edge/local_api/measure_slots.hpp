// SPDX-License-Identifier: Apache-2.0
// Slots of time and what is counted in them; for measures*.cpp alone.
#pragma once

#include <string>
#include <vector>

#include "edge/local_api/measures.hpp"
#include "hours/days.hpp"

namespace vitrine::edge::local_api {

hours::Day days_before(const std::string& time_zone, hours::Day day, int days);
// Hours or days of those from `from` on and before `until`.
std::vector<MeasureSlot> slots_of(const std::string& time_zone, UtcMs from, UtcMs until, MeasureSlots by);
// What happened in it before `until`.
void count_slot(database::Connection& connection, MeasureSlot& slot, UtcMs until);

}  // namespace vitrine::edge::local_api
