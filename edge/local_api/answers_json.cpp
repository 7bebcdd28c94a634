// SPDX-License-Identifier: Apache-2.0
// One writer a type; parts that several answers share come first.
#include "edge/local_api/answers_json.hpp"

#include <array>

#include "sync/protocol/json_writer.hpp"

namespace vitrine::edge::local_api {

using sync::protocol::JsonWriter;

namespace {

constexpr std::array<std::string_view, 5> freshness_words = {"fresh", "recent", "old", "check", "unknown"};

void write(JsonWriter& out, const database::Translations& words) {
  out.object();
  for (const auto& [language, text] : words) out.key(language).string(text);
  out.end_object();
}

void write(JsonWriter& out, const std::vector<std::string>& texts) {
  out.array();
  for (const std::string& text : texts) out.string(text);
  out.end_array();
}

void write(JsonWriter& out, const std::optional<sync::Money>& money) {
  if (!money) {
    out.null();
    return;
  }
  out.object().key("minor").number(money->minor).key("currency").string(money->currency).end_object();
}

void write_or_null(JsonWriter& out, const std::optional<std::string>& text) {
  if (text) {
    out.string(*text);
  } else {
    out.null();
  }
}

void write(JsonWriter& out, const LinkReport& link) {
  out.object().key("online").truth(link.online).key("enabled").truth(link.enabled).key("since").number(link.since.value);
  out.key("last_contact").number(link.last_contact.value).key("reason").string(link.reason).end_object();
}

void write(JsonWriter& out, const std::optional<StockAnswer>& stock) {
  if (!stock) {
    out.null();
    return;
  }
  out.object().key("on_hand").number(stock->on_hand);
  if (!stock->aisle.empty()) out.key("aisle").string(stock->aisle);
  if (!stock->bay.empty()) out.key("bay").string(stock->bay);
  out.key("as_of").number(stock->as_of.value);
  out.key("freshness").string(freshness_words[static_cast<std::size_t>(stock->freshness)]).end_object();
}

void write(JsonWriter& out, const ProductCard& product) {
  out.object().key("sku").string(product.sku.text).key("title");
  write(out, product.title);
  out.key("pictogram").string(product.pictogram).key("tile").string(product.tile).key("price");
  write(out, product.price);
  out.key("list_price");
  write(out, product.list_price);
  out.key("stock");
  write(out, product.stock);
  out.end_object();
}

void write(JsonWriter& out, const CartLineView& line) {
  out.object().key("key").string(line.key).key("sku").string(line.sku.text).key("title");
  write(out, line.title);
  out.key("pictogram").string(line.pictogram).key("tile").string(line.tile).key("units").number(line.units);
  out.key("shown").array();
  for (const sync::DotId& dot : line.shown) out.string(dot.text);
  out.end_array().key("unit_price");
  write(out, line.unit_price);
  out.key("list_price");
  write(out, line.list_price);
  out.key("total");
  write(out, line.total);
  out.key("counted").truth(line.counted).key("stock");
  write(out, line.stock);
  out.key("sold_out").truth(line.sold_out).key("waiting").truth(line.waiting).end_object();
}

}  // namespace

std::string to_json(const LinkReport& link) {
  JsonWriter out;
  write(out, link);
  return out.take();
}

std::string to_json(const Health& health) {
  JsonWriter out;
  out.object().key("status").string(health.ok ? "ok" : "degraded").key("store").string(health.store.text);
  out.key("software").string(health.software).key("now").number(health.now.value).key("link");
  write(out, health.link);
  out.key("streams").array();
  for (const StreamReport& stream : health.streams) {
    out.object().key("name").string(stream.name).key("seq").number(stream.seq).key("head").number(stream.head);
    out.key("filled").truth(stream.filled).end_object();
  }
  out.end_array().key("outbox").object().key("waiting").number(health.outbox_waiting);
  out.key("oldest_at").number(health.outbox_oldest_at.value).end_object();
  out.key("database").object().key("path_free_bytes").number(health.free_bytes);
  out.key("size_bytes").number(health.database_bytes).end_object().key("kiosks").number(health.kiosks).end_object();
  return out.take();
}

std::string to_json(const StoreAnswer& store) {
  JsonWriter out;
  out.object().key("store").string(store.store.text).key("name").string(store.content.name);
  out.key("brand").string(store.settings.brand).key("tagline");
  write(out, store.settings.tagline);
  out.key("languages");
  write(out, store.content.languages.empty() ? store.settings.languages : store.content.languages);
  out.key("default_language").string(store.settings.default_language).key("currency").string(store.content.currency);
  out.key("time_zone").string(store.content.time_zone).key("opening_hours").array();
  for (const hours::OpeningHours& rule : store.content.opening_hours) {
    out.object().key("days").array();
    for (const int day : rule.days) out.number(day);
    out.end_array().key("from").string(rule.from).key("to").string(rule.to).end_object();
  }
  out.end_array().key("open_now").truth(store.opening.open_now).key("opens_at");
  write_or_null(out, store.opening.opens_at);
  out.key("closes_at");
  write_or_null(out, store.opening.closes_at);
  out.key("greet_by_name").truth(store.settings.greet_by_name).key("ready").truth(store.ready).key("fill");
  if (store.fill) {
    out.object().key("stream").string(store.fill->stream).key("have").number(store.fill->have);
    out.key("of").number(store.fill->of).end_object();
  } else {
    out.null();
  }
  out.key("link");
  write(out, store.link);
  out.key("phone_page").string(store.settings.link_base).end_object();
  return out.take();
}

std::string to_json(const ProductCard& product) {
  JsonWriter out;
  write(out, product);
  return out.take();
}

std::string to_json(const ProductList& list) {
  JsonWriter out;
  out.object().key("products").array();
  for (const ProductCard& product : list.products) write(out, product);
  out.end_array().key("more").truth(list.more).end_object();
  return out.take();
}

std::string to_json(const CartView& cart) {
  JsonWriter out;
  out.object().key("cart").string(cart.cart.text).key("known").string(cart.from_base ? "base" : "pass").key("first_name");
  write_or_null(out, cart.first_name);
  out.key("channel").string(cart.channel).key("changed_at").number(cart.changed_at.value);
  out.key("changed_by").string(cart.changed_by).key("pass");
  if (cart.pass) {
    out.object().key("id").string(cart.pass->pass.text).key("v").array().number(cart.pass->seen.era);
    out.number(cart.pass->seen.number).end_array().end_object();
  } else {
    out.null();
  }
  out.key("lines").array();
  for (const CartLineView& line : cart.lines) write(out, line);
  out.end_array().key("totals").object().key("currency").string(cart.totals.currency).key("units").number(cart.totals.units);
  out.key("lines_left_out").number(cart.totals.lines_left_out).key("subtotal").number(cart.totals.subtotal_minor);
  out.key("to_pay").number(cart.totals.to_pay_minor).end_object().key("link");
  write(out, cart.link);
  out.key("outbox_waiting").number(cart.outbox_waiting).end_object();
  return out.take();
}

std::string problem_json(int status, const Error& error) {
  JsonWriter out;
  out.object().key("type").string("urn:vitrine:problem:" + error.code).key("title").string(error.message);
  out.key("status").number(status).key("code").string(error.code).key("detail").string(error.message).end_object();
  return out.take();
}

}  // namespace vitrine::edge::local_api
