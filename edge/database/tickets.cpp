// SPDX-License-Identifier: Apache-2.0
// Reads and writes the table of tickets.
#include "edge/database/tickets.hpp"

namespace vitrine::edge::database {

namespace {

Ticket ticket_at(const Statement& row) {
  const auto text = [&](int column) { return std::string(row.text_at(column)); };
  return {text(0),
          text(1),
          sync::CartId{text(2)},
          text(3),
          text(4),
          UtcMs{row.integer_at(5)},
          UtcMs{row.integer_at(6)},
          UtcMs{row.integer_at(7)},
          text(8),
          text(9),
          text(10)};
}

}  // namespace

std::optional<Ticket> ticket(Connection& connection, std::string_view name) {
  Statement row = connection.statement("ticket");
  if (!row.text(name).step()) return std::nullopt;
  return ticket_at(row);
}

std::vector<Ticket> tickets_of(Connection& connection, const sync::CartId& cart) {
  std::vector<Ticket> all;
  Statement row = connection.statement("tickets_of");
  row.text(cart.text);
  while (row.step()) all.push_back(ticket_at(row));
  return all;
}

void put_ticket(Connection& connection, const Ticket& one) {
  Statement put = connection.statement("put_ticket");
  put.text(one.id).text(one.code).text(one.cart.text).text(one.state).text(one.till).integer(one.made_at.value);
  put.integer(one.valid_until.value).integer(one.changed_at.value).text(one.body).text(one.tenders).text(one.receipt).run();
}

void forget_tickets(Connection& connection, UtcMs over_before, UtcMs paid_before) {
  connection.statement("forget_tickets").integer(over_before.value).integer(paid_before.value).run();
}

std::vector<std::pair<std::string, std::uint64_t>> count_tickets(Connection& connection, UtcMs now) {
  std::vector<std::pair<std::string, std::uint64_t>> counts;
  Statement row = connection.statement("count_tickets");
  row.integer(now.value);
  while (row.step()) counts.emplace_back(std::string(row.text_at(0)), row.unsigned_at(1));
  return counts;
}

}  // namespace vitrine::edge::database
