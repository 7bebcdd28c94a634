// SPDX-License-Identifier: Apache-2.0
// A counter in states worth looking at.
#include <algorithm>
#include <iterator>
#include <utility>

#include "tools/kiosk_shots/samples.hpp"

namespace vitrine::kiosk::samples {
namespace {

constexpr std::int64_t minute = 60'000;

Asked asked(const Scene& scene, std::uint64_t number) { return {scene.model.visit.number, number}; }

// The newest question of that kind among those of the last event.
template <class What>
std::uint64_t number_of(const Scene& scene) {
  std::uint64_t number = 0;
  for (const Request& request : scene.asked) {
    const auto* counter = std::get_if<CounterRequest>(&request);
    if (counter != nullptr && std::holds_alternative<What>(counter->what)) number = counter->asked.number;
  }
  return number;
}

OrderCard card(const char* order, OrderStep step, const char* name, const char* initial, std::int64_t units) {
  OrderCard made;
  made.order = order;
  made.step = step;
  made.name = name;
  made.initial = initial;
  made.currency = "GBP";
  made.units = units;
  made.placed_at = noon.utc.plus(-26 * 60 * minute);
  return made;
}

CounterLine line(std::int64_t number, const char* sku, const char* title, const char* pictogram, const char* tile,
                 std::int64_t units) {
  CounterLine made;
  made.line = number;
  made.sku = sku;
  made.title = {{"en", title}};
  made.pictogram = pictogram;
  made.tile = tile;
  made.aisle = std::to_string(number + 1);
  made.bay = "B";
  made.ordered = units;
  made.unit_price = 295 * number;
  return made;
}

}  // namespace

std::vector<Colleague> some_colleagues() {
  return {{"1003", "Tom", "B", "sales"},
          {"1002", "Nadia", "K", "shift_lead"},
          {"1004", "Owen", "L", "sales"},
          {"1001", "Grace", "M", "manager"}};
}

StaffSession some_session() {
  return {std::string(64, 'a'), some_colleagues().front(), {"carts", "customers", "orders", "returns", "stock"}, 120'000};
}

std::vector<HelpCall> some_calls() {
  HelpCall waiting;
  waiting.id = std::string(32, '1');
  waiting.since = noon.utc.plus(-95'000);
  waiting.device = "kiosk-2";
  waiting.where = "Kiosk 2, window";
  waiting.language = "fr";
  waiting.about = "finding";
  waiting.context = "cart/" + std::string(32, 'c');
  HelpCall taken = waiting;
  taken.id = std::string(32, '2');
  taken.since = noon.utc.plus(-50'000);
  taken.where = "Kiosk 1, stairs";
  taken.language = "en";
  taken.context.clear();
  taken.state = HelpState::taken;
  taken.who = "1002";
  taken.name = "Nadia";
  taken.minutes = 1;
  taken.taken_at = noon.utc.plus(-20'000);
  return {taken, waiting};
}

std::vector<OrderCard> some_orders() {
  std::vector<OrderCard> orders;
  const auto here = [&](const char* order, const char* name, const char* initial, const char* shelf, std::int64_t seconds) {
    orders.push_back(card(order, OrderStep::here, name, initial, 3));
    orders.back().arrived_at = noon.utc.plus(-seconds * 1000);
    orders.back().shelf = shelf;
    orders.back().staged_at = noon.utc.plus(-90 * minute);
  };
  here("481206", "Amelia", "R", "B2", 40);
  here("481198", "Daniel", "K", "A4", 250);
  here("481190", "Lena", "V", "A3", 400);
  orders.back().balance_due = 1295;
  const auto prepare = [&](const char* order, std::int64_t units, std::int64_t due) {
    orders.push_back(card(order, OrderStep::to_prepare, "Iris", "P", units));
    orders.back().promise_at = noon.utc.plus(due * minute);
  };
  prepare("481251", 6, 90);
  prepare("481233", 3, 14);
  prepare("481240", 1, 45);
  const auto ready = [&](const char* order, const char* name, const char* initial, const char* shelf, std::int64_t minutes) {
    orders.push_back(card(order, OrderStep::ready, name, initial, 2));
    orders.back().shelf = shelf;
    orders.back().staged_at = noon.utc.plus(-minutes * minute);
  };
  ready("481150", "Sam", "D", "C2", 20);
  ready("481101", "Priya", "S", "A1", 5 * 24 * 60);
  ready("481120", "Marta", "W", "B1", 26 * 60);
  ready("481130", "Joan", "P", "B3", 220);
  orders.back().cancel_asked = true;
  return orders;
}

CounterOrder some_counter_order(OrderStep step) {
  CounterOrder order;
  order.card = card("481206", step, "Amelia", "R", 5);
  order.lines = {line(1, "22423", "Regency cake stand, 3 tier", "window.cake", "lilac", 1),
                 line(2, "22502", "Wicker picnic basket, small", "window.basket", "sand", 1),
                 line(3, "85123A", "White hanging heart t-light holder", "window.candle", "blush", 6),
                 line(4, "22699", "Roses teacup and saucer", "window.teapot", "blush", 2)};
  if (step == OrderStep::to_prepare) {
    order.card.promise_at = noon.utc.plus(14 * minute);
    for (CounterLine& each : order.lines) each.waiting = each.ordered;
    return order;
  }
  order.card.shelf = "B2";
  order.card.staged_at = noon.utc.plus(-90 * minute);
  if (step == OrderStep::here) order.card.arrived_at = noon.utc.plus(-40'000);
  for (CounterLine& each : order.lines) each.ready = each.ordered;
  order.lines.back().ready = 0;
  order.lines.back().missing = 2;
  return order;
}

std::vector<StoreAlert> some_alerts() {
  return {{"customer_waits", "481190", noon.utc.plus(-9 * minute), AlertState::escalated, {}},
          {"promise_at_risk", "481233", noon.utc.plus(14 * minute), AlertState::raised, {}},
          {"stock_odd", "22960", noon.utc.plus(-40 * minute), AlertState::shown, {}},
          {"stock_odd", "22423", noon.utc.plus(-20 * minute), AlertState::shown, {}},
          {"store_offline", "", noon.utc.plus(-16 * minute), AlertState::acknowledged, "Nadia"}};
}

Scene counter() {
  Scene scene;
  scene.model.device = "counter-1";
  scene.model.where = "Counter 1";
  scene.model.counter.emplace();
  scene.model.counter->shelves = {"A1", "A2", "A3", "A4", "B1", "B2", "B3", "B4", "C1", "C2", "C3", "C4"};
  scene.event(EdgeBack{});
  scene.event(StoreArrived{store()});
  scene.event(LinkChanged{{.online = true, .since = noon.utc.plus(-minute), .last_contact = noon.utc, .reason = {}}});
  scene.event(CounterAnswer{{}, some_colleagues()});
  return scene;
}

Scene typed(Scene scene, const std::string& digits) {
  for (const char digit : digits) scene.wish(TypeKey{{KeyTouch::Kind::text, std::string(1, digit)}});
  return scene;
}

Scene chosen() {
  Scene scene = counter();
  scene.wish(CounterWish{ChooseColleague{"1003"}});
  return scene;
}

Scene signed_in() {
  Scene scene = typed(chosen(), "941280");
  scene.event(CounterAnswer{asked(scene, scene.model.visit.desk.trying.asked), some_session()});
  return scene;
}

Scene with_queue() {
  Scene scene = signed_in();
  const std::uint64_t calls = number_of<FetchCalls>(scene), orders = number_of<FetchOrders>(scene),
                      picking = number_of<FetchPicking>(scene);
  scene.event(CounterAnswer{asked(scene, calls), some_calls()});
  scene.event(CounterAnswer{asked(scene, orders), some_orders()});
  std::vector<PickLine> lines;
  for (const CounterLine& each : some_counter_order(OrderStep::to_prepare).lines) {
    lines.push_back({"481251", each});
    if (lines.size() < 4) lines.push_back({"481233", each});
    if (lines.back().order == "481233") {
      lines.back().line.picked_by = "Nadia K.";
      lines.back().line.picked_by_at = noon.utc.plus(-2 * minute);
    }
  }
  scene.event(CounterAnswer{asked(scene, picking), lines});
  scene.event(CounterAnswer{asked(scene, scene.model.visit.desk.alerts_refresh.asked), std::vector<StoreAlert>{}});
  scene.event(CounterAnswer{asked(scene, scene.model.visit.desk.cases_refresh.asked), std::vector<CaseCard>{}});
  return scene;
}

Scene with_order(const CounterOrder& order) {
  Scene scene = with_queue();
  scene.wish(CounterWish{OpenOrder{order.card.order}});
  const std::uint64_t number = number_of<FetchCounterOrder>(scene);
  scene.event(CounterAnswer{asked(scene, number), order});
  return scene;
}

namespace {

Scene with_alerts(Scene scene, const std::vector<StoreAlert>& alerts) {
  scene.event(AlertNews{});
  scene.event(CounterAnswer{asked(scene, scene.model.visit.desk.alerts_refresh.asked), alerts});
  const std::uint64_t shown = scene.model.visit.desk.alerts_acting;
  std::vector<StoreAlert> seen = alerts;
  for (StoreAlert& alert : seen) alert.state = alert.state == AlertState::raised ? AlertState::shown : alert.state;
  if (shown != 0) scene.event(CounterAnswer{asked(scene, shown), seen});
  return scene;
}

Scene refused(Scene scene, const std::string& code, const RefusalHints& hints) {
  scene.event(RequestFailed{asked(scene, scene.model.visit.desk.trying.asked), code, hints});
  return scene;
}

CounterOrder marked(CounterOrder order, const char* who) {
  for (CounterLine& each : order.lines) {
    each.picked_by = who;
    each.picked_by_at = noon.utc.plus(-minute);
  }
  return order;
}

}  // namespace

std::vector<Named> counter_scenes() {
  std::vector<Named> all = {
      {"sign-in", counter},
      {"sign-in-typed", [] { return typed(chosen(), "94"); }},
      {"sign-in-checking", [] { return typed(chosen(), "941280"); }},
      {"sign-in-wrong", [] { return refused(typed(chosen(), "111111"), "wrong_pin", {.tries_left = 3}); }},
      {"sign-in-locked",
       [] { return refused(typed(chosen(), "111111"), "sign_in_locked", {.wait_ms = 60'000, .supervisor = true}); }},
      {"sign-in-locked-day", [] { return refused(typed(chosen(), "111111"), "sign_in_locked", {.supervisor = true}); }},
      {"sign-in-badge-refused",
       [] {
         Scene scene = counter();
         scene.event(ScanSeen{"no badge of ours"});
         return refused(scene, "badge_refused", {});
       }},
      {"sign-in-offline", [] { return offline(chosen()); }},
      {"sign-in-edge-away",
       [] {
         Scene scene = chosen();
         scene.event(EdgeLost{});
         scene.wait(5000);
         return scene;
       }},
      {"sign-in-nobody",
       [] {
         Scene scene = counter();
         scene.event(CounterAnswer{{}, std::vector<Colleague>{}});
         return scene;
       }},
      {"sign-in-alerts",
       [] {
         Scene scene = chosen();
         scene.event(CounterAnswer{{},
                                   std::vector<AlertKindSeen>{{"help_not_taken", 1, true, noon.utc.plus(-5 * minute)},
                                                              {"customer_waits", 2, false, noon.utc.plus(-6 * minute)},
                                                              {"promise_at_risk", 1, false, noon.utc.plus(10 * minute)}}});
         return scene;
       }},
      {"sign-in-language",
       [] {
         Scene scene = counter();
         scene.wish(OpenLanguages{});
         return scene;
       }},
      {"queue-loading", signed_in},
      {"queue", with_queue},
      {"queue-offline", [] { return offline(with_queue()); }},
      {"queue-mine",
       [] {
         Scene scene = with_queue();
         std::vector<HelpCall> calls = some_calls();
         calls[1].state = HelpState::taken;
         calls[1].who = "1003";
         calls[1].name = "Tom";
         calls[1].minutes = 1;
         scene.event(HelpNews{calls[1].id});
         const std::uint64_t number = number_of<FetchCalls>(scene);
         scene.event(CounterAnswer{asked(scene, number), calls});
         return scene;
       }},
      {"queue-routed",
       [] {
         Scene scene = with_queue();
         std::vector<HelpCall> calls = some_calls();
         if (calls[0].state != HelpState::waiting) std::swap(calls[0], calls[1]);
         calls[0].offers = {{{"1002", "Nadia", calls[0].since}, {"1003", "Tom", noon.utc.plus(5 * minute)}},
                            noon.utc.plus(6 * minute)};
         calls[1] = calls[0];
         calls[1].id = std::string(32, '2');
         calls[1].where = "Kiosk 1, stairs";
         calls[1].since = noon.utc.plus(-20'000);
         calls[1].offers = {{{"1003", "Tom", calls[1].since}}, noon.utc.plus(minute)};
         scene.event(HelpNews{calls[1].id});
         scene.event(CounterAnswer{asked(scene, number_of<FetchCalls>(scene)), calls});
         return scene;
       }},
      {"queue-cases",
       [] {
         Scene scene = with_queue();
         scene.event(CaseNews{});
         const std::vector<CaseCard> cases = {
             {std::string(32, '5'), false, "chat", "fr", noon.utc.plus(-34 * minute), "", ""},
             {std::string(32, '6'), true, "email", "en", noon.utc.plus(-150 * minute), "1001", "Nadia K."}};
         scene.event(CounterAnswer{asked(scene, scene.model.visit.desk.cases_refresh.asked), cases});
         return scene;
       }},
      {"queue-too-late",
       [] {
         Scene scene = with_queue();
         scene.wish(CounterWish{TakeCall{some_calls()[1].id, 1}});
         scene.event(RequestFailed{asked(scene, scene.model.visit.desk.call_acting), "request_taken"});
         return scene;
       }},
      {"queue-empty",
       [] {
         Scene scene = signed_in();
         const std::uint64_t calls = number_of<FetchCalls>(scene), orders = number_of<FetchOrders>(scene);
         scene.event(CounterAnswer{asked(scene, calls), std::vector<HelpCall>{}});
         scene.event(CounterAnswer{asked(scene, orders), std::vector<OrderCard>{}});
         return scene;
       }},
      {"queue-alerts", [] { return with_alerts(with_queue(), some_alerts()); }},
      {"queue-alerts-alone",
       [] {
         Scene scene = with_alerts(with_queue(), some_alerts());
         scene.event(HelpNews{std::string(32, '1')});
         const std::uint64_t number = number_of<FetchCalls>(scene);
         scene.event(CounterAnswer{asked(scene, number), std::vector<HelpCall>{}});
         return scene;
       }},
      {"order-escalated",
       [] {
         return with_alerts(with_order(some_counter_order(OrderStep::here)),
                            {{"help_not_taken", std::string(32, '1'), noon.utc.plus(-5 * minute), AlertState::escalated, {}}});
       }},
      {"queue-pass",
       [] {
         Scene scene = with_queue();
         scene.event(ScanSeen{"a pass", false, true});
         Pickup half;
         half.needs_phone = true;
         scene.event(CounterAnswer{asked(scene, scene.model.visit.desk.checking), half});
         return typed(scene, "4");
       }},
      {"order-prepare", [] { return with_order(some_counter_order(OrderStep::to_prepare)); }},
      {"order-prepare-mine",
       [] {
         CounterOrder order = marked(some_counter_order(OrderStep::to_prepare), "Tom B.");
         order.lines[0].waiting = 0;
         Scene scene = with_order(order);
         scene.wish(CounterWish{CountFound{3, -2}});
         return scene;
       }},
      {"order-printer",
       [] {
         Scene scene = with_order(some_counter_order(OrderStep::here));
         scene.model.printer = PrinterAbility{.japanese = true};
         return scene;
       }},
      {"order-prepare-other", [] { return with_order(marked(some_counter_order(OrderStep::to_prepare), "Nadia K.")); }},
      {"order-shelf",
       [] {
         CounterOrder order = some_counter_order(OrderStep::to_prepare);
         for (CounterLine& each : order.lines) {
           each.ready = each.waiting;
           each.waiting = 0;
         }
         order.lines.back().ready = 0;
         order.lines.back().missing = 2;
         return with_order(order);
       }},
      {"order-hand-over",
       [] {
         Scene scene = with_order(some_counter_order(OrderStep::here));
         scene.wish(CounterWish{TickLine{1}});
         scene.wish(CounterWish{TickLine{2}});
         scene.wish(Submit{});
         return scene;
       }},
      {"order-code",
       [] {
         CounterOrder order = some_counter_order(OrderStep::ready);
         order.card.balance_due = 1295;
         return typed(with_order(order), "4711");
       }},
      {"order-to-pay",
       [] {
         CounterOrder order = some_counter_order(OrderStep::here);
         order.card.balance_due = 1295;
         Scene scene = with_order(order);
         scene.wish(CounterWish{TickLine{0}});
         scene.wish(CounterWish{TickPerson{}});
         return scene;
       }},
      {"order-missing",
       [] {
         CounterOrder order = some_counter_order(OrderStep::here);
         order.lines[1].ready = 0;
         order.lines[1].missing = 1;
         order.lines[1].choice = {"refund", 1, {}};
         order.lines[2].ready = 5;
         order.lines[2].refused = order.lines[2].back = 1;
         return with_order(order);
       }},
      {"order-decide",
       [] {
         Scene scene = with_order(some_counter_order(OrderStep::here));
         scene.wish(CounterWish{OpenLine{4}});
         scene.wish(CounterWish{ChooseLineWork{LineWork::refund}});
         return scene;
       }},
      {"order-decide-substitute",
       [] {
         CounterOrder order = some_counter_order(OrderStep::to_prepare);
         for (CounterLine& each : order.lines) {
           each.ready = each.waiting;
           each.waiting = 0;
         }
         order.lines[3].ready = 0;
         order.lines[3].missing = 2;
         Scene scene = with_order(order);
         scene.wish(CounterWish{OpenLine{4}});
         scene.wish(CounterWish{ChooseLineWork{LineWork::substitute}});
         scene.event(ScanSeen{"5012345678917", true});
         ProductPage page;
         page.card.sku = sync::Sku{"22697"};
         page.card.title = {{"en", "Green regency teacup and saucer"}};
         page.card.pictogram = "window.teapot";
         page.card.tile = "mint";
         scene.event(ProductArrived{asked(scene, scene.model.visit.desk.product), page});
         return scene;
       }},
      {"order-decide-refuse",
       [] {
         Scene scene = with_order(some_counter_order(OrderStep::here));
         scene.wish(CounterWish{OpenLine{3}});
         scene.wish(CounterWish{ChooseLineWork{LineWork::refuse}});
         scene.wish(CounterWish{StepLine{-4}});
         scene.wish(CounterWish{ChooseRefusal{"damaged"}});
         return scene;
       }},
      {"order-decide-back",
       [] {
         CounterOrder order = some_counter_order(OrderStep::here);
         order.lines[2].ready = 5;
         order.lines[2].refused = order.lines[2].back = 1;
         Scene scene = with_order(order);
         scene.model.visit.desk.session->permissions.push_back("counts");
         scene.wish(CounterWish{OpenLine{3}});
         return scene;
       }},
      {"order-nothing-found",
       [] {
         CounterOrder order = some_counter_order(OrderStep::to_prepare);
         order.lines.resize(2);
         for (CounterLine& each : order.lines) {
           each.missing = each.waiting;
           each.waiting = 0;
         }
         return with_order(order);
       }},
      {"order-over", [] { return with_order(some_counter_order(OrderStep::over)); }},
  };
  std::ranges::move(customer_scenes(), std::back_inserter(all));
  std::ranges::move(take_back_scenes(), std::back_inserter(all));
  std::ranges::move(stock_scenes(), std::back_inserter(all));
  std::ranges::move(status_scenes(), std::back_inserter(all));
  std::ranges::move(board_scenes(), std::back_inserter(all));
  std::ranges::move(search_scenes(), std::back_inserter(all));
  std::ranges::move(picking_scenes(), std::back_inserter(all));
  std::ranges::move(audit_scenes(), std::back_inserter(all));
  return all;
}

}  // namespace vitrine::kiosk::samples
