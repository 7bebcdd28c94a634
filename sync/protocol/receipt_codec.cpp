// SPDX-License-Identifier: Apache-2.0
// One table of kinds of operations; the document's parts are the operations' bodies with their stamps.
#include "sync/protocol/receipt_codec.hpp"

#include <algorithm>
#include <array>

#include "sync/protocol/cart_fields.hpp"
#include "sync/protocol/json_input.hpp"
#include "sync/protocol/order_fields.hpp"

namespace vitrine::sync::protocol {

namespace {

using namespace rules;
using nlohmann::json;

constexpr std::size_t bytes_max = 512UL * 1024;
constexpr std::array<std::string_view, 2> decisions = {"refund", "no_refund"};
constexpr std::array<std::string_view, 4> document_fields = {"since", "sale", "returns", "expires_at"};

bool is_decision(std::string_view text) { return std::ranges::find(decisions, text) != decisions.end(); }

template <class Each>
void each_line(const Fields& fields, std::size_t most, const Each& each) {
  const json& lines = fields.array("lines", most);
  std::int64_t last = 0;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const Fields line(lines[i], fields.path_of("lines") + "[" + std::to_string(i) + "]", fields.mistake());
    const std::int64_t number = line.integer("line", 1, order_line_number_max);
    if (number <= last) line.wrong("line", "is above the one before");
    last = number;
    each(line, number);
  }
  if (last == 0) fields.wrong("lines", "no line");
}

ReceiptSell decode_sell(const Fields& fields) {
  ReceiptSell sell{
      StoreId{fields.text("store", is_store_id)}, fields.text("currency", is_currency), decode_time(fields, "kept_until"), {}};
  each_line(fields, receipt_lines_max, [&](const Fields& line, std::int64_t number) {
    sell.lines.push_back({number, Sku{line.text("sku", is_sku)}, line.integer("n", 1, order_units_max),
                          line.integer("paid", 0, order_money_minor_max)});
  });
  return sell;
}

ReceiptBack decode_back(const Fields& fields, std::int64_t units_max) {
  ReceiptBack back{
      StoreId{fields.text("store", is_store_id)}, {}, fields.text("reason", is_word), fields.text("condition", is_word)};
  each_line(fields, order_lines_max,
            [&](const Fields& line, std::int64_t number) { back.lines.push_back({number, line.integer("n", 1, units_max)}); });
  return back;
}

ReceiptResolve decode_resolve(const Fields& fields) {
  return {TransactionId{fields.text("return", is_hex_128)}, fields.text("how", is_decision)};
}

Stamp decode_stamp(const Fields& fields) { return {decode_time(fields, "at"), fields.text("by", is_dot_id)}; }

json write(const ReceiptSell& sell) {
  json out = {
      {"store", sell.store.text}, {"currency", sell.currency}, {"kept_until", sell.kept_until.value}, {"lines", json::array()}};
  for (const ReceiptLine& line : sell.lines)
    out["lines"].push_back({{"line", line.number}, {"sku", line.sku.text}, {"n", line.units}, {"paid", line.paid_minor}});
  return out;
}
json write(const ReceiptBack& back) {
  json out = {{"store", back.store.text}, {"reason", back.reason}, {"condition", back.condition}, {"lines", json::array()}};
  for (const LineUnits& one : back.lines) out["lines"].push_back({{"line", one.line}, {"n", one.units}});
  return out;
}
json write(const ReceiptResolve& resolve) { return {{"return", resolve.back.text}, {"how", resolve.how}}; }

json with_stamp(json out, const Stamp& stamp) {
  out["at"] = stamp.at.value;
  out["by"] = stamp.by;
  return out;
}

ReceiptReturn decode_return(const Fields& in) {
  ReceiptBack back = decode_back(in, order_tally_max);
  ReceiptReturn done{std::move(back.store), std::move(back.reason), std::move(back.condition), {}, decode_stamp(in), {}};
  for (const LineUnits& one : back.lines) done.lines.emplace(one.line, one.units);
  if (in.has("decided")) {
    const Fields decided = in.object("decided");
    done.decided = {decided.text("how", is_decision), decode_stamp(decided)};
  }
  return done;
}

json encode_return(const ReceiptReturn& done) {
  ReceiptBack back{done.store, {}, done.reason, done.condition};
  for (const auto& [line, units] : done.lines) back.lines.push_back({line, units});
  json out = with_stamp(write(back), done.stamp);
  if (done.decided) out["decided"] = with_stamp({{"how", done.decided->how}}, done.decided->stamp);
  return out;
}

struct Kind {
  std::string_view name;
  ReceiptOperation (*decode)(const Fields&);
};
// In the order of ReceiptOperation.
constexpr std::array kinds = {
    Kind{"receipt.sell", [](const Fields& in) -> ReceiptOperation { return decode_sell(in); }},
    Kind{"receipt.return", [](const Fields& in) -> ReceiptOperation { return decode_back(in, order_units_max); }},
    Kind{"receipt.resolve", [](const Fields& in) -> ReceiptOperation { return decode_resolve(in); }}};

}  // namespace

DocumentKey receipt_key(const ReceiptId& id) { return {"receipt", id.text}; }

Result<Receipt> decode_receipt(std::string_view text) {
  const auto object = parse_object(text, bytes_max, "receipt_malformed");
  if (!object) return std::unexpected(object.error());
  Mistake mistake("receipt_malformed");
  const Fields fields(*object, "", mistake);
  Receipt receipt;
  receipt.since = decode_time(fields, "since");
  if (fields.has("sale")) {
    const Fields in = fields.object("sale");
    ReceiptSell sell = decode_sell(in);
    receipt.sale =
        ReceiptSale{std::move(sell.store), std::move(sell.currency), sell.kept_until, std::move(sell.lines), decode_stamp(in)};
  }
  const json& returns = fields.array("returns", receipt_returns_max);
  for (std::size_t i = 0; i < returns.size(); ++i)
    receipt.returns.push_back(decode_return(Fields(returns[i], "returns[" + std::to_string(i) + "]", mistake)));
  if (mistake.made()) return mistake.error();
  json unknown = json::object();
  for (const auto& [name, value] : object->items()) {
    if (std::ranges::find(document_fields, name) == document_fields.end()) unknown[name] = value;
  }
  if (!unknown.empty()) receipt.unknown_fields = dump(unknown);
  return receipt;
}

std::string encode_receipt(const Receipt& receipt) {
  json out = receipt.unknown_fields.empty() ? json::object() : json::parse(receipt.unknown_fields, nullptr, false);
  if (!out.is_object()) out = json::object();
  out["since"] = receipt.since.value;
  if (const auto& sale = receipt.sale)
    out["sale"] = with_stamp(write(ReceiptSell{sale->store, sale->currency, sale->kept_until, sale->lines}), sale->stamp);
  out["returns"] = json::array();
  for (const ReceiptReturn& done : receipt.returns) out["returns"].push_back(encode_return(done));
  out["expires_at"] = expires_at(receipt).value;
  return dump(out);
}

Result<ReceiptOperation> decode_receipt_operation(std::string_view kind, std::string_view body) {
  const auto* row = std::ranges::find(kinds, kind, &Kind::name);
  if (row == kinds.end()) return fail("operation_unknown", std::string(kind));
  const auto object = parse_object(body, bytes_max, "operation_malformed");
  if (!object) return std::unexpected(object.error());
  Mistake mistake("operation_malformed");
  ReceiptOperation operation = row->decode(Fields(*object, "", mistake));
  if (mistake.made()) return mistake.error();
  return operation;
}

Operation encode_receipt_operation(const ReceiptId& id, const ReceiptOperation& operation) {
  const json body = std::visit([](const auto& op) { return write(op); }, operation);
  return Operation{receipt_key(id), std::string(kinds[operation.index()].name), 1, dump(body), ""};
}

}  // namespace vitrine::sync::protocol
