// SPDX-License-Identifier: Apache-2.0
// Five keys do everything: next, back, up, down, OK. Every control of every screen is reached, none holds the focus, and the
// order is that of reading.
#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "tests/kiosk/screens/headless.hpp"

using namespace vitrine::kiosk;
using samples::Scene;

namespace {

constexpr Panel portrait{1080, 1920, 336};

const SemanticNode* focused(const SemanticTree& tree) {
  const auto found = std::find_if(tree.nodes.begin(), tree.nodes.end(), [](const SemanticNode& node) { return node.focused; });
  return found == tree.nodes.end() ? nullptr : &*found;
}

std::vector<std::string> controls(const SemanticTree& tree) {
  std::vector<std::string> ids;
  for (const SemanticNode& node : tree.nodes) {
    if (node.interactive && node.enabled) ids.push_back(node.id);
  }
  return ids;
}

// The frame after the key, whose tree has what the key did.
Frame press(Headless& headless, Scene& scene, Key key) {
  const Frame at = headless.frame(scene.model, {{}, {key}});
  if (at.person_active) scene.event(PersonDid{});
  for (const Intent& intent : at.intents) scene.wish(intent);
  scene.wait(300);
  return headless.settle(scene, 8);
}

// Next, until the control has the focus; then OK.
Frame choose(Headless& headless, Scene& scene, const std::string& id) {
  Frame frame = headless.settle(scene, 8);
  for (std::size_t i = 0; i < frame.tree.nodes.size() + 2; ++i) {
    frame = press(headless, scene, Key::right);
    const SemanticNode* node = focused(frame.tree);
    if (node != nullptr && node->id == id) return press(headless, scene, Key::enter);
  }
  FAIL("never reached ", id);
  return frame;
}

}  // namespace

TEST_CASE("on every screen next goes through all controls in the order of reading and comes round; back goes the other way") {
  Headless headless(portrait);
  std::uint64_t visit = 700;
  for (const samples::Named& named : samples::all()) {
    for (const bool eased : {false, true}) {
      CAPTURE(named.name);
      Scene scene = named.make();
      scene.model.visit.number = ++visit;
      if (eased) scene.model.visit.ease = {.text = TextSize::largest, .high_contrast = true, .reach = true};
      scene.model.visit.removed.reset();  // they go away by themselves
      scene.model.visit.added.reset();
      Frame frame = headless.settle(scene, 12);
      const std::vector<std::string> all = controls(frame.tree);
      if (all.empty()) continue;  // starting, resting
      std::vector<std::string> visited;
      for (std::size_t i = 0; i < all.size(); ++i) {
        frame = headless.frame(scene.model, {{}, {Key::right}});
        frame = headless.frame(scene.model);
        REQUIRE(focused(frame.tree) != nullptr);
        visited.push_back(focused(frame.tree)->id);
        // What has the focus is on the screen.
        CHECK(focused(frame.tree)->visible);
      }
      // A list's keys are enabled as it moves: those that are always there come in their order, from the first or the main one
      // on.
      const auto begin = std::find(all.begin(), all.end(), visited.front());
      REQUIRE(begin != all.end());
      std::vector<std::string> expected = all;
      std::rotate(expected.begin(), expected.begin() + (begin - all.begin()), expected.end());
      const auto moves = [](const std::string& id) { return id.ends_with(".up") || id.ends_with(".down"); };
      std::erase_if(expected, moves);
      std::erase_if(visited, moves);
      const std::size_t shared = std::min(expected.size(), visited.size());
      for (std::size_t i = 0; i < shared; ++i) CHECK(visited[i] == expected[i]);
      CHECK(visited.size() + 2 >= expected.size());
      const std::string here = focused(frame.tree)->id;
      headless.frame(scene.model, {{}, {Key::right}});
      headless.frame(scene.model, {{}, {Key::left}});
      CHECK(focused(headless.frame(scene.model).tree)->id == here);
      // Up and down always lead somewhere, and by them too the focus is never lost.
      std::set<std::string> seen;
      for (int i = 0; i < 12; ++i) {
        headless.frame(scene.model, {{}, {i < 6 ? Key::down : Key::up}});
        frame = headless.frame(scene.model);
        REQUIRE(focused(frame.tree) != nullptr);
        seen.insert(focused(frame.tree)->id);
      }
      if (all.size() > 2) CHECK(seen.size() > 1);
    }
  }
}

TEST_CASE("a visit by five keys: a code, a cart changed, its language, what makes it easier, the end") {
  Headless headless(portrait);
  Scene scene = samples::welcome();
  CHECK(choose(headless, scene, "scan.start").tree.screen == "scan");
  scene.event(ScanSeen{"https://vitrine.example/k#1"});
  scene.event(CartArrived{{scene.model.visit.number, scene.model.visit.opening_number}, samples::cart()});
  CHECK(headless.settle(scene, 8).tree.screen == "cart");
  choose(headless, scene, "line.20725.more");
  REQUIRE(scene.model.visit.pending.size() == 1);
  CHECK(scene.model.visit.pending.front().delta == 1);
  CHECK(choose(headless, scene, "language").tree.screen == "languages");
  CHECK(choose(headless, scene, "language.pl").tree.language == "pl");
  CHECK(choose(headless, scene, "ease").tree.screen == "ease");
  choose(headless, scene, "ease.contrast");
  choose(headless, scene, "ease.text.largest");
  CHECK(scene.model.visit.ease.high_contrast);
  CHECK(scene.model.visit.ease.text == TextSize::largest);
  CHECK(choose(headless, scene, "ease.done").tree.screen == "cart");
  scene.wait(idle_cart_ms);
  CHECK(headless.settle(scene, 8).tree.screen == "still_there");
  CHECK(choose(headless, scene, "still.here").tree.screen == "cart");
  CHECK(choose(headless, scene, "start_over").tree.screen == "welcome");
  CHECK_FALSE(scene.model.visit.cart);
  CHECK(scene.model.visit.ease == Ease{});
}
