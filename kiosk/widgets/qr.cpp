// SPDX-License-Identifier: Apache-2.0
// QR codes by qrcodegen.
#include "kiosk/widgets/qr.hpp"

#include <qrcodegen/qrcodegen.hpp>

namespace vitrine::kiosk {
namespace {

constexpr std::size_t digits_least = 32;  // a segment of their own costs more than fewer save

// A long number at the end, as passes have it, takes less than half the room as digits.
std::vector<qrcodegen::QrSegment> segments_of(const std::string& text) {
  const std::size_t last = text.find_last_not_of("0123456789");
  const std::size_t head = last == std::string::npos ? 0 : last + 1;
  if (text.size() - head < digits_least) return qrcodegen::QrSegment::makeSegments(text.c_str());
  std::vector<qrcodegen::QrSegment> segments = qrcodegen::QrSegment::makeSegments(text.substr(0, head).c_str());
  segments.push_back(qrcodegen::QrSegment::makeNumeric(text.c_str() + head));
  return segments;
}

}  // namespace

QrModules make_qr(const std::string& text) {
  QrModules modules;
  try {
    const qrcodegen::QrCode code = qrcodegen::QrCode::encodeSegments(segments_of(text), qrcodegen::QrCode::Ecc::MEDIUM);
    modules.size = code.getSize();
    for (int y = 0; y < modules.size; ++y) {
      for (int x = 0; x < modules.size; ++x) modules.dark.push_back(code.getModule(x, y));
    }
  } catch (const qrcodegen::data_too_long&) {
    modules = {};
  }
  return modules;
}

}  // namespace vitrine::kiosk
