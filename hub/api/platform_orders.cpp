// SPDX-License-Identifier: Apache-2.0
// Orders as a platform sees them, and what only the hub may do to them: money, cancelling, who collects. Placing is a row of the
// orders table (platform_tables.cpp). No name of a buyer goes out.
#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "hub/api/api_impl.hpp"
#include "hub/api/documents.hpp"
#include "hub/api/platform_tags.hpp"
#include "hub/database/authority.hpp"
#include "hub/lending/web_selling.hpp"
#include "sync/protocol/json_input.hpp"
#include "sync/protocol/order_codec.hpp"
#include "sync/protocol/order_fields.hpp"
#include "sync/rules/order_state.hpp"

namespace vitrine::hub::api {

namespace protocol = sync::protocol;
namespace rules = sync::rules;

namespace {

constexpr std::size_t orders_shown_max = 200;
constexpr std::size_t orders_shown = 50;

std::optional<sync::Order> read_order(const std::optional<sync::Document>& document) {
  if (!document || !document->body) return std::nullopt;
  auto order = protocol::decode_order(sync::OrderId{document->key.id}, *document->body);
  return order ? std::optional(std::move(*order)) : std::nullopt;
}

json choice_view(const sync::OrderLine& line) {
  if (!line.choice) return nullptr;
  const std::string& sku = line.choice->sku.text;
  return {{"what", protocol::choice_words[static_cast<std::size_t>(line.choice->what)]},
          {"units", line.choice->units},
          {"sku", sku.empty() ? json(nullptr) : json(sku)}};
}

json line_view(const sync::OrderLine& line) {
  const rules::UnitPlaces at = rules::places_of(line);
  return {{"line", line.number},
          {"sku", line.sku.text},
          {"ordered", line.ordered},
          {"unit_price", line.unit_price},
          {"refunded", line.refunded_units},
          {"waiting", at.waiting},
          {"held", at.held},
          {"customer", at.customer},
          {"restocked", at.restocked},
          {"written_off", at.written_off},
          {"missing", rules::missing_units(line)},
          {"refused", rules::refused_units(line)},
          {"choice", choice_view(line)}};
}

// What a platform needs to answer it: whose it is, by the retailer's own number, and what they were shown.
json asked_view(const sync::Order& order) {
  if (!order.asked) return nullptr;
  return {{"store", order.asked->store.text},
          {"customer", order.customer ? json(order.customer->text) : json(nullptr)},
          {"total", order.asked->total_minor},
          {"at", order.asked->stamp.at.value}};
}

json order_view(const sync::Order& order) {
  json view = {{"order", order.id.text},
               {"state", rules::word_of(rules::status_of(order))},
               {"payment", rules::word_of(rules::payment_of(order))},
               {"revision", order.revision},
               {"store", order.store ? json(order.store->text) : json(nullptr)},
               {"delivery", rules::is_delivery(order) ? json("home") : json(nullptr)},
               {"asked", asked_view(order)},
               {"channel", order.channel},
               {"currency", order.currency},
               {"placed_at", order.placed_at.value},
               {"promise_at", order.promise_at.value},
               {"hold_until", rules::hold_until(order).value},
               {"changed_at", order.changed_at.value},
               {"paid", order.paid_minor},
               {"refunded", order.refunded_minor},
               {"balance_due", rules::balance_due(order)},
               {"refund_due", rules::refund_due(order)},
               {"cancel_asked", rules::is_cancel_asked(order)},
               {"exceptions", json::array()},
               {"lines", json::array()}};
  for (const std::string_view exception : rules::open_exceptions(order)) view["exceptions"].push_back(exception);
  for (const sync::OrderLine& line : order.lines) view["lines"].push_back(line_view(line));
  return view;
}

Answer order_answer(const std::optional<sync::Document>& document) {
  const auto order = read_order(document);
  if (!order) return problem(404, "order_unknown");
  Answer answer = json_answer(order_view(*order));
  answer.headers.emplace_back("ETag", version_tag(document));
  return answer;
}

using Fields = protocol::Fields;

struct Action {
  std::string_view name;
  rules::OrderOperation (*read)(const Fields& fields);
};

rules::OrderOperation read_refund(const Fields& fields) {
  rules::OrderRefund refund;
  const json& lines = fields.array("lines", rules::order_lines_max);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const Fields one(lines[i], "lines[" + std::to_string(i) + "]", fields.mistake());
    refund.lines.push_back(
        {one.integer("line", 1, rules::order_line_number_max), one.integer("units", 1, rules::order_units_max)});
  }
  if (refund.lines.empty()) fields.wrong("lines", "must name lines and units");
  return refund;
}

constexpr auto actions = std::to_array<Action>(
    {{"pay",
      [](const Fields& in) -> rules::OrderOperation {
        return rules::OrderPay{in.integer("minor", 1, rules::order_money_minor_max)};
      }},
     {"refund", read_refund},
     {"cancel",
      [](const Fields& in) -> rules::OrderOperation { return rules::OrderCancel{in.text("reason", protocol::is_word)}; }},
     {"delegate", [](const Fields& in) -> rules::OrderOperation {
        return rules::OrderDelegate{{in.text("name", 1, 60), in.text_if_any("initial", 0, 8).value_or(""),
                                     in.text_if_any("phone_last2", protocol::are_two_digits).value_or(""), ""}};
      }}});

}  // namespace

Answer Api::Impl::platform_orders(const Call& call) {
  const auto platform = platform_of(call, "orders");
  if (!platform) return platform.error();
  const auto limit = number_of(query_of(call, "limit"), orders_shown, orders_shown_max);
  const std::string after = query_of(call, "after");
  if (!limit || *limit == 0) return problem(400, "invalid_request", "limit is 1 to 200");
  if (!after.empty() && !sync::is_order_id(after)) return problem(400, "invalid_request", "after is what `next` said");
  auto lease = readers.take();
  if (!lease) return database_problem(lease.error());
  const auto page = database::HubRows(**lease).documents_of("order", after, *limit + 1);
  json list = json::array();
  for (std::size_t i = 0; i < std::min(page.size(), *limit); ++i) {
    const auto order = protocol::decode_order(sync::OrderId{page[i].first}, page[i].second);
    if (order) list.push_back(order_view(*order));
  }
  const json next = page.size() > *limit ? json(page[*limit - 1].first) : json(nullptr);
  return json_answer({{"orders", list}, {"next", next}});
}

Answer Api::Impl::platform_order(const Call& call) {
  const auto platform = platform_of(call, "orders");
  if (!platform) return platform.error();
  auto lease = readers.take();
  if (!lease) return database_problem(lease.error());
  return order_answer(database::read_document(**lease, {"order", call.path_value}));
}

Answer Api::Impl::platform_order_action(const Call& call) {
  const auto platform = platform_of(call, "orders");
  if (!platform) return platform.error();
  const auto body = protocol::parse_object(call.request.body, request_body_bytes_max, "invalid_request");
  if (!body) return problem(400, body.error().code, body.error().message);
  protocol::Mistake mistake("invalid_request");
  const Fields fields(*body, "", mistake);
  const std::string name = fields.text("action", 1, 16);
  const auto row = std::ranges::find(actions, name, &Action::name);
  if (row == actions.end()) fields.wrong("action", "is pay, refund, cancel or delegate");
  if (mistake.made()) return problem(400, "invalid_request", mistake.error().error().message);
  const rules::OrderOperation operation = row->read(fields);
  if (mistake.made()) return problem(400, "invalid_request", mistake.error().error().message);

  return once(call, *platform, [&](Desk& desk) {
    const sync::DocumentKey key{"order", call.path_value};
    const auto before = desk.authority.document(key);
    const auto order = read_order(before);
    if (!order) return problem(404, "order_unknown");
    if (auto changed = version_problem(call.request, before)) return std::move(*changed);
    const bool late =
        std::holds_alternative<rules::OrderCancel>(operation) && rules::places_of(*order).customer > 0 && rules::is_over(*order);
    if (late) return problem(409, "order_over", "its buyer has it");
    sync::ends::HubAction action{sync::TransactionId{setup.chance.hex_128()}, "platform", {}};
    action.operations.push_back(protocol::encode_order_operation(order->id, operation));
    action.operations.back().salt = setup.chance.hex_128();
    const auto done = desk.end.perform(action, desk.now);
    if (done.what == sync::ends::HubPerformed::What::refused) return problem(409, done.reason, "the order is as it was");
    give_back_if_over({desk.end, desk.authority, setup.chance, desk.now}, order->id);
    return order_answer(desk.authority.document(key));
  });
}

}  // namespace vitrine::hub::api
