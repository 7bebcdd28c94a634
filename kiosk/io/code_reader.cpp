// SPDX-License-Identifier: Apache-2.0
// zxing-cpp behind one function; the API of 1.4 (Debian 12) and of 2.3 (Debian 13).
#define ZX_USE_UTF8
#include "kiosk/io/code_reader.hpp"

#include <ReadBarcode.h>
#include <ZXVersion.h>

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

}  // namespace

std::vector<CodeSeen> read_codes(const LumaFrame& frame, Effort effort) {
  std::vector<CodeSeen> seen;
  if (frame.width < 1 || frame.height < 1) return seen;
  try {
    const ZXing::ImageView view(frame.pixels.data(), frame.width, frame.height, ZXing::ImageFormat::Lum);
    for (const auto& found : ZXing::ReadBarcodes(view, options_for(effort))) {
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

}  // namespace vitrine::kiosk
