// SPDX-License-Identifier: Apache-2.0
// What several screens share: margins, the bar on top and the utility bar below.
#pragma once

#include "kiosk/model/model.hpp"
#include "kiosk/widgets/stage.hpp"

namespace vitrine::kiosk::shopper {

inline constexpr float margin = 56;
inline constexpr float top_height = 144;

struct SurroundingsSpec {
  bool back = false;
  bool start_over = true;
  bool bar = true;    // the bar on top
  bool brand = true;  // the wordmark in it
};

// The frame of a screen: the bar on top at once, the utility bar when the screen has drawn its own (end()), so that focus and
// speech go in the order of reading. In reach mode Back stands in the utility bar.
class Surroundings {
 public:
  Surroundings(Stage& stage, const Model& model, const SurroundingsSpec& spec);
  void end();

  Box top;    // free in the top bar, between back button and wordmark
  Box above;  // the window without the utility bar

 private:
  struct Item {
    std::string id;
    Icon icon = Icon::none;
    std::string label;
    std::string spoken;
    Intent intent;
    bool selected = false;
  };
  void choose_items(const Model& model, const SurroundingsSpec& spec);
  void draw_top(const Model& model, bool back, bool brand);
  void draw_item(const Item& item, const Box& box);

  Stage& stage_;
  std::vector<Item> items_;
  bool stacked_ = false;  // icon above the words
  Type type_ = Type::small_strong;
  float item_width_ = 0;
  float height_ = 0;
};

// The opening hours in one line, or empty when they are not known.
std::string opening_words(Stage& stage, const StoreInfo& store);

}  // namespace vitrine::kiosk::shopper
