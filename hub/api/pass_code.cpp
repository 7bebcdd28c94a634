// SPDX-License-Identifier: Apache-2.0
// QR symbols by libqrcodegencpp: the link as bytes, the pass as digits (7 bytes → 17 digits, 10 bits for 3 of them).
#include "hub/api/pass_code.hpp"

#include <qrcodegen/qrcodegen.hpp>

namespace vitrine::hub::api {

namespace protocol = sync::protocol;
using qrcodegen::QrCode;
using qrcodegen::QrSegment;

std::optional<CodeDrawing> draw_code(const std::string& link_base, const std::string& digits) {
  const std::string link = link_base + "#";
  try {
    const std::vector<QrSegment> segments = {QrSegment::makeBytes({link.begin(), link.end()}),
                                             QrSegment::makeNumeric(digits.c_str())};
    const QrCode code = QrCode::encodeSegments(segments, QrCode::Ecc::MEDIUM, 1, code_version_max, -1, false);
    CodeDrawing drawing;
    drawing.modules = code.getSize();
    drawing.version = code.getVersion();
    for (int y = 0; y < drawing.modules; ++y) {
      for (int x = 0; x < drawing.modules; ++x) {
        if (!code.getModule(x, y)) continue;
        int end = x;
        while (end < drawing.modules && code.getModule(end, y)) ++end;
        const std::string run = std::to_string(end - x);
        drawing.svg_path += "M" + std::to_string(x) + " " + std::to_string(y) + "h" + run + "v1h-" + run + "z";
        x = end;
      }
    }
    return drawing;
  } catch (const qrcodegen::data_too_long&) {
    return std::nullopt;
  }
}

Result<PassCode> make_pass_code(protocol::CartPass pass, const protocol::SecretKey& key, const std::string& link_base) {
  for (const bool with_lines : {true, false}) {
    if (!with_lines) pass.lines.reset();
    const auto bytes = protocol::sign_pass(pass, key);
    if (!bytes && with_lines && bytes.error().code == "pass_too_long") continue;
    if (!bytes) return std::unexpected(bytes.error());
    if (auto drawing = draw_code(link_base, protocol::pass_digits(*bytes))) {
      return PassCode{protocol::pass_link(link_base, *bytes), std::move(*drawing), with_lines};
    }
  }
  return fail("pass_too_long", "the link of passes is too long for a code");
}

}  // namespace vitrine::hub::api
