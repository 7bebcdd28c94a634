// SPDX-License-Identifier: Apache-2.0
// Example followed: three glasses for £10.00 come back one by one: £3.33, £3.33 and £3.34.
#include "sync/rules/returning.hpp"

#include <algorithm>
#include <array>

#include "base/require.hpp"
#include "sync/rules/order_state.hpp"

namespace vitrine::sync::rules {

namespace {

constexpr std::int64_t day_ms = 86'400'000;

// paid × units / bought, rounded down, without leaving 64 bits: paid is a line's, up to 10^14.
std::int64_t share_of(std::int64_t paid_minor, std::int64_t bought, std::int64_t units) {
  return paid_minor / bought * units + paid_minor % bought * units / bought;
}

}  // namespace

std::string_view word_of(ReturnBar bar) {
  constexpr std::array<std::string_view, 4> words = {"", "nothing_left", "not_taken_back", "too_late"};
  return words[static_cast<std::size_t>(bar)];
}

UtcMs return_until(const ReturnRules& rules, UtcMs handed_at) { return handed_at.plus(rules.window_days * day_ms); }

ReturnBar bar_of(const ReturnRules& rules, const ReturnQuestion& question, UtcMs now) {
  if (question.returnable <= 0) return ReturnBar::nothing_left;
  const auto among = [](const std::vector<std::string>& names, std::string_view name) {
    return std::ranges::find(names, name) != names.end();
  };
  const bool kept = among(rules.skus_kept, question.sku) || std::ranges::any_of(question.categories, [&](const std::string& one) {
                      return among(rules.categories_kept, one);
                    });
  if (kept) return ReturnBar::kept;
  return now < return_until(rules, question.handed_at) ? ReturnBar::none : ReturnBar::too_late;
}

const ReturnCondition* condition_of(const ReturnRules& rules, std::string_view name) {
  const auto found = std::ranges::find(rules.conditions, name, &ReturnCondition::name);
  return found == rules.conditions.end() ? nullptr : &*found;
}

std::int64_t refund_of(std::int64_t paid_minor, std::int64_t bought, std::int64_t before, std::int64_t units) {
  require(paid_minor >= 0 && before >= 0 && units >= 0 && before + units <= bought, "units that were never bought");
  if (units == 0) return 0;
  return share_of(paid_minor, bought, before + units) - share_of(paid_minor, bought, before);
}

std::int64_t unpaid_of(const Order& order) {
  std::int64_t theirs = 0;
  for (const OrderLine& line : order.lines)
    theirs += line.unit_price * (places_of(line).customer + (is_over(order) ? 0 : wanted_units(line)));
  return std::max<std::int64_t>(theirs - (order.paid_minor - order.refunded_minor), 0);
}

std::int64_t refund_of(const Order& order, const std::vector<LineUnits>& lines) {
  Order after = order;
  for (const LineUnits& one : lines) {
    const auto line = std::ranges::find(after.lines, one.line, &OrderLine::number);
    if (line != after.lines.end()) line->tally.returned += one.units;
  }
  return std::max<std::int64_t>(refund_due(after) - refund_due(order), 0);
}

UtcMs handed_at(const Order& order, std::int64_t line) {
  UtcMs at;
  for (const OrderEvent& event : order.events) {
    if (event.what == OrderEvent::What::handed_over && event.lines.contains(line)) at = std::max(at, event.stamp.at);
  }
  return at.value > 0 ? at : order.changed_at;
}

bool may_settle_return(const Order& order, const StoreId& here, UtcMs now) {
  return order.store == here && now < order.leased_until;
}

}  // namespace vitrine::sync::rules
