// SPDX-License-Identifier: Apache-2.0
// Example followed: Amelia's hearts are sold out in Harbour Street; Quay Square keeps two for her cart until six.
#include "edge/local_api/holds.hpp"

#include "edge/local_api/api.hpp"
#include "edge/local_api/request_fields.hpp"
#include "sync/protocol/json_writer.hpp"

namespace vitrine::edge::local_api {

using sync::protocol::HoldKey;

namespace {

Error refusal_of(const std::string& hub_said) {
  if (hub_said == "not_enough" || hub_said == "stock_unknown")
    return {"not_enough", "the other store has not so many to promise any more"};
  if (hub_said == "not_allowed") return {"store_unknown", "no such store is in this one's region"};
  if (hub_said == "not_found") return {"cart_unknown", "the hub does not have this cart here"};
  if (hub_said == "too_many") return {"too_many_look_ups", "this store has asked the hub for too much"};
  return {"hold_needs_hub", "the hub does not answer: " + hub_said};
}

}  // namespace

Result<HoldThere> decode_hold(std::string_view cart, std::string_view text) {
  return decode_request<HoldThere>(text, [&](const sync::protocol::Fields& fields, HoldThere& asked) {
    asked.wanted.cart.text = cart;
    if (!sync::is_hex_128(cart)) fields.wrong("cart", "is 32 hex digits");
    asked.wanted.store.text = fields.text("store", sync::is_store_id);
    asked.wanted.sku.text = fields.text("sku", sync::is_sku);
    asked.wanted.units = fields.integer("units", 1, sync::protocol::hold_units_max);
  });
}

Result<HoldKey> hold_there(Desk& desk, const HoldThere& asked) {
  if (desk.reader.in_doubt()) return in_doubt();
  if (!desk.may_wait) {
    if (desk.hub_said.empty()) return asked.wanted;
    return std::unexpected(refusal_of(desk.hub_said));
  }
  if (!desk.reader.cart(asked.wanted.cart)) return fail("cart_unknown", "no such cart is here");
  if (!desk.reader.product(asked.wanted.sku)) return fail("product_unknown", "no such product is here");
  const sync::protocol::Ask question{
      asked.request, "hold", sync::protocol::encode_hold_key(asked.wanted), "", asked.device, desk.end.hub_time(desk.now.utc)};
  auto effects = desk.end.ask(question, desk.now);
  if (!effects) return std::unexpected(refusal_of("offline"));
  desk.effects = std::move(*effects);
  desk.performed = true;
  desk.waits_for = asked.request;
  desk.hears_refusal = true;
  return fail("busy", "too many wait for the hub");
}

std::string to_json(const HoldKey& kept) {
  sync::protocol::JsonWriter out;
  out.object().field("cart", kept.cart.text).field("store", kept.store.text).field("sku", kept.sku.text);
  out.field("units", kept.units).field("until", kept.until.value).end_object();
  return out.take();
}

Reply Api::post_hold(const Call& call, const std::vector<std::string>& in_path) {
  auto request = decode_hold(in_path[0], call.body);
  if (!request) return problem(request.error());
  request->wanted.until = surroundings().now.plus(hold_hours * 3'600'000);
  const auto kept = perform<HoldKey>(call, [asked = std::move(*request)](Desk& desk) { return hold_there(desk, asked); });
  (kept ? holds_kept_ : holds_refused_).fetch_add(1, std::memory_order_relaxed);
  return kept ? ok(to_json(*kept)) : problem(kept.error());
}

}  // namespace vitrine::edge::local_api
