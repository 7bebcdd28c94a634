// SPDX-License-Identifier: Apache-2.0
// The signed pass by which an order is collected (docs/PROTOCOL.md, "Passes"): names an order and its store, and nobody. Spent by
// the hand-over: one that was issued before the last hand-over of its order opens nothing any more.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sync/protocol/pass.hpp"

namespace vitrine::sync::protocol {

inline constexpr std::int64_t pickup_pass_life_ms_max = 120LL * 24 * 3600 * 1000;

struct PickupPass {
  std::uint32_t key_id = 0;
  StoreId store;    // where it is collected
  UtcMs issued_at;  // whole seconds
  UtcMs expires_at;
  PassId id;
  OrderId order;
  bool delegate = false;  // made for the person whom the buyer named
  bool operator==(const PickupPass&) const = default;
};

// Error: "pass_invalid" when a field is out of its range.
Result<std::string> sign_pickup_pass(const PickupPass& pass, const SecretKey& key);

// True where the text is shaped as one; says nothing of its signature.
bool is_pickup_pass(std::string_view text);

// Judged as open_pass does, with the same errors.
Result<PickupPass> open_pickup_pass(std::string_view text, const std::vector<TrustedKey>& keys, const StoreId& here, UtcMs at);

}  // namespace vitrine::sync::protocol
