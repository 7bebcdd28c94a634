// SPDX-License-Identifier: Apache-2.0
// What an order is, computed from its two registers: where each unit is, what people are shown, what is owed, what needs a
// person. Total functions: every order that can be written has an answer.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "sync/model/order.hpp"

namespace vitrine::sync::rules {

// The units of one line, each in exactly one place: their sum is what was ordered.
struct UnitPlaces {
  std::int64_t waiting = 0;      // on the shelf, or missing
  std::int64_t held = 0;         // picked, or brought back: in the store's hands
  std::int64_t customer = 0;     // handed over
  std::int64_t restocked = 0;    // on the shelf again
  std::int64_t written_off = 0;  // not to be sold any more
  bool operator==(const UnitPlaces&) const = default;
};
UnitPlaces places_of(const OrderLine& line);
// Of the whole order.
UnitPlaces places_of(const Order& order);

// Units of a line that left the store, brought back or not.
std::int64_t handed_units(const OrderLine& line);
// Units that may be handed over now: picked, not refused, still held, never out.
std::int64_t ready_units(const OrderLine& line);
// Units that the buyer still wants and has not got: not refused, not chosen to be refunded.
std::int64_t wanted_units(const OrderLine& line);
// Units of a line that may be brought back: bought − returned.
std::int64_t returnable_units(const OrderLine& line);
// Units nobody found, of those that are still waiting.
std::int64_t missing_units(const OrderLine& line);

// Units of a line that the buyer did not want, and did not take after all.
std::int64_t refused_units(const OrderLine& line);

enum class OrderStatus {
  placed,          // nobody has begun
  picking,         // a line is marked or picked
  ready,           // at its place
  arrived,         // and the buyer is here
  part_collected,  // some units are with the buyer, more are wanted
  collected,
  returned,  // every unit that was handed over is back
  released,  // nobody came, or the store gave it up
  cancelled,
  exception,  // the registers contradict each other: a person must look
  // Of one that is sent home, instead of placed to released:
  asked,      // in a shop, and the platform has not answered
  confirmed,  // the platform has placed it
  completed,  // the platform says that it has arrived, or that all is done
};
inline constexpr std::size_t order_statuses = 13;
std::string_view word_of(OrderStatus status);
OrderStatus status_of(const Order& order);
// It was asked for in a shop and is sent home: no store has its goods in hand.
bool is_delivery(const Order& order);
// Nothing more is to be done with its goods by the buyer.
bool is_over(const Order& order);
bool is_over(OrderStatus status);
// The store is asked to agree to a cancel, and has not answered.
bool is_cancel_asked(const Order& order);
// It is cancelled: at once, or since the store has agreed.
bool is_cancelled(const Order& order);

enum class Payment { placed, part_paid, paid, cancelled, refund_due, refunded };
std::string_view word_of(Payment payment);
Payment payment_of(const Order& order);
// What the buyer still has to pay before goods leave.
std::int64_t balance_due(const Order& order);
// What the hub has to give back. 0 while an exception is open: people decide.
std::int64_t refund_due(const Order& order);

// "handed_over_after_cancel", "handed_over_twice", "returned_too_much": those that nobody has resolved. Each at most once.
std::vector<std::string_view> open_exceptions(const Order& order);
// And the resolved ones.
std::vector<std::string_view> exceptions_of(const Order& order);

// Until when the store keeps it for the buyer; 0: no end was said.
UtcMs hold_until(const Order& order);
// When every copy is forgotten.
UtcMs expires_at(const Order& order);

}  // namespace vitrine::sync::rules
