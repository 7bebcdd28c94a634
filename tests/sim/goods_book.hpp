// SPDX-License-Identifier: Apache-2.0
// The oracle's part for orders, receipts and stock: how they must stand at the hub, and what a store that has shown a fact must
// go on showing.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "tests/sim/goods_model.hpp"

namespace vitrine::sim {

class GoodsBook {
 public:
  explicit GoodsBook(std::size_t stores);

  // An action that the hub applied: a fact operation by operation, an intent whole. Answers the first refusal that the model
  // expects. `begins`: the hub lost orders, and facts make them anew.
  struct Action {
    const std::string& id;
    const std::vector<SeenOperation>& operations;
    bool fact = false;
    bool begins = false;
    ModelStamp stamp;  // without its operation
  };
  std::string apply(const Action& action);

  // Empty: the document stands as it must.
  // It has been made, and not by goods alone.
  [[nodiscard]] bool has_order(const std::string& id) const {
    const auto order = now_.orders.find(id);
    return order != now_.orders.end() && order->second.there;
  }
  std::string compare(const std::string& collection, const std::string& id, const std::optional<std::string>& body);

  // Empty: of the order, the store shows at least what it has shown of its goods before. `hub_lost`: the hub has lost orders, and
  // what a store's disk lost too is lost.
  std::string store_shows(std::size_t store, const std::string& order, const std::optional<std::string>& body, bool hub_lost);
  // The same of a receipt, for what `store` sold and took back itself: without either it stands with the store by chance.
  // `may_go`: the store cannot know the time, or its hub has lost something.
  std::string store_shows_receipt(std::size_t box, const std::string& store, const std::string& id,
                                  const std::optional<std::string>& body, bool may_go);
  // From here on what either shows may be the other's word alone, as after a restore.
  void store_cloned(std::size_t first, std::size_t second) {
    shown_.at(first).restored = true;
    shown_.at(second) = shown_.at(first);
  }
  void store_restored(std::size_t store) { shown_.at(store) = {{}, {}, true}; }

  struct Remembered {
    std::map<std::string, ModelOrder> orders;
    std::map<std::string, ModelStock> stocks;
    std::map<std::string, ModelReceipt> receipts;
  };
  [[nodiscard]] const Remembered& now() const { return now_; }
  void go_back_to(const Remembered& then) { now_ = then; }

 private:
  std::string apply_one(Remembered& book, const SeenOperation& operation, const ModelStamp& stamp, bool begins);

  GoodsModel model_;
  Remembered now_;
  struct Shown {
    std::map<std::string, ModelOrder> orders;
    std::map<std::string, ModelReceipt> receipts;
    bool restored = false;
  };
  std::vector<Shown> shown_;
};

}  // namespace vitrine::sim
