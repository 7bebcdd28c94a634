// SPDX-License-Identifier: Apache-2.0
// QR codes by qrcodegen.
#include "kiosk/widgets/qr.hpp"

#include <qrcodegen/qrcodegen.hpp>

namespace vitrine::kiosk {

QrModules make_qr(const std::string& text) {
  QrModules modules;
  try {
    const qrcodegen::QrCode code = qrcodegen::QrCode::encodeText(text.c_str(), qrcodegen::QrCode::Ecc::MEDIUM);
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
