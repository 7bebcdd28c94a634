// SPDX-License-Identifier: Apache-2.0
// Asking for a person: from any screen, one request a visit, told live who comes, and ended with the visit.
// Example followed: a shopper at the cart asks; Nadia comes; the shopper reads on in the cart meanwhile.
#include <utility>

#include "kiosk/model/steps.hpp"

namespace vitrine::kiosk::steps {
namespace {

Asked next_asked(Visit& visit) {
  visit.help.asked = ++visit.requests;
  return {visit.number, visit.help.asked};
}

void end_request(std::uint64_t visit, const std::string& id, const char* how, Requests& out) {
  out.emplace_back(ActOnHelp{{visit, 0}, id, HelpAction::end, how});
}

std::string context_of(const Visit& visit) {
  if (visit.route == Route::product && visit.product && visit.product->page && !visit.cart)
    return "product/" + visit.product->page->card.sku.text;
  return visit.cart ? "cart/" + visit.cart->cart.text : std::string();
}

}  // namespace

void leave_help(Visit& visit) { visit.route = visit.help.from; }

void ask_for_help(Model& model, Requests& out) {
  Visit& visit = model.visit;
  Help& help = visit.help;
  if (visit.route == Route::help && !help.failed) return leave_help(visit);
  const std::string context = context_of(visit);
  if (visit.route != Route::help) help.from = visit.route;
  visit.route = Route::help;
  help.since = model.now.mono;
  help.failed = false;
  if (help.waiting) return;
  if (help.request) {
    out.emplace_back(FetchHelp{next_asked(visit), help.request->id});
    return;
  }
  help.waiting = true;
  out.emplace_back(RaiseHelp{next_asked(visit), model.where, shown_language(model), context});
}

void say_topic(Model& model, const SayTopic& wish, Requests& out) {
  Help& help = model.visit.help;
  if (!help.request || help.about == wish.about) return;
  help.about = wish.about;
  out.emplace_back(ActOnHelp{next_asked(model.visit), help.request->id, HelpAction::say, wish.about});
}

void cancel_help(Model& model, Requests& out) {
  Visit& visit = model.visit;
  if (visit.help.request) end_request(visit.number, visit.help.request->id, "cancelled", out);
  leave_help(visit);
  visit.help = {};
}

void call_off_help(const Visit& visit, Requests& out) {
  if (visit.help.request) end_request(visit.number, visit.help.request->id, "gone", out);
}

void take_help(Model& model, const HelpArrived& event, Requests& out) {
  Visit& visit = model.visit;
  const bool open = event.request.state != HelpState::ended;
  if (event.asked.visit != visit.number) {
    // Who asked has left before the answer came.
    if (open) end_request(event.asked.visit, event.request.id, "gone", out);
    return;
  }
  Help& help = visit.help;
  if (event.asked.number != help.asked) return;
  help.waiting = false;
  help.failed = false;
  if (open) {
    help.request = event.request;
    help.about = event.request.about;
    return;
  }
  if (visit.route == Route::help) leave_help(visit);
  help = {};
}

bool take_help_failure(Model& model, const RequestFailed& event) {
  Help& help = model.visit.help;
  if (help.asked == 0 || event.asked.visit != model.visit.number || event.asked.number != help.asked) return false;
  help.failed = std::exchange(help.waiting, false);
  // What was not written down is not shown as if it were.
  help.about = help.request ? help.request->about : std::string();
  return true;
}

void hear_of_help(Model& model, const HelpNews& event, Requests& out) {
  const Help& help = model.visit.help;
  if (help.request && help.request->id == event.request) out.emplace_back(FetchHelp{next_asked(model.visit), event.request});
}

void refresh_help(Model& model, Requests& out) {
  const Help& help = model.visit.help;
  if (help.request) out.emplace_back(FetchHelp{next_asked(model.visit), help.request->id});
}

void mind_help(Model& model) {
  Visit& visit = model.visit;
  if (visit.route != Route::help || model.now.mono < visit.help.since.plus(help_ms_max)) return;
  leave_help(visit);
  // From now on they are asked whether they are still there.
  visit.last_active = model.now.mono;
}

}  // namespace vitrine::kiosk::steps
