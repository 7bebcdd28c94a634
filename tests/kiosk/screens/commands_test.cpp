// SPDX-License-Identifier: Apache-2.0
// Every action of every counter screen has a key, which does what a touch does; one field finds orders, products and commands in
// the language of the screen, and nobody by a name.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <set>

#include "kiosk/text/word_match.hpp"
#include "tests/kiosk/screens/counter_desk.hpp"

using namespace vitrine::kiosk;
using samples::Scene;

namespace {

// Keys of a keyboard on the screen: whoever has a keyboard types them.
bool is_typed(const std::string& id) { return id.starts_with("key.") || id.starts_with("digit.") || id.starts_with("sign."); }

Scene searching(Scene scene, const std::string& words) {
  scene.wish(CounterWish{OpenSearch{}});
  return samples::typed(std::move(scene), words);
}

// A key, and what it leads to in the frames after it.
void act(Headless& headless, Scene& scene, Key key) {
  for (int i = 0; i < 4; ++i) {
    const Frame frame = headless.frame(scene.model, i == 0 ? Input{{}, {key}} : Input{});
    for (const Intent& intent : frame.intents) scene.wish(intent);
    scene.wait(100);
  }
}

// What was found: the rows that can be chosen.
std::vector<std::string> rows(const Frame& frame) {
  std::vector<std::string> ids;
  for (const SemanticNode& node : frame.tree.nodes) {
    const bool own = node.id.starts_with("find.words") || node.id == "find.close" || node.id == "find.keyboard";
    if (node.interactive && node.id.starts_with("find.") && !own) ids.push_back(node.id);
  }
  return ids;
}

}  // namespace

TEST_CASE("every action of every counter screen has a key, and the key does what a touch does") {
  Headless headless(desk);
  std::size_t pressed = 0;
  for (const samples::Named& named : samples::counter_scenes()) {
    CAPTURE(named.name);
    Scene scene = fresh(named.make());
    const Frame frame = headless.settle(scene, 12);
    std::set<Key> keys;
    for (const SemanticNode& node : frame.tree.nodes) {
      if (!node.interactive || is_typed(node.id)) continue;
      CHECK_MESSAGE(node.key, node.id);
      if (node.key && node.enabled && node.visible) keys.insert(*node.key);
    }
    for (const Key key : keys) {
      if (key == Key::down) continue;  // a row: arrows lead there, as a test of its own sees
      CAPTURE(static_cast<int>(key));
      // Those that bear it; what is chosen already may stay as it is.
      std::vector<const SemanticNode*> bearers;
      for (const SemanticNode& node : frame.tree.nodes) {
        if (node.interactive && node.enabled && node.visible && node.key == key) bearers.push_back(&node);
      }
      scene.wait(300);
      const Frame after = headless.frame(scene.model, {{}, {key}});
      const bool chosen = std::ranges::all_of(bearers, [](const SemanticNode* node) { return node->selected; });
      CHECK_MESSAGE((!after.intents.empty() || chosen), bearers.front()->id);
      ++pressed;
    }
  }
  CHECK(pressed > 400);
}

TEST_CASE("of several with one key it is the row with the focus, else the one after what is chosen, else the first") {
  Headless headless(desk);
  Scene scene = fresh(samples::with_queue());
  const auto opened = [&](const Frame& frame) {
    for (const Intent& intent : frame.intents) {
      const auto* wish = std::get_if<CounterWish>(&intent);
      if (wish != nullptr && std::holds_alternative<OpenOrder>(*wish)) return std::get<OpenOrder>(*wish).order;
    }
    return std::string();
  };
  Frame frame = headless.settle(scene, 8);
  std::vector<std::string> ready;
  for (const SemanticNode& node : frame.tree.nodes) {
    if (node.id.starts_with("ready.") && node.interactive) ready.push_back(node.id.substr(6, node.id.rfind('.') - 6));
  }
  REQUIRE(ready.size() > 2);
  scene.wait(300);
  CHECK(opened(headless.frame(scene.model, {{}, {alt('r')}})) == ready[0]);
  for (int i = 0; i < 40; ++i) {
    scene.wait(300);
    headless.frame(scene.model, {{}, {Key::right}});
    frame = headless.frame(scene.model);
    const SemanticNode* node = frame.tree.find("ready." + ready[1] + ".open");
    if (node->focused) break;
  }
  scene.wait(300);
  CHECK(opened(headless.frame(scene.model, {{}, {alt('r')}})) == ready[1]);
  // Names on the sign-in screen: the key goes round through them.
  scene = fresh(samples::chosen());
  headless.settle(scene, 8);
  const std::string before = scene.model.visit.desk.trying.chosen;
  std::set<std::string> seen = {before};
  for (std::size_t i = 1; i < samples::some_colleagues().size(); ++i) {
    press(headless, scene, alt('w'));
    seen.insert(scene.model.visit.desk.trying.chosen);
  }
  CHECK(seen.size() == samples::some_colleagues().size());
}

TEST_CASE("F2 and words lead to every place, in each language; Enter goes there") {
  Headless headless(desk);
  for (const char* language : {"en", "de", "fr", "es", "pl", "ja"}) {
    CAPTURE(language);
    for (const auto& [rail, route] :
         {std::pair("rail.stock", Route::stock), std::pair("rail.status", Route::status),
          std::pair("rail.customer", Route::customer), std::pair("rail.take_back", Route::take_back)}) {
      CAPTURE(rail);
      Scene scene = fresh(samples::with_queue());
      scene.wish(ChooseLanguage{language});
      Frame frame = headless.settle(scene, 8);
      const std::string label = words_of(frame, rail);
      frame = press(headless, scene, Key::search);
      REQUIRE(searches(scene.model));
      scene.wish(TypeKey{{KeyTouch::Kind::text, label}});
      frame = headless.settle(scene, 8);
      const std::vector<std::string> found = rows(frame);
      REQUIRE_FALSE(found.empty());
      CHECK(std::ranges::find(found, std::string("find.command.") + rail) != found.end());
      if (found.front() != std::string("find.command.") + rail) continue;
      act(headless, scene, Key::enter);
      CHECK(shown_route(scene.model) == route);
      CHECK_FALSE(searches(scene.model));
    }
  }
}

TEST_CASE("other words for a place lead there; marks, capitals and a half word make no difference") {
  CHECK(names("zahl", "Bestand zählen"));
  CHECK(names("ZÄHLEN bes", "Bestand zählen"));
  CHECK(names("lodz", "Łódź"));
  CHECK(names("庫", "在庫 棚卸"));
  CHECK_FALSE(names("ahlen", "Bestand zählen"));
  CHECK_FALSE(names("", "Bestand"));
  CHECK_FALSE(names("  ", "Bestand"));
  CHECK_FALSE(names("bestand kasse", "Bestand zählen"));
  Headless headless(desk);
  Scene scene = fresh(searching(samples::with_queue(), "inventory"));
  CHECK(rows(headless.settle(scene, 8)) == std::vector<std::string>{"find.command.rail.stock"});
}

TEST_CASE("an order's number opens it; arrows choose another; what a screen offers is found there") {
  Headless headless(desk);
  Scene scene = fresh(samples::with_queue());
  const std::string order = scene.model.visit.desk.orders.front().order;
  scene = searching(scene, order);
  CHECK(rows(headless.settle(scene, 8)) == std::vector<std::string>{"find.order." + order});
  press(headless, scene, Key::enter);
  CHECK(scene.model.visit.desk.order->id == order);
  // All of the queue share their first digits.
  scene = fresh(searching(samples::with_queue(), order.substr(0, 3)));
  const std::vector<std::string> several = rows(headless.settle(scene, 8));
  REQUIRE(several.size() > 1);
  press(headless, scene, Key::down);
  press(headless, scene, Key::down);
  press(headless, scene, Key::enter);
  REQUIRE(scene.model.visit.desk.order);
  CHECK("find.order." + scene.model.visit.desk.order->id == several[1]);
  // On an order's screen its own actions are found, and done.
  scene = fresh(searching(samples::with_order(samples::some_counter_order(OrderStep::here)), "all of"));
  const std::vector<std::string> offered = rows(headless.settle(scene, 8));
  CHECK(std::ranges::count(offered, "find.command.order.tick_all") == 1);
  REQUIRE(headless.tap(scene, "find.command.order.tick_all"));
  const Frame then = headless.frame(scene.model);
  for (const Intent& intent : then.intents) scene.wish(intent);
  CHECK_FALSE(searches(scene.model));
  CHECK(scene.model.visit.desk.order->ticked.size() > 1);
}

TEST_CASE("nobody is found by a name, on any screen") {
  Headless headless(desk);
  std::size_t looked = 0;
  for (const samples::Named& named : samples::counter_scenes()) {
    CAPTURE(named.name);
    Scene scene = fresh(named.make());
    const Desk& at = scene.model.visit.desk;
    if (!at.session || at.locked || at.asks_phone) continue;
    std::set<std::string> people;
    for (const OrderCard& card : at.orders) people.insert(card.name);
    if (at.order && at.order->order) people.insert(at.order->order->card.name);
    if (at.customer && at.customer->seen && at.customer->profile) people.insert("Maya");
    people.erase("");
    for (const std::string& name : people) {
      CAPTURE(name);
      Scene asks = fresh(searching(scene, name));
      CHECK(rows(headless.settle(asks, 4)).empty());
      ++looked;
    }
  }
  CHECK(looked > 20);
}

TEST_CASE("the keyboard of the field for everything is closed and opened again") {
  Headless headless(desk);
  Scene scene = fresh(samples::with_queue());
  scene.wish(CounterWish{OpenSearch{true}});
  Frame frame = headless.settle(scene, 8);
  CHECK(frame.tree.find("find.keyboard") == nullptr);
  REQUIRE(headless.tap(scene, "key.hide"));
  frame = headless.settle(scene, 8);
  CHECK(frame.tree.find("key.hide") == nullptr);
  scene.wait(300);
  REQUIRE(headless.tap(scene, "find.keyboard"));
  frame = headless.settle(scene, 8);
  CHECK(frame.tree.find("key.hide") != nullptr);
  CHECK(frame.tree.find("find.keyboard") == nullptr);
}
