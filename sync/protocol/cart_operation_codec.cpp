// SPDX-License-Identifier: Apache-2.0
// Cart operations as JSON: one row a kind.
#include <algorithm>
#include <array>
#include <set>

#include "sync/model/coupon.hpp"
#include "sync/protocol/cart_codec.hpp"
#include "sync/protocol/cart_fields.hpp"
#include "sync/protocol/json_input.hpp"

namespace vitrine::sync::protocol {

namespace {

using nlohmann::json;

constexpr std::size_t body_bytes_max = 256UL * 1024;
constexpr std::size_t pass_text_bytes_max = 4096;
constexpr std::int64_t units_max = 1'000'000;  // as asked for; the rules cap what a line may hold

rules::CartOperation decode_add(const Fields& fields) {
  rules::CartAdd add;
  add.sku = Sku{fields.text("sku", is_sku)};
  add.units = fields.integer("n", 1, units_max);
  add.channel = fields.text_if_any("channel", 1, channel_bytes_max).value_or("");
  if (auto store = fields.text_if_any("store", is_store_id)) add.store = StoreId{*store};
  if (auto owner = fields.text_if_any("owner", 1, customer_bytes_max)) add.owner = CustomerId{*owner};
  return add;
}

rules::PassReference decode_pass(const Fields& fields) {
  return {PassId{fields.text("id", is_hex_128)}, decode_version(fields, "v")};
}

std::optional<rules::PassReference> decode_pass_if_any(const Fields& fields) {
  if (!fields.has("pass")) return std::nullopt;
  return decode_pass(fields.object("pass"));
}

std::vector<DotId> decode_shown(const Fields& fields) {
  std::vector<DotId> shown;
  for (const json& id : fields.array("shown", rules::cart_dots_max)) {
    if (!id.is_string() || !is_dot_id(id.get_ref<const std::string&>())) {
      fields.wrong("shown", "not the id of a dot");
      break;
    }
    shown.push_back(DotId{id.get<std::string>()});
  }
  return shown;
}

rules::CartOperation decode_decrease(const Fields& fields) {
  return rules::CartDecrease{fields.text("line", is_line_key), decode_shown(fields), fields.integer("n", 1, units_max),
                             decode_pass_if_any(fields)};
}

rules::CartOperation decode_remove(const Fields& fields) {
  return rules::CartRemove{fields.text("line", is_line_key), decode_shown(fields), decode_pass_if_any(fields)};
}

rules::CartOperation decode_resume(const Fields& fields) {
  rules::CartResume resume;
  resume.pass = decode_pass(fields.object("pass"));
  std::set<std::string> skus;
  const json& lines = fields.array("lines", rules::cart_lines_max);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const Fields line(lines[i], "lines[" + std::to_string(i) + "]", fields.mistake());
    resume.lines.push_back({Sku{line.text("sku", is_sku)}, line.integer("n", 1, rules::cart_quantity_max)});
    if (!skus.insert(resume.lines.back().sku.text).second) fields.wrong("lines", "a SKU twice");
  }
  resume.scanned_at = decode_time(fields, "scanned_at");
  resume.pass_text = fields.text("text", 0, pass_text_bytes_max);
  return resume;
}

rules::CartOperation decode_assign(const Fields& fields) {
  rules::CartAssign assign;
  if (auto owner = fields.text_if_any("owner", 1, customer_bytes_max)) assign.owner = CustomerId{*owner};
  if (auto store = fields.text_if_any("store", is_store_id)) assign.store = StoreId{*store};
  return assign;
}

rules::CartOperation decode_coupon(const Fields& fields) {
  rules::CartCoupon coupon;
  coupon.code = fields.text("code", is_coupon_code);
  coupon.on = fields.boolean("on");
  return coupon;
}

rules::CartOperation decode_order_of(const Fields& fields) {
  rules::CartOrder order;
  order.order = OrderId{fields.text("order", is_order_id)};
  const json& units = fields.array("units", rules::cart_dots_max);
  std::set<std::string> dots;
  for (std::size_t i = 0; i < units.size(); ++i) {
    const Fields one(units[i], "units[" + std::to_string(i) + "]", fields.mistake());
    order.units.push_back(
        {one.text("line", is_line_key), DotId{one.text("dot", is_dot_id)}, one.integer("n", 1, rules::cart_quantity_max)});
    if (!dots.insert(order.units.back().dot.text).second) fields.wrong("units", "a dot twice");
  }
  if (order.units.empty()) fields.wrong("units", "no dot");
  order.pass = decode_pass_if_any(fields);
  return order;
}

struct Kind {
  std::string_view name;
  rules::CartOperation (*decode)(const Fields&);
};
constexpr std::array kinds = {Kind{"cart.add", decode_add},       Kind{"cart.decrease", decode_decrease},
                              Kind{"cart.remove", decode_remove}, Kind{"cart.resume", decode_resume},
                              Kind{"cart.assign", decode_assign}, Kind{"cart.coupon", decode_coupon},
                              Kind{"cart.order", decode_order_of}};

json encode_pass(const rules::PassReference& pass) { return {{"id", pass.pass.text}, {"v", encode_version(pass.seen)}}; }

json encode_shown(const std::vector<DotId>& shown) {
  json ids = json::array();
  for (const DotId& id : shown) ids.push_back(id.text);
  return ids;
}

struct Written {
  const char* kind;
  json body;
};

Written write(const rules::CartAdd& add) {
  json body = {{"sku", add.sku.text}, {"n", add.units}};
  if (!add.channel.empty()) body["channel"] = add.channel;
  if (add.store) body["store"] = add.store->text;
  if (add.owner) body["owner"] = add.owner->text;
  return {"cart.add", std::move(body)};
}

Written write(const rules::CartDecrease& decrease) {
  json body = {{"line", decrease.line}, {"shown", encode_shown(decrease.shown)}, {"n", decrease.units}};
  if (decrease.pass) body["pass"] = encode_pass(*decrease.pass);
  return {"cart.decrease", std::move(body)};
}

Written write(const rules::CartRemove& remove) {
  json body = {{"line", remove.line}, {"shown", encode_shown(remove.shown)}};
  if (remove.pass) body["pass"] = encode_pass(*remove.pass);
  return {"cart.remove", std::move(body)};
}

Written write(const rules::CartResume& resume) {
  json lines = json::array();
  for (const rules::PassLine& line : resume.lines) lines.push_back({{"sku", line.sku.text}, {"n", line.units}});
  return {"cart.resume",
          {{"pass", encode_pass(resume.pass)},
           {"lines", std::move(lines)},
           {"scanned_at", resume.scanned_at.value},
           {"text", resume.pass_text}}};
}

Written write(const rules::CartAssign& assign) {
  json body = json::object();
  if (assign.owner) body["owner"] = assign.owner->text;
  if (assign.store) body["store"] = assign.store->text;
  return {"cart.assign", std::move(body)};
}

Written write(const rules::CartCoupon& coupon) { return {"cart.coupon", {{"code", coupon.code}, {"on", coupon.on}}}; }
Written write(const rules::CartOrder& order) {
  json units = json::array();
  for (const rules::OrderedUnits& one : order.units)
    units.push_back({{"line", one.line}, {"dot", one.dot.text}, {"n", one.units}});
  json body = {{"order", order.order.text}, {"units", std::move(units)}};
  if (order.pass) body["pass"] = encode_pass(*order.pass);
  return {"cart.order", std::move(body)};
}

}  // namespace

Result<rules::CartOperation> decode_cart_operation(std::string_view kind, std::string_view body) {
  const auto row = std::ranges::find(kinds, kind, &Kind::name);
  if (row == kinds.end()) return fail("operation_unknown", std::string(kind));
  const auto object = parse_object(body, body_bytes_max, "operation_malformed");
  if (!object) return std::unexpected(object.error());
  Mistake mistake("operation_malformed");
  rules::CartOperation operation = row->decode(Fields(*object, "", mistake));
  if (mistake.made()) return mistake.error();
  return operation;
}

Operation encode_cart_operation(const CartId& cart, const rules::CartOperation& operation) {
  Written written = std::visit([](const auto& op) { return write(op); }, operation);
  return Operation{{"cart", cart.text}, written.kind, 1, dump(written.body), ""};
}

}  // namespace vitrine::sync::protocol
