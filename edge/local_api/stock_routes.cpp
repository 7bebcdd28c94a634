// SPDX-License-Identifier: Apache-2.0
// The routes of stock.
#include "edge/local_api/api.hpp"
#include "edge/local_api/stock.hpp"
#include "edge/local_api/stock_commands.hpp"

namespace vitrine::edge::local_api {

Reply Api::stock_reply(const std::string& code) {
  std::string tag;
  Reply reply = read([&](Readers& readers) {
    auto view = stock_view(*readers.store, *readers.search, surroundings(), code);
    if (view) tag = view->seen.tag;
    if (view) count_nearby(view->nearby);
    return view;
  });
  reply.entity_tag = std::move(tag);
  return reply;
}

Reply Api::get_stock(const Call&, const std::vector<std::string>& in_path) { return stock_reply(in_path[0]); }

Reply Api::post_stock_action(const Call& call, const std::vector<std::string>& in_path) {
  if (!sync::is_sku(in_path[0])) return problem({"product_unknown", "no such product is here"});
  auto request = decode_stock_action(in_path[0], call.body);
  if (!request) return problem(request.error());
  request->if_match = call.if_match;
  const auto done = perform<sync::Sku>(call, [asked = std::move(*request)](Desk& desk) { return act(desk, asked); });
  return done ? stock_reply(done->text) : problem(done.error());
}

Reply Api::get_discrepancies(const Call& call, const std::vector<std::string>&) {
  const auto limit = limit_of(call, 50, discrepancies_limit_max);
  if (!limit) return problem(limit.error());
  return read([&](Readers& readers) { return stock_tasks(*readers.store, *limit); });
}

Reply Api::get_reservations(const Call&, const std::vector<std::string>& in_path) {
  return read([&](Readers& readers) { return cart_reservations(*readers.store, surroundings(), sync::CartId{in_path[0]}); });
}

Reply Api::post_reservations(const Call& call, const std::vector<std::string>& in_path) {
  auto request = decode_cart_reserve(in_path[0], call.body);
  if (!request) return problem(request.error());
  const auto done = run(call, [asked = std::move(*request)](Desk& desk) { return reserve(desk, asked); });
  return done ? get_reservations(call, in_path) : problem(done.error());
}

}  // namespace vitrine::edge::local_api
