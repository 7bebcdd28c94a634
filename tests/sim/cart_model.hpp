// SPDX-License-Identifier: Apache-2.0
// What a cart must hold after the operations that the hub applied, in that order: written from the text of the rules
// (sync/rules/README.md), sharing no code with them.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "tests/sim/seen_cart.hpp"

namespace vitrine::sim {

struct ModelVersion {
  std::uint32_t era = 0;
  std::uint64_t number = 0;
  auto operator<=>(const ModelVersion&) const = default;
};

struct ModelDot {
  std::string id;
  std::int64_t left = 0;
  ModelVersion born;
};

struct ModelCart {
  bool there = false;
  std::map<std::string, std::vector<ModelDot>> lines;  // each oldest first
  std::set<std::string> dead;
  std::string owner;
  std::string store;
  std::vector<std::string> coupons;             // in the order in which they came
  std::map<std::uint32_t, std::uint64_t> been;  // era → the highest number that this cart has had in it

  [[nodiscard]] bool has_been(const ModelVersion& version) const;
  [[nodiscard]] std::map<std::string, std::int64_t> left_by_dot() const;  // only what is left
};

// One operation; empty: it took effect, else the reason why not, and `cart` may be spoilt (work on a copy). `dot` is the name
// that an add gives its units, `minted` the version that the hub gave the document.
std::string model_apply(ModelCart& cart, const SeenOperation& operation, const std::string& dot, const ModelVersion& minted);

}  // namespace vitrine::sim
