// SPDX-License-Identifier: Apache-2.0
// Names of things. Each kind of id is a type of its own, so that a cart is never looked up by a store's name.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace vitrine::sync {

template <class Tag>
struct Id {
  std::string text;
  Id() = default;
  explicit Id(std::string t) : text(std::move(t)) {}
  auto operator<=>(const Id&) const = default;
  [[nodiscard]] bool empty() const { return text.empty(); }
};

using StoreId = Id<struct StoreTag>;              // lower-case letters, digits, '-'; 1 to 32; the common name of its certificate
using CartId = Id<struct CartTag>;                // 128 random bits as 32 lower-case hex digits
using CustomerId = Id<struct CustomerTag>;        // the retailer's
using Sku = Id<struct SkuTag>;                    // the retailer's product number, 1 to 40 printable ASCII, case matters
using TransactionId = Id<struct TransactionTag>;  // 128 random bits as 32 lower-case hex digits
using IncarnationId = Id<struct IncarnationTag>;  // 128 random bits as 32 lower-case hex digits
using OrderId = Id<struct OrderTag>;              // the retailer's, 1 to 64 of letters, digits, '.', '_' and '-'
using PassId = Id<struct PassTag>;                // 128 random bits as 32 lower-case hex digits
using ReservationId = Id<struct ReservationTag>;  // 128 random bits as 32 lower-case hex digits
using RightId = Id<struct RightTag>;              // 128 random bits as 32 lower-case hex digits
using DotId = Id<struct DotTag>;                  // "<transaction>.<operation index>", or "<pass>.<line index>"
using StreamName = Id<struct StreamTag>;          // "catalog", "prices.uk", "store.harbour-street"

// True for 32 lower-case hex digits: the one shape of every 128-bit id.
bool is_hex_128(std::string_view text);
bool is_store_id(std::string_view text);
bool is_sku(std::string_view text);
bool is_order_id(std::string_view text);
bool is_stream_name(std::string_view text);

// A document's name. Ordered by collection, then id: the order of a first fill.
struct DocumentKey {
  std::string collection;
  std::string id;
  auto operator<=>(const DocumentKey&) const = default;
};

}  // namespace vitrine::sync
