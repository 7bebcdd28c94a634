// SPDX-License-Identifier: Apache-2.0
// Sums of what was said, made into what is. Where sums say more than there can be, the excess counts nowhere and shows as an
// exception.
#include "sync/rules/order_state.hpp"

#include <algorithm>
#include <array>

#include "sync/rules/order.hpp"

namespace vitrine::sync::rules {

namespace {

constexpr std::string_view after_cancel = "handed_over_after_cancel";
constexpr std::string_view twice = "handed_over_twice";
constexpr std::string_view too_much_back = "returned_too_much";

template <class Of>
std::int64_t sum(const Order& order, const Of& of) {
  std::int64_t all = 0;
  for (const OrderLine& line : order.lines) all += of(line);
  return all;
}

std::int64_t back_units(const OrderLine& line) { return std::min(line.tally.returned, handed_units(line)); }

bool anything_handed(const Order& order) {
  return std::ranges::any_of(order.lines, [](const OrderLine& line) { return line.tally.handed > 0; });
}

bool is_begun(const OrderLine& line) { return line.tally.picked > 0 || (line.mark && !line.mark->who.empty()); }

std::int64_t worth(const OrderLine& line, std::int64_t units) { return line.unit_price * units; }

}  // namespace

std::int64_t handed_units(const OrderLine& line) { return std::min(line.tally.handed, line.ordered); }

UnitPlaces places_of(const OrderLine& line) {
  const std::int64_t out = handed_units(line);
  const std::int64_t back = back_units(line);
  // What was handed over was picked, also where nobody said so.
  const std::int64_t picked = std::max(std::min(line.tally.picked, line.ordered), out);
  const std::int64_t in_hands = picked - out + back;
  UnitPlaces at;
  at.waiting = line.ordered - picked;
  at.customer = out - back;
  at.restocked = std::min(line.tally.restocked, in_hands);
  at.written_off = std::min(line.tally.written_off, in_hands - at.restocked);
  at.held = in_hands - at.restocked - at.written_off;
  return at;
}

UnitPlaces places_of(const Order& order) {
  UnitPlaces all;
  for (const OrderLine& line : order.lines) {
    const UnitPlaces at = places_of(line);
    all.waiting += at.waiting;
    all.held += at.held;
    all.customer += at.customer;
    all.restocked += at.restocked;
    all.written_off += at.written_off;
  }
  return all;
}

std::int64_t missing_units(const OrderLine& line) { return std::min(line.tally.missing, places_of(line).waiting); }

std::int64_t refused_units(const OrderLine& line) { return std::min(line.tally.refused, line.ordered - handed_units(line)); }

std::int64_t wanted_units(const OrderLine& line) {
  const bool given_up = line.choice && line.choice->what != OrderChoice::What::wait;
  const std::int64_t instead = given_up ? std::clamp<std::int64_t>(line.choice->units, 0, missing_units(line)) : 0;
  return std::max<std::int64_t>(line.ordered - handed_units(line) - line.tally.refused - instead, 0);
}

std::int64_t ready_units(const OrderLine& line) {
  const UnitPlaces at = places_of(line);
  // What was brought back is not handed over again; it goes to the shelf first.
  const std::int64_t gone = std::max<std::int64_t>(at.restocked + at.written_off - back_units(line), 0);
  const std::int64_t never_out = line.ordered - at.waiting - handed_units(line) - gone;
  return std::min(std::max<std::int64_t>(never_out, 0), wanted_units(line));
}

std::int64_t returnable_units(const OrderLine& line) { return places_of(line).customer; }

bool is_cancelled(const Order& order) { return order.cancelled || (order.cancel_requested && order.released); }

bool is_cancel_asked(const Order& order) { return order.cancel_requested && !is_cancelled(order) && !anything_handed(order); }

std::vector<std::string_view> exceptions_of(const Order& order) {
  std::vector<std::string_view> all;
  // A cancel that the store agreed to leaves what it had handed over before with the buyer: that is no contradiction.
  if (order.cancelled && anything_handed(order)) all.push_back(after_cancel);
  const auto any = [&](auto is) { return std::ranges::any_of(order.lines, is); };
  if (order.revision > 0 && any([](const OrderLine& line) { return line.tally.handed > line.ordered; })) all.push_back(twice);
  if (order.revision > 0 && any([](const OrderLine& line) { return line.tally.returned > handed_units(line); }))
    all.push_back(too_much_back);
  return all;
}

std::vector<std::string_view> open_exceptions(const Order& order) {
  std::vector<std::string_view> open = exceptions_of(order);
  std::erase_if(open, [&](std::string_view one) { return order.resolved.contains(std::string(one)); });
  return open;
}

std::string_view word_of(OrderStatus status) {
  constexpr std::array<std::string_view, order_statuses> words = {
      "placed",   "picking",   "ready",     "arrived", "part_collected", "collected", "returned",
      "released", "cancelled", "exception", "asked",   "confirmed",      "completed"};
  return words[static_cast<std::size_t>(status)];
}

bool is_delivery(const Order& order) { return order.asked && !order.store; }

OrderStatus status_of(const Order& order) {
  if (!open_exceptions(order).empty()) return OrderStatus::exception;
  const std::int64_t out = sum(order, handed_units);
  const bool all_back = out > 0 && sum(order, back_units) == out;
  if (is_cancelled(order) && out == 0) return OrderStatus::cancelled;
  if (all_back) return OrderStatus::returned;
  if (is_delivery(order)) {
    if (order.released) return OrderStatus::cancelled;
    if (order.archived || out > 0) return OrderStatus::completed;
    return order.placed == order.asked->stamp ? OrderStatus::asked : OrderStatus::confirmed;
  }
  const bool wanted = std::ranges::any_of(order.lines, [](const OrderLine& line) { return wanted_units(line) > 0; });
  if (out > 0) return wanted && !order.released && !is_cancelled(order) ? OrderStatus::part_collected : OrderStatus::collected;
  if (order.released || (!wanted && order.revision > 0)) return OrderStatus::released;
  if (order.ready) return order.arrived ? OrderStatus::arrived : OrderStatus::ready;
  return std::ranges::any_of(order.lines, is_begun) ? OrderStatus::picking : OrderStatus::placed;
}

bool is_over(const Order& order) { return is_over(status_of(order)); }

bool is_over(OrderStatus status) {
  switch (status) {
    case OrderStatus::collected:
    case OrderStatus::returned:
    case OrderStatus::released:
    case OrderStatus::cancelled:
    case OrderStatus::completed:
      return true;
    default:
      return false;
  }
}

std::string_view word_of(Payment payment) {
  constexpr std::array<std::string_view, 6> words = {"placed", "part_paid", "paid", "cancelled", "refund_due", "refunded"};
  return words[static_cast<std::size_t>(payment)];
}

std::int64_t balance_due(const Order& order) {
  if (is_over(order)) return 0;
  const std::int64_t asked =
      sum(order, [](const OrderLine& line) { return worth(line, handed_units(line) + wanted_units(line)); });
  return std::max<std::int64_t>(asked - (order.paid_minor - order.refunded_minor), 0);
}

std::int64_t refund_due(const Order& order) {
  if (!open_exceptions(order).empty()) return 0;
  // What the buyer has, or is still to get, is theirs to pay for; all else that was paid goes back.
  const bool over = is_over(order);
  const std::int64_t kept =
      sum(order, [&](const OrderLine& line) { return worth(line, places_of(line).customer + (over ? 0 : wanted_units(line))); });
  return std::max<std::int64_t>(order.paid_minor - order.refunded_minor - kept, 0);
}

Payment payment_of(const Order& order) {
  if (refund_due(order) > 0) return Payment::refund_due;
  if (order.refunded_minor > 0 && order.refunded_minor == order.paid_minor) return Payment::refunded;
  if (is_cancelled(order)) return Payment::cancelled;
  if (order.paid_minor == 0 && balance_due(order) > 0) return Payment::placed;
  return balance_due(order) > 0 ? Payment::part_paid : Payment::paid;
}

UtcMs hold_until(const Order& order) { return std::max(order.hold_until, order.held_until); }

UtcMs expires_at(const Order& order) {
  if (is_over(order)) return order.changed_at.plus(order_kept_ms);
  return std::max({order.changed_at, order.promise_at, hold_until(order)}).plus(order_open_kept_ms);
}

}  // namespace vitrine::sync::rules
