// SPDX-License-Identifier: Apache-2.0
// What may be a product's picture, told from its head alone; what is broken or hostile is refused with a reason.
#include "sync/model/picture.hpp"

#include <doctest/doctest.h>

#include <random>
#include <string>

using namespace vitrine::sync;
using namespace std::string_literals;

namespace {

std::string png(int width, int height) {
  const auto word = [](int value) {
    return std::string{static_cast<char>(value >> 24), static_cast<char>(value >> 16), static_cast<char>(value >> 8),
                       static_cast<char>(value)};
  };
  return "\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR"s + word(width) + word(height) + "\x08\x06\0\0\0\0\0\0\0"s + std::string(20, 'x');
}

// With a comment of that length before its frame.
std::string jpeg(int width, int height, std::size_t comment = 20) {
  const auto word = [](std::size_t value) { return std::string{static_cast<char>(value >> 8), static_cast<char>(value)}; };
  return "\xFF\xD8\xFF\xFE"s + word(comment + 2) + std::string(comment, 'c') + "\xFF\xC2"s + word(17) + "\x08"s +
         word(static_cast<std::size_t>(height)) + word(static_cast<std::size_t>(width)) + std::string(10, '\1') + "\xFF\xDA"s;
}

std::string why(const std::string& bytes) {
  const auto judged = judge_picture(bytes);
  if (judged) return "good";
  CHECK(judged.error().code == "picture_refused");
  return judged.error().message;
}

}  // namespace

TEST_CASE("a picture says its kind and size in its head") {
  const auto of_png = judge_picture(png(640, 480));
  REQUIRE(of_png);
  CHECK(of_png->kind == PictureKind::png);
  CHECK(of_png->width == 640);
  CHECK(of_png->height == 480);
  const auto of_jpeg = judge_picture(jpeg(1024, 300, 5000));
  REQUIRE(of_jpeg);
  CHECK(of_jpeg->kind == PictureKind::jpeg);
  CHECK(of_jpeg->width == 1024);
  CHECK(of_jpeg->height == 300);
  CHECK(content_type_of(of_jpeg->kind) == "image/jpeg");
}

TEST_CASE("what is no picture, too large or broken is refused") {
  CHECK(why("") == "it is neither a PNG nor a JPEG picture");
  CHECK(why("<svg onload=\"x\"/>"s + std::string(100, ' ')) == "it is neither a PNG nor a JPEG picture");
  CHECK(why(png(1024, 1024)) == "good");
  CHECK(why(png(1025, 8)).find("1024 pixels") != std::string::npos);
  CHECK(why(png(0, 8)).find("breaks off") != std::string::npos);
  CHECK(why(png(-1, -1)).find("1024 pixels") != std::string::npos);
  CHECK(why(jpeg(2000, 8)).find("1024 pixels") != std::string::npos);
  CHECK(why(png(8, 8) + std::string(picture_bytes_max, 'x')).find("1 MiB") != std::string::npos);
  const std::string whole = jpeg(64, 64);
  for (std::size_t cut = 0; cut < whole.size() - 13; ++cut) CHECK(why(whole.substr(0, cut)) != "good");
  CHECK_FALSE(is_picture_hash(std::string(63, 'a')));
  CHECK_FALSE(is_picture_hash("../" + std::string(61, 'a')));
  CHECK_FALSE(is_picture_hash(std::string(64, 'A')));
  CHECK(is_picture_hash(std::string(64, 'a')));
}

TEST_CASE("any bytes are judged, whatever they say") {
  const unsigned seed = std::random_device{}();
  INFO("seed ", seed);
  std::mt19937 chance(seed);
  for (int round = 0; round < 20'000; ++round) {
    std::string bytes = round % 2 == 0 ? png(64, 64) : jpeg(64, 64, chance() % 40);
    for (auto n = 1 + chance() % 6; n > 0; --n) bytes[chance() % bytes.size()] = static_cast<char>(chance());
    bytes.resize(bytes.size() - chance() % bytes.size());
    const auto judged = judge_picture(bytes);
    if (judged) REQUIRE((judged->width >= 1 && judged->width <= picture_px_max && judged->height <= picture_px_max));
  }
}
