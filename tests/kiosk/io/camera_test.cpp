// SPDX-License-Identifier: Apache-2.0
// Passes in pictures: turned, scaled, noised, through files, each once.
#include "kiosk/io/camera.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

#include "kiosk/io/code_reader.hpp"
#include "tests/kiosk/io/qr_picture.hpp"
#include "tests/kiosk/io/wait_until.hpp"

using namespace vitrine::kiosk;
namespace fs = std::filesystem;

TEST_CASE("a pass is read turned by 7 degrees, scaled and noised") {
  struct Case {
    std::size_t digits;
    double scale;
    double noise;
  };
  for (const Case& one : {Case{250, 5, 0}, Case{250, 3.3, 12}, Case{400, 4.6, 20}, Case{700, 6.1, 12}, Case{700, 4.2, 8}}) {
    for (const double turn : {0.0, 7.0, -7.0, 93.0, 187.0}) {
      CAPTURE(one.digits);
      CAPTURE(one.scale);
      CAPTURE(one.noise);
      CAPTURE(turn);
      const std::string link = pass_link(one.digits, 7);
      const LumaFrame frame = photograph_of(link, {.pixels_per_module = one.scale, .turned_degrees = turn, .noise = one.noise});
      const auto codes = read_codes(frame, Effort::thorough);
      REQUIRE(codes.size() == 1);
      CHECK(codes[0].text == link);
      CHECK(codes[0].symbology == Symbology::qr);
      CHECK(kind_of(codes[0].text) == ScanKind::pass_link);
    }
  }
}

TEST_CASE("a code of 1.4 pixels a module, with noise: every effort finds no less than a quick look") {
  const std::string link = pass_link(250, 9);
  int quick = 0;
  int thorough = 0;
  for (unsigned seed = 1; seed <= 16; ++seed) {
    const LumaFrame frame = photograph_of(
        link, {.pixels_per_module = 1.4, .turned_degrees = 7, .noise = 12, .seed = seed, .width = 320, .height = 240});
    const auto text = [](const std::vector<CodeSeen>& codes) { return codes.empty() ? std::string() : codes[0].text; };
    quick += text(read_codes(frame, Effort::quick)) == link ? 1 : 0;
    thorough += text(read_codes(frame, Effort::thorough)) == link ? 1 : 0;
  }
  MESSAGE("of 16: quick " << quick << ", thorough " << thorough);
  CHECK(thorough >= quick);
  CHECK(thorough >= 8);
}

TEST_CASE("a picture without a code has none, whatever its size") {
  LumaFrame noise{640, 480, std::vector<std::uint8_t>(640 * 480)};
  unsigned state = 5;
  for (auto& pixel : noise.pixels) pixel = static_cast<std::uint8_t>((state = state * 1664525u + 1013904223u) >> 24);
  CHECK(read_codes(noise, Effort::thorough).empty());
  CHECK(read_codes(LumaFrame{1, 1, {0}}, Effort::thorough).empty());
  CHECK(read_codes(LumaFrame{}, Effort::quick).empty());
}

TEST_CASE("pictures in a folder are read once each, in each format, and again when they are written anew") {
  const ScratchFolder folder;
  write_png(photograph_of(pass_link(250, 1), {}), folder.file("old.png"));
  fs::last_write_time(folder.file("old.png"), fs::file_time_type::clock::now() - std::chrono::minutes(5));
  Reported<Scan> seen;
  Camera camera("folder", [&] { return open_picture_folder(folder.file("")); }, [&](Scan scan) { seen.add(std::move(scan)); });
  REQUIRE(wait_until([&] { return camera.present(); }));
  write_png(photograph_of(pass_link(250, 2), {.turned_degrees = 7, .noise = 10}), folder.file("a.png"));
  REQUIRE(wait_until([&] { return seen.count() == 1; }));
  write_pgm(photograph_of(pass_link(300, 3), {}), folder.file("b.PGM"));
  REQUIRE(wait_until([&] { return seen.count() == 2; }));
  write_jpeg(photograph_of(pass_link(350, 4), {}), folder.file("c.jpg"));
  REQUIRE(wait_until([&] { return seen.count() == 3; }));
  std::ofstream(folder.file("d.png")) << "not a picture";
  std::ofstream(folder.file("e.txt")) << "no picture";
  write_png(photograph_of(pass_link(250, 5), {}), folder.file("a.png"));
  REQUIRE(wait_until([&] { return seen.count() == 4; }));
  // Moved into the folder as a whole.
  const ScratchFolder other;
  write_png(photograph_of(pass_link(250, 6), {}), other.file("f.png"));
  fs::rename(other.file("f.png"), folder.file("f.png"));
  REQUIRE(wait_until([&] { return seen.count() == 5; }));
  for (unsigned i = 0; i < 5; ++i) {
    const std::size_t digits[] = {250, 300, 350, 250, 250};
    CHECK(seen.all()[i].text == pass_link(digits[i], i + 2));
    CHECK(seen.all()[i].source == ScanSource::camera);
  }
  CHECK(camera.pictures() == 5);
}

TEST_CASE("a folder that comes later, goes and comes back is watched again") {
  const ScratchFolder parent;
  Reported<Scan> seen;
  Camera camera("folder", [&] { return open_picture_folder(parent.file("cam")); }, [&](Scan scan) { seen.add(std::move(scan)); });
  for (unsigned round = 1; round <= 2; ++round) {
    fs::create_directory(parent.file("cam"));
    REQUIRE(wait_until([&] { return camera.present(); }));
    write_png(photograph_of(pass_link(250, round), {}), parent.file("cam") + "/a.png");
    REQUIRE(wait_until([&] { return seen.count() == round; }));
    fs::remove_all(parent.file("cam"));
    REQUIRE(wait_until([&] { return !camera.present(); }));
  }
}

TEST_CASE("pictures that would be too large are refused before they are decoded") {
  const ScratchFolder folder;
  std::ofstream(folder.file("bomb.pgm"), std::ios::binary) << "P5\n6000 6000\n255\n";
  const auto picture = read_picture(folder.file("bomb.pgm"));
  REQUIRE_FALSE(picture.has_value());
  CHECK(picture.error().code == "picture_too_large");
  write_pgm(photograph_of(pass_link(250), {}), folder.file("cut.pgm"));
  fs::resize_file(folder.file("cut.pgm"), 5000);
  CHECK_FALSE(read_picture(folder.file("cut.pgm")).has_value());
}

TEST_CASE("noise is no change of the scene, a phone is") {
  const std::string link = pass_link(250);
  const LumaFrame a = photograph_of(link, {.pixels_per_module = 0.01, .noise = 4, .seed = 1});
  const LumaFrame b = photograph_of(link, {.pixels_per_module = 0.01, .noise = 4, .seed = 2});
  const LumaFrame phone = photograph_of(link, {.pixels_per_module = 3, .noise = 4, .seed = 3});
  CHECK_FALSE(pictures_differ(a, b));
  CHECK(pictures_differ(a, phone));
  CHECK(pictures_differ(a, LumaFrame{}));
}

TEST_CASE("a live camera: a code held before it is seen, between pictures without one, until it goes") {
  // Stands for the device: gives a picture each 20 ms, of which those from 10 to 20 show a pass.
  struct Live final : FrameSource {
    int given = 0;
    const LumaFrame empty = photograph_of(pass_link(250), {.pixels_per_module = 0.01, .noise = 4});
    const LumaFrame pass = photograph_of(pass_link(250), {.turned_degrees = 7, .noise = 8});
    vitrine::Result<bool> next(LumaFrame& into, int) override {
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
      if (given >= 40) return vitrine::fail("camera_missing", "gone");
      into = given >= 10 && given < 20 ? pass : empty;
      ++given;
      return true;
    }
    [[nodiscard]] bool single_pictures() const override { return false; }
  };
  Reported<Scan> seen;
  int opened = 0;
  {
    Camera camera(
        "live",
        [&]() -> vitrine::Result<std::unique_ptr<FrameSource>> {
          if (++opened > 1) return vitrine::fail("camera_missing", "gone");
          return std::make_unique<Live>();
        },
        [&](Scan scan) { seen.add(std::move(scan)); });
    REQUIRE(wait_until([&] { return camera.pictures() == 40; }));
    REQUIRE(wait_until([&] { return !camera.present(); }));
  }
  REQUIRE(seen.count() >= 1);
  CHECK(seen.count() <= 10);
  for (const Scan& scan : seen.all()) CHECK(scan.text == pass_link(250));
}
