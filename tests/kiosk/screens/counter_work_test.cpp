// SPDX-License-Identifier: Apache-2.0
// The counter's screens for what is on the shelves, missing lines, alerts and the store's status: keys and touches do what they
// say.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "tests/kiosk/screens/counter_desk.hpp"

using namespace vitrine::kiosk;

TEST_CASE("stock by keys: typed, opened, counted on the keypad with what it comes to, undone by Escape, saved by Enter") {
  Headless headless(desk);
  Scene scene = fresh(samples::with_queue());
  scene.model.visit.desk.session->permissions.push_back("counts");
  headless.settle(scene, 8);
  Frame frame = press(headless, scene, Key::stock);
  CHECK(frame.tree.screen == "stock");
  scene = fresh(samples::with_product(samples::some_record()));
  frame = headless.settle(scene, 8);
  CHECK(words_of(frame, "stock.on_hand") == "3");
  CHECK(words_of(frame, "stock.nearby.quay-square") == "Quay Square");
  CHECK(words_of(frame, "stock.nearby.quay-square.band") == "10 or more there");
  CHECK(words_of(frame, "stock.nearby.old-mill.band") == "Sold out there");
  CHECK(words_of(frame, "stock.save") == "Type how many");
  CHECK_FALSE(frame.tree.find("stock.save")->enabled);
  scene.wait(300);
  REQUIRE(headless.tap(scene, "digit.2"));
  frame = headless.settle(scene, 8);
  CHECK(frame.tree.find("stock.typed")->value == "2");
  CHECK(words_of(frame, "stock.outcome") == "1 fewer than on record. 2 are held for somebody.");
  CHECK(words_of(frame, "stock.save") == "Save count of 2");
  frame = press(headless, scene, Key::enter);
  REQUIRE(frame.tree.find("stock.undo") != nullptr);
  CHECK(frame.tree.find("digit.2") == nullptr);
  frame = press(headless, scene, Key::escape);
  CHECK(frame.tree.find("stock.undo") == nullptr);
  CHECK(words_of(frame, "stock.save") == "Save count of 2");
  press(headless, scene, Key::enter);
  press(headless, scene, Key::enter);
  REQUIRE(scene.model.visit.desk.stock_acting != 0);
  StockRecord record = samples::some_record();
  record.on_hand = 2;
  scene.event(CounterAnswer{{scene.model.visit.number, scene.model.visit.desk.stock_acting}, record});
  frame = headless.settle(scene, 8);
  CHECK(words_of(frame, "desk.notice") == "Counted.");
  CHECK(words_of(frame, "stock.on_hand") == "2");
  frame = press(headless, scene, Key::escape);
  CHECK(frame.tree.find("stock.words") != nullptr);
  // What was found first opens by Enter, with no keyboard on the screen.
  scene.wish(TypeKey{{KeyTouch::Kind::text, "a"}});
  scene.event(ProductsFound{{scene.model.visit.number, scene.model.visit.desk.stock->searching}, samples::some_products()});
  headless.settle(scene, 8);
  press(headless, scene, Key::enter);
  CHECK(scene.model.visit.desk.stock->opening != 0);
  frame = press(headless, scene, Key::escape);
  CHECK(frame.tree.screen == "queue");
}

TEST_CASE("what does not add up opens its product and is settled; every kind has a sentence of its own") {
  Headless headless(desk);
  Scene scene = fresh(samples::with_stock());
  headless.settle(scene, 8);
  scene.wait(300);
  REQUIRE(headless.tap(scene, "stock.check.0"));
  CHECK(scene.model.visit.desk.stock->opening != 0);
  std::set<std::string> sentences;
  StockRecord record = samples::some_record();
  record.discrepancies.clear();
  for (const char* kind : {"count", "negative", "late_move", "late_count", "unlisted", "import_unclear", "of_tomorrow"})
    record.discrepancies.push_back({std::string(kind) + ".0", kind, -1, samples::noon.utc});
  scene = fresh(samples::with_product(record));
  const Frame frame = headless.settle(scene, 8);
  for (const Discrepancy& one : record.discrepancies) {
    const std::string words = words_of(frame, "stock.odd." + one.id);
    if (!words.empty()) sentences.insert(words);
  }
  CHECK(sentences.size() >= 4);  // as many as are in sight
  scene.wait(300);
  REQUIRE(headless.tap(scene, "stock.settle"));
  CHECK(scene.model.visit.desk.stock->pending->work == StockWork::settle);
}

TEST_CASE("a line that is missing, by touch: what the buyer wants instead is chosen, counted and written down") {
  Headless headless(desk);
  Scene scene = fresh(samples::with_order(samples::some_counter_order(OrderStep::here)));
  Frame frame = headless.settle(scene, 8);
  CHECK(words_of(frame, "line.4.decide") == "Ask the buyer");
  CHECK(words_of(frame, "line.3.decide") == "Change");
  scene.wait(300);
  REQUIRE(headless.tap(scene, "line.4.decide"));
  frame = headless.settle(scene, 8);
  CHECK_FALSE(frame.tree.find("decide.confirm")->enabled);
  CHECK(frame.tree.find("decide.refuse") == nullptr);
  CHECK(frame.tree.find("order.hand_over") == nullptr);
  scene.wait(300);
  REQUIRE(headless.tap(scene, "decide.refund"));
  frame = headless.settle(scene, 8);
  CHECK(words_of(frame, "decide.outcome").find("£23.60") != std::string::npos);
  scene.wait(300);
  REQUIRE(headless.tap(scene, "decide.units.fewer"));
  frame = headless.settle(scene, 8);
  CHECK(words_of(frame, "decide.outcome").find("£11.80") != std::string::npos);
  const auto act = tapped<ActOnOrder>(headless, scene, "decide.confirm");
  CHECK(act.action == OrderAction::choose);
  CHECK(act.units == 1);
  CounterOrder now = samples::some_counter_order(OrderStep::here);
  now.lines[3].choice = {"refund", 1, {}};
  scene.event(CounterAnswer{{scene.model.visit.number, scene.model.visit.desk.order->acting}, now});
  frame = headless.settle(scene, 8);
  CHECK(words_of(frame, "line.4.state") == "2 missing · money back for 1");
  CHECK(words_of(frame, "line.4.decide") == "Change");
  CHECK(frame.tree.find("order.hand_over") != nullptr);
}

TEST_CASE("what needs somebody stands beside the queue; escalated it is on every screen and leads there") {
  Headless headless(desk);
  Scene scene = fresh(samples::with_queue());
  scene.event(AlertNews{});
  scene.event(CounterAnswer{{scene.model.visit.number, scene.model.visit.desk.alerts_refresh.asked}, samples::some_alerts()});
  // What has never been on a screen is now.
  REQUIRE(scene.model.visit.desk.alerts_acting != 0);
  std::vector<StoreAlert> alerts = samples::some_alerts();
  alerts[1].state = AlertState::shown;
  scene.event(CounterAnswer{{scene.model.visit.number, scene.model.visit.desk.alerts_acting}, alerts});
  Frame frame = headless.settle(scene, 8);
  CHECK(words_of(frame, "alert.customer_waits") == "A buyer has waited more than 5 minutes");
  CHECK(frame.tree.find("alert.store_offline") == nullptr);  // Nadia sees to it
  CHECK(frame.tree.find("desk.alert") == nullptr);           // here it stands already
  const auto act = tapped<ActOnAlerts>(headless, scene, "alert.customer_waits.see_to");
  CHECK(act.acknowledges);
  CHECK(act.alerts == std::vector<std::pair<std::string, std::string>>{{"customer_waits", "481190"}});
  scene.event(RequestFailed{{scene.model.visit.number, scene.model.visit.desk.alerts_acting}, "disk_full"});
  scene.event(PersonWished{CounterWish{DismissNotice{}}});
  frame = press(headless, scene, Key::take_back);
  CHECK(words_of(frame, "desk.alert") == "A buyer has waited more than 5 minutes");
  scene.wait(300);
  REQUIRE(headless.tap(scene, "desk.alert"));
  CHECK(headless.settle(scene, 8).tree.screen == "queue");
}

TEST_CASE("what the store measures, by its key: nine figures beside those of a week before, and one of them over time") {
  Headless headless(desk);
  Scene scene = fresh(samples::with_queue());
  headless.settle(scene, 8);
  Frame frame = press(headless, scene, Key::board);
  CHECK(frame.tree.screen == "board");
  const auto asked = [&] { return scene.model.visit.desk.board->refresh.asked; };
  const auto answer = [&](bool week) {
    scene.event(CounterAnswer{{scene.model.visit.number, asked()}, samples::some_board(week)});
    frame = headless.settle(scene, 8);
  };
  REQUIRE(asked() != 0);
  CHECK(frame.tree.find("board.loading") != nullptr);
  answer(false);
  const vitrine::sync::Measures counts = samples::some_board(false).all.counts;
  CHECK(words_of(frame, "figure.resumes") == std::to_string(counts.resumes));
  CHECK(words_of(frame, "figure.wait") == "3:40 min");
  CHECK(words_of(frame, "figure.offline") == "9 min");
  CHECK(frame.tree.find("board.resumes")->selected);
  CHECK(frame.tree.find("board.promise")->spoken.find("A week before") != std::string::npos);
  CHECK(frame.tree.find("board.chart")->value.find("12:00") != std::string::npos);
  // Another figure over time.
  REQUIRE(headless.tap(scene, "board.offline"));
  frame = headless.settle(scene, 8);
  CHECK(words_of(frame, "chart.title") == "Served offline");
  CHECK(frame.tree.find("board.chart")->value == "13:00 9/14");
  // Seven days: the answer about today that is still on its way is none.
  const std::uint64_t late = asked();
  REQUIRE(headless.tap(scene, "board.week"));
  scene.event(CounterAnswer{{scene.model.visit.number, late}, samples::some_board(false)});
  CHECK_FALSE(scene.model.visit.desk.board->seen.has_value());
  answer(true);
  CHECK(words_of(frame, "chart.title") == "Served offline");
  CHECK(frame.tree.find("board.week")->selected);
  // It is looked at again by itself; when that fails, it says so and what it knows stays.
  scene.wait(board_again_ms);
  REQUIRE(asked() != 0);
  scene.event(RequestFailed{{scene.model.visit.number, asked()}, "database_busy"});
  frame = headless.settle(scene, 8);
  CHECK(words_of(frame, "board.as_of").find("could not be read") != std::string::npos);
  CHECK(frame.tree.find("figure.resumes") != nullptr);
  const std::uint64_t before = scene.model.visit.requests;
  press(headless, scene, Key::escape);
  scene.wait(board_again_ms + 1);
  CHECK(scene.model.visit.desk.board->refresh.asked <= before);
}

TEST_CASE("the board is printed: nine figures, each beside that of a week before; without a printer there is no button") {
  Headless headless(desk);
  Scene scene = fresh(samples::with_board(true, BoardFigure::resumes));
  CHECK(headless.settle(scene, 8).tree.find("board.print") == nullptr);
  scene.model.printer = PrinterAbility{};
  const Frame frame = headless.settle(scene, 8);
  REQUIRE(frame.tree.find("board.print") != nullptr);
  press(headless, scene, alt('p'));
  const auto job = take_print_job(scene.model);
  REQUIRE(job);
  std::size_t figures = 0, before = 0;
  for (const auto& part : job->paper.parts) {
    const auto* line = std::get_if<PaperWords>(&part);
    if (line == nullptr) continue;
    if (!line->right.empty()) {
      const auto tile = std::ranges::find_if(
          frame.tree.nodes, [&](const SemanticNode& node) { return node.id.starts_with("board.") && node.label == line->left; });
      REQUIRE(tile != frame.tree.nodes.end());
      CHECK(tile->value == line->right);
      ++figures;
    }
    before += line->left.find("A week before: ") != std::string::npos ? 1U : 0U;
  }
  CHECK(figures == board_figures);
  CHECK(before == board_figures);
  scene.event(PaperPrinted{job->number, ""});
  CHECK(words_of(headless.settle(scene, 8), "desk.notice") == "Printed.");
}

TEST_CASE("on every other screen the rail says how many wait here or ask and nobody goes") {
  Headless headless(desk);
  Scene scene = fresh(samples::with_queue());
  CHECK(headless.settle(scene, 8).tree.find("rail.queue")->value.empty());
  const QueueView view = queue_of(scene.model);
  const auto waits = std::ranges::count_if(view.calls, [](const HelpCall* one) { return one->state == HelpState::waiting; });
  REQUIRE(static_cast<std::size_t>(waits) < view.calls.size());  // somebody is helped already
  const Frame frame = press(headless, scene, Key::stock);
  CHECK(frame.tree.find("rail.queue")->value == std::to_string(view.here.size() + static_cast<std::size_t>(waits)));
}

TEST_CASE("how the store stands, by its key: what waits, what needs a person in a sentence, who is where") {
  Headless headless(desk);
  Scene scene = fresh(samples::with_queue());
  headless.settle(scene, 8);
  Frame frame = press(headless, scene, Key::status);
  CHECK(frame.tree.screen == "status");
  REQUIRE(scene.model.visit.desk.status_refresh.asked != 0);
  scene.event(
      CounterAnswer{{scene.model.visit.number, scene.model.visit.desk.status_refresh.asked}, samples::some_status(false)});
  frame = headless.settle(scene, 8);
  CHECK(words_of(frame, "status.offline").find("on its own") != std::string::npos);
  CHECK(words_of(frame, "waiting.count") == "23");
  CHECK(words_of(frame, "waiting.cart") == "9");
  CHECK(words_of(frame, "waiting.oldest").find("14 minutes") != std::string::npos);
  CHECK(words_of(frame, "decisions.title") == "2 need a person");
  CHECK(words_of(frame, "decision.refused.0").find("promised elsewhere") != std::string::npos);
  CHECK(words_of(frame, "device.counter-2.staff") == "Nadia is signed in, locked");
  // The line is back: it is looked at again.
  scene.event(LinkChanged{{.online = true, .since = scene.now.utc, .last_contact = scene.now.utc, .reason = {}}});
  REQUIRE(scene.model.visit.desk.status_refresh.asked != 0);
  scene.event(CounterAnswer{{scene.model.visit.number, scene.model.visit.desk.status_refresh.asked}, samples::some_status(true)});
  frame = headless.settle(scene, 8);
  CHECK(frame.tree.find("status.offline") == nullptr);
  CHECK(words_of(frame, "decisions.title") == "Nothing needs a person");
  // What waits goes without any news of it: it is looked at again by itself.
  scene.event(CounterAnswer{{scene.model.visit.number, scene.model.visit.desk.status_refresh.asked}, samples::some_status(true)});
  const std::uint64_t before = scene.model.visit.requests;
  scene.wait(status_again_ms);
  CHECK(scene.model.visit.desk.status_refresh.asked > before);
  frame = press(headless, scene, Key::escape);
  CHECK(frame.tree.screen == "queue");
}

TEST_CASE(
    "a customer by keys: F9 goes round what they did, F10 writes a note, Escape leaves it, Enter hands over what lies ready") {
  Headless headless(desk);
  Scene scene = fresh(samples::with_customer(true));
  headless.settle(scene, 8);
  Frame frame = press(headless, scene, Key::filter);
  CHECK(scene.model.visit.desk.customer->doings_where == "online");
  CHECK(frame.tree.find("doings.online")->selected);
  press(headless, scene, Key::filter);
  press(headless, scene, Key::filter);
  CHECK(scene.model.visit.desk.customer->doings_where == "all");
  frame = press(headless, scene, Key::note);
  CHECK(words_of(frame, "note.heading") == "A note");
  CHECK(frame.tree.find("note.text")->value == "Nothing typed");
  CHECK_FALSE(frame.tree.find("note.keep")->enabled);
  for (const char letter : std::string("Ribbon")) scene.wish(TypeKey{{KeyTouch::Kind::text, std::string(1, letter)}});
  frame = headless.settle(scene, 4);
  for (const SemanticNode& node : frame.tree.nodes) CHECK(node.label.find("Ribbon") == std::string::npos);  // said to nobody
  frame = press(headless, scene, Key::escape);
  CHECK_FALSE(writes_note(scene.model));
  REQUIRE(scene.model.visit.desk.customer);
  press(headless, scene, Key::enter);
  CHECK(shown_route(scene.model) == Route::order);
  CHECK(scene.model.visit.desk.order->id == "481206");
}

TEST_CASE(
    "a conversation by touch: opened, answered by Enter, closed with what the screen showed; Escape goes back to what they did") {
  Headless headless(desk);
  Scene scene = fresh(samples::with_customer(true));
  const std::string id = scene.model.visit.desk.customer->cases->cases.at(0).id;
  scene.wish(CounterWish{ShowCase{id}});
  Frame frame = headless.settle(scene, 8);
  CHECK(words_of(frame, "conversation.title") == "Web chat");
  CHECK(words_of(frame, "conversation.state") == "Waits for us");
  CHECK(frame.tree.find("timeline.title") == nullptr);
  const ActOnCase close = tapped<ActOnCase>(headless, scene, "case.close");
  CHECK(close.work == CaseWork::close);
  CHECK(close.seen.size() == 2);
  scene.event(RequestFailed{{scene.model.visit.number, scene.model.visit.desk.customer->case_acting}, "case_changed"});
  frame = headless.settle(scene, 8);
  CHECK(words_of(frame, "desk.notice") == "They wrote again. Read it first.");
  press(headless, scene, Key::enter);
  CHECK(writes_note(scene.model));
  press(headless, scene, Key::escape);
  frame = press(headless, scene, Key::escape);
  CHECK(frame.tree.find("timeline.title") != nullptr);
  REQUIRE(scene.model.visit.desk.customer);
}

TEST_CASE("what waits for the store stands below who asks in the shop, without a name, and opens by touch") {
  Headless headless(desk);
  for (const samples::Named& named : samples::counter_scenes()) {
    if (named.name != "queue-cases") continue;
    Scene scene = fresh(named.make());
    Frame frame = headless.settle(scene, 8);
    const std::string first = scene.model.visit.desk.cases.at(0).id;
    CHECK(words_of(frame, "waiting." + first + ".channel") == "Web chat");
    CHECK(words_of(frame, "waiting." + first + ".about") == "Waits for an answer. Reads Français");
    CHECK(tapped<FetchCaseCustomer>(headless, scene, "waiting." + first + ".open").id == first);
    CHECK(shown_route(scene.model) == Route::customer);
    return;
  }
  FAIL("there is no such scene");
}

TEST_CASE("an order is printed: the list to fetch while it is prepared, then the slip; and what became of it is said") {
  Headless headless(desk);
  const auto words = [](const Paper& paper) {
    std::string all;
    for (const auto& part : paper.parts) {
      if (const auto* line = std::get_if<PaperWords>(&part)) all += line->left + "\n";
    }
    return all;
  };
  Scene scene = fresh(samples::with_order(samples::some_counter_order(OrderStep::here)));
  CHECK(headless.settle(scene, 8).tree.find("order.print") == nullptr);  // without a printer
  scene.model.printer = PrinterAbility{};
  headless.settle(scene, 8);
  REQUIRE(headless.tap(scene, "order.print"));
  auto job = take_print_job(scene.model);
  REQUIRE(job);
  const CounterOrder& order = *scene.model.visit.desk.order->order;
  std::string said = words(job->paper);
  CHECK(said.find("With the goods\n") != std::string::npos);
  for (const CounterLine& line : order.lines) {
    if (line.ready + line.customer > 0) CHECK(said.find(" × " + line.title.at("en") + "\n") != std::string::npos);
  }
  CHECK(said.find(order.card.name) == std::string::npos);
  CHECK_FALSE(headless.settle(scene, 8).tree.find("order.print")->enabled);
  scene.event(PaperPrinted{job->number, "printer_missing"});
  Frame frame = headless.settle(scene, 8);
  CHECK(words_of(frame, "desk.notice") == "The printer isn’t answering. Write it down, or print it later.");
  CHECK(frame.tree.find("order.print")->enabled);
  Headless preparing(desk);
  scene = fresh(samples::with_order(samples::some_counter_order(OrderStep::to_prepare)));
  scene.model.printer = PrinterAbility{};
  preparing.settle(scene, 8);
  REQUIRE(preparing.tap(scene, "order.print"));
  job = take_print_job(scene.model);
  REQUIRE(job);
  said = words(job->paper);
  CHECK(said.find("With the goods\n") == std::string::npos);
  CHECK(said.find("Aisle ") != std::string::npos);
  scene.event(PaperPrinted{job->number, ""});
  CHECK(words_of(preparing.settle(scene, 8), "desk.notice") == "Printed.");

  // Long after it was handed over, somebody wants the receipt: of all that its buyer has.
  Headless afterwards(desk);
  CounterOrder gone = samples::some_counter_order(OrderStep::here);
  gone.card.step = OrderStep::over;
  std::int64_t worth = 0;
  for (CounterLine& line : gone.lines) {
    line.customer += line.ready + line.waiting;
    line.ready = line.waiting = 0;
    line.missing = 1;  // and paid back
    worth += line.customer * line.unit_price;
  }
  scene = fresh(samples::with_order(gone));
  scene.model.printer = PrinterAbility{};
  afterwards.settle(scene, 8);
  REQUIRE(afterwards.tap(scene, "order.print"));
  job = take_print_job(scene.model);
  REQUIRE(job);
  said = words(job->paper);
  CHECK(said.find("With the goods\n") == std::string::npos);
  CHECK(said.find("Item ") != std::string::npos);
  CHECK(said.find("Receipt, printed again\n") != std::string::npos);
  CHECK(said.find("Handed over\n") == std::string::npos);
  CHECK(said.find("still to come") == std::string::npos);
  const std::string pounds = fmt::format("£{}.{:02}", worth / 100, worth % 100);
  const auto total = std::ranges::find_if(job->paper.parts, [&](const auto& part) {
    const auto* line = std::get_if<PaperWords>(&part);
    return line != nullptr && line->right == pounds;
  });
  CHECK(total != job->paper.parts.end());
  CHECK(worth > 0);
}
