// SPDX-License-Identifier: Apache-2.0
// The states of a ticket: open → taken → paid or returned; open → cancelled, or out of time. Each step that is repeated by who
// made it changes nothing.
#include "edge/local_api/tickets.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <set>
#include <span>

#include "edge/database/returns.hpp"
#include "edge/local_api/answers_json.hpp"
#include "edge/local_api/measuring.hpp"
#include "edge/local_api/purchases.hpp"
#include "edge/local_api/queries.hpp"
#include "edge/local_api/receipts.hpp"
#include "edge/local_api/stock.hpp"
#include "edge/local_api/timeline.hpp"
#include "sync/protocol/cart_codec.hpp"
#include "sync/protocol/return_rules.hpp"
#include "sync/protocol/stock_codec.hpp"
#include "sync/tuning.hpp"

namespace vitrine::edge::local_api {

using database::Ticket;
using nlohmann::json;

namespace {

constexpr std::string_view qr_start = "VT1:";
constexpr std::size_t code_length = 6;

char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string mapped(std::string_view text, char (*each)(char)) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), each);
  return out;
}

}  // namespace

std::string letters_of(std::span<const unsigned char> bytes) {
  std::string code;
  for (std::size_t i = 0; i + 1 < bytes.size(); i += 2)
    code += sync::receipt_letters[(bytes[i] * 256U + bytes[i + 1]) % sync::receipt_letters.size()];
  return code;
}

std::string upper_case(std::string_view text) { return mapped(text, upper); }

// A code that no ticket here has: drawn from the random id, so that the same request finds the same.
std::string new_ticket_code(Desk& desk, std::string_view id) {
  for (unsigned attempt = 0;; ++attempt) {
    const std::string seed = std::string(id) + "/" + std::to_string(attempt);
    std::array<unsigned char, code_length * 2> hash{};
    crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(seed.data()), seed.size(), nullptr, 0);
    const std::string code = letters_of(hash);
    if (!database::ticket(desk.replica.connection(), code)) return code;
  }
}

void put_ticket(Desk& desk, Ticket ticket, std::string state, const std::string& till) {
  ticket.state = std::move(state);
  ticket.till = till;
  ticket.changed_at = desk.end.hub_time(desk.now.utc);
  database::put_ticket(desk.replica.connection(), ticket);
  desk.effects.changed.push_back({"ticket", ticket.id});
  desk.performed = true;
}

bool settles_return(const Ticket& ticket) { return ticket.cart.empty(); }

namespace {

// One line as the ticket's body has it.
struct SoldLine {
  sync::LineKey key;
  sync::Sku sku;
  std::int64_t units = 0;
  std::vector<sync::DotId> shown;
};

std::vector<SoldLine> lines_of(const json& body) {
  std::vector<SoldLine> lines;
  for (const json& one : body.at("lines")) {
    SoldLine line{one.at("key"), sync::Sku{one.at("sku")}, one.at("units"), {}};
    for (const json& dot : one.at("shown")) line.shown.emplace_back(dot.get<std::string>());
    lines.push_back(std::move(line));
  }
  return lines;
}

// Those that took something off, each once.
std::set<std::string> coupons_of(const json& body) {
  std::set<std::string> codes;
  for (const json& one : body.at("reductions")) {
    if (one.contains("coupon")) codes.insert(one.at("coupon").get<std::string>());
  }
  return codes;
}

// The cart still has what the ticket says; more in it does not matter.
bool holds(const sync::Cart& cart, const std::vector<SoldLine>& lines) {
  return std::ranges::all_of(lines, [&](const SoldLine& sold) {
    const auto line = std::ranges::find(cart.lines, sold.key, &sync::CartLine::key);
    return line != cart.lines.end() && line->units() >= sold.units;
  });
}

std::optional<sync::Cart> cart_of(Desk& desk, const sync::CartId& id) {
  const auto seen = desk.reader.cart(id);
  auto cart = seen ? sync::protocol::decode_cart(id, seen->body) : fail("cart_unknown", "");
  return cart ? std::optional(std::move(*cart)) : std::nullopt;
}

// What was promised to the cart leaves with what is sold; else it just leaves.
std::vector<sync::rules::StockOperation> sale_of(Desk& desk, const Ticket& ticket, const SoldLine& line,
                                                 std::size_t operations_max, UtcMs now) {
  const auto seen = stock_seen(desk.reader, desk.store, line.sku);
  return sync::rules::leave(seen ? seen->stock : sync::Stock{}, purpose_of(ticket.cart), line.units,
                            sync::rules::MoveReason::sale, "ticket/" + ticket.id, operations_max, now);
}

// The goods leave the cart and the shop together, or neither.
Result<void> sell(Desk& desk, const TicketAction& request, const Ticket& ticket) {
  sync::ends::LocalAction action;
  action.id = request.request;
  action.nature = sync::Nature::fact;
  action.actor = request.device;
  const UtcMs now = desk.end.hub_time(desk.now.utc);
  const json body = json::parse(ticket.body, nullptr, false);
  const bool here = cart_of(desk, ticket.cart).has_value();  // it may be forgotten by now; the goods are sold all the same
  const std::vector<SoldLine> lines = lines_of(body);
  // Beside one each, the receipt, and what is told of it.
  std::size_t room = sync::tuning::transaction_operations_max - 2 * lines.size() - 2;
  for (const SoldLine& line : lines) {
    const sync::rules::CartRemove remove{line.key, line.shown, pass_of(desk, ticket.cart, line.shown)};
    if (here) action.operations.push_back(sync::protocol::encode_cart_operation(ticket.cart, remove));
    const auto leaving = sale_of(desk, ticket, line, 1 + room, now);
    room -= leaving.size() - 1;
    for (const sync::rules::StockOperation& one : leaving)
      action.operations.push_back(sync::protocol::encode_stock_operation(desk.store, line.sku, one));
  }
  // A coupon that was used stays behind. In a sale so large that there is no room to say so, it is found on the next cart.
  if (here) {
    for (const std::string& code : coupons_of(body)) {
      if (room == 0) break;
      --room;
      action.operations.push_back(sync::protocol::encode_cart_operation(ticket.cart, sync::rules::CartCoupon{code, false}));
    }
  }
  add_receipt(desk, action, ticket);
  if (const auto cart = cart_of(desk, ticket.cart)) add_activity(desk, action, cart->owner, {.kind = "bought"});
  return perform(desk, action, "this sale cannot be written down");
}

// What was taken in exchange has a receipt of its own; its goods moved when the others came back.
Result<void> settle(Desk& desk, const TicketAction& request, const Ticket& ticket) {
  sync::ends::LocalAction action;
  action.id = request.request;
  action.nature = sync::Nature::fact;
  action.actor = request.device;
  if (ticket.receipt.empty()) return {};
  add_receipt(desk, action, ticket);
  return perform(desk, action, "this exchange cannot be written down");
}

// Nothing is given for goods that another store may have given for already.
Result<void> may_settle(Desk& desk, const Ticket& ticket) {
  const auto row = database::return_row(desk.replica.connection(), ticket.id);
  const ReturnState state = row ? state_of(desk.reader, *row) : ReturnState::settled;
  if (state == ReturnState::settled || row->purchase.starts_with("order/")) return {};
  if (state == ReturnState::pending) return fail("return_pending", "the hub has not confirmed that these goods may come back");
  return fail("return_questioned", "more came back than was bought: a person at the hub decides");
}

Result<void> take(Desk& desk, const TicketAction& request, const Ticket& ticket) {
  if (ticket.state == "taken" && ticket.till == request.device) return {};
  if (ticket.state == "taken") return fail("ticket_taken", "another till has taken this ticket");
  if (ticket.state != "open") return fail("ticket_over", "this ticket is " + ticket.state);
  if (ticket.valid_until <= desk.end.hub_time(desk.now.utc)) return fail("ticket_expired", "this ticket's time is over");
  const bool sells = !settles_return(ticket);
  const auto cart = cart_of(desk, ticket.cart);
  if (sells && (!cart || !holds(*cart, lines_of(json::parse(ticket.body, nullptr, false)))))
    return fail("ticket_stale", "the cart has changed since this ticket was made");
  if (auto may = sells ? Result<void>() : may_settle(desk, ticket); !may) return may;
  put_ticket(desk, ticket, "taken", request.device);
  return {};
}

Result<void> pay(Desk& desk, const TicketAction& request, Ticket ticket) {
  json tenders = json::array();
  std::int64_t sum = 0;
  for (const Tender& one : request.tenders) {
    if (one.minor < 0 && !settles_return(ticket)) return fail("tenders_wrong", "a till gives nothing back for a sale");
    tenders.push_back({{"kind", one.kind}, {"minor", one.minor}});
    sum += one.minor;
  }
  const std::string said = tenders.dump();
  if (ticket.state == "paid" && ticket.till == request.device && ticket.tenders == said) return {};
  if (ticket.state == "open") return fail("ticket_not_taken", "this till has not taken the ticket");
  if (ticket.state != "taken") return fail("ticket_over", "this ticket is " + ticket.state);
  if (ticket.till != request.device) return fail("ticket_taken", "another till has taken this ticket");
  const json body = json::parse(ticket.body, nullptr, false);
  const std::int64_t due = body.at("totals").at("to_pay");
  if (sum != due)
    return fail("tenders_wrong", "the tenders are " + std::to_string(sum) + " in all, and " + std::to_string(due) + " is to pay");
  if (!body.at("lines").empty()) ticket.receipt = new_receipt();
  if (auto sold = settles_return(ticket) ? settle(desk, request, ticket) : sell(desk, request, ticket); !sold) return sold;
  if (!settles_return(ticket)) measure_sale(desk, ticket.cart);
  ticket.tenders = said;
  put_ticket(desk, ticket, "paid", request.device);
  return {};
}

Result<void> give_back(Desk& desk, const TicketAction& request, const Ticket& ticket) {
  if (ticket.state == "returned") return {};
  if (ticket.state == "open") return fail("ticket_not_taken", "no till has taken the ticket");
  if (ticket.state != "taken") return fail("ticket_over", "this ticket is " + ticket.state);
  if (ticket.till != request.device) return fail("ticket_taken", "another till has taken this ticket");
  // What is owed stays owed: the next till may take it.
  const bool owed = settles_return(ticket);
  put_ticket(desk, ticket, owed ? "open" : "returned", owed ? std::string() : request.device);
  return {};
}

Result<void> cancel(Desk& desk, const Ticket& ticket) {
  if (settles_return(ticket)) return fail("not_allowed", "goods came back for it: a till must settle it");
  if (ticket.state == "cancelled") return {};
  if (ticket.state == "taken") return fail("ticket_taken", "a till has taken this ticket");
  if (ticket.state != "open") return fail("ticket_over", "this ticket is " + ticket.state);
  put_ticket(desk, ticket, "cancelled", {});
  return {};
}

}  // namespace

std::string ticket_text(const sync::StoreId& store, std::string_view id) {
  return std::string(qr_start) + mapped(store.text, upper) + ":" + mapped(id, upper);
}

Result<std::string> ticket_name(const sync::StoreId& store, std::string_view text) {
  std::string name = mapped(text, upper);
  if (name.starts_with(qr_start)) {
    const std::string own = std::string(qr_start) + mapped(store.text, upper) + ":";
    if (!name.starts_with(own)) return fail("ticket_foreign", "this ticket is another store's");
    name.erase(0, own.size());
  }
  return name.size() == code_length ? name : mapped(name, lower);
}

void forget_old_sales(Desk& desk, UtcMs now) {
  const std::int64_t window_ms =
      sync::protocol::return_rules(desk.reader.body("settings", "chain").value_or("")).window_days * 86'400'000;
  database::forget_tickets(desk.replica.connection(), now.plus(-ticket_kept_ms), now.plus(-ticket_kept_ms - window_ms));
  database::forget_returns(desk.replica.connection(), now.plus(-ticket_kept_ms - window_ms));
}

Result<std::string> make_ticket(Desk& desk, const Surroundings& around, const MakeTicket& request) {
  database::Connection& rows = desk.replica.connection();
  const std::string& id = request.request.text;
  if (database::ticket(rows, id)) return id;
  if (desk.reader.in_doubt()) return in_doubt();
  CartView view;
  if (auto seen = cart_now(desk.reader, around, request.cart); seen) {
    view = std::move(*seen);
  } else {
    return std::unexpected(seen.error());
  }
  std::erase_if(view.lines, [](const CartLineView& line) { return !line.counted; });
  if (view.lines.empty()) return fail("nothing_to_pay", "no line of the cart can be sold here");
  if (view.lines.size() > ticket_lines_max)
    return fail("ticket_too_long", "a ticket has " + std::to_string(ticket_lines_max) + " lines at most");
  for (const Ticket& other : database::tickets_of(rows, request.cart)) {
    if (other.state == "taken") return fail("ticket_taken", "a till has this cart now");
    if (other.state == "open") put_ticket(desk, other, "cancelled", {});
  }
  forget_old_sales(desk, around.now);
  const UtcMs now = around.now;
  put_ticket(
      desk,
      {id, new_ticket_code(desk, id), request.cart, {}, {}, now, now.plus(ticket_life_ms), now, ticket_body(view), "[]", {}},
      "open", {});
  return id;
}

Result<std::string> act(Desk& desk, const TicketAction& request) {
  const auto name = ticket_name(desk.store, request.ticket);
  if (!name) return std::unexpected(name.error());
  const auto ticket = database::ticket(desk.replica.connection(), *name);
  if (!ticket) return fail("ticket_unknown", "no such ticket is here");
  if (desk.reader.in_doubt()) return in_doubt();
  Result<void> done;
  switch (request.what) {
    case TicketAction::What::take:
      done = take(desk, request, *ticket);
      break;
    case TicketAction::What::paid:
      done = pay(desk, request, *ticket);
      break;
    case TicketAction::What::give_back:
      done = give_back(desk, request, *ticket);
      break;
    case TicketAction::What::cancel:
      done = cancel(desk, *ticket);
      break;
  }
  if (!done) return std::unexpected(done.error());
  return ticket->id;
}

Result<TicketView> ticket_view(database::Reader& reader, const Surroundings& around, std::string_view text) {
  const auto name = ticket_name(around.store, text);
  if (!name) return std::unexpected(name.error());
  reader.begin();
  auto found = database::ticket(reader.connection(), *name);
  if (auto failed = reader.end()) return std::unexpected(*failed);
  if (!found) return fail("ticket_unknown", "no such ticket is here");
  return TicketView{std::move(*found), around.store, around.now};
}

}  // namespace vitrine::edge::local_api
