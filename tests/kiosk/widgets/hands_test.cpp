// SPDX-License-Identifier: Apache-2.0
// Touch and keys against targets, without any drawing.
#include <doctest/doctest.h>

#include "kiosk/widgets/hands.hpp"

using namespace vitrine;
using namespace vitrine::kiosk;

namespace {

struct Panel {
  Hands hands;
  MonoMs now{1000};
  std::vector<HandTarget> targets = {{"a", {100, 100, 200, 80}, {100, 100, 200, 80}},
                                     {"b", {100, 300, 200, 80}, {100, 300, 200, 80}}};
  float content = 0;  // of a list from y 0 to 1000; 0: no list

  Panel() { frame({}); }

  void frame(Input input) {
    hands.take(input, now, 1);
    hands.begin_targets();
    for (HandTarget target : targets) {
      if (content > 0) {
        target.list = "list";
        target.box.y -= hands.scroll_of("list");
        target.whole = target.box;
      }
      hands.offer(target);
    }
    if (content > 0) hands.offer_list({"list", {0, 0, 500, 1000}, content});
    hands.end_targets(now);
    now = now.plus(16);
  }
  void point(PointerEvent::Kind kind, float x, float y) { frame({{{kind, x, y}}, {}}); }
  bool tap(float x, float y, const std::string& id) {
    point(PointerEvent::Kind::down, x, y);
    point(PointerEvent::Kind::up, x, y);
    return hands.acted(id);
  }
  void key(Key key) { frame({{}, {key}}); }
};

using Kind = PointerEvent::Kind;

}  // namespace

TEST_CASE("a target acts on release inside it") {
  Panel panel;
  panel.point(Kind::down, 150, 120);
  CHECK(panel.hands.is_down("a"));
  CHECK_FALSE(panel.hands.acted("a"));
  panel.point(Kind::up, 160, 130);
  CHECK(panel.hands.acted("a"));
  CHECK_FALSE(panel.hands.is_down("a"));
  panel.frame({});
  CHECK_FALSE(panel.hands.acted("a"));
}

TEST_CASE("sliding off cancels, sliding onto another does not press it") {
  Panel panel;
  panel.point(Kind::down, 150, 120);
  panel.point(Kind::move, 150, 320);
  CHECK_FALSE(panel.hands.is_down("a"));
  CHECK_FALSE(panel.hands.is_down("b"));
  panel.point(Kind::up, 150, 320);
  CHECK_FALSE(panel.hands.acted("a"));
  CHECK_FALSE(panel.hands.acted("b"));
}

TEST_CASE("press and release within one frame are not lost") {
  Panel panel;
  panel.frame({{{Kind::down, 150, 120}, {Kind::up, 150, 120}}, {}});
  CHECK(panel.hands.acted("a"));
}

TEST_CASE("a second touch within 250 ms is not taken, on the same control or in the same place") {
  Panel panel;
  CHECK(panel.tap(150, 120, "a"));
  panel.now = panel.now.plus(100);
  CHECK_FALSE(panel.tap(250, 150, "a"));
  panel.now = panel.now.plus(250);
  CHECK(panel.tap(150, 120, "a"));
  panel.targets[0].id = "c";  // another control appeared under the finger
  panel.frame({});
  CHECK_FALSE(panel.tap(155, 122, "c"));
  panel.now = panel.now.plus(300);
  CHECK(panel.tap(155, 122, "c"));
}

TEST_CASE("what was drawn last lies on top, and a disabled target takes the touch but does nothing") {
  Panel panel;
  panel.targets.push_back({"lid", {100, 100, 200, 80}, {100, 100, 200, 80}, "", false});
  panel.frame({});
  CHECK_FALSE(panel.tap(150, 120, "a"));
  CHECK_FALSE(panel.hands.acted("lid"));
  CHECK_FALSE(panel.hands.touched_nothing());
}

TEST_CASE("a touch beside everything is known as such") {
  Panel panel;
  panel.tap(800, 800, "a");
  CHECK(panel.hands.touched_nothing());
}

TEST_CASE("dragging a list scrolls it, glides on, and does not act") {
  Panel panel;
  panel.content = 3000;
  panel.frame({});
  panel.point(Kind::down, 150, 320);
  panel.point(Kind::move, 150, 310);
  CHECK(panel.hands.scroll_of("list") == 0);
  for (float y = 300; y > 200; y -= 20) panel.point(Kind::move, 150, y);
  const float dragged = panel.hands.scroll_of("list");
  CHECK(dragged > 60);
  panel.point(Kind::up, 150, 220);
  CHECK_FALSE(panel.hands.acted("b"));
  panel.frame({});
  panel.frame({});
  CHECK(panel.hands.scroll_of("list") > dragged);
  CHECK(panel.hands.is_scrolling());
  for (int i = 0; i < 300; ++i) panel.frame({});
  CHECK_FALSE(panel.hands.is_scrolling());
  CHECK(panel.hands.scroll_of("list") <= 2000);
}

TEST_CASE("a list that fits does not drag, so a shaky finger still acts") {
  Panel panel;
  panel.content = 600;
  panel.frame({});
  panel.point(Kind::down, 150, 330);
  panel.point(Kind::move, 150, 350);
  panel.point(Kind::up, 150, 350);
  CHECK(panel.hands.acted("b"));
}

TEST_CASE("keys: Tab and arrows move a visible focus, Enter acts, Escape goes where it leads, touch hides the focus") {
  Panel panel;
  panel.targets[1].takes_escape = true;
  panel.frame({});
  CHECK_FALSE(panel.hands.has_focus("a"));
  panel.key(Key::tab);
  CHECK(panel.hands.has_focus("a"));
  panel.key(Key::down);
  CHECK(panel.hands.has_focus("b"));
  panel.key(Key::tab);
  CHECK(panel.hands.has_focus("a"));
  panel.key(Key::back_tab);
  CHECK(panel.hands.has_focus("b"));
  panel.key(Key::up);
  panel.key(Key::enter);
  CHECK(panel.hands.acted("a"));
  panel.now = panel.now.plus(400);
  panel.key(Key::escape);
  CHECK(panel.hands.acted("b"));
  panel.point(Kind::down, 800, 800);
  CHECK_FALSE(panel.hands.has_focus("a"));
}

TEST_CASE("focus scrolls its target into view") {
  Panel panel;
  panel.content = 3000;
  panel.targets[1].box.y = panel.targets[1].whole.y = 2000;
  panel.frame({});
  panel.key(Key::tab);
  panel.key(Key::tab);
  panel.frame({});
  CHECK(panel.hands.has_focus("b"));
  CHECK(panel.hands.scroll_of("list") >= 1080);
}

TEST_CASE("forgetting returns lists to their top") {
  Panel panel;
  panel.content = 3000;
  panel.frame({});
  panel.point(Kind::down, 150, 320);
  panel.point(Kind::move, 150, 100);
  CHECK(panel.hands.scroll_of("list") > 0);
  panel.hands.forget();
  CHECK(panel.hands.scroll_of("list") == 0);
}

TEST_CASE("a key of its own acts from anywhere; Enter only while nothing has the focus") {
  Panel panel;
  panel.targets[0].shortcut = Key::lock;
  panel.targets[1].shortcut = Key::enter;
  panel.frame({});
  panel.key(Key::lock);
  CHECK(panel.hands.acted("a"));
  panel.key(Key::queue);
  CHECK_FALSE(panel.hands.acted("a"));
  panel.now = panel.now.plus(1000);
  panel.key(Key::enter);
  CHECK(panel.hands.acted("b"));
  panel.now = panel.now.plus(1000);
  panel.key(Key::right);  // a has the focus
  panel.key(Key::enter);
  CHECK(panel.hands.acted("a"));
  CHECK_FALSE(panel.hands.acted("b"));
  panel.targets[0].enabled = false;
  panel.frame({});
  panel.now = panel.now.plus(1000);
  panel.key(Key::lock);
  CHECK_FALSE(panel.hands.acted("a"));
}

TEST_CASE("a key acts on the first in sight, on the one after what is chosen, and on the row that has the focus") {
  Panel panel;
  for (HandTarget& each : panel.targets) each.shortcut = alt('g');
  panel.targets.push_back({"c", {100, 500, 200, 80}, {100, 500, 200, 80}});
  panel.targets[2].shortcut = alt('h');
  const auto pressed = [&](Key key) {
    panel.now = panel.now.plus(300);
    panel.frame({{}, {key}});
    for (const char* id : {"a", "b", "c"}) {
      if (panel.hands.acted(id)) return std::string(id);
    }
    return std::string();
  };
  panel.frame({});
  CHECK(pressed(alt('g')) == "a");
  CHECK(panel.hands.by_key());
  CHECK(pressed(alt('h')) == "c");
  CHECK(pressed(alt('x')).empty());
  panel.targets[0].selected = true;
  panel.frame({});
  CHECK(pressed(alt('g')) == "b");
  panel.targets[1].selected = true;
  panel.targets[0].selected = false;
  panel.frame({});
  CHECK(pressed(alt('g')) == "a");  // and round
  panel.targets[1].selected = false;
  panel.content = 2000;
  panel.frame({});
  panel.frame({{}, {Key::tab}});
  panel.frame({{}, {Key::tab}});
  REQUIRE(panel.hands.has_focus("b"));
  CHECK(pressed(alt('g')) == "b");
  panel.targets[1].enabled = false;
  panel.frame({});
  CHECK(pressed(alt('g')) == "a");
}

TEST_CASE("what is to act next acts in the next frame alone, if it is there") {
  Panel panel;
  panel.hands.act_next("b");
  panel.frame({});
  CHECK(panel.hands.acted("b"));
  panel.frame({});
  CHECK_FALSE(panel.hands.acted("b"));
}
