// SPDX-License-Identifier: Apache-2.0
// From a code that was read to a cart on the screen, and how that cart is kept up to date.
#include <algorithm>
#include <array>
#include <utility>

#include "kiosk/model/steps.hpp"

namespace vitrine::kiosk::steps {
namespace {

struct Refusal {
  std::string_view code;
  Problem problem;
};
// Codes of the local API. One that is not listed is a code we do not recognise.
constexpr std::array refusals = {
    Refusal{"pass_expired", Problem::code_timed_out},   Refusal{"pass_foreign", Problem::code_foreign},
    Refusal{"pass_needs_hub", Problem::needs_internet}, Refusal{"store_not_ready", Problem::not_ready},
    Refusal{"no_answer", Problem::no_answer},
};

Problem problem_of(std::string_view code) {
  const auto found = std::find_if(refusals.begin(), refusals.end(), [&](const Refusal& refusal) { return refusal.code == code; });
  return found == refusals.end() ? Problem::code_unknown : found->problem;
}

bool is_opening(const Visit& visit, const Asked& asked) { return visit.opening && asked.number == visit.opening_number; }

void stop_opening(Visit& visit) {
  visit.opening = false;
  visit.opening_text.clear();
}

void show_problem(Visit& visit, Problem problem) {
  stop_opening(visit);
  visit.problem = problem;
  visit.route = Route::problem;
}

// Another cart takes the screen: nothing of the one before stays.
void show_cart(Model& model, const CartView& cart) {
  model.visit.cart = cart;
  model.visit.cart_changes_at.reset();
  if (cart.changes_in_ms) model.visit.cart_changes_at = model.now.mono.plus(*cart.changes_in_ms);
}

void open_cart(Model& model, const CartView& cart) {
  Visit& visit = model.visit;
  const bool from_reader = visit.route == Route::scan;
  stop_opening(visit);
  visit.problem.reset();
  visit.pending.clear();
  visit.removed.reset();
  visit.coupon = {};
  visit.fetch_again = false;
  visit.not_saved_until.reset();
  visit.added.reset();
  if (visit.cart && visit.cart->cart != cart.cart) {
    visit.search = {};
    visit.product.reset();
    visit.product_trail.clear();
  }
  show_cart(model, cart);
  visit.route = Route::cart;
  // Nobody waits for the confirmation: it runs on the cart.
  if (from_reader) visit.scan_confirmed_until = model.now.mono.plus(scan_confirm_ms);
}

}  // namespace

void read_code(Model& model, const ScanSeen& event, Requests& out) {
  const Route shown = shown_route(model);
  if (shown == Route::resting || shown == Route::starting) return;
  notice_person(model);
  Visit& visit = model.visit;
  visit.countdown_ends.reset();
  visit.choosing_language = false;
  if (visit.opening && visit.opening_text == event.text) return;
  visit.problem.reset();
  if (visit.route == Route::problem) visit.route = Route::scan;
  visit.scan_confirmed_until.reset();
  visit.choosing_ease = false;
  visit.collection = {};
  if (visit.route == Route::pickup) visit.route = Route::welcome;
  // A ticket lives on at the tills; here it is about something else now.
  for (Route* route : {&visit.route, &visit.help.from}) {
    if (*route == Route::till || *route == Route::keep || *route == Route::choices || *route == Route::deliver)
      *route = Route::cart;
  }
  visit.paying.reset();
  visit.keeping.reset();
  visit.delivering.reset();
  visit.choices.reset();
  if (visit.coupon.asked == 0) visit.coupon = {};
  if (visit.route == Route::coupon) visit.route = Route::cart;
  visit.printing.reset();
  if (event.coupon) {
    read_coupon(model, event.text, out);
    return;
  }
  if (event.article) {
    open_product(model, event.text, true, out);
    return;
  }
  visit.opening = true;
  visit.opening_since = model.now.mono;
  visit.opening_number = ++visit.requests;
  visit.opening_text = event.text;
  out.emplace_back(OpenPass{{visit.number, visit.opening_number}, event.text, model.now.utc});
}

void take_cart(Model& model, const CartArrived& event, Requests& out) {
  Visit& visit = model.visit;
  if (event.asked.visit != visit.number) return;
  if (is_opening(visit, event.asked)) {
    visit.answered = event.asked.number;
    const bool news = visit.fetch_again;
    open_cart(model, event.cart);
    add_what_was_wanted(model, out);
    add_wanted_coupon(model, out);
    if (news && visit.pending.empty()) ask_for_cart(model, out);
    visit.fetch_again = news && !visit.pending.empty();
    return;
  }
  take_coupon(visit, event.asked);
  if (!visit.cart || visit.cart->cart != event.cart.cart || event.asked.number < visit.answered) return;
  if (!visit.pending.empty() && visit.pending.front().number == event.asked.number) {
    visit.pending.pop_front();
  } else if (!visit.pending.empty()) {
    visit.fetch_again = true;
    return;
  }
  visit.answered = event.asked.number;
  const CartView before = *visit.cart;
  show_cart(model, event.cart);
  send_next_change(model, out);
  if (visit.pending.empty() && std::exchange(visit.fetch_again, false)) ask_for_cart(model, out);
  send_ticket(model, out);
  compare_ticket(model, out);
  ask_for_code(model, out);
  renew_code(model, before, out);
}

void refuse_pass(Model& model, const PassRefused& event, Requests& out) {
  Visit& visit = model.visit;
  if (event.asked.visit != visit.number || !is_opening(visit, event.asked)) return;
  if (event.code == "pass_is_pickup") {
    const std::string text = visit.opening_text;
    stop_opening(visit);
    collect_by_pass(model, text, out);
    return;
  }
  show_problem(visit, problem_of(event.code));
}

void take_failure(Model& model, const RequestFailed& event, Requests& out) {
  Visit& visit = model.visit;
  if (event.asked.visit != visit.number) return;
  if (is_opening(visit, event.asked)) {
    show_problem(visit, Problem::no_answer);
    return;
  }
  if (take_coupon_failure(model, event) || take_product_failure(model, event) || take_pickup_failure(model, event) ||
      take_help_failure(model, event) || take_ticket_failure(model, event, out) || take_code_failure(model, event) ||
      take_delivery_failure(model, event, out) || take_choices_failure(model, event, out))
    return;
  if (event.code == "cart_unknown") {
    end_visit(model);
    return;
  }
  if (visit.pending.empty() || visit.pending.front().number != event.asked.number) return;
  // What the person sees is then what the edge holds, and the screen says that the change was not kept.
  visit.pending.clear();
  visit.removed.reset();
  visit.added.reset();
  visit.not_saved_until = model.now.mono.plus(undo_ms);
  // Not what the person thought to pay or to keep: back to the cart, which says so.
  if ((visit.paying && visit.paying->waiting) || (visit.keeping && visit.keeping->waiting)) {
    visit.paying.reset();
    visit.keeping.reset();
    visit.route = Route::cart;
  }
  ask_for_cart(model, out);
}

void give_up_opening(Model& model) { show_problem(model.visit, Problem::no_answer); }

void hear_of_cart(Model& model, const CartNews& event, Requests& out) {
  Visit& visit = model.visit;
  // The answer that opens a cart may be older than news that were heard before it: the hub is quick.
  if (visit.opening) visit.fetch_again = true;
  if (!visit.cart || visit.cart->cart != event.cart) return;
  if (visit.pending.empty()) {
    ask_for_cart(model, out);
  } else {
    visit.fetch_again = true;
  }
}

void ask_for_cart(Model& model, Requests& out) {
  Visit& visit = model.visit;
  if (!visit.cart) return;
  out.emplace_back(FetchCart{{visit.number, ++visit.requests}, visit.cart->cart});
}

}  // namespace vitrine::kiosk::steps
