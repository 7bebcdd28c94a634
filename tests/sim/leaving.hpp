// SPDX-License-Identifier: Apache-2.0
// One customer who wants to be forgotten, in every other schedule: erased at the hub at some time, while stores are cut off, work
// on what they know of them, or are set back; and a platform that imports its file again, with them in it.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "tests/sim/dice.hpp"
#include "tests/sim/hub_box.hpp"
#include "tests/sim/store_box.hpp"

namespace vitrine::sim {

class Leaving {
 public:
  Leaving(Street& street, HubBox& hub, std::vector<std::unique_ptr<StoreBox>>& boxes, std::int64_t heal_at_ms, Dice dice);

  // What is due by now, and whether they are gone at the hub.
  void tick();
  // When all is whole: they are nowhere.
  void compare();

 private:
  void look_at_hub();

  Street& street_;
  HubBox& hub_;
  std::vector<std::unique_ptr<StoreBox>>& boxes_;
  std::int64_t last_ms_;                    // nothing after it: all is about to be whole
  std::int64_t erase_at_ms_;                // the first time, and again
  std::vector<std::int64_t> import_at_ms_;  // the rest
};

}  // namespace vitrine::sim
