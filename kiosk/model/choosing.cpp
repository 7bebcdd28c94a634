// SPDX-License-Identifier: Apache-2.0
// The person's own choices: asked for when they are looked at, changed one after the other, each with a receipt. Example
// followed: Amelia turns off news by post. It is shown as off at once and is said to be saved when the edge has answered; for a
// moment she can undo it, which is another change, and has another receipt.
#include <algorithm>
#include <utility>

#include "kiosk/model/steps.hpp"

namespace vitrine::kiosk {
namespace {

bool ends_it(const std::string& code) { return code == "pass_needed" || code == "customer_unknown" || code == "customer_erased"; }

const Choice* choice_of(const Choices& choices, const std::string& purpose) {
  const auto found = std::ranges::find(choices.all, purpose, &Choice::purpose);
  return found == choices.all.end() ? nullptr : &*found;
}

void send_next(Model& model, steps::Requests& out) {
  Visit& visit = model.visit;
  Choices& choices = *visit.choices;
  if (choices.pending.empty() || choices.pending.front().number != 0) return;
  ChoiceChange& next = choices.pending.front();
  const Choice* shown = choice_of(choices, next.purpose);
  next.number = ++visit.requests;
  out.emplace_back(ChangeChoice{{visit.number, next.number},
                                visit.cart->cart,
                                next.purpose,
                                next.granted,
                                shown == nullptr ? std::vector<std::string>{} : shown->withdrawals});
}

// Of one purpose the newest: the others are over.
void keep_receipt(Choices& choices, const ChoiceReceipt& receipt) {
  std::erase_if(choices.receipts, [&](const ChoiceReceipt& one) { return one.purpose == receipt.purpose; });
  choices.receipts.push_back(receipt);
}

}  // namespace

bool is_granted(const Choices& choices, const std::string& purpose) {
  const auto last = std::ranges::find(choices.pending.rbegin(), choices.pending.rend(), purpose, &ChoiceChange::purpose);
  if (last != choices.pending.rend()) return last->granted;
  const Choice* shown = choice_of(choices, purpose);
  return shown != nullptr && shown->granted;
}

namespace steps {

void see_choices(Model& model, Requests& out) {
  Visit& visit = model.visit;
  if (!visit.cart || !visit.cart->has_choices) return;
  if (!visit.choices) visit.choices.emplace();
  visit.choices->failed.clear();
  visit.choices->refused.clear();
  visit.removed.reset();
  visit.route = Route::choices;
  visit.choices->receipt_shown = false;
  ask_for_choices(model, out);
}

void ask_for_choices(Model& model, Requests& out) {
  Visit& visit = model.visit;
  if (!visit.choices || !visit.cart || visit.route != Route::choices) return;
  visit.choices->asked = ++visit.requests;
  visit.choices->asking = true;
  visit.choices->again = false;
  out.emplace_back(FetchChoices{{visit.number, visit.choices->asked}, visit.cart->cart});
}

void choose(Model& model, const ChooseForMyself& wish, Requests& out) {
  std::optional<Choices>& choices = model.visit.choices;
  if (!choices || choices->waiting() || is_granted(*choices, wish.purpose) == wish.granted) return;
  choices->refused.clear();
  choices->chosen.reset();
  choices->pending.push_back({wish.purpose, wish.granted});
  send_next(model, out);
}

void undo_choice(Model& model, Requests& out) {
  if (!model.visit.choices || !model.visit.choices->chosen) return;
  const Chosen last = *model.visit.choices->chosen;
  choose(model, {last.purpose, !last.granted}, out);
}

void show_choice_receipt(Model& model) {
  Visit& visit = model.visit;
  if (!visit.choices || visit.choices->receipts.empty()) return;
  visit.choices->receipt_shown = true;
  if (visit.printing && visit.printing->step != PrintStep::waiting) visit.printing.reset();  // of something else
}

void take_choices(Model& model, const ChoicesArrived& event, Requests& out) {
  Visit& visit = model.visit;
  if (event.asked.visit != visit.number || !visit.choices) return;
  Choices& choices = *visit.choices;
  const bool changed = event.receipt && !choices.pending.empty() && choices.pending.front().number == event.asked.number;
  if (changed) {
    choices.pending.pop_front();
    keep_receipt(choices, *event.receipt);
    if (choices.pending.empty())
      choices.chosen = Chosen{event.receipt->purpose, event.receipt->granted, model.now.mono.plus(undo_ms)};
  } else if (event.asked.number != choices.asked) {
    return;
  } else {
    choices.asking = false;
  }
  choices.all = event.all;
  choices.failed.clear();
  if (!choices.asking && choices.again && choices.pending.empty()) ask_for_choices(model, out);
  send_next(model, out);
}

bool take_choices_failure(Model& model, const RequestFailed& event, Requests& out) {
  std::optional<Choices>& choices = model.visit.choices;
  if (!choices || event.code == "cart_unknown") return false;
  const bool changing = !choices->pending.empty() && choices->pending.front().number == event.asked.number;
  if (!changing && event.asked.number != choices->asked) return false;
  choices->pending.clear();
  if (!changing) choices->asking = false;
  if (changing) choices->chosen.reset();
  if (ends_it(event.code) || choices->all.empty()) {
    choices->all.clear();
    choices->failed = event.code;
  } else if (changing) {
    // What is shown is then what the edge holds.
    choices->refused = event.code;
    ask_for_choices(model, out);
  }
  return true;
}

void hear_of_customers(Model& model, Requests& out) {
  Visit& visit = model.visit;
  // Whose cart it is may come to the store after the cart.
  if (visit.route == Route::cart && visit.cart && !visit.cart->has_choices && visit.pending.empty()) ask_for_cart(model, out);
  if (!visit.choices || !visit.choices->pending.empty() || !visit.choices->failed.empty()) return;
  // Each look is a line of the audit: of much news that comes at once, one more look is enough.
  if (visit.choices->asking) {
    visit.choices->again = true;
  } else {
    ask_for_choices(model, out);
  }
}

}  // namespace steps
}  // namespace vitrine::kiosk
