// SPDX-License-Identifier: Apache-2.0
// A failing schedule made small: steps that are not needed for the failure are left out.
#pragma once

#include "tests/sim/plan.hpp"
#include "tests/sim/world.hpp"

namespace vitrine::sim {

// The smallest plan found that fails in the same check; the plan itself where it does not fail.
Plan shrunken(const Plan& plan, const std::string& check);

}  // namespace vitrine::sim
