// SPDX-License-Identifier: Apache-2.0
// How the store stands, in states worth looking at.
#include "tools/kiosk_shots/samples.hpp"

namespace vitrine::kiosk::samples {
namespace {

constexpr std::int64_t minute = 60'000;

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
         status.refused.push_back({"of_tomorrow", noon.utc.plus(-26 * 60 * minute), "cart", {}});
         return with_status(status);
       }},
  };
}

}  // namespace vitrine::kiosk::samples
