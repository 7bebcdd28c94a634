// SPDX-License-Identifier: Apache-2.0
// One customer as a panel shows them, and as JSON.
#include "edge/local_api/people.hpp"

#include <algorithm>

#include "sync/protocol/cart_codec.hpp"
#include "sync/protocol/customer_codec.hpp"
#include "sync/protocol/json_writer.hpp"
#include "sync/protocol/order_codec.hpp"
#include "sync/rules/order_state.hpp"

namespace vitrine::edge::local_api {

using sync::protocol::JsonWriter;

namespace {

constexpr std::size_t shown_max = 200;  // carts, orders

// "Maya" → "M…": the first character, whatever its length in bytes.
std::string masked(const std::string& name) {
  std::size_t end = std::min<std::size_t>(1, name.size());
  while (end < name.size() && (static_cast<unsigned char>(name[end]) & 0xC0U) == 0x80U) ++end;
  return name.substr(0, end) + "…";
}

std::vector<std::string> languages_of(const sync::Customer& customer) {
  return customer.languages.empty() ? std::vector<std::string>{customer.language} : customer.languages;
}

void write_texts(JsonWriter& out, const char* key, const std::vector<std::string>& texts) {
  out.key(key).array();
  for (const std::string& text : texts) out.string(text);
  out.end_array();
}

std::vector<CartHead> carts_of(database::Reader& reader, const sync::CustomerId& customer) {
  std::vector<CartHead> found;
  reader.each_seen_with("cart", "owner", customer.text, [&](std::string_view id, std::string_view body) {
    const sync::CartId cart_id{std::string(id)};
    const auto cart = sync::protocol::decode_cart(cart_id, body);
    if (!cart || cart->owner != customer || found.size() >= shown_max) return;
    CartHead head{cart_id, static_cast<std::int64_t>(cart->lines.size()), 0, cart->changed_at};
    for (const auto& line : cart->lines) head.units += line.units();
    found.push_back(head);
  });
  return found;
}

std::vector<sync::Order> orders_of(database::Reader& reader, const sync::CustomerId& customer, bool over) {
  std::vector<sync::Order> found;
  reader.each_seen_with("order", "customer", customer.text, [&](std::string_view id, std::string_view body) {
    auto order = sync::protocol::decode_order(sync::OrderId{std::string(id)}, body);
    if (!order || order->customer != customer || sync::rules::is_over(*order) != over || found.size() >= shown_max) return;
    found.push_back(std::move(*order));
  });
  std::ranges::sort(found, std::ranges::greater{}, [](const sync::Order& order) { return std::pair(order.placed_at, order.id); });
  return found;
}

void write_head(JsonWriter& out, const sync::Customer& customer) {
  out.key("customer").object().field("name", masked(customer.first_name)).field("initial", customer.initial);
  out.field("phone_last2", customer.phone_last2).field("language", languages_of(customer).front()).end_object();
}

void write_profile(JsonWriter& out, const sync::Customer& customer) {
  out.key("profile").object().field("first_name", customer.first_name).field("initial", customer.initial);
  write_texts(out, "languages", languages_of(customer));
  out.field("country", customer.country).field("phone_last2", customer.phone_last2);
  out.field("home_store", customer.home_store ? customer.home_store->text : std::string());
  std::vector<std::string> kinds;
  for (const sync::Identity& one : customer.identities) {
    if (std::ranges::find(kinds, one.kind) == kinds.end()) kinds.push_back(one.kind);
  }
  write_texts(out, "known_by", kinds);
  out.end_object();
}

void write_preferences(JsonWriter& out, const sync::Customer& customer) {
  out.key("sizes").array();
  for (const sync::WornSize& one : customer.sizes) out.object().field("what", one.what).field("size", one.size).end_object();
  out.end_array();
  write_texts(out, "preferences", customer.preferences);
}

void write_carts(JsonWriter& out, const std::vector<CartHead>& carts) {
  out.key("carts").array();
  for (const CartHead& cart : carts) {
    out.object().field("cart", cart.id.text).key("lines").number(cart.lines).key("units").number(cart.units);
    out.field("changed_at", cart.changed_at.value).end_object();
  }
  out.end_array();
}

void write_orders(JsonWriter& out, const std::vector<sync::Order>& orders) {
  out.key("orders").array();
  for (const sync::Order& order : orders) {
    std::int64_t units = 0;
    for (const sync::OrderLine& line : order.lines) units += line.ordered;
    out.object().field("order", order.id.text).field("status", sync::rules::word_of(sync::rules::status_of(order)));
    out.field("channel", order.channel).field("placed_at", order.placed_at.value).field("promise_at", order.promise_at.value);
    out.key("units").number(units).end_object();
  }
  out.end_array();
}

void write_purpose(JsonWriter& out, const sync::ConsentRegister& consents, std::string_view name) {
  const auto found = consents.purposes.find(std::string(name));
  const sync::ConsentGrant* grant = sync::rules::grant_of(consents, name);
  const auto* withdrawn =
      found == consents.purposes.end() || found->second.withdrawals.empty() ? nullptr : &found->second.withdrawals.back();
  out.object().field("purpose", name);
  out.field("state", grant != nullptr ? "granted" : withdrawn != nullptr ? "withdrawn" : "never_said");
  out.field("at", grant != nullptr ? grant->stamp.at.value : withdrawn != nullptr ? withdrawn->stamp.at.value : 0);
  out.field("source", grant != nullptr ? grant->source : withdrawn != nullptr ? withdrawn->source : std::string());
  out.key("shown").array();
  if (found != consents.purposes.end()) {
    for (const sync::ConsentWithdrawal& one : found->second.withdrawals) out.string(one.stamp.by);
  }
  out.end_array().end_object();
}

void write_consents(JsonWriter& out, const sync::ConsentRegister& consents) {
  out.key("consents").array();
  for (const std::string_view purpose : sync::consent_purposes) write_purpose(out, consents, purpose);
  out.end_array();
}

// Which panels there are, and which of them they have agreed to.
void write_panels(JsonWriter& out, const sync::ConsentRegister& consents) {
  out.key("panels").array();
  for (const Panel& panel : panels) {
    const bool open = panel.purpose.empty() || sync::rules::is_granted(consents, panel.purpose);
    out.object().field("panel", panel.name).field("state", open ? "shown" : "no_consent").end_object();
  }
  out.end_array();
}

}  // namespace

const Panel* panel_named(std::string_view name) {
  const auto* found = std::ranges::find(panels, name, &Panel::name);
  return found == panels.end() ? nullptr : found;
}

Result<CustomerView> customer_view(database::Reader& reader, const Surroundings& around, const LookUp& look_up,
                                   const Panel* panel, const TimelineAsk& timeline) {
  reader.begin();
  CustomerView view;
  view.panel = panel == nullptr ? std::string_view() : panel->name;
  const bool doubt = reader.in_doubt();
  const auto body = reader.body("customer", look_up.customer.text);
  auto customer = body ? sync::protocol::decode_customer(*body) : fail("", "");
  const bool erased = !customer && reader.is_erased(look_up.customer);
  const bool here = customer && (!customer->expires_at || *customer->expires_at > around.now);
  if (here) {
    view.customer = std::move(*customer);
    view.consents = reader.consents(look_up.customer);
    // Asked anew: it may have been withdrawn since the audit's line was written.
    view.shown = panel == nullptr || panel->purpose.empty() || sync::rules::is_granted(view.consents, panel->purpose);
    if (view.shown && view.panel == "carts") view.carts = carts_of(reader, look_up.customer);
    if (view.shown && view.panel == "orders") view.orders = orders_of(reader, look_up.customer, false);
    if (view.shown && view.panel == "history") view.orders = orders_of(reader, look_up.customer, true);
    if (view.shown && view.panel == "timeline") view.timeline = timeline_of(reader, look_up.customer, around.now, timeline);
    if (view.shown && view.panel == "cases")
      view.cases = cases_of(reader, look_up.customer, around.store, around.now, CasesOf::waiting);
    if (view.shown && view.panel == "conversations")
      view.cases = cases_of(reader, look_up.customer, around.store, around.now, CasesOf::others);
    if (view.shown && view.panel == "offers") view.offers = offers_of(reader, around, look_up.customer);
  }
  if (auto failed = reader.end()) return std::unexpected(*failed);
  if (doubt) return in_doubt();
  if (erased) return fail("customer_erased", "their data was erased at their wish");
  if (!here) return fail("customer_unknown", "they are not here any more");
  return view;
}

std::string to_json(const CustomerView& view) {
  JsonWriter out;
  out.object().field("look_up", view.look_up).field("panel", view.panel.empty() ? "head" : view.panel);
  out.field("state", view.shown ? "shown" : "no_consent");
  if (view.panel.empty()) {
    write_head(out, view.customer);
    write_panels(out, view.consents);
  }
  if (view.shown && view.panel == "profile") write_profile(out, view.customer);
  if (view.shown && view.panel == "preferences") write_preferences(out, view.customer);
  if (view.shown && view.panel == "carts") write_carts(out, view.carts);
  if (view.shown && (view.panel == "orders" || view.panel == "history")) write_orders(out, view.orders);
  if (view.shown && view.panel == "timeline") write_timeline(out, view.timeline);
  if (view.shown && (view.panel == "cases" || view.panel == "conversations")) write_cases(out, view.cases);
  if (view.shown && view.panel == "offers") write_offers(out, view.offers);
  if (view.shown && view.panel == "consents") write_consents(out, view.consents);
  out.end_object();
  return out.take();
}

std::string choices_json(const CustomerView& consents) {
  JsonWriter out;
  out.object();
  write_consents(out, consents.consents);
  out.end_object();
  return out.take();
}

std::string receipt_json(const ConsentReceipt& receipt, const sync::StoreId& store, const CustomerView& consents) {
  JsonWriter out;
  out.object().key("receipt").object().field("number", receipt.number.text).field("purpose", receipt.purpose);
  out.field("state", receipt.granted ? "granted" : "withdrawn")
      .field("at", receipt.at.value)
      .field("store", store.text)
      .end_object();
  write_consents(out, consents.consents);
  out.end_object();
  return out.take();
}

}  // namespace vitrine::edge::local_api
