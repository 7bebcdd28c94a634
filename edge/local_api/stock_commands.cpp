// SPDX-License-Identifier: Apache-2.0
// Judged by what is here, done as one transaction.
#include "edge/local_api/stock_commands.hpp"

#include <algorithm>

#include "edge/local_api/stock.hpp"
#include "sync/protocol/cart_codec.hpp"
#include "sync/protocol/stock_codec.hpp"

namespace vitrine::edge::local_api {

using namespace sync::rules;
using sync::CartId;
using sync::ReservationId;
using sync::Sku;
using sync::Stock;

namespace {

constexpr std::int64_t minute_ms = 60'000;

// What is promised draws on the right, for so long as the right holds.
Result<StockReserve> promise_of(const Stock& stock, std::int64_t units, std::int64_t minutes, std::string purpose,
                                ReservationId id, UtcMs now) {
  if (!stock.lent || stock.lent->until <= now)
    return fail("nothing_lent", "the hub has lent this store nothing of it to promise");
  const std::int64_t left = std::min(rights_left_at(stock, now), unreserved_at(stock, now));
  if (units > left) return fail("not_enough", std::to_string(left) + " may still be promised here");
  const UtcMs until = std::min(now.plus(minutes * minute_ms), stock.lent->until);
  return StockReserve{std::move(id), units, until, std::move(purpose), stock.lent->id};
}

// Fills in what only the document can say, and refuses what is plainly wrong.
struct Complete {
  const std::optional<SeenStock>& seen;
  const StockAction& request;
  UtcMs now;

  Result<void> operator()(StockMove&) const { return {}; }
  Result<void> operator()(StockCount& count) const {
    if (seen) count.moved = seen->stock.moved - request.moved_then;
    return {};
  }
  Result<void> operator()(StockReserve& reserve) const {
    if (!seen) return fail("stock_unknown", "this store has no record of the product's stock");
    auto made = promise_of(seen->stock, reserve.units, request.minutes, reserve.purpose, reserve.reservation, now);
    if (!made) return std::unexpected(made.error());
    reserve = std::move(*made);
    return {};
  }
  Result<void> operator()(StockRelease& release) const {
    const bool pending = seen && std::ranges::any_of(seen->stock.reservations, [&](const sync::StockReservation& one) {
                           return one.id == release.reservation && one.until > now;
                         });
    if (!pending) return fail("reservation_unknown", "no such reservation is pending here");
    return {};
  }
  Result<void> operator()(StockSettle& settle) const {
    for (const std::string& id : settle.discrepancies) {
      const bool known = seen && std::ranges::find(seen->stock.discrepancies, id, &sync::StockDiscrepancy::id) !=
                                     seen->stock.discrepancies.end();
      if (!known) return fail("discrepancy_unknown", "somebody has seen to it already, or it never was");
    }
    return {};
  }
  template <class Other>
  Result<void> operator()(Other&) const {
    return fail("not_allowed", "this is not done here");
  }
};

// One promise for each line of a request: the same request makes the same ids.
ReservationId reservation_id(const sync::TransactionId& request, std::size_t line) {
  constexpr std::string_view digits = "0123456789abcdef";
  ReservationId id{request.text};
  const std::size_t last = digits.find(id.text[31]) + 16 * digits.find(id.text[30]) + line;
  id.text[31] = digits[last % 16];
  id.text[30] = digits[last / 16 % 16];
  return id;
}

Result<void> perform(Desk& desk, const sync::TransactionId& request, const std::string& device, sync::Nature nature,
                     std::vector<sync::Operation> operations) {
  sync::ends::LocalAction action;
  action.id = request;
  action.nature = nature;
  action.actor = device;
  action.operations = std::move(operations);
  return local_api::perform(desk, action, "the rules of stock refuse this");
}

bool is_fact(const StockOperation& operation) {
  return std::holds_alternative<StockMove>(operation) || std::holds_alternative<StockCount>(operation);
}

void release_of(Desk& desk, const Stock& stock, const CartReserve& request, std::vector<sync::Operation>& operations) {
  for (const sync::StockReservation& one : stock.reservations) {
    if (one.purpose != purpose_of(request.cart) || operations.size() == reserve_lines_max) continue;
    operations.push_back(sync::protocol::encode_stock_operation(desk.store, stock.sku, StockRelease{one.id}));
  }
}

}  // namespace

Result<Sku> act(Desk& desk, const StockAction& request) {
  if (desk.replica.n_of(request.request)) return request.sku;
  if (desk.reader.in_doubt()) return in_doubt();
  if (!desk.reader.product(request.sku)) return fail("product_unknown", "no such product is here");
  const auto seen = stock_seen(desk.reader, desk.store, request.sku);
  if (!request.if_match.empty() && (!seen || seen->tag != request.if_match))
    return fail("changed_meanwhile", "the stock has changed since it was read");
  StockOperation operation = request.operation;
  const UtcMs now = desk.end.hub_time(desk.now.utc);
  if (auto good = std::visit(Complete{seen, request, now}, operation); !good) return std::unexpected(good.error());
  auto done = perform(desk, request.request, request.device, is_fact(operation) ? sync::Nature::fact : sync::Nature::intent,
                      {sync::protocol::encode_stock_operation(desk.store, request.sku, operation)});
  if (!done) return std::unexpected(done.error());
  return request.sku;
}

Result<CartId> reserve(Desk& desk, const CartReserve& request) {
  if (desk.replica.n_of(request.request)) return request.cart;
  if (desk.reader.in_doubt()) return in_doubt();
  const auto body = desk.reader.cart(request.cart);
  if (!body) return fail("cart_unknown", "no such cart is here");
  const auto cart = sync::protocol::decode_cart(request.cart, body->body);
  if (!cart) return std::unexpected(cart.error());
  const UtcMs now = desk.end.hub_time(desk.now.utc);
  for (const sync::LineKey& key : request.lines) {
    const auto line = std::ranges::find(cart->lines, key, &sync::CartLine::key);
    if (line == cart->lines.end() || line->units() <= 0) return fail("line_unknown", "the cart has no line " + key);
  }
  std::vector<sync::Operation> operations;
  std::optional<Error> why_not;
  for (const sync::CartLine& line : cart->lines) {
    const bool named = request.lines.empty() || std::ranges::find(request.lines, line.key) != request.lines.end();
    if (!named || operations.size() == reserve_lines_max) continue;
    const auto seen = stock_seen(desk.reader, desk.store, line.sku);
    if (request.release) {
      if (seen) release_of(desk, seen->stock, request, operations);
      continue;
    }
    const std::int64_t missing = line.units() - (seen ? reserved_for(seen->stock, purpose_of(request.cart), now) : 0);
    if (missing <= 0) continue;
    auto made = promise_of(seen ? seen->stock : Stock{}, missing, request.minutes, purpose_of(request.cart),
                           reservation_id(request.request, operations.size()), now);
    if (!made) {
      why_not = made.error();
      continue;
    }
    operations.push_back(sync::protocol::encode_stock_operation(desk.store, line.sku, *made));
  }
  if (operations.empty()) return why_not ? Result<CartId>(std::unexpected(*why_not)) : request.cart;
  if (auto done = perform(desk, request.request, request.device, sync::Nature::intent, std::move(operations)); !done)
    return std::unexpected(done.error());
  return request.cart;
}

}  // namespace vitrine::edge::local_api
