// SPDX-License-Identifier: Apache-2.0
// Promises: reservations of the store by its right, of the hub by what is left, and the rights themselves.
// Example followed: the hub lends a store five units until noon; offline it promises three, and the web sells none of the five.
#include <algorithm>
#include <utility>

#include "sync/planted.hpp"
#include "sync/rules/stock_parts.hpp"

namespace vitrine::sync::rules {

namespace {

std::unexpected<Refusal> refuse(const char* reason) { return std::unexpected(Refusal{reason}); }

bool is_over(const StockRight& right, UtcMs at) { return at >= right.until; }

void give_back(Stock& stock, const StockReservation& reservation, std::int64_t units) {
  if (!stock.lent || reservation.right != stock.lent->id) return;
  stock.lent->drawn = std::max<std::int64_t>(0, stock.lent->drawn - units);
}

void remember_end(Stock& stock, const ReservationId& id, ReservationEnd how, UtcMs at) {
  stock.ended.push_back({id, how, at});
  if (stock.ended.size() > ended_max) stock.ended.erase(stock.ended.begin());
}

auto find_pending(Stock& stock, const ReservationId& id) {
  return std::ranges::find(stock.reservations, id, &StockReservation::id);
}

}  // namespace

std::int64_t reserved_at(const Stock& stock, UtcMs now) {
  std::int64_t units = 0;
  for (const StockReservation& one : stock.reservations) units += one.until > now ? one.units : 0;
  return units;
}

std::int64_t rights_left_at(const Stock& stock, UtcMs now) {
  if (!stock.lent || is_over(*stock.lent, now)) return 0;
  std::int64_t left = stock.lent->units - stock.lent->drawn;
  for (const StockReservation& one : stock.reservations) {
    if (one.until <= now && one.right == stock.lent->id) left += one.units;  // it has run out, and nothing was applied since
  }
  return left;
}

std::int64_t unreserved_at(const Stock& stock, UtcMs now) {
  return std::max<std::int64_t>(0, stock.on_hand - reserved_at(stock, now) - stock.safety);
}

std::int64_t reserved_for(const Stock& stock, std::string_view purpose, UtcMs now) {
  std::int64_t units = 0;
  for (const StockReservation& one : stock.reservations) units += one.purpose == purpose && one.until > now ? one.units : 0;
  return units;
}

std::int64_t unreserved_for(const Stock& stock, std::string_view purpose, UtcMs now) {
  const std::int64_t others = reserved_at(stock, now) - (purpose.empty() ? 0 : reserved_for(stock, purpose, now));
  return std::max<std::int64_t>(0, stock.on_hand - others - stock.safety);
}

// CONFLICT: a cart is promised some of a line by the web and more of it at the kiosk, and then all of it is sold.
// RESOLUTION: every promise ends with the part of the goods that it was for; none is left to hold back what nobody waits for.
std::vector<StockOperation> leave(const Stock& stock, std::string_view purpose, std::int64_t units, MoveReason reason,
                                  const std::string& reference, std::size_t operations_max, UtcMs now) {
  std::vector<const StockReservation*> promises;
  for (const StockReservation& one : stock.reservations) {
    const bool fits = promises.size() < std::min(static_cast<std::size_t>(units), operations_max);
    if (fits && one.purpose == purpose && one.until > now) promises.push_back(&one);
  }
  if (promises.empty()) return {StockMove{-units, reason, reference}};
  std::vector<StockOperation> operations;
  for (std::size_t i = 0; i < promises.size(); ++i) {
    const auto others = static_cast<std::int64_t>(promises.size() - i - 1);
    const std::int64_t part = others == 0 ? units : std::min(promises[i]->units, units - others);
    operations.emplace_back(StockPost{promises[i]->id, part, reason, reference});
    units -= part;
  }
  return operations;
}

std::int64_t free_at(const Stock& stock, UtcMs now) {
  const std::int64_t lent = planted(Bug::lent_units_sold) ? 0 : rights_left_at(stock, now);
  return std::max<std::int64_t>(0, stock.on_hand - reserved_at(stock, now) - stock.safety - lent);
}

// CONFLICT: a promise runs out while somebody ends it, and the two are heard in either order.
// RESOLUTION: the end that is applied first is its one end; the units are free or gone all the same.
void end_expired(Stock& stock, UtcMs at) {
  for (const StockReservation& one : stock.reservations) {
    if (one.until > at) continue;
    give_back(stock, one, one.units);
    remember_end(stock, one.id, ReservationEnd::expired, one.until);
  }
  std::erase_if(stock.reservations, [at](const StockReservation& one) { return one.until <= at; });
  std::erase_if(stock.ended, [at](const EndedReservation& one) { return one.at.plus(ended_life_ms) < at; });
}

// CONFLICT: promised goods leave after the promise was given back, ran out or was never heard of.
// RESOLUTION: they left: the figure moves. A promise that is pending ends with it, and what was promised beyond is free again;
// one that comes later has ended already.
Verdict<Stock> apply_promise(Stock stock, const StockPost& post, const ApplyContext& context) {
  const auto found = find_pending(stock, post.reservation);
  if (planted(Bug::promise_outlives_goods) && found != stock.reservations.end()) {
    move_units(stock, -post.units, context);
    return stock;
  }
  if (found != stock.reservations.end()) {
    give_back(stock, *found, std::max<std::int64_t>(0, found->units - post.units));
    remember_end(stock, found->id, ReservationEnd::posted, context.at);
    stock.reservations.erase(found);
  } else if (std::ranges::find(stock.ended, post.reservation, &EndedReservation::id) == stock.ended.end()) {
    remember_end(stock, post.reservation, ReservationEnd::posted, context.at);
  }
  move_units(stock, -post.units, context);
  return stock;
}

// CONFLICT: store and web promise at the same time, more together than there are.
// RESOLUTION: neither can: the store promises of what was lent to it, the hub of the rest; in one hand the order decides, and
// who comes too late is refused whole.
// CONFLICT: a promise by a right arrives after the right is over and another one was lent.
// RESOLUTION: it names its right: it draws on that or on none. It has run out with it, and its people are told.
Verdict<Stock> apply_promise(Stock stock, const StockReserve& reserve, const ApplyContext& context) {
  if (reserve.units < 1 || reserve.units > reservation_units_max) return refuse("quantity_invalid");
  if (std::ranges::find(stock.ended, reserve.reservation, &EndedReservation::id) != stock.ended.end())
    return refuse("reservation_ended");
  if (const auto known = find_pending(stock, reserve.reservation); known != stock.reservations.end()) {
    if (known->units != reserve.units || known->right != reserve.right) return refuse("reservation_known");
    return stock;
  }
  if (reserve.until <= context.at || reserve.until > context.at.plus(promise_ms_max)) return refuse("until_invalid");
  if (stock.reservations.size() >= reservations_max) return refuse("reservations_full");
  const bool of_store = !context.life.empty();
  StockReservation made{reserve.reservation, reserve.units, reserve.until, reserve.purpose, reserve.right};
  if (of_store) {
    if (!stock.lent || stock.lent->id != reserve.right || is_over(*stock.lent, context.at)) return refuse("right_over");
    if (reserve.units > rights_left_at(stock, context.at)) return refuse("not_enough");
    made.until = std::min(made.until, stock.lent->until);
    if (!planted(Bug::right_spent_twice)) stock.lent->drawn += reserve.units;
  } else {
    if (reserve.right) return refuse("not_allowed");
    if (reserve.units > free_at(stock, context.at)) return refuse("not_enough");
  }
  stock.reservations.push_back(std::move(made));
  return stock;
}

// CONFLICT: a promise is given back twice, or after its goods left.
// RESOLUTION: it ended once, and stays as it ended.
Verdict<Stock> apply_promise(Stock stock, const StockRelease& release, const ApplyContext& context) {
  const auto found = find_pending(stock, release.reservation);
  if (found == stock.reservations.end()) {
    if (std::ranges::find(stock.ended, release.reservation, &EndedReservation::id) != stock.ended.end()) return stock;
    return refuse("reservation_unknown");
  }
  give_back(stock, *found, found->units);
  if (planted(Bug::promise_ends_twice)) return stock;
  remember_end(stock, found->id, ReservationEnd::voided, context.at);
  stock.reservations.erase(found);
  return stock;
}

// CONFLICT: the hub lends anew while the store draws, unheard, on what it has.
// RESOLUTION: a right in force only grows and lasts longer, so whatever was drawn on it still fits.
Verdict<Stock> apply_promise(Stock stock, const StockLend& lend, const ApplyContext& context) {
  if (!context.life.empty()) return refuse("not_allowed");
  if (lend.units < 1 || lend.units > stock_units_max) return refuse("quantity_invalid");
  if (lend.until <= context.at || lend.until > context.at.plus(promise_ms_max)) return refuse("until_invalid");
  const bool in_force = stock.lent && !is_over(*stock.lent, context.at);
  if (in_force) {
    if (stock.lent->id != lend.right || lend.units < stock.lent->units || lend.until < stock.lent->until)
      return refuse("right_in_force");
    if (lend.units - stock.lent->units > free_at(stock, context.at)) return refuse("not_enough");
    stock.lent->units = lend.units;
    stock.lent->until = lend.until;
    return stock;
  }
  // The id of a right that is over would let what was drawn on it be drawn again.
  if (stock.lent && stock.lent->id == lend.right) return refuse("right_over");
  if (lend.units > free_at(stock, context.at)) return refuse("not_enough");
  stock.lent = StockRight{lend.right, lend.units, 0, lend.until};
  return stock;
}

}  // namespace vitrine::sync::rules
