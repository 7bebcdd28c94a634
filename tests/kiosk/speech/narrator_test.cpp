// SPDX-License-Identifier: Apache-2.0
// What is said, when, to whom; with a voice that only writes down.
#include <doctest/doctest.h>

#include "kiosk/speech/narrator.hpp"

using namespace vitrine::kiosk;

namespace {

struct WrittenVoice final : Voice {
  std::vector<Utterance> said;
  int stops = 0;
  void say(const Utterance& utterance) override { said.push_back(utterance); }
  void stop() override { ++stops; }
  std::string last() const { return said.empty() ? std::string() : said.back().text; }
};

struct Room {
  WrittenVoice voice;
  Narrator narrator{voice};
  SemanticTree tree;
  Listening listening{.on = true, .headset = true};

  Room() {
    tree.screen = "cart";
    tree.language = "en";
    tree.unavailable = "not available now";
    tree.headphones = "For what is personal, plug in headphones.";
    tree.announcement = "Your cart, Amelia. 9 items, £22.30 to pay.";
    tree.announcement_personal = true;
    add("cart.finish", "I’m finished");
    add("line.1.more", "One more of Lunch bag");
  }
  SemanticNode& add(const std::string& id, const std::string& label) {
    SemanticNode& node = tree.nodes.emplace_back();
    node.id = id;
    node.label = label;
    node.role = Role::button;
    node.interactive = true;
    return node;
  }
  void focus(const std::string& id) {
    for (SemanticNode& node : tree.nodes) node.focused = node.id == id;
  }
  void hear() { narrator.hear(tree, listening); }
};

}  // namespace

TEST_CASE("off it says nothing; switched on it says where the person is and what has the focus, in that language") {
  Room room;
  room.listening.on = false;
  room.focus("cart.finish");
  room.hear();
  CHECK(room.voice.said.empty());
  room.listening.on = true;
  room.hear();
  REQUIRE(room.voice.said.size() == 2);
  CHECK(room.voice.said[0].text == room.tree.announcement);
  CHECK(room.voice.said[1].text == "I’m finished");
  CHECK(room.voice.said[0].language == "en");
  room.hear();
  CHECK(room.voice.said.size() == 2);
  room.tree.language = "de";
  room.hear();
  CHECK(room.voice.said.back().language == "de");
}

TEST_CASE("a control is said when it gets the focus, with its value and when that changes; the next one interrupts it") {
  Room room;
  room.hear();
  room.focus("line.1.more");
  room.tree.nodes[1].value = "2";
  const int stops = room.voice.stops;
  room.hear();
  CHECK(room.voice.last() == "One more of Lunch bag, 2");
  CHECK(room.voice.stops == stops + 1);
  room.tree.nodes[1].value = "3";
  room.hear();
  CHECK(room.voice.last() == "One more of Lunch bag, 3");
  room.tree.nodes[1].enabled = false;
  room.hear();
  CHECK(room.voice.last() == "One more of Lunch bag, 3, not available now");
}

TEST_CASE("what is personal is said to the headset alone, and stops when it is pulled") {
  Room room;
  room.listening.headset = false;
  room.hear();
  for (const Utterance& each : room.voice.said) CHECK(each.text.find("Amelia") == std::string::npos);
  CHECK(room.voice.last() == "For what is personal, plug in headphones.");
  room.tree.nodes[1].personal = true;
  room.focus("line.1.more");
  room.hear();
  CHECK(room.voice.last().find("Lunch") == std::string::npos);
  room.listening.headset = true;
  room.tree.screen = "other";
  room.hear();
  CHECK(room.voice.last() == "One more of Lunch bag");
  const int stops = room.voice.stops;
  room.listening.headset = false;
  room.hear();
  CHECK(room.voice.stops > stops);
}

TEST_CASE("repeat says the last again at the volume that is set; interrupting is silence; forgetting leaves nothing to repeat") {
  Room room;
  room.focus("cart.finish");
  room.hear();
  const std::size_t said = room.voice.said.size();
  room.listening.volume = 80;
  room.hear();
  room.narrator.repeat();
  REQUIRE(room.voice.said.size() == said + 2);
  CHECK(room.voice.said[said].text == room.tree.announcement);
  CHECK(room.voice.said[said].volume == 80);
  const int stops = room.voice.stops;
  room.narrator.interrupt();
  CHECK(room.voice.stops == stops + 1);
  room.narrator.forget();
  room.hear();
  const std::size_t after = room.voice.said.size();
  room.narrator.forget();
  room.narrator.repeat();
  CHECK(room.voice.said.size() == after);
}

TEST_CASE("a banner is said once when it comes, the countdown at twenty, ten and five") {
  Room room;
  room.hear();
  SemanticNode banner;
  banner.id = "banner.offline";
  banner.role = Role::status;
  banner.label = "Our internet is off for now.";
  room.tree.nodes.push_back(banner);
  room.hear();
  CHECK(room.voice.last() == banner.label);
  const std::size_t said = room.voice.said.size();
  room.hear();
  CHECK(room.voice.said.size() == said);
  SemanticNode timer;
  timer.id = "still.seconds";
  timer.role = Role::timer;
  int heard = 0;
  room.tree.screen = "still_there";
  room.tree.announcement_personal = false;
  room.tree.nodes = {timer};
  for (int second = 20; second >= 1; --second) {
    room.tree.nodes[0].label = room.tree.nodes[0].value = std::to_string(second);
    room.tree.announcement = "Are you still there? " + std::to_string(second);
    const std::size_t before = room.voice.said.size();
    room.hear();
    heard += static_cast<int>(room.voice.said.size() - before);
  }
  CHECK(heard == 3);
}
