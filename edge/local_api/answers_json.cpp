// SPDX-License-Identifier: Apache-2.0
// One writer a type; parts that several answers share come first.
#include "edge/local_api/answers_json.hpp"

#include <array>

#include "edge/local_api/coupons.hpp"
#include "edge/local_api/nearby.hpp"
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
  out.key("freshness").string(word_of(stock->freshness)).end_object();
}

void write(JsonWriter& out, const std::map<std::string, std::string>& words) {
  out.object();
  for (const auto& [language, text] : words) out.key(language).string(text);
  out.end_object();
}

void write(JsonWriter& out, const sync::pricing::Totals& totals) {
  out.object().key("currency").string(totals.currency).key("units").number(totals.units);
  out.key("lines_left_out").number(totals.lines_left_out).key("subtotal").number(totals.subtotal_minor);
  out.key("saved").number(totals.reduced_minor).key("to_pay").number(totals.to_pay_minor).key("taxes").array();
  for (const sync::pricing::TaxSum& tax : totals.taxes) {
    out.object().key("class").string(tax.tax_class).key("basis_points").number(tax.basis_points);
    out.key("included").truth(tax.included).key("net").number(tax.net_minor).key("tax").number(tax.tax_minor).end_object();
  }
  out.end_array().end_object();
}

// As a time and, for screens with a clock of their own, as milliseconds from now.
void write_time_of_change(JsonWriter& out, const CartView& cart) {
  out.key("changes_at");
  if (!cart.changes_at) {
    out.null().key("changes_in_ms").null();
    return;
  }
  out.number(cart.changes_at->value).key("changes_in_ms").number(cart.changes_at->value - cart.priced_at.value);
}

void write_reductions(JsonWriter& out, const CartView& cart) {
  out.key("reductions").array();
  for (const sync::pricing::Reduction& one : cart.reductions) {
    out.object().key("promotion").string(one.promotion).key("title");
    write(out, one.title);
    out.key("minor").number(one.minor).key("unverified").truth(one.unverified);
    if (one.coupon) out.key("coupon").string(*one.coupon);
    out.end_object();
  }
  out.end_array();
}

// What promotions gave, and which ones wait for a membership to be shown.
void write_promotions(JsonWriter& out, const CartView& cart) {
  write_reductions(out, cart);
  out.key("withheld").array();
  for (const sync::pricing::Withheld& one : cart.withheld) {
    out.object().key("promotion").string(one.promotion).key("title");
    write(out, one.title);
    out.key("segment").string(one.segment).end_object();
  }
  out.end_array();
  write_time_of_change(out, cart);
}

void write_fields(JsonWriter& out, const ProductCard& product) {
  out.key("sku").string(product.sku.text).key("title");
  write(out, product.title);
  out.key("pictogram").string(product.pictogram).key("tile").string(product.tile).key("price");
  write(out, product.price);
  out.key("list_price");
  write(out, product.list_price);
  out.key("stock");
  write(out, product.stock);
  out.field("picture", product.picture);
}

void write(JsonWriter& out, const ProductCard& product) {
  out.object();
  write_fields(out, product);
  out.end_object();
}

void write_or_null(JsonWriter& out, const std::optional<std::int64_t>& number) {
  if (number) {
    out.number(*number);
  } else {
    out.null();
  }
}

void write(JsonWriter& out, const std::optional<ProductFacets>& facets) {
  if (!facets) {
    out.null();
    return;
  }
  out.object().key("departments").array();
  for (const ProductFacets::Department& one : facets->departments) {
    out.object().key("id").string(one.id).key("name");
    write(out, one.name);
    out.key("count").number(one.count).end_object();
  }
  out.end_array().key("prices").array();
  for (const ProductFacets::Band& band : facets->prices) {
    out.object().key("from").number(band.from_minor).key("to");
    write_or_null(out, band.to_minor);
    out.key("count").number(band.count).end_object();
  }
  out.end_array().key("in_stock").number(facets->in_stock).end_object();
}

void write(JsonWriter& out, const CartLineView& line, bool with_picture) {
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
  out.key("counted").truth(line.counted).key("to_pay").number(line.to_pay_minor).key("quoted").truth(line.quoted);
  out.key("savings").array();
  for (const CartLineView::Saving& saving : line.savings) {
    out.object().key("promotion").string(saving.promotion).key("minor").number(saving.minor).end_object();
  }
  out.end_array().key("stock");
  write(out, line.stock);
  out.key("sold_out").truth(line.sold_out).key("waiting").truth(line.waiting);
  if (with_picture) out.field("picture", line.picture);
  out.end_object();
}

}  // namespace

void write_product(JsonWriter& out, const ProductCard& product) { write(out, product); }

std::string_view word_of(Freshness freshness) { return freshness_words[static_cast<std::size_t>(freshness)]; }

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
    out.key("filled").truth(stream.filled).key("repairs").number(stream.repairs).end_object();
  }
  out.end_array().key("outbox").object().key("waiting").number(health.outbox_waiting);
  out.key("oldest_at").number(health.outbox_oldest_at.value);
  out.key("set_aside").number(health.outbox_set_aside).end_object();
  out.key("refused").number(health.refused).key("era").number(health.era);
  out.key("in_doubt").truth(health.in_doubt);
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
  out.key("colours");
  write(out, store.settings.colours);
  out.key("distance_unit").string(store.settings.distance_unit);
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
  out.key("greet_by_name")
      .truth(store.settings.greet_by_name)
      .key("delivers")
      .truth(store.settings.delivers)
      .key("ready")
      .truth(store.ready)
      .key("fill");
  if (store.fill) {
    out.object().key("stream").string(store.fill->stream).key("have").number(store.fill->have);
    out.key("of").number(store.fill->of).end_object();
  } else {
    out.null();
  }
  out.key("link");
  write(out, store.link);
  out.key("phone_page").string(store.settings.link_base).field("keeps_carts", store.keeps_carts).end_object();
  return out.take();
}

std::string to_json(const ProductPage& page) {
  JsonWriter out;
  out.object();
  write_fields(out, page.card);
  out.key("gtins");
  write(out, page.gtins);
  out.key("department").object().key("id").string(page.department).key("name");
  write(out, page.department_name);
  out.end_object().key("category");
  write(out, page.category);
  out.key("brand").string(page.brand).key("description");
  write(out, page.description);
  out.key("attributes");
  write(out, page.attributes);
  out.key("variants").array();
  for (const ProductPage::Variant& variant : page.variants) {
    out.object();
    write_fields(out, variant.card);
    out.key("attributes");
    write(out, variant.attributes);
    out.end_object();
  }
  out.end_array();
  write_nearby(out, page.nearby);
  out.key("goes_with").array();
  for (const ProductCard& card : page.goes_with) write(out, card);
  out.end_array().key("pictures");
  write(out, page.pictures);
  out.key("age_restriction").number(page.age_restriction).key("ar_url");
  write_or_null(out, page.ar_url.empty() ? std::nullopt : std::optional(page.ar_url));
  out.key("code").object().key("price");
  write_or_null(out, page.code_price_minor);
  out.key("weight_g");
  write_or_null(out, page.code_weight_g);
  out.end_object().end_object();
  return out.take();
}

std::string to_json(const ProductList& list) {
  JsonWriter out;
  out.object().key("products").array();
  for (const ProductCard& product : list.products) write(out, product);
  out.end_array().key("total").number(list.total).key("more").truth(list.more).key("forgiven").truth(list.forgiven).key("facets");
  write(out, list.facets);
  out.end_object();
  return out.take();
}

std::string to_json(const CartView& cart) {
  JsonWriter out;
  out.object()
      .key("cart")
      .string(cart.cart.text)
      .key("tag")
      .string(cart.tag)
      .key("known")
      .string(cart.from_base ? "base" : "pass")
      .key("first_name");
  write_or_null(out, cart.first_name);
  out.key("has_choices").truth(cart.has_choices).key("has_owner").truth(cart.has_owner);
  out.key("channel").string(cart.channel).key("changed_at").number(cart.changed_at.value);
  out.key("changed_by").string(cart.changed_by).key("pass");
  if (cart.pass) {
    out.object().key("id").string(cart.pass->pass.text).key("v").array().number(cart.pass->seen.era);
    out.number(cart.pass->seen.number).end_array().end_object();
  } else {
    out.null();
  }
  out.key("lines").array();
  for (const CartLineView& line : cart.lines) write(out, line, true);
  out.end_array().key("totals");
  write(out, cart.totals);
  write_promotions(out, cart);
  write_coupons(out, cart);
  out.key("link");
  write(out, cart.link);
  out.key("outbox_waiting").number(cart.outbox_waiting).end_object();
  return out.take();
}

std::string ticket_body(const CartView& cart) {
  JsonWriter out;
  out.object().key("lines").array();
  for (const CartLineView& line : cart.lines) write(out, line, false);
  out.end_array().key("totals");
  write(out, cart.totals);
  write_reductions(out, cart);
  out.key("priced_at").number(cart.priced_at.value).end_object();
  return out.take();
}

std::string problem_json(int status, const Error& error) {
  JsonWriter out;
  out.object().key("type").string("urn:vitrine:problem:" + error.code).key("title").string(error.message);
  out.key("status").number(status).key("code").string(error.code).key("detail").string(error.message).end_object();
  return out.take();
}

}  // namespace vitrine::edge::local_api
