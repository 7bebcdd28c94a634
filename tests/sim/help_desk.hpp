// SPDX-License-Identifier: Apache-2.0
// Shoppers at kiosks who ask for a person, and the staff who go there: mostly through the local API's own commands, now and then
// said anyhow, as by another release or a confused program, which the rules must make sense of.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "edge/local_api/commands.hpp"
#include "tests/sim/dice.hpp"
#include "tests/sim/help_model.hpp"
#include "tests/sim/store_box.hpp"

namespace vitrine::sim {

class HelpDesk {
 public:
  HelpDesk(std::vector<std::unique_ptr<StoreBox>>& boxes, Dice ids) : boxes_(boxes), ids_(ids) {}

  struct Wanted {
    std::string id;  // of the transaction
    std::vector<SeenOperation> operations;
    std::function<Result<sync::CartId>(edge::local_api::Desk&)> work;  // none: as it is, by the engine
  };
  // None: the box is off, or there is nothing to do it to.
  std::optional<Wanted> think(std::size_t box, Dice& dice);

 private:
  struct OnScreen {
    std::string id;
    ModelRequest request;
  };
  std::vector<OnScreen> on_screen(std::size_t box);
  Wanted raise(std::size_t box, const std::vector<OnScreen>& open, Dice& dice);
  Wanted act(const OnScreen& on, Dice& dice);
  Wanted say_anyhow(std::size_t box, const std::vector<OnScreen>& all, Dice& dice);

  std::vector<std::unique_ptr<StoreBox>>& boxes_;
  Dice ids_;
  HelpModel eyes_;
  std::vector<std::string> raised_;  // anywhere
};

}  // namespace vitrine::sim
