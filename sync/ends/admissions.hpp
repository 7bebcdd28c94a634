// SPDX-License-Identifier: Apache-2.0
// How many stores may fill their streams at once: a chain's stores that all begin on one morning would otherwise share the hub's
// disk so that none of them is ready. In memory only: after a restart stores are admitted anew, and lose nothing by it.
#pragma once

#include <cstdint>
#include <map>

#include "base/time_point.hpp"
#include "sync/model/ids.hpp"

namespace vitrine::sync::ends {

class Admissions {
 public:
  explicit Admissions(std::size_t at_once) : at_once_(at_once) {}

  // A store that has something to fill greets. 0: it may; else after how many seconds it should greet again. Who has waited
  // longest, and still asks, comes first.
  std::int64_t ask(const StoreId& store, MonoMs now);
  // It is filling: a place that nobody uses is given away after tuning::fill_silent_ms.
  void fills(const StoreId& store, MonoMs now);
  // It has nothing left to fill.
  void done(const StoreId& store);

  [[nodiscard]] std::size_t filling() const { return filling_.size(); }
  [[nodiscard]] std::size_t waiting() const { return waiting_.size(); }

 private:
  struct Waiting {
    std::uint64_t place = 0;  // in the order in which they first asked
    MonoMs expected;          // greets again by then, or has given up
  };
  void forget_silent(MonoMs now);

  std::size_t at_once_;
  std::uint64_t places_ = 0;
  std::map<StoreId, MonoMs> filling_;  // when it was heard last
  std::map<StoreId, Waiting> waiting_;
};

}  // namespace vitrine::sync::ends
