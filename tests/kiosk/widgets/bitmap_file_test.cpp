// SPDX-License-Identifier: Apache-2.0
// A retailer's pictures and fonts, whole, too large, broken and hostile.
#include <doctest/doctest.h>
#include <stb_image_write.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <tuple>

#include "kiosk/widgets/bitmap_file.hpp"
#include "kiosk/widgets/letters.hpp"
#include "tests/kiosk/hostile.hpp"

using namespace vitrine::kiosk;

namespace {

std::string scratch(const std::string& name) {
  return (std::filesystem::temp_directory_path() / ("vitrine_bitmap_" + name)).string();
}

std::string read_all(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void write_all(const std::string& file, const std::string& bytes) { std::ofstream(file, std::ios::binary) << bytes; }

// Left half red, right half green and half transparent.
std::string png(int width, int height) {
  std::vector<std::uint8_t> pixels;
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      const bool left = x < width / 2;
      pixels.insert(pixels.end(), {static_cast<std::uint8_t>(left ? 255 : 0), static_cast<std::uint8_t>(left ? 0 : 255), 0,
                                   static_cast<std::uint8_t>(left ? 255 : 128)});
    }
  }
  const std::string file = scratch("made.png");
  REQUIRE(stbi_write_png(file.c_str(), width, height, 4, pixels.data(), width * 4) != 0);
  return file;
}

constexpr const char* inter = "/usr/share/fonts/opentype/inter";

}  // namespace

TEST_CASE("a PNG is read as it is, and shrunk so that each pixel is the mean of those it stands for") {
  const auto bitmap = read_bitmap(png(64, 16), 64, 16);
  REQUIRE_MESSAGE(bitmap, bitmap.error().message);
  CHECK(bitmap->width == 64);
  CHECK(bitmap->height == 16);
  const auto pixel = [](const Bitmap& of, int x, int y, int channel) {
    return static_cast<int>(of.rgba.at(static_cast<std::size_t>((y * of.width + x) * 4 + channel)));
  };
  CHECK(pixel(*bitmap, 0, 0, 0) == 255);
  CHECK(pixel(*bitmap, 63, 15, 3) == 128);
  const Bitmap small = shrunk_to_fit(*bitmap, 3, 100);
  CHECK(small.width == 3);
  CHECK(small.height == 0 + 1);
  CHECK(pixel(small, 0, 0, 0) == 255);
  CHECK(pixel(small, 2, 0, 1) == 255);
  CHECK(pixel(small, 2, 0, 3) == 128);
  CHECK(pixel(small, 1, 0, 3) == doctest::Approx(191).epsilon(0.02));
  // Red is opaque and weighs twice what the thin green does.
  CHECK(pixel(small, 1, 0, 0) == doctest::Approx(170).epsilon(0.02));
  CHECK(shrunk_to_fit(*bitmap, 500, 500).width == 64);
}

TEST_CASE("a picture that is too large, broken, of another kind or no file is refused with the reason") {
  const auto why = [](const std::string& file, int most = 64) {
    const auto read = read_bitmap(file, most, most);
    REQUIRE_FALSE(read);
    CHECK(read.error().code == "picture_unusable");
    return read.error().message;
  };
  const std::string good = png(65, 10);
  CHECK(why(good).find("more than 64 × 64 pixels") != std::string::npos);
  CHECK(why("/nowhere.png").find("cannot be read") != std::string::npos);
  CHECK(why("/dev/zero").find("cannot be read") != std::string::npos);
  write_all(scratch("half.png"), read_all(good).substr(0, 60));
  CHECK(why(scratch("half.png"), 100).find("breaks off") != std::string::npos);
  write_all(scratch("long.png"), read_all(good) + std::string(picture_bytes_max, 'x'));
  CHECK(why(scratch("long.png"), 100).find("8 MiB") != std::string::npos);
  write_all(scratch("jpeg.png"), "\xFF\xD8\xFF\xE0 and so on");
  CHECK(why(scratch("jpeg.png")).find("is no PNG") != std::string::npos);
  write_all(scratch("empty.png"), "");
  CHECK(why(scratch("empty.png")).find("is no PNG") != std::string::npos);
}

TEST_CASE("hostile bytes in a PNG are refused or make a picture of the size that they say") {
  const std::string good = read_all(png(48, 20));
  std::mt19937 chance(7);
  const auto any = [&](std::size_t below) { return std::uniform_int_distribution<std::size_t>(0, below - 1)(chance); };
  int refused = 0;
  for (int round = 0; round < 1'000; ++round) {
    std::string bytes = good;
    for (std::size_t changes = 1 + any(6); changes > 0; --changes) bytes[8 + any(bytes.size() - 8)] = static_cast<char>(any(256));
    if (any(4) == 0) bytes.resize(8 + any(bytes.size() - 8));
    write_all(scratch("hostile.png"), bytes);
    const auto read = read_bitmap(scratch("hostile.png"), 512, 512);
    if (!read) ++refused;
    if (read) CHECK(read->rgba.size() == static_cast<std::size_t>(read->width) * static_cast<std::size_t>(read->height) * 4);
  }
  CHECK(refused > 100);
}

TEST_CASE("a product's picture is decoded from PNG and JPEG; hostile bytes are refused or make one of the size that they say") {
  std::vector<std::uint8_t> pixels(40 * 24 * 3, 200);
  std::string jpeg;
  stbi_write_jpg_to_func(
      [](void* into, void* data, int size) {
        static_cast<std::string*>(into)->append(static_cast<char*>(data), static_cast<std::size_t>(size));
      },
      &jpeg, 40, 24, 3, pixels.data(), 90);
  const auto decoded = decode_picture(jpeg);
  REQUIRE_MESSAGE(decoded, decoded.error().message);
  CHECK(decoded->width == 40);
  CHECK(decoded->height == 24);
  CHECK(std::abs(int{decoded->rgba[0]} - 200) < 4);
  CHECK(int{decoded->rgba[3]} == 255);
  CHECK_FALSE(decode_picture("GIF89a" + std::string(100, ' ')));
  CHECK_FALSE(decode_picture(read_all(png(1025, 4))));
  std::mt19937 chance(13);
  int refused = 0;
  for (int round = 0; round < 2'000; ++round) {
    const std::string bytes = hostile(round % 2 == 0 ? jpeg : read_all(png(48, 20)), chance);
    const auto read = decode_picture(bytes);
    if (!read) ++refused;
    if (read) CHECK(read->rgba.size() == static_cast<std::size_t>(read->width) * static_cast<std::size_t>(read->height) * 4);
  }
  CHECK(refused > 200);
}

TEST_CASE("a retailer's font is used if it is whole and has every letter; else Inter") {
  const auto width = [](const LetterSources& sources, Type type) {
    auto letters = Letters::open(sources);
    REQUIRE_MESSAGE(letters, letters.error().message);
    (*letters)->begin_page({0, 0, 1000, 1000, 1000, 1000}, 1);
    return (*letters)->advance(type, 'm');
  };
  const float plain = width({inter, "", ""}, Type::body);
  const std::string strong = std::string(inter) + "/Inter-Bold.otf";
  CHECK(width({inter, "", "", strong, strong, strong}, Type::body) != plain);
  // Without a euro, cut off, no font, no file: each is Inter again.
  write_all(scratch("cut.otf"), read_all(strong).substr(0, 5'000));
  for (const std::string& bad :
       {std::string("/usr/share/fonts/truetype/material-design-icons-iconfont/MaterialIcons-Regular.ttf"), scratch("cut.otf"),
        std::string("config/examples/theme.toml"), std::string("/nowhere.otf"), std::string("/dev/zero")}) {
    CAPTURE(bad);
    CHECK(width({inter, "", "", bad, bad, bad}, Type::body) == plain);
  }
  std::string bytes = read_all(strong);
  std::mt19937 chance(11);
  for (int round = 0; round < 60; ++round) {
    std::string hostile = bytes;
    for (int i = 0; i < 400; ++i) hostile[chance() % hostile.size()] = static_cast<char>(chance());
    for (int i = 0; i < 4; ++i) hostile[chance() % 600] = static_cast<char>(chance());
    write_all(scratch("hostile.otf"), hostile);
    auto letters = Letters::open({inter, "", "", scratch("hostile.otf"), scratch("hostile.otf"), scratch("hostile.otf")});
    REQUIRE(letters);
    (*letters)->begin_page({0, 0, 1000, 1000, 1000, 1000}, 1);
    for (unsigned code = 0x20; code < 0x7F; ++code) std::ignore = (*letters)->picture(Type::h1, code);
  }
}
