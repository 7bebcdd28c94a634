// SPDX-License-Identifier: Apache-2.0
// The oracle's part for requests for a person: how they must stand at the hub, and what a store that has shown one must go on
// showing until its time is over.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "tests/sim/help_model.hpp"

namespace vitrine::sim {

class HelpBook {
 public:
  explicit HelpBook(std::size_t stores) : shown_(stores) {}

  using Requests = std::map<std::string, ModelRequest>;

  // Facts of `store` that the hub applied. Answers the first refusal that the model expects.
  std::string apply(const std::string& id, const std::vector<SeenOperation>& operations, ModelStamp stamp,
                    const std::string& store);
  void deleted(const std::string& request) { now_[request] = {}; }

  // Empty: the document stands as it must.
  std::string compare(const std::string& id, const std::optional<std::string>& body);

  // What a store's screen shows now, at this time of the world. `may_go`: the store cannot know the time, or its disk or its hub
  // has lost something.
  struct Wrong {
    std::string check;
    std::string text;
  };
  std::optional<Wrong> store_shows(std::size_t store, const std::string& id, const std::optional<std::string>& body,
                                   std::int64_t utc_ms, bool may_go);
  void store_cloned(std::size_t first, std::size_t second) {
    shown_.at(first).rewound = true;
    shown_.at(second) = shown_.at(first);
  }
  void store_restored(std::size_t store) { shown_.at(store) = {{}, {}, true}; }

  [[nodiscard]] const Requests& now() const { return now_; }
  void go_back_to(const Requests& then) { now_ = then; }

 private:
  HelpModel model_;
  Requests now_;
  struct Shown {
    Requests requests;
    // Went once. What is said of one afterwards begins its time anew here, and not where the hub still has it.
    std::set<std::string> gone;
    bool rewound = false;  // restored, or cloned: two boxes speak for the store
  };
  std::vector<Shown> shown_;
};

}  // namespace vitrine::sim
