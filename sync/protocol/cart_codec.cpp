// SPDX-License-Identifier: Apache-2.0
// Cart documents as JSON. Operations: cart_operation_codec.cpp.
#include "sync/protocol/cart_codec.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "sync/protocol/cart_fields.hpp"
#include "sync/protocol/json_input.hpp"

namespace vitrine::sync::protocol {

namespace {

using nlohmann::json;

constexpr std::size_t cart_bytes_max = 1 << 20;
constexpr std::string_view code = "cart_malformed";
constexpr std::array known_fields = {"owner",      "channel",    "store", "generation", "created_at",
                                     "changed_at", "changed_by", "lines", "dead",       "expires_at"};

Dot decode_dot(const Fields& fields) {
  Dot dot;
  dot.id = DotId{fields.text("id", is_dot_id)};
  dot.units = fields.integer("n", 1, rules::cart_quantity_max);
  dot.taken = fields.integer("taken", 0, dot.units);
  dot.born = decode_version(fields, "born");
  dot.taken_here = fields.integer_if_any("here", 0, dot.taken).value_or(0);
  return dot;
}

CartLine decode_line(const Fields& fields) {
  CartLine line;
  line.key = fields.text("key", is_line_key);
  line.sku = Sku{fields.text("sku", is_sku)};
  const json& dots = fields.array("dots", rules::cart_dots_max);
  line.dots.reserve(dots.size());
  for (std::size_t i = 0; i < dots.size(); ++i) {
    line.dots.push_back(decode_dot({dots[i], fields.path_of("dots") + "[" + std::to_string(i) + "]", fields.mistake()}));
  }
  return line;
}

// What no single field shows: ids and keys are there once, and the caps hold.
void judge_whole(const Cart& cart, Mistake& mistake) {
  std::set<std::string_view> keys;
  std::set<std::string_view> dots;
  std::size_t count = 0;
  for (const CartLine& line : cart.lines) {
    if (!keys.insert(line.key).second) mistake.at("lines", "a key twice");
    if (line.units() > rules::cart_quantity_max) mistake.at("lines", "too many units on a line");
    for (const Dot& dot : line.dots) {
      ++count;
      if (!dots.insert(dot.id.text).second) mistake.at("lines", "a dot twice");
    }
  }
  if (count > rules::cart_dots_max) mistake.at("lines", "too many dots");
}

std::string decode_unknown(const json& body) {
  json unknown = json::object();
  for (const auto& [name, value] : body.items()) {
    if (std::ranges::find(known_fields, name) == known_fields.end()) unknown[name] = value;
  }
  return dump(unknown);
}

json encode_line(const CartLine& line) {
  json dots = json::array();
  for (const Dot& dot : line.dots) {
    json one = {{"id", dot.id.text}, {"n", dot.units}, {"taken", dot.taken}, {"born", encode_version(dot.born)}};
    if (dot.taken_here != 0) one["here"] = dot.taken_here;
    dots.push_back(std::move(one));
  }
  return {{"key", line.key}, {"sku", line.sku.text}, {"dots", std::move(dots)}};
}

}  // namespace

Result<Cart> decode_cart(const CartId& id, std::string_view text) {
  const auto body = parse_object(text, cart_bytes_max, code);
  if (!body) return std::unexpected(body.error());
  Mistake mistake(code);
  const Fields fields(*body, "", mistake);
  Cart cart;
  cart.id = id;
  if (auto owner = fields.text_if_any("owner", 1, customer_bytes_max)) cart.owner = CustomerId{*owner};
  cart.channel = fields.text("channel", 0, channel_bytes_max);
  if (auto store = fields.text_if_any("store", is_store_id)) cart.store = StoreId{*store};
  cart.generation = static_cast<std::uint32_t>(fields.integer("generation", 1, 0xffffffffLL));
  cart.created_at = decode_time(fields, "created_at");
  cart.changed_at = decode_time(fields, "changed_at");
  cart.changed_by = fields.text("changed_by", 0, actor_bytes_max);
  cart.expires_at = decode_time(fields, "expires_at");
  const json& lines = fields.array("lines", rules::cart_dots_max);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    cart.lines.push_back(decode_line({lines[i], "lines[" + std::to_string(i) + "]", mistake}));
  }
  const json& dead = fields.array("dead", rules::cart_dead_max);
  for (std::size_t i = 0; i < dead.size(); ++i) {
    const Fields one(dead[i], "dead[" + std::to_string(i) + "]", mistake);
    cart.dead.push_back({DotId{one.text("id", is_dot_id)}, decode_time(one, "at")});
  }
  if (!mistake.made()) judge_whole(cart, mistake);
  if (mistake.made()) return mistake.error();
  cart.unknown_fields = decode_unknown(*body);
  return cart;
}

std::string encode_cart(const Cart& cart) {
  json body = json::object();
  if (cart.unknown_fields != "{}") {
    body = json::parse(cart.unknown_fields, nullptr, false);
    if (!body.is_object()) body = json::object();
  }
  if (cart.owner) body["owner"] = cart.owner->text;
  body["channel"] = cart.channel;
  if (cart.store) body["store"] = cart.store->text;
  body["generation"] = cart.generation;
  body["created_at"] = cart.created_at.value;
  body["changed_at"] = cart.changed_at.value;
  body["changed_by"] = cart.changed_by;
  body["expires_at"] = cart.expires_at.value;
  json lines = json::array();
  for (const CartLine& line : cart.lines) lines.push_back(encode_line(line));
  body["lines"] = std::move(lines);
  json dead = json::array();
  for (const DeadDot& dot : cart.dead) dead.push_back({{"id", dot.id.text}, {"at", dot.at.value}});
  body["dead"] = std::move(dead);
  return dump(body);
}

}  // namespace vitrine::sync::protocol
