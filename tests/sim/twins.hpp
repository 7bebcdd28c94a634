// SPDX-License-Identifier: Apache-2.0
// A cloned box: a second machine that boots from a copy of a store's disk, with its name and certificate, while the first goes
// on. The broker lets only one of them in at a time. The hub must see the fork, and what people did at either must be at the hub
// once: when all is made whole, a person switches one of the two off, and brings what it had not said yet by its line or by a
// stick.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tests/sim/dice.hpp"
#include "tests/sim/hub_box.hpp"
#include "tests/sim/store_box.hpp"

namespace vitrine::sim {

class Twins {
 public:
  Twins(Street& street, std::vector<std::unique_ptr<StoreBox>>& boxes, Dice dice) : street_(street), boxes_(boxes), dice_(dice) {}

  [[nodiscard]] bool there() const { return second_.has_value(); }
  // The copy boots; its box comes last.
  void clone(std::size_t first);
  // The other box of its store; none where it has none.
  [[nodiscard]] std::optional<std::size_t> other(std::size_t box) const;
  // A box's session began: the other's ends.
  void connected(std::size_t box);
  // The hub has taken these transactions of a box from the line. `forks`: as it counts them now.
  void taken(std::size_t box, const std::vector<std::string>& ids, std::uint64_t forks);
  // The hub was restored, or a person has released the store: what it has seen of forks counts from here.
  void count_anew() { speaker_.reset(); }
  // Nobody acts any more. One box is to go, after what it has to say: true when that is done.
  void make_whole(HubBox& hub, bool hub_was_restored);
  [[nodiscard]] bool whole() const { return !there() || stage_ == Stage::one_left; }

 private:
  enum class Stage { two, one_speaks, one_left };
  bool write_on_stick(HubBox& hub);

  Street& street_;
  std::vector<std::unique_ptr<StoreBox>>& boxes_;
  Dice dice_;
  std::optional<std::size_t> second_;
  std::size_t first_ = 0;
  std::int64_t since_ms_ = 0;
  std::optional<std::size_t> speaker_;  // whose own work the hub took last
  std::uint64_t forks_before_ = 0;      // counted by the hub when it spoke
  int turns_ = 0;
  Stage stage_ = Stage::two;
  std::optional<std::size_t> goes_;
};

}  // namespace vitrine::sim
