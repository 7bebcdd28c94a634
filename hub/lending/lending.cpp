// SPDX-License-Identifier: Apache-2.0
// Example followed: twenty hearts are in Harbour Street and nobody has been promised one; two are lent for two days, and while
// the store is connected they are lent on before they run out.
#include "hub/lending/lending.hpp"

#include <algorithm>

#include "sync/protocol/stock_codec.hpp"
#include "sync/protocol/topics.hpp"

namespace vitrine::hub {

using sync::Stock;
using sync::rules::StockLend;

namespace {

constexpr std::int64_t hour_ms = 3'600'000;

// The first store after this one, in the order of names.
std::optional<sync::StoreId> next_store(database::SqlAuthority& authority, const sync::StoreId& after) {
  std::optional<sync::StoreId> next;
  for (const sync::StoreId& store : authority.stores()) {
    if (store > after && (!next || store < *next)) next = store;
  }
  return next;
}

}  // namespace

std::optional<StockLend> due_loan(const Stock& stock, const LendingRule& rule, const sync::RightId& id, UtcMs now) {
  const std::int64_t left = sync::rules::rights_left_at(stock, now);
  const std::int64_t free = sync::rules::free_at(stock, now);
  const std::int64_t wanted = std::min(rule.units_max, (free + left) * rule.share_percent / 100);
  const bool in_force = stock.lent && stock.lent->until > now;
  const UtcMs until = now.plus(rule.hours * hour_ms);
  if (!in_force) return wanted < 1 ? std::nullopt : std::optional(StockLend{id, wanted, until});
  // More is lent than should be: it runs out, and less is lent anew.
  if (left > wanted) return std::nullopt;
  const std::int64_t more = std::min(wanted - left, free);
  const bool runs_out = stock.lent->until < now.plus(rule.hours * hour_ms / 2);
  if (more < 1 && (!runs_out || wanted < 1)) return std::nullopt;
  return StockLend{stock.lent->id, stock.lent->units + more, std::max(until, stock.lent->until)};
}

Stretch look_for_loans(database::SqlAuthority& authority, const sync::ends::Chance& chance, const LendingRule& rule,
                       LendingPlace& place, std::size_t bytes_max, UtcMs now) {
  Stretch found;
  if (place.store.empty()) {
    const auto first = next_store(authority, {});
    if (!first) return found;
    place = {*first, {}};
  }
  const auto entries = authority.live_after(sync::protocol::own_stream(place.store), {"stock", place.id}, bytes_max);
  bool more = false;
  for (const sync::PageEntry& entry : entries) {
    more = entry.key.collection == "stock";
    if (!more) break;
    place.id = entry.key.id;
    ++found.looked_at;
    const auto stock = sync::protocol::decode_stock(*entry.body);
    const auto loan = stock ? due_loan(*stock, rule, sync::RightId{chance.hex_128()}, now) : std::nullopt;
    if (loan) found.due.push_back({stock->store, stock->sku, *loan});
  }
  if (more) return found;
  const auto next = next_store(authority, place.store);
  place = next ? LendingPlace{*next, {}} : LendingPlace{};
  return found;
}

std::size_t lend_to_stores(sync::ends::HubEnd& end, const sync::ends::Chance& chance, const std::vector<Loan>& due, Now now) {
  std::size_t loans = 0;
  for (const Loan& loan : due) {
    sync::ends::HubAction action{sync::TransactionId{chance.hex_128()}, "hub", {}};
    action.operations.push_back(sync::protocol::encode_stock_operation(loan.store, loan.sku, loan.lend));
    action.operations.back().salt = chance.hex_128();
    loans += end.perform(action, now).what == sync::ends::HubPerformed::What::done ? 1U : 0U;
  }
  return loans;
}

}  // namespace vitrine::hub
