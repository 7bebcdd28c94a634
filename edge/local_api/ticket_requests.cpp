// SPDX-License-Identifier: Apache-2.0
// JSON bodies → what is asked of tickets, and tickets as JSON, in the shape of docs/openapi-edge.yaml.
#include <algorithm>
#include <array>

#include "edge/local_api/receipts.hpp"
#include "edge/local_api/request_fields.hpp"
#include "edge/local_api/tickets.hpp"
#include "sync/protocol/json_writer.hpp"

namespace vitrine::edge::local_api {

namespace {

using nlohmann::json;
using sync::protocol::Fields;
using sync::protocol::JsonWriter;

constexpr std::int64_t tender_minor_max = 100'000'000;
constexpr std::array<std::string_view, 4> tender_kinds = {"cash", "card", "voucher", "other"};
constexpr std::array<std::string_view, 4> actions = {"take", "paid", "return", "cancel"};  // in the order of What

std::vector<Tender> tenders_of(const Fields& fields) {
  std::vector<Tender> tenders;
  const json& given = fields.array("tenders", tenders_max);
  for (std::size_t i = 0; i < given.size(); ++i) {
    const Fields one(given[i], "tenders[" + std::to_string(i) + "]", fields.mistake());
    const std::string kind = one.text("kind", 1, 16);
    if (std::ranges::find(tender_kinds, kind) == tender_kinds.end()) one.wrong("kind", "is cash, card, voucher or other");
    tenders.push_back({kind, one.integer("minor", -tender_minor_max, tender_minor_max)});
  }
  return tenders;
}

}  // namespace

Result<MakeTicket> decode_make_ticket(std::string_view text) {
  return decode_request<MakeTicket>(
      text, [](const Fields& fields, MakeTicket& asked) { asked.cart.text = fields.text("cart", sync::is_hex_128); });
}

Result<TicketAction> decode_ticket_action(std::string_view ticket, std::string_view text) {
  return decode_request<TicketAction>(text, [&](const Fields& fields, TicketAction& asked) {
    asked.ticket = ticket;
    const std::string what = fields.text("action", 1, 16);
    const auto row = std::ranges::find(actions, what);
    if (row == actions.end()) return fields.wrong("action", "is take, paid, return or cancel");
    asked.what = static_cast<TicketAction::What>(row - actions.begin());
    if (asked.what == TicketAction::What::paid) asked.tenders = tenders_of(fields);
  });
}

std::string to_json(const TicketView& view) {
  const database::Ticket& ticket = view.ticket;
  const bool late = ticket.state == "open" && ticket.valid_until <= view.now;
  JsonWriter out;
  out.object().field("ticket", ticket.id).field("code", ticket.code).field("qr", ticket_text(view.store, ticket.id));
  out.field("cart", ticket.cart.text).field("state", late ? "expired" : ticket.state).field("till", ticket.till);
  out.field("made_at", ticket.made_at.value).field("valid_until", ticket.valid_until.value);
  out.field("valid_for_ms", std::max<std::int64_t>(0, ticket.valid_until.value - view.now.value));
  out.field("changed_at", ticket.changed_at.value);
  out.field("receipt", ticket.receipt.empty() ? ticket.receipt : receipt_text(view.store, ticket.receipt))
      .key("sale")
      .raw(ticket.body)
      .key("tenders")
      .raw(ticket.tenders)
      .end_object();
  return out.take();
}

}  // namespace vitrine::edge::local_api
