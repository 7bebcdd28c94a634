// SPDX-License-Identifier: Apache-2.0
// 03 and 04: the person's cart, with prices and stock of this store, online or not.
#include <algorithm>

#include "kiosk/screens/shopper/cart_line.hpp"
#include "kiosk/screens/shopper/screens.hpp"
#include "kiosk/screens/shopper/surroundings.hpp"
#include "kiosk/widgets/parts.hpp"

namespace vitrine::kiosk::shopper {
namespace {

std::string title_for(Stage& stage, const Model& model, const CartView& cart, Type type, float room) {
  const bool greet = model.store->greet_by_name && !cart.first_name.empty();
  const std::string plain = stage.texts.say("cart.title");
  if (!greet) return plain;
  const std::string named = stage.texts.say("cart.title_named", {{"name", cart.first_name}});
  return stage.canvas.width_of(type, named) <= room ? named : plain;
}

// Where the cart on the screen comes from.
std::string origin_words(Stage& stage, const Model& model, const CartView& cart) {
  Texts& texts = stage.texts;
  if (cart.known_from_pass) return texts.say("cart.from_pass");
  const bool here = cart.changed_by == model.device || !model.visit.pending.empty();
  if (here) return texts.say(model.link.online && cart.outbox_waiting == 0 ? "cart.changed_here" : "cart.changed_waiting");
  if (texts.same_day(cart.changed_at, model.now.utc))
    return texts.say("cart.from_phone", {{"time", texts.clock(cart.changed_at)}});
  return texts.say("cart.from_phone_day", {{"day", texts.day(cart.changed_at)}});
}

// The most serious thing to say, or nothing.
std::optional<BannerSpec> banner_for(Stage& stage, const Model& model) {
  Texts& texts = stage.texts;
  const bool waiting = model.visit.cart && model.visit.cart->outbox_waiting > 0;
  if (model.visit.not_saved_until) {
    return BannerSpec{"cart.not_saved", BannerKind::warn, Icon::error_outline, texts.say("cart.not_saved"),
                      texts.say("cart.not_saved_line")};
  }
  if (model.link_banner == LinkBanner::offline) {
    const std::string line = model.link.last_contact.value > 0
                                 ? texts.say("banner.offline_line", {{"time", texts.clock(model.link.last_contact)}})
                                 : texts.say("banner.offline_line_never");
    return BannerSpec{"banner.offline", BannerKind::info, Icon::cloud_off, texts.say("banner.offline"), line};
  }
  if (model.link_banner == LinkBanner::back_online) {
    return BannerSpec{"banner.online", BannerKind::ok, Icon::check_circle, texts.say("banner.online"),
                      texts.say(waiting ? "banner.online_line_waiting" : "banner.online_line")};
  }
  return std::nullopt;
}

float draw_origin(Stage& stage, const Model& model, const CartView& cart, const Box& place) {
  stage.canvas.icon(Icon::smartphone, 34, {place.x + 4 + 17, place.y + 4 + 23}, stage.theme.primary);
  const float left = place.x + 4 + 34 + 14;
  const float used = stage.write({left, place.y + 4, place.right() - left, 92}, origin_words(stage, model, cart),
                                 {.type = Type::body_l, .colour = stage.theme.ink_2, .lines_max = 2, .id = "cart.origin"});
  return 4 + used + 30;
}

void draw_empty(Stage& stage, const Box& place) {
  const Theme& theme = stage.theme;
  const float scale = 0.8F;
  float y = place.y + std::max(24.0F, (place.h - 500) / 2);
  niche(stage, {place.centre().x, y}, scale, 3, Icon::shopping_bag, theme.info);
  y += 400 * scale + 40;
  y += stage.write({place.x, y, place.w, 54}, stage.texts.say("cart.empty"),
                   {.role = Role::heading, .type = Type::h2, .colour = theme.ink, .align = Align::centre}) +
       10;
  stage.write({place.x, y, place.w, 92}, stage.texts.say("cart.empty_line"),
              {.type = Type::body_l, .colour = theme.ink_2, .align = Align::centre, .lines_max = 2});
}

void draw_lines(Stage& stage, const Model& model, const CartView& cart, const Box& place, float gap) {
  const float edge = 14;  // shadows and focus rings of the first and last card
  const Box window{place.x - 24, place.y - edge, place.w + 48, place.h + edge};
  const float scrolled = stage.begin_list("cart.list", window);
  float y = place.y;
  for (const CartViewLine& line : cart.lines) {
    const float height = cart_line_height(stage, model, line, place.w);
    const std::string name = "cart.line." + line.key;
    const float at = stage.motions.follow(name, y, 200) - scrolled;
    const Box box{place.x, at, place.w, height};
    const int start = stage.canvas.mark();
    draw_cart_line(stage, model, line, box);
    const float share = stage.motions.since_first(name + ".in", 200);
    if (share < 1) stage.canvas.fade_since(start, share);
    y += height + gap;
  }
  stage.end_list(y - gap + 24 - window.y);
}

struct Dock {
  bool saving = false;
  std::string note;         // under "To pay"
  bool note_below = false;  // it does not fit beside the total
  float height = 0;
};

Dock measure_dock(Stage& stage, const CartView& cart, float width) {
  Dock dock;
  dock.saving = cart.totals.subtotal > cart.totals.to_pay;
  if (cart.totals.lines_left_out > 0) {
    dock.note = stage.texts.say("cart.left_out", {{"n", cart.totals.lines_left_out}});
  } else if (cart.totals.units > 0) {
    dock.note = stage.texts.say("cart.pay_hint");
  }
  const float total = stage.canvas.width_of(Type::total, stage.texts.money({cart.totals.to_pay, cart.totals.currency}));
  dock.note_below = stage.canvas.width_of(Type::caption, dock.note) > width - total - 24;
  dock.height = 32 + 40 + (dock.saving ? 48.0F : 0.0F) + 18 + 76 + (dock.note_below ? 36.0F : 0.0F) + 26 + 108 + 32;
  return dock;
}

void draw_dock_rows(Stage& stage, const CartView& cart, const Dock& dock, const Box& in) {
  const Theme& theme = stage.theme;
  Texts& texts = stage.texts;
  const auto money = [&](std::int64_t minor) { return texts.money({minor, cart.totals.currency}); };
  float y = in.y;
  const float half = in.w / 2 - 12;
  stage.write({in.x, y, half, 40}, texts.say("cart.items", {{"n", cart.totals.units}}),
              {.role = Role::status, .type = Type::body, .colour = theme.ink_2, .id = "cart.items"});
  if (dock.saving) {
    stage.write({in.x + half, y, in.w - half, 40}, money(cart.totals.subtotal),
                {.type = Type::body, .colour = theme.ink_2, .align = Align::right});
    y += 48;
    stage.canvas.icon(Icon::local_offer, 32, {in.x + 16, y + 20}, theme.promo);
    stage.write_centred({in.x + 44, y, half - 44, 40}, texts.say("cart.saving"), {.type = Type::name, .colour = theme.promo});
    stage.write_centred({in.x + half, y, in.w - half, 40}, money(cart.totals.to_pay - cart.totals.subtotal),
                        {.type = Type::name, .colour = theme.promo, .align = Align::right, .id = "cart.saving"});
  }
  y += 40 + 18;
  const std::string total = money(cart.totals.to_pay);
  const float left = in.w - stage.canvas.width_of(Type::total, total) - 24;
  stage.write({in.x, dock.note_below ? y + 18 : y, left, 44}, texts.say("cart.to_pay"),
              {.role = Role::heading, .type = Type::h3, .colour = theme.ink});
  if (!dock.note.empty()) {
    const Box note = dock.note_below ? Box{in.x, y + 80, in.w, 32} : Box{in.x, y + 44, left, 32};
    stage.write(note, dock.note, {.type = Type::caption, .colour = theme.ink_2});
  }
  stage.write_changing(
      "cart.total", {in.x + left, y + 4, in.w - left, 72}, total,
      {.role = Role::status, .type = Type::total, .colour = theme.ink, .align = Align::right, .id = "cart.total"});
}

void draw_finish(Stage& stage, const Box& box) {
  if (button(stage, box, {.id = "cart.finish", .label = stage.texts.say("cart.finished"), .icon = Icon::check, .main = true})) {
    stage.want(Finish{});
  }
}

constexpr float toast_height = 104;
constexpr float toast_gap = 24;

void draw_toast(Stage& stage, const Model& model, const Box& above) {
  if (!model.visit.removed) return;
  const Removed& removed = *model.visit.removed;
  const Box box{above.x, above.bottom() - toast_gap - toast_height, above.w, toast_height};
  const int start = stage.canvas.mark();
  const std::string title = stage.texts.pick(removed.title);
  if (toast(stage, box, "undo", Icon::delete_outline, stage.texts.say("cart.removed", {{"title", title}}),
            stage.texts.say("cart.undo"))) {
    stage.want(UndoRemove{});
  }
  const std::string name = "toast." + removed.line + std::to_string(removed.until.value);
  const float share = stage.motions.since_first(name, stage.motions.reduced() ? 120 : 200);
  if (!stage.motions.reduced()) stage.canvas.move_since(start, 0, 40 * (1 - eased(share)));
  const auto left = static_cast<float>(removed.until.value - model.now.mono.value);
  if (left < 160) stage.motions.keep_moving();
  stage.canvas.fade_since(start, std::min(share, left / 160.0F));
}

}  // namespace

void draw_cart(Stage& stage, const Model& model) {
  const std::optional<CartView> shown = shown_cart(model);
  if (!shown) return;
  const CartView& cart = *shown;
  const Theme& theme = stage.theme;
  const Box above = draw_utility(stage, model, true);
  const Box top = draw_top(stage, model, false);
  const std::string title = title_for(stage, model, cart, Type::title, top.w);
  stage.write_centred(top, title, {.role = Role::heading, .type = Type::title, .colour = theme.ink, .id = "cart.title"});

  const float side = 600;
  const Dock dock = measure_dock(stage, cart, stage.wide() ? side - 80 : above.w - 2 * margin);
  Box column{margin, top_height, above.w - 2 * margin, above.h - top_height - dock.height};
  Box panel{0, above.h - dock.height, above.w, dock.height};
  if (stage.wide()) {
    panel = {above.w - margin - side, top_height, side, dock.height + 12};
    column = {margin, top_height, panel.x - 40 - margin, above.h - top_height};
  }
  const Box place = column;
  const std::optional<BannerSpec> banner_spec = banner_for(stage, model);
  if (banner_spec) {
    const Box box{column.x, column.y, column.w, banner_height(stage, column.w, *banner_spec)};
    const int start = stage.canvas.mark();
    banner(stage, box, *banner_spec);
    stage.canvas.fade_since(start, stage.motions.since_first(banner_spec->id + ".in", 120));
    column.y += box.h + 22;
    column.h -= box.h + 22;
  } else {
    const float used = draw_origin(stage, model, cart, column);
    column.y += used;
    column.h -= used;
  }
  if (model.visit.removed) column.h -= toast_height + 2 * toast_gap;
  if (cart.lines.empty()) {
    draw_empty(stage, column);
  } else {
    draw_lines(stage, model, cart, column, banner_spec ? 16 : 22);
  }

  if (stage.wide()) {
    card(stage, panel, 32);
    draw_dock_rows(stage, cart, dock, {panel.x + 40, panel.y + 36, panel.w - 80, 0});
    draw_finish(stage, {panel.x + 40, panel.bottom() - 36 - 108, panel.w - 80, 108});
  } else {
    stage.canvas.shadow(panel, Shadow::dock, theme.ink);
    stage.canvas.fill(panel, theme.surface, 44 * theme.corner_scale, Corners::top);
    draw_dock_rows(stage, cart, dock, {margin, panel.y + 32, panel.w - 2 * margin, 0});
    draw_finish(stage, {margin, panel.bottom() - 32 - 108, panel.w - 2 * margin, 108});
  }
  draw_toast(stage, model, place);
  stage.tree.announcement =
      stage.texts.say("cart.spoken", {{"title", title},
                                      {"items", stage.texts.say("cart.items", {{"n", cart.totals.units}})},
                                      {"total", stage.texts.money({cart.totals.to_pay, cart.totals.currency})}});
}

}  // namespace vitrine::kiosk::shopper
