// SPDX-License-Identifier: Apache-2.0
// The web promises units of a store that are not lent to it (sync/rules/stock.hpp): all lines of a reservation or none, in the
// hub's one transaction, so that store and web together never promise more than there is.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/time_point.hpp"
#include "hub/database/authority.hpp"
#include "hub/database/web_reservations.hpp"
#include "sync/ends/chance.hpp"
#include "sync/ends/hub_end.hpp"

namespace vitrine::hub {

// What the web needs inside a transaction.
struct WebDesk {
  sync::ends::HubEnd& end;
  database::SqlAuthority& authority;
  const sync::ends::Chance& chance;
  Now now;
};

struct ReservedLineState {
  database::ReservedLine line;
  std::string_view state;  // "pending", "posted", "voided", "expired"; "unknown": too long ago
};

struct ShortLine {
  sync::Sku sku;
  std::int64_t asked = 0;
  std::int64_t free = 0;  // what the web could have had
};

// Empty: reserved and written down. Else why not, and nothing happened: "not_enough" with the lines that are short,
// "stock_unknown" with those of which the store has no record, or another reason of stock.reserve.
struct ReserveVerdict {
  std::string reason;
  std::vector<ShortLine> short_lines;
};
ReserveVerdict reserve(const WebDesk& desk, const database::WebReservation& wanted);

// Lines that are still pending are given back; those that have ended stay as they ended.
void give_back(const WebDesk& desk, const database::WebReservation& reservation);

// The same of all that was reserved for an order, where nothing of it waits for its buyer any more.
void give_back_if_over(const WebDesk& desk, const sync::OrderId& order);

std::vector<ReservedLineState> states_of(database::Connection& connection, const database::WebReservation& reservation,
                                         UtcMs now);

}  // namespace vitrine::hub
