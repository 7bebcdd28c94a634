// SPDX-License-Identifier: Apache-2.0
// What is asked of the local API, judged: after decoding, a request cannot be malformed.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "base/time_point.hpp"
#include "sync/model/cart.hpp"
#include "sync/model/ids.hpp"
#include "sync/rules/cart.hpp"

namespace vitrine::edge::local_api {

inline constexpr std::size_t coupon_typed_max = 64;  // bytes
inline constexpr std::size_t shown_max = 200;        // dots of one line that an action may name

struct OpenPass {
  sync::TransactionId request;
  std::string device;
  std::string text;
  std::optional<UtcMs> scanned_at;  // this box's clock
};

struct CartAction {
  sync::TransactionId request;
  std::string device;
  sync::CartId cart;
  enum class What { add, decrease, remove, add_coupon, remove_coupon } what = What::add;
  sync::LineKey line;
  sync::Sku sku;           // of an add
  std::int64_t units = 1;  // of add and decrease
  std::vector<sync::DotId> shown;
  std::optional<sync::rules::PassReference> pass;
  std::string coupon = {};  // as typed or scanned; of remove_coupon the code
  std::string seen = {};    // the tag of what the screen showed; empty: whatever it is now
};

// Errors: "invalid_request" with the field.
Result<OpenPass> decode_open_pass(std::string_view json);
Result<CartAction> decode_cart_action(std::string_view cart, std::string_view json);
Result<bool> decode_link_switch(std::string_view json);

}  // namespace vitrine::edge::local_api
