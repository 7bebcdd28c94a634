// SPDX-License-Identifier: Apache-2.0
// The design's contrast figures, and themes that must be refused.
#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>

#include "kiosk/theme/theme.hpp"

using namespace vitrine;
using namespace vitrine::kiosk;

namespace {

std::string theme_file(const std::string& text) {
  const std::string path = (std::filesystem::temp_directory_path() / "vitrine_theme_test.toml").string();
  std::ofstream(path) << text;
  return path;
}

}  // namespace

TEST_CASE("contrast is what the design's table says") {
  const Colour white = Colour::hex(0xFFFFFF);
  CHECK(contrast(Colour::hex(0x10262A), white) == doctest::Approx(15.76).epsilon(0.001));
  CHECK(contrast(Colour::hex(0x0B5754), white) == doctest::Approx(8.38).epsilon(0.001));
  CHECK(contrast(Colour::hex(0x6E8185), white) == doctest::Approx(4.08).epsilon(0.001));
  CHECK(contrast(white, Colour::hex(0x0A3F3E)) == doctest::Approx(11.71).epsilon(0.001));
}

TEST_CASE("the built-in theme and the example file pass and are the same") {
  const auto built_in = make_theme({});
  REQUIRE(built_in);
  const auto example = read_theme("config/examples/theme.toml");
  REQUIRE_MESSAGE(example, example.error().message);
  CHECK(example->theme.primary == built_in->primary);
  CHECK(example->theme.tiles == built_in->tiles);
  CHECK(to_text(example->theme.primary) == "#0B5754");
  CHECK(example->files == ThemeFiles{});
}

TEST_CASE("derived colours are near the design's own") {
  const auto theme = make_theme({});
  REQUIRE(theme);
  const auto near = [](Colour one, Colour other) {
    return std::abs(one.r - other.r) <= 4 && std::abs(one.g - other.g) <= 4 && std::abs(one.b - other.b) <= 4;
  };
  CHECK(near(theme->primary_press, Colour::hex(0x083E3C)));
  CHECK(near(theme->primary_tint, Colour::hex(0xDDEDEB)));
  CHECK(near(theme->night_light, Colour::hex(0x0E5553)));
  CHECK(near(theme->promo_tint, Colour::hex(0xF8E6F0)));
}

TEST_CASE("a pale main colour is refused, with the pair and by how much") {
  const auto theme = read_theme(theme_file("[colour]\nprimary = \"#4FB3A5\"\n"));
  REQUIRE_FALSE(theme);
  CHECK(theme.error().code == "theme_refused");
  CHECK(theme.error().message.find("primary on white: #4FB3A5 on #FFFFFF has contrast 2.52, needs 4.50, short by 1.98") !=
        std::string::npos);
}

TEST_CASE("a promotion that looks like a warning, a dark background and a dark tile are refused") {
  CHECK_FALSE(read_theme(theme_file("[colour]\npromo = \"#AE231B\"\n")));
  const auto dark = read_theme(theme_file("[colour]\nbg = \"#CDD5D3\"\n"));
  CHECK_FALSE(dark);
  CHECK_FALSE(read_theme(
      theme_file("[colour]\ntiles = [\"#402020\", \"#FCEFCB\", \"#DDF0E4\", \"#DCECF7\", \"#EAE3F6\", \"#F0E7DA\"]\n")));
}

TEST_CASE("a colour that is none, five tiles and an unknown key are named") {
  for (const char* text :
       {"[colour]\nprimary = \"teal\"\n", "[colour]\ntiles = [\"#FCEFCB\"]\n", "[colour]\nprimry = \"#0B5754\"\n",
        "[shape]\ncorner_scale = 3.0\n", "[type]\ntext = \"a.otf\"\n", "[attract]\nslides = \"spring.png\"\n",
        "[attract]\nslides = [\"\"]\n", "[attract]\nslides = [\"1\", \"2\", \"3\", \"4\", \"5\", \"6\", \"7\"]\n",
        "[sounds]\ntouch = \"on\"\n"}) {
    CAPTURE(text);
    const auto theme = read_theme(theme_file(text));
    REQUIRE_FALSE(theme);
    CHECK(theme.error().code == "config_invalid");
  }
}

TEST_CASE("high contrast: every text has 7 on what it stands on, every outline 3, and no tint is left") {
  const Theme t = high_contrast_theme(1);
  REQUIRE(check_contrast(t));
  for (const Colour text : {t.ink, t.ink_2, t.ink_3, t.primary, t.promo, t.ok, t.warn, t.bad, t.info}) {
    CHECK(contrast(text, t.bg) >= 7);
    CHECK(contrast(text, t.surface) >= 7);
  }
  CHECK(contrast(t.on_primary, t.primary) >= 7);
  CHECK(contrast(t.on_primary, t.primary_press) >= 7);
  CHECK(contrast(t.on_dark, t.toast) >= 7);
  CHECK(contrast(t.line_strong, t.bg) >= 3);
  CHECK(contrast(t.focus, t.bg) >= 3);
  CHECK(contrast(t.code_ink, Colour::hex(0xFFFFFF)) >= 7);  // a code stays dark on white
  CHECK(t.card_line >= 3);
}

TEST_CASE("files of a theme stand beside it; display is as strong unless said otherwise") {
  const std::string path = theme_file(
      "[brand]\nlogo = \"logo.png\"\n[type]\ntext = \"r.otf\"\nstrong = \"s.otf\"\n[attract]\nslides = [\"a.png\", \"/b.png\"]\n"
      "[sounds]\ntouch = true\nscan = false\nscan_file = \"x.wav\"\n");
  const auto theme = read_theme(path);
  REQUIRE_MESSAGE(theme, theme.error().message);
  const std::string folder = std::filesystem::path(path).parent_path().string();
  CHECK(theme->files.logo == folder + "/logo.png");
  CHECK(theme->files.logo_on_dark.empty());
  CHECK(theme->files.display == folder + "/s.otf");
  CHECK(theme->files.slides == std::vector<std::string>{folder + "/a.png", "/b.png"});
  CHECK(theme->files.scan_sound == folder + "/x.wav");
  CHECK(theme->files.touch_sounds);
  CHECK_FALSE(theme->files.scan_sounds);
}

TEST_CASE("the chain's colours lie below the kiosk's own; what is not known of them is left out") {
  const auto chain = choice_of_chain({{"primary", "#1C5285"}, {"night", "#102030"}, {"a later one", "blue"}});
  REQUIRE(chain);
  const auto theme = read_theme(theme_file("[colour]\nnight = \"#0A3F3E\"\n"), *chain);
  REQUIRE_MESSAGE(theme, theme.error().message);
  CHECK(to_text(theme->theme.primary) == "#1C5285");
  CHECK(to_text(theme->theme.night) == "#0A3F3E");
  CHECK_FALSE(choice_of_chain({{"primary", "teal"}}));
  CHECK_FALSE(read_theme(theme_file(""), *choice_of_chain({{"primary", "#4FB3A5"}})));
}

// Whatever stands in the file: a theme that passes every check, or a reason.
TEST_CASE("hostile bytes in place of a theme are refused or make a theme that can be read") {
  std::ifstream in("config/examples/theme.toml");
  const std::string good{std::istreambuf_iterator<char>(in), {}};
  std::mt19937 chance(20'261'130);
  const auto any = [&](std::size_t below) { return std::uniform_int_distribution<std::size_t>(0, below - 1)(chance); };
  int refused = 0;
  for (int round = 0; round < 1'000; ++round) {
    std::string text = good;
    for (std::size_t changes = 1 + any(8); changes > 0; --changes) {
      switch (any(4)) {
        case 0:
          text[any(text.size())] = static_cast<char>(any(256));
          break;
        case 1:
          text.erase(any(text.size()), any(40));
          break;
        case 2:
          text.insert(any(text.size()), std::string(any(200), "[{\"=#\n\xFF\0"[any(8)]));
          break;
        default:
          text.insert(any(text.size()), good.substr(any(good.size()), any(80)));
      }
      if (text.empty()) text = "=";
    }
    const auto theme = read_theme(theme_file(text));
    if (theme) CHECK(check_contrast(theme->theme));
    refused += theme ? 0 : 1;
    if (!theme) CHECK_FALSE(theme.error().message.empty());
  }
  CHECK(refused > 300);
  CHECK_FALSE(read_theme(theme_file(std::string(100'000, '#'))));
  CHECK_FALSE(read_theme("/dev/zero"));
  CHECK_FALSE(read_theme("/tmp"));
}
