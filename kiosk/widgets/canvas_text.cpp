// SPDX-License-Identifier: Apache-2.0
// Letters and icons. Pens move by unhinted advances and each letter stands on a whole pixel: even spacing and crisp stems.
#include <imgui/imgui.h>

#include <cmath>

#include "base/require.hpp"
#include "kiosk/widgets/canvas.hpp"
#include "kiosk/widgets/draw_list.hpp"

namespace vitrine::kiosk {
namespace {

// The next code point; anything malformed becomes U+FFFD, which no face holds, so nothing is drawn.
unsigned next_code(std::string_view& text) {
  const auto lead = static_cast<unsigned char>(text.front());
  const std::size_t length = lead < 0x80 ? 1 : lead >> 5U == 6 ? 2 : lead >> 4U == 14 ? 3 : lead >> 3U == 30 ? 4 : 0;
  if (length == 0 || text.size() < length) {
    text.remove_prefix(1);
    return 0xFFFD;
  }
  unsigned code = length == 1 ? lead : lead & (0xFFU >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) code = code << 6U | (static_cast<unsigned char>(text[i]) & 0x3FU);
  text.remove_prefix(length);
  return code;
}

float advance_of(const Letters& letters, unsigned code) {
  if (code < letters.advances.size() && letters.advances[code] > 0) return letters.advances[code];
  return letters.em / 4;
}

float kern_between(const Letters& letters, unsigned left, unsigned right) {
  if (letters.kerning == nullptr || left > 0xFF || right > 0xFF) return 0;
  const auto found = letters.kerning->find(left << 16U | right);
  return found == letters.kerning->end() ? 0 : found->second * letters.em;
}

void put_glyph(ImDrawList& list, const ImFontGlyph& glyph, float x, float y, ImU32 colour) {
  if (!glyph.Visible) return;
  list.PrimReserve(6, 4);
  list.PrimRectUV({x + glyph.X0, y + glyph.Y0}, {x + glyph.X1, y + glyph.Y1}, {glyph.U0, glyph.V0}, {glyph.U1, glyph.V1}, colour);
}

}  // namespace

float Canvas::width_of(Type type, std::string_view text) const {
  const Letters& letters = atlas_.letters(type);
  float width = 0;
  unsigned before = 0;
  while (!text.empty()) {
    const unsigned code = next_code(text);
    width += kern_between(letters, before, code) + advance_of(letters, code);
    before = code;
  }
  return width / scale_;
}

void Canvas::text(Type type, Point where, Colour colour, std::string_view text, Align align) {
  const Letters& letters = atlas_.letters(type);
  float pen = where.x * scale_;
  if (align != Align::left) {
    const float width = width_of(type, text) * scale_;
    pen -= align == Align::right ? width : width / 2;
  }
  // The face's own height is centred in the line box, as browsers do; the baseline stands on a whole pixel.
  const float baseline = std::round(where.y * scale_ + (style_of(type).line * scale_ - letters.height) / 2 + letters.ascent);
  const float y = baseline - letters.font->Ascent;
  const ImU32 ink = packed(colour);
  unsigned before = 0;
  while (!text.empty()) {
    const unsigned code = next_code(text);
    pen += kern_between(letters, before, code);
    before = code;
    if (const ImFontGlyph* glyph = letters.font->FindGlyphNoFallback(static_cast<ImWchar>(code))) {
      put_glyph(*list_, *glyph, std::round(pen), y, ink);
    }
    pen += advance_of(letters, code);
  }
}

std::vector<std::string_view> Canvas::wrap(Type type, std::string_view text, float width) const {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    std::size_t fits = 0;
    std::size_t at = 0;
    while (at < text.size()) {
      std::size_t end = text.find(' ', at + 1);
      if (end == std::string_view::npos) end = text.size();
      if (width_of(type, text.substr(0, end)) > width && fits > 0) break;
      fits = end;
      at = end;
      if (width_of(type, text.substr(0, end)) > width) break;
    }
    lines.push_back(text.substr(0, fits));
    text.remove_prefix(fits);
    while (text.starts_with(' ')) text.remove_prefix(1);
  }
  return lines;
}

void Canvas::icon(Icon icon, float size, Point centre, Colour colour) {
  const IconPatch* made = atlas_.icon(icon, size);
  require(made != nullptr, "an icon that is not baked at this size");
  const Patch& p = made->patch;
  const float x = std::round(centre.x * scale_ + made->left);
  const float y = std::round(centre.y * scale_ + made->top);
  list_->PrimReserve(6, 4);
  list_->PrimRectUV({x, y}, {x + p.width, y + p.height}, {p.u0, p.v0}, {p.u1, p.v1}, packed(colour));
}

}  // namespace vitrine::kiosk
