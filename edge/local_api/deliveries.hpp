// SPDX-License-Identifier: Apache-2.0
// Deliver home: what is in a cart becomes an order that is sent to its owner, asked for here and answered by the platform. Units
// are in the cart or in the order: both operations are one transaction, and the hub takes both or neither.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "edge/local_api/commands.hpp"
#include "edge/local_api/surroundings.hpp"
#include "sync/model/order.hpp"

namespace vitrine::edge::local_api {

// What the screen showed goes with it: nothing is ordered that its person has not seen.
struct AskDelivery {
  sync::TransactionId request;
  std::string device;
  sync::CartId cart;
  std::string tag;               // of the cart's lines and their units
  std::int64_t total_minor = 0;  // to pay
};

struct DeliveryLine {
  sync::Sku sku;
  database::Translations title;
  std::string pictogram;
  std::string tile;
  std::int64_t units = 0;
  std::int64_t total_minor = 0;
};

// What became of it. `refused`: the hub has not made the order, and its units are in the cart again, so far as they were there.
struct DeliveryView {
  sync::OrderId order;
  std::string state;   // "asked", "confirmed", "completed", "cancelled" … (sync/rules/order_state.hpp), or "refused"
  std::string reason;  // of "refused"
  bool at_hub = false;
  UtcMs asked_at;
  std::string currency;
  std::int64_t total_minor = 0;  // as it was shown
  std::vector<DeliveryLine> lines;
};

// Errors: "invalid_request" with the field.
Result<AskDelivery> decode_ask_delivery(std::string_view cart, std::string_view json);

// The number of an order that is asked for under this request: letters that nobody guesses, the same each time.
sync::OrderId number_of(const sync::StoreId& store, const sync::TransactionId& request);

// Errors: "delivery_not_offered", "cart_unknown", "cart_without_owner", "nothing_to_order", "cart_changed" (it, or what it costs,
// is not what was shown), "ticket_taken" (a till has this cart now), "store_not_ready", a refusal's reason.
Result<sync::OrderId> ask_delivery(Desk& desk, const Surroundings& around, const AskDelivery& asked);
// Errors: "order_unknown" (it is none that was asked for here).
Result<DeliveryView> delivery_view(database::Reader& reader, const sync::OrderId& id);

std::string to_json(const DeliveryView& view);

}  // namespace vitrine::edge::local_api
