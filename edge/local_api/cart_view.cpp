// SPDX-License-Identifier: Apache-2.0
// A cart as a screen shows it: the view, with names, prices and stock of now, and what still waits for the hub.
#include <algorithm>
#include <set>

#include "edge/local_api/parts.hpp"
#include "edge/local_api/queries.hpp"
#include "sync/protocol/cart_codec.hpp"

namespace vitrine::edge::local_api {

namespace {

// The lines on which an own operation waits.
std::set<sync::LineKey> waiting_lines(const std::vector<database::WaitingOperation>& operations) {
  std::set<sync::LineKey> lines;
  for (const database::WaitingOperation& one : operations) {
    const auto operation = sync::protocol::decode_cart_operation(one.kind, one.body);
    if (!operation) continue;
    if (const auto* add = std::get_if<sync::rules::CartAdd>(&*operation)) lines.insert(add->sku.text);
    if (const auto* decrease = std::get_if<sync::rules::CartDecrease>(&*operation)) lines.insert(decrease->line);
    if (const auto* remove = std::get_if<sync::rules::CartRemove>(&*operation)) lines.insert(remove->line);
  }
  return lines;
}

CartLineView line_of(database::Reader& reader, const Surroundings& around, const sync::CartLine& line) {
  CartLineView out;
  out.key = line.key;
  out.sku = line.sku;
  out.units = line.units();
  for (const sync::Dot& dot : line.dots) {
    if (dot.left() > 0) out.shown.push_back(dot.id);
  }
  if (auto product = reader.product(line.sku)) {
    out.title = std::move(product->title);
    out.pictogram = std::move(product->pictogram);
    out.tile = std::move(product->tile);
  }
  out.stock = stock_of(reader, around, line.sku);
  out.sold_out = out.stock && out.stock->on_hand <= 0;
  return out;
}

}  // namespace

Result<CartView> cart(database::Reader& reader, const Surroundings& around, const sync::CartId& id) {
  reader.begin();
  const auto seen = reader.cart(id);
  if (!seen) {
    if (auto failed = reader.end()) return std::unexpected(*failed);
    return fail("cart_unknown", "no such cart is here");
  }
  const auto cart = sync::protocol::decode_cart(id, seen->body);
  if (!cart) {
    static_cast<void>(reader.end());
    return std::unexpected(cart.error());
  }
  CartView out;
  out.cart = id;
  out.from_base = seen->in_base;
  out.channel = cart->channel;
  out.changed_at = cart->changed_at;
  out.changed_by = cart->changed_by;
  out.link = around.link.report;
  if (cart->owner) {
    if (const auto shopper = reader.shopper(*cart->owner); shopper && !shopper->display_name.empty()) {
      out.first_name = shopper->display_name;
    }
  }
  if (const auto pass = reader.last_pass_of(id)) out.pass = sync::rules::PassReference{pass->pass, pass->version};
  const std::set<sync::LineKey> waiting = waiting_lines(reader.waiting_on(id));

  std::vector<sync::pricing::LineToPrice> to_price;
  for (const sync::CartLine& line : cart->lines) {
    if (line.units() <= 0) continue;
    out.lines.push_back(line_of(reader, around, line));
    out.lines.back().waiting = waiting.contains(line.key);
    to_price.push_back({line.key, line.sku, line.units(), reader.price(around.zone, line.sku), !out.lines.back().sold_out});
  }
  const auto content = reader.store(around.store);
  const sync::pricing::PricedCart priced = sync::pricing::price(to_price, content ? content->currency : "", around.now);
  for (std::size_t i = 0; i < out.lines.size(); ++i) {
    out.lines[i].unit_price = priced.lines[i].unit_price;
    out.lines[i].list_price = priced.lines[i].list_price;
    out.lines[i].total = priced.lines[i].total;
    out.lines[i].counted = priced.lines[i].counted;
  }
  out.totals = priced.totals;
  out.outbox_waiting = reader.outbox().waiting;
  if (auto failed = reader.end()) return std::unexpected(*failed);
  return out;
}

}  // namespace vitrine::edge::local_api
