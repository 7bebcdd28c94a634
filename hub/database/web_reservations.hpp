// SPDX-License-Identifier: Apache-2.0
// What the web has reserved in stores: which lines one name stands for, and who may free them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/time_point.hpp"
#include "hub/database/connection.hpp"
#include "sync/model/ids.hpp"

namespace vitrine::hub::database {

struct ReservedLine {
  sync::Sku sku;
  std::int64_t units = 0;
};

struct WebReservation {
  sync::ReservationId id;  // the same in the stock document of each line
  std::string holder;      // "platform/<name>", "cart/<id>"
  std::string purpose;     // "order/<id>", "cart/<id>": for what, never for whom
  sync::StoreId store;
  std::vector<ReservedLine> lines;
  UtcMs made_at;
  UtcMs until;
};

class WebReservations {
 public:
  static constexpr std::int64_t kept_ms = 14LL * 24 * 3600 * 1000;  // after its end, as the stock documents remember it

  explicit WebReservations(Connection& connection) : connection_(connection) {}

  std::optional<WebReservation> find(const sync::ReservationId& id);
  std::vector<WebReservation> of_purpose(const std::string& purpose);  // the latest first, at most 50
  // Some that were over long ago go.
  void put(const WebReservation& reservation);

 private:
  Connection& connection_;
};

}  // namespace vitrine::hub::database
