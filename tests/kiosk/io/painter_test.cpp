// SPDX-License-Identifier: Apache-2.0
// Drawing only what changed gives the same pixels as drawing everything, in a real window on a software rasteriser.
#include "kiosk/io/painter.hpp"

#include <doctest/doctest.h>
#include <imgui.h>

#include <filesystem>
#include <random>

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
    ImGui::GetIO().DisplaySize = {600, 500};
    ImGui::NewFrame();
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
    ImGui::Render();
    const Painted painted = painter->paint(*ImGui::GetDrawData(), 600, 500, clear, whole);
    if (painted.swap) window->swap();
    return painted;
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
    int different = 0;
    int most = 0;
    for (std::size_t i = 0; i < whole.rgb.size(); ++i) {
      different += partly.rgb[i] != whole.rgb[i] ? 1 : 0;
      most = std::max(most, std::abs(int{partly.rgb[i]} - int{whole.rgb[i]}));
    }
    CAPTURE(most);
    REQUIRE(different == 0);
  }
  MESSAGE("drawn: " << 100 * drawn / (rounds * 600 * 500) << " % of the pixels");
  CHECK(drawn < rounds * 600 * 500);
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

TEST_CASE("the boxes cover every changed tile, and join where that is cheap") {
  const unsigned seed = std::random_device{}();
  INFO("seed ", seed);
  std::mt19937 chance(seed);
  constexpr int columns = 34;
  constexpr int rows = 60;
  for (int round = 0; round < 200; ++round) {
    std::vector<bool> changed(columns * rows);
    for (auto n = chance() % 30; n > 0; --n) changed[chance() % changed.size()] = true;
    const auto boxes = boxes_around(changed, columns, rows, 1080, 1920);
    for (int row = 0; row < rows; ++row) {
      for (int column = 0; column < columns; ++column) {
        if (!changed[static_cast<std::size_t>(row * columns + column)]) continue;
        bool covered = false;
        for (const PixelBox& box : boxes) {
          covered = covered || (box.left <= column * 32 && box.top <= row * 32 && box.right >= std::min(column * 32 + 32, 1080) &&
                                box.bottom >= std::min(row * 32 + 32, 1920));
        }
        REQUIRE(covered);
      }
    }
  }
  std::vector<bool> corners(columns * rows);
  corners.front() = corners.back() = true;
  CHECK(boxes_around(corners, columns, rows, 1080, 1920) == std::vector<PixelBox>{{0, 0, 32, 32}, {1056, 1888, 1080, 1920}});
  CHECK(boxes_around(std::vector<bool>(columns * rows, true), columns, rows, 1080, 1920) ==
        std::vector<PixelBox>{{0, 0, 1080, 1920}});
  CHECK(boxes_around(std::vector<bool>(columns * rows), columns, rows, 1080, 1920).empty());
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
