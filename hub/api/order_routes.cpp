// SPDX-License-Identifier: Apache-2.0
// A shopper's own orders on their phone: what has become of them, the signed code that collects one, and "I am here".
#include <algorithm>
#include <nlohmann/json.hpp>

#include "hub/api/api_impl.hpp"
#include "hub/api/documents.hpp"
#include "hub/api/pass_code.hpp"
#include "hub/database/authority.hpp"
#include "hub/database/order_news.hpp"
#include "sync/protocol/entity_tag.hpp"
#include "sync/protocol/order_codec.hpp"
#include "sync/protocol/pickup_pass.hpp"
#include "sync/rules/order_state.hpp"

namespace vitrine::hub::api {

namespace protocol = sync::protocol;
namespace rules = sync::rules;
using database::SessionRow;

namespace {

constexpr std::size_t orders_max = 200;   // of one customer, looked at
constexpr std::size_t orders_shown = 50;  // the latest first
constexpr std::int64_t hour_ms = 3'600'000;
constexpr std::int64_t no_hold_ms = 14LL * 24 * hour_ms;  // where nobody said until when it is kept
constexpr std::int64_t late_ms = 24 * hour_ms;            // where the hold is over and the store has not given up

// None: no such order, or another customer's: nobody is told which.
std::optional<sync::Order> own_order(database::Connection& connection, const SessionRow& session, const sync::OrderId& id) {
  if (!session.customer || !sync::is_order_id(id.text)) return std::nullopt;
  const auto document = database::read_document(connection, {"order", id.text});
  auto order = document && document->body ? protocol::decode_order(id, *document->body) : fail("", "");
  if (!order || order->customer != session.customer) return std::nullopt;
  return std::move(*order);
}

// Asked for in a shop, and the platform has not answered: the shopper may think better of it.
bool may_cancel(const sync::Order& order) { return rules::status_of(order) == rules::OrderStatus::asked; }

bool is_open(const sync::Order& order) { return order.store && !rules::is_over(order) && !rules::is_cancelled(order); }

// It is ready, and the store does not know yet that its buyer is here.
bool may_arrive(const sync::Order& order) { return is_open(order) && order.ready && !order.arrived; }

json order_view(database::Connection& connection, const sync::Order& order, UtcMs now) {
  json view = {{"order", order.id.text},
               {"state", rules::word_of(rules::status_of(order))},
               {"cancel_asked", rules::is_cancel_asked(order)},
               {"placed_at", order.placed_at.value},
               {"promise_at", order.promise_at.value},
               {"hold_until", rules::hold_until(order).value},
               {"arrived_at", order.arrived ? json(order.arrived->stamp.at.value) : json(nullptr)},
               {"currency", order.currency},
               {"balance_due", rules::balance_due(order)},
               {"may_collect", is_open(order)},
               {"may_arrive", may_arrive(order)},
               {"may_cancel", may_cancel(order)},
               {"delivery", rules::is_delivery(order) ? json("home") : json(nullptr)},
               {"asked_total", order.asked ? json(order.asked->total_minor) : json(nullptr)},
               {"lines", json::array()}};
  view["store"] = order.store ? store_view(connection, *order.store, now) : json(nullptr);
  for (const sync::OrderLine& line : order.lines) {
    if (line.ordered == 0) continue;
    const json product = read_body(connection, {"product", line.sku.text});
    json one = {{"line", line.number}, {"sku", line.sku.text}, {"units", line.ordered}, {"collected", rules::handed_units(line)}};
    for (const char* name : {"title", "pictogram", "tile"}) one[name] = field_of(product, name);
    view["lines"].push_back(std::move(one));
  }
  return view;
}

Answer tagged(const json& body, const Call& call) {
  Answer answer = json_answer(body);
  const std::string tag = protocol::entity_tag(answer.body);
  answer.headers.emplace_back("ETag", tag);
  if (call.request.if_none_match.find(tag) != std::string::npos) {
    answer.status = 304;
    answer.body.clear();
  }
  return answer;
}

UtcMs pass_end(const sync::Order& order, UtcMs now) {
  const UtcMs hold = rules::hold_until(order);
  const UtcMs end = hold.value == 0 ? now.plus(no_hold_ms) : std::max(hold, now.plus(late_ms));
  return {std::min(end, now.plus(protocol::pickup_pass_life_ms_max)).value / 1000 * 1000};
}

}  // namespace

Answer Api::Impl::own_orders(const Call& call) {
  auto lease = readers.take();
  if (!lease) return database_problem(lease.error());
  const auto session = session_of(**lease, call);
  if (!session) return problem(401, "session_unknown");
  std::vector<sync::Order> orders;
  if (session->customer) {
    for (const sync::OrderId& id : database::OrderNews(**lease).of_customer(*session->customer, orders_max)) {
      if (auto order = own_order(**lease, *session, id)) orders.push_back(std::move(*order));
    }
  }
  // What is still to be collected first, then the latest.
  std::ranges::sort(orders, {},
                    [](const sync::Order& order) { return std::tuple(!is_open(order), -order.placed_at.value, order.id.text); });
  if (orders.size() > orders_shown) orders.resize(orders_shown);
  json list = json::array();
  for (const sync::Order& order : orders) list.push_back(order_view(**lease, order, call.now.utc));
  return tagged({{"orders", list}}, call);
}

Answer Api::Impl::show_own_order(const Call& call) {
  auto lease = readers.take();
  if (!lease) return database_problem(lease.error());
  const auto session = session_of(**lease, call);
  if (!session) return problem(401, "session_unknown");
  const auto order = own_order(**lease, *session, sync::OrderId{call.path_value});
  if (!order) return problem(404, "order_unknown");
  return tagged(order_view(**lease, *order, call.now.utc), call);
}

Answer Api::Impl::pickup_pass(const Call& call) {
  auto lease = readers.take();
  if (!lease) return database_problem(lease.error());
  const auto session = session_of(**lease, call);
  if (!session) return problem(401, "session_unknown");
  const auto order = own_order(**lease, *session, sync::OrderId{call.path_value});
  if (!order) return problem(404, "order_unknown");
  if (rules::is_cancelled(*order)) return problem(409, "order_cancelled");
  if (!is_open(*order)) return problem(409, order->store ? "order_over" : "order_sent_home");
  const auto key = signing_key(**lease, call.now.utc);
  if (!key) return problem(503, "pass_key_missing", "make one with `vitrine-hub make-pass-key`");
  protocol::PickupPass pass;
  pass.key_id = key->id;
  pass.store = *order->store;
  // The second that comes: one that is made right behind a hand-over is not older than it.
  pass.issued_at = {(call.now.utc.value + 999) / 1000 * 1000};
  pass.expires_at = pass_end(*order, call.now.utc);
  pass.id = sync::PassId{setup.chance.hex_128()};
  pass.order = order->id;
  const auto bytes = protocol::sign_pickup_pass(pass, key->secret);
  if (!bytes) return problem(500, bytes.error().code, bytes.error().message);
  const auto drawing = draw_code(setup.link_base, protocol::pass_digits(*bytes));
  if (!drawing) return problem(500, "pass_too_long", "the link of passes is too long for a code");
  return json_answer({{"order", order->id.text},
                      {"text", protocol::pass_link(setup.link_base, *bytes)},
                      {"svg_path", drawing->svg_path},
                      {"size", drawing->modules},
                      {"version", drawing->version},
                      {"issued_at", pass.issued_at.value},
                      {"expires_at", pass.expires_at.value}});
}

// Said again, it changes nothing.
Answer Api::Impl::cancel_own_order(const Call& call) {
  const sync::OrderId id{call.path_value};
  return through_engine(*setup.engine, [&](Desk& desk) {
    database::Connection& connection = desk.authority.connection();
    const auto session = session_of(connection, call);
    if (!session) return problem(401, "session_unknown");
    const auto order = own_order(connection, *session, id);
    if (!order) return problem(404, "order_unknown");
    if (!rules::is_cancelled(*order)) {
      if (!may_cancel(*order))
        return problem(409, "order_confirmed", "the shop has answered: it is no longer this page's to cancel");
      sync::ends::HubAction action{sync::TransactionId{setup.chance.hex_128()}, "phone", {}};
      action.operations.push_back(protocol::encode_order_operation(id, rules::OrderCancel{"buyer"}));
      action.operations.back().salt = setup.chance.hex_128();
      const auto done = desk.end.perform(action, desk.now);
      if (done.what == sync::ends::HubPerformed::What::refused) return problem(409, done.reason);
    }
    const auto after = own_order(connection, *session, id);
    return after ? json_answer(order_view(connection, *after, desk.now.utc)) : problem(404, "order_unknown");
  });
}

Answer Api::Impl::arrive(const Call& call) {
  const sync::OrderId id{call.path_value};
  return through_engine(*setup.engine, [&](Desk& desk) {
    database::Connection& connection = desk.authority.connection();
    const auto session = session_of(connection, call);
    if (!session) return problem(401, "session_unknown");
    const auto order = own_order(connection, *session, id);
    if (!order) return problem(404, "order_unknown");
    if (rules::is_cancelled(*order)) return problem(409, "order_cancelled");
    if (!is_open(*order)) return problem(409, "order_over");
    if (!order->ready) return problem(409, "order_not_ready");
    // Said again, it changes nothing: the place in the queue is that of the first time.
    if (may_arrive(*order)) {
      sync::ends::HubAction action{sync::TransactionId{setup.chance.hex_128()}, "phone", {}};
      action.operations.push_back(protocol::encode_order_operation(id, rules::OrderArrive{"phone"}));
      action.operations.back().salt = setup.chance.hex_128();
      const auto done = desk.end.perform(action, desk.now);
      if (done.what == sync::ends::HubPerformed::What::refused) return problem(409, done.reason);
    }
    const auto after = own_order(connection, *session, id);
    return after ? json_answer(order_view(connection, *after, desk.now.utc)) : problem(404, "order_unknown");
  });
}

}  // namespace vitrine::hub::api
