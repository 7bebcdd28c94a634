// SPDX-License-Identifier: Apache-2.0
// Pictures of products as screens draw them, on the page of letters. What is drawn and not here is wanted, and what may be drawn
// next; whoever fetches it hands it in. The end of a visit lets go of all of them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "kiosk/widgets/letters.hpp"
#include "kiosk/widgets/pictograms.hpp"

namespace vitrine::kiosk {

// Pixels a side, as large as a product is ever drawn at that many pixels a design unit.
[[nodiscard]] int product_picture_px(float scale);

class ProductPictures {
 public:
  void begin(float scale) { scale_ = scale; }
  // On the page, for a place of that side in pixels. Nothing: it is not here, or the page is full.
  [[nodiscard]] const LetterPicture* on_page(const std::string& name, float side_px, Letters& letters);
  // What the next screens would show: wanted once, and the first to make room for what is drawn.
  void want_ahead(const std::string& name);
  void take(const std::string& name, Bitmap bitmap);
  // Since the last call, each once.
  [[nodiscard]] std::vector<std::string> take_wanted();
  void forget(Letters& letters);

 private:
  struct One {
    std::uint32_t number = 0;
    std::uint64_t drawn = 0;  // the higher, the later
    Bitmap bitmap;            // without pixels: not here
  };
  static constexpr std::size_t bytes_max = 6UL * 1024 * 1024;
  float scale_ = 1;
  std::map<std::string, One> known_;
  std::vector<std::string> wanted_;
  std::uint32_t numbers_ = 0;
  std::uint64_t draws_ = 0;
};

}  // namespace vitrine::kiosk
