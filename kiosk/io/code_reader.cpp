// SPDX-License-Identifier: Apache-2.0
// zxing-cpp behind one function; the API of 1.4 (Debian 12) and of 2.3 (Debian 13).
#define ZX_USE_UTF8
#include "kiosk/io/code_reader.hpp"

#include <ReadBarcode.h>
#include <ZXVersion.h>

#include <algorithm>
#include <exception>

#include "base/log.hpp"

namespace vitrine::kiosk {
namespace {

#if ZXING_VERSION_MAJOR >= 2
using Options = ZXing::ReaderOptions;
#else
using Options = ZXing::DecodeHints;
#endif

constexpr std::size_t codes_most = 4;

Symbology symbology_of(ZXing::BarcodeFormat format) {
  using enum ZXing::BarcodeFormat;
  switch (format) {
    case QRCode:
      return Symbology::qr;
    case DataMatrix:
      return Symbology::data_matrix;
    case EAN8:
    case EAN13:
      return Symbology::ean;
    case UPCA:
    case UPCE:
      return Symbology::upc;
    case Code128:
      return Symbology::code_128;
    default:
      return Symbology::other;
  }
}

Options options_for(Effort effort) {
  using enum ZXing::BarcodeFormat;
  Options options;
  options.setFormats(QRCode | DataMatrix | EAN8 | EAN13 | UPCA | UPCE | Code128);
  options.setTryRotate(true);
  options.setTryHarder(effort == Effort::thorough);
  options.setTryDownscale(effort == Effort::thorough);
  options.setMaxNumberOfSymbols(codes_most);
  return options;
}

std::vector<CodeSeen> found_in(const LumaFrame& frame, const Options& options) {
  std::vector<CodeSeen> seen;
  try {
    const ZXing::ImageView view(frame.pixels.data(), frame.width, frame.height, ZXing::ImageFormat::Lum);
    for (const auto& found : ZXing::ReadBarcodes(view, options)) {
      if (!found.isValid() || seen.size() >= codes_most) continue;
      CodeSeen code{found.text(), symbology_of(found.format())};
      const bool article = code.symbology == Symbology::ean || (code.symbology == Symbology::upc && code.text.size() >= 12);
      if (code.text.empty() || code.text.size() > scan_length_max || (article && !gtin_check_digit_holds(code.text))) continue;
      seen.push_back(std::move(code));
    }
  } catch (const std::exception&) {
    log::warning("a picture could not be searched for codes");
  }
  return seen;
}

constexpr std::int64_t doubled_pixels_max = 1'000'000;

// Each pixel of the larger picture is the weighted mean of the four nearest.
LumaFrame twice_the_size(const LumaFrame& frame) {
  LumaFrame large{frame.width * 2, frame.height * 2, {}};
  large.pixels.reserve(frame.pixels.size() * 4);
  const auto at = [&](int x, int y) {
    const int column = std::clamp(x, 0, frame.width - 1);
    const int row = std::clamp(y, 0, frame.height - 1);
    return int{
        frame.pixels[static_cast<std::size_t>(row) * static_cast<std::size_t>(frame.width) + static_cast<std::size_t>(column)]};
  };
  for (int y = 0; y < large.height; ++y) {
    const int beside_y = y % 2 == 0 ? y / 2 - 1 : y / 2 + 1;
    for (int x = 0; x < large.width; ++x) {
      const int beside_x = x % 2 == 0 ? x / 2 - 1 : x / 2 + 1;
      const int sum = 9 * at(x / 2, y / 2) + 3 * at(beside_x, y / 2) + 3 * at(x / 2, beside_y) + at(beside_x, beside_y);
      large.pixels.push_back(static_cast<std::uint8_t>(sum / 16));
    }
  }
  return large;
}

}  // namespace

std::vector<CodeSeen> read_codes(const LumaFrame& frame, Effort effort) {
  if (frame.width < 1 || frame.height < 1) return {};
  std::vector<CodeSeen> seen = found_in(frame, options_for(effort));
  if (!seen.empty() || effort == Effort::quick) return seen;
  // Even light, but low contrast: one threshold for the whole picture. Small or soft: twice the size.
  Options even = options_for(effort);
  even.setBinarizer(ZXing::Binarizer::GlobalHistogram);
  seen = found_in(frame, even);
  if (!seen.empty() || std::int64_t{frame.width} * frame.height > doubled_pixels_max) return seen;
  const LumaFrame doubled = twice_the_size(frame);
  seen = found_in(doubled, options_for(effort));
  if (seen.empty()) seen = found_in(doubled, even);
  return seen;
}

}  // namespace vitrine::kiosk
