// SPDX-License-Identifier: Apache-2.0
// Reads and writes the table of what was measured. What stands already is not written again.
#include "edge/database/measured.hpp"

#include <sodium.h>

namespace vitrine::edge::database {

MeasuredId measured_id(std::string_view what) {
  MeasuredId id{};
  crypto_generichash(id.data(), id.size(), reinterpret_cast<const unsigned char*>(what.data()), what.size(), nullptr, 0);
  return id;
}

std::optional<Measured> measured(Connection& connection, std::string_view kind, const MeasuredId& id) {
  Statement row = connection.statement("measured");
  if (!row.text(kind).blob(id.data(), id.size()).step()) return std::nullopt;
  return Measured{UtcMs{row.integer_at(0)}, row.integer_at(1)};
}

void put_measured(Connection& connection, std::string_view kind, const MeasuredId& id, const Measured& row) {
  if (measured(connection, kind, id) == row) return;
  connection.statement("put_measured").text(kind).blob(id.data(), id.size()).integer(row.at.value).integer(row.value).run();
}

void note_measured(Connection& connection, std::string_view kind, const MeasuredId& id, const Measured& row) {
  connection.statement("note_measured").text(kind).blob(id.data(), id.size()).integer(row.at.value).integer(row.value).run();
}

void drop_measured(Connection& connection, std::string_view kind, const MeasuredId& id) {
  connection.statement("drop_measured").text(kind).blob(id.data(), id.size()).run();
}

void each_measured(Connection& connection, UtcMs from, UtcMs until,
                   const std::function<void(std::string_view kind, const Measured& row)>& each) {
  Statement row = connection.statement("measured_between");
  row.integer(from.value).integer(until.value);
  while (row.step()) each(row.text_at(0), {UtcMs{row.integer_at(1)}, row.integer_at(2)});
}

void forget_measured(Connection& connection, UtcMs before) {
  connection.statement("forget_measured").integer(before.value).run();
}

}  // namespace vitrine::edge::database
