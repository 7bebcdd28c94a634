// SPDX-License-Identifier: Apache-2.0
// What the broker says of stores: connected, or gone. Retained, so it is there again after a start; only for operators, since a
// store that answers beats is online whatever the broker says.
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string_view>

#include "base/time_point.hpp"
#include "sync/model/ids.hpp"

namespace vitrine::hub {

struct Presence {
  bool connected = false;
  UtcMs heard_at;  // by the hub, also where the broker had kept it
};

// {"online":true}; none: something else.
std::optional<bool> read_presence(std::string_view json);

// Written by the connection's thread, read by whoever answers operators.
class PresenceBoard {
 public:
  void put(const sync::StoreId& store, Presence presence) {
    const std::lock_guard lock(mutex_);
    if (stores_.size() < stores_max || stores_.contains(store)) stores_[store] = presence;
  }
  [[nodiscard]] std::map<sync::StoreId, Presence> all() const {
    const std::lock_guard lock(mutex_);
    return stores_;
  }

 private:
  static constexpr std::size_t stores_max = 100'000;
  mutable std::mutex mutex_;
  std::map<sync::StoreId, Presence> stores_;
};

}  // namespace vitrine::hub
