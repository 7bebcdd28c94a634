// SPDX-License-Identifier: Apache-2.0
// See product_pictures.hpp.
#include "kiosk/widgets/product_pictures.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "kiosk/widgets/bitmap_file.hpp"

namespace vitrine::kiosk {
namespace {

constexpr float tile_side = 140, hero_side = 280;  // design units: rows of lists, and a product's own page

int side_of(float design, float scale) { return std::max(16, static_cast<int>(std::lround(design * scale))); }

}  // namespace

int product_picture_px(float scale) { return side_of(hero_side, scale); }

const LetterPicture* ProductPictures::on_page(const std::string& name, float side_px, Letters& letters) {
  One& one = known_[name];
  if (one.number == 0) one.number = numbers_ += 2;
  one.drawn = ++draws_;
  const bool large = side_px > static_cast<float>(side_of(tile_side, scale_));
  const int side = side_of(large ? hero_side : tile_side, scale_);
  return letters.own_picture(one.number + (large ? 1 : 0), [&]() -> std::optional<Bitmap> {
    if (!one.bitmap.rgba.empty()) return shrunk_to_fit(one.bitmap, side, side);
    if (std::ranges::find(wanted_, name) == wanted_.end()) wanted_.push_back(name);
    return std::nullopt;
  });
}

void ProductPictures::want_ahead(const std::string& name) {
  if (name.empty() || known_.contains(name)) return;
  known_[name].number = numbers_ += 2;
  wanted_.push_back(name);
}

void ProductPictures::take(const std::string& name, Bitmap bitmap) {
  const auto known = known_.find(name);
  if (known == known_.end()) return;  // of an earlier visit
  known->second.bitmap = std::move(bitmap);
  const auto bytes = [this] {
    std::size_t sum = 0;
    for (const auto& [other, one] : known_) sum += one.bitmap.rgba.size();
    return sum;
  };
  // What was drawn longest ago makes room; on the page it may still be.
  while (bytes() > bytes_max) {
    One* oldest = nullptr;
    for (auto& [other, one] : known_) {
      if (!one.bitmap.rgba.empty() && (oldest == nullptr || one.drawn < oldest->drawn)) oldest = &one;
    }
    oldest->bitmap = {};
  }
}

std::vector<std::string> ProductPictures::take_wanted() { return std::exchange(wanted_, {}); }

void ProductPictures::forget(Letters& letters) {
  known_.clear();
  wanted_.clear();
  letters.drop_own_pictures();
}

}  // namespace vitrine::kiosk
