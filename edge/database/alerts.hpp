// SPDX-License-Identifier: Apache-2.0
// Rows of what needs somebody. They belong to this box alone, as tickets do.
#pragma once

#include <string>
#include <vector>

#include "base/time_point.hpp"
#include "edge/database/sql_book.hpp"

namespace vitrine::edge::database {

struct Alert {
  std::string kind;     // "customer_waits" …
  std::string subject;  // an order, a request, a product; empty: the store
  UtcMs since;          // it is so
  UtcMs raised_at;
  UtcMs shown_at;      // 0: on no screen yet
  UtcMs escalated_at;  // 0: never
  UtcMs acknowledged_at;
  std::string acknowledged_by;  // a number of staff
  bool operator==(const Alert&) const = default;
};

// By kind and subject.
std::vector<Alert> alerts(Connection& connection);
void put_alert(Connection& connection, const Alert& alert);
void drop_alert(Connection& connection, const Alert& alert);

}  // namespace vitrine::edge::database
