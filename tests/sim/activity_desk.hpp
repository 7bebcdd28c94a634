// SPDX-License-Identifier: Apache-2.0
// What customers do is told: online by the platform, in a store by its box, and now and then the same by both, in other words.
#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tests/sim/dice.hpp"
#include "tests/sim/hub_box.hpp"
#include "tests/sim/store_box.hpp"

namespace vitrine::sim {

class ActivityDesk {
 public:
  ActivityDesk(HubBox& hub, std::vector<std::unique_ptr<StoreBox>>& boxes, Dice ids) : hub_(hub), boxes_(boxes), ids_(ids) {}

  // At this box, or (none) online. None: it is off, or knows no customer.
  std::optional<SeenOperation> think(std::optional<std::size_t> box, std::int64_t utc_ms, Dice& dice);

 private:
  HubBox& hub_;
  std::vector<std::unique_ptr<StoreBox>>& boxes_;
  Dice ids_;
  std::deque<std::string> told_;  // documents of the last ones
};

}  // namespace vitrine::sim
