// SPDX-License-Identifier: Apache-2.0
// Rows of tickets: a cart on its way over a till, or what a till settles for goods that came back. They belong to this box alone;
// what a paid one did to cart and stock travels as operations.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/time_point.hpp"
#include "edge/database/sql_book.hpp"
#include "sync/model/ids.hpp"

namespace vitrine::edge::database {

struct Ticket {
  std::string id;    // 32 hex digits
  std::string code;  // what a person can type
  sync::CartId cart;
  std::string state;  // "open", "taken", "paid", "returned", "cancelled"
  std::string till;   // that took it; empty: none
  UtcMs made_at;
  UtcMs valid_until;
  UtcMs changed_at;
  std::string body;     // JSON object: lines, totals, reductions as they were shown
  std::string tenders;  // JSON array
  std::string receipt;  // by which its goods come back, once it is paid: twelve letters that nobody guesses
};

// By id or code.
std::optional<Ticket> ticket(Connection& connection, std::string_view name);
std::vector<Ticket> tickets_of(Connection& connection, const sync::CartId& cart);
void put_ticket(Connection& connection, const Ticket& ticket);
// Paid ones go by when they were paid, others by when their time was over.
void forget_tickets(Connection& connection, UtcMs over_before, UtcMs paid_before);
// By state; one that was not taken in time is "expired".
std::vector<std::pair<std::string, std::uint64_t>> count_tickets(Connection& connection, UtcMs now);

}  // namespace vitrine::edge::database
