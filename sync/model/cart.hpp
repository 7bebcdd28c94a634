// SPDX-License-Identifier: Apache-2.0
// A cart: lines of dots. Every "add n" makes one dot, and what is taken from a dot stays taken, so nothing that a person
// removed comes back and nothing that another person added meanwhile disappears. Rules: sync/rules/cart.hpp.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/time_point.hpp"
#include "sync/model/ids.hpp"
#include "sync/model/version.hpp"

namespace vitrine::sync {

// A line's key is SKU + variant + options; until there are options it is the SKU.
using LineKey = std::string;

struct Dot {
  DotId id;
  std::int64_t units = 0;       // as added, 1 to quantity_max
  std::int64_t taken = 0;       // 0 to units
  Version born{};               // the cart's version that recorded it; number 0: not yet at the hub
  std::int64_t taken_here = 0;  // of `taken`: by operations of a store's view that its base lacks; 0 in every base
  std::string more = {};        // members of a newer version, as JSON: "a":1,"b":2; kept and passed on
  [[nodiscard]] std::int64_t left() const { return units - taken; }
  bool operator==(const Dot&) const = default;
};

struct CartLine {
  LineKey key;
  Sku sku;
  std::vector<Dot> dots;  // oldest first
  std::string more = {};  // as a dot's
  [[nodiscard]] std::int64_t units() const {
    std::int64_t sum = 0;
    for (const Dot& dot : dots) sum += dot.left();
    return sum;
  }
  bool operator==(const CartLine&) const = default;
};

// An id that was taken from before this cart held it: an add that bears it adds nothing.
struct DeadDot {
  DotId id;
  UtcMs at;
  std::string more = {};  // as a dot's
  bool operator==(const DeadDot&) const = default;
};

struct Cart {
  CartId id;
  std::optional<CustomerId> owner;  // none: anonymous
  std::string channel;              // where it began: "phone", "kiosk"
  std::optional<StoreId> store;     // the store that the shopper chose
  std::uint32_t generation = 1;
  UtcMs created_at;
  UtcMs changed_at;
  std::string changed_by;       // the actor of the last change: "phone", "kiosk-1"
  UtcMs expires_at;             // at this time every copy is forgotten, connected or not
  std::vector<CartLine> lines;  // in the order in which they were first added; a line with no units left stays, for its dots
  std::vector<DeadDot> dead;
  std::vector<std::string> coupons;   // codes, each once, in the order in which they came
  std::string unknown_fields = "{}";  // JSON object: fields of a newer version, kept and passed on
  bool operator==(const Cart&) const = default;
};

}  // namespace vitrine::sync
