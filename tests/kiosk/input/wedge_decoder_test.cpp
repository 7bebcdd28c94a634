// SPDX-License-Identifier: Apache-2.0
// A typing scanner never leaks into the text path, and a person is never taken for a scanner.
#include "kiosk/input/wedge_decoder.hpp"

#include <doctest/doctest.h>

#include <random>

using namespace vitrine;
using namespace vitrine::kiosk;

namespace {

// Plays presses at their times as the window does: silence is noticed at each deadline that lies before the next press.
struct Desk {
  WedgeDecoder decoder;
  MonoMs now{1000};
  std::u32string typed;
  std::vector<WedgeKey> keys;
  std::vector<Scan> scans;
  int too_long = 0;

  void take(const std::vector<Heard>& heard) {
    for (const Heard& one : heard) {
      if (const auto* key = std::get_if<Typed>(&one)) {
        if (key->key == WedgeKey::character)
          typed.push_back(key->character);
        else
          keys.push_back(key->key);
      } else if (const auto* scan = std::get_if<Scan>(&one)) {
        scans.push_back(*scan);
      } else {
        ++too_long;
      }
    }
  }
  void wait(std::int64_t ms) {
    now = now.plus(ms);
    if (decoder.deadline() && decoder.deadline()->value <= now.value) take(decoder.passed(*decoder.deadline()));
  }
  void press(char32_t c) { take(decoder.character(c, now)); }
  void press(WedgeKey key) { take(decoder.key(key, now)); }
  void type(std::string_view text, std::int64_t gap) {
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (i > 0) wait(gap);
      press(static_cast<char32_t>(text[i]));
    }
  }
};

}  // namespace

TEST_CASE("a scanner that ends in Enter gives one scan and no key") {
  Desk desk;
  desk.type("4006381333931", 0);
  CHECK(desk.scans.empty());
  desk.press(WedgeKey::enter);
  REQUIRE(desk.scans.size() == 1);
  CHECK(desk.scans[0].text == "4006381333931");
  CHECK(desk.scans[0].source == ScanSource::wedge);
  CHECK(desk.scans[0].at == MonoMs{1000});
  CHECK(desk.typed.empty());
  CHECK(desk.keys.empty());
}

TEST_CASE("a scanner without a suffix is decided by silence, and its late Enter is swallowed") {
  Desk desk;
  desk.type("4006381333931", 2);
  CHECK(desk.decoder.deadline() == desk.now.plus(180));
  desk.wait(179);
  CHECK(desk.scans.empty());
  desk.wait(1);
  REQUIRE(desk.scans.size() == 1);
  desk.wait(100);
  desk.press(WedgeKey::enter);
  CHECK(desk.keys.empty());
  desk.wait(100);
  desk.press(WedgeKey::enter);
  CHECK(desk.keys == std::vector<WedgeKey>{WedgeKey::enter});
}

TEST_CASE("a person's letter is held back for 60 ms") {
  Desk desk;
  desk.press(U'a');
  CHECK(desk.decoder.deadline() == desk.now.plus(60));
  desk.wait(59);
  CHECK(desk.typed.empty());
  desk.wait(1);
  CHECK(desk.typed == U"a");
}

TEST_CASE("a long code that a busy machine holds up is one code") {
  Desk desk;
  desk.type("https://x/k#", 1);
  desk.wait(150);
  desk.type(std::string(300, '4'), 1);
  desk.press(WedgeKey::enter);
  REQUIRE(desk.scans.size() == 1);
  CHECK(desk.scans[0].text == "https://x/k#" + std::string(300, '4'));
  CHECK(desk.typed.empty());
}

TEST_CASE("short or slow runs are typing, and arrive in order with their keys") {
  Desk desk;
  desk.type("12345", 0);
  desk.press(WedgeKey::enter);
  CHECK(desk.scans.empty());
  CHECK(desk.typed == U"12345");
  CHECK(desk.keys == std::vector<WedgeKey>{WedgeKey::enter});
  desk.type("lantern", 35);
  desk.press(WedgeKey::tab);
  CHECK(desk.typed == U"12345lantern");
  CHECK(desk.keys == std::vector<WedgeKey>{WedgeKey::enter, WedgeKey::tab});
  desk.type("abcdef", 34);
  desk.press(WedgeKey::enter);
  REQUIRE(desk.scans.size() == 1);
  CHECK(desk.scans[0].text == "abcdef");
}

TEST_CASE("another key ends a burst and goes through behind it") {
  Desk desk;
  desk.type("4006381333931", 0);
  desk.press(WedgeKey::escape);
  CHECK(desk.scans.size() == 1);
  CHECK(desk.keys == std::vector<WedgeKey>{WedgeKey::escape});
}

TEST_CASE("beyond 4096 characters a burst is neither text nor a scan") {
  Desk desk;
  desk.type(std::string(scan_length_max, '1'), 0);
  desk.press(WedgeKey::enter);
  CHECK(desk.scans.size() == 1);
  desk.wait(1000);
  desk.type(std::string(scan_length_max + 1, '1'), 0);
  desk.press(WedgeKey::enter);
  CHECK(desk.scans.size() == 1);
  CHECK(desk.too_long == 1);
  CHECK(desk.typed.empty());
  CHECK(desk.keys.empty());
}

TEST_CASE("a scanner that ends its codes is waited for longer, until one comes without an end") {
  Desk desk;
  desk.type("4006381333931", 1);
  desk.press(WedgeKey::enter);
  desk.type(std::string(30, '5'), 1);
  desk.wait(590);
  desk.type(std::string(30, '6'), 1);
  CHECK(desk.scans.size() == 1);
  desk.press(WedgeKey::enter);
  REQUIRE(desk.scans.size() == 2);
  CHECK(desk.scans[1].text == std::string(30, '5') + std::string(30, '6'));
  desk.type(std::string(40, '7'), 1);
  CHECK(desk.decoder.deadline() == desk.now.plus(600));
  desk.wait(600);
  CHECK(desk.scans.size() == 3);
  desk.type("4006381333931", 1);
  CHECK(desk.decoder.deadline() == desk.now.plus(180));
}

TEST_CASE("a burst that arrives in heaps between slow frames is one code") {
  WedgeDecoder decoder;
  const std::string code = "https://x/k#" + std::string(300, '4');
  std::vector<Heard> heard;
  // 50 characters wait each time a frame of 250 ms is through.
  MonoMs earliest{1000};
  for (std::size_t i = 0; i < code.size(); ++i) {
    if (i % 50 == 0 && i > 0) earliest = earliest.plus(250);
    for (Heard& one : decoder.character(static_cast<char32_t>(code[i]), earliest, earliest.plus(250)))
      heard.push_back(std::move(one));
  }
  for (Heard& one : decoder.key(WedgeKey::enter, earliest.plus(250))) heard.push_back(std::move(one));
  REQUIRE(heard.size() == 1);
  REQUIRE(std::holds_alternative<Scan>(heard[0]));
  CHECK(std::get<Scan>(heard[0]).text == code);
}

TEST_CASE("with a prefix set, a burst without it is typing") {
  Desk desk;
  desk.decoder = WedgeDecoder(WedgeRules{.prefix = "~"});
  desk.type("4006381333931", 0);
  desk.press(WedgeKey::enter);
  CHECK(desk.scans.empty());
  CHECK(desk.typed == U"4006381333931");
  desk.type("~4006381333931", 0);
  desk.press(WedgeKey::enter);
  REQUIRE(desk.scans.size() == 1);
  CHECK(desk.scans[0].text == "4006381333931");
}

TEST_CASE("letters beyond ASCII reach the text path whole") {
  Desk desk;
  desk.press(U'ä');
  desk.wait(60);
  CHECK(desk.typed == U"ä");
}

TEST_CASE("nothing is held back after a wipe") {
  Desk desk;
  desk.type("https://x/k#123", 0);
  desk.decoder.wipe();
  CHECK_FALSE(desk.decoder.deadline());
  desk.wait(1000);
  CHECK(desk.typed.empty());
  CHECK(desk.scans.empty());
}

TEST_CASE("random bursts and random people, mixed") {
  const unsigned seed = std::random_device{}();
  INFO("seed ", seed);
  std::mt19937 chance(seed);
  const auto up_to = [&](unsigned most) { return static_cast<std::int64_t>(chance() % (most + 1)); };
  for (int round = 0; round < 300; ++round) {
    Desk desk;
    std::u32string typed;
    std::vector<std::string> scanned;
    std::size_t keys = 0;
    for (int part = 0; part < 12; ++part) {
      desk.wait(1200 + up_to(500));
      if (chance() % 2) {
        // A scanner: any gaps up to 59 ms, as long as their mean is below 35 ms.
        std::string code(6 + chance() % 60, ' ');
        for (char& c : code) c = static_cast<char>(0x21 + chance() % 0x5E);
        if (code[0] == ']') code[0] = '[';
        std::int64_t left = 35 * static_cast<std::int64_t>(code.size() - 1) - 1;
        for (std::size_t i = 0; i < code.size(); ++i) {
          if (i > 0) {
            const std::int64_t gap = std::min<std::int64_t>(up_to(59), left);
            left -= gap;
            desk.wait(gap);
          }
          desk.press(static_cast<char32_t>(code[i]));
        }
        if (chance() % 2) desk.press(chance() % 2 ? WedgeKey::enter : WedgeKey::tab);
        scanned.push_back(code);
      } else {
        // A person: no gap below 36 ms, most of them longer than the silence that decides.
        for (auto n = 1 + chance() % 20; n > 0; --n) {
          const auto c = static_cast<char32_t>(U'a' + chance() % 26);
          desk.press(c);
          typed.push_back(c);
          desk.wait(36 + up_to(200));
        }
        if (chance() % 3 == 0) {
          desk.press(WedgeKey::enter);
          ++keys;
        }
      }
    }
    desk.wait(1000);
    REQUIRE(desk.typed == typed);
    REQUIRE(desk.keys.size() == keys);
    REQUIRE(desk.scans.size() == scanned.size());
    for (std::size_t i = 0; i < scanned.size(); ++i) REQUIRE(desk.scans[i].text == scanned[i]);
  }
}
