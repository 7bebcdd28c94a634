// SPDX-License-Identifier: Apache-2.0
// Example followed: a glass for £5.00 comes back broken and one for £7.00 leaves for it. The broken one is written off, the other
// leaves the shelf, and a till takes £2.00; all of it stands in one transaction, or none.
#include "edge/local_api/returns.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "edge/database/audit.hpp"
#include "edge/local_api/answers_json.hpp"
#include "edge/local_api/orders.hpp"
#include "edge/local_api/purchases.hpp"
#include "edge/local_api/queries.hpp"
#include "edge/local_api/receipts.hpp"
#include "edge/local_api/request_fields.hpp"
#include "edge/local_api/tickets.hpp"
#include "edge/local_api/timeline.hpp"
#include "sync/protocol/order_codec.hpp"
#include "sync/protocol/receipt_codec.hpp"
#include "sync/protocol/return_rules.hpp"
#include "sync/protocol/stock_codec.hpp"
#include "sync/rules/stock.hpp"

namespace vitrine::edge::local_api {

using nlohmann::json;
using sync::protocol::Fields;
using namespace sync::rules;

namespace {

// A line of the purchase, and the units of it that come back.
struct Back {
  const PurchaseLine* line = nullptr;
  std::int64_t units = 0;
};

Result<void> may_come_back(const PurchaseLine& line, std::int64_t units, const TakeBack& request) {
  const std::string name = "line " + std::to_string(line.line);
  if (units > line.returnable()) return fail("units_not_out", name + " has " + std::to_string(line.returnable()) + " such units");
  if (line.bar == ReturnBar::none) return {};
  if (request.overrule.empty() && line.bar == ReturnBar::too_late)
    return fail("return_too_late", name + " might have come back until " + std::to_string(line.until.value));
  if (request.overrule.empty()) return fail("not_taken_back", name + " is sold for good");
  if (!request.may_overrule) return fail("not_permitted", "this needs the permission late_returns");
  return {};
}

Result<std::vector<Back>> judge(const Purchase& purchase, const TakeBack& request) {
  std::vector<Back> all;
  for (const LineUnits& one : request.lines) {
    const auto line = std::ranges::find(purchase.lines, one.line, &PurchaseLine::line);
    if (line == purchase.lines.end()) return fail("line_unknown", "nothing of line " + std::to_string(one.line) + " was bought");
    if (auto may = may_come_back(*line, one.units, request); !may) return std::unexpected(may.error());
    all.push_back({&*line, one.units});
  }
  if (std::ranges::find(purchase.rules.reasons, request.reason) == purchase.rules.reasons.end())
    return fail("reason_unknown", "the shop's rules have no such reason");
  if (condition_of(purchase.rules, request.condition) == nullptr)
    return fail("condition_unknown", "the shop's rules have no such condition");
  return all;
}

Result<CartView> goods_of(Desk& desk, const Surroundings& around, const TakeBack& request) {
  for (const ExchangedGoods& one : request.exchange) {
    if (!desk.reader.product(one.sku)) return fail("product_unknown", "no such product is here: " + one.sku.text);
  }
  CartView goods = goods_now(desk.reader, around, request.exchange);
  if (std::ranges::any_of(goods.lines, [](const CartLineView& line) { return !line.counted; }))
    return fail("not_for_sale", "it has no price here");
  return goods;
}

std::vector<LineUnits> sorted(std::vector<LineUnits> lines) {
  std::ranges::sort(lines, {}, &LineUnits::line);
  return lines;
}

// What the goods do to order, receipt and stock. Nothing is asked of anybody else: they are here.
sync::ends::LocalAction facts_of(Desk& desk, const Purchase& purchase, const TakeBack& request, const std::vector<Back>& back) {
  sync::ends::LocalAction action;
  action.id = request.request;
  action.nature = sync::Nature::fact;
  action.actor = request.device;
  const bool restock = condition_of(purchase.rules, request.condition)->restock;
  if (purchase.order) {
    const auto add = [&](const OrderOperation& operation) {
      action.operations.push_back(sync::protocol::encode_order_operation(purchase.order->id, operation));
    };
    add(OrderReturn{desk.store, request.lines, request.reason, request.condition});
    add(OrderRestock{request.lines, !restock});
  } else {
    const sync::ReceiptId id{purchase.key.substr(purchase.key.find('/') + 1)};
    action.operations.push_back(sync::protocol::encode_receipt_operation(
        id, ReceiptBack{desk.store, sorted(request.lines), request.reason, request.condition}));
  }
  const auto move = [&](const sync::Sku& sku, std::int64_t units, MoveReason reason, const std::string& reference) {
    action.operations.push_back(sync::protocol::encode_stock_operation(desk.store, sku, StockMove{units, reason, reference}));
  };
  for (const Back& one : back) {
    move(one.line->sku, one.units, MoveReason::returned, purchase.key);
    if (!restock) move(one.line->sku, -one.units, MoveReason::damage, purchase.key);
  }
  for (const ExchangedGoods& one : request.exchange)
    move(one.sku, -one.units, MoveReason::sale, "ticket/" + request.request.text);
  if (purchase.order) add_activity(desk, action, purchase.order->customer, {.kind = "returned", .order = purchase.order->id});
  return action;
}

// What a till gives back, or takes. An even exchange is paid as it is made, for its receipt.
database::Ticket settlement(Desk& desk, const TakeBack& request, const CartView& goods, std::int64_t credit) {
  const std::int64_t due = goods.totals.to_pay_minor - credit;
  const UtcMs now = desk.end.hub_time(desk.now.utc);
  json body = json::parse(ticket_body(goods));
  body["totals"]["to_pay"] = due;
  body["settles"] = {{"return", request.request.text}, {"credit", credit}};
  const std::string& id = request.request.text;
  return {id,
          new_ticket_code(desk, id),
          {},
          due == 0 ? "paid" : "open",
          {},
          now,
          now.plus(settle_days * 86'400'000),
          now,
          body.dump(),
          "[]",
          due == 0 ? new_receipt() : std::string()};
}

void note_overruled(Desk& desk, const Purchase& purchase, const TakeBack& request) {
  if (request.overrule.empty()) return;
  database::append_audit(desk.replica.connection(), {0,
                                                     desk.end.hub_time(desk.now.utc),
                                                     request.staff,
                                                     request.device,
                                                     "purchases.overrule",
                                                     purchase.order ? purchase.key : audited_name(desk.store, purchase.name),
                                                     request.overrule,
                                                     request.request.text,
                                                     {}});
}

}  // namespace

Result<bool> fetch_purchase(Desk& desk, const FetchPurchase& asked) {
  if (desk.reader.in_doubt()) return in_doubt();
  if (desk.reader.body(asked.what, asked.key)) return true;
  const Error needs_hub = asked.elsewhere
                              ? Error{"receipt_needs_hub", "this receipt is another store's, and the hub does not answer"}
                              : Error{"purchase_needs_hub", "no such order or receipt is here, and the hub does not answer"};
  if (!desk.may_wait) {
    if (desk.hub_said == "too_many") return fail("too_many_look_ups", "this store has asked the hub for too many purchases");
    if (desk.hub_said == "not_found") return fail("purchase_unknown", "no store has such an order or such a receipt");
    return std::unexpected(needs_hub);
  }
  auto effects =
      desk.end.ask({asked.request, asked.what, asked.key, "", asked.device, desk.end.hub_time(desk.now.utc)}, desk.now);
  if (!effects) return std::unexpected(needs_hub);
  desk.effects = std::move(*effects);
  desk.performed = true;
  desk.waits_for = asked.request;
  desk.hears_refusal = true;
  return fail("busy", "too many wait for the hub");
}

Result<std::string> take_back(Desk& desk, const Surroundings& around, const TakeBack& request) {
  database::Connection& rows = desk.replica.connection();
  const std::string& id = request.request.text;
  if (database::return_row(rows, id)) return id;
  if (desk.reader.in_doubt()) return in_doubt();
  const auto purchase = find_purchase(desk.reader, around, request.purchase);
  if (!purchase) return std::unexpected(purchase.error());
  if (purchase->receipt && !purchase->right_here && !request.exchange.empty())
    return fail("exchange_needs_right",
                "this receipt is another store's: nothing leaves for its goods before the hub has confirmed them");
  const auto back = judge(*purchase, request);
  if (!back) return std::unexpected(back.error());
  const auto goods = goods_of(desk, around, request);
  if (!goods) return std::unexpected(goods.error());

  json lines = json::array();
  std::int64_t refund = 0;
  for (const Back& one : *back) {
    const std::int64_t worth = refund_of(one.line->paid_minor, one.line->bought, one.line->returned, one.units);
    refund += worth;
    lines.push_back({{"line", one.line->line}, {"units", one.units}, {"refund", worth}});
  }
  // Of an order the hub gives back what its own register then owes; what its buyer takes instead is paid for in full.
  if (purchase->order) refund = refund_of(*purchase->order, request.lines);
  const std::int64_t credit = purchase->order ? 0 : refund;
  const bool settles = !request.exchange.empty() || credit > 0;

  const auto ticket = settles ? std::optional(settlement(desk, request, *goods, credit)) : std::nullopt;
  auto facts = facts_of(desk, *purchase, request, *back);
  if (ticket && ticket->state == "paid") add_receipt(desk, facts, *ticket);
  if (auto done = perform(desk, facts, "this return cannot be written down"); !done) return std::unexpected(done.error());
  if (ticket) put_ticket(desk, *ticket, ticket->state, {});
  const json body = {
      {"lines", lines}, {"reason", request.reason}, {"condition", request.condition}, {"goods", goods->totals.to_pay_minor}};
  database::put_return(rows, {id, purchase->key, desk.end.hub_time(desk.now.utc), purchase->right_here, refund,
                              purchase->currency, settles ? id : std::string(), body.dump()});
  note_overruled(desk, *purchase, request);
  forget_old_sales(desk, around.now);
  return id;
}

Result<TakeBack> decode_take_back(std::string_view purchase, std::string_view text) {
  return decode_request<TakeBack>(text, [&](const Fields& fields, TakeBack& asked) {
    asked.purchase = purchase;
    const json& lines = fields.array("lines", return_lines_max);
    for (std::size_t i = 0; i < lines.size(); ++i) {
      const Fields one(lines[i], "lines[" + std::to_string(i) + "]", fields.mistake());
      const std::int64_t line = one.integer("line", 1, order_line_number_max);
      if (std::ranges::find(asked.lines, line, &LineUnits::line) != asked.lines.end())
        fields.wrong("lines", "names a line twice");
      asked.lines.push_back({line, one.integer("units", 1, order_units_max)});
    }
    if (asked.lines.empty()) fields.wrong("lines", "must name lines and units");
    asked.reason = fields.text("reason", sync::protocol::is_return_word);
    asked.condition = fields.text("condition", sync::protocol::is_return_word);
    asked.overrule = fields.text_if_any("overrule", sync::protocol::is_return_word).value_or("");
    if (!fields.has("exchange")) return;
    const json& goods = fields.array("exchange", exchange_lines_max);
    for (std::size_t i = 0; i < goods.size(); ++i) {
      const Fields one(goods[i], "exchange[" + std::to_string(i) + "]", fields.mistake());
      asked.exchange.push_back({sync::Sku{one.text("sku", sync::is_sku)}, one.integer("units", 1, reservation_units_max)});
      const auto same = std::ranges::count(asked.exchange, asked.exchange.back().sku, &ExchangedGoods::sku);
      if (same > 1) fields.wrong("exchange", "names a product twice");
    }
  });
}

}  // namespace vitrine::edge::local_api
