// SPDX-License-Identifier: Apache-2.0
// Example followed: a receipt of four cups for £10.00, of which one came back on Monday: three may still, for £7.50.
#include "edge/local_api/purchases.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "edge/local_api/commands.hpp"
#include "edge/local_api/orders.hpp"
#include "edge/local_api/tickets.hpp"
#include "sync/protocol/json_writer.hpp"
#include "sync/protocol/return_rules.hpp"
#include "sync/rules/receipt.hpp"

namespace vitrine::edge::local_api {

using nlohmann::json;
using sync::Order;
using sync::protocol::JsonWriter;
using sync::rules::ReturnBar;

namespace {

constexpr std::string_view by_order = "order/";
constexpr std::string_view by_receipt = "receipt/";

std::string name_in(const database::ReturnRow& row) { return row.purchase.substr(row.purchase.find('/') + 1); }

// Name, picture, and whether the rules let it come back.
void complete(database::Reader& reader, const Purchase& purchase, UtcMs handed_at, UtcMs now, PurchaseLine& line) {
  std::vector<std::string> categories;
  if (auto product = reader.product(line.sku)) {
    line.title = std::move(product->title);
    line.pictogram = std::move(product->pictogram);
    line.tile = std::move(product->tile);
    categories = std::move(product->category);
    categories.push_back(std::move(product->department));
  }
  line.until = sync::rules::return_until(purchase.rules, handed_at);
  line.bar = sync::rules::bar_of(purchase.rules, {line.sku.text, categories, line.returnable(), handed_at}, now);
}

Purchase of_order(database::Reader& reader, const Surroundings& around, Order order, sync::rules::ReturnRules rules) {
  Purchase purchase{.name = order.id.text, .key = std::string(by_order) + order.id.text};
  purchase.rules = std::move(rules);
  purchase.currency = order.currency;
  purchase.channel = order.channel;
  purchase.bought_at = order.placed_at;
  purchase.unpaid_minor = sync::rules::unpaid_of(order);
  purchase.right_here = sync::rules::may_settle_return(order, around.store, around.now);
  for (const std::string_view one : sync::rules::open_exceptions(order)) purchase.exceptions.emplace_back(one);
  for (const sync::OrderLine& one : order.lines) {
    const std::int64_t bought = sync::rules::handed_units(one);
    if (bought == 0) continue;
    PurchaseLine line{.line = one.number, .sku = one.sku, .bought = bought};
    line.returned = bought - sync::rules::returnable_units(one);
    line.paid_minor = one.unit_price * bought;
    complete(reader, purchase, sync::rules::handed_at(order, one.number), around.now, line);
    purchase.lines.push_back(std::move(line));
  }
  purchase.order = std::move(order);
  return purchase;
}

Purchase of_receipt(database::Reader& reader, const Surroundings& around, const sync::ReceiptId& id, sync::Receipt receipt,
                    sync::rules::ReturnRules rules) {
  const sync::ReceiptSale& sale = *receipt.sale;
  Purchase purchase{.name = receipt_text(sale.store, id.text), .key = std::string(by_receipt) + id.text};
  purchase.rules = std::move(rules);
  purchase.channel = "store";
  purchase.bought_at = sale.stamp.at;
  purchase.currency = sale.currency;
  purchase.right_here = sync::rules::may_settle_return(receipt, around.store);
  for (const sync::ReceiptLine& one : sale.lines) {
    PurchaseLine line{.line = one.number, .sku = one.sku, .bought = one.units};
    line.returned = sync::rules::returned_units(receipt, one.number);
    line.paid_minor = one.paid_minor;
    complete(reader, purchase, sale.stamp.at, around.now, line);
    purchase.lines.push_back(std::move(line));
  }
  purchase.receipt = std::move(receipt);
  return purchase;
}

// By its number; or by the six digits by which it was collected, of several the one that was handed over last.
std::optional<Order> order_named(database::Reader& reader, std::string_view text) {
  if (auto order = order_of(reader, sync::OrderId{std::string(text)})) return order;
  std::optional<Order> found;
  if (text.size() != 6 || text.find_first_not_of("0123456789") != std::string_view::npos) return found;
  each_order_here(reader, [&](Order& order) {
    const bool later = !found || order.changed_at > found->changed_at;
    if (order.code == text && later) found = std::move(order);
  });
  return found;
}

ReturnState state_of_order(database::Reader& reader, const database::ReturnRow& row, const std::string& id, bool waits) {
  const auto order = order_of(reader, sync::OrderId{id});
  if (order && !sync::rules::open_exceptions(*order).empty()) return ReturnState::questioned;
  return row.settled || !waits ? ReturnState::settled : ReturnState::pending;
}

ReturnState state_of_receipt(database::Reader& reader, const database::ReturnRow& row, const std::string& id, bool waits) {
  const auto receipt = receipt_of(reader, sync::ReceiptId{id});
  const auto* back = receipt ? sync::rules::return_of(*receipt, sync::TransactionId{row.id}) : nullptr;
  if (back != nullptr && sync::rules::is_denied(*back)) return ReturnState::denied;
  if (back != nullptr && sync::rules::is_questioned(*receipt, *back)) return ReturnState::questioned;
  return row.settled || !waits ? ReturnState::settled : ReturnState::pending;
}

ReturnView view_of(database::Reader& reader, const Surroundings& around, database::ReturnRow row) {
  ReturnView view{.state = state_of(reader, row), .by_hub = row.purchase.starts_with(by_order), .store = around.store};
  const std::string id = name_in(row);
  const auto sold = view.by_hub ? std::nullopt : receipt_of(reader, sync::ReceiptId{id});
  view.purchase = sold ? receipt_text(sold->sale->store, id) : id;
  if (!row.ticket.empty()) view.ticket = database::ticket(reader.connection(), row.ticket);
  view.row = std::move(row);
  return view;
}

void write(JsonWriter& out, const PurchaseLine& line) {
  out.object().field("line", line.line).field("sku", line.sku.text).key("title").object();
  for (const auto& [language, words] : line.title) out.field(language, words);
  out.end_object().field("pictogram", line.pictogram).field("tile", line.tile).field("bought", line.bought);
  out.field("returned", line.returned).field("returnable", line.returnable()).field("paid", line.paid_minor);
  out.field("until", line.until.value).key("barred");
  if (line.bar == ReturnBar::none) {
    out.null();
  } else {
    out.string(word_of(line.bar));
  }
  out.end_object();
}

void write(JsonWriter& out, const ReturnView& view) {
  const json body = json::parse(view.row.body);
  out.object().field("return", view.row.id).field("purchase", view.purchase).field("at", view.row.at.value);
  out.field("state", word_of(view.state)).field("currency", view.row.currency).field("refund", view.row.refund_minor);
  out.field("refund_by", view.by_hub ? "hub" : "till").field("goods", body.at("goods").get<std::int64_t>());
  out.field("reason", body.at("reason").get<std::string>()).field("condition", body.at("condition").get<std::string>());
  out.key("lines").raw(body.at("lines").dump()).key("settlement");
  if (view.ticket) {
    const json sale = json::parse(view.ticket->body);
    out.object().field("ticket", view.ticket->id).field("code", view.ticket->code);
    out.field("qr", ticket_text(view.store, view.ticket->id)).field("state", view.ticket->state);
    out.field("to_pay", sale.at("totals").at("to_pay").get<std::int64_t>());
    out.field("receipt", view.ticket->receipt.empty() ? "" : receipt_text(view.store, view.ticket->receipt)).end_object();
  } else {
    out.null();
  }
  out.end_object();
}

void write_words(JsonWriter& out, const char* name, const std::vector<std::string>& words) {
  out.key(name).array();
  for (const std::string& word : words) out.string(word);
  out.end_array();
}

}  // namespace

std::string_view word_of(ReturnState state) {
  constexpr std::array<std::string_view, 4> words = {"settled", "pending", "questioned", "denied"};
  return words[static_cast<std::size_t>(state)];
}

ReturnState state_of(database::Reader& reader, const database::ReturnRow& row) {
  const bool waits = database::return_waits(reader.connection(), row.id);
  const auto state = row.purchase.starts_with(by_order) ? state_of_order : state_of_receipt;
  return state(reader, row, name_in(row), waits);
}

std::vector<database::ReturnRow> questioned_returns(database::Reader& reader) {
  auto rows = database::newest_by_receipt(reader.connection(), returns_looked_at);
  std::erase_if(rows, [&](const database::ReturnRow& row) { return state_of(reader, row) != ReturnState::questioned; });
  return rows;
}

Result<Purchase> find_purchase(database::Reader& reader, const Surroundings& around, std::string_view text) {
  auto rules = sync::protocol::return_rules(reader.body("settings", "chain").value_or(""));
  if (auto order = order_named(reader, text)) return of_order(reader, around, std::move(*order), std::move(rules));
  const NamedReceipt named = receipt_named(around.store, text);
  auto receipt = receipt_of(reader, named.id);
  if (!receipt) return fail("purchase_unknown", "this store has no such order and no such receipt");
  return of_receipt(reader, around, named.id, std::move(*receipt), std::move(rules));
}

Result<PurchaseView> purchase_view(database::Reader& reader, const Surroundings& around, std::string_view text) {
  reader.begin();
  auto answer = [&]() -> Result<PurchaseView> {
    if (reader.in_doubt()) return in_doubt();
    auto purchase = find_purchase(reader, around, text);
    if (!purchase) return std::unexpected(purchase.error());
    PurchaseView view{std::move(*purchase), {}};
    for (database::ReturnRow& row : database::returns_of(reader.connection(), view.purchase.key))
      view.returns.push_back(view_of(reader, around, std::move(row)));
    return view;
  }();
  if (auto failed = reader.end()) return std::unexpected(*failed);
  return answer;
}

Result<ReturnView> return_view(database::Reader& reader, const Surroundings& around, std::string_view id) {
  reader.begin();
  auto row = database::return_row(reader.connection(), id);
  std::optional<ReturnView> view;
  if (row) view = view_of(reader, around, std::move(*row));
  if (auto failed = reader.end()) return std::unexpected(*failed);
  if (!view) return fail("return_unknown", "no such return is here");
  return std::move(*view);
}

std::string to_json(const PurchaseView& view) {
  const Purchase& purchase = view.purchase;
  JsonWriter out;
  out.object().field("purchase", purchase.name).field("by", purchase.order ? "order" : "receipt");
  out.field("currency", purchase.currency).field("channel", purchase.channel).field("bought_at", purchase.bought_at.value);
  out.field("unpaid", purchase.unpaid_minor).field("right_here", purchase.right_here);
  write_words(out, "exceptions", purchase.exceptions);
  write_words(out, "reasons", purchase.rules.reasons);
  out.key("conditions").array();
  for (const sync::rules::ReturnCondition& one : purchase.rules.conditions)
    out.object().field("condition", one.name).field("restock", one.restock).end_object();
  out.end_array().field("window_days", purchase.rules.window_days).key("lines").array();
  for (const PurchaseLine& line : purchase.lines) write(out, line);
  out.end_array().key("returns").array();
  for (const ReturnView& one : view.returns) write(out, one);
  out.end_array().end_object();
  return out.take();
}

std::string to_json(const ReturnView& view) {
  JsonWriter out;
  write(out, view);
  return out.take();
}

}  // namespace vitrine::edge::local_api
