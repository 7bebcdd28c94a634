// SPDX-License-Identifier: Apache-2.0
// The machine's two clocks and its random source, read here and nowhere else in the hub.
#pragma once

#include "base/time_point.hpp"
#include "sync/ends/chance.hpp"

namespace vitrine::hub {

Now system_now();
sync::ends::Chance system_chance();

}  // namespace vitrine::hub
