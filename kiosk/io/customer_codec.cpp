// SPDX-License-Identifier: Apache-2.0
#include "kiosk/io/customer_codec.hpp"

#include "kiosk/io/answer_fields.hpp"

namespace vitrine::kiosk::answer {

namespace {

constexpr std::size_t tastes_max = 12;

bool is_shown(const json& object) {
  const std::string state = text(object, "state");
  if (state != "shown" && state != "no_consent") throw Misshapen{"state is unknown"};
  return state == "shown";
}

CustomerCart cart_head(const json& object) {
  return {hex_id(object, "cart"), number(object, "units", 0, units_max * 1000), time(object, "changed_at")};
}

CustomerOrder order_head(const json& object) {
  return {text(object, "order"), text(object, "status"), time(object, "placed_at"), number(object, "units", 0, units_max * 1000)};
}

Doing doing(const json& object) {
  Doing read;
  read.id = hex_id(object, "id");
  read.kind = text(object, "kind");
  read.channel = text(object, "channel");
  read.at = time(object, "at");
  read.title = words(object, "title");
  read.sku = text(object, "sku");
  read.order = text(object, "order");
  read.store = text(object, "store");
  read.text = text(object, "text");
  return read;
}

CaseState case_state(const json& object) {
  const std::string word = text(object, "state");
  if (word == "open") return CaseState::open;
  if (word == "taken") return CaseState::taken;
  if (word == "closed") return CaseState::closed;
  throw Misshapen{"state is unknown"};
}

template <class Case>
void read_owner(const json& object, Case& read) {
  if (is_absent(object, "owner")) return;
  read.owner = text(object.at("owner"), "who");
  read.owner_name = text(object.at("owner"), "name");
}

CaseWord case_word(const json& object) {
  const std::string from = text(object, "from");
  if (from != "customer" && from != "staff") throw Misshapen{"from is unknown"};
  return {text(object, "id"), from == "customer", text(object, "name"), text(object, "text"), time(object, "at")};
}

CaseSeen case_seen(const json& object) {
  CaseSeen read;
  read.id = hex_id(object, "case");
  read.state = case_state(object);
  read.channel = text(object, "channel");
  read.summary = text(object, "summary");
  read.waits = object.at("waits").get<bool>();
  read.since = time(object, "since");
  read_owner(object, read);
  for (const json& one : list(object, "messages")) read.words.push_back(case_word(one));
  return read;
}

OfferSeen offer_seen(const json& object) {
  OfferSeen read{hex_id(object, "offer"), words(object, "title"), words(object, "why"), std::nullopt};
  if (!is_absent(object, "product")) read.product = product_card(object.at("product"));
  return read;
}

// What this counter would name when they agree again.
std::vector<std::string> withdrawals(const json& object) {
  for (const json& one : list(object, "consents")) {
    if (text(one, "purpose") == purpose_of_history) return texts(one, "shown", 64);
  }
  return {};
}

}  // namespace

CustomerSeen customer(const json& object) {
  CustomerSeen read;
  read.look_up = hex_id(object, "look_up");
  const json& who = object.at("customer");
  read.name = text(who, "name");
  read.initial = text(who, "initial");
  read.phone_last2 = text(who, "phone_last2");
  read.language = text(who, "language");
  for (const json& one : list(object, "panels")) {
    if (text(one, "panel") == "timeline") read.shares_history = is_shown(one);
    if (text(one, "panel") == "offers") read.shares_offers = is_shown(one);
    if (text(one, "panel") == "preferences") read.shares_tastes = is_shown(one);
  }
  return read;
}

CustomerPart customer_part(const json& object, const std::string& panel) {
  CustomerPart read;
  read.panel = text(object, "panel");
  if (read.panel != panel) throw Misshapen{"this is another panel"};
  read.shown = is_shown(object);
  if (!read.shown) return read;
  if (panel == "profile") {
    read.first_name = text(object.at("profile"), "first_name");
    read.initial = text(object.at("profile"), "initial");
  } else if (panel == "carts") {
    for (const json& one : list(object, "carts")) read.carts.push_back(cart_head(one));
  } else if (panel == "orders" || panel == "history") {
    for (const json& one : list(object, "orders")) read.orders.push_back(order_head(one));
  } else if (panel == "timeline") {
    for (const json& one : list(object, "activity")) read.doings.push_back(doing(one));
    read.next = text(object, "next");
  } else if (panel == "cases" || panel == "conversations") {
    for (const json& one : list(object, "cases")) read.cases.push_back(case_seen(one));
  } else if (panel == "offers") {
    for (const json& one : list(object, "offers")) read.offers.push_back(offer_seen(one));
  } else if (panel == "preferences") {
    for (const json& one : list(object, "sizes")) read.sizes.push_back({text(one, "what"), text(one, "size")});
    read.preferences = texts(object, "preferences", tastes_max);
  } else if (panel == "consents") {
    read.withdrawals = withdrawals(object);
  }
  return read;
}

CustomerPart part_of_case(const json& object) {
  const std::string panel = text(object, "panel");
  if (panel != "cases" && panel != "conversations") throw Misshapen{"this is another panel"};
  return customer_part(object, panel);
}

CaseCard case_card(const json& object) {
  CaseCard read;
  read.id = hex_id(object, "case");
  read.taken = case_state(object) == CaseState::taken;
  read.channel = text(object, "channel");
  read.language = text_or_empty(object, "language");
  read.since = time(object, "since");
  read_owner(object, read);
  read.offers = offers(object);
  return read;
}

Offers offers(const json& object) {
  Offers read{{}, is_absent(object, "all_at") ? UtcMs{} : time(object, "all_at")};
  if (is_absent(object, "offers")) return read;
  for (const json& one : list(object, "offers"))
    read.people.push_back({text(one, "who"), text_or_empty(one, "name"), time(one, "at")});
  return read;
}

SharingChanged sharing(const json& object, const ChangeSharing& change) {
  const std::string state = text(object.at("receipt"), "state");
  if (state != (change.granted ? "granted" : "withdrawn")) throw Misshapen{"something else was agreed"};
  return {change.granted};
}

}  // namespace vitrine::kiosk::answer
