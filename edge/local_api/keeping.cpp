// SPDX-License-Identifier: Apache-2.0
// See keeping.hpp.
#include "edge/local_api/keeping.hpp"

#include <algorithm>

#include "edge/local_api/queries.hpp"
#include "edge/local_api/request_fields.hpp"
#include "sync/protocol/json_writer.hpp"
#include "sync/protocol/kept_pass.hpp"

namespace vitrine::edge::local_api {

namespace protocol = sync::protocol;

Result<KeepCart> decode_keep_cart(std::string_view cart, std::string_view json) {
  return decode_request<KeepCart>(json, [&](const protocol::Fields&, KeepCart& asked) { asked.cart.text = cart; });
}

Result<KeptCart> keep(database::Reader& reader, const Surroundings& around, const SignAsStore& sign, const KeepCart& request) {
  const auto seen = cart(reader, around, request.cart);
  if (!seen) return std::unexpected(seen.error());
  const auto here = store(reader, around);
  if (!here) return std::unexpected(here.error());
  if (!sign || here->settings.link_base.empty()) return fail("keep_unavailable", "this store gives no carts to phones");

  protocol::KeptPass pass;
  pass.store = around.store;
  pass.issued_at = {around.now.value / 1000 * 1000};
  pass.expires_at = pass.issued_at.plus(protocol::kept_pass_life_ms);
  pass.id.text = request.request.text;
  pass.cart = request.cart;
  pass.currency = seen->totals.currency;
  pass.to_pay_minor = seen->totals.to_pay_minor;
  KeptCart kept;
  for (const CartLineView& line : seen->lines) {
    kept.units += line.units;
    const auto same = std::ranges::find(pass.lines, line.sku, &sync::rules::PassLine::sku);
    if (same == pass.lines.end()) {
      pass.lines.push_back({line.sku, line.units});
    } else {
      same->units += line.units;
    }
  }
  if (pass.lines.empty()) return fail("nothing_to_keep", "the cart is empty");
  const auto body = protocol::kept_pass_body(pass);
  if (!body)
    return body.error().code == "pass_too_long" ? fail("keep_too_long", body.error().message) : std::unexpected(body.error());
  const auto signature = sign(protocol::kept_pass_message(*body));
  if (!signature) return fail("keep_unavailable", signature.error().message);
  kept.qr = protocol::kept_pass_link(here->settings.link_base, *body, *signature);
  kept.valid_until = pass.expires_at;
  kept.valid_for_ms = pass.expires_at.value - around.now.value;
  return kept;
}

std::string to_json(const KeptCart& kept) {
  protocol::JsonWriter out;
  out.object().field("qr", kept.qr).field("valid_until", kept.valid_until.value).field("valid_for_ms", kept.valid_for_ms);
  out.field("units", kept.units).end_object();
  return out.take();
}

}  // namespace vitrine::edge::local_api
