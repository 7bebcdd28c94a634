// SPDX-License-Identifier: Apache-2.0
// Reads every order that is here: some hundred at most, since only a store's own and recent ones are placed with it. One after
// the other, and none is kept that is not shown: what the rest takes is the parsing alone.
#include "edge/local_api/orders.hpp"

#include <algorithm>
#include <tuple>

#include "edge/local_api/parts.hpp"
#include "edge/local_api/status.hpp"
#include "sync/protocol/order_codec.hpp"

namespace vitrine::edge::local_api {

using sync::Order;
using sync::rules::OrderStatus;

namespace {

// Who is here comes first, longest waiting first; then what is promised first.
auto urgency(const OrderHead& head) {
  const bool here = head.status == OrderStatus::arrived && head.order.arrived.has_value();
  const UtcMs at = here ? head.order.arrived->stamp.at : head.order.promise_at;
  return std::tuple(!here, at, head.order.id);
}

OrderHead head_of(Order order) {
  OrderHead head{std::move(order), OrderStatus::placed};
  head.status = sync::rules::status_of(head.order);
  return head;
}

OrderLineView line_view(database::Reader& reader, const Surroundings& around, const sync::OrderLine& line) {
  OrderLineView view;
  view.line = line;
  if (auto product = reader.product(line.sku)) {
    view.title = std::move(product->title);
    view.pictogram = std::move(product->pictogram);
    view.tile = std::move(product->tile);
  }
  if (const auto stock = stock_of(reader, around, line.sku)) {
    view.aisle = stock->aisle;
    view.bay = stock->bay;
  }
  return view;
}

// Aisles are numbers more often than words: 3 before 12, and what has none comes last.
auto walk(const OrderLineView& view) { return std::tuple(view.aisle.empty(), view.aisle.size(), view.aisle, view.bay); }

}  // namespace

std::optional<OrderStatus> status_of_word(std::string_view word) {
  for (std::size_t i = 0; i < sync::rules::order_statuses; ++i) {
    if (sync::rules::word_of(static_cast<OrderStatus>(i)) == word) return static_cast<OrderStatus>(i);
  }
  return std::nullopt;
}

std::optional<Order> order_of(database::Reader& reader, const sync::OrderId& id) {
  if (!sync::is_order_id(id.text)) return std::nullopt;
  const auto body = reader.body("order", id.text);
  if (!body) return std::nullopt;
  auto order = sync::protocol::decode_order(id, *body);
  return order ? std::optional(std::move(*order)) : std::nullopt;
}

void each_order_here(database::Reader& reader, const std::function<void(Order&)>& each) {
  sync::protocol::OrderDecoder decoder;
  reader.each_seen("order", [&](std::string_view id, std::string_view body) {
    if (auto order = decoder.decode(sync::OrderId{std::string(id)}, body)) each(*order);
  });
}

namespace {

// Nothing personal is shown before the hub has been asked; what the reader met goes first.
std::optional<Error> end_of(database::Reader& reader) {
  const bool in_doubt = reader.in_doubt();
  if (auto failed = reader.end()) return failed;
  if (in_doubt)
    return Error{"store_not_ready", "the store's database may be older than it should be; the hub must be asked first"};
  return std::nullopt;
}

}  // namespace

Result<OrderQueue> order_queue(database::Reader& reader, std::optional<OrderStatus> status, std::size_t limit) {
  reader.begin();
  OrderQueue queue;
  std::vector<OrderHead>& heads = queue.orders;  // a heap of the first ones so far, its last one in front
  each_order_here(reader, [&](Order& order) {
    const OrderStatus is = sync::rules::status_of(order);
    // Of what is sent home, nothing is done here: it is shown to who asks for it.
    if (status ? is != *status : sync::rules::is_over(is) || sync::rules::is_delivery(order)) return;
    OrderHead head{std::move(order), is};
    queue.more = queue.more || heads.size() == limit;
    if (heads.size() == limit) {
      if (limit == 0 || !(urgency(head) < urgency(heads.front()))) return;
      std::ranges::pop_heap(heads, {}, urgency);
      heads.pop_back();
    }
    heads.push_back(std::move(head));
    std::ranges::push_heap(heads, {}, urgency);
  });
  if (auto failed = end_of(reader)) return std::unexpected(*failed);
  std::ranges::sort_heap(heads, {}, urgency);
  return queue;
}

Result<OrderView> order_view(database::Reader& reader, const Surroundings& around, const sync::OrderId& id) {
  reader.begin();
  std::optional<OrderView> view;
  if (auto order = order_of(reader, id)) {
    view.emplace(OrderView{head_of(std::move(*order)), {}});
    for (const sync::OrderLine& line : view->head.order.lines) view->lines.push_back(line_view(reader, around, line));
    std::ranges::stable_sort(view->lines, {}, walk);
  }
  const auto refused = view ? std::nullopt : refusal_of(reader, id);
  if (auto failed = end_of(reader)) return std::unexpected(*failed);
  if (refused) return fail("order_refused", "asked for here, and the hub has not made this order: " + *refused);
  if (!view) return fail("order_unknown", "no such order is here");
  return std::move(*view);
}

Result<PickList> pick_list(database::Reader& reader, const Surroundings& around, std::size_t limit) {
  reader.begin();
  PickList list;
  std::vector<Order> begun;
  each_order_here(reader, [&](Order& order) {
    const OrderStatus status = sync::rules::status_of(order);
    const bool to_pick = status == OrderStatus::placed || status == OrderStatus::picking;
    if (to_pick && !sync::rules::is_cancel_asked(order)) begun.push_back(std::move(order));
  });
  for (const Order& order : begun) {
    for (const sync::OrderLine& line : order.lines) {
      if (sync::rules::places_of(line).waiting <= sync::rules::missing_units(line)) continue;
      list.lines.push_back({order.id, order.promise_at, line_view(reader, around, line)});
    }
  }
  if (auto failed = end_of(reader)) return std::unexpected(*failed);
  std::ranges::stable_sort(list.lines, {}, [](const PickLine& one) { return std::tuple(walk(one.line), one.promise_at); });
  list.more = list.lines.size() > limit;
  if (list.more) list.lines.resize(limit);
  return list;
}

Result<PickupView> pickup_view(database::Reader& reader, const std::optional<sync::OrderId>& id) {
  PickupView view;
  view.needs_phone = !id;
  if (!id) return view;
  reader.begin();
  std::vector<sync::Stamp> others;  // since when each is here
  each_order_here(reader, [&](Order& order) {
    if (order.id == *id) {
      view.head = head_of(std::move(order));
    } else if (sync::rules::status_of(order) == OrderStatus::arrived) {
      others.push_back(order.arrived->stamp);
    }
  });
  if (auto failed = end_of(reader)) return std::unexpected(*failed);
  if (!view.head) return fail("order_unknown", "no such order is here");
  if (const auto& arrived = view.head->order.arrived)
    view.ahead = static_cast<std::size_t>(std::ranges::count_if(others, [&](const auto& at) { return at < arrived->stamp; }));
  return view;
}

}  // namespace vitrine::edge::local_api
