// SPDX-License-Identifier: Apache-2.0
// Example followed: twenty-two hearts are free in Harbour Street, two of them are lent; thirty phones want one each: twenty get
// it.
#include "hub/lending/web_selling.hpp"

#include <algorithm>
#include <optional>

#include "sync/protocol/order_codec.hpp"
#include "sync/protocol/stock_codec.hpp"
#include "sync/rules/order_state.hpp"
#include "sync/rules/stock.hpp"

namespace vitrine::hub {

using database::ReservedLine;
using database::WebReservation;
using sync::ends::HubPerformed;

namespace {

std::optional<sync::Stock> stock_of(database::Connection& connection, const sync::StoreId& store, const sync::Sku& sku) {
  const auto document = database::read_document(connection, sync::protocol::stock_key(store, sku));
  if (!document || !document->body) return std::nullopt;
  auto stock = sync::protocol::decode_stock(*document->body);
  return stock ? std::optional(std::move(*stock)) : std::nullopt;
}

std::string_view state_in(const sync::Stock& stock, const WebReservation& reservation, UtcMs now) {
  const auto pending = std::ranges::find(stock.reservations, reservation.id, &sync::StockReservation::id);
  if (pending != stock.reservations.end()) return pending->until > now ? "pending" : "expired";
  const auto ended = std::ranges::find(stock.ended, reservation.id, &sync::EndedReservation::id);
  if (ended == stock.ended.end()) return "unknown";
  constexpr std::string_view words[] = {"posted", "voided", "expired"};
  return words[static_cast<std::size_t>(ended->how)];
}

void add(sync::ends::HubAction& action, const WebDesk& desk, const WebReservation& reservation, const sync::Sku& sku,
         const sync::rules::StockOperation& operation) {
  action.operations.push_back(sync::protocol::encode_stock_operation(reservation.store, sku, operation));
  action.operations.back().salt = desk.chance.hex_128();
}

}  // namespace

ReserveVerdict reserve(const WebDesk& desk, const WebReservation& wanted) {
  sync::ends::HubAction action{sync::TransactionId{desk.chance.hex_128()}, "web", {}};
  for (const ReservedLine& line : wanted.lines)
    add(action, desk, wanted, line.sku,
        sync::rules::StockReserve{wanted.id, line.units, wanted.until, wanted.purpose, std::nullopt});
  const HubPerformed done = desk.end.perform(action, desk.now);
  if (done.what != HubPerformed::What::refused) {
    database::WebReservations(desk.authority.connection()).put(wanted);
    return {};
  }
  ReserveVerdict verdict{done.reason, {}};
  for (const ReservedLine& line : wanted.lines) {
    const auto stock = stock_of(desk.authority.connection(), wanted.store, line.sku);
    const std::int64_t free = stock ? sync::rules::free_at(*stock, desk.now.utc) : 0;
    if (!stock || free < line.units) verdict.short_lines.push_back({line.sku, line.units, free});
  }
  return verdict;
}

void give_back(const WebDesk& desk, const WebReservation& reservation) {
  sync::ends::HubAction action{sync::TransactionId{desk.chance.hex_128()}, "web", {}};
  for (const ReservedLineState& one : states_of(desk.authority.connection(), reservation, desk.now.utc)) {
    if (one.state == "pending") add(action, desk, reservation, one.line.sku, sync::rules::StockRelease{reservation.id});
  }
  if (!action.operations.empty()) desk.end.perform(action, desk.now);
}

void give_back_if_over(const WebDesk& desk, const sync::OrderId& id) {
  const auto document = desk.authority.document({"order", id.text});
  const auto order = document && document->body ? sync::protocol::decode_order(id, *document->body) : fail("", "");
  if (!order || !(sync::rules::is_over(*order) || sync::rules::is_cancelled(*order))) return;
  for (const WebReservation& one : database::WebReservations(desk.authority.connection()).of_purpose("order/" + id.text))
    give_back(desk, one);
}

std::vector<ReservedLineState> states_of(database::Connection& connection, const WebReservation& reservation, UtcMs now) {
  std::vector<ReservedLineState> states;
  for (const ReservedLine& line : reservation.lines) {
    const auto stock = stock_of(connection, reservation.store, line.sku);
    states.push_back({line, stock ? state_in(*stock, reservation, now) : "unknown"});
  }
  return states;
}

}  // namespace vitrine::hub
