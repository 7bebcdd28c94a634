// SPDX-License-Identifier: Apache-2.0
// WebReservations; the statements stand in sql/reservations.sql.
#include "hub/database/web_reservations.hpp"

#include <sstream>

namespace vitrine::hub::database {

namespace {

WebReservation row_of(const Statement& row) {
  WebReservation read{sync::ReservationId{std::string(row.text_at(0))},
                      std::string(row.text_at(1)),
                      std::string(row.text_at(2)),
                      sync::StoreId{std::string(row.text_at(3))},
                      {},
                      {row.integer_at(5)},
                      {row.integer_at(6)}};
  std::istringstream lines{std::string(row.text_at(4))};
  ReservedLine line;
  while (lines >> line.sku.text >> line.units) read.lines.push_back(line);
  return read;
}

}  // namespace

std::optional<WebReservation> WebReservations::find(const sync::ReservationId& id) {
  Statement row = connection_.statement("web_reservation");
  row.text(id.text);
  return row.step() ? std::optional(row_of(row)) : std::nullopt;
}

std::vector<WebReservation> WebReservations::of_purpose(const std::string& purpose) {
  std::vector<WebReservation> result;
  Statement row = connection_.statement("web_reservations_for");
  row.text(purpose);
  while (row.step()) result.push_back(row_of(row));
  return result;
}

void WebReservations::put(const WebReservation& reservation) {
  connection_.statement("drop_old_web_reservations").integer(reservation.made_at.value - kept_ms).run();
  std::string lines;
  for (const ReservedLine& line : reservation.lines) lines += line.sku.text + " " + std::to_string(line.units) + "\n";
  connection_.statement("put_web_reservation")
      .text(reservation.id.text)
      .text(reservation.holder)
      .text(reservation.purpose)
      .text(reservation.store.text)
      .text(lines)
      .integer(reservation.made_at.value)
      .integer(reservation.until.value)
      .run();
}

}  // namespace vitrine::hub::database
