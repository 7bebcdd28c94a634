// SPDX-License-Identifier: Apache-2.0
#include "tests/sim/goods_book.hpp"

#include <algorithm>

#include "tests/sim/world_facts.hpp"

namespace vitrine::sim {

GoodsBook::GoodsBook(std::size_t stores) : shown_(stores) {
  for (std::size_t store = 0; store < stores_max; ++store) {
    for (std::size_t n = 0; n < shelf_count; ++n) now_.stocks[shelf_of(store, n)] = *model_.stock(shelf_body(store, n));
  }
}

std::string GoodsBook::apply_one(Remembered& book, const SeenOperation& operation, const ModelStamp& stamp, bool begins) {
  if (operation.collection == "stock") {
    ModelStock draft = book.stocks[operation.document];
    std::string refused = model_.apply(draft, operation, stamp);
    if (refused.empty()) book.stocks[operation.document] = std::move(draft);
    return refused;
  }
  if (operation.collection == "receipt") {
    ModelReceipt draft = book.receipts[operation.document];
    std::string refused = model_.apply(draft, operation, stamp);
    if (refused.empty()) book.receipts[operation.document] = std::move(draft);
    return refused;
  }
  ModelOrder draft = book.orders[operation.document];
  std::string refused = model_.apply(draft, operation, stamp, begins);
  if (refused.empty()) book.orders[operation.document] = std::move(draft);
  return refused;
}

std::string GoodsBook::apply(const Action& action) {
  Remembered after = now_;
  std::string refused;
  for (std::size_t i = 0; i < action.operations.size(); ++i) {
    ModelStamp stamp = action.stamp;
    stamp.by = action.id + "." + std::to_string(i);
    const std::string reason = apply_one(after, action.operations[i], stamp, action.begins);
    if (refused.empty()) refused = reason;
  }
  if (refused.empty() || action.fact) now_ = std::move(after);
  return refused;
}

std::string GoodsBook::compare(const std::string& collection, const std::string& id, const std::optional<std::string>& body) {
  if (collection == "stock") {
    const ModelStock& expected = now_.stocks[id];
    const auto seen = body ? model_.stock(*body) : ModelStock{};
    return seen == expected ? "" : "stock " + id + ": " + (seen ? show(*seen) : "unreadable") + ", expected " + show(expected);
  }
  if (collection == "receipt") {
    const ModelReceipt& expected = now_.receipts[id];
    const auto seen = body ? model_.receipt(*body) : ModelReceipt{};
    return seen == expected ? "" : "receipt " + id + ": " + (seen ? show(*seen) : "unreadable") + ", expected " + show(expected);
  }
  const ModelOrder& expected = now_.orders[id];
  const auto seen = body ? model_.order(*body) : ModelOrder{};
  return seen == expected ? "" : "order " + id + ": " + (seen ? show(*seen) : "unreadable") + ", expected " + show(expected);
}

std::string GoodsBook::store_shows_receipt(std::size_t box, const std::string& store, const std::string& id,
                                           const std::optional<std::string>& body, bool may_go) {
  ModelReceipt& before = shown_.at(box).receipts[id];
  const auto seen = body ? model_.receipt(*body) : ModelReceipt{};
  if (!seen) return "receipt " + id + " cannot be read";
  std::string lost;
  if (before.seller == store && seen->seller.empty()) lost = "receipt " + id + ": its sale is not shown any more";
  for (const ModelReceipt::Back& was : before.backs) {
    const bool still = std::ranges::any_of(seen->backs, [&](const ModelReceipt::Back& back) {
      return back.transaction == was.transaction && back.units == was.units;
    });
    if (was.store == store && !still)
      lost = "receipt " + id + ": what came back by " + was.transaction.substr(0, 6) + " is not shown any more";
  }
  before = *seen;
  return may_go ? "" : lost;
}

std::string GoodsBook::store_shows(std::size_t store, const std::string& order, const std::optional<std::string>& body,
                                   bool hub_lost) {
  ModelOrder& before = shown_.at(store).orders[order];
  if (!body) return hub_lost || !before.there ? "" : "order " + order + " is not shown any more";
  const auto seen = model_.order(*body);
  if (!seen) return "order " + order + " cannot be read";
  std::string lost;
  for (const auto& [number, line] : before.lines) {
    const auto now = seen->lines.find(number);
    for (const auto& [sum, units] : line.sums) {
      const auto left = now == seen->lines.end() ? line.sums.end() : now->second.sums.find(sum);
      const std::int64_t shown = now == seen->lines.end() || left == now->second.sums.end() ? 0 : left->second;
      if (shown < units) {
        lost = "order " + order + ", line " + std::to_string(number) + ": " + sum + " " + std::to_string(shown) + ", and was " +
               std::to_string(units);
      }
    }
  }
  for (const char* said : {"ready", "staged", "released"}) {
    if (before.said.contains(said) && !seen->said.contains(said)) lost = "order " + order + " is not " + said + " any more";
  }
  before = *seen;
  return hub_lost && shown_.at(store).restored ? "" : lost;
}

}  // namespace vitrine::sim
