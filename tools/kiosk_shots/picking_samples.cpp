// SPDX-License-Identifier: Apache-2.0
// What is to be fetched, who did and saw what, and a counter's screens as they are held in a hand, in states worth looking at.
#include <algorithm>
#include <array>
#include <iterator>
#include <string_view>
#include <utility>

#include "tools/kiosk_shots/samples.hpp"

namespace vitrine::kiosk::samples {
namespace {

constexpr std::int64_t minute = 60'000;

Asked asked(const Scene& scene, std::uint64_t number) { return {scene.model.visit.number, number}; }

// The list as it is by now.
Scene heard(Scene scene, std::vector<PickLine> lines) {
  scene.event(OrderNews{"481251"});
  scene.event(CounterAnswer{asked(scene, scene.model.visit.desk.picking_refresh.asked), std::move(lines)});
  return scene;
}

// A scan of that product.
Scene scanned(Scene scene, const char* sku, const char* title) {
  scene.event(ScanSeen{"5012345678917", true});
  ProductPage page;
  page.card.sku = sync::Sku{sku};
  page.card.title = {{"en", title}};
  page.card.pictogram = "window.teapot";
  page.card.tile = "mint";
  scene.event(ProductArrived{asked(scene, scene.model.visit.desk.pick->scanning), page});
  return scene;
}

Scene with_audit() {
  Scene scene = with_queue();
  scene.model.visit.desk.session->permissions.push_back("audit");
  scene.wish(CounterWish{OpenAudit{}});
  return scene;
}

Scene answered(Scene scene, AuditPage page) {
  scene.event(CounterAnswer{asked(scene, scene.model.visit.desk.audit->asked), std::move(page)});
  return scene;
}

}  // namespace

std::vector<PickLine> some_picking() {
  std::vector<PickLine> lines;
  for (const CounterLine& each : some_counter_order(OrderStep::to_prepare).lines) {
    if (lines.size() < 5) {
      lines.push_back({"481233", each});
      lines.back().line.picked_by = "Nadia K.";
      lines.back().line.picked_by_at = noon.utc.plus(-2 * minute);
    }
    lines.push_back({"481251", each});
  }
  lines[3].line.picked_by = "Tom B.";
  lines[3].line.picked_by_at = noon.utc.plus(-minute);
  lines.back().line.aisle.clear();
  lines.back().line.bay.clear();
  return lines;
}

Scene with_picking() {
  Scene scene = with_queue();
  scene.wish(CounterWish{OpenPickList{}});
  scene.event(CounterAnswer{asked(scene, scene.model.visit.desk.picking_refresh.asked), some_picking()});
  return scene;
}

// Tom has taken six candle holders for 481251.
Scene with_pick() {
  Scene scene = with_picking();
  scene.wish(CounterWish{TakePick{"481251", 3}});
  CounterOrder order = some_counter_order(OrderStep::to_prepare);
  order.card.order = "481251";
  order.lines[2].picked_by = "Tom B.";
  order.lines[2].picked_by_at = noon.utc;
  scene.event(CounterAnswer{asked(scene, scene.model.visit.desk.pick->acting), order});
  return scene;
}

std::vector<Named> picking_scenes() {
  return {
      {"picking", with_picking},
      {"picking-orders",
       [] {
         Scene scene = with_picking();
         scene.model.printer = PrinterAbility{.japanese = true};
         scene.wish(CounterWish{ListByOrder{true}});
         return scene;
       }},
      {"picking-none", [] { return heard(with_picking(), {}); }},
      {"picking-line", with_pick},
      {"picking-line-right", [] { return scanned(with_pick(), "85123A", "White hanging heart t-light holder"); }},
      {"picking-line-wrong",
       [] {
         Scene scene = scanned(with_pick(), "22697", "Green regency teacup and saucer");
         scene.wish(CounterWish{CountPick{-2}});
         return scene;
       }},
      {"picking-taken",
       [] {
         Scene scene = with_picking();
         scene.wish(CounterWish{TakePick{"481251", 1}});
         scene.event(RequestFailed{asked(scene, scene.model.visit.desk.pick->acting), "line_taken"});
         return scene;
       }},
      {"handed-over-receipt",
       [] {
         Scene scene = with_order(some_counter_order(OrderStep::here));
         scene.model.printer = PrinterAbility{.japanese = true};
         scene.wish(CounterWish{TickLine{0}});
         scene.wish(CounterWish{TickPerson{}});
         scene.wish(CounterWish{HandOver{}});
         CounterOrder order = some_counter_order(OrderStep::over);
         for (CounterLine& line : order.lines) line.customer = std::exchange(line.ready, 0);
         scene.event(CounterAnswer{asked(scene, scene.model.visit.desk.order->acting), order});
         return scene;
       }},
  };
}

AuditPage some_audit() {
  AuditPage page;
  std::uint64_t n = 4101;
  const auto add = [&](std::int64_t minutes, const char* staff, const char* action, const char* subject, const char* outcome) {
    page.lines.push_back({n++, noon.utc.plus(-minutes * minute), staff, "counter-1", action, subject, outcome});
  };
  add(340, "1003", "staff.sign_in", "", "done");
  add(335, "1003", "orders.get", "481206", "seen");
  add(334, "1003", "orders.hand_over", "481206", "done");
  add(301, "1002", "customers.look_up", "7c9e1f0b6a2d4e5f8091a2b3c4d5e6f77c9e1f0b6a2d4e5f8091a2b3c4d5e6f7", "done");
  add(300, "1002", "customers.view", "7c9e1f0b6a2d4e5f8091a2b3c4d5e6f77c9e1f0b6a2d4e5f8091a2b3c4d5e6f7/timeline", "seen");
  add(250, "1009", "staff.sign_in", "", "wrong_pin");
  add(122, "1003", "stock.count", "85123A", "not_permitted");
  add(61, "1001", "purchases.overrule", "481101", "late");
  add(3, "", "customers.erase", "1d9e1f0b6a2d4e5f8091a2b3c4d5e6f7", "done");
  add(1, "1001", "audit.get", "", "seen");
  page.more = true;
  page.last = 5210;
  page.told = 5208;
  return page;
}

std::vector<Named> audit_scenes() {
  return {
      {"audit", [] { return answered(with_audit(), some_audit()); }},
      {"audit-line",
       [] {
         Scene scene = answered(with_audit(), some_audit());
         scene.wish(CounterWish{ChooseAuditLine{4105}});
         return scene;
       }},
      {"audit-broken",
       [] {
         AuditPage page = some_audit();
         page.breaks = {{17, "gap", noon.utc.plus(-90L * 24 * 60 * minute), true},
                        {3204, "parted", noon.utc.plus(-4L * 24 * 60 * minute), false},
                        {4098, "altered", noon.utc.plus(-30 * minute), false}};
         page.broken_at = 4106;
         AuditQuestion question;
         question.who = "1003";
         Scene scene = answered(with_audit(), some_audit());
         scene.wish(CounterWish{AskAudit{question}});
         return answered(std::move(scene), page);
       }},
      {"audit-none", [] { return answered(with_audit(), {{}, false, 12, 12, {}, std::nullopt}); }},
      {"audit-failed",
       [] {
         Scene scene = with_audit();
         scene.event(RequestFailed{asked(scene, scene.model.visit.desk.audit->asked), "invalid_request"});
         return scene;
       }},
      {"audit-keyboard",
       [] {
         Scene scene = answered(with_audit(), some_audit());
         scene.wish(ShowKeyboard{true});
         return typed(scene, "4812");
       }},
  };
}

Scene in_hand(Scene scene) {
  scene.model.counter->handheld = true;
  scene.model.device = "handheld-1";
  scene.model.where = "Handheld 1";
  return scene;
}

std::vector<Named> hand_scenes() {
  constexpr auto fit = std::to_array<std::string_view>({"sign-in",
                                                        "sign-in-typed",
                                                        "sign-in-wrong",
                                                        "sign-in-locked",
                                                        "sign-in-badge-refused",
                                                        "sign-in-offline",
                                                        "sign-in-nobody",
                                                        "sign-in-alerts",
                                                        "sign-in-language",
                                                        "queue-loading",
                                                        "queue",
                                                        "queue-offline",
                                                        "queue-mine",
                                                        "queue-routed",
                                                        "queue-too-late",
                                                        "queue-empty",
                                                        "queue-alerts",
                                                        "queue-pass",
                                                        "order-escalated",
                                                        "order-prepare",
                                                        "order-prepare-mine",
                                                        "order-printer",
                                                        "order-prepare-other",
                                                        "order-shelf",
                                                        "order-hand-over",
                                                        "order-code",
                                                        "order-to-pay",
                                                        "order-missing",
                                                        "order-decide",
                                                        "order-decide-substitute",
                                                        "order-decide-refuse",
                                                        "order-nothing-found",
                                                        "order-over",
                                                        "stock",
                                                        "stock-searched",
                                                        "stock-keys",
                                                        "stock-unknown",
                                                        "stock-product",
                                                        "stock-count",
                                                        "stock-count-undo",
                                                        "stock-receive",
                                                        "stock-write-off",
                                                        "stock-no-counts",
                                                        "stock-no-record",
                                                        "find",
                                                        "find-words",
                                                        "find-order",
                                                        "find-none"});
  std::vector<Named> all;
  const auto add = [&](const Named& one) {
    all.push_back({"hand-" + one.name, [make = one.make] { return in_hand(make()); }, 0, {}});
  };
  for (const Named& one : counter_scenes()) {
    const bool picks = one.name.starts_with("picking") || one.name == "handed-over-receipt";
    if (picks || std::ranges::find(fit, one.name) != fit.end()) add(one);
  }
  return all;
}

}  // namespace vitrine::kiosk::samples
