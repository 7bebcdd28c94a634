// SPDX-License-Identifier: Apache-2.0
// The socket shows what was drawn to its own user, and takes nothing but questions.
#include "kiosk/io/automation.hpp"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <random>

#include "tests/kiosk/hostile.hpp"
#include "tests/kiosk/io/looker.hpp"
#include "tests/kiosk/io/wait_until.hpp"

using namespace vitrine::kiosk;
using nlohmann::json;

TEST_CASE("tree, statistics and pictures are given out; everything else is refused") {
  const ScratchFolder folder;
  std::atomic<int> woken = 0;
  auto opened = Automation::open(folder.file("look.sock"), [&] { ++woken; });
  REQUIRE(opened.has_value());
  Automation& automation = **opened;
  struct stat about{};
  REQUIRE(stat(folder.file("look.sock").c_str(), &about) == 0);
  CHECK((about.st_mode & 0777) == 0600);

  SemanticTree tree;
  tree.screen = "welcome";
  tree.nodes.push_back({.id = "welcome.start",
                        .role = Role::button,
                        .label = "Start \"here\"",
                        .value = {},
                        .spoken = {},
                        .rect = {1, 2, 3, 4},
                        .interactive = true});
  Statistics statistics;
  statistics.frames = 7;
  statistics.shown.add(3.5);
  automation.show(7, tree, statistics);

  Looker looker(folder.file("look.sock"));
  const json seen = json::parse(looker.ask(R"({"ask":"tree"})"))["tree"];
  CHECK(seen["screen"] == "welcome");
  CHECK(seen["frame"] == 7);
  CHECK(seen["nodes"][0]["label"] == "Start \"here\"");
  CHECK(seen["nodes"][0]["rect"] == json{1.0, 2.0, 3.0, 4.0});
  const json counted = json::parse(looker.ask(R"({"ask":"statistics"})"))["statistics"];
  CHECK(counted["frames"] == 7);
  CHECK(counted["shown_ms"]["p50"] == 3.5);
  CHECK(counted["memory_bytes"]["now"] > 1'000'000);

  std::thread window([&] {
    REQUIRE(wait_until([&] { return automation.wants_picture(); }));
    automation.give_picture({2, 1, {255, 0, 0, 0, 0, 255}});
  });
  const json picture = json::parse(looker.ask(json{{"ask", "picture"}, {"file", folder.file("shot.png")}}.dump()));
  window.join();
  CHECK(picture["picture"] == folder.file("shot.png"));
  CHECK(std::filesystem::file_size(folder.file("shot.png")) > 50);
  CHECK(woken == 1);

  for (const char* line :
       {"", "[]", "{}", "not json", R"({"ask":5})", R"({"ask":"click","x":1,"y":2})", R"({"ask":"picture"})"}) {
    CHECK(json::parse(looker.ask(line)).contains("error"));
  }
  const unsigned seed = std::random_device{}();
  INFO("seed ", seed);
  std::mt19937 chance(seed);
  for (int round = 0; round < 500; ++round) {
    std::string line = hostile(R"({"ask":"statistics","file":"/dev/null"})", chance);
    std::ranges::replace(line, '\n', ' ');
    Looker one(folder.file("look.sock"));
    const std::string answer = one.ask(line);
    if (!answer.empty()) REQUIRE((json::parse(answer).contains("error") || json::parse(answer).contains("statistics")));
  }
  Looker flood(folder.file("look.sock"));
  CHECK(flood.ask(std::string(100'000, 'x')).empty());
  CHECK(json::parse(looker.ask(R"({"ask":"tree"})")).contains("tree"));
  opened->reset();
  CHECK_FALSE(std::filesystem::exists(folder.file("look.sock")));
}

TEST_CASE("a place where no socket can be is said") {
  CHECK_FALSE(Automation::open("/nowhere/at/all.sock", [] {}).has_value());
  CHECK_FALSE(Automation::open("/tmp/" + std::string(200, 'x'), [] {}).has_value());
}
