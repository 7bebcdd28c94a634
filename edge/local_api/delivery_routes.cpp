// SPDX-License-Identifier: Apache-2.0
// A cart is sent home: asked for at a kiosk, and what became of it.
#include "edge/local_api/api.hpp"
#include "edge/local_api/deliveries.hpp"

namespace vitrine::edge::local_api {

// Whoever has just shown the code of their cart at this kiosk; asked for again, what was done is answered whoever stands there.
Reply Api::post_delivery(const Call& call, const std::vector<std::string>& in_path) {
  auto request = decode_ask_delivery(in_path[0], call.body);
  if (!request) return problem(request.error());
  const auto number = perform<sync::OrderId>(call, [this, asked = std::move(*request), around = surroundings()](Desk& desk) {
    const bool known = desk.replica.n_of(asked.request).has_value();
    const auto own = known ? Result<void>() : has_own_pass(asked.cart.text, asked.device);
    return own ? ask_delivery(desk, around, asked) : std::unexpected(own.error());
  });
  (number ? deliveries_asked_ : deliveries_refused_).fetch_add(1, std::memory_order_relaxed);
  return number ? delivery_reply(*number) : problem(number.error());
}

Reply Api::get_delivery(const Call&, const std::vector<std::string>& in_path) {
  return delivery_reply(sync::OrderId{in_path[0]});
}

Reply Api::delivery_reply(const sync::OrderId& id) {
  return read([&](Readers& readers) { return delivery_view(*readers.store, id); });
}

}  // namespace vitrine::edge::local_api
