// SPDX-License-Identifier: Apache-2.0
// Cart documents as JSON. Operations: cart_operation_codec.cpp.
#include "sync/protocol/cart_codec.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "sync/model/coupon.hpp"
#include "sync/protocol/cart_fields.hpp"
#include "sync/protocol/json_writer.hpp"
#include "sync/protocol/tape_input.hpp"
#include "sync/protocol/unknown_fields.hpp"

namespace vitrine::sync::protocol {

namespace {

using nlohmann::json;

constexpr std::size_t cart_bytes_max = 1 << 20;
constexpr std::string_view code = "cart_malformed";
constexpr auto known_fields =
    std::to_array<std::string_view>({"owner", "channel", "store", "generation", "created_at", "changed_at", "changed_by", "lines",
                                     "dead", "expires_at", "coupons"});

// [era, number]
Version decode_version(const TapeFields& fields, std::string_view name) {
  simdjson::dom::array pair;
  std::uint64_t era = 0;
  Version version;
  if (fields.object()[name].get(pair) != simdjson::SUCCESS || pair.size() != 2 || pair.at(0).get(era) != simdjson::SUCCESS ||
      era > 0xffffffffULL || pair.at(1).get(version.number) != simdjson::SUCCESS) {
    fields.wrong(name, "not [era, number]");
    return {};
  }
  version.era = static_cast<std::uint32_t>(era);
  return version;
}

UtcMs decode_time(const TapeFields& fields, std::string_view name) { return {fields.integer(name, 0, time_ms_max)}; }

Dot decode_dot(const TapeFields& fields) {
  Dot dot;
  dot.id = DotId{fields.text("id", is_dot_id)};
  dot.units = fields.integer("n", 1, rules::cart_quantity_max);
  dot.taken = fields.integer("taken", 0, dot.units);
  dot.born = decode_version(fields, "born");
  dot.taken_here = fields.integer_if_any("here", 0, dot.taken).value_or(0);
  dot.more = unknown_members(fields, {"id", "n", "taken", "born", "here"});
  return dot;
}

CartLine decode_line(const TapeFields& fields) {
  CartLine line;
  line.key = fields.text("key", is_line_key);
  line.sku = Sku{fields.text("sku", is_sku)};
  fields.each_object("dots", rules::cart_dots_max, [&](const TapeFields& dot) { line.dots.push_back(decode_dot(dot)); });
  line.more = unknown_members(fields, {"key", "sku", "dots"});
  return line;
}

bool has_twins(std::vector<std::string_view>& names) {
  std::ranges::sort(names);
  return std::ranges::adjacent_find(names) != names.end();
}

// Absent: none, which is how every cart without coupons is written.
void decode_coupons(const TapeFields& fields, std::vector<std::string>& coupons) {
  simdjson::dom::element found;
  simdjson::dom::array codes;
  if (fields.object()["coupons"].get(found) != simdjson::SUCCESS) return;
  if (found.get(codes) != simdjson::SUCCESS || codes.size() > cart_coupons_max) return fields.wrong("coupons", "no short list");
  for (const simdjson::dom::element one : codes) {
    std::string_view code;
    if (one.get(code) != simdjson::SUCCESS || !is_coupon_code(code))
      return fields.wrong("coupons", "holds something that is none");
    coupons.emplace_back(code);
  }
}

// What no single field shows: ids and keys are there once, and the caps hold.
void judge_whole(const Cart& cart, Mistake& mistake) {
  std::vector<std::string_view> keys;
  std::vector<std::string_view> dots;
  for (const CartLine& line : cart.lines) {
    keys.emplace_back(line.key);
    if (line.units() > rules::cart_quantity_max) mistake.at("lines", "too many units on a line");
    for (const Dot& dot : line.dots) dots.emplace_back(dot.id.text);
  }
  if (dots.size() > rules::cart_dots_max) mistake.at("lines", "too many dots");
  if (has_twins(keys)) mistake.at("lines", "a key twice");
  if (has_twins(dots)) mistake.at("lines", "a dot twice");
  std::vector<std::string_view> coupons(cart.coupons.begin(), cart.coupons.end());
  if (has_twins(coupons)) mistake.at("coupons", "a code twice");
}

// Keys are written sorted, as dump() has them; after them, what this version does not know.
void write_more(JsonWriter& out, const std::string& more) {
  if (!more.empty()) out.raw(more);
}

std::string encode_lines(const Cart& cart) {
  JsonWriter out;
  out.array();
  for (const CartLine& line : cart.lines) {
    out.object().key("dots").array();
    for (const Dot& dot : line.dots) {
      out.object().key("born").array().number(dot.born.era).number(dot.born.number).end_array();
      if (dot.taken_here != 0) out.field("here", dot.taken_here);
      out.field("id", dot.id.text).field("n", dot.units).field("taken", dot.taken);
      write_more(out, dot.more);
      out.end_object();
    }
    out.end_array().field("key", line.key).field("sku", line.sku.text);
    write_more(out, line.more);
    out.end_object();
  }
  return out.end_array().take();
}

std::string encode_dead(const Cart& cart) {
  JsonWriter out;
  out.array();
  for (const DeadDot& dot : cart.dead) {
    out.object().field("at", dot.at.value).field("id", dot.id.text);
    write_more(out, dot.more);
    out.end_object();
  }
  return out.end_array().take();
}

std::string encode_coupons(const Cart& cart) {
  JsonWriter out;
  out.array();
  for (const std::string& code : cart.coupons) out.string(code);
  return out.end_array().take();
}

std::string json_text(std::string_view text) { return JsonWriter().string(text).take(); }

}  // namespace

Result<Cart> decode_cart(const CartId& id, std::string_view text) {
  Tape tape;
  const auto body = tape.object(text, cart_bytes_max, code);
  if (!body) return std::unexpected(body.error());
  Mistake mistake(code);
  const Place whole;
  const TapeFields fields(*body, whole, mistake);
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
  fields.each_object("lines", rules::cart_dots_max, [&](const TapeFields& line) { cart.lines.push_back(decode_line(line)); });
  fields.each_object("dead", rules::cart_dead_max, [&](const TapeFields& one) {
    cart.dead.push_back({DotId{one.text("id", is_dot_id)}, decode_time(one, "at"), unknown_members(one, {"id", "at"})});
  });
  decode_coupons(fields, cart.coupons);
  if (!mistake.made()) judge_whole(cart, mistake);
  if (mistake.made()) return mistake.error();
  cart.unknown_fields = unknown_fields(*body, text, known_fields);
  return cart;
}

std::string encode_cart(const Cart& cart) {
  std::map<std::string, std::string> fields;  // name → JSON
  if (cart.unknown_fields != "{}") {
    const json unknown = json::parse(cart.unknown_fields, nullptr, false);
    if (unknown.is_object()) {
      for (const auto& [name, value] : unknown.items()) fields[name] = dump(value);
    }
  }
  if (cart.owner) fields["owner"] = json_text(cart.owner->text);
  fields["channel"] = json_text(cart.channel);
  if (cart.store) fields["store"] = json_text(cart.store->text);
  fields["generation"] = std::to_string(cart.generation);
  fields["created_at"] = std::to_string(cart.created_at.value);
  fields["changed_at"] = std::to_string(cart.changed_at.value);
  fields["changed_by"] = json_text(cart.changed_by);
  fields["expires_at"] = std::to_string(cart.expires_at.value);
  fields["lines"] = encode_lines(cart);
  fields["dead"] = encode_dead(cart);
  if (!cart.coupons.empty()) fields["coupons"] = encode_coupons(cart);
  JsonWriter out;
  out.object();
  for (const auto& [name, value] : fields) out.key(name).raw(value);
  return out.end_object().take();
}

}  // namespace vitrine::sync::protocol
