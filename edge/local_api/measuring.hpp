// SPDX-License-Identifier: Apache-2.0
// What happens in the store and is measured: written in the transaction of what happened, or read from the order whenever it
// changes. What each row means, and why nothing counts twice: docs/MEASURES.md.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/time_point.hpp"
#include "edge/database/measured.hpp"
#include "edge/local_api/commands.hpp"
#include "sync/model/operation.hpp"
#include "sync/model/order.hpp"

namespace vitrine::edge::local_api {

inline constexpr std::int64_t measured_kept_ms = 35LL * 86'400'000;
inline constexpr std::int64_t cut_off_after_ms = 10'000;  // as the kiosk's notice: a shorter break is none
inline constexpr std::int64_t offline_minute_ms = 60'000;

// A code from a phone opened its cart here.
void measure_resume(Desk& desk, const sync::PassId& pass);
// A cart was paid at a till; it counts where a phone had brought it here.
void measure_sale(Desk& desk, const sync::CartId& cart);
// Of a request or a conversation: somebody gave it back, or brought it to an end.
enum class ContactStep : std::uint8_t { put_back, resolved, unresolved };
void measure_contact(Desk& desk, const sync::DocumentKey& contact, ContactStep step);
void measure_search(Desk& desk, const sync::TransactionId& request, bool found);
void measure_offer(Desk& desk, const sync::TransactionId& request, bool taken);

struct OrderMeasures {
  std::optional<database::Measured> collected;
  std::optional<database::Measured> wait;
  std::optional<database::Measured> promise;  // it counts when its time has come
  std::optional<database::Measured> no_show;
};
OrderMeasures measures_of(const sync::Order& order, const sync::StoreId& store);
// Of the order as it is now; what was said of it before is replaced. Nothing from before `since` is written.
void measure_order(database::Connection& connection, const sync::Order& order, const sync::StoreId& store, UtcMs since);

// The minute in which `now` lies had no line to the hub; `served`: something was done in it.
void measure_offline(database::Connection& connection, UtcMs now, bool served);

// Since when this life of the database counts: a box that is replaced or restored says nothing of hours that another one counted.
UtcMs measured_from(database::Connection& connection, const sync::IncarnationId& life, UtcMs now);

// What the daemon calls in its transactions: these documents may have changed; or with none, at its start, all that are here.
void measure_changes(database::Connection& connection, database::Reader& reader, const sync::StoreId& store,
                     const std::vector<sync::DocumentKey>& changed, UtcMs since);
void measure_all(database::Connection& connection, database::Reader& reader, const sync::StoreId& store, UtcMs since);

// A search at a kiosk came to rest: whether it found anything. What was searched for is not said.
struct SearchDone {
  sync::TransactionId request;
  std::string device;
  bool found = false;
};
// Errors: "invalid_request" with the field.
Result<SearchDone> decode_search_done(std::string_view json);

}  // namespace vitrine::edge::local_api
