// SPDX-License-Identifier: Apache-2.0
// See qr_picture.hpp.
#include "tests/kiosk/io/qr_picture.hpp"

#include <stb_image_write.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <numbers>
#include <qrcodegen/qrcodegen.hpp>
#include <random>

namespace vitrine::kiosk {

std::string pass_link(std::size_t digits, unsigned seed) {
  std::mt19937 chance(seed);
  std::string link = "https://127.0.0.1:8443/k#";
  for (std::size_t i = 0; i < digits; ++i) link.push_back(static_cast<char>('0' + chance() % 10));
  return link;
}

LumaFrame photograph_of(const std::string& link, const Shot& shot) {
  using qrcodegen::QrCode;
  using qrcodegen::QrSegment;
  const auto fragment = link.find('#') + 1;
  const std::vector<std::uint8_t> front(link.begin(), link.begin() + static_cast<std::ptrdiff_t>(fragment));
  const QrCode code = QrCode::encodeSegments({QrSegment::makeBytes(front), QrSegment::makeNumeric(link.substr(fragment).c_str())},
                                             QrCode::Ecc::MEDIUM);
  std::mt19937 chance(shot.seed);
  std::normal_distribution<double> noise(0, shot.noise);
  const double turn = shot.turned_degrees * std::numbers::pi / 180;
  const double quiet = code.getSize() / 2.0 + 4;
  LumaFrame frame{shot.width, shot.height, {}};
  frame.pixels.reserve(static_cast<std::size_t>(shot.width) * static_cast<std::size_t>(shot.height));
  // A shop's grey behind a white phone screen; each pixel is the mean of 3 × 3 places in it.
  const auto brightness = [&](double x, double y) {
    const double u = (std::cos(turn) * x + std::sin(turn) * y) / shot.pixels_per_module;
    const double v = (-std::sin(turn) * x + std::cos(turn) * y) / shot.pixels_per_module;
    if (std::abs(u) > quiet || std::abs(v) > quiet) return 110.0;
    const int column = static_cast<int>(std::floor(u + code.getSize() / 2.0));
    const int row = static_cast<int>(std::floor(v + code.getSize() / 2.0));
    return code.getModule(column, row) ? 35.0 : 220.0;
  };
  for (int y = 0; y < shot.height; ++y) {
    for (int x = 0; x < shot.width; ++x) {
      double sum = 0;
      for (int i = 0; i < 9; ++i) {
        sum += brightness(x - shot.width / 2.0 + (i % 3) / 3.0, y - shot.height / 2.0 + static_cast<double>(i / 3) / 3.0);
      }
      frame.pixels.push_back(static_cast<std::uint8_t>(std::clamp(sum / 9 + noise(chance), 0.0, 255.0)));
    }
  }
  return frame;
}

void write_pgm(const LumaFrame& frame, const std::string& file) {
  std::ofstream out(file, std::ios::binary);
  out << "P5\n" << frame.width << ' ' << frame.height << "\n255\n";
  out.write(reinterpret_cast<const char*>(frame.pixels.data()), static_cast<std::streamsize>(frame.pixels.size()));
}

void write_png(const LumaFrame& frame, const std::string& file) {
  stbi_write_png(file.c_str(), frame.width, frame.height, 1, frame.pixels.data(), frame.width);
}

void write_jpeg(const LumaFrame& frame, const std::string& file) {
  stbi_write_jpg(file.c_str(), frame.width, frame.height, 1, frame.pixels.data(), 85);
}

}  // namespace vitrine::kiosk
