// SPDX-License-Identifier: Apache-2.0
// Example followed: Amelia has the lamp sent home that she will not carry; the line to the hub is cut, and the order goes as soon
// as it is back.
#include "edge/local_api/deliveries.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>

#include "edge/database/tickets.hpp"
#include "edge/local_api/orders.hpp"
#include "edge/local_api/queries.hpp"
#include "edge/local_api/request_fields.hpp"
#include "edge/local_api/status.hpp"
#include "edge/local_api/tickets.hpp"
#include "sync/protocol/cart_codec.hpp"
#include "sync/protocol/json_writer.hpp"
#include "sync/protocol/order_codec.hpp"
#include "sync/rules/order_state.hpp"

namespace vitrine::edge::local_api {

using sync::OrderId;
using sync::rules::OrderedLine;

namespace {

constexpr std::size_t number_letters = 12;
constexpr std::size_t number_group = 4;  // "K7Q2-MN34-BCDF": read out, and typed, in parts

// An order's line has one price for all of its units. What does not divide stands in two lines, so that they come to what was
// shown.
void add_lines(std::vector<OrderedLine>& lines, const CartLineView& line) {
  const std::int64_t each = line.to_pay_minor / line.units;
  const std::int64_t dearer = line.to_pay_minor % line.units;
  for (const auto& [units, price] : {std::pair(line.units - dearer, each), std::pair(dearer, each + 1)}) {
    if (units > 0) lines.push_back({static_cast<std::int64_t>(lines.size()) + 1, line.sku, units, price});
  }
}

std::vector<sync::rules::OrderedUnits> units_of(const sync::Cart& cart, const CartLineView& line) {
  std::vector<sync::rules::OrderedUnits> units;
  const auto held = std::ranges::find(cart.lines, line.key, &sync::CartLine::key);
  for (const sync::Dot& dot : held == cart.lines.end() ? std::vector<sync::Dot>() : held->dots) {
    if (dot.left() > 0) units.push_back({line.key, dot.id, dot.left()});
  }
  return units;
}

DeliveryLine line_view(database::Reader& reader, const sync::OrderLine& line) {
  DeliveryLine out{line.sku, {}, {}, {}, line.ordered, line.ordered * line.unit_price};
  if (auto product = reader.product(line.sku)) {
    out.title = std::move(product->title);
    out.pictogram = std::move(product->pictogram);
    out.tile = std::move(product->tile);
  }
  return out;
}

// As people think of it: a product once.
std::vector<DeliveryLine> lines_of(database::Reader& reader, const sync::Order& order) {
  std::vector<DeliveryLine> lines;
  for (const sync::OrderLine& line : order.lines) {
    if (line.ordered == 0) continue;
    const auto same = std::ranges::find(lines, line.sku, &DeliveryLine::sku);
    if (same == lines.end()) {
      lines.push_back(line_view(reader, line));
      continue;
    }
    same->units += line.ordered;
    same->total_minor += line.ordered * line.unit_price;
  }
  return lines;
}

}  // namespace

Result<AskDelivery> decode_ask_delivery(std::string_view cart, std::string_view text) {
  return decode_request<AskDelivery>(text, [&](const sync::protocol::Fields& fields, AskDelivery& asked) {
    asked.cart.text = cart;
    if (!sync::is_hex_128(cart)) fields.wrong("cart", "is 32 hex digits");
    asked.tag = fields.text("tag", sync::is_hex_128);
    asked.total_minor = fields.integer("total", 0, sync::rules::order_money_minor_max);
  });
}

OrderId number_of(const sync::StoreId& store, const sync::TransactionId& request) {
  const std::string seed = "order/" + store.text + "/" + request.text;
  std::array<unsigned char, number_letters * 2> hash{};
  crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(seed.data()), seed.size(), nullptr, 0);
  std::string number = letters_of(hash);
  for (std::size_t at = number_letters - number_group; at > 0; at -= number_group) number.insert(at, "-");
  return OrderId{number};
}

Result<OrderId> ask_delivery(Desk& desk, const Surroundings& around, const AskDelivery& asked) {
  const OrderId number = number_of(desk.store, asked.request);
  if (desk.replica.n_of(asked.request)) return number;
  if (desk.reader.in_doubt()) return in_doubt();
  const auto settings = desk.reader.settings();
  if (!settings || !settings->delivers) return fail("delivery_not_offered", "this retailer sends nothing home from its shops");
  const auto seen = desk.reader.cart(asked.cart);
  const auto cart = seen ? sync::protocol::decode_cart(asked.cart, seen->body) : fail("cart_unknown", "no such cart is here");
  if (!cart) return std::unexpected(cart.error());
  if (!cart->owner) return fail("cart_without_owner", "nobody knows where this cart's goods are to be sent");
  const auto view = cart_now(desk.reader, around, asked.cart);
  if (!view) return std::unexpected(view.error());
  if (view->tag != asked.tag || view->totals.to_pay_minor != asked.total_minor)
    return fail("cart_changed", "the cart, or what it costs, is not what was shown");
  for (const database::Ticket& ticket : database::tickets_of(desk.replica.connection(), asked.cart)) {
    if (ticket.state == "taken") return fail("ticket_taken", "a till has this cart now");
  }
  sync::rules::CartOrder takes{number, {}, {}};
  sync::rules::OrderAsk asks{desk.store,        asked.cart, desk.end.hub_time(desk.now.utc), "kiosk", view->totals.currency,
                             asked.total_minor, {}};
  std::vector<sync::DotId> shown;
  for (const CartLineView& line : view->lines) {
    if (!line.counted) continue;
    add_lines(asks.lines, line);
    std::ranges::copy(units_of(*cart, line), std::back_inserter(takes.units));
    shown.insert(shown.end(), line.shown.begin(), line.shown.end());
  }
  if (takes.units.empty()) return fail("nothing_to_order", "no line of the cart can be ordered here");
  takes.pass = pass_of(desk, asked.cart, shown);
  sync::ends::LocalAction action;
  action.id = asked.request;
  action.actor = asked.device;
  action.operations = {sync::protocol::encode_cart_operation(asked.cart, takes),
                       sync::protocol::encode_order_operation(number, asks)};
  // A coupon that was used goes with the order.
  for (const sync::pricing::CouponUse& use : view->coupons) {
    if (use.state != sync::pricing::CouponState::used) continue;
    action.operations.push_back(sync::protocol::encode_cart_operation(asked.cart, sync::rules::CartCoupon{use.code, false}));
  }
  if (auto done = perform(desk, action, "this order cannot be asked for"); !done) return std::unexpected(done.error());
  return number;
}

Result<DeliveryView> delivery_view(database::Reader& reader, const OrderId& id) {
  reader.begin();
  DeliveryView view;
  view.order = id;
  const bool in_doubt_now = reader.in_doubt();
  if (const auto order = order_of(reader, id); order && order->asked) {
    view.state = word_of(sync::rules::status_of(*order));
    view.at_hub = reader.is_in_base("order", id.text);
    view.asked_at = order->asked->stamp.at;
    view.currency = order->currency;
    view.total_minor = order->asked->total_minor;
    view.lines = lines_of(reader, *order);
  } else if (auto reason = refusal_of(reader, id)) {
    view.state = "refused";
    view.reason = std::move(*reason);
    view.at_hub = true;
  }
  if (auto failed = reader.end()) return std::unexpected(*failed);
  if (in_doubt_now) return in_doubt();
  if (view.state.empty()) return fail("order_unknown", "no such order was asked for here");
  return view;
}

std::string to_json(const DeliveryView& view) {
  sync::protocol::JsonWriter out;
  out.object().field("order", view.order.text).field("state", view.state).field("reason", view.reason);
  out.field("at_hub", view.at_hub).field("asked_at", view.asked_at.value).field("currency", view.currency);
  out.field("total", view.total_minor).key("lines").array();
  for (const DeliveryLine& line : view.lines) {
    out.object().field("sku", line.sku.text).key("title").object();
    for (const auto& [language, words] : line.title) out.field(language, words);
    out.end_object().field("pictogram", line.pictogram).field("tile", line.tile);
    out.field("units", line.units).field("total", line.total_minor).end_object();
  }
  out.end_array().end_object();
  return out.take();
}

}  // namespace vitrine::edge::local_api
