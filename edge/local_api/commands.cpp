// SPDX-License-Identifier: Apache-2.0
// A request becomes one transaction of one operation; a repeated request becomes none.
#include "edge/local_api/commands.hpp"

#include "edge/local_api/coupons.hpp"
#include "edge/local_api/measuring.hpp"
#include "edge/local_api/queries.hpp"
#include "edge/local_api/timeline.hpp"
#include "sync/protocol/cart_codec.hpp"
#include "sync/protocol/pass.hpp"
#include "sync/protocol/pickup_pass.hpp"
#include "sync/tuning.hpp"

namespace vitrine::edge::local_api {

using sync::CartId;
using sync::rules::CartOperation;
using sync::rules::PassReference;

namespace {

// Whose cart it is, as far as this store knows.
std::optional<sync::CustomerId> owner_of(Desk& desk, const CartId& id) {
  const auto seen = desk.reader.cart(id);
  const auto cart = seen ? sync::protocol::decode_cart(id, seen->body) : fail("cart_unknown", "");
  return cart ? cart->owner : std::nullopt;
}

Result<void> perform(Desk& desk, const sync::TransactionId& request, const std::string& device, const CartId& cart,
                     const CartOperation& operation) {
  sync::ends::LocalAction action;
  action.id = request;
  action.actor = device;
  action.operations.push_back(sync::protocol::encode_cart_operation(cart, operation));
  if (std::holds_alternative<sync::rules::CartResume>(operation))
    add_activity(desk, action, owner_of(desk, cart), {.kind = "resumed"});
  return local_api::perform(desk, action, "the cart's rules refuse this");
}

UtcMs scan_time(const Desk& desk, const OpenPass& request) {
  if (request.scanned_at && *request.scanned_at <= desk.now.utc &&
      desk.now.utc.value - request.scanned_at->value <= sync::tuning::scan_age_max_ms) {
    return desk.end.hub_time(*request.scanned_at);
  }
  return desk.end.hub_time(desk.now.utc);
}

void ask_hub(Desk& desk, const sync::protocol::Ask& question) {
  auto effects = desk.end.ask(question, desk.now);
  if (!effects) return;
  desk.effects = std::move(*effects);
  desk.performed = true;
  desk.waits_for = question.id;
}

}  // namespace

std::unexpected<Error> in_doubt() {
  return fail("store_not_ready", "the store's database may be older than it should be; the hub must be asked first");
}

std::optional<PassReference> pass_of(Desk& desk, const CartId& cart, const std::vector<sync::DotId>& shown) {
  for (const sync::DotId& dot : shown) {
    const auto pass = desk.reader.resumed(sync::PassId{dot.text.substr(0, 32)});
    if (pass && pass->cart == cart) return PassReference{pass->pass, pass->version};
  }
  return std::nullopt;
}

Result<void> perform(Desk& desk, const sync::ends::LocalAction& action, const char* refused) {
  sync::ends::Performed performed = desk.end.perform(action, desk.now);
  if (performed.what == sync::ends::Performance::refused) return fail(performed.reason, refused);
  if (performed.what == sync::ends::Performance::done) {
    desk.effects = std::move(performed.effects);
    desk.performed = true;
  }
  return {};
}

Result<CartId> open_pass(Desk& desk, const OpenPass& request) {
  const auto keys = desk.reader.pass_keys();
  if (keys.empty() || !is_ready(desk.reader.streams(), desk.zone))
    return fail("store_not_ready", "the store is still being filled");
  if (desk.reader.in_doubt()) return in_doubt();
  if (sync::protocol::is_pickup_pass(request.text)) return fail("pass_is_pickup", "a pass of an order: open it as a collection");
  const UtcMs at = scan_time(desk, request);
  const auto pass = sync::protocol::open_pass(request.text, keys, desk.store, at);
  if (!pass) return std::unexpected(pass.error());

  const bool here = desk.reader.cart(pass->cart).has_value();
  if (here && desk.reader.resumed(pass->id)) return pass->cart;
  if (!here && !pass->lines) {
    if (desk.may_wait) ask_hub(desk, {request.request, "cart", pass->cart.text, request.text, request.device, at});
    return fail("pass_needs_hub", "this pass names a cart that has not arrived here, and does not carry its lines");
  }
  sync::rules::CartResume resume{
      {pass->id, pass->version}, pass->lines.value_or(std::vector<sync::rules::PassLine>{}), at, request.text};
  if (auto done = perform(desk, request.request, request.device, pass->cart, resume); !done) return std::unexpected(done.error());
  desk.replica.put_resumed_pass(pass->id, pass->cart, pass->version, at);
  measure_resume(desk, pass->id);
  return pass->cart;
}

Result<CartId> act(Desk& desk, const CartAction& request) {
  if (desk.replica.n_of(request.request)) return request.cart;
  if (desk.reader.in_doubt()) return in_doubt();
  if (!sync::is_hex_128(request.cart.text) || !desk.reader.cart(request.cart))
    return fail("cart_unknown", "no such cart is here");
  if (!request.seen.empty()) {
    const auto cart = sync::protocol::decode_cart(request.cart, desk.reader.cart(request.cart)->body);
    if (!cart || cart_tag(*cart) != request.seen)
      return fail("changed_meanwhile", "the cart has been changed elsewhere since it was shown");
  }
  CartOperation operation;
  const auto pass = request.pass ? request.pass : pass_of(desk, request.cart, request.shown);
  switch (request.what) {
    case CartAction::What::add:
      if (!desk.reader.product(request.sku)) return fail("product_unknown", "no such product is here");
      operation = sync::rules::CartAdd{request.sku, request.units, "kiosk", desk.store, std::nullopt};
      break;
    case CartAction::What::decrease:
      operation = sync::rules::CartDecrease{request.line, request.shown, request.units, pass};
      break;
    case CartAction::What::remove:
      operation = sync::rules::CartRemove{request.line, request.shown, pass};
      break;
    case CartAction::What::add_coupon: {
      const auto code = enter_coupon(desk, request);
      if (!code) return std::unexpected(code.error());
      operation = sync::rules::CartCoupon{*code, true};
      break;
    }
    case CartAction::What::remove_coupon:
      operation = sync::rules::CartCoupon{request.coupon, false};
      break;
  }
  if (auto done = perform(desk, request.request, request.device, request.cart, operation); !done)
    return std::unexpected(done.error());
  return request.cart;
}

}  // namespace vitrine::edge::local_api
