// SPDX-License-Identifier: Apache-2.0
// How the store stands, in states worth looking at.
#include "tools/kiosk_shots/samples.hpp"

namespace vitrine::kiosk::samples {
namespace {

constexpr std::int64_t minute = 60'000;

// With whoever may start a drill.
Scene drilled(bool online, std::optional<DrillSeen> drill) {
  Scene scene = with_queue();
  scene.model.visit.desk.session->permissions.emplace_back("unlock");
  scene.wish(CounterWish{OpenStatus{}});
  StoreStatus status = some_status(online);
  if (!online) scene.event(LinkChanged{{false, status.since, status.since, "drill"}});
  status.drill = drill;
  scene.event(CounterAnswer{{scene.model.visit.number, scene.model.visit.desk.status_refresh.asked}, status});
  return scene;
}

}  // namespace

StoreStatus some_status(bool online) {
  StoreStatus status;
  status.online = online;
  status.since = noon.utc.plus(-14 * minute);
  status.last_contact = noon.utc.plus(online ? 0 : -14 * minute);
  status.filled = true;
  status.free_bytes = 41LL * 1024 * 1024 * 1024;
  status.devices = {{"counter-1", "counter", noon.utc, "1003", "Tom", false},
                    {"counter-2", "counter", noon.utc.plus(-6 * minute), "1002", "Nadia", true},
                    {"kiosk-1", "kiosk", noon.utc.plus(-minute), {}, {}, false},
                    {"till-1", "till", {}, {}, {}, false}};
  if (online) return status;
  status.waiting = 23;
  status.oldest_at = noon.utc.plus(-14 * minute);
  status.kinds = {{"activity", 3}, {"cart", 9}, {"order", 4}, {"request", 1}, {"stock", 6}};
  status.exceptions = {{"481198", "handed_over_after_cancel"}};
  status.refused = {{"not_enough", noon.utc.plus(-20 * minute), "stock", "48111"}};
  return status;
}

Scene with_status(const StoreStatus& status) {
  Scene scene = with_queue();
  scene.wish(CounterWish{OpenStatus{}});
  scene.event(CounterAnswer{{scene.model.visit.number, scene.model.visit.desk.status_refresh.asked}, status});
  return scene;
}

std::vector<Named> status_scenes() {
  return {
      {"status-drill-offer",
       [] {
         Scene scene = drilled(true, {});
         scene.wish(CounterWish{OfferDrill{}});
         return scene;
       }},
      {"status-drill",
       [] { return drilled(false, DrillSeen{noon.utc.plus(-4 * minute), noon.utc.plus(6 * minute), true, 0, 0}); }},
      {"status-drill-over",
       [] { return drilled(true, DrillSeen{noon.utc.plus(-14 * minute), noon.utc.plus(-4 * minute), false, 12, 0}); }},
      {"status-locked-out",
       [] {
         Scene scene = with_queue();
         scene.model.visit.desk.session->permissions.emplace_back("unlock");
         scene.wish(CounterWish{OpenStatus{}});
         StoreStatus status = some_status(true);
         status.locked_out = {{"1004", "Owen", 82'800'000, true}, {"1003", "Tom", 60'000, false}};
         scene.event(CounterAnswer{{scene.model.visit.number, scene.model.visit.desk.status_refresh.asked}, status});
         return scene;
       }},
      {"status", [] { return with_status(some_status(true)); }},
      {"status-offline", [] { return offline(with_status(some_status(false))); }},
      {"status-loading",
       [] {
         Scene scene = with_queue();
         scene.wish(CounterWish{OpenStatus{}});
         return scene;
       }},
      {"status-trouble",
       [] {
         StoreStatus status = some_status(false);
         status.in_doubt = true;
         status.set_aside = 2;
         status.filled = false;
         status.behind = true;
         status.free_bytes = 200LL * 1024 * 1024;
         status.exceptions.emplace_back("481120", "handed_over_twice");
         status.exceptions.emplace_back("481130", "returned_too_much");
         status.questioned = {{"DFGH", noon.utc.plus(-90 * minute)}};
         status.refused.push_back({"of_tomorrow", noon.utc.plus(-26 * 60 * minute), "cart", {}});
         return with_status(status);
       }},
  };
}

}  // namespace vitrine::kiosk::samples
