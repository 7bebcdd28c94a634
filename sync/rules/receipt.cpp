// SPDX-License-Identifier: Apache-2.0
// Example followed: two cups were bought. Harbour Street takes both back without a line, Quay Square one, and is heard first:
// Quay Square's counts, one of Harbour Street's too, and a person decides about the other.
#include "sync/rules/receipt.hpp"

#include <algorithm>

#include "sync/planted.hpp"
#include "sync/rules/order_parts.hpp"

namespace vitrine::sync::rules {

namespace {

constexpr std::string_view denied = "no_refund";

Stamp stamp_of(const ApplyContext& context) {
  return {context.at, context.transaction.text + "." + std::to_string(context.operation_index)};
}

bool is_of(const ReceiptReturn& back, const TransactionId& transaction) {
  return back.stamp.by.starts_with(transaction.text + ".");
}

std::int64_t bought_units(const Receipt& receipt, std::int64_t line) {
  if (!receipt.sale) return order_tally_max;
  const auto found = std::ranges::find(receipt.sale->lines, line, &ReceiptLine::number);
  return found == receipt.sale->lines.end() ? 0 : found->units;
}

// Of every line, all that was ever said to be back.
std::int64_t said_units(const Receipt& receipt, std::int64_t line) {
  std::int64_t units = 0;
  for (const ReceiptReturn& back : receipt.returns) {
    const auto of_line = back.lines.find(line);
    if (of_line != back.lines.end()) add_to(units, of_line->second);
  }
  return units;
}

// CONFLICT: one sale is told twice, or another one under its letters. RESOLUTION: what was told first stands.
std::string act(Receipt& receipt, const ReceiptSell& sell, const ApplyContext& context) {
  if (receipt.sale && !planted(Bug::receipt_sold_anew)) return "";
  receipt.sale = ReceiptSale{sell.store, sell.currency, sell.kept_until, sell.lines, stamp_of(context)};
  return "";
}

// CONFLICT: two stores that do not hear each other take back the same units. RESOLUTION: goods that are here are here: both are
// written down, in the order in which the hub hears of them. The first counts, and of the later what was left; for the rest no
// money goes back before a person has decided.
// CONFLICT: goods come back before the hub knows of the sale (it was set back). RESOLUTION: they are written down, and judged
// when the sale is told.
std::string act(Receipt& receipt, const ReceiptBack& back, const ApplyContext& context) {
  if (return_of(receipt, context.transaction) != nullptr) return "";
  if (planted(Bug::receipt_return_replaces)) receipt.returns.clear();
  if (receipt.returns.size() < receipt_returns_max)
    receipt.returns.push_back({back.store, back.reason, back.condition, {}, stamp_of(context), {}});
  for (const LineUnits& one : back.lines) add_to(receipt.returns.back().lines[one.line], one.units);
  return "";
}

// CONFLICT: two people decide about one return. RESOLUTION: the first decision stands.
std::string act(Receipt& receipt, const ReceiptResolve& resolve, const ApplyContext& context) {
  const auto found = std::ranges::find_if(receipt.returns, [&](const ReceiptReturn& back) { return is_of(back, resolve.back); });
  if (found == receipt.returns.end()) return "return_unknown";
  if (!found->decided) found->decided = {resolve.how, stamp_of(context)};
  return "";
}

}  // namespace

Verdict<Receipt> apply(const std::optional<Receipt>& receipt, const ReceiptOperation& operation, const ApplyContext& context) {
  if (!receipt && std::holds_alternative<ReceiptResolve>(operation)) return std::unexpected(Refusal{"receipt_unknown"});
  Receipt after = receipt.value_or(Receipt{context.at, {}, {}});
  after.since = std::min(after.since, context.at);
  std::string refused = std::visit([&](const auto& op) { return act(after, op, context); }, operation);
  if (!refused.empty()) return std::unexpected(Refusal{std::move(refused)});
  return after;
}

std::int64_t returned_units(const Receipt& receipt, std::int64_t line) {
  return std::min(said_units(receipt, line), bought_units(receipt, line));
}

const ReceiptReturn* return_of(const Receipt& receipt, const TransactionId& back) {
  const auto found = std::ranges::find_if(receipt.returns, [&](const ReceiptReturn& one) { return is_of(one, back); });
  return found == receipt.returns.end() ? nullptr : &*found;
}

bool is_questioned(const Receipt& receipt, const ReceiptReturn& back) {
  if (back.decided) return false;
  return std::ranges::any_of(back.lines, [&](const auto& of_line) {
    std::int64_t before = 0;
    for (const ReceiptReturn& earlier : receipt.returns) {
      if (&earlier == &back) break;
      const auto found = earlier.lines.find(of_line.first);
      if (found != earlier.lines.end()) add_to(before, found->second);
    }
    return of_line.second > std::max<std::int64_t>(bought_units(receipt, of_line.first) - before, 0);
  });
}

std::vector<const ReceiptReturn*> questioned(const Receipt& receipt) {
  std::vector<const ReceiptReturn*> all;
  for (const ReceiptReturn& back : receipt.returns) {
    if (is_questioned(receipt, back)) all.push_back(&back);
  }
  return all;
}

bool is_denied(const ReceiptReturn& back) { return back.decided && back.decided->how == denied; }

bool may_settle_return(const Receipt& receipt, const StoreId& here) { return receipt.sale && receipt.sale->store == here; }

UtcMs expires_at(const Receipt& receipt) {
  return receipt.sale ? receipt.sale->kept_until : receipt.since.plus(receipt_begun_kept_ms);
}

}  // namespace vitrine::sync::rules
