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

// Characters between which Chinese and Japanese may break, and those that may not begin or end a line.
bool is_ideographic(unsigned code) { return (code >= 0x2E80 && code <= 0x9FFF) || (code >= 0xFF01 && code <= 0xFF60); }

bool is_one_of(std::u32string_view set, unsigned code) {
  return set.find(static_cast<char32_t>(code)) != std::u32string_view::npos;
}

bool may_break(unsigned before, unsigned after) {
  if (after == ' ') return before != ' ';
  if (before == 0 || before == ' ' || (!is_ideographic(before) && !is_ideographic(after))) return false;
  return !is_one_of(U"、。，．・：；？！」』）】〉》ーっゃゅょッャュョ々", after) && !is_one_of(U"「『（【〈《", before);
}

}  // namespace

bool Canvas::can_write(std::string_view text) const {
  while (!text.empty()) {
    if (!letters_.has(next_code(text))) return false;
  }
  return true;
}

float Canvas::width_of(Type type, std::string_view text) const {
  float width = 0;
  unsigned before = 0;
  while (!text.empty()) {
    const unsigned code = next_code(text);
    width += letters_.kerning(type, before, code) + letters_.advance(type, code);
    before = code;
  }
  return width / scale_;
}

void Canvas::text(Type type, Point where, Colour colour, std::string_view text, Align align) {
  const TypeMetrics& metrics = letters_.metrics(type);
  float pen = where.x * scale_;
  if (align != Align::left) {
    const float width = width_of(type, text) * scale_;
    pen -= align == Align::right ? width : width / 2;
  }
  // The face's own height is centred in the line box, as browsers do; the baseline stands on a whole pixel.
  const float baseline = std::round(where.y * scale_ + (line(type) * scale_ - metrics.height) / 2 + metrics.ascent);
  const ImU32 ink = packed(colour);
  unsigned before = 0;
  while (!text.empty()) {
    const unsigned code = next_code(text);
    pen += letters_.kerning(type, before, code);
    before = code;
    if (const LetterPicture* p = letters_.picture(type, code); p != nullptr && p->width > 0) {
      const float x = std::round(pen) + p->left;
      const float y = baseline - p->top;
      list_->PrimReserve(6, 4);
      list_->PrimRectUV({x, y}, {x + p->width, y + p->height}, {p->u0, p->v0}, {p->u1, p->v1}, ink);
    }
    pen += letters_.advance(type, code);
  }
}

std::vector<std::string_view> Canvas::wrap(Type type, std::string_view text, float width) const {
  const float room = width * scale_;
  std::vector<std::string_view> lines;
  std::size_t start = 0;
  std::size_t break_at = 0;  // the last place where this line may end; its start: none yet
  float used = 0;
  unsigned before = 0;
  for (std::size_t at = 0; at < text.size();) {
    std::string_view rest = text.substr(at);
    const unsigned code = next_code(rest);
    if (may_break(before, code)) break_at = at;
    used += letters_.kerning(type, before, code) + letters_.advance(type, code);
    if (code != ' ' && used > room && break_at > start) {
      lines.push_back(text.substr(start, break_at - start));
      start = break_at;
      while (start < text.size() && text[start] == ' ') ++start;
      at = break_at = start;
      used = 0;
      before = 0;
      continue;
    }
    before = code;
    at = text.size() - rest.size();
  }
  if (start < text.size()) lines.push_back(text.substr(start));
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
