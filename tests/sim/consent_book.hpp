// SPDX-License-Identifier: Apache-2.0
// The oracle's part for consents: how a register must stand at the hub after the operations that it applied, and what no store
// may show: that somebody agrees who has taken it back. Written from the text of the rules (sync/rules/README.md), sharing no
// code with them or their codec.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "tests/sim/goods_model.hpp"
#include "tests/sim/seen_cart.hpp"

namespace vitrine::sim {

// Of one purpose. A grant or a withdrawal is named by its operation.
struct ModelPurpose {
  struct Grant {
    std::int64_t at_ms = 0;
    std::string by;
    std::set<std::string> seen;  // withdrawals that its screen showed
    bool operator==(const Grant&) const = default;
  };
  std::vector<Grant> grants;  // all that were ever heard
  std::set<std::string> withdrawals;
  bool operator==(const ModelPurpose&) const = default;
  // The grant in force; none: no.
  [[nodiscard]] const Grant* in_force() const;
};
using ModelConsents = std::map<std::string, ModelPurpose>;

std::string show(const ModelConsents& consents);

class ConsentBook {
 public:
  explicit ConsentBook(std::size_t stores);
  ~ConsentBook();

  using Registers = std::map<std::string, ModelConsents>;  // by customer

  // As a register says; none: unreadable.
  std::optional<ModelConsents> read(const std::string& body);
  // One transaction that the hub applied, or (`heard` false) answered with an outcome. Answers the refusal that the model
  // expects.
  std::string apply(const std::string& id, const std::vector<SeenOperation>& operations, std::int64_t at_ms, bool heard);
  // Empty: the register stands at the hub as it must.
  std::string compare(const std::string& customer, const std::optional<std::string>& body);
  // Empty: a store may show that, after all that it has shown before. Without a base, what was done here and is still on its way
  // stands alone: the customer has left the store meanwhile, and nobody there is served by it.
  std::string store_shows(std::size_t store, const std::string& customer, const std::optional<std::string>& body, bool has_base);
  void store_cloned(std::size_t first, std::size_t second) { shown_.at(second) = shown_.at(first); }
  void store_restored(std::size_t store) { shown_.at(store).clear(); }

  // At the hub, by now.
  [[nodiscard]] bool agrees(const std::string& customer, const std::string& purpose) const;
  // From here on this customer agrees to nothing, whoever says what, and whatever is restored: an erasure is never undone.
  void erase(const std::string& customer) { erased_.insert(customer); }
  [[nodiscard]] bool is_erased(const std::string& customer) const { return erased_.contains(customer); }

  [[nodiscard]] const Registers& now() const { return now_; }
  void go_back_to(const Registers& then) { now_ = then; }

 private:
  std::string apply_one(ModelConsents& consents, const SeenOperation& operation, std::int64_t at_ms, const std::string& by);

  struct Parser;
  std::unique_ptr<Parser> parser_;
  Registers now_;
  std::set<std::string> erased_;
  // By store: customer and purpose → the withdrawals that its screens have shown.
  std::vector<std::map<std::string, std::set<std::string>>> shown_;
};

}  // namespace vitrine::sim
