// SPDX-License-Identifier: Apache-2.0
// Pay at the till: a cart becomes a ticket with a code, its prices held for a while; a till takes it once, and says that it was
// paid, which takes the goods from cart and stock in one transaction, or that it goes back to the cart.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "edge/database/tickets.hpp"
#include "edge/local_api/commands.hpp"
#include "edge/local_api/surroundings.hpp"

namespace vitrine::edge::local_api {

inline constexpr std::int64_t ticket_life_ms = 15L * 60'000;       // to the till; prices are held for so long
inline constexpr std::int64_t ticket_kept_ms = 14LL * 86'400'000;  // for whoever asks what became of it
inline constexpr std::size_t ticket_lines_max = 30;                // each brings two operations into the transaction
inline constexpr std::size_t tenders_max = 8;

struct MakeTicket {
  sync::TransactionId request;  // random; it becomes the ticket's id
  std::string device;
  sync::CartId cart;
};

struct Tender {
  std::string kind;  // "cash", "card", "voucher", "other"
  std::int64_t minor = 0;
};

struct TicketAction {
  sync::TransactionId request;
  std::string device;
  std::string ticket;  // id, code, or the text of its QR
  enum class What { take, paid, give_back, cancel } what = What::take;
  std::vector<Tender> tenders;  // of paid
};

struct TicketView {
  database::Ticket ticket;
  sync::StoreId store;
  UtcMs now;
};

// Errors: "invalid_request" with the field.
Result<MakeTicket> decode_make_ticket(std::string_view json);
Result<TicketAction> decode_ticket_action(std::string_view ticket, std::string_view json);

// What is in the till's QR: "VT1:<STORE>:<ID>", in the characters that a QR carries cheaply.
std::string ticket_text(const sync::StoreId& store, std::string_view id);
// The id or code that a scan or a person's typing names; "ticket_foreign" for another store's.
Result<std::string> ticket_name(const sync::StoreId& store, std::string_view text);

// It is no sale: a till gives back, or takes, what goods that came back leave to be settled.
bool settles_return(const database::Ticket& ticket);

// A letter for two bytes, of those that stand on tickets and receipts.
std::string letters_of(std::span<const unsigned char> bytes);
std::string upper_case(std::string_view text);
std::string new_ticket_code(Desk& desk, std::string_view id);
// Writes it in that state; whoever listens is told.
void put_ticket(Desk& desk, database::Ticket ticket, std::string state, const std::string& till);
// What nobody may ask for any more, of tickets and returns.
void forget_old_sales(Desk& desk, UtcMs now);

// Each answers the ticket's id.
// Errors: "cart_unknown", "nothing_to_pay", "ticket_too_long", "ticket_taken" (a till has this cart now), "store_not_ready".
Result<std::string> make_ticket(Desk& desk, const Surroundings& around, const MakeTicket& request);
// Errors: "ticket_unknown", "ticket_foreign", "ticket_expired", "ticket_over", "ticket_taken", "ticket_not_taken",
// "ticket_stale", "tenders_wrong"; of goods of another store's receipt, "return_pending" and "return_questioned"; cancelling one
// that settles a return: "not_allowed".
Result<std::string> act(Desk& desk, const TicketAction& request);
Result<TicketView> ticket_view(database::Reader& reader, const Surroundings& around, std::string_view text);

std::string to_json(const TicketView& view);

}  // namespace vitrine::edge::local_api
