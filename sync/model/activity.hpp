// SPDX-License-Identifier: Apache-2.0
// One thing that a customer did: online, at a kiosk, at a counter. Said once and never altered. Rules: sync/rules/activity.hpp.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/time_point.hpp"
#include "sync/model/ids.hpp"

namespace vitrine::sync {

using EventId = Id<struct EventTag>;  // 128 bits as 32 lower-case hex digits; unique among one customer's

// What this version knows; a document may hold a kind of a newer one.
inline constexpr std::array<std::string_view, 11> activity_kinds = {
    "viewed", "searched", "added", "removed", "bought", "returned", "chatted", "called", "visited", "resumed", "picked_up"};

struct Activity {
  CustomerId customer;
  std::string kind;
  std::string channel;  // "web", "app", "store": small letters, digits, '-'
  UtcMs at;
  std::optional<Sku> sku;
  std::optional<OrderId> order;
  std::optional<StoreId> store;     // where it was; none: not in a store
  std::string text;                 // as searched or asked; may be empty
  UtcMs expires_at;                 // when every copy forgets it
  std::string unknown_fields = {};  // JSON object: fields of a newer version, kept and passed on; empty: none
  bool operator==(const Activity&) const = default;
};

}  // namespace vitrine::sync
