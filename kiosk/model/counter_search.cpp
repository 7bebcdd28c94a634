// SPDX-License-Identifier: Apache-2.0
// One field for orders, products, tickets and what can be done: what is asked of the edge while somebody types. Which commands
// and which of the queue are named is found by the screen, which has the words. Nobody is found by a name. Example followed: Tom
// presses F2, types "alarm", arrows down to a clock, and sees its stock.
#include <string.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "kiosk/model/counter_steps.hpp"

namespace vitrine::kiosk {

namespace {

constexpr std::size_t letters_of_a_product = 2;  // fewer name half the shop
constexpr std::size_t letters_of_a_ticket = 6;
constexpr std::size_t digits_of_a_card = 8;

std::string without_spaces(std::string text) {
  std::erase(text, ' ');
  return text;
}

bool is_digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

// "T4M 9RX", as it stands on the paper.
std::string ticket_code(const std::string& typed) {
  std::string code = without_spaces(typed);
  constexpr std::string_view letters = "23456789BCDFGHJKMNPQRSTVWXZ";
  for (char& c : code) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  const bool all = std::ranges::all_of(code, [&](char c) { return letters.find(c) != std::string_view::npos; });
  return code.size() == letters_of_a_ticket && all && !is_digits(code) ? code : std::string();
}

}  // namespace

bool searches(const Model& model) { return model.visit.desk.search.has_value() && counter::is_open(model); }

std::string key_of_somebody(const std::string& typed) {
  const std::string key = without_spaces(typed);
  const bool mail = key.find('@') != std::string::npos;
  const bool phone = key.size() > 1 && key.front() == '+' && is_digits(std::string_view(key).substr(1));
  const bool card = is_digits(key) && key.size() >= digits_of_a_card;
  return mail || phone || card ? key : std::string();
}

namespace counter {

void open_search(Model& model, bool keyboard) {
  Desk& desk = model.visit.desk;
  desk.shows_keys = false;
  desk.search.emplace();
  desk.search->keyboard = keyboard;
}

bool close_over(Model& model) {
  Desk& desk = model.visit.desk;
  const bool any = desk.search || desk.shows_keys;
  if (desk.search) explicit_bzero(desk.search->words.text.data(), desk.search->words.text.size());
  desk.search.reset();
  desk.shows_keys = false;
  return any;
}

void type_search(Model& model, const KeyTouch& touch, Requests& out) {
  Desk& desk = model.visit.desk;
  CommandSearch& search = *desk.search;
  const std::string before = search.words.text;
  type(search.words, touch, search_letters_max);
  const std::string& words = search.words.text;
  if (words == before) return;
  search.failed.clear();
  search.ticket.reset();
  search.ticket_asked = 0;
  const bool asks =
      may(desk, "stock") && letters_in(without_spaces(words)) >= letters_of_a_product && words.find('@') == std::string::npos;
  search.searching = asks ? ++model.visit.requests : 0;
  if (!asks) search.found.reset();
  if (asks) out.emplace_back(SearchProducts{{model.visit.number, search.searching}, words, {}});
  if (const std::string code = ticket_code(words); !code.empty() && may(desk, "carts"))
    search.ticket_asked = ask(model, out, FetchTicketSeen{code});
}

bool take_search_found(Model& model, const ProductsFound& event) {
  auto& search = model.visit.desk.search;
  if (!search || event.asked.visit != model.visit.number || search->searching == 0 || event.asked.number != search->searching)
    return false;
  search->searching = 0;
  search->found = event.found;
  return true;
}

void take_search_ticket(Model& model, const Asked& asked, TicketSeen ticket) {
  auto& search = model.visit.desk.search;
  if (!search || search->ticket_asked == 0 || asked.number != search->ticket_asked) return;
  search->ticket_asked = 0;
  search->ticket = std::move(ticket);
}

bool take_search_failure(Model& model, const RequestFailed& event) {
  auto& search = model.visit.desk.search;
  if (!search) return false;
  if (search->ticket_asked != 0 && event.asked.number == search->ticket_asked) {
    search->ticket_asked = 0;  // six letters need be no ticket
    return true;
  }
  if (search->searching == 0 || event.asked.number != search->searching) return false;
  search->searching = 0;
  search->found.reset();
  search->failed = event.code;
  return true;
}

}  // namespace counter
}  // namespace vitrine::kiosk
