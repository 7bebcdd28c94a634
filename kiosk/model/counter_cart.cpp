// SPDX-License-Identifier: Apache-2.0
// A customer's cart, changed for them at the counter: one change at a time, each while the cart is as the screen shows it, and
// the last one can be undone. Then a code takes it to the till, or to their phone. Example followed: Tom scans a second jam set
// into Maya's cart; she has taken the cake stand out on her phone meanwhile, so he is shown the cart as it is now, and scans
// again.
#include <algorithm>

#include "kiosk/model/counter_steps.hpp"

namespace vitrine::kiosk::counter {
namespace {

CustomerOnScreen* open_cart_of(Model& model) {
  auto& customer = model.visit.desk.customer;
  return customer && customer->seen && customer->cart && customer->cart_work ? &*customer : nullptr;
}

const CartViewLine* line_of(const CartView& cart, const std::string& key) {
  const auto found = std::ranges::find(cart.lines, key, &CartViewLine::key);
  return found == cart.lines.end() ? nullptr : &*found;
}

// What is on the screen of it while nothing is on its way.
CustomerOnScreen* changeable(Model& model) {
  CustomerOnScreen* screen = open_cart_of(model);
  return screen != nullptr && screen->cart_work->acting == 0 ? screen : nullptr;
}

void change(Model& model, CustomerOnScreen& screen, CartChange wish, Requests& out) {
  const CartView& cart = *screen.cart;
  const CartViewLine* line = line_of(cart, wish.line);
  const std::int64_t before = line == nullptr ? 0 : line->units;
  if (wish.delta == 0 || (wish.delta < 0 && line == nullptr)) return;
  if (before + wish.delta > line_units_max) return say(model, "quantity_max");
  ChangeCustomerCart act{cart.cart.text, "add", wish.line, wish.sku.text, wish.delta};
  act.seen = cart.tag;
  if (wish.delta < 0) {
    act.action = before + wish.delta <= 0 ? "remove" : "decrease";
    act.units = -wish.delta;
    act.shown = line->shown;
    act.pass = cart.pass;
  }
  CartWork& work = *screen.cart_work;
  work.change = std::move(wish);
  work.undo.reset();
  work.ticket.reset();
  work.code.reset();
  work.acting = ask(model, out, std::move(act));
}

void add(Model& model, const ProductCard& card, Requests& out) {
  CustomerOnScreen* screen = changeable(model);
  if (screen == nullptr) return;
  const auto line = std::ranges::find(screen->cart->lines, card.sku, &CartViewLine::sku);
  change(model, *screen, {line == screen->cart->lines.end() ? card.sku.text : line->key, card.sku, card.title, 1}, out);
  screen->cart_work->keyboard = false;
}

void show_goods(CartWork& work, bool shown) {
  work.keyboard = shown;
  work.coupons = false;
  if (shown) return;
  work.words = {};
  work.found.reset();
  work.searching = 0;
}

}  // namespace

void open_cart(Model& model, bool open) {
  auto& customer = model.visit.desk.customer;
  if (!customer || !customer->seen || !customer->cart) return;
  if (!open) return customer->cart_work.reset();
  if (!may(model.visit.desk, "carts")) return say(model, "not_permitted");
  if (!customer->cart_work) customer->cart_work.emplace();
  customer->open_case.clear();
}

bool changes_cart(const Model& model) {
  const auto& customer = model.visit.desk.customer;
  return model.visit.route == Route::customer && customer && customer->cart && customer->cart_work;
}

bool looks_for_goods(const Model& model) { return changes_cart(model) && model.visit.desk.customer->cart_work->keyboard; }

bool step_back_in_cart(Model& model) {
  if (!changes_cart(model)) return false;
  CartWork& work = *model.visit.desk.customer->cart_work;
  if (work.keyboard) {
    show_goods(work, false);
  } else if (work.ticket || work.code) {
    work.ticket.reset();
    work.code.reset();
  } else {
    model.visit.desk.customer->cart_work.reset();
  }
  return true;
}

void count_cart(Model& model, const std::string& line, std::int64_t delta, Requests& out) {
  CustomerOnScreen* screen = changeable(model);
  const CartViewLine* there = screen == nullptr ? nullptr : line_of(*screen->cart, line);
  if (there == nullptr) return;
  change(model, *screen, {there->key, there->sku, there->title, std::max(delta, -there->units)}, out);
}

void drop_from_cart(Model& model, const std::string& line, Requests& out) {
  CustomerOnScreen* screen = changeable(model);
  const CartViewLine* there = screen == nullptr ? nullptr : line_of(*screen->cart, line);
  if (there != nullptr) count_cart(model, line, -there->units, out);
}

void add_to_cart(Model& model, const std::string& sku, Requests& out) {
  CustomerOnScreen* screen = changeable(model);
  if (screen == nullptr || !screen->cart_work->found) return;
  const auto& products = screen->cart_work->found->products;
  const auto found = std::ranges::find(products, sku, [](const ProductCard& one) { return one.sku.text; });
  if (found == products.end()) return;
  const ProductCard card = *found;
  show_goods(*screen->cart_work, false);
  add(model, card, out);
}

void type_coupon(Model& model) {
  CustomerOnScreen* screen = changeable(model);
  if (screen == nullptr) return;
  show_goods(*screen->cart_work, false);
  screen->cart_work->keyboard = screen->cart_work->coupons = true;
}

void mark_coupon(Model& model, const std::string& code, bool on, Requests& out) {
  CustomerOnScreen* screen = changeable(model);
  if (screen == nullptr || code.empty()) return;
  CartWork& work = *screen->cart_work;
  ChangeCustomerCart act{screen->cart->cart.text, on ? "add_coupon" : "remove_coupon", {}, {}};
  act.coupon = code;
  work.change = {{}, {}, {}, on ? 1 : -1, code};
  work.undo.reset();
  work.ticket.reset();
  work.code.reset();
  work.acting = ask(model, out, std::move(act));
}

void scan_coupon(Model& model, const std::string& text, Requests& out) {
  if (!changes_cart(model)) return say(model, "coupon_needs_cart");
  mark_coupon(model, text.substr(std::min(text.size(), text.find(':') + 1)), true, out);
}

void undo_cart(Model& model, Requests& out) {
  CustomerOnScreen* screen = changeable(model);
  if (screen == nullptr || !screen->cart_work->undo) return;
  CartChange back = *screen->cart_work->undo;
  back.delta = -back.delta;
  if (!back.coupon.empty()) return mark_coupon(model, back.coupon, back.delta > 0, out);
  change(model, *screen, std::move(back), out);
}

void send_cart(Model& model, bool to_till, Requests& out) {
  CustomerOnScreen* screen = changeable(model);
  if (screen == nullptr || screen->cart_work->sending != 0 || screen->cart->lines.empty()) return;
  CartWork& work = *screen->cart_work;
  work.ticket.reset();
  work.code.reset();
  const std::string& cart = screen->cart->cart.text;
  work.sending = to_till ? ask(model, out, MakeCustomerTicket{cart}) : ask(model, out, KeepCustomerCart{cart});
}

void type_goods(Model& model, const KeyTouch& touch, Requests& out) {
  CustomerOnScreen* screen = open_cart_of(model);
  if (screen == nullptr) return;
  CartWork& work = *screen->cart_work;
  const std::string before = work.words.text;
  type(work.words, touch, search_letters_max);
  if (work.words.text == before || work.coupons) return;
  work.found.reset();
  work.searching = 0;
  if (work.words.text.find_first_not_of(' ') == std::string::npos) return;
  work.searching = ++model.visit.requests;
  out.emplace_back(SearchProducts{{model.visit.number, work.searching}, work.words.text, {}});
}

void submit_goods(Model& model, Requests& out) {
  CustomerOnScreen* screen = changeable(model);
  if (screen != nullptr && screen->cart_work->coupons) {
    const std::string code = screen->cart_work->words.text;
    show_goods(*screen->cart_work, false);
    return mark_coupon(model, code, true, out);
  }
  if (screen == nullptr || !screen->cart_work->found || screen->cart_work->found->products.empty()) return;
  add_to_cart(model, std::string(screen->cart_work->found->products.front().sku.text), out);
}

void scan_into_cart(Model& model, const std::string& code, Requests& out) {
  CustomerOnScreen* screen = changeable(model);
  if (screen == nullptr) return;
  screen->cart_work->scanned = ++model.visit.requests;
  out.emplace_back(FetchProduct{{model.visit.number, screen->cart_work->scanned}, code, true});
}

bool take_cart_goods(Model& model, const ProductArrived& event, Requests& out) {
  CustomerOnScreen* screen = open_cart_of(model);
  const bool ours = screen != nullptr && screen->cart_work->scanned != 0 && event.asked.visit == model.visit.number &&
                    event.asked.number == screen->cart_work->scanned;
  if (!ours) return false;
  screen->cart_work->scanned = 0;
  add(model, event.page.card, out);
  return true;
}

void take_cart_found(Model& model, const ProductsFound& event) {
  CustomerOnScreen* screen = open_cart_of(model);
  if (screen == nullptr || event.asked.visit != model.visit.number || event.asked.number != screen->cart_work->searching) return;
  screen->cart_work->searching = 0;
  screen->cart_work->found = event.found;
}

bool take_changed_cart(Model& model, const Asked& asked, const CartView& cart) {
  CustomerOnScreen* screen = open_cart_of(model);
  if (screen == nullptr || screen->cart_work->acting == 0 || asked.number != screen->cart_work->acting) return false;
  CartWork& work = *screen->cart_work;
  work.acting = 0;
  work.undo = work.change;
  screen->cart = cart;
  return true;
}

void take_customer_ticket(Model& model, const Asked& asked, const TicketView& ticket) {
  CustomerOnScreen* screen = open_cart_of(model);
  if (screen == nullptr) return;
  CartWork& work = *screen->cart_work;
  const bool made = work.sending != 0 && asked.number == work.sending;
  if (made) work.sending = 0;
  if (made || (work.ticket && work.ticket->ticket == ticket.ticket)) work.ticket = ticket;
}

void take_customer_code(Model& model, const Asked& asked, const KeptCode& code) {
  CustomerOnScreen* screen = open_cart_of(model);
  if (screen == nullptr || screen->cart_work->sending == 0 || asked.number != screen->cart_work->sending) return;
  screen->cart_work->sending = 0;
  screen->cart_work->code = code;
}

void hear_of_customers_ticket(Model& model, const std::string& ticket, Requests& out) {
  CustomerOnScreen* screen = open_cart_of(model);
  if (screen == nullptr || !screen->cart_work->ticket || screen->cart_work->ticket->ticket != ticket) return;
  ask(model, out, FetchCustomerTicket{ticket});
}

bool take_cart_failure(Model& model, const RequestFailed& event, Requests& out) {
  CustomerOnScreen* screen = open_cart_of(model);
  if (screen == nullptr) return false;
  CartWork& work = *screen->cart_work;
  const std::uint64_t number = event.asked.number;
  const bool ours = number != 0 && (number == work.acting || number == work.sending || number == work.scanned);
  if (!ours) return false;
  // What there is now is shown before anybody goes on.
  if (number == work.acting && screen->cart_asked == 0)
    screen->cart_asked = ask(model, out, FetchCustomerCart{screen->cart->cart.text});
  for (std::uint64_t* each : {&work.acting, &work.sending, &work.scanned}) {
    if (*each == number) *each = 0;
  }
  say(model, event.code == "changed_meanwhile" ? "cart_changed" : event.code);
  return true;
}

}  // namespace vitrine::kiosk::counter
