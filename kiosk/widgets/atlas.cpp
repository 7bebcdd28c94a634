// SPDX-License-Identifier: Apache-2.0
// Bakes the texture: pictograms, icons and shadows in rectangles of it, and an empty one for letters.
#include "kiosk/widgets/atlas.hpp"

#include <imgui/imgui.h>

#include <algorithm>
#include <cmath>
#include <cstring>

#include "kiosk/widgets/icon_bake.hpp"
#include "kiosk/widgets/pictograms.hpp"
#include "kiosk/widgets/shadow_bake.hpp"

namespace vitrine::kiosk {
namespace {

// Pixels of the page for letters at a scale of 1: some thousand, more than a screen needs.
constexpr int page_height = 700;

// Copies into the texture; `pixels` is RGBA, `width` of the whole texture.
void put(unsigned char* pixels, int width, int x, int y, const Bitmap& bitmap) {
  for (int row = 0; row < bitmap.height; ++row) {
    std::memcpy(pixels + (static_cast<std::ptrdiff_t>(y + row) * width + x) * 4,
                bitmap.rgba.data() + static_cast<std::ptrdiff_t>(row) * bitmap.width * 4,
                static_cast<std::size_t>(bitmap.width) * 4);
  }
}

Bitmap to_white(const ShadowPicture& picture) {
  Bitmap bitmap{picture.size, picture.size, {}};
  for (const unsigned char alpha : picture.alpha) bitmap.rgba.insert(bitmap.rgba.end(), {255, 255, 255, alpha});
  return bitmap;
}

}  // namespace

Result<void> Atlas::bake(const AtlasSources& sources, float scale, float corner_scale, Letters& letters) {
  auto list = read_pictogram_list(sources.pictograms);
  if (!list) return std::unexpected(list.error());
  auto pictures = read_pictograms(sources.emoji_font, *list);
  if (!pictures) return std::unexpected(pictures.error());
  auto icons = bake_icons(sources.icon_font, scale);
  if (!icons) return std::unexpected(icons.error());

  ImFontAtlas& fonts = *ImGui::GetIO().Fonts;
  fonts.Clear();
  fonts.TexDesiredWidth = scale > 1.3F ? 4096 : 2048;
  fonts.Flags |= ImFontAtlasFlags_NoPowerOfTwoHeight | ImFontAtlasFlags_NoMouseCursors;
  const int page_width = fonts.TexDesiredWidth - 8;
  const int page = fonts.AddCustomRectRegular(page_width, static_cast<int>(page_height * std::max(0.6F, std::min(scale, 2.0F))));

  struct Wanted {
    int rectangle = 0;
    Bitmap bitmap;
    Patch* patch = nullptr;
  };
  std::vector<Wanted> wanted;
  pictograms_.clear();
  for (auto& [name, bitmap] : *pictures) {
    const int rectangle = fonts.AddCustomRectRegular(bitmap.width, bitmap.height);
    wanted.push_back({rectangle, std::move(bitmap), &pictograms_[name]});
  }
  icons_.clear();
  for (auto& [name, icon] : *icons) {
    IconPatch& made = icons_[name];
    made.left = icon.left;
    made.top = icon.top;
    const int rectangle = fonts.AddCustomRectRegular(icon.bitmap.width, icon.bitmap.height);
    wanted.push_back({rectangle, std::move(icon.bitmap), &made.patch});
  }
  for (std::size_t i = 0; i < shadow_count; ++i) {
    const ShadowPicture picture = bake_shadow(static_cast<Shadow>(i), scale, corner_scale);
    shadows_[i].grow = picture.grow;
    shadows_[i].corner = picture.corner;
    wanted.push_back({fonts.AddCustomRectRegular(picture.size, picture.size), to_white(picture), &shadows_[i].patch});
  }
  if (!fonts.Build()) return fail("font_unreadable", "the font texture could not be built");

  unsigned char* pixels = nullptr;
  int width = 0;
  int height = 0;
  fonts.GetTexDataAsRGBA32(&pixels, &width, &height);
  for (const Wanted& each : wanted) {
    const ImFontAtlasCustomRect& place = *fonts.GetCustomRectByIndex(each.rectangle);
    put(pixels, width, place.X, place.Y, each.bitmap);
    const auto w = static_cast<float>(width);
    const auto h = static_cast<float>(height);
    const auto x = static_cast<float>(place.X);
    const auto y = static_cast<float>(place.Y);
    const auto pw = static_cast<float>(each.bitmap.width);
    const auto ph = static_cast<float>(each.bitmap.height);
    *each.patch = {x / w, y / h, (x + pw) / w, (y + ph) / h, pw, ph, static_cast<float>(each.bitmap.empty_rows_below()) / ph};
  }
  const ImFontAtlasCustomRect& place = *fonts.GetCustomRectByIndex(page);
  letters.begin_page({place.X, place.Y, place.Width, place.Height, width, height}, scale);
  return {};
}

const IconPatch* Atlas::icon(Icon icon, float size) const {
  for (std::size_t i = 0; i < icon_sizes.size(); ++i) {
    if (icon_sizes[i].size != size) continue;
    const auto found = icons_.find({i, icon});
    return found == icons_.end() ? nullptr : &found->second;
  }
  return nullptr;
}

const Patch* Atlas::pictogram(const std::string& name) const {
  auto found = pictograms_.find(name);
  if (found == pictograms_.end()) found = pictograms_.find("package");
  return found == pictograms_.end() ? nullptr : &found->second;
}

}  // namespace vitrine::kiosk
