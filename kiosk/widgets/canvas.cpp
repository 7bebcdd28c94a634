// SPDX-License-Identifier: Apache-2.0
// Shapes and pictures on ImDrawList. Letters are in canvas_text.cpp.
#include "kiosk/widgets/canvas.hpp"

#include <imgui/imgui.h>

#include <algorithm>
#include <cmath>
#include <cstring>

#include "kiosk/widgets/draw_list.hpp"

namespace vitrine::kiosk {
namespace {

constexpr float pi = 3.14159265F;

ImDrawFlags flags_of(Corners corners) {
  switch (corners) {
    case Corners::all:
      return ImDrawFlags_RoundCornersAll;
    case Corners::top:
      return ImDrawFlags_RoundCornersTop;
    case Corners::none:
      return ImDrawFlags_RoundCornersNone;
  }
  return ImDrawFlags_RoundCornersAll;
}

}  // namespace

void Canvas::begin(float scale, float width_px, float height_px) {
  list_ = ImGui::GetBackgroundDrawList();
  scale_ = scale;
  area_ = {0, 0, width_px / scale, height_px / scale};
}

float Canvas::px(float design) const { return std::round(design * scale_); }
ImVec2 Canvas::at(float x, float y) const { return {px(x), px(y)}; }

PixelRect Canvas::pixels(const Box& box) const {
  const float x = px(box.x);
  const float y = px(box.y);
  return {x, y, px(box.right()) - x, px(box.bottom()) - y};
}

void Canvas::fill(const Box& box, Colour colour, float radius, Corners corners) {
  if (box.w <= 0 || box.h <= 0 || colour.a == 0) return;
  list_->AddRectFilled(at(box.x, box.y), at(box.right(), box.bottom()), packed(colour), radius * scale_,
                       radius > 0 ? flags_of(corners) : ImDrawFlags_RoundCornersNone);
}

void Canvas::fill_around(const Box& box, const Box& hole, Colour colour) {
  const Box gap = hole.within(box);
  fill({box.x, box.y, box.w, gap.y - box.y}, colour);
  fill({box.x, gap.y, gap.x - box.x, gap.h}, colour);
  fill({gap.right(), gap.y, box.right() - gap.right(), gap.h}, colour);
  fill({box.x, gap.bottom(), box.w, box.bottom() - gap.bottom()}, colour);
}

void Canvas::fill_gradient(const Box& box, Colour top, Colour bottom, float radius) {
  const int first = mark();
  fill(box, top, radius);
  const float from = px(box.y);
  const float height = std::max(1.0F, px(box.bottom()) - from);
  for (int i = first; i < list_->VtxBuffer.Size; ++i) {
    ImDrawVert& vertex = list_->VtxBuffer[i];
    const ImU32 alpha = vertex.col & IM_COL32_A_MASK;
    const float share = std::clamp((vertex.pos.y - from) / height, 0.0F, 1.0F);
    vertex.col = (packed(mix(top, bottom, static_cast<double>(share))) & ~IM_COL32_A_MASK) | alpha;
  }
}

void Canvas::fill_fade(const Box& box, Colour top, Colour bottom) {
  list_->AddRectFilledMultiColor(at(box.x, box.y), at(box.right(), box.bottom()), packed(top), packed(top), packed(bottom),
                                 packed(bottom));
}

void Canvas::outline(const Box& box, Colour colour, float stroke, float radius) {
  const float width = std::max(1.0F, px(stroke));
  const ImVec2 from = at(box.x, box.y);
  const ImVec2 to = at(box.right(), box.bottom());
  list_->AddRect({from.x + width / 2, from.y + width / 2}, {to.x - width / 2, to.y - width / 2}, packed(colour),
                 std::max(0.0F, radius * scale_ - width / 2), ImDrawFlags_RoundCornersAll, width);
}

void Canvas::ring_around(const Box& box, Colour gap, Colour ring, float radius) {
  outline(box.inset(-5), gap, 5, radius + 5);
  outline(box.inset(-11), ring, 6, radius + 11);
}

void Canvas::disc(Point centre, float radius, Colour colour) {
  list_->AddCircleFilled({centre.x * scale_, centre.y * scale_}, radius * scale_, packed(colour));
}

void Canvas::arc(Point centre, float radius, float stroke, float from_share, float to_share, Colour colour) {
  if (to_share <= from_share) return;
  const ImVec2 c = {centre.x * scale_, centre.y * scale_};
  const float from = from_share * 2 * pi - pi / 2;
  const float to = to_share * 2 * pi - pi / 2;
  const float r = radius * scale_;
  list_->PathArcTo(c, r, from, to, std::max(12, static_cast<int>((to - from) * r / 5)));
  list_->PathStroke(packed(colour), ImDrawFlags_None, stroke * scale_);
  if (to_share - from_share >= 1) return;
  for (const float angle : {from, to}) {
    list_->AddCircleFilled({c.x + r * std::cos(angle), c.y + r * std::sin(angle)}, stroke * scale_ / 2, packed(colour));
  }
}

void Canvas::arch(const Box& box, Colour colour, float bottom_radius) {
  const ImVec2 from = at(box.x, box.y);
  const ImVec2 to = at(box.right(), box.bottom());
  const float round = (to.x - from.x) / 2;
  const float low = bottom_radius * scale_;
  list_->PathArcTo({from.x + round, from.y + round}, round, -pi, 0, 48);
  if (low > 0) {
    list_->PathArcTo({to.x - low, to.y - low}, low, 0, pi / 2, 12);
    list_->PathArcTo({from.x + low, to.y - low}, low, pi / 2, pi, 12);
  } else {
    list_->PathLineTo(to);
    list_->PathLineTo({from.x, to.y});
  }
  list_->PathFillConvex(packed(colour));
}

void Canvas::shadow(const Box& box, Shadow shadow, Colour colour) {
  const ShadowPatch& made = atlas_.shadow(shadow);
  const ImVec2 from = at(box.x, box.y);
  const ImVec2 to = at(box.right(), box.bottom());
  const float room = std::min({made.corner, (to.x - from.x) / 2, (to.y - from.y) / 2});
  const float piece = made.grow + room;
  const float share = made.patch.width;  // pixels of the picture
  const float x[4] = {from.x - made.grow, from.x + room, to.x - room, to.x + made.grow};
  const float y[4] = {from.y - made.grow, from.y + room, to.y - room, to.y + made.grow};
  const float us[4] = {0, piece / share, 1 - piece / share, 1};
  const ImU32 tint = packed(colour);
  const ImTextureID texture = ImGui::GetIO().Fonts->TexID;
  for (int row = 0; row < 3; ++row) {
    for (int column = 0; column < 3; ++column) {
      if (row == 1 && column == 1) continue;  // under the card
      if (x[column + 1] <= x[column] || y[row + 1] <= y[row]) continue;
      const Patch& p = made.patch;
      list_->AddImage(texture, {x[column], y[row]}, {x[column + 1], y[row + 1]},
                      {p.u0 + (p.u1 - p.u0) * us[column], p.v0 + (p.v1 - p.v0) * us[row]},
                      {p.u0 + (p.u1 - p.u0) * us[column + 1], p.v0 + (p.v1 - p.v0) * us[row + 1]}, tint);
    }
  }
}

void Canvas::modules(const Box& box, int size, const std::vector<bool>& dark, Colour colour) {
  const float module = std::max(1.0F, std::floor(box.w * scale_ / static_cast<float>(size)));
  const float whole = module * static_cast<float>(size);
  const float left = px(box.x) + std::floor((px(box.w) - whole) / 2);
  const float top = px(box.y) + std::floor((px(box.h) - whole) / 2);
  const ImU32 ink = packed(colour);
  for (int row = 0; row < size; ++row) {
    const float y = top + module * static_cast<float>(row);
    for (int column = 0; column < size; ++column) {
      const auto is_dark = [&](int c) { return c < size && dark[static_cast<std::size_t>(row * size + c)]; };
      if (!is_dark(column)) continue;
      int end = column;
      while (is_dark(end)) ++end;
      list_->AddRectFilled({left + module * static_cast<float>(column), y}, {left + module * static_cast<float>(end), y + module},
                           ink);
      column = end;
    }
  }
}

void Canvas::pictogram(const std::string& name, const Box& box, float opacity) {
  const std::optional<Patch> patch = atlas_.pictogram(name, letters_);
  if (!patch) return;
  const float factor = std::min(box.w / patch->width, box.h / patch->height);
  const float w = patch->width * factor;
  const float h = patch->height * factor;
  const ImVec2 from = at(box.x + (box.w - w) / 2, box.y + (box.h - h) / 2);
  list_->AddImage(ImGui::GetIO().Fonts->TexID, from, {from.x + px(w), from.y + px(h)}, {patch->u0, patch->v0},
                  {patch->u1, patch->v1}, packed(Colour{255, 255, 255, 255}.faded(opacity)));
}

void Canvas::standing_pictogram(const std::string& name, const Box& box) {
  const std::optional<Patch> patch = atlas_.pictogram(name, letters_);
  if (!patch) return;
  const float height = patch->height * std::min(box.w / patch->width, box.h / patch->height);
  pictogram(name, {box.x, box.bottom() - height + height * patch->foot, box.w, height});
}

bool Canvas::product_picture(const std::string& name, const Box& box, float radius) {
  const LetterPicture* picture = name.empty() ? nullptr : products_.on_page(name, box.w * scale_, letters_);
  if (picture == nullptr) return false;
  const float factor = std::max(box.w / picture->width, box.h / picture->height);
  const float cut_u = (picture->u1 - picture->u0) * (1 - box.w / (picture->width * factor)) / 2;
  const float cut_v = (picture->v1 - picture->v0) * (1 - box.h / (picture->height * factor)) / 2;
  list_->AddImageRounded(ImGui::GetIO().Fonts->TexID, at(box.x, box.y), at(box.right(), box.bottom()),
                         {picture->u0 + cut_u, picture->v0 + cut_v}, {picture->u1 - cut_u, picture->v1 - cut_v},
                         packed(Colour{255, 255, 255, 255}), radius * scale_);
  return true;
}

float Canvas::logo_width(bool on_dark, const Box& box) const {
  const Patch* patch = atlas_.logo(on_dark);
  if (patch == nullptr) return 0;
  return patch->width * std::min(box.w / patch->width, box.h / patch->height);
}

float Canvas::logo(bool on_dark, const Box& box, Align align) {
  const Patch* patch = atlas_.logo(on_dark);
  if (patch == nullptr) return 0;
  const float w = logo_width(on_dark, box);
  const float h = w * patch->height / patch->width;
  const ImVec2 from = at(align == Align::right ? box.right() - w : box.x, box.y + (box.h - h) / 2);
  list_->AddImage(ImGui::GetIO().Fonts->TexID, from, {from.x + px(w), from.y + px(h)}, {patch->u0, patch->v0},
                  {patch->u1, patch->v1});
  return w;
}

std::size_t Canvas::slides() const { return atlas_.slides().size(); }

void Canvas::slide(std::size_t number, const Box& box, float radius, float opacity) {
  const Patch& patch = atlas_.slides().at(number);
  const float factor = std::max(box.w / patch.width, box.h / patch.height);
  const float cut_u = (patch.u1 - patch.u0) * (1 - box.w / (patch.width * factor)) / 2;
  const float cut_v = (patch.v1 - patch.v0) * (1 - box.h / (patch.height * factor)) / 2;
  list_->AddImageRounded(ImGui::GetIO().Fonts->TexID, at(box.x, box.y), at(box.right(), box.bottom()),
                         {patch.u0 + cut_u, patch.v0 + cut_v}, {patch.u1 - cut_u, patch.v1 - cut_v},
                         packed(Colour{255, 255, 255, 255}.faded(opacity)), radius * scale_, ImDrawFlags_RoundCornersTop);
}

void Canvas::push_clip(const Box& box) { list_->PushClipRect(at(box.x, box.y), at(box.right(), box.bottom()), true); }
void Canvas::pop_clip() { list_->PopClipRect(); }

bool Canvas::is_in_clip(const Box& box) const {
  const ImVec2 low = list_->GetClipRectMin();
  const ImVec2 high = list_->GetClipRectMax();
  return px(box.right()) > low.x && px(box.x) < high.x && px(box.bottom()) > low.y && px(box.y) < high.y;
}

int Canvas::mark() const { return list_->VtxBuffer.Size; }

void Canvas::move_since(int mark, float dx, float dy) {
  const ImVec2 by = at(dx, dy);
  for (int i = mark; i < list_->VtxBuffer.Size; ++i) {
    list_->VtxBuffer[i].pos.x += by.x;
    list_->VtxBuffer[i].pos.y += by.y;
  }
}

void Canvas::fade_since(int mark, float opacity) {
  const auto share = static_cast<ImU32>(std::clamp(opacity, 0.0F, 1.0F) * 256);
  for (int i = mark; i < list_->VtxBuffer.Size; ++i) {
    ImU32& colour = list_->VtxBuffer[i].col;
    const ImU32 alpha = ((colour >> IM_COL32_A_SHIFT) * share) >> 8U;
    colour = (colour & ~IM_COL32_A_MASK) | (alpha << IM_COL32_A_SHIFT);
  }
}

void Canvas::scale_since(int mark, Point centre, float factor) {
  const float cx = centre.x * scale_;
  const float cy = centre.y * scale_;
  for (int i = mark; i < list_->VtxBuffer.Size; ++i) {
    ImVec2& pos = list_->VtxBuffer[i].pos;
    pos = {cx + (pos.x - cx) * factor, cy + (pos.y - cy) * factor};
  }
}

std::uint64_t Canvas::fingerprint() const {
  std::uint64_t hash = 0xCBF29CE484222325ULL;
  const auto* bytes = reinterpret_cast<const unsigned char*>(list_->VtxBuffer.Data);
  const std::size_t size = static_cast<std::size_t>(list_->VtxBuffer.Size) * sizeof(ImDrawVert);
  for (std::size_t i = 0; i + 4 <= size; i += 4) {
    std::uint32_t word = 0;
    std::memcpy(&word, bytes + i, 4);
    hash = (hash ^ word) * 0x100000001B3ULL;
  }
  return hash;
}

}  // namespace vitrine::kiosk
