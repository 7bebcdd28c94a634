// SPDX-License-Identifier: Apache-2.0
// A cart as a screen shows it: the view, with names, prices and stock of now, and what still waits for the hub.
#include <algorithm>
#include <set>

#include "edge/local_api/commands.hpp"
#include "edge/local_api/parts.hpp"
#include "edge/local_api/people.hpp"
#include "edge/local_api/queries.hpp"
#include "edge/local_api/stock.hpp"
#include "hours/opening.hpp"
#include "sync/protocol/cart_codec.hpp"
#include "sync/protocol/entity_tag.hpp"

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
    if (const auto* order = std::get_if<sync::rules::CartOrder>(&*operation)) {
      for (const sync::rules::OrderedUnits& units : order->units) lines.insert(units.line);
    }
  }
  return lines;
}

struct LineAnswer {
  CartLineView shown;
  sync::pricing::LineToPrice to_price;
};

// `purpose`: of the cart; what was promised to it is there for it.
LineAnswer line_of(database::Reader& reader, const Surroundings& around, const sync::CartLine& line, std::string_view purpose) {
  CartLineView out;
  sync::pricing::LineToPrice to_price{line.key, line.sku, line.units(), reader.price(around.zone, line.sku)};
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
    if (!product->pictures.empty()) out.picture = std::move(product->pictures.front());
    to_price.categories = std::move(product->category);
    to_price.categories.push_back(std::move(product->department));
    to_price.tax_class = std::move(product->tax_class);
  }
  out.stock = stock_of(reader, around, line.sku, purpose);
  out.sold_out = out.stock && out.stock->on_hand <= 0;
  to_price.available = !out.sold_out;
  return {std::move(out), std::move(to_price)};
}

// Nobody can say of an anonymous shopper, or of one whose profile is not here, which memberships they hold.
sync::pricing::Shopper shopper_of(const std::optional<database::Shopper>& profile, const std::string& time_zone, UtcMs now) {
  sync::pricing::Shopper shopper;
  if (profile) shopper.segments.emplace(profile->segments.begin(), profile->segments.end());
  const hours::WallTime wall = hours::wall_time_at(time_zone, now);
  shopper.local = {wall.weekday, wall.minute};
  return shopper;
}

void put_prices(sync::pricing::PricedCart priced, CartView& out) {
  for (std::size_t i = 0; i < out.lines.size(); ++i) {
    CartLineView& line = out.lines[i];
    line.unit_price = priced.lines[i].unit_price;
    line.list_price = priced.lines[i].list_price;
    line.total = priced.lines[i].total;
    line.counted = priced.lines[i].counted;
    line.to_pay_minor = priced.lines[i].to_pay_minor;
    line.quoted = priced.lines[i].quoted;
  }
  for (const sync::pricing::Reduction& reduction : priced.reductions) {
    for (const sync::pricing::LineShare& share : reduction.shares) {
      if (share.minor > 0) out.lines[share.line].savings.push_back({reduction.promotion, share.minor});
    }
  }
  out.totals = std::move(priced.totals);
  out.reductions = std::move(priced.reductions);
  out.withheld = std::move(priced.withheld);
  out.changes_at = priced.changes_at;
}

// `coupons`: that are on the cart, in their order.
void put_prices(database::Reader& reader, const Surroundings& around, const std::vector<sync::pricing::LineToPrice>& lines,
                const std::optional<database::Shopper>& profile, const std::vector<std::string>& coupons, CartView& out) {
  out.priced_at = around.now;
  const database::StoreContent content = reader.store(around.store).value_or(database::StoreContent{});
  sync::pricing::Shopper shopper = shopper_of(profile, content.time_zone, around.now);
  shopper.coupons.insert(coupons.begin(), coupons.end());
  auto priced = sync::pricing::price(lines, reader.price_book(around.zone, content.currency), shopper, around.now);
  for (const std::string& code : coupons) {
    const auto use = std::ranges::find(priced.coupons, code, &sync::pricing::CouponUse::code);
    if (use != priced.coupons.end()) out.coupons.push_back(std::move(*use));
  }
  put_prices(std::move(priced), out);
}

}  // namespace

CartView goods_now(database::Reader& reader, const Surroundings& around, const std::vector<ExchangedGoods>& goods) {
  CartView out;
  std::vector<sync::pricing::LineToPrice> to_price;
  for (const ExchangedGoods& one : goods) {
    LineAnswer answer = line_of(reader, around, {one.sku.text, one.sku, {{sync::DotId{}, one.units}}}, {});
    answer.shown.shown.clear();
    answer.to_price.available = true;
    out.lines.push_back(std::move(answer.shown));
    to_price.push_back(std::move(answer.to_price));
  }
  put_prices(reader, around, to_price, std::nullopt, {}, out);
  return out;
}

// What people see of it, and not how it came about: that a change has reached the hub is none.
std::string cart_tag(const sync::Cart& cart) {
  std::string lines;
  for (const sync::CartLine& line : cart.lines) {
    if (line.units() > 0) lines += line.key + "\n" + std::to_string(line.units()) + "\n";
  }
  return sync::protocol::entity_tag(lines).substr(1, 32);
}

Result<CartView> cart(database::Reader& reader, const Surroundings& around, const sync::CartId& id) {
  reader.begin();
  auto answer = reader.in_doubt() ? Result<CartView>(in_doubt()) : cart_now(reader, around, id);
  if (auto failed = reader.end()) return std::unexpected(*failed);
  return answer;
}

Result<CartView> cart_now(database::Reader& reader, const Surroundings& around, const sync::CartId& id) {
  const auto seen = reader.cart(id);
  if (!seen) return fail("cart_unknown", "no such cart is here");
  const auto cart = sync::protocol::decode_cart(id, seen->body);
  if (!cart) return std::unexpected(cart.error());
  CartView out;
  out.cart = id;
  out.tag = cart_tag(*cart);
  out.from_base = seen->in_base;
  out.channel = cart->channel;
  out.changed_at = cart->changed_at;
  out.changed_by = cart->changed_by;
  out.link = around.link.report;
  std::optional<database::Shopper> profile;
  if (cart->owner) profile = reader.shopper(*cart->owner);
  if (profile && !profile->display_name.empty()) out.first_name = profile->display_name;
  out.has_owner = cart->owner.has_value();
  out.has_choices = cart->owner && customer_here(reader, *cart->owner, around.now).has_value();
  if (const auto pass = reader.last_pass_of(id)) out.pass = sync::rules::PassReference{pass->pass, pass->version};
  const std::set<sync::LineKey> waiting = waiting_lines(reader.waiting_on(id));

  std::vector<sync::pricing::LineToPrice> to_price;
  for (const sync::CartLine& line : cart->lines) {
    if (line.units() <= 0) continue;
    LineAnswer answer = line_of(reader, around, line, purpose_of(id));
    answer.shown.waiting = waiting.contains(line.key);
    out.lines.push_back(std::move(answer.shown));
    to_price.push_back(std::move(answer.to_price));
  }
  put_prices(reader, around, to_price, profile, cart->coupons, out);
  out.outbox_waiting = reader.outbox().waiting;
  return out;
}

}  // namespace vitrine::edge::local_api
