// SPDX-License-Identifier: Apache-2.0
// What becomes of units of a line that are missing, not wanted or left over: offered where it can be done, sent once, followed.
#include <doctest/doctest.h>

#include "tests/kiosk/model/asked.hpp"

using namespace vitrine;
using namespace vitrine::kiosk;
using samples::Scene;

namespace {

const ActOnOrder* sent(const Scene& scene) { return samples::asked<ActOnOrder>(scene); }

OrderOnScreen& order(Scene& scene) {
  REQUIRE(scene.model.visit.desk.order.has_value());
  return *scene.model.visit.desk.order;
}

void answer(Scene& scene, const CounterOrder& now) { samples::answer(scene, order(scene).acting, now); }

// Line 4 of the order lacks two units, the others are ready.
Scene with_line(std::int64_t line, std::optional<LineWork> work = std::nullopt) {
  Scene scene = samples::with_order(samples::some_counter_order(OrderStep::here));
  scene.wish(CounterWish{OpenLine{line}});
  if (work) scene.wish(CounterWish{ChooseLineWork{*work}});
  return scene;
}

}  // namespace

TEST_CASE("only what can be done about a line is offered") {
  Scene scene = with_line(4);
  const auto most = [&](std::size_t line, LineWork work) { return most_of(scene.model, order(scene).order->lines[line], work); };
  CHECK(most(3, LineWork::found) == 2);
  CHECK(most(3, LineWork::refund) == 2);
  CHECK(most(3, LineWork::refuse) == 0);
  CHECK(most(2, LineWork::refuse) == 6);
  CHECK(most(2, LineWork::wait) == 0);
  CHECK(most(2, LineWork::restock) == 0);
  scene.wish(CounterWish{ChooseLineWork{LineWork::refuse}});
  CHECK_FALSE(order(scene).open_line->work.has_value());
  scene.wish(CounterWish{OpenLine{99}});
  CHECK_FALSE(order(scene).open_line.has_value());
  // Nothing is refused while the order is prepared, and nothing chosen once it is over; what is left over is put away even then.
  CounterOrder prepared = samples::some_counter_order(OrderStep::to_prepare);
  scene = samples::with_order(prepared);
  scene.wish(CounterWish{OpenLine{1}});
  CHECK_FALSE(order(scene).open_line.has_value());
  CounterOrder over = samples::some_counter_order(OrderStep::over);
  over.lines[0].ready = 0;
  over.lines[0].back = 1;
  scene = samples::with_order(over);
  scene.wish(CounterWish{OpenLine{4}});
  CHECK_FALSE(order(scene).open_line.has_value());
  scene.wish(CounterWish{OpenLine{1}});
  REQUIRE(order(scene).open_line.has_value());
  scene.wish(CounterWish{ChooseLineWork{LineWork::write_off}});
  CHECK_FALSE(order(scene).open_line->work.has_value());  // without the permission to count
  scene.wish(CounterWish{ChooseLineWork{LineWork::restock}});
  scene.wish(CounterWish{ConfirmLine{}});
  REQUIRE(sent(scene) != nullptr);
  CHECK(sent(scene)->action == OrderAction::restock);
}

TEST_CASE("what the buyer wants instead goes once, with its units, and is said when it is written down") {
  Scene scene = with_line(4, LineWork::refund);
  CHECK(order(scene).open_line->units == 2);
  scene.wish(CounterWish{StepLine{1}});
  CHECK(order(scene).open_line->units == 2);
  scene.wish(CounterWish{StepLine{-1}});
  scene.wish(CounterWish{ConfirmLine{}});
  REQUIRE(sent(scene) != nullptr);
  CHECK(sent(scene)->action == OrderAction::choose);
  CHECK(sent(scene)->choice == "refund");
  CHECK(sent(scene)->line == 4);
  CHECK(sent(scene)->units == 1);
  scene.wish(CounterWish{ConfirmLine{}});
  CHECK(sent(scene) == nullptr);
  CounterOrder now = samples::some_counter_order(OrderStep::here);
  now.lines[3].choice = {"refund", 1, {}};
  answer(scene, now);
  CHECK_FALSE(order(scene).open_line.has_value());
  CHECK(scene.model.visit.desk.notice == "line_chosen");
  CHECK(order(scene).order->lines[3].choice.what == "refund");

  scene = with_line(4, LineWork::wait);
  scene.wish(CounterWish{ConfirmLine{}});
  CHECK(sent(scene)->choice == "wait");
  scene = with_line(4, LineWork::found);
  scene.wish(CounterWish{ConfirmLine{}});
  CHECK(sent(scene)->action == OrderAction::picked);
  CHECK(sent(scene)->units == 2);
  CHECK(sent(scene)->missing == 0);
}

TEST_CASE("something else is what is scanned, never the product that is missing; what is handed over is not ticked by it") {
  Scene scene = with_line(4, LineWork::substitute);
  scene.wish(CounterWish{ConfirmLine{}});
  CHECK(sent(scene) == nullptr);
  const auto scan = [&](const char* sku) {
    scene.event(ScanSeen{"5012345678917", true});
    ProductPage page;
    page.card.sku = sync::Sku{sku};
    scene.event(ProductArrived{{scene.model.visit.number, scene.model.visit.desk.product}, page});
  };
  scan("22699");
  CHECK(scene.model.visit.desk.notice == "same_product");
  CHECK_FALSE(is_complete(*order(scene).open_line));
  scan("22423");
  CHECK(order(scene).ticked.empty());
  scene.wish(CounterWish{ConfirmLine{}});
  REQUIRE(sent(scene) != nullptr);
  CHECK(sent(scene)->choice == "substitute");
  CHECK(sent(scene)->sku == "22423");
}

TEST_CASE("a refusal needs its reason; Esc closes the line and then the order; what is refused is said and stays open") {
  Scene scene = with_line(3, LineWork::refuse);
  scene.wish(CounterWish{ConfirmLine{}});
  CHECK(sent(scene) == nullptr);
  scene.wish(CounterWish{ChooseRefusal{"damaged"}});
  scene.wish(CounterWish{StepLine{-5}});
  scene.wish(CounterWish{ConfirmLine{}});
  REQUIRE(sent(scene) != nullptr);
  CHECK(sent(scene)->action == OrderAction::refuse);
  CHECK(sent(scene)->reason == "damaged");
  CHECK(sent(scene)->lines == std::vector<std::pair<std::int64_t, std::int64_t>>{{3, 1}});
  scene.event(RequestFailed{{scene.model.visit.number, order(scene).acting}, "units_not_ready"});
  CHECK(scene.model.visit.desk.notice == "units_not_ready");
  REQUIRE(order(scene).open_line.has_value());
  scene.wish(GoBack{});
  CHECK_FALSE(order(scene).open_line.has_value());
  CHECK(shown_route(scene.model) == Route::order);
  scene.wish(GoBack{});
  CHECK(shown_route(scene.model) == Route::queue);
}

TEST_CASE("when nothing is left for the buyer the order is left, unless goods of it are still in hand") {
  Scene scene = with_line(4, LineWork::refund);
  scene.wish(CounterWish{ConfirmLine{}});
  CounterOrder over = samples::some_counter_order(OrderStep::over);
  for (CounterLine& line : over.lines) line.ready = 0;
  answer(scene, over);
  CHECK(shown_route(scene.model) == Route::queue);
  CHECK(scene.model.visit.desk.notice == "line_last");

  scene = with_line(3, LineWork::refuse);
  scene.wish(CounterWish{ChooseRefusal{"not_wanted"}});
  scene.wish(CounterWish{ConfirmLine{}});
  over.lines[2].back = over.lines[2].refused = 6;
  answer(scene, over);
  CHECK(shown_route(scene.model) == Route::order);
  CHECK(scene.model.visit.desk.notice == "line_refused");
}
