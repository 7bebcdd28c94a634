// SPDX-License-Identifier: Apache-2.0
// What a store asks for when a shopper wants another store to keep something for their cart: the key of an Ask of "hold",
// "<store>/<SKU>/<units>/<until>/<cart>" (docs/PROTOCOL.md, "Questions").
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/time_point.hpp"
#include "sync/model/ids.hpp"

namespace vitrine::sync::protocol {

inline constexpr std::int64_t hold_units_max = 20;  // of one product, for one cart, in one store
inline constexpr std::int64_t hold_ms_max = 24LL * 3'600'000;

struct HoldKey {
  StoreId store;  // that is to keep it
  Sku sku;
  std::int64_t units = 0;
  UtcMs until;
  CartId cart;
  bool operator==(const HoldKey&) const = default;
};

std::string encode_hold_key(const HoldKey& key);
// None: it is no such key, or asks for no units or more than hold_units_max.
std::optional<HoldKey> decode_hold_key(std::string_view text);

}  // namespace vitrine::sync::protocol
