// SPDX-License-Identifier: Apache-2.0
// A customer at the counter: found by what they show, seen part by part as they agree, and forgotten when it is over.
// Example followed: Maya shows her card; Tom sees "M… H.", her cart and what she looked at; in the middle she takes it back on
// her phone, and that part closes.
#include <algorithm>
#include <array>
#include <utility>

#include "kiosk/model/counter_steps.hpp"

namespace vitrine::kiosk {

bool is_ready(const CustomerOrder& order) {
  return order.status == "ready" || order.status == "arrived" || order.status == "part_collected";
}

std::string ready_order_of(const Model& model) {
  const Desk& desk = model.visit.desk;
  if (!desk.customer || !desk.customer->orders || !may(desk, "orders")) return {};
  const CustomerOrder* first = nullptr;
  for (const CustomerOrder& one : desk.customer->orders->orders) {
    if (is_ready(one) && (first == nullptr || one.placed_at < first->placed_at)) first = &one;
  }
  return first == nullptr ? std::string() : first->order;
}

const CaseSeen* open_case_of(const CustomerOnScreen& screen) {
  for (const auto* part : {&screen.cases, &screen.conversations}) {
    if (!*part || screen.open_case.empty()) continue;
    const auto found = std::ranges::find((*part)->cases, screen.open_case, &CaseSeen::id);
    if (found != (*part)->cases.end()) return &*found;
  }
  return nullptr;
}

namespace counter {
namespace {

constexpr std::array<const char*, 3> always = {"carts", "orders", "cases"};
constexpr std::array<const char*, 4> shared = {"history", "timeline", "conversations", "consents"};

CustomerOnScreen* open_customer_of(Model& model) {
  auto& customer = model.visit.desk.customer;
  return customer && customer->seen ? &*customer : nullptr;
}

void ask_for_part(Model& model, CustomerOnScreen& screen, const std::string& panel, const std::string& after, Requests& out) {
  const bool under_way = std::ranges::any_of(screen.asked, [&](const auto& one) { return one.second == panel; });
  if (under_way) return;
  FetchCustomerPart fetch{screen.seen->look_up, panel, after};
  if (panel == "timeline") fetch.where = screen.doings_where;
  screen.asked[ask(model, out, std::move(fetch))] = panel;
}

// What an exact key is, by how it looks.
std::string kind_of_key(const std::string& key) {
  if (key.find('@') != std::string::npos) return "email";
  return key.starts_with('+') || key.starts_with("00") ? "phone" : "loyalty";
}

void find(Model& model, std::string by, std::string key, Requests& out) {
  auto& screen = model.visit.desk.customer;
  if (!screen || screen->seen || screen->looking != 0 || key.empty()) return;
  screen->failed.clear();
  screen->looking = ask(model, out, FindCustomer{std::move(by), std::move(key), screen->reason});
}

void forget_shared(CustomerOnScreen& screen) {
  screen.history.reset();
  screen.timeline.reset();
  screen.conversations.reset();
  std::erase_if(screen.asked, [](const auto& one) {
    return one.second == "history" || one.second == "timeline" || one.second == "conversations";
  });
  // What is written is a note in what is closed now, unless it answers what waits for the store, or that is still asked for.
  if (!screen.cases || open_case_of(screen) != nullptr) return;
  screen.open_case.clear();
  screen.note.reset();
}

void forget_offers(CustomerOnScreen& screen) {
  screen.offers.reset();
  std::erase_if(screen.asked, [](const auto& one) { return one.second == "offers"; });
}

void forget_tastes(CustomerOnScreen& screen) {
  screen.tastes.reset();
  std::erase_if(screen.asked, [](const auto& one) { return one.second == "preferences"; });
}

}  // namespace

void open_finder(Model& model) {
  Desk& desk = model.visit.desk;
  if (!may(desk, "customers")) return say(model, "not_permitted");
  desk.order.reset();
  desk.customer.emplace();
  model.visit.search.keyboard = true;
  model.visit.route = Route::customer;
}

void leave_customer(Model& model) {
  if (!model.visit.desk.customer) return;
  model.visit.desk.customer.reset();
  if (model.visit.route == Route::customer) model.visit.route = Route::queue;
}

bool asks_who(const Model& model) {
  const auto& customer = model.visit.desk.customer;
  return model.visit.route == Route::customer && customer && !customer->seen;
}

void type_key_of_customer(Model& model, const KeyTouch& touch) {
  if (!asks_who(model) || model.visit.desk.customer->looking != 0) return;
  type(model.visit.desk.customer->key, touch, exact_key_letters);
  model.visit.desk.customer->failed.clear();
}

void submit_customer(Model& model, Requests& out) {
  if (!asks_who(model)) return;
  const std::string key = model.visit.desk.customer->key.text;
  find(model, kind_of_key(key), key, out);
}

void find_by_scan(Model& model, const std::string& text, bool pass, Requests& out) {
  find(model, pass ? "pass" : "loyalty", text, out);
}

void choose_reason(Model& model, const std::string& reason) {
  if (asks_who(model)) model.visit.desk.customer->reason = reason;
}

void take_customer(Model& model, const Asked& asked, const CustomerSeen& seen, Requests& out) {
  auto& screen = model.visit.desk.customer;
  if (!screen) return;
  const bool found = asked.number == screen->looking && screen->looking != 0;
  if (!found && asked.number != screen->head.asked) return;
  if (found) {
    screen->looking = 0;
    screen->key = {};
    screen->closes_at = model.now.mono.plus(customer_open_ms);
  } else {
    screen->head.asked = 0;
  }
  screen->seen = seen;
  if (found) {
    for (const char* panel : always) ask_for_part(model, *screen, panel, {}, out);
  }
  ask_for_part(model, *screen, "consents", {}, out);
  if (seen.shares_offers) {
    ask_for_part(model, *screen, "offers", {}, out);
  } else {
    forget_offers(*screen);
  }
  if (seen.shares_tastes) {
    ask_for_part(model, *screen, "preferences", {}, out);
  } else {
    forget_tastes(*screen);
  }
  // Taken back, it is gone at once; given, it is asked for.
  if (!seen.shares_history) return forget_shared(*screen);
  for (const char* panel : shared) {
    const std::string_view name(panel);
    const bool there = (name == "history" && screen->history) || (name == "timeline" && screen->timeline) ||
                       (name == "conversations" && screen->conversations);
    if (!there) ask_for_part(model, *screen, panel, {}, out);
  }
}

void take_part(Model& model, const Asked& asked, CustomerPart part, Requests& out) {
  CustomerOnScreen* screen = open_customer_of(model);
  if (screen == nullptr) return;
  const bool told = asked.number == screen->telling && screen->telling != 0;
  if (told) screen->telling = 0;
  if (screen->asked.erase(asked.number) == 0 && !told) return;
  if (part.panel == "profile")
    screen->profile = std::move(part);
  else if (part.panel == "carts") {
    screen->carts = std::move(part);
    const auto& carts = screen->carts->carts;
    if (!carts.empty() && may(model.visit.desk, "carts"))
      screen->cart_asked = ask(model, out, FetchCustomerCart{carts.front().cart});
    if (carts.empty()) screen->cart.reset();
  } else if (part.panel == "orders")
    screen->orders = std::move(part);
  else if (part.panel == "offers") {
    screen->seen->shares_offers = part.shown;
    if (!part.shown) return forget_offers(*screen);
    screen->offers = std::move(part);
  } else if (part.panel == "preferences") {
    screen->seen->shares_tastes = part.shown;
    if (!part.shown) return forget_tastes(*screen);
    screen->tastes = std::move(part);
  } else if (part.panel == "cases")
    screen->cases = std::move(part);
  else if (part.panel == "consents")
    screen->withdrawals = std::move(part.withdrawals);
  else if (!part.shown) {
    screen->seen->shares_history = false;
    forget_shared(*screen);
  } else if (part.panel == "history")
    screen->history = std::move(part);
  else if (part.panel == "conversations")
    screen->conversations = std::move(part);
  else if (part.panel == "timeline" && screen->timeline) {
    // What is older comes below what is there.
    auto& there = screen->timeline->doings;
    std::ranges::move(part.doings, std::back_inserter(there));
    screen->timeline->next = std::move(part.next);
  } else if (part.panel == "timeline")
    screen->timeline = std::move(part);
}

void take_customer_cart(Model& model, const Asked& asked, CartView cart) {
  CustomerOnScreen* screen = open_customer_of(model);
  if (screen == nullptr || asked.number != screen->cart_asked) return;
  screen->cart_asked = 0;
  screen->cart = std::move(cart);
}

void show_name(Model& model, Requests& out) {
  if (CustomerOnScreen* screen = open_customer_of(model); screen != nullptr && !screen->profile)
    ask_for_part(model, *screen, "profile", {}, out);
}

void show_older(Model& model, Requests& out) {
  CustomerOnScreen* screen = open_customer_of(model);
  if (screen == nullptr || !screen->timeline || screen->timeline->next.empty()) return;
  ask_for_part(model, *screen, "timeline", screen->timeline->next, out);
}

// An answer that is under way is of what was shown before.
void show_doings(Model& model, const std::string& where, Requests& out) {
  CustomerOnScreen* screen = open_customer_of(model);
  if (screen == nullptr || !screen->seen->shares_history || screen->doings_where == where) return;
  screen->doings_where = where;
  screen->timeline.reset();
  std::erase_if(screen->asked, [](const auto& one) { return one.second == "timeline"; });
  ask_for_part(model, *screen, "timeline", {}, out);
}

void tell_offer(Model& model, const std::string& what, Requests& out) {
  CustomerOnScreen* screen = open_customer_of(model);
  if (screen == nullptr || screen->telling != 0 || !screen->offers || screen->offers->offers.empty()) return;
  screen->telling = ask(model, out, TellOffer{screen->seen->look_up, screen->offers->offers.front().id, what});
}

void change_sharing(Model& model, bool granted, Requests& out) {
  CustomerOnScreen* screen = open_customer_of(model);
  if (screen == nullptr || screen->changing != 0) return;
  screen->changing = ask(model, out, ChangeSharing{screen->seen->look_up, granted, screen->withdrawals});
}

void take_sharing(Model& model, const Asked& asked, const SharingChanged& changed) {
  CustomerOnScreen* screen = open_customer_of(model);
  if (screen == nullptr || asked.number != screen->changing) return;
  screen->changing = 0;
  screen->head.stale = true;
  if (changed.granted) return say(model, "sharing_granted");
  screen->seen->shares_history = false;
  forget_shared(*screen);
  say(model, "sharing_withdrawn");
}

void refresh_customer(Model& model, Requests& out) {
  CustomerOnScreen* screen = open_customer_of(model);
  if (screen == nullptr || !screen->head.stale || screen->head.asked != 0) return;
  screen->head.stale = false;
  screen->head.asked = ask(model, out, FetchCustomer{screen->seen->look_up});
}

void mark_customer_stale(Model& model) {
  if (CustomerOnScreen* screen = open_customer_of(model)) screen->head.stale = true;
}

void hear_of_case(Model& model, Requests& out) {
  model.visit.desk.cases_refresh.stale = true;
  CustomerOnScreen* screen = open_customer_of(model);
  if (screen == nullptr) return;
  ask_for_part(model, *screen, "cases", {}, out);
  if (screen->seen->shares_history) ask_for_part(model, *screen, "conversations", {}, out);
}

void hear_of_customers_order(Model& model, const std::string& order, Requests& out) {
  CustomerOnScreen* screen = open_customer_of(model);
  if (screen == nullptr || !screen->orders) return;
  const bool theirs = std::ranges::any_of(screen->orders->orders, [&](const CustomerOrder& one) { return one.order == order; });
  if (theirs) ask_for_part(model, *screen, "orders", {}, out);
}

void hear_of_customers_cart(Model& model, const std::string& cart, Requests& out) {
  CustomerOnScreen* screen = open_customer_of(model);
  if (screen == nullptr || !screen->cart || screen->cart->cart.text != cart || screen->cart_asked != 0) return;
  screen->cart_asked = ask(model, out, FetchCustomerCart{cart});
}

void mind_customer(Model& model) {
  const CustomerOnScreen* screen = open_customer_of(model);
  if (screen == nullptr || model.now.mono < screen->closes_at) return;
  leave_customer(model);
  say(model, "look_up_over");
}

bool take_customer_failure(Model& model, const RequestFailed& event) {
  auto& screen = model.visit.desk.customer;
  if (!screen) return false;
  const std::uint64_t number = event.asked.number;
  if (number == screen->looking) {
    screen->looking = 0;
    screen->failed = event.code;
    if (screen->by_case) {
      leave_customer(model);
      model.visit.desk.cases_refresh.stale = true;
      say(model, event.code);
    }
    return true;
  }
  const bool ours = screen->asked.erase(number) > 0 || number == screen->head.asked || number == screen->changing ||
                    number == screen->cart_asked || (number == screen->telling && number != 0);
  if (!ours) return false;
  const bool of_cart = number == screen->cart_asked;
  if (number == screen->head.asked) screen->head.asked = 0;
  if (number == screen->changing) screen->changing = 0;
  // Run out or decided elsewhere meanwhile, or not to be seen any more: what there is now is asked for.
  if (number == screen->telling) {
    screen->telling = 0;
    screen->offers.reset();
    mark_customer_stale(model);
  }
  if (of_cart) screen->cart_asked = 0;
  // They are not here any more, or somebody else's time has run out: nothing of them stays.
  const bool gone = event.code == "customer_unknown" || event.code == "customer_erased";
  if (event.code == "look_up_over" || (gone && !of_cart)) leave_customer(model);
  if (event.code == "consent_withdrawn") mark_customer_stale(model);
  if (!of_cart) say(model, event.code);
  return true;
}

}  // namespace counter
}  // namespace vitrine::kiosk
