// SPDX-License-Identifier: Apache-2.0
// Paying at a till in states worth looking at.
#include "tools/kiosk_shots/samples.hpp"

namespace vitrine::kiosk::samples {
namespace {

constexpr std::int64_t life_ms = 15 * 60'000;

Asked newest(const Scene& scene) { return {scene.model.visit.number, scene.model.visit.paying->asked}; }

Scene asked_for(Scene scene) {
  scene.wish(PayAtTill{});
  return scene;
}

Scene made(Scene scene, const CartView& cart) {
  scene = asked_for(std::move(scene));
  scene.event(TicketArrived{newest(scene), ticket_of(cart)});
  return scene;
}

Scene in_state(TicketState state) {
  Scene scene = made(with_cart(cart()), cart());
  TicketView ticket = ticket_of(cart());
  ticket.state = state;
  ticket.changed_at = noon.utc.plus(90'000);
  scene.event(TicketArrived{newest(scene), ticket});
  return scene;
}

Scene refused(const char* code) {
  Scene scene = asked_for(with_cart(cart()));
  scene.event(RequestFailed{newest(scene), code});
  return scene;
}

CartView without(CartView cart, std::size_t from, std::size_t to) {
  cart.lines.erase(cart.lines.begin() + static_cast<std::ptrdiff_t>(from), cart.lines.begin() + static_cast<std::ptrdiff_t>(to));
  cart.totals.units = 0;
  for (const CartViewLine& line : cart.lines) cart.totals.units += line.units;
  return cart;
}

void see(Scene& scene, const CartView& cart) {
  scene.event(CartNews{cart.cart});
  scene.event(CartArrived{{scene.model.visit.number, scene.model.visit.requests}, cart});
}

Scene with_printer(Scene scene) {
  scene.model.printer = PrinterAbility{.japanese = true};
  return scene;
}

// Asked for, and what became of it; nothing: not known yet.
Scene printing(const std::optional<std::string>& failed) {
  Scene scene = with_printer(made(with_cart(cart()), cart()));
  scene.wish(PrintPaper{});
  if (failed) scene.event(PaperPrinted{scene.model.visit.printing->number, *failed});
  return scene;
}

}  // namespace

TicketView ticket_of(const CartView& cart) {
  TicketView ticket;
  ticket.ticket = "4a1c00112233445566778899aabbccdd";
  ticket.code = "T4M9RX";
  ticket.qr = "VT1:HARBOUR-STREET:4A1C00112233445566778899AABBCCDD";
  ticket.cart = cart.cart;
  ticket.made_at = ticket.changed_at = noon.utc;
  ticket.valid_for_ms = life_ms;
  ticket.valid_until = noon.utc.plus(life_ms);
  for (const CartViewLine& line : cart.lines) {
    if (!line.counted) continue;
    ticket.lines.push_back({line.key, line.pictogram, line.tile, line.units});
    ticket.units += line.units;
  }
  ticket.currency = cart.totals.currency;
  ticket.to_pay = cart.totals.to_pay;
  ticket.savings = static_cast<std::int64_t>(cart.savings.size());
  ticket.lines_left_out = cart.totals.lines_left_out;
  return ticket;
}

std::vector<Named> till_scenes() {
  return {
      {"till-phone",
       [] {
         Scene scene = made(with_cart(cart()), cart());
         scene.wish(KeepOnPhone{});
         scene.event(KeptCodeArrived{{scene.model.visit.number, scene.model.visit.keeping->asked}, some_code(4)});
         return scene;
       }},
      {"till-waiting", [] { return asked_for(with_cart(cart())); }},
      {"till", [] { return made(with_cart(cart()), cart()); }},
      {"till-long", [] { return made(with_cart(long_cart()), long_cart()); }},
      {"till-offline", [] { return made(offline(with_cart(cart())), cart()); }},
      {"till-taken", [] { return in_state(TicketState::taken); }},
      {"till-paid",
       [] {
         Scene scene = in_state(TicketState::paid);
         see(scene, without(cart(), 0, 4));
         return scene;
       }},
      {"till-paid-left",
       [] {
         Scene scene = in_state(TicketState::paid);
         see(scene, without(cart(), 0, 3));
         return scene;
       }},
      {"till-returned", [] { return in_state(TicketState::returned); }},
      {"till-cancelled", [] { return in_state(TicketState::cancelled); }},
      {"till-expired",
       [] {
         Scene scene = made(with_cart(cart()), cart());
         for (int i = 0; i < 46; ++i) {
           scene.wait(20'000);
           scene.event(PersonDid{});
         }
         return scene;
       }},
      {"till-stale",
       [] {
         Scene scene = made(with_cart(cart()), cart());
         see(scene, without(cart(), 0, 1));
         scene.event(TicketArrived{newest(scene), ticket_of(cart())});
         return scene;
       }},
      {"till-nothing", [] { return refused("nothing_to_pay"); }},
      {"till-too-long", [] { return refused("ticket_too_long"); }},
      {"till-elsewhere", [] { return refused("ticket_taken"); }},
      {"till-no-answer", [] { return refused("no_answer"); }},
      {"till-failed", [] { return refused("disk_full"); }},
      {"till-printer", [] { return with_printer(made(with_cart(cart()), cart())); }},
      {"till-printing", [] { return printing(std::nullopt); }},
      {"till-printed", [] { return printing(""); }},
      {"till-no-paper", [] { return printing("printer_paper"); }},
      {"till-no-printer", [] { return printing("printer_missing"); }},
      {"till-still-there",
       [] {
         Scene scene = made(with_cart(cart()), cart());
         scene.wait(idle_cart_ms + 4'000);
         return scene;
       }},
  };
}

}  // namespace vitrine::kiosk::samples
