// SPDX-License-Identifier: Apache-2.0
// Order operations as JSON: one row a kind.
#include <algorithm>
#include <array>
#include <set>

#include "sync/protocol/json_input.hpp"
#include "sync/protocol/order_codec.hpp"
#include "sync/protocol/order_fields.hpp"

namespace vitrine::sync::protocol {

namespace {

using namespace rules;
using nlohmann::json;

constexpr std::size_t body_bytes_max = 256UL * 1024;

template <class Each>
void each_line(const Fields& fields, const char* name, const Each& each) {
  const json& lines = fields.array(name, order_lines_max);
  std::set<std::int64_t> numbers;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const Fields line(lines[i], fields.path_of(name) + "[" + std::to_string(i) + "]", fields.mistake());
    const std::int64_t number = line.integer("line", 1, order_line_number_max);
    if (!numbers.insert(number).second) fields.wrong(name, "a line twice");
    each(line, number);
  }
}

std::vector<LineUnits> decode_units(const Fields& fields) {
  std::vector<LineUnits> units;
  each_line(fields, "lines",
            [&](const Fields& line, std::int64_t number) { units.push_back({number, line.integer("n", 1, order_units_max)}); });
  if (units.empty()) fields.wrong("lines", "no line");
  return units;
}

UtcMs time_if_any(const Fields& fields, const char* name) { return {fields.integer_if_any(name, 0, time_ms_max).value_or(0)}; }
bool truth_if_any(const Fields& fields, const char* name) { return fields.has(name) && fields.boolean(name); }
StoreId store_of(const Fields& fields) { return StoreId{fields.text("store", is_store_id)}; }

std::vector<OrderedLine> decode_ordered(const Fields& fields) {
  std::vector<OrderedLine> lines;
  each_line(fields, "lines", [&](const Fields& line, std::int64_t number) {
    lines.push_back({number, Sku{line.text("sku", is_sku)}, line.integer("n", 1, order_units_max),
                     line.integer("unit_price", 0, order_price_minor_max)});
  });
  if (lines.empty()) fields.wrong("lines", "no line");
  return lines;
}

OrderOperation decode_place(const Fields& fields) {
  OrderPlaced placed;
  placed.revision = fields.integer_if_any("revision", 1, time_ms_max).value_or(1);
  placed.placed_at = decode_time(fields, "placed_at");
  placed.channel = fields.text("channel", 1, channel_bytes_max);
  placed.currency = fields.text("currency", is_currency);
  if (auto store = fields.text_if_any("store", is_store_id)) placed.store = StoreId{*store};
  if (auto customer = fields.text_if_any("customer", 1, customer_bytes_max)) placed.customer = CustomerId{*customer};
  if (fields.has("buyer")) placed.buyer = decode_person(fields.object("buyer"));
  placed.code = fields.text_if_any("code", is_collection_code).value_or("");
  placed.promise_at = time_if_any(fields, "promise_at");
  placed.hold_until = time_if_any(fields, "hold_until");
  placed.archived = truth_if_any(fields, "archived");
  placed.lines = decode_ordered(fields);
  return placed;
}

OrderOperation decode_ask(const Fields& fields) {
  OrderAsk ask;
  ask.store = store_of(fields);
  ask.cart = CartId{fields.text("cart", is_hex_128)};
  ask.placed_at = decode_time(fields, "placed_at");
  ask.channel = fields.text("channel", 1, channel_bytes_max);
  ask.currency = fields.text("currency", is_currency);
  ask.total_minor = fields.integer("total", 0, order_money_minor_max);
  if (fields.text("delivery", 1, 16) != "home") fields.wrong("delivery", "is home");
  ask.lines = decode_ordered(fields);
  return ask;
}

OrderOperation decode_pay(const Fields& fields) { return OrderPay{fields.integer("minor", 1, order_money_minor_max)}; }
OrderOperation decode_refund(const Fields& fields) { return OrderRefund{decode_units(fields)}; }
OrderOperation decode_cancel(const Fields& fields) { return OrderCancel{fields.text("reason", is_word)}; }
OrderOperation decode_lease(const Fields& fields) { return OrderLease{decode_time(fields, "until")}; }
OrderOperation decode_delegate(const Fields& fields) { return OrderDelegate{decode_person(fields)}; }
OrderOperation decode_resolve(const Fields& fields) {
  return OrderResolve{fields.text("exception", is_word), fields.text("how", is_word)};
}

OrderOperation decode_pick(const Fields& fields) {
  OrderPick pick;
  for (const json& number : fields.array("lines", order_lines_max)) {
    const auto line = integer_of(number, 1, order_line_number_max);
    if (!line) fields.wrong("lines", "not a line's number");
    pick.lines.push_back(line.value_or(0));
  }
  pick.who = fields.text("who", 0, who_bytes_max);
  return pick;
}

OrderOperation decode_picked(const Fields& fields) {
  return OrderPicked{fields.integer("line", 1, order_line_number_max), fields.integer("n", 0, order_units_max),
                     fields.integer_if_any("missing", 0, order_units_max).value_or(0)};
}

OrderOperation decode_stage(const Fields& fields) { return OrderStage{fields.text("place", 1, place_bytes_max)}; }
OrderOperation decode_arrive(const Fields& fields) { return OrderArrive{fields.text("place", 1, place_bytes_max)}; }
OrderOperation decode_hand_over(const Fields& fields) {
  return OrderHandOver{store_of(fields), decode_units(fields), fields.text("proof", is_proof), truth_if_any(fields, "delegate")};
}
OrderOperation decode_refuse(const Fields& fields) {
  return OrderRefuse{store_of(fields), decode_units(fields), fields.text("reason", is_word)};
}

OrderOperation decode_choose(const Fields& fields) {
  OrderChoose choose;
  choose.line = fields.integer("line", 1, order_line_number_max);
  choose.units = fields.integer("n", 1, order_units_max);
  const std::string what = fields.text("what", 1, 16);
  const auto found = std::ranges::find(choice_words, what);
  if (found == choice_words.end()) fields.wrong("what", "is wait, substitute or refund");
  choose.what = static_cast<OrderChoice::What>(found == choice_words.end() ? 0 : found - choice_words.begin());
  if (auto sku = fields.text_if_any("sku", is_sku)) choose.sku = Sku{*sku};
  if (choose.sku.empty() == (choose.what == OrderChoice::What::substitute)) fields.wrong("sku", "belongs to a substitute");
  return choose;
}

OrderOperation decode_hold(const Fields& fields) {
  OrderHold hold;
  if (const auto until = fields.integer_if_any("until", 0, time_ms_max)) hold.until = UtcMs{*until};
  hold.reminded = truth_if_any(fields, "reminded");
  return hold;
}

OrderOperation decode_release(const Fields& fields) { return OrderRelease{fields.text("reason", is_word)}; }
OrderOperation decode_return(const Fields& fields) {
  return OrderReturn{store_of(fields), decode_units(fields), fields.text("reason", is_word),
                     fields.text_if_any("condition", is_word).value_or("")};
}
OrderOperation decode_restock(const Fields& fields) {
  return OrderRestock{decode_units(fields), truth_if_any(fields, "written_off")};
}

json encode_units(const std::vector<LineUnits>& lines) {
  json out = json::array();
  for (const LineUnits& one : lines) out.push_back({{"line", one.line}, {"n", one.units}});
  return out;
}

json encode_ordered(const std::vector<OrderedLine>& lines) {
  json out = json::array();
  for (const OrderedLine& line : lines)
    out.push_back({{"line", line.number}, {"sku", line.sku.text}, {"n", line.units}, {"unit_price", line.unit_price}});
  return out;
}

json write(const OrderPlaced& placed) {
  json body = {{"revision", placed.revision},
               {"placed_at", placed.placed_at.value},
               {"channel", placed.channel},
               {"currency", placed.currency},
               {"lines", encode_ordered(placed.lines)}};
  if (placed.store) body["store"] = placed.store->text;
  if (placed.customer) body["customer"] = placed.customer->text;
  if (placed.buyer) body["buyer"] = encode_person(*placed.buyer);
  if (!placed.code.empty()) body["code"] = placed.code;
  if (placed.promise_at.value > 0) body["promise_at"] = placed.promise_at.value;
  if (placed.hold_until.value > 0) body["hold_until"] = placed.hold_until.value;
  if (placed.archived) body["archived"] = true;
  return body;
}

json write(const OrderPay& pay) { return {{"minor", pay.minor}}; }
json write(const OrderRefund& refund) { return {{"lines", encode_units(refund.lines)}}; }
json write(const OrderCancel& cancel) { return {{"reason", cancel.reason}}; }
json write(const OrderLease& lease) { return {{"until", lease.until.value}}; }
json write(const OrderDelegate& delegate) { return encode_person(delegate.person); }
json write(const OrderResolve& resolve) { return {{"exception", resolve.exception}, {"how", resolve.how}}; }
json write(const OrderPick& pick) { return {{"lines", pick.lines}, {"who", pick.who}}; }
json write(const OrderPicked& picked) {
  json body = {{"line", picked.line}, {"n", picked.units}};
  if (picked.missing > 0) body["missing"] = picked.missing;
  return body;
}
json write(const OrderStage& stage) { return {{"place", stage.place}}; }
json write(const OrderArrive& arrive) { return {{"place", arrive.place}}; }
json write(const OrderHandOver& over) {
  json body = {{"store", over.store.text}, {"lines", encode_units(over.lines)}, {"proof", over.proof}};
  if (over.delegate) body["delegate"] = true;
  return body;
}
json write(const OrderRefuse& refuse) {
  return {{"store", refuse.store.text}, {"lines", encode_units(refuse.lines)}, {"reason", refuse.reason}};
}
json write(const OrderChoose& choose) {
  json body = {{"line", choose.line}, {"n", choose.units}, {"what", choice_words[static_cast<std::size_t>(choose.what)]}};
  if (!choose.sku.empty()) body["sku"] = choose.sku.text;
  return body;
}
json write(const OrderHold& hold) {
  json body = json::object();
  if (hold.until) body["until"] = hold.until->value;
  if (hold.reminded) body["reminded"] = true;
  return body;
}
json write(const OrderRelease& release) { return {{"reason", release.reason}}; }
json write(const OrderReturn& back) {
  json body = {{"store", back.store.text}, {"lines", encode_units(back.lines)}, {"reason", back.reason}};
  if (!back.condition.empty()) body["condition"] = back.condition;
  return body;
}
json write(const OrderRestock& restock) {
  json body = {{"lines", encode_units(restock.lines)}};
  if (restock.written_off) body["written_off"] = true;
  return body;
}

json write(const OrderAsk& ask) {
  return {{"store", ask.store.text},
          {"cart", ask.cart.text},
          {"placed_at", ask.placed_at.value},
          {"channel", ask.channel},
          {"currency", ask.currency},
          {"total", ask.total_minor},
          {"delivery", "home"},
          {"lines", encode_ordered(ask.lines)}};
}

struct Kind {
  std::string_view name;
  OrderOperation (*decode)(const Fields&);
};
// In the order of the variant.
constexpr auto kinds = std::to_array<Kind>({{"order.place", decode_place},
                                            {"order.pay", decode_pay},
                                            {"order.refund", decode_refund},
                                            {"order.cancel", decode_cancel},
                                            {"order.lease", decode_lease},
                                            {"order.delegate", decode_delegate},
                                            {"order.resolve", decode_resolve},
                                            {"order.pick", decode_pick},
                                            {"order.picked", decode_picked},
                                            {"order.stage", decode_stage},
                                            {"order.arrive", decode_arrive},
                                            {"order.hand_over", decode_hand_over},
                                            {"order.refuse", decode_refuse},
                                            {"order.choose", decode_choose},
                                            {"order.hold", decode_hold},
                                            {"order.release", decode_release},
                                            {"order.return", decode_return},
                                            {"order.restock", decode_restock},
                                            {"order.ask", decode_ask}});
static_assert(kinds.size() == std::variant_size_v<OrderOperation>);
constexpr std::size_t commercial_kinds = 7;

}  // namespace

Result<OrderOperation> decode_order_operation(std::string_view kind, std::string_view body) {
  const auto row = std::ranges::find(kinds, kind, &Kind::name);
  if (row == kinds.end()) return fail("operation_unknown", std::string(kind));
  const auto object = parse_object(body, body_bytes_max, "operation_malformed");
  if (!object) return std::unexpected(object.error());
  Mistake mistake("operation_malformed");
  OrderOperation operation = row->decode(Fields(*object, "", mistake));
  if (mistake.made()) return mistake.error();
  return operation;
}

Operation encode_order_operation(const OrderId& order, const OrderOperation& operation) {
  const json body = std::visit([](const auto& op) { return write(op); }, operation);
  return Operation{{"order", order.text}, std::string(kinds[operation.index()].name), 1, dump(body), ""};
}

bool is_commercial(const OrderOperation& operation) { return operation.index() < commercial_kinds; }

}  // namespace vitrine::sync::protocol
