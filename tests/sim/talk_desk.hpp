// SPDX-License-Identifier: Apache-2.0
// Conversations and offers: a platform begins and moves them, customers write more, staff answer, take, put back and close what
// their screen shows, note what they heard, and say what came of an offer.
#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tests/sim/dice.hpp"
#include "tests/sim/hub_box.hpp"
#include "tests/sim/json_eyes.hpp"
#include "tests/sim/store_box.hpp"

namespace vitrine::sim {

class TalkDesk {
 public:
  TalkDesk(HubBox& hub, std::vector<std::unique_ptr<StoreBox>>& boxes, std::size_t stores, Dice ids)
      : hub_(hub), boxes_(boxes), stores_(stores), ids_(ids) {}

  // One transaction of a store's staff. Empty: the box is off, or shows nobody.
  std::vector<SeenOperation> at_store(std::size_t box, Dice& dice);
  // One of the platform's. Empty: the hub is off.
  std::vector<SeenOperation> online(std::int64_t utc_ms, Dice& dice);

 private:
  std::optional<std::string> some_shown(std::size_t box, const char* collection, Dice& dice);
  std::string closes(const std::string& body, Dice& dice);

  HubBox& hub_;
  std::vector<std::unique_ptr<StoreBox>>& boxes_;
  std::size_t stores_;
  Dice ids_;
  JsonEyes eyes_;
  std::deque<std::string> cases_, offers_;  // the last ones that the platform began
};

}  // namespace vitrine::sim
