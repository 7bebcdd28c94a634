// SPDX-License-Identifier: Apache-2.0
#include "tests/sim/goods_eyes.hpp"
#include "tests/sim/goods_model.hpp"

namespace vitrine::sim {

namespace {

std::map<std::int64_t, std::int64_t> units_of(dom::element from) {
  std::map<std::int64_t, std::int64_t> units;
  for (const dom::element line : items(from, "lines")) units[number(line, "line")] += number(line, "n");
  return units;
}

}  // namespace

std::string GoodsModel::apply(ModelReceipt& receipt, const SeenOperation& operation, const ModelStamp& stamp) {
  if (!parser_->read(operation.body)) return "operation_malformed";
  const dom::element op = parser_->root;
  const std::string transaction = stamp.by.substr(0, stamp.by.find('.'));
  if (operation.kind == "receipt.resolve") {
    if (!receipt.there) return "receipt_unknown";
    for (ModelReceipt::Back& back : receipt.backs) {
      if (back.transaction != text(op, "return")) continue;
      if (back.decided.empty()) back.decided = text(op, "how");
      return {};
    }
    return "return_unknown";
  }
  receipt.there = true;
  if (operation.kind == "receipt.sell" && receipt.seller.empty()) {
    receipt.seller = text(op, "store");
    receipt.bought = units_of(op);
    receipt.kept_until = number(op, "kept_until");
  }
  if (operation.kind == "receipt.return") receipt.backs.push_back({transaction, text(op, "store"), units_of(op), {}});
  return {};
}

std::optional<ModelReceipt> GoodsModel::receipt(std::string_view json) {
  if (!parser_->read(json)) return std::nullopt;
  const dom::element root = parser_->root;
  ModelReceipt receipt;
  receipt.there = true;
  dom::element sale;
  if (root["sale"].get(sale) == simdjson::SUCCESS) {
    receipt.seller = text(sale, "store");
    receipt.bought = units_of(sale);
    receipt.kept_until = number(sale, "kept_until");
  }
  for (const dom::element back : items(root, "returns")) {
    const std::string by = text(back, "by");
    receipt.backs.push_back({by.substr(0, by.find('.')), text(back, "store"), units_of(back), {}});
    dom::element decided;
    if (back["decided"].get(decided) == simdjson::SUCCESS) receipt.backs.back().decided = text(decided, "how");
  }
  return receipt;
}

std::string show(const ModelReceipt& receipt) {
  if (!receipt.there) return "no receipt";
  std::string out = "sold by '" + receipt.seller + "'";
  for (const auto& [line, units] : receipt.bought) out += " " + std::to_string(line) + "x" + std::to_string(units);
  for (const ModelReceipt::Back& back : receipt.backs) {
    out += "; " + back.transaction.substr(0, 6) + " at " + back.store + " " + back.decided;
    for (const auto& [line, units] : back.units) out += " " + std::to_string(line) + "x" + std::to_string(units);
  }
  return out;
}

}  // namespace vitrine::sim
