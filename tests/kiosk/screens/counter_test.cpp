// SPDX-License-Identifier: Apache-2.0
// The counter's screens: their layout in every language, keys and touches that do what they say, and sentences for what went
// wrong.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <set>

#include "tests/kiosk/screens/counter_desk.hpp"

using namespace vitrine::kiosk;
using samples::Scene;

TEST_CASE("every screen of the counter, in every language: targets, words, nothing on one another") {
  std::size_t turn = 0;
  for (const Panel& panel : desks) {
    CAPTURE(panel.width);
    CAPTURE(panel.mm_wide);
    Headless headless(panel);
    for (const samples::Named& named : samples::counter_scenes()) {
      ++turn;
      constexpr std::array<const char*, 6> languages = {"en", "de", "fr", "es", "pl", "ja"};
      for (std::size_t i = 0; i < languages.size(); ++i) {
        // Each screen has all languages on one panel, every third on the others.
        if (&panel != desks.data() && (i + turn) % 3 != 0) continue;
        const std::string language = languages[i];
        CAPTURE(named.name);
        CAPTURE(language);
        Scene scene = fresh(named.make());
        const bool sheet = scene.model.visit.choosing_language;
        scene.wish(ChooseLanguage{language});
        scene.model.visit.choosing_language = sheet;
        const Frame frame = headless.settle(scene, 12);
        CHECK(frame.tree.language == language);
        check_targets(frame.tree, panel);
        check_words(frame.tree, panel);
        check_no_overlap(frame.tree);
      }
    }
  }
}

TEST_CASE("five keys reach every control of the counter, in the order of reading, and come round") {
  Headless headless(desk);
  for (const samples::Named& named : samples::counter_scenes()) {
    CAPTURE(named.name);
    Scene scene = fresh(named.make());
    Frame frame = headless.settle(scene, 12);
    std::vector<std::string> all;
    for (const SemanticNode& node : frame.tree.nodes) {
      if (node.interactive && node.enabled) all.push_back(node.id);
    }
    REQUIRE_FALSE(all.empty());
    std::vector<std::string> visited;
    for (std::size_t i = 0; i < all.size(); ++i) {
      frame = headless.frame(scene.model, {{}, {Key::right}});
      frame = headless.frame(scene.model);
      const auto at = std::ranges::find_if(frame.tree.nodes, [](const SemanticNode& node) { return node.focused; });
      REQUIRE(at != frame.tree.nodes.end());
      visited.push_back(at->id);
    }
    std::ranges::rotate(visited, std::ranges::find(visited, all.front()));
    CHECK(visited == all);
  }
}

TEST_CASE("a touch on a name, six keys of the pad, and Tom is asked for; never is a digit shown") {
  Headless headless(desk);
  Scene scene = fresh(samples::counter());
  headless.settle(scene, 8);
  REQUIRE(headless.tap(scene, "who.1003"));
  CHECK(scene.model.visit.desk.trying.chosen == "1003");
  for (const char* digit : {"9", "4", "1", "2", "8"}) {
    scene.wait(300);
    REQUIRE(headless.tap(scene, std::string("digit.") + digit));
  }
  const Frame frame = headless.settle(scene, 8);
  const SemanticNode* pin = frame.tree.find("sign_in.pin");
  REQUIRE(pin != nullptr);
  CHECK(pin->value == "5 digits entered");
  for (const SemanticNode& node : frame.tree.nodes) {
    CHECK(node.label.find("94128") == std::string::npos);
    CHECK(node.value.find("94128") == std::string::npos);
  }
  scene.wait(300);
  REQUIRE(headless.tap(scene, "digit.0"));
  CHECK(scene.model.visit.desk.trying.waiting);
  CHECK(scene.model.visit.desk.trying.pin.text.empty());
}

TEST_CASE("what keeps somebody from signing in is said in a sentence of its own") {
  Headless headless(desk);
  std::set<std::string> all;
  for (const samples::Named& named : samples::counter_scenes()) {
    if (!named.name.starts_with("sign-in-")) continue;
    CAPTURE(named.name);
    Scene scene = fresh(named.make());
    const std::string words = words_of(headless.settle(scene, 8), "sign_in.wrong");
    if (words.empty()) continue;
    all.insert(words);
    if (named.name == "sign-in-wrong") CHECK(words.find("3 more tries") != std::string::npos);
    if (named.name == "sign-in-locked") CHECK(words.find("60 seconds") != std::string::npos);
  }
  CHECK(all.size() == 5);  // wrong, locked, locked for the day, badge, no edge
  Scene scene = fresh(samples::offline(samples::chosen()));
  const Frame frame = headless.settle(scene, 8);
  CHECK(words_of(frame, "sign_in.wrong").empty());
  CHECK(words_of(frame, "sign_in.link").find("Signing in works all the same") != std::string::npos);
}

TEST_CASE("the lock counts down, and digits wait for it") {
  Headless headless(desk);
  Scene scene = fresh(samples::chosen());
  scene = samples::typed(scene, "111111");
  scene.event(
      RequestFailed{{scene.model.visit.number, scene.model.visit.desk.trying.asked}, "sign_in_locked", {.wait_ms = 60'000}});
  scene.wait(48'500);
  CHECK(words_of(headless.settle(scene, 2), "sign_in.wrong").find("12 seconds") != std::string::npos);
  scene = samples::typed(scene, "1");
  CHECK(scene.model.visit.desk.trying.pin.text.empty());
  scene.wait(12'000);
  CHECK(words_of(headless.settle(scene, 2), "sign_in.wrong").empty());
  scene = samples::typed(scene, "1");
  CHECK(scene.model.visit.desk.trying.pin.text == "1");
}

TEST_CASE("F8 locks, and nothing of the queue is left on the screen") {
  Headless headless(desk);
  Scene scene = fresh(samples::with_queue());
  Frame frame = headless.settle(scene, 8);
  CHECK(frame.tree.screen == "queue");
  CHECK(frame.tree.find("here.481190.open") != nullptr);
  frame = press(headless, scene, Key::lock);
  CHECK(frame.tree.screen == "sign_in");
  for (const SemanticNode& node : frame.tree.nodes) CHECK(node.label.find("Amelia") == std::string::npos);
}

TEST_CASE("the queue: most urgent on top, Enter hands over to who waits longest, F3 leads back") {
  Headless headless(desk);
  Scene scene = fresh(samples::with_queue());
  Frame frame = headless.settle(scene, 8);
  std::vector<std::string> names;
  for (const SemanticNode& node : frame.tree.nodes) {
    if (node.id.starts_with("here.") && node.id.ends_with(".name")) names.push_back(node.label);
  }
  CHECK(names == std::vector<std::string>{"Lena V.", "Daniel K.", "Amelia R."});
  CHECK(words_of(frame, "here.count") == "3");
  CHECK(words_of(frame, "call." + std::string(32, '1') + ".about").find("Reads Fran") != std::string::npos);
  CHECK(words_of(frame, "call." + std::string(32, '2') + ".state") == "Nadia is going, about 1 min");
  CHECK(frame.tree.find("call." + std::string(32, '2') + ".take") == nullptr);
  frame = press(headless, scene, Key::enter);
  CHECK(frame.tree.screen == "order");
  CHECK(scene.model.visit.desk.order->id == "481190");
  frame = press(headless, scene, Key::queue);
  CHECK(frame.tree.screen == "queue");
}

TEST_CASE("who goes says about when, and says it anew; or leaves it to others, or has helped") {
  Headless headless(desk);
  Scene scene = fresh(samples::with_queue());
  const std::string waiting = std::string(32, '1');
  const auto take = tapped<ActOnCall>(headless, scene, "call." + waiting + ".take");
  CHECK(take.call == waiting);
  CHECK(take.action == CallAction::take);
  CHECK(take.minutes == 1);
  HelpCall mine = samples::some_calls()[1];
  mine.state = HelpState::taken;
  mine.who = "1003";
  mine.minutes = 1;
  const auto answer = [&](std::int64_t minutes) {
    mine.minutes = minutes;
    scene.event(CounterAnswer{{scene.model.visit.number, scene.model.visit.desk.call_acting}, mine});
  };
  answer(1);
  CHECK(tapped<ActOnCall>(headless, scene, "call." + waiting + ".in_5").minutes == 5);
  answer(5);
  CHECK(tapped<ActOnCall>(headless, scene, "call." + waiting + ".put_back").action == CallAction::put_back);
  answer(5);
  CHECK(tapped<ActOnCall>(headless, scene, "call." + waiting + ".end").action == CallAction::end);
}

TEST_CASE("an order is started, counted line by line, and put on a shelf") {
  Headless headless(desk);
  Scene scene = fresh(samples::with_order(samples::some_counter_order(OrderStep::to_prepare)));
  const auto start = tapped<ActOnOrder>(headless, scene, "picking.start");
  CHECK(start.action == OrderAction::pick);
  CHECK(start.who == "Tom B.");
  CHECK(start.lines.size() == 4);
  CounterOrder order = samples::some_counter_order(OrderStep::to_prepare);
  for (CounterLine& line : order.lines) {
    line.picked_by = "Tom B.";
    line.picked_by_at = scene.now.utc;
  }
  const auto answer = [&] {
    scene.event(CounterAnswer{{scene.model.visit.number, scene.model.visit.desk.order->acting}, order});
  };
  answer();
  headless.settle(scene, 8);
  REQUIRE(headless.tap(scene, "line.3.fewer"));
  const auto found = tapped<ActOnOrder>(headless, scene, "line.3.found");
  CHECK(found.line == 3);
  CHECK(found.units == 5);
  CHECK(found.missing == 1);
  for (CounterLine& line : order.lines) {
    line.ready = line.waiting;
    line.waiting = 0;
  }
  answer();
  const auto stage = tapped<ActOnOrder>(headless, scene, "shelf.C2");
  CHECK(stage.action == OrderAction::stage);
  CHECK(stage.place == "C2");
  order.card.step = OrderStep::ready;
  answer();
  CHECK(headless.settle(scene, 8).tree.screen == "queue");
}

TEST_CASE("handing over waits for lines, for who it is and for what is open, and says which") {
  Headless headless(desk);
  CounterOrder order = samples::some_counter_order(OrderStep::ready);
  order.card.balance_due = 1295;
  Scene scene = fresh(samples::with_order(order));
  const auto button = [&] {
    const Frame frame = headless.settle(scene, 8);
    const SemanticNode* node = frame.tree.find("order.hand_over");
    REQUIRE(node != nullptr);
    return std::pair(node->label, node->enabled);
  };
  CHECK(button() == std::pair(std::string("Tick what you hand over first"), false));
  REQUIRE(headless.tap(scene, "line.1.tick"));
  CHECK(button() == std::pair(std::string("Check who it is first"), false));
  REQUIRE(headless.tap(scene, "order.person"));
  CHECK(button() == std::pair(std::string("Take the rest at the till first"), false));
  REQUIRE(headless.tap(scene, "order.settled"));
  CHECK(button() == std::pair(std::string("Hand over"), true));
  const auto over = tapped<ActOnOrder>(headless, scene, "order.hand_over");
  CHECK(over.proof == "staff");
  CHECK(over.balance_settled);
  CHECK(over.lines == std::vector<std::pair<std::int64_t, std::int64_t>>{{1, 1}});
}

TEST_CASE("what somebody else finished meanwhile is said, and nothing can be handed over any more") {
  Headless headless(desk);
  Scene scene = fresh(samples::with_order(samples::some_counter_order(OrderStep::here)));
  headless.settle(scene, 8);
  scene.event(OrderNews{"481206"});
  const CounterRequest* request = asked(scene);
  REQUIRE(request != nullptr);
  const std::uint64_t number = scene.model.visit.desk.order->refresh.asked;
  scene.event(CounterAnswer{{scene.model.visit.number, number}, samples::some_counter_order(OrderStep::over)});
  const Frame frame = headless.settle(scene, 4);
  CHECK(words_of(frame, "desk.notice").find("finished meanwhile") != std::string::npos);
  CHECK(frame.tree.find("order.hand_over") == nullptr);
}

TEST_CASE("what comes back, by touch and by keys: the refund is shown as it is counted, Escape undoes, Enter writes it down") {
  Headless headless(desk);
  Scene scene = fresh(samples::with_queue());
  headless.settle(scene, 8);
  Frame frame = press(headless, scene, Key::take_back);
  CHECK(frame.tree.screen == "take_back");
  for (const char* key : {"key.4", "key.8", "key.0"}) {
    scene.wait(300);
    REQUIRE(headless.tap(scene, key));
  }
  CHECK(scene.model.visit.desk.back->name.text == "480");
  press(headless, scene, Key::enter);
  REQUIRE(scene.model.visit.desk.back->looking != 0);
  scene.event(CounterAnswer{{scene.model.visit.number, scene.model.visit.desk.back->looking}, samples::some_purchase(true)});
  frame = headless.settle(scene, 8);
  CHECK(words_of(frame, "back.amount") == "£0.00");
  CHECK(words_of(frame, "back.confirm") == "Tick what comes back first");
  CHECK(words_of(frame, "back.line.3.state").find("back already") != std::string::npos);
  CHECK(frame.tree.find("back.line.3") == nullptr);
  scene.wait(300);
  REQUIRE(headless.tap(scene, "back.line.1"));
  frame = headless.settle(scene, 8);
  CHECK(words_of(frame, "back.amount") == "£11.80");
  scene.wait(300);
  REQUIRE(headless.tap(scene, "back.line.1.fewer"));
  frame = headless.settle(scene, 8);
  CHECK(words_of(frame, "back.amount") == "£8.85");
  CHECK(words_of(frame, "back.confirm") == "Choose the reason first");
  for (const char* id : {"return_reason.damaged", "return_condition.damaged"}) {
    scene.wait(300);
    REQUIRE(headless.tap(scene, id));
  }
  frame = headless.settle(scene, 8);
  CHECK(words_of(frame, "back.goods").find("not stock") != std::string::npos);
  CHECK(words_of(frame, "back.confirm") == "Refund £8.85");
  frame = press(headless, scene, Key::enter);
  REQUIRE(frame.tree.find("back.undo") != nullptr);
  CHECK_FALSE(frame.tree.find("back.line.1")->enabled);
  frame = press(headless, scene, Key::escape);
  CHECK(frame.tree.find("back.undo") == nullptr);
  press(headless, scene, Key::enter);
  press(headless, scene, Key::enter);
  REQUIRE(scene.model.visit.desk.back->sending != 0);
  ReturnDone done;
  done.id = std::string(32, '7');
  done.currency = "GBP";
  done.refund = 885;
  done.by_hub = true;
  scene.event(CounterAnswer{{scene.model.visit.number, scene.model.visit.desk.back->sending}, done});
  frame = headless.settle(scene, 8);
  CHECK(words_of(frame, "back.done_money").find("£8.85") != std::string::npos);
  CHECK(frame.tree.find("back.done_state") == nullptr);
  // One that the hub has yet to confirm waits for the hub, or for a line to it.
  scene.model.visit.desk.back->done->state = ReturnState::pending;
  frame = headless.settle(scene, 8);
  CHECK(words_of(frame, "back.done_state").find("a few seconds") != std::string::npos);
  scene.event(LinkChanged{{false, scene.now.utc, scene.now.utc, "timeout"}});
  frame = headless.settle(scene, 8);
  CHECK(words_of(frame, "back.done_state").find("once the internet is back") != std::string::npos);
  frame = press(headless, scene, Key::enter);
  CHECK(frame.tree.screen == "queue");
}

TEST_CASE("without the permission the rail has no return") {
  Headless headless(desk);
  Scene scene = fresh(samples::with_queue());
  scene.model.visit.desk.session->permissions = {"orders"};
  CHECK(headless.settle(scene, 8).tree.find("rail.take_back") == nullptr);
}
