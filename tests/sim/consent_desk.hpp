// SPDX-License-Identifier: Apache-2.0
// Customers who agree to something and take it back, at counters and on their phones: each grant names the withdrawals that its
// screen showed, which may not have been all.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "tests/sim/consent_book.hpp"
#include "tests/sim/dice.hpp"
#include "tests/sim/hub_box.hpp"
#include "tests/sim/store_box.hpp"

namespace vitrine::sim {

class ConsentDesk {
 public:
  ConsentDesk(HubBox& hub, std::vector<std::unique_ptr<StoreBox>>& boxes) : hub_(hub), boxes_(boxes), eyes_(0) {}

  struct Wanted {
    std::vector<SeenOperation> operations;
    bool fact = false;
  };
  // At the counter of this box, or (none) on the phone. None: it is off, or knows no customer.
  std::optional<Wanted> think(std::optional<std::size_t> box, Dice& dice);
  // What somebody takes back at the counter of this box.
  std::optional<Wanted> take_back(std::size_t box, Dice& dice);

 private:
  std::optional<std::string> standing_at(std::size_t box, bool first, Dice& dice);

  HubBox& hub_;
  std::vector<std::unique_ptr<StoreBox>>& boxes_;
  ConsentBook eyes_;
};

}  // namespace vitrine::sim
