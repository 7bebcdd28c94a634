// SPDX-License-Identifier: Apache-2.0
// What needs somebody at a counter: to whom it is said, what is told to the edge, and where it leads.
#include <doctest/doctest.h>

#include "tests/kiosk/model/asked.hpp"

using namespace vitrine;
using namespace vitrine::kiosk;
using samples::asked;
using samples::Scene;

namespace {

Scene with(const std::vector<StoreAlert>& alerts, const std::vector<std::string>& permissions = {}) {
  Scene scene = samples::with_queue();
  if (!permissions.empty()) scene.model.visit.desk.session->permissions = permissions;
  scene.event(AlertNews{});
  REQUIRE(asked<FetchAlerts>(scene) != nullptr);
  scene.event(CounterAnswer{{scene.model.visit.number, scene.model.visit.desk.alerts_refresh.asked}, alerts});
  return scene;
}

void answer(Scene& scene, const std::vector<StoreAlert>& alerts) {
  samples::answer(scene, scene.model.visit.desk.alerts_acting, alerts);
}

}  // namespace

TEST_CASE("what comes to a screen is told to the edge, once; whose work it is not hears of it when it escalates") {
  Scene scene = with(samples::some_alerts());
  REQUIRE(asked<ActOnAlerts>(scene) != nullptr);
  CHECK_FALSE(asked<ActOnAlerts>(scene)->acknowledges);
  CHECK(asked<ActOnAlerts>(scene)->alerts == std::vector<std::pair<std::string, std::string>>{{"promise_at_risk", "481233"}});
  std::vector<StoreAlert> now = samples::some_alerts();
  now[1].state = AlertState::shown;
  answer(scene, now);
  CHECK(asked<ActOnAlerts>(scene) == nullptr);
  const auto groups = alert_groups(scene.model.visit.desk);
  REQUIRE(groups.size() == 3);
  CHECK(groups[0].kind == "customer_waits");
  CHECK(groups[0].escalated);
  CHECK(groups[2].alerts.size() == 2);

  scene = with(samples::some_alerts(), {"carts"});
  CHECK(asked<ActOnAlerts>(scene) == nullptr);
  REQUIRE(alert_groups(scene.model.visit.desk).size() == 1);
  CHECK(alert_groups(scene.model.visit.desk)[0].kind == "customer_waits");
}

TEST_CASE("whoever sees to it says so for all of its kind; a failure is said, and it can be said again") {
  Scene scene =
      with({{"stock_odd", "22960", {5}, AlertState::shown, {}}, {"stock_odd", "22423", {6}, AlertState::escalated, {}}});
  scene.wish(CounterWish{SeeToAlerts{"stock_odd"}});
  REQUIRE(asked<ActOnAlerts>(scene) != nullptr);
  CHECK(asked<ActOnAlerts>(scene)->acknowledges);
  CHECK(asked<ActOnAlerts>(scene)->alerts.size() == 2);
  scene.wish(CounterWish{SeeToAlerts{"stock_odd"}});
  CHECK(asked<ActOnAlerts>(scene) == nullptr);
  scene.event(RequestFailed{{scene.model.visit.number, scene.model.visit.desk.alerts_acting}, "disk_full"});
  CHECK(scene.model.visit.desk.notice == "disk_full");
  scene.wish(CounterWish{SeeToAlerts{"stock_odd"}});
  REQUIRE(asked<ActOnAlerts>(scene) != nullptr);
  answer(scene, {{"stock_odd", "22960", {5}, AlertState::acknowledged, "Tom"},
                 {"stock_odd", "22423", {6}, AlertState::acknowledged, "Tom"}});
  CHECK(alert_groups(scene.model.visit.desk).empty());
}

TEST_CASE("it leads to the order, or to the stock, of which it is said") {
  Scene scene = with(samples::some_alerts());
  scene.wish(CounterWish{OpenAlert{"customer_waits"}});
  CHECK(shown_route(scene.model) == Route::order);
  CHECK(scene.model.visit.desk.order->id == "481190");
  scene = with(samples::some_alerts());
  scene.wish(CounterWish{OpenAlert{"stock_odd"}});
  CHECK(shown_route(scene.model) == Route::stock);
  CHECK(scene.model.visit.desk.stock->opening != 0);
  scene.wish(CounterWish{OpenAlert{"store_offline"}});  // somebody sees to it
  CHECK(shown_route(scene.model) == Route::stock);
}
