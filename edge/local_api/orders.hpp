// SPDX-License-Identifier: Apache-2.0
// Orders as the local API answers them: the queue, one order with its lines in walking order, what is to be picked, and what a
// shopper at a kiosk is told of a collection (docs/openapi-edge.yaml).
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "edge/database/projections/reader.hpp"
#include "edge/local_api/surroundings.hpp"
#include "sync/model/order.hpp"
#include "sync/rules/order_state.hpp"

namespace vitrine::edge::local_api {

inline constexpr std::size_t orders_limit_max = 200;

struct OrderHead {
  sync::Order order;  // without its lines' names; what is computed from it is written beside it
  sync::rules::OrderStatus status = sync::rules::OrderStatus::placed;
};

struct OrderQueue {
  std::vector<OrderHead> orders;
  bool more = false;
};

struct OrderLineView {
  sync::OrderLine line;
  database::Translations title;
  std::string pictogram;
  std::string tile;
  std::string aisle;
  std::string bay;
};

struct OrderView {
  OrderHead head;
  std::vector<OrderLineView> lines;  // by aisle, bay and number
};

struct PickLine {
  sync::OrderId order;
  UtcMs promise_at;
  OrderLineView line;
};
struct PickList {
  std::vector<PickLine> lines;  // by aisle and bay, what was promised first before the rest
  bool more = false;
};

// What a kiosk may tell: nothing that says who the buyer is beyond what they have shown themselves.
struct PickupView {
  bool needs_phone = false;  // the code is right; the second factor is asked for
  std::optional<OrderHead> head;
  std::size_t ahead = 0;  // buyers who have been here longer
};

// Errors of all: SQLite's, and "store_not_ready" while the database is in doubt.
// Of one status, or of every one that is not over. Buyers who are here come first, then what is promised first.
Result<OrderQueue> order_queue(database::Reader& reader, std::optional<sync::rules::OrderStatus> status, std::size_t limit);
// "order_unknown", "order_refused" (asked for here, to be sent home, and the hub refused it)
Result<OrderView> order_view(database::Reader& reader, const Surroundings& around, const sync::OrderId& id);
Result<PickList> pick_list(database::Reader& reader, const Surroundings& around, std::size_t limit);
// "order_unknown". `verified`: the second factor was right.
Result<PickupView> pickup_view(database::Reader& reader, const std::optional<sync::OrderId>& id);

std::optional<sync::rules::OrderStatus> status_of_word(std::string_view word);
// None: no such order is here, or it cannot be read.
std::optional<sync::Order> order_of(database::Reader& reader, const sync::OrderId& id);
// Every order that is here, as people see it, by id; `each` may take it, and reads nothing through this reader.
void each_order_here(database::Reader& reader, const std::function<void(sync::Order&)>& each);

std::string to_json(const OrderQueue& queue);
std::string to_json(const OrderView& view);
std::string to_json(const PickList& list);
std::string to_json(const PickupView& view);

}  // namespace vitrine::edge::local_api
