// SPDX-License-Identifier: Apache-2.0
// Conversations with customers: those that wait for the store, one in the middle of its customer's screen, and what is written.
// Example followed: Nadia opens what waits, reads that Maya asks about the cake stand, answers and closes it; Maya has written
// again meanwhile, and Nadia is shown that first.
#include <algorithm>
#include <utility>

#include "kiosk/model/counter_steps.hpp"

namespace vitrine::kiosk {

bool writes_note(const Model& model) {
  const auto& customer = model.visit.desk.customer;
  return model.visit.route == Route::customer && customer && customer->seen && customer->note;
}

namespace counter {
namespace {

CustomerOnScreen* open_customer_of(Model& model) {
  auto& customer = model.visit.desk.customer;
  return customer && customer->seen ? &*customer : nullptr;
}

std::vector<std::string> seen_of(const CaseSeen& one) {
  std::vector<std::string> ids;
  for (const CaseWord& word : one.words) {
    if (word.by_customer) ids.push_back(word.id);
  }
  return ids;
}

}  // namespace

void take_cases(Model& model, const Asked& asked, std::vector<CaseCard> cases) {
  Desk& desk = model.visit.desk;
  if (asked.number != desk.cases_refresh.asked) return;
  desk.cases_refresh.asked = 0;
  desk.cases = std::move(cases);
}

void open_waiting_case(Model& model, const std::string& id, Requests& out) {
  if (!may(model.visit.desk, "customers") || model.visit.desk.customer) return;
  open_finder(model);
  CustomerOnScreen& screen = *model.visit.desk.customer;
  model.visit.search.keyboard = false;
  screen.by_case = true;
  screen.open_case = id;
  screen.looking = ask(model, out, FetchCaseCustomer{id});
}

void show_case(Model& model, const std::string& id) {
  CustomerOnScreen* screen = open_customer_of(model);
  if (screen == nullptr || screen->note) return;
  screen->open_case = id;
}

void leave_note(Model& model) {
  auto& customer = model.visit.desk.customer;
  if (customer && customer->case_acting == 0) customer->note.reset();
}

void start_note(Model& model) {
  CustomerOnScreen* screen = open_customer_of(model);
  if (screen == nullptr || screen->note || screen->case_acting != 0) return;
  const CaseSeen* one = open_case_of(*screen);
  const bool may_write = one == nullptr ? screen->seen->shares_history : one->state != CaseState::closed;
  if (!may_write) return;
  if (one == nullptr) screen->open_case.clear();
  screen->note.emplace();
  screen->note->shift = true;  // it begins a sentence
}

void type_note(Model& model, const KeyTouch& touch) {
  if (!writes_note(model) || model.visit.desk.customer->case_acting != 0) return;
  type(*model.visit.desk.customer->note, touch, note_letters);
}

void submit_note(Model& model, Requests& out) {
  CustomerOnScreen* screen = open_customer_of(model);
  if (screen == nullptr || !screen->note || screen->case_acting != 0) return;
  std::string text = screen->note->text;
  const auto letter = text.find_first_not_of(' ');
  if (letter == std::string::npos) return;
  text = text.substr(letter, text.find_last_not_of(' ') - letter + 1);
  const std::string& look_up = screen->seen->look_up;
  screen->case_acting = screen->open_case.empty()
                            ? ask(model, out, WriteNote{look_up, std::move(text)})
                            : ask(model, out, ActOnCase{look_up, screen->open_case, CaseWork::note, std::move(text)});
  screen->note_sent = true;
}

void work_on_case(Model& model, const WorkOnCase& wish, Requests& out) {
  CustomerOnScreen* screen = open_customer_of(model);
  const CaseSeen* one = screen == nullptr ? nullptr : open_case_of(*screen);
  if (one == nullptr || screen->case_acting != 0 || wish.work == CaseWork::note) return;
  ActOnCase act{screen->seen->look_up, one->id, wish.work};
  if (wish.work == CaseWork::close) {
    act.needed = wish.needed;
    act.seen = seen_of(*one);
  }
  screen->case_acting = ask(model, out, std::move(act));
}

void take_case_answer(Model& model, const Asked& asked, const std::string& panel) {
  CustomerOnScreen* screen = open_customer_of(model);
  if (screen == nullptr || asked.number != screen->case_acting) return;
  screen->case_acting = 0;
  screen->asked[asked.number] = panel;  // the answer is that part as it is now
  if (!std::exchange(screen->note_sent, false)) return;
  screen->note.reset();
  say(model, "note_kept");
}

bool take_case_failure(Model& model, const RequestFailed& event, Requests& out) {
  CustomerOnScreen* screen = open_customer_of(model);
  if (screen == nullptr || event.asked.number != screen->case_acting) return false;
  screen->case_acting = 0;
  screen->note_sent = false;
  // What was written stays for another try, where there still is something to write to.
  if (event.code == "case_closed" || event.code == "case_unknown" || event.code == "not_shared") screen->note.reset();
  if (event.code == "not_shared") mark_customer_stale(model);
  if (event.code == "look_up_over" || event.code == "customer_unknown") {
    leave_customer(model);
  } else {
    hear_of_case(model, out);
  }
  say(model, event.code);
  return true;
}

}  // namespace counter
}  // namespace vitrine::kiosk
