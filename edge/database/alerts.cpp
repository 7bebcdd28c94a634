// SPDX-License-Identifier: Apache-2.0
// Reads and writes the table of alerts.
#include "edge/database/alerts.hpp"

namespace vitrine::edge::database {

std::vector<Alert> alerts(Connection& connection) {
  std::vector<Alert> all;
  Statement row = connection.statement("alerts");
  while (row.step()) {
    const auto text = [&](int column) { return std::string(row.text_at(column)); };
    const auto time = [&](int column) { return UtcMs{row.integer_at(column)}; };
    all.push_back({text(0), text(1), time(2), time(3), time(4), time(5), time(6), text(7)});
  }
  return all;
}

void put_alert(Connection& connection, const Alert& alert) {
  Statement put = connection.statement("put_alert");
  put.text(alert.kind).text(alert.subject).integer(alert.since.value).integer(alert.raised_at.value);
  put.integer(alert.shown_at.value).integer(alert.escalated_at.value).integer(alert.acknowledged_at.value);
  put.text(alert.acknowledged_by).run();
}

void drop_alert(Connection& connection, const Alert& alert) {
  connection.statement("drop_alert").text(alert.kind).text(alert.subject).run();
}

}  // namespace vitrine::edge::database
