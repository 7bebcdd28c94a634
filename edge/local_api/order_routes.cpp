// SPDX-License-Identifier: Apache-2.0
// The routes of orders and of collecting them.
#include "edge/database/audit.hpp"
#include "edge/database/tickets.hpp"
#include "edge/local_api/api.hpp"
#include "edge/local_api/help.hpp"
#include "edge/local_api/measures.hpp"
#include "edge/local_api/order_commands.hpp"
#include "edge/local_api/orders.hpp"
#include "edge/local_api/purchases.hpp"
#include "edge/local_api/stock.hpp"
#include "sync/protocol/audit_codec.hpp"

namespace vitrine::edge::local_api {

Reply Api::get_orders(const Call& call, const std::vector<std::string>&) {
  const auto limit = limit_of(call, 50, orders_limit_max);
  if (!limit) return problem(limit.error());
  const auto word = call.query.find("status");
  std::optional<sync::rules::OrderStatus> status;
  if (word != call.query.end() && !word->second.empty()) {
    status = status_of_word(word->second);
    if (!status) return problem({"invalid_request", "status is none of those in docs/openapi-edge.yaml"});
  }
  return read([&](Readers& readers) { return order_queue(*readers.store, status, *limit); });
}

Result<ShopFigures> Api::count_shop() {
  auto readers = readers_.borrow();
  if (!readers) return std::unexpected(readers.error());
  readers->store->begin();
  ShopFigures figures;
  each_order_here(*readers->store,
                  [&](const sync::Order& order) { ++figures.orders[static_cast<std::size_t>(sync::rules::status_of(order))]; });
  figures.stock = count_stock(*readers->store, surroundings().now);
  figures.tickets = database::count_tickets(readers->store->connection(), surroundings().now);
  figures.returns = database::count_returns(readers->store->connection());
  figures.returns_questioned = questioned_returns(*readers->store).size();
  figures.help = count_help(*readers->store, surroundings().now);
  figures.cases = count_cases(*readers->store, setup_.store, surroundings().now);
  figures.alerts = count_alerts(*readers->store);
  figures.audit_entries = database::audit_end(readers->store->connection()).n;
  const auto told = readers->store->body("audit", sync::protocol::audit_key(setup_.store).id);
  const auto chain = told ? sync::protocol::decode_audit(*told) : fail("", "");
  figures.audit_untold = figures.audit_entries - std::min(figures.audit_entries, chain ? chain->last.n : 0);
  readers->store->count_erasures(figures.erasures, figures.scrubbed);
  figures.today = measures_today(*readers->store, surroundings());
  auto failed = readers->store->end();
  readers_.give_back(std::move(*readers));
  if (failed) return std::unexpected(*failed);
  return figures;
}

Reply Api::get_order(const Call&, const std::vector<std::string>& in_path) { return order_reply(sync::OrderId{in_path[0]}); }

Reply Api::get_picking(const Call& call, const std::vector<std::string>&) {
  const auto limit = limit_of(call, orders_limit_max, orders_limit_max);
  if (!limit) return problem(limit.error());
  return read([&](Readers& readers) { return pick_list(*readers.store, surroundings(), *limit); });
}

Reply Api::order_reply(const sync::OrderId& id) {
  return read([&](Readers& readers) { return order_view(*readers.store, surroundings(), id); });
}

Reply Api::post_order_action(const Call& call, const std::vector<std::string>& in_path) {
  auto request = decode_order_action(setup_.store, in_path[0], call.body);
  if (!request) return problem(request.error());
  const sync::OrderId id = request->order;
  const auto done = perform<sync::OrderId>(call, [asked = std::move(*request)](Desk& desk) { return act(desk, asked); });
  return done ? order_reply(id) : problem(done.error());
}

Reply Api::post_pickup(const Call& call, const std::vector<std::string>&) {
  auto request = decode_open_pickup(call.body);
  if (!request) return problem(request.error());
  own_passes_.forget(request->device);
  const auto id =
      perform<std::optional<sync::OrderId>>(call, [asked = std::move(*request)](Desk& desk) { return open_pickup(desk, asked); });
  if (!id) return problem(id.error());
  return read([&](Readers& readers) { return pickup_view(*readers.store, *id); });
}

}  // namespace vitrine::edge::local_api
