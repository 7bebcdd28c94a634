// SPDX-License-Identifier: Apache-2.0
// Drawing only what changed gives the same pixels as drawing everything, in a real window on a software rasteriser.
#include "kiosk/io/painter.hpp"

#include <doctest/doctest.h>
#include <imgui.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <random>
#include <utility>

#include "kiosk/io/damage.hpp"
#include "kiosk/io/picture_file.hpp"
#include "kiosk/io/statistics.hpp"
#include "kiosk/io/window.hpp"
#include "tests/kiosk/io/wait_until.hpp"
#include "tests/kiosk/io/x_display.hpp"

using namespace vitrine::kiosk;

namespace {

struct Card {
  float x, y, width, height, round;
  ImU32 colour;
  std::string text;
};

struct Stage {
  XDisplay display{800, 700};
  std::unique_ptr<Window> window;
  std::unique_ptr<Painter> painter;

  Stage() {
    auto opened = Window::open({.title = "painter", .full_screen = false, .width = 600, .height = 500});
    REQUIRE_MESSAGE(opened.has_value(), (opened ? "" : opened.error().message));
    window = std::move(*opened);
    ImGui::CreateContext();
    ImGui::GetIO().IniFilename = nullptr;
    auto started = Painter::open();
    REQUIRE_MESSAGE(started.has_value(), (started ? "" : started.error().message));
    painter = std::move(*started);
  }
  ~Stage() {
    painter.reset();
    ImGui::DestroyContext();
  }
  Painted paint(const std::vector<Card>& cards, bool whole = false, Painter::Colour clear = {0.9F, 0.9F, 0.8F}) const {
    begin();
    draw(cards);
    return show(whole, clear);
  }
  static void begin() {
    ImGui::GetIO().DisplaySize = {600, 500};
    ImGui::NewFrame();
  }
  static void draw(const std::vector<Card>& cards) {
    ImDrawList& list = *ImGui::GetBackgroundDrawList();
    for (const Card& card : cards) {
      const ImVec2 from{card.x, card.y};
      const ImVec2 to{card.x + card.width, card.y + card.height};
      list.AddRectFilled(from, to, card.colour, card.round);
      list.PushClipRect(from, to, true);
      list.AddText({card.x + 6, card.y + 6}, IM_COL32(20, 20, 20, 255), card.text.c_str());
      list.PopClipRect();
      list.AddCircle({card.x, card.y}, card.round + 4, IM_COL32(0, 80, 160, 200), 0, 2);
    }
  }
  [[nodiscard]] Painted show(bool whole, Painter::Colour clear, const std::optional<ScrolledList>& scrolled = {}) const {
    ImGui::Render();
    const Painted painted = painter->paint(*ImGui::GetDrawData(), 600, 500, clear, whole, scrolled);
    if (painted.swap) window->swap();
    return painted;
  }
};

// How many bytes of two pictures differ by more than this. The software rasteriser rounds otherwise where a surface fills its
// squares of 64 pixels than where a box cuts them, and where a soft edge stands elsewhere: by one level of 255.
int different(const Picture& a, const Picture& b, int by_more_than) {
  REQUIRE(a.rgb.size() == b.rgb.size());
  int count = 0;
  for (std::size_t i = 0; i < a.rgb.size(); ++i) count += std::abs(int{a.rgb[i]} - int{b.rgb[i]}) > by_more_than ? 1 : 0;
  return count;
}

// A page as a kiosk has it: a heading, a list with cards upon a panel and a shade at its end, and a bar that lies over the list.
struct Page {
  std::vector<Card> cards;
  float scrolled = 0;
  std::string heading = "heading";
  bool bar = false;
  bool told = true;  // that there is a list
  static constexpr float left = 37, top = 61, right = 571, bottom = 447;

  void draw() const {
    ImDrawList& list = *ImGui::GetBackgroundDrawList();
    list.AddRectFilled({0, 0}, {600, 500}, IM_COL32(230, 230, 210, 255));
    list.AddText({20, 20}, IM_COL32(20, 20, 20, 255), heading.c_str());
    list.AddRectFilled({left, top}, {right, bottom}, IM_COL32(250, 250, 250, 255));
    list.PushClipRect({left, top}, {right, bottom}, true);
    std::vector<Card> moved = cards;
    for (Card& card : moved) card.y += top - scrolled;
    Stage::draw(moved);
    list.PopClipRect();
    list.AddRectFilledMultiColor({left, bottom - 24}, {right, bottom}, IM_COL32(250, 250, 250, 0), IM_COL32(250, 250, 250, 0),
                                 IM_COL32(250, 250, 250, 255), IM_COL32(250, 250, 250, 255));
    if (bar) list.AddRectFilled({200, 300}, {400, 340}, IM_COL32(200, 30, 30, 120), 9);
  }
  [[nodiscard]] std::optional<ScrolledList> scrolled_list(int lie = 0) const {
    if (!told) return std::nullopt;
    return ScrolledList{"list", {left, top, right - left, bottom - top}, static_cast<int>(scrolled) + lie};
  }
};

}  // namespace

TEST_CASE("drawing what changed and drawing everything give the same pixels") {
  const Stage stage;
  const unsigned seed = std::random_device{}();
  INFO("seed ", seed);
  std::mt19937 chance(seed);
  const auto up_to = [&](unsigned most) { return static_cast<float>(chance() % (most + 1)); };
  const auto card = [&] {
    return Card{up_to(600) - 40.5F,
                up_to(500) - 40.25F,
                20 + up_to(200),
                20 + up_to(100),
                up_to(20),
                IM_COL32(chance() % 256, chance() % 256, chance() % 256, 100 + chance() % 156),
                "line " + std::to_string(chance() % 100)};
  };
  std::vector<Card> cards;
  for (int i = 0; i < 12; ++i) cards.push_back(card());
  REQUIRE(stage.paint(cards).pixels == 600 * 500);
  std::int64_t drawn = 0;
  constexpr int rounds = 25;
  for (int round = 0; round < rounds; ++round) {
    switch (chance() % 5) {
      case 0:
        cards[chance() % cards.size()].text = "changed " + std::to_string(round);
        break;
      case 1:
        cards[chance() % cards.size()].x += 0.5F;
        break;
      case 2:
        cards[chance() % cards.size()] = card();
        break;
      case 3:
        std::swap(cards.front(), cards.back());
        break;
      default:
        cards[chance() % cards.size()].colour ^= IM_COL32(3, 0, 0, 0);
        break;
    }
    drawn += stage.paint(cards).pixels;
    const Picture partly = stage.painter->read();
    REQUIRE(wait_until([&] { return stage.display.seen(600, 500) == partly.rgb; }, std::chrono::seconds(2)));
    stage.paint(cards, true);
    const Picture whole = stage.painter->read();
    REQUIRE(different(partly, whole, 1) == 0);
  }
  MESSAGE("drawn: " << 100 * drawn / (rounds * 600 * 500) << " % of the pixels");
  CHECK(drawn < rounds * 600 * 500);
}

TEST_CASE("a list that scrolls is moved, and gives the same pixels as drawn whole") {
  const Stage stage;
  const unsigned seed = std::random_device{}();
  INFO("seed ", seed);
  std::mt19937 chance(seed);
  const auto up_to = [&](unsigned most) { return static_cast<float>(chance() % (most + 1)); };
  constexpr Painter::Colour clear{0.9F, 0.9F, 0.8F};
  Page page;
  for (int i = 0; i < 60; ++i) {
    page.cards.push_back({50 + up_to(200), static_cast<float>(i) * 40 + 4, 100 + up_to(200), 30, up_to(12),
                          IM_COL32(chance() % 256, chance() % 256, chance() % 256, 100 + chance() % 156),
                          "line " + std::to_string(chance() % 100)});
  }
  const auto paint = [&](bool whole, int lie = 0) {
    Stage::begin();
    page.draw();
    return stage.show(whole, clear, page.scrolled_list(lie));
  };
  paint(true);
  std::int64_t drawn = 0;
  int only_scrolled = 0;
  for (int round = 0; round < 60; ++round) {
    page.scrolled = std::clamp(page.scrolled + up_to(round % 10 == 9 ? 900 : 80) - 30, -20.0F, 2000.0F);
    const unsigned kind = chance() % 9;
    if (kind == 0) page.heading = "heading " + std::to_string(round);
    if (kind == 1) page.cards[chance() % page.cards.size()].text = "changed " + std::to_string(round);
    if (kind == 2) page.bar = !page.bar;
    const bool had_told = std::exchange(page.told, kind != 8);
    const int lie = kind == 3 ? static_cast<int>(up_to(9)) : 0;
    const std::int64_t pixels = paint(false, lie).pixels;
    if (kind > 3 && kind != 8 && had_told && round % 10 != 9) {
      drawn += pixels;
      ++only_scrolled;
    }
    const Picture partly = stage.painter->read();
    REQUIRE(wait_until([&] { return stage.display.seen(600, 500) == partly.rgb; }, std::chrono::seconds(2)));
    paint(true, lie);
    CAPTURE(round);
    CAPTURE(kind);
    REQUIRE(different(partly, stage.painter->read(), 1) == 0);
  }
  CAPTURE(only_scrolled);
  MESSAGE("drawn: " << 100 * drawn / (only_scrolled * 600 * 500) << " % of the pixels");
  CHECK(drawn < std::int64_t{only_scrolled} * 600 * 500 / 2);
}

TEST_CASE("the same picture is not drawn again; another background is") {
  const Stage stage;
  const std::vector<Card> cards{{10, 10, 100, 50, 8, IM_COL32(200, 30, 30, 255), "one"}};
  CHECK(stage.paint(cards).changed);
  CHECK_FALSE(stage.paint(cards).changed);
  CHECK(stage.paint(cards, false, {0.1F, 0.1F, 0.1F}).pixels == 600 * 500);
  CHECK_FALSE(stage.paint(cards, false, {0.1F, 0.1F, 0.1F}).changed);
  stage.painter->upload_atlas();
  CHECK(stage.paint(cards, false, {0.1F, 0.1F, 0.1F}).pixels == 600 * 500);
  const Picture picture = stage.painter->read();
  const ScratchFolder folder;
  REQUIRE(write_picture(picture, folder.file("a.png")).has_value());
  CHECK(std::filesystem::file_size(folder.file("a.png")) > 500);
  CHECK_FALSE(write_picture(picture, folder.file("no/a.png")).has_value());
  // The corner of the picture has the background's colour, the card its own.
  CHECK(int{picture.rgb[0]} == 26);
  const std::size_t inside = (50 * 600 + 90) * 3;
  CHECK(int{picture.rgb[inside]} == 200);
  CHECK(int{picture.rgb[inside + 1]} == 30);
}

TEST_CASE("boxes that are joined cover what they covered, and join where that is cheap") {
  const unsigned seed = std::random_device{}();
  INFO("seed ", seed);
  std::mt19937 chance(seed);
  for (int round = 0; round < 200; ++round) {
    std::vector<PixelBox> single;
    for (auto n = chance() % 30; n > 0; --n) {
      const int x = static_cast<int>(chance() % 34) * 32;
      const int y = static_cast<int>(chance() % 60) * 32;
      single.push_back({x, y, std::min(x + 32, 1080), y + 32});
    }
    std::vector<PixelBox> boxes = single;
    join_boxes(boxes);
    for (const PixelBox& each : single) {
      REQUIRE(std::ranges::any_of(boxes, [&](const PixelBox& box) { return each.within(box) == each; }));
    }
  }
  std::vector<PixelBox> corners{{0, 0, 32, 32}, {1056, 1888, 1080, 1920}};
  join_boxes(corners);
  CHECK(corners == std::vector<PixelBox>{{0, 0, 32, 32}, {1056, 1888, 1080, 1920}});
  std::vector<PixelBox> neighbours{{0, 0, 32, 32}, {0, 32, 32, 64}, {32, 0, 64, 64}};
  join_boxes(neighbours);
  CHECK(neighbours == std::vector<PixelBox>{{0, 0, 64, 64}});
}

TEST_CASE("percentiles over the last measurements") {
  Measured measured(100);
  CHECK(measured.percentile(0.5) == 0);
  for (int i = 1; i <= 250; ++i) measured.add(i);
  CHECK(measured.count() == 250);
  CHECK(measured.percentile(0.5) == 200);
  CHECK(measured.percentile(0.99) == 249);
  CHECK(measured.percentile(1) == 250);
  CHECK(measured.values().front() == 151);
  CHECK(measured.values().back() == 250);
}
