// SPDX-License-Identifier: Apache-2.0
// One line a table.
#include "hub/import/row_intake.hpp"

#include "base/require.hpp"

namespace vitrine::hub {

Joins::Refusal take_row(Joins& joins, ImportTable table, Fields& fields, Place place) {
  const auto judge = [&](const auto& row) { return fields.refusal() ? fields.refusal() : joins.take(row, place); };
  switch (table) {
    case ImportTable::stores:
      return judge(read_store(fields));
    case ImportTable::departments:
      return judge(read_department(fields));
    case ImportTable::products:
      return judge(read_product(fields));
    case ImportTable::prices:
      return judge(read_price(fields));
    case ImportTable::taxes:
      return judge(read_tax(fields));
    case ImportTable::promotions:
      return judge(read_promotion(fields));
    case ImportTable::stock:
      return judge(read_stock(fields));
    case ImportTable::customers:
      return judge(read_customer(fields));
    case ImportTable::orders:
      return judge(read_order(fields));
    case ImportTable::activity:
      return judge(read_activity(fields));
    case ImportTable::affinity:
      return judge(read_affinity(fields));
    case ImportTable::synonyms:
      return judge(read_synonyms(fields));
    case ImportTable::staff:
      return judge(read_staff(fields));
    case ImportTable::consents:
      return judge(read_consent(fields));
    case ImportTable::cases:
      return judge(read_case(fields));
    case ImportTable::offers:
      return judge(read_offer(fields));
  }
  require(false, "a table has rows");
  return std::nullopt;
}

}  // namespace vitrine::hub
