// SPDX-License-Identifier: Apache-2.0
// 09: one product: what it is, what it costs, where it stands, what goes with it, and into the cart with it.
#include <algorithm>

#include "kiosk/screens/shopper/banners.hpp"
#include "kiosk/screens/shopper/product_parts.hpp"
#include "kiosk/screens/shopper/product_words.hpp"
#include "kiosk/screens/shopper/screens.hpp"
#include "kiosk/screens/shopper/stock_words.hpp"
#include "kiosk/screens/shopper/surroundings.hpp"

namespace vitrine::kiosk::shopper {
namespace {

constexpr float hero_width = 432;
constexpr float block_gap = 26;

// How many, and the button that puts them into the cart: beside each other, or one above the other where that is too narrow.
struct Dock {
  ButtonSpec add;
  bool stacked = false;
  float steps = 0;
  float add_height = 108;
  float height = 0;
};

Dock measure_dock(Stage& stage, const Model& model, const ProductPage& page, float width) {
  Texts& texts = stage.texts;
  Dock dock;
  dock.add = {.id = "product.add", .label = texts.say("product.add"), .icon = Icon::add_shopping_cart, .main = true};
  if (is_sold_out(model, page.card.stock)) {
    dock.add.label = texts.say("cart.sold_out");
    dock.add.icon = Icon::none;
    dock.add.enabled = false;
  } else if (!model.visit.cart) {
    dock.add.label = texts.say("product.add_by_code");
    dock.add.icon = Icon::qr_code_scanner;
  } else if (page.card.price) {
    const sync::Money whole{page.card.price->minor * model.visit.product->units, page.card.price->currency};
    dock.add.label = texts.say("product.add_price", {{"price", texts.money(whole)}});
  }
  dock.steps = stepper_width(stage, true);
  dock.stacked = width - dock.steps - 24 < 420;
  const float button = dock.stacked ? width : width - dock.steps - 24;
  dock.add_height = button_height(stage, button, dock.add);
  dock.height = dock.stacked ? stepper_height_large + 20 + dock.add_height : std::max(stepper_height_large, dock.add_height);
  return dock;
}

void draw_dock(Stage& stage, const Model& model, const ProductPage& page, const Dock& dock, const Box& box) {
  Texts& texts = stage.texts;
  const std::int64_t units = model.visit.product->units;
  const StepperWish wish = stepper(stage, {box.x, dock.stacked ? box.y : box.y + (dock.height - stepper_height_large) / 2},
                                   {.id = "product",
                                    .units = units,
                                    .at_limit = units >= line_units_max,
                                    .keeps_one = true,
                                    .large = true,
                                    .count = texts.number(units),
                                    .more = texts.say("product.more"),
                                    .fewer = texts.say("product.fewer")});
  if (wish == StepperWish::more) stage.want(ChangeUnits{1});
  if (wish == StepperWish::fewer) stage.want(ChangeUnits{-1});
  const Box add = dock.stacked ? Box{box.x, box.bottom() - dock.add_height, box.w, dock.add_height}
                               : Box{box.x + dock.steps + 24, box.y, box.w - dock.steps - 24, dock.height};
  if (button(stage, add, dock.add)) stage.want(AddToCart{page.card.sku, page.card.title, units});
}

// Decoration: it is there where nobody needs the room for words.
bool has_niche(const Stage& stage, float width) { return !stage.large() && !stage.outlined() && width >= 900; }

// The head with the arch beside it, where there is room for decoration.
float draw_hero(Stage& stage, const Model& model, const ProductPage& page, const Box& place, bool with_variants) {
  const bool niche = has_niche(stage, place.w) && (!stage.wide() || stage.ease.reach);
  Box words = place;
  if (niche) {
    draw_product_niche(stage, {place.x, place.y}, 1, page.card);
    words.x += hero_width + 44;
    words.w -= hero_width + 44;
  }
  float y = words.y + (niche ? 8.0F : 0.0F);
  y += draw_product_head(stage, model, page, {words.x, y, words.w, 0});
  if (with_variants) {
    const float used = draw_variants(stage, model, page, {words.x, y + block_gap, words.w, 0});
    if (used > 0) y += block_gap + used;
  }
  return std::max(niche ? 485.0F : 0.0F, y - place.y);
}

// All that scrolls; `head`: the head too. Returns the height.
float draw_blocks(Stage& stage, const Model& model, const ProductPage& page, const Box& place, bool head) {
  float y = place.y;
  const auto block = [&](float used) {
    if (used > 0) y += used + block_gap;
  };
  if (head) {
    block(draw_banner(stage, model, {place.x, y, place.w, 0}, 0));
    block(draw_hero(stage, model, page, {place.x, y, place.w, 0}, true));
  } else {
    block(draw_variants(stage, model, page, {place.x, y, place.w, 0}));
  }
  block(draw_description(stage, page, {place.x, y, place.w, 0}));
  block(draw_availability(stage, model, page, {place.x, y, place.w, 0}));
  block(draw_room_code(stage, page, {place.x, y, place.w, 0}));
  block(draw_goes_with(stage, model, page, {place.x, y, place.w, 0}));
  return y - place.y;
}

void draw_list(Stage& stage, const Model& model, const ProductPage& page, const Box& place, bool head) {
  const bool keys = stage.large() || stage.ease.reach;
  const float width = place.w - (keys ? scroll_keys_width() : 0);
  const float at = stage.begin_list("product.list", {place.x - 16, place.y, width + 32, place.h});
  const float used = draw_blocks(stage, model, page, {place.x, place.y + 8 - at, width, 0}, head);
  stage.end_list(used + 16);
  if (keys) scroll_keys(stage, {place.x, place.y, place.w, place.h - 8}, "product.list", std::max(160.0F, place.h * 0.75F), {});
}

// What stands there while it is fetched, and when it did not come.
void draw_absent(Stage& stage, const Model& model, const Box& place) {
  const Theme& theme = stage.theme;
  Texts& texts = stage.texts;
  const std::string& code = model.visit.product->failed;
  if (code.empty()) {
    stage.canvas.fill({place.x, place.y, 432, 485}, theme.sunken, 44 * theme.corner_scale);
    stage.canvas.fill({place.x + 476, place.y + 40, place.w * 0.4F, 48}, theme.sunken, 24);
    stage.canvas.fill({place.x + 476, place.y + 120, place.w * 0.25F, 60}, theme.sunken, 30);
    stage.describe(Role::heading, {place.x, place.y, 432, 40}, "product.waiting", texts.say("search.waiting"));
    return;
  }
  const bool silent = code == "no_answer";
  const std::string title = texts.say(silent ? "no_answer.title" : "product.unknown");
  const std::string line = texts.say(silent ? "search.failed_line" : "product.unknown_line");
  const ButtonSpec again =
      silent ? ButtonSpec{.id = "product.again", .label = texts.say("problem.again"), .icon = Icon::replay, .main = true}
             : ButtonSpec{.id = "product.search", .label = texts.say("product.search"), .icon = Icon::search, .main = true};
  const float width = std::min(place.w, 900.0F);
  const float x = place.centre().x - width / 2;
  const float button_w = std::min(width, button_width(stage, again) + 40);
  const float button_h = button_height(stage, button_w, again);
  const float words = stage.height_of(title, Type::h1, width) + 14 + stage.height_of(line, Type::body_l, width) + 40 + button_h;
  const float scale = std::min(1.0F, (place.h - words - 60) / 420);
  float y = place.y + 20;
  if (scale > 0.45F && !stage.outlined()) {
    niche(stage, {place.centre().x, y}, scale, 5, silent ? Icon::sync : Icon::search_off, silent ? theme.warn : theme.ink_2);
    y += 400 * scale + 44;
  }
  y += stage.write({x, y, width, 0}, title,
                   {.role = Role::heading, .type = Type::h1, .colour = theme.ink, .align = Align::centre, .lines_max = 4}) +
       14;
  y += stage.write({x, y, width, 0}, line, {.type = Type::body_l, .colour = theme.ink_2, .align = Align::centre, .lines_max = 6});
  const float at = std::max(y + 40, stage.reach_line() + 14);
  if (!button(stage, {place.centre().x - button_w / 2, at, button_w, button_h}, again)) return;
  if (silent) {
    stage.want(AskAgain{});
  } else {
    stage.want(Navigate{Route::search});
  }
}

NoticeSpec added_notice(Stage& stage, const Added& added) {
  return {.id = "show_cart",
          .icon = Icon::check_circle,
          .words = stage.texts.say("product.added", {{"title", stage.texts.pick(added.title)}}),
          .action = stage.texts.say("product.show_cart"),
          .until = added.until};
}

}  // namespace

void draw_product(Stage& stage, const Model& model) {
  if (!model.visit.product) return;
  Surroundings frame(stage, model, {.back = true});
  const Box above = frame.above;
  const Theme& theme = stage.theme;
  Box place{margin, top_height, above.w - 2 * margin, above.h - top_height};
  if (!model.visit.product->page) {
    draw_absent(stage, model, place);
    frame.end();
    stage.tree.announcement = stage.texts.say(model.visit.product->failed.empty() ? "search.waiting" : "product.unknown");
    return;
  }
  const ProductPage& page = *model.visit.product->page;
  const bool wide = stage.wide();
  // On a wide screen the dock is as wide as its words need, at the right.
  const float dock_width = wide ? std::min(place.w, 1100.0F) : place.w;
  const Dock dock = measure_dock(stage, model, page, dock_width);
  const float edge = wide ? 20 : 32;
  const Box panel{0, above.h - dock.height - 2 * edge, above.w, dock.height + 2 * edge};
  place.h = panel.y - place.y;
  std::optional<NoticeSpec> notice;
  if (model.visit.added) notice = added_notice(stage, *model.visit.added);
  const Box notice_place = place;
  if (notice) place.h -= notice_height(stage, place.w, *notice) + 2 * notice_gap;
  if (stage.ease.reach) {
    const Box head{margin, 40, frame.top.w, 0};
    draw_hero(stage, model, page, head, false);
    const float line = stage.reach_line() + 14;
    place = {place.x, line, place.w, place.bottom() - line};
    // Where there is no room for both, what was added stands in place of the list for as long as it is said.
    if (!notice || place.h >= list_height_least) draw_list(stage, model, page, place, false);
  } else {
    // On a wide screen the arch stands still beside what scrolls.
    if (wide && has_niche(stage, place.w)) {
      const float scale = std::min(1.2F, (notice_place.h - 24) / 485);  // it stands still when a notice comes
      draw_product_niche(stage, {place.x, place.y}, scale, page.card);
      place.x += hero_width * scale + 56;
      place.w -= hero_width * scale + 56;
    }
    draw_list(stage, model, page, place, true);
  }
  if (stage.outlined()) {
    stage.canvas.fill(panel, theme.bg);
    stage.canvas.fill({panel.x, panel.y, panel.w, theme.card_line}, theme.line_strong);
  } else {
    stage.canvas.shadow(panel, Shadow::dock, theme.ink);
    stage.canvas.fill(panel, theme.surface, 44 * theme.corner_scale, Corners::top);
  }
  if (notice && draw_notice(stage, model, notice_place, *notice)) stage.want(Navigate{Route::cart});
  draw_dock(stage, model, page, dock, {above.w - margin - dock_width, panel.y + edge, dock_width, dock.height});
  frame.end();
  stage.tree.announcement = stage.texts.say("search.row_spoken", {{"title", stage.texts.pick(page.card.title)},
                                                                  {"price", price_of(stage, page.card)},
                                                                  {"stock", offer_words(stage, model, page.card.stock).text}});
  const std::string elsewhere = nearby_spoken(stage, model, page);
  if (!elsewhere.empty()) stage.tree.announcement += ". " + elsewhere;
}

}  // namespace vitrine::kiosk::shopper
