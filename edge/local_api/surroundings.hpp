// SPDX-License-Identifier: Apache-2.0
// What an answer needs besides the database: who this store is, how the link stands, and the time.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <string>

#include "base/time_point.hpp"
#include "edge/local_api/answers.hpp"
#include "edge/local_api/drill.hpp"
#include "sync/model/ids.hpp"

namespace vitrine::edge::local_api {

// What the loop knows of the hub, in the store's own clock.
struct LinkSituation {
  LinkReport report;
  std::int64_t clock_offset_ms = 0;  // hub − store
  UtcMs hub_time_max;
  std::map<std::string, std::uint64_t> heads;  // as last heard
  DrillBoard drill;

  [[nodiscard]] UtcMs hub_time(UtcMs store_clock) const { return std::max(store_clock.plus(clock_offset_ms), hub_time_max); }
};

// Written by the loop after each commit, read by whoever answers.
class LinkBoard {
 public:
  void put(LinkSituation situation) {
    const std::lock_guard lock(mutex_);
    situation_ = std::move(situation);
  }
  [[nodiscard]] LinkSituation get() const {
    const std::lock_guard lock(mutex_);
    return situation_;
  }

 private:
  mutable std::mutex mutex_;
  LinkSituation situation_;
};

// Of one answer.
struct Surroundings {
  sync::StoreId store;
  std::string zone;
  std::string region;
  std::string software;
  LinkSituation link;
  UtcMs now;  // the hub's time, as this store estimates it
};

}  // namespace vitrine::edge::local_api
