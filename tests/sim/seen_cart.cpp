// SPDX-License-Identifier: Apache-2.0
#include "tests/sim/seen_cart.hpp"

#include <simdjson.h>

namespace vitrine::sim {

namespace dom = simdjson::dom;

struct Eyes::Parser {
  dom::parser parser;
  dom::element root;
  bool read(std::string_view json) { return parser.parse(json.data(), json.size()).get(root) == simdjson::SUCCESS; }
};

namespace {

std::string text(dom::element from, std::string_view name) {
  std::string_view value;
  return from[name].get(value) == simdjson::SUCCESS ? std::string(value) : std::string();
}

std::int64_t number(dom::element from, std::string_view name) {
  std::int64_t value = 0;
  return from[name].get(value) == simdjson::SUCCESS ? value : 0;
}

}  // namespace

Eyes::Eyes() : parser_(std::make_unique<Parser>()) {}
Eyes::~Eyes() = default;

std::optional<SeenCart> Eyes::cart(std::string_view json) {
  if (!parser_->read(json)) return std::nullopt;
  SeenCart cart;
  cart.owner = text(parser_->root, "owner");
  cart.store = text(parser_->root, "store");
  cart.expires_at = number(parser_->root, "expires_at");
  dom::array coupons;
  if (parser_->root["coupons"].get(coupons) == simdjson::SUCCESS) {
    for (const dom::element code : coupons) cart.coupons.emplace_back(std::string_view(code));
  }
  dom::array lines;
  if (parser_->root["lines"].get(lines) != simdjson::SUCCESS) return std::nullopt;
  for (const dom::element line : lines) {
    const std::string key = text(line, "key");
    dom::array dots;
    if (line["dots"].get(dots) != simdjson::SUCCESS) return std::nullopt;
    for (const dom::element dot : dots) {
      const std::int64_t units = number(dot, "n");
      cart.dots.push_back({text(dot, "id"), key, units, units - number(dot, "taken")});
    }
  }
  return cart;
}

std::optional<SeenOperation> Eyes::operation(std::string_view kind, std::string_view json) {
  if (!parser_->read(json)) return std::nullopt;
  const dom::element& root = parser_->root;
  SeenOperation seen;
  seen.kind = kind;
  seen.sku_or_line = kind == "cart.add" ? text(root, "sku") : text(root, "line");
  seen.units = number(root, "n");
  seen.owner = text(root, "owner");
  seen.store = text(root, "store");
  seen.coupon = text(root, "code");
  if (root["on"].get(seen.on) != simdjson::SUCCESS) seen.on = false;
  dom::array items;
  if (root["shown"].get(items) == simdjson::SUCCESS) {
    for (const dom::element id : items) seen.shown.emplace_back(std::string_view(id));
  }
  dom::element pass;
  if (root["pass"].get(pass) == simdjson::SUCCESS) {
    seen.pass = text(pass, "id");
    dom::array version;
    if (pass["v"].get(version) == simdjson::SUCCESS && version.size() == 2) {
      seen.pass_era = static_cast<std::uint32_t>(std::int64_t(version.at(0)));
      seen.pass_number = static_cast<std::uint64_t>(std::int64_t(version.at(1)));
    }
  }
  if (root["lines"].get(items) == simdjson::SUCCESS) {
    for (const dom::element line : items) seen.pass_lines.emplace_back(text(line, "sku"), number(line, "n"));
  }
  seen.order = text(root, "order");
  if (root["units"].get(items) == simdjson::SUCCESS) {
    for (const dom::element one : items) seen.ordered.push_back({text(one, "line"), text(one, "dot"), number(one, "n")});
  }
  return seen;
}

std::optional<std::int64_t> Eyes::expires_at(std::string_view json) {
  if (!parser_->read(json)) return std::nullopt;
  const std::int64_t at = number(parser_->root, "expires_at");
  return at > 0 ? std::optional(at) : std::nullopt;
}

std::string Eyes::reason(std::string_view json) { return parser_->read(json) ? text(parser_->root, "reason") : std::string(); }

}  // namespace vitrine::sim
