// SPDX-License-Identifier: Apache-2.0
// What staff do in stores, and a platform at the hub, to orders, receipts and stock. They do it at random: whatever is said of
// goods has happened, and the rules must make sense of it.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tests/sim/dice.hpp"
#include "tests/sim/goods_model.hpp"
#include "tests/sim/hub_box.hpp"
#include "tests/sim/plan.hpp"
#include "tests/sim/store_box.hpp"

namespace vitrine::sim {

class Staff {
 public:
  Staff(HubBox& hub, std::vector<std::unique_ptr<StoreBox>>& boxes, std::size_t stores, Dice ids)
      : hub_(hub), boxes_(boxes), stores_(stores), ids_(ids) {}

  struct Wanted {
    std::optional<std::size_t> store;  // none: at the hub
    bool fact = false;
    std::vector<SeenOperation> operations;
  };
  // None: there is nothing to do it to.
  std::optional<Wanted> think(const Step& step, Dice& dice);

 private:
  std::optional<Wanted> order_at_hub(Dice& dice);
  std::optional<Wanted> order_at_store(std::size_t store, Dice& dice);
  std::optional<Wanted> receipt_at_hub(Dice& dice);
  Wanted receipt_at_store(std::size_t box, Dice& dice);
  std::optional<Wanted> stock_at_hub(Dice& dice);
  std::optional<Wanted> stock_at_store(std::size_t store, Dice& dice);
  // The number of the store that a box stands in.
  [[nodiscard]] std::size_t place_of(std::size_t box) const;
  std::string some_promise(const ModelStock& stock, Dice& dice);

  HubBox& hub_;
  std::vector<std::unique_ptr<StoreBox>>& boxes_;
  std::size_t stores_;
  Dice ids_;
  GoodsModel eyes_;
};

}  // namespace vitrine::sim
