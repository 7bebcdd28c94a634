// SPDX-License-Identifier: Apache-2.0
// Another store keeps something for a shopper's cart: asked of the hub while the shopper waits, and never said before it is true.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "edge/local_api/commands.hpp"
#include "sync/protocol/hold_key.hpp"

namespace vitrine::edge::local_api {

inline constexpr std::int64_t hold_hours = 4;

struct HoldThere {
  sync::TransactionId request;
  std::string device;
  sync::protocol::HoldKey wanted;
};

// Errors: "invalid_request"
Result<HoldThere> decode_hold(std::string_view cart, std::string_view text);

// What is kept. Errors: "cart_unknown", "product_unknown", "store_unknown" (none of the region), "not_enough", "hold_needs_hub",
// "too_many_look_ups", "store_not_ready".
Result<sync::protocol::HoldKey> hold_there(Desk& desk, const HoldThere& asked);

std::string to_json(const sync::protocol::HoldKey& kept);

}  // namespace vitrine::edge::local_api
