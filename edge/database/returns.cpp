// SPDX-License-Identifier: Apache-2.0
// Reads and writes the table of returns.
#include "edge/database/returns.hpp"

namespace vitrine::edge::database {

namespace {

ReturnRow row_at(const Statement& row) {
  const auto text = [&](int column) { return std::string(row.text_at(column)); };
  return {text(0), text(1), UtcMs{row.integer_at(2)}, row.integer_at(3) != 0, row.integer_at(4), text(5), text(6), text(7)};
}

}  // namespace

void put_return(Connection& connection, const ReturnRow& one) {
  Statement put = connection.statement("put_return");
  put.text(one.id).text(one.purchase).integer(one.at.value).integer(one.settled ? 1 : 0).integer(one.refund_minor);
  put.text(one.currency).text(one.ticket).text(one.body).run();
}

std::optional<ReturnRow> return_row(Connection& connection, std::string_view id) {
  Statement row = connection.statement("return");
  if (!row.text(id).step()) return std::nullopt;
  return row_at(row);
}

std::vector<ReturnRow> returns_of(Connection& connection, std::string_view purchase) {
  std::vector<ReturnRow> all;
  Statement row = connection.statement("returns_of");
  row.text(purchase);
  while (row.step()) all.push_back(row_at(row));
  return all;
}

std::vector<ReturnRow> newest_by_receipt(Connection& connection, std::int64_t limit) {
  std::vector<ReturnRow> all;
  Statement row = connection.statement("newest_by_receipt");
  row.integer(limit);
  while (row.step()) all.push_back(row_at(row));
  return all;
}

bool return_waits(Connection& connection, std::string_view id) {
  Statement row = connection.statement("return_waits");
  return row.text(id).step() && row.integer_at(0) != 0;
}

void forget_returns(Connection& connection, UtcMs before) { connection.statement("forget_returns").integer(before.value).run(); }

ReturnCounts count_returns(Connection& connection) {
  Statement row = connection.statement("count_returns");
  if (!row.step()) return {};
  return {row.unsigned_at(0), row.unsigned_at(1)};
}

}  // namespace vitrine::edge::database
