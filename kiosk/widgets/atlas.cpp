// SPDX-License-Identifier: Apache-2.0
// Bakes the texture: icons, shadows and the retailer's pictures in rectangles of it, and an empty one for letters and pictograms.
#include "kiosk/widgets/atlas.hpp"

#include <imgui/imgui.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <optional>

#include "base/log.hpp"
#include "kiosk/widgets/bitmap_file.hpp"
#include "kiosk/widgets/icon_bake.hpp"
#include "kiosk/widgets/shadow_bake.hpp"

namespace vitrine::kiosk {
namespace {

// Pixels of the page for letters and pictograms at a scale of 1: some thousand, more than a screen needs.
constexpr int page_height = 900;

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

// More than the design's 640 × 160 and 1080 × 812, for panels with more pixels.
constexpr int logo_px_max = 2560;
constexpr int slide_px_max = 4096;

std::optional<Bitmap> own_picture(const std::string& file, int px_max, float wide, float high) {
  if (file.empty()) return std::nullopt;
  Result<Bitmap> bitmap = read_bitmap(file, px_max, px_max);
  if (!bitmap) {
    log::warning("a picture of the theme is not used", {{"reason", bitmap.error().message}});
    return std::nullopt;
  }
  return shrunk_to_fit(*bitmap, std::max(1, static_cast<int>(wide)), std::max(1, static_cast<int>(high)));
}

}  // namespace

Result<void> Atlas::bake(const AtlasSources& sources, float scale, float corner_scale, Letters& letters) {
  auto list = read_pictogram_list(sources.pictograms);
  if (!list) return std::unexpected(list.error());
  auto pictograms = Pictograms::open(sources.emoji_font, std::move(*list));
  if (!pictograms) return std::unexpected(pictograms.error());
  pictograms_ = std::move(*pictograms);
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
  logo_ = logo_on_dark_ = {};
  slides_.clear();
  slides_.reserve(sources.slides.size());  // patches are pointed at
  const auto want_own = [&](std::optional<Bitmap> bitmap, Patch& patch) {
    if (!bitmap) return false;
    const int rectangle = fonts.AddCustomRectRegular(bitmap->width, bitmap->height);
    wanted.push_back({rectangle, std::move(*bitmap), &patch});
    return true;
  };
  want_own(own_picture(sources.logo, logo_px_max, logo_wide * scale, logo_high * scale), logo_);
  want_own(own_picture(sources.logo_on_dark, logo_px_max, logo_wide * scale, logo_high * scale), logo_on_dark_);
  for (const std::string& file : sources.slides) {
    slides_.emplace_back();
    if (!want_own(own_picture(file, slide_px_max, slide_wide * scale, slide_high * scale), slides_.back())) slides_.pop_back();
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
    *each.patch = {x / w, y / h, (x + pw) / w, (y + ph) / h, pw, ph};
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

const Patch* Atlas::logo(bool on_dark) const {
  const Patch& patch = on_dark ? logo_on_dark_ : logo_;
  return patch.width > 0 ? &patch : nullptr;
}

std::optional<Patch> Atlas::pictogram(const std::string& name, Letters& letters) const {
  const std::uint32_t code = pictograms_ ? pictograms_->code_of(name) : 0;
  if (code == 0) return std::nullopt;
  const LetterPicture* picture = letters.colour_picture(code, [&] { return pictograms_->bitmap(code); });
  if (picture == nullptr) return std::nullopt;
  return Patch{picture->u0,
               picture->v0,
               picture->u1,
               picture->v1,
               picture->width,
               picture->height,
               picture->empty_below / picture->height};
}

}  // namespace vitrine::kiosk
