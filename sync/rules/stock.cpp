// SPDX-License-Identifier: Apache-2.0
// Movements, counts and what does not add up; promises have a file of their own.
// Example followed: a store sells two offline while the platform's nightly file says ten; eight are left, whichever came first.
#include "sync/rules/stock.hpp"

#include <algorithm>
#include <type_traits>
#include <utility>

#include "sync/planted.hpp"
#include "sync/rules/stock_parts.hpp"

namespace vitrine::sync::rules {

namespace {

std::int64_t bounded(std::int64_t on_hand) { return std::clamp(on_hand, -on_hand_max, on_hand_max); }

// CONFLICT: a movement of another life of the store's database (a box that was replaced, or stood beside) or one that was made
// before the platform's count arrives after that count.
// RESOLUTION: whoever counted saw its effect on the shelf. It is written down for people, and the figure stays; a movement of the
// life that counted comes in its own order and always counts.
bool is_in_count(const Stock& stock, const ApplyContext& context) {
  return context.life != stock.counted_life && context.at < stock.counted_at;
}

void note_if_negative(Stock& stock, const ApplyContext& context) {
  if (stock.on_hand >= 0) return;
  const auto known = std::ranges::find(stock.discrepancies, std::string("negative"), &StockDiscrepancy::kind);
  if (known == stock.discrepancies.end()) {
    note_discrepancy(stock, {discrepancy_id(context), "negative", stock.on_hand, context.at});
  } else {
    known->units = std::min(known->units, stock.on_hand);
  }
}

// CONFLICT: goods move at several hands at once, and together more leave than the figure says are there.
// RESOLUTION: all of it happened, so all of it counts, in any order; a balance below nothing is written down for people.
Verdict<Stock> apply_one(Stock stock, const StockMove& move, const ApplyContext& context) {
  move_units(stock, move.units, context);
  return stock;
}

// CONFLICT: somebody counts while goods move.
// RESOLUTION: the count says what moved since it began; what moves after it is added to it.
// CONFLICT: two counts.
// RESOLUTION: of one life of the database the later in its order; else the later by time, and the other is written down.
Verdict<Stock> apply_one(Stock stock, const StockCount& count, const ApplyContext& context) {
  const std::int64_t figure = bounded(count.counted + (planted(Bug::count_forgets_moved) ? 0 : count.moved));
  if (is_in_count(stock, context)) {
    note_discrepancy(stock, {discrepancy_id(context), "late_count", figure - stock.on_hand, context.at});
    return stock;
  }
  const std::int64_t difference = figure - stock.on_hand;
  stock.on_hand = figure;
  stock.counted_at = context.at;
  stock.counted_life = context.life;
  stock.recent.clear();
  stock.recent_from = context.at;
  std::erase_if(stock.discrepancies, [](const StockDiscrepancy& one) { return one.kind == "negative"; });
  if (difference != 0) note_discrepancy(stock, {discrepancy_id(context), "count", difference, context.at});
  return stock;
}

Verdict<Stock> apply_one(Stock stock, const StockPost& post, const ApplyContext& context) {
  return apply_promise(std::move(stock), post, context);
}
Verdict<Stock> apply_one(Stock stock, const StockReserve& reserve, const ApplyContext& context) {
  return apply_promise(std::move(stock), reserve, context);
}
Verdict<Stock> apply_one(Stock stock, const StockRelease& release, const ApplyContext& context) {
  return apply_promise(std::move(stock), release, context);
}
Verdict<Stock> apply_one(Stock stock, const StockLend& lend, const ApplyContext& context) {
  return apply_promise(std::move(stock), lend, context);
}

// CONFLICT: people see to a discrepancy while it grows, or twice.
// RESOLUTION: the entry that they saw goes, once; what comes after it makes a new one.
Verdict<Stock> apply_one(Stock stock, const StockSettle& settle, const ApplyContext&) {
  std::erase_if(stock.discrepancies, [&](const StockDiscrepancy& one) {
    return std::ranges::find(settle.discrepancies, one.id) != settle.discrepancies.end();
  });
  return stock;
}

template <class T>
constexpr bool is_fact = std::is_same_v<T, StockMove> || std::is_same_v<T, StockCount> || std::is_same_v<T, StockPost>;

}  // namespace

void note_discrepancy(Stock& stock, StockDiscrepancy discrepancy) {
  if (std::ranges::find(stock.discrepancies, discrepancy.id, &StockDiscrepancy::id) != stock.discrepancies.end()) return;
  stock.discrepancies.push_back(std::move(discrepancy));
  if (stock.discrepancies.size() > discrepancies_max) stock.discrepancies.erase(stock.discrepancies.begin());
}

std::string discrepancy_id(const ApplyContext& context) {
  return context.transaction.text + "." + std::to_string(context.operation_index);
}

void move_units(Stock& stock, std::int64_t units, const ApplyContext& context) {
  if (is_in_count(stock, context)) {
    note_discrepancy(stock, {discrepancy_id(context), "late_move", units, context.at});
    return;
  }
  stock.on_hand = bounded(stock.on_hand + units);
  if (planted(Bug::balance_cut_at_zero)) stock.on_hand = std::max<std::int64_t>(stock.on_hand, 0);
  stock.moved += units;
  stock.recent.push_back({context.at, units});
  if (stock.recent.size() > recent_moves_max) {
    const auto oldest = std::ranges::min_element(stock.recent, {}, &StockMoved::at);
    stock.recent_from = std::max(stock.recent_from, oldest->at);
    stock.recent.erase(oldest);
  }
  note_if_negative(stock, context);
}

Verdict<Stock> apply(const std::optional<Stock>& stock, const StoreId& store, const Sku& sku, const StockOperation& operation,
                     const ApplyContext& context) {
  Stock before;
  if (stock) {
    before = *stock;
  } else {
    before.store = store;
    before.sku = sku;
  }
  // CONFLICT: goods move of which the hub has no record: a product that was never listed here, or a restored hub.
  // RESOLUTION: it happened; the record begins with it, and people are told.
  const bool fact = std::visit([]<class T>(const T&) { return is_fact<T>; }, operation);
  if (!stock && !fact) return std::unexpected(Refusal{"stock_unknown"});
  if (!stock) note_discrepancy(before, {discrepancy_id(context) + ".new", "unlisted", 0, context.at});
  end_expired(before, context.at);
  return std::visit([&](const auto& op) { return apply_one(std::move(before), op, context); }, operation);
}

// CONFLICT: the platform's file says what was there at a time, and the store has moved or counted since, perhaps unheard.
// RESOLUTION: it is a count of that time. What moved after it is added; one that is older than the count in force, or than the
// movements that are remembered, leaves the figure alone.
Stock apply_import(const std::optional<Stock>& stock, const StoreId& store, const Sku& sku, const StockImport& row, UtcMs now) {
  Stock after = stock.value_or(Stock{});
  after.store = store;
  after.sku = sku;
  after.safety = row.safety;
  after.aisle = row.aisle;
  after.bay = row.bay;
  // A time to come would swallow every movement until then.
  const UtcMs at = std::min(row.counted_at, now);
  const bool older = at < after.counted_at || (at == after.counted_at && !after.counted_life.empty());
  if (older) return after;
  if (at < after.recent_from) {
    note_discrepancy(after, {"import." + std::to_string(at.value), "import_unclear", row.on_hand - after.on_hand, at});
    return after;
  }
  std::int64_t since = 0;
  for (const StockMoved& one : after.recent) since += one.at >= at ? one.units : 0;
  after.on_hand = bounded(row.on_hand + since);
  after.counted_at = at;
  after.counted_life = {};
  if (after.on_hand >= 0) std::erase_if(after.discrepancies, [](const StockDiscrepancy& one) { return one.kind == "negative"; });
  return after;
}

}  // namespace vitrine::sync::rules
