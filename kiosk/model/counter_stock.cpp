// SPDX-License-Identifier: Apache-2.0
// What the store has: a product found by its code or in words, what lies here of it, and what does not add up; counted, taken in
// or written off a moment after it was confirmed, so that a slip of the finger can be undone.
// Example followed: a picker found none of a jam set; Tom scans one, counts two where three are on record, undoes it, looks
// behind the shelf, counts three.
#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "kiosk/model/counter_steps.hpp"

namespace vitrine::kiosk {

std::optional<std::int64_t> units_of(const StockOnScreen& screen) {
  const std::string& digits = screen.units.text;
  std::int64_t units = 0;
  if (digits.empty() || std::from_chars(digits.data(), digits.data() + digits.size(), units).ec != std::errc{})
    return std::nullopt;
  return units;
}

bool is_complete(const StockOnScreen& screen) {
  const auto units = units_of(screen);
  if (!units) return false;
  if (screen.work == StockWork::count) return true;
  return *units > 0 && (screen.work != StockWork::write_off || !screen.reason.empty());
}

namespace counter {
namespace {

// What is on the screen while nothing of it waits to be written down, or is on its way: it may be changed.
StockOnScreen* changeable(Model& model) {
  Desk& desk = model.visit.desk;
  const bool free = desk.stock && desk.stock->product && !desk.stock->pending && desk.stock_acting == 0;
  return free ? &*desk.stock : nullptr;
}

void begin_work(StockOnScreen& screen, StockWork work) {
  screen.work = work;
  screen.units = {};
  screen.reason.clear();
}

void show_nothing(StockOnScreen& screen) {
  screen.product.reset();
  screen.record.reset();
  screen.no_record = false;
  screen.opening = 0;
  screen.refresh = {0, false};
}

void ask_for_product(Model& model, const std::string& code, bool scanned, Requests& out) {
  send_stock(model, out);  // what was confirmed of the product before
  StockOnScreen& screen = *model.visit.desk.stock;
  screen.failed.clear();
  screen.opening = ++model.visit.requests;
  out.emplace_back(FetchProduct{{model.visit.number, screen.opening}, code, scanned});
}

void keep_at_hand(StockOnScreen& screen, const ProductCard& card) {
  std::erase_if(screen.looked_up, [&](const ProductCard& one) { return one.sku == card.sku; });
  screen.looked_up.insert(screen.looked_up.begin(), card);
  if (screen.looked_up.size() > looked_up_max) screen.looked_up.pop_back();
}

bool is_digit(const KeyTouch& touch) {
  return touch.kind != KeyTouch::Kind::text || (touch.text.size() == 1 && touch.text[0] >= '0' && touch.text[0] <= '9');
}

void type_units(Model& model, const KeyTouch& touch) {
  StockOnScreen* screen = changeable(model);
  if (screen == nullptr || !is_digit(touch)) return;
  // What is on record when they begin is what they count against, whatever moves meanwhile.
  if (screen->units.text.empty() && screen->record) {
    screen->on_hand_then = screen->record->on_hand;
    screen->moved_then = screen->record->moved;
  }
  if (screen->units.text == "0" && touch.kind == KeyTouch::Kind::text) screen->units.text.clear();
  type(screen->units, touch, stock_digits);
}

void search(Model& model, Requests& out) {
  StockOnScreen& screen = *model.visit.desk.stock;
  screen.failed.clear();
  if (screen.words.text.find_first_not_of(' ') == std::string::npos) {
    screen.found.reset();
    screen.searching = 0;
    return;
  }
  screen.searching = ++model.visit.requests;
  out.emplace_back(SearchProducts{{model.visit.number, screen.searching}, screen.words.text, {}});
}

}  // namespace

void open_stock(Model& model, Requests& out) {
  Desk& desk = model.visit.desk;
  if (!may(desk, "stock")) return say(model, "not_permitted");
  send_stock(model, out);
  if (!desk.stock) desk.stock.emplace();
  show_nothing(*desk.stock);
  desk.stock->failed.clear();
  desk.stock->checks_refresh.stale = true;
  model.visit.route = Route::stock;
  refresh(model, out);
}

void leave_stock(Model& model, Requests& out) {
  send_stock(model, out);
  model.visit.desk.stock.reset();
}

bool step_back_in_stock(Model& model, Requests& out) {
  Desk& desk = model.visit.desk;
  if (model.visit.route != Route::stock || !desk.stock || !desk.stock->product) return false;
  send_stock(model, out);
  show_nothing(*desk.stock);
  return true;
}

void look_at_stock(Model& model, const std::string& code, bool scanned, Requests& out) {
  Desk& desk = model.visit.desk;
  if (!desk.stock || model.visit.route != Route::stock) open_stock(model, out);
  if (desk.stock) ask_for_product(model, code, scanned, out);
}

void type_stock(Model& model, const KeyTouch& touch, Requests& out) {
  auto& screen = model.visit.desk.stock;
  if (!screen) return;
  if (screen->product) return type_units(model, touch);
  const std::string before = screen->words.text;
  type(screen->words, touch, search_letters_max);
  if (screen->words.text != before) search(model, out);
}

void submit_stock(Model& model, Requests& out) {
  auto& screen = model.visit.desk.stock;
  if (!screen || screen->product || !screen->found || screen->found->products.empty() || screen->searching != 0) return;
  ask_for_product(model, screen->found->products.front().sku.text, false, out);
}

void take_found(Model& model, const ProductsFound& event) {
  auto& screen = model.visit.desk.stock;
  if (!screen || event.asked.visit != model.visit.number || event.asked.number != screen->searching) return;
  screen->searching = 0;
  screen->found = event.found;
}

bool take_stock_product(Model& model, const ProductArrived& event, Requests& out) {
  auto& screen = model.visit.desk.stock;
  if (!screen || event.asked.visit != model.visit.number || event.asked.number != screen->opening || screen->opening == 0)
    return false;
  const bool other = !screen->product || screen->product->sku != event.page.card.sku;
  screen->opening = 0;
  screen->product = event.page.card;
  screen->nearby = event.page.nearby;
  screen->keyboard = false;
  keep_at_hand(*screen, event.page.card);
  if (other) {
    screen->record.reset();
    screen->no_record = false;
    begin_work(*screen, may(model.visit.desk, "counts") ? StockWork::count : StockWork::receive);
  }
  screen->refresh = {0, true};
  refresh(model, out);
  return true;
}

void take_record(Model& model, const Asked& asked, StockRecord record) {
  Desk& desk = model.visit.desk;
  const bool acted = desk.stock_acting != 0 && asked.number == desk.stock_acting;
  if (acted) {
    desk.stock_acting = 0;
    constexpr std::array<const char*, 5> done = {"stock_counted", "stock_received", "stock_written_off", "stock_settled",
                                                 "stock_given_back"};
    say(model, done[static_cast<std::size_t>(desk.stock_acted)]);
  }
  if (!desk.stock) return;
  StockOnScreen& screen = *desk.stock;
  if (!acted && asked.number != screen.refresh.asked) return;
  if (asked.number == screen.refresh.asked) screen.refresh.asked = 0;
  if (acted) screen.checks_refresh.stale = true;
  if (!screen.product || screen.product->sku.text != record.sku) return;
  if (acted && desk.stock_acted < StockWork::settle) begin_work(screen, screen.work);
  screen.record = std::move(record);
  screen.nearby = screen.record->nearby;
  screen.no_record = false;
}

void take_checks(Model& model, const Asked& asked, std::vector<StockCheck> checks) {
  auto& screen = model.visit.desk.stock;
  if (!screen || asked.number != screen->checks_refresh.asked) return;
  screen->checks_refresh.asked = 0;
  screen->checks = std::move(checks);
  screen->checks_known = true;
}

void choose_stock_work(Model& model, StockWork work) {
  StockOnScreen* screen = changeable(model);
  if (screen == nullptr || work >= StockWork::settle) return;
  if (work != StockWork::receive && !may(model.visit.desk, "counts")) return say(model, "not_permitted");
  if (screen->work != work) begin_work(*screen, work);
}

void choose_loss(Model& model, const std::string& reason) {
  if (StockOnScreen* screen = changeable(model)) screen->reason = reason;
}

void step_units(Model& model, std::int64_t delta) {
  StockOnScreen* screen = changeable(model);
  if (screen == nullptr) return;
  const std::int64_t units = std::clamp<std::int64_t>(units_of(*screen).value_or(0) + delta, 0, 99'999);
  screen->units.text = units > 0 ? std::to_string(units) : std::string();
}

void confirm_stock(Model& model, bool settle, Requests& out) {
  Desk& desk = model.visit.desk;
  if (desk.stock && desk.stock->pending) return send_stock(model, out);
  StockOnScreen* screen = changeable(model);
  if (screen == nullptr) return;
  ActOnStock act{.sku = screen->product->sku.text};
  if (settle) {
    if (!screen->record || screen->record->discrepancies.empty() || !may(desk, "counts")) return;
    act.work = StockWork::settle;
    for (const Discrepancy& one : screen->record->discrepancies) act.discrepancies.push_back(one.id);
  } else {
    if (!is_complete(*screen)) return;
    act.work = screen->work;
    act.units = *units_of(*screen);
    if (act.work == StockWork::count) act.moved = screen->record ? screen->moved_then : 0;
    act.reason = screen->reason;
  }
  screen->pending = std::move(act);
  screen->sends_at = model.now.mono.plus(undo_back_ms);
}

void give_back(Model& model, const std::string& reservation) {
  StockOnScreen* screen = changeable(model);
  const bool known =
      screen != nullptr && screen->record &&
      std::ranges::find(screen->record->promises, reservation, &StockPromise::id) != screen->record->promises.end();
  if (!known) return;
  screen->pending = ActOnStock{.sku = screen->product->sku.text, .work = StockWork::give_back, .reservation = reservation};
  screen->sends_at = model.now.mono.plus(undo_back_ms);
}

void undo_stock(Model& model) {
  if (auto& screen = model.visit.desk.stock) screen->pending.reset();
}

void send_stock(Model& model, Requests& out) {
  Desk& desk = model.visit.desk;
  if (!desk.stock || !desk.stock->pending || desk.stock_acting != 0) return;
  desk.stock_acted = desk.stock->pending->work;
  desk.stock_acting = ask(model, out, std::move(*desk.stock->pending));
  desk.stock->pending.reset();
}

void mind_stock(Model& model, Requests& out) {
  const auto& screen = model.visit.desk.stock;
  if (!screen) return;
  if (model.visit.route != Route::stock) return leave_stock(model, out);
  if (screen->pending && model.now.mono >= screen->sends_at) send_stock(model, out);
}

bool take_stock_failure(Model& model, const RequestFailed& event) {
  Desk& desk = model.visit.desk;
  const std::uint64_t number = event.asked.number;
  if (desk.stock_acting != 0 && number == desk.stock_acting) {
    desk.stock_acting = 0;
    if (desk.stock) desk.stock->refresh.stale = desk.stock->checks_refresh.stale = true;
    say(model, event.code);
    return true;
  }
  if (!desk.stock) return false;
  StockOnScreen& screen = *desk.stock;
  if (screen.opening != 0 && number == screen.opening) {
    screen.opening = 0;
    screen.failed = event.code;
    if (screen.product) say(model, event.code);
  } else if (screen.searching != 0 && number == screen.searching) {
    screen.searching = 0;
    screen.failed = event.code;
  } else if (screen.refresh.asked != 0 && number == screen.refresh.asked) {
    screen.refresh.asked = 0;
    screen.no_record = event.code == "stock_unknown";
    if (screen.no_record) {
      screen.record.reset();
    } else {
      say(model, event.code);
    }
  } else if (screen.checks_refresh.asked != 0 && number == screen.checks_refresh.asked) {
    screen.checks_refresh.asked = 0;
  } else {
    return false;
  }
  return true;
}

}  // namespace counter
}  // namespace vitrine::kiosk
