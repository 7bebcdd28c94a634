// SPDX-License-Identifier: Apache-2.0
// Paying at a till: a ticket of the cart is made, watched until the till has said what became of it, and given up when the
// person goes back.
#include <algorithm>
#include <utility>

#include "kiosk/model/steps.hpp"

namespace vitrine::kiosk {

bool has_ticket(const Visit& visit) { return visit.paying && visit.paying->ticket && visit.paying->cancelled == 0; }

PayStep pay_step(const Model& model) {
  const std::optional<Paying>& paying = model.visit.paying;
  if (!paying || paying->waiting) return PayStep::waiting;
  if (!paying->ticket) return PayStep::refused;
  switch (paying->ticket->state) {
    case TicketState::open:
      return paying->stale ? PayStep::stale : model.now.mono >= paying->valid_until ? PayStep::expired : PayStep::open;
    case TicketState::taken:
      return PayStep::taken;
    case TicketState::paid:
      return PayStep::paid;
    case TicketState::returned:
      return PayStep::returned;
    case TicketState::cancelled:
      return paying->stale ? PayStep::stale : PayStep::cancelled;
    case TicketState::expired:
      return PayStep::expired;
  }
  return PayStep::refused;
}

namespace steps {
namespace {

// The cart still has what the ticket says; more in it does not matter.
bool holds(const CartView& cart, const TicketView& ticket) {
  return std::ranges::all_of(ticket.lines, [&](const TicketLine& sold) {
    const auto line = std::ranges::find(cart.lines, sold.key, &CartViewLine::key);
    return line != cart.lines.end() && line->units >= sold.units;
  });
}

void give_up(Model& model, Requests& out) {
  Visit& visit = model.visit;
  visit.paying->cancelled = ++visit.requests;
  out.emplace_back(CancelTicket{{visit.number, visit.paying->cancelled}, visit.paying->ticket->ticket});
}

}  // namespace

void pay_at_till(Model& model, Requests& out) {
  Visit& visit = model.visit;
  if (!visit.cart || (visit.paying && visit.paying->waiting)) return;
  visit.paying = Paying{};
  visit.paying->waiting = true;
  visit.printing.reset();
  visit.removed.reset();
  visit.route = Route::till;
  send_ticket(model, out);
}

void send_ticket(Model& model, Requests& out) {
  Visit& visit = model.visit;
  // What was changed is to be on the ticket.
  if (!visit.paying || !visit.paying->waiting || visit.paying->asked != 0 || !visit.pending.empty()) return;
  visit.paying->asked = ++visit.requests;
  out.emplace_back(MakeTicket{{visit.number, visit.paying->asked}, visit.cart->cart});
}

void ask_for_ticket(Model& model, Requests& out) {
  Visit& visit = model.visit;
  if (!visit.paying || !visit.paying->ticket) return;
  visit.paying->asked = ++visit.requests;
  out.emplace_back(FetchTicket{{visit.number, visit.paying->asked}, visit.paying->ticket->ticket});
}

void take_ticket(Model& model, const TicketArrived& event, Requests& out) {
  Visit& visit = model.visit;
  if (event.asked.visit != visit.number || !visit.paying) return;
  Paying& paying = *visit.paying;
  if (event.asked.number == paying.cancelled && visit.route != Route::till) {
    visit.paying.reset();
    return;
  }
  if (event.asked.number != paying.asked && event.asked.number != paying.cancelled) return;
  paying.waiting = false;
  paying.ticket = event.ticket;
  paying.valid_until = model.now.mono.plus(event.ticket.valid_for_ms);
  // It went to their phone meanwhile; what the till says comes first.
  if (visit.route == Route::keep && pay_step(model) != PayStep::open) {
    visit.keeping.reset();
    visit.route = Route::till;
  }
  if (!std::exchange(paying.looks_stale, false) || pay_step(model) != PayStep::open || holds(*visit.cart, *paying.ticket)) return;
  paying.stale = true;
  give_up(model, out);
}

bool take_ticket_failure(Model& model, const RequestFailed& event, Requests& out) {
  Visit& visit = model.visit;
  if (!visit.paying || event.code == "cart_unknown") return false;
  Paying& paying = *visit.paying;
  if (paying.cancelled != 0 && event.asked.number == paying.cancelled) {
    // The till was quicker: it is about that again.
    if (event.code == "ticket_taken") {
      visit.route = Route::till;
      paying.stale = false;
      ask_for_ticket(model, out);
    } else if (visit.route != Route::till) {
      visit.paying.reset();
    }
    return true;
  }
  if (paying.asked == 0 || event.asked.number != paying.asked) return false;
  // A ticket that is there is looked at again with the next news.
  if (std::exchange(paying.waiting, false)) paying.failed = event.code;
  return true;
}

void hear_of_ticket(Model& model, const TicketNews& event, Requests& out) {
  const std::optional<Paying>& paying = model.visit.paying;
  if (paying && paying->ticket && paying->ticket->ticket == event.ticket) ask_for_ticket(model, out);
}

void compare_ticket(Model& model, Requests& out) {
  Visit& visit = model.visit;
  if (visit.route != Route::till || pay_step(model) != PayStep::open || holds(*visit.cart, *visit.paying->ticket)) return;
  visit.paying->looks_stale = true;
  ask_for_ticket(model, out);
}

void leave_till(Model& model, Requests& out) {
  Visit& visit = model.visit;
  if (pay_step(model) == PayStep::taken) return;
  visit.printing.reset();
  visit.route = Route::cart;
  if (pay_step(model) == PayStep::open) {
    give_up(model, out);
  } else {
    visit.paying.reset();
  }
}

}  // namespace steps
}  // namespace vitrine::kiosk
