// SPDX-License-Identifier: Apache-2.0
// Judged once: what passes here can be reckoned with.
#include "kiosk/io/purchase_codec.hpp"

#include <array>

namespace vitrine::kiosk::answer {

namespace {

constexpr std::int64_t minor_max = 1'000'000'000'000'000;

Barred barred(const json& object) {
  if (is_absent(object, "barred")) return Barred::no;
  const std::string word = text(object, "barred");
  if (word == "nothing_left") return Barred::nothing_left;
  if (word == "too_late") return Barred::too_late;
  return Barred::not_taken_back;  // and what a later version calls otherwise
}

ReturnState state(const std::string& word) {
  if (word == "settled") return ReturnState::settled;
  if (word == "pending") return ReturnState::pending;
  if (word == "questioned") return ReturnState::questioned;
  if (word == "denied") return ReturnState::denied;
  throw Misshapen{"state is unknown"};
}

PurchaseLine line(const json& object) {
  PurchaseLine read;
  read.line = number(object, "line", 1, INT64_MAX);
  read.sku = text(object, "sku");
  read.title = words(object, "title");
  read.pictogram = text_or_empty(object, "pictogram");
  read.tile = text_or_empty(object, "tile");
  read.bought = number(object, "bought", 1, units_max);
  read.returned = number(object, "returned", 0, read.bought);
  read.paid = number(object, "paid", 0, minor_max);
  read.until = time(object, "until");
  read.barred = barred(object);
  return read;
}

}  // namespace

void write(json& body, const TakeBack& act) {
  body["reason"] = act.reason;
  body["condition"] = act.condition;
  if (!act.overrule.empty()) body["overrule"] = act.overrule;
  body["lines"] = json::array();
  for (const auto& [number, units] : act.lines) body["lines"].push_back({{"line", number}, {"units", units}});
  if (act.exchange.empty()) return;
  body["exchange"] = json::array();
  for (const SwapGoods& one : act.exchange) body["exchange"].push_back({{"sku", one.sku}, {"units", one.units}});
}

PurchaseSeen purchase(const json& object) {
  PurchaseSeen read;
  read.name = text(object, "purchase");
  read.by_order = text(object, "by") == "order";
  read.currency = text_or_empty(object, "currency");
  read.channel = text_or_empty(object, "channel");
  read.bought_at = time(object, "bought_at");
  read.unpaid = number(object, "unpaid", 0, minor_max);
  read.right_here = object.at("right_here").get<bool>();
  read.questioned = !list(object, "exceptions").empty();
  read.reasons = texts(object, "reasons", 64);
  for (const json& one : list(object, "conditions"))
    read.conditions.push_back({text(one, "condition"), one.at("restock").get<bool>()});
  for (const json& one : list(object, "lines")) read.lines.push_back(line(one));
  return read;
}

ReturnDone done(const json& object) {
  ReturnDone read;
  read.id = hex_id(object, "return");
  read.state = state(text(object, "state"));
  read.currency = text_or_empty(object, "currency");
  read.refund = number(object, "refund", 0, minor_max);
  read.by_hub = text(object, "refund_by") == "hub";
  read.goods = number(object, "goods", 0, minor_max);
  if (is_absent(object, "settlement")) return read;
  const json& settlement = object.at("settlement");
  read.ticket = text(settlement, "ticket");
  read.code = text(settlement, "code");
  read.qr = text(settlement, "qr");
  read.settled = text(settlement, "state") == "paid";
  read.to_pay = number(settlement, "to_pay", -minor_max, minor_max);
  return read;
}

}  // namespace vitrine::kiosk::answer
