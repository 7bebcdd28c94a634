// SPDX-License-Identifier: Apache-2.0
// The panels of a customer; see customer_parts.hpp.
#include "kiosk/screens/counter/customer_parts.hpp"

#include <algorithm>
#include <array>

#include "kiosk/screens/counter/desk.hpp"
#include "kiosk/screens/counter/queue_parts.hpp"
#include "kiosk/widgets/parts.hpp"

namespace vitrine::kiosk::counter {
namespace {

constexpr float pad = part_pad;
constexpr float order_row = 100;  // with what keeps fingers apart
constexpr float order_tall = 84;

// As high as its title needs.
float cart_row_height(const Stage& stage, const std::string& title, float room) {
  return std::max(76.0F, 6 + stage.height_of(title, Type::desk_label, room) + 2 + stage.line(Type::desk_caption) + 10);
}

// "Ready", "On its way" …: the words of a status; one of a later edge as it is.
std::string status_words(Stage& stage, const std::string& status) {
  if (auto words = stage.texts.say_if_known("status." + status)) return std::move(*words);
  return status;
}

}  // namespace

float part_heading(Stage& stage, const Box& box, const std::string& words, const std::string& id, float room) {
  stage.write({box.x + part_pad, box.y + 22, room, 0}, words,
              {.role = Role::heading,
               .type = stage.fitting({Type::desk_head, Type::desk_label}, words, room),
               .colour = stage.theme.ink,
               .id = id});
  return box.y + 22 + 44;
}

void part_empty(Stage& stage, const Box& box, float y, const std::string& words, const std::string& id) {
  stage.write({box.x + part_pad, y, box.w - 2 * part_pad, 0}, words,
              {.type = Type::desk_body, .colour = stage.theme.ink_2, .lines_max = 4, .id = id});
}

bool is_cut_off(const Model& model) { return model.link_known && !model.link.online; }

void draw_cart(Stage& stage, const Model& model, const CustomerOnScreen& screen, const Box& box) {
  const Theme& theme = stage.theme;
  Texts& t = stage.texts;
  card_of(stage, box);
  const bool has = screen.cart.has_value();
  const std::string age =
      is_cut_off(model) ? t.say("customer.as_of", {{"time", t.clock(model.link.since)}}) : t.say("customer.live");
  const float chip = has ? desk_chip_width(stage, age) : 0;
  float y = part_heading(stage, box, t.say("customer.cart"), "cart.title", box.w - 2 * pad - chip - 16);
  if (has)
    desk_chip(stage, {box.right() - pad - chip, box.y + 20}, is_cut_off(model) ? Icon::cloud_off : Icon::sync, age,
              is_cut_off(model) ? theme.info : theme.ok, is_cut_off(model) ? theme.info_tint : theme.ok_tint);
  if (!has) {
    const bool none = screen.carts && screen.carts->carts.empty();
    return part_empty(stage, box, y,
                      t.say(none || (screen.carts && screen.cart_asked == 0) ? "customer.no_cart" : "sign_in.loading"),
                      "cart.empty");
  }
  const CartView& cart = *screen.cart;
  const bool changes = may(model.visit.desk, "carts");
  const float inner = box.w - 2 * pad;
  const std::string sum = t.money({cart.totals.to_pay, cart.totals.currency});
  const std::string to_pay = t.say("customer.to_pay");
  const float wide = stage.canvas.width_of(Type::desk_figure, sum) + 1;
  const ButtonSpec change{.id = "cart.change",
                          .label = t.say("their_cart.title"),
                          .kind = ButtonKind::secondary,
                          .icon = Icon::edit_note,
                          .desk = true};
  // The button stands beside what there is to pay where there is room: the lines are what is looked at.
  const float change_width = changes ? button_width(stage, change) : 0;
  const float label = stage.canvas.width_of(Type::desk_label, to_pay) + 1;
  const bool beside = changes && std::max(wide, label) + 16 + change_width <= inner;
  const float foot = !changes ? 92 : beside ? 112 : 184;
  const Box list{box.x + 2, y + 6, box.w - 4, box.bottom() - foot - y - 6};
  const float scrolled = stage.begin_list("cart", list);
  float at = list.y - scrolled;
  for (const CartViewLine& line : cart.lines) {
    const std::string total = line.total ? t.money(*line.total) : std::string();
    const float price = stage.canvas.width_of(Type::desk_label, total) + 1;
    const float room = inner - 76 - price - 12;
    const std::string& title = t.pick(line.title).empty() ? line.sku.text : t.pick(line.title);
    const Box row{box.x + pad, at, inner, cart_row_height(stage, title, room)};
    if (row.bottom() > list.y - row.h && row.y < list.bottom() + row.h) {
      product_tile(stage, {row.x, row.y + 6, 60, 60}, line.pictogram, line.tile);
      const std::string line_words = line.sold_out ? t.say("customer.sold_out") : t.say("queue.items", {{"n", line.units}});
      const float below =
          row.y + 6 +
          stage.write({row.x + 76, row.y + 6, room, 0}, title, {.type = Type::desk_label, .colour = theme.ink, .lines_max = 2}) +
          2;
      stage.write({row.x + 76, below, room, 0}, line_words,
                  {.type = Type::desk_caption, .colour = line.sold_out ? theme.warn : theme.ink_2});
      stage.write({row.right() - price, row.y + 6, price, 0}, total, {.type = Type::desk_label, .colour = theme.ink});
    }
    at += row.h;
  }
  stage.end_list(at + scrolled - list.y);
  stage.canvas.fill({box.x + pad, box.bottom() - foot, box.w - 2 * pad, 2}, theme.line);
  if (beside) {
    y = box.bottom() - 20 - 72;
    stage.write({box.x + pad, y, label, 0}, to_pay, {.type = Type::desk_label, .colour = theme.ink});
    stage.write({box.x + pad, y + 26, wide, 0}, sum, {.type = Type::desk_figure, .colour = theme.ink, .id = "cart.to_pay"});
  } else {
    y = box.bottom() - foot + 20;
    stage.write({box.x + pad, y + 10, inner - wide - 16, 0}, to_pay, {.type = Type::desk_label, .colour = theme.ink});
    stage.write({box.right() - pad - wide, y, wide, 0}, sum,
                {.type = Type::desk_figure, .colour = theme.ink, .id = "cart.to_pay"});
  }
  if (!changes) return;
  const float button_wide = beside ? change_width : inner;
  if (button(stage, {box.right() - pad - button_wide, box.bottom() - 20 - 72, button_wide, 72}, change))
    stage.want(CounterWish{OpenCart{}});
}

void draw_limited(Stage& stage, const CustomerOnScreen& screen, const Box& box) {
  const Theme& theme = stage.theme;
  Texts& t = stage.texts;
  card_of(stage, box);
  const float room = box.w - 2 * pad;
  float y = part_heading(stage, box, t.say("customer.limited"), "limited.title", room);
  y += 14 + stage.write({box.x + pad, y, room, 0}, t.say("customer.limited_line"),
                        {.type = Type::desk_body, .colour = theme.ink_2, .lines_max = 3});
  struct Closed {
    const char* words;
    Icon icon;
  };
  for (const Closed& one :
       {Closed{"customer.closed_activity", Icon::visibility}, Closed{"customer.closed_history", Icon::shopping_bag}}) {
    const Box row{box.x + pad, y, room, 92};
    const std::string closed = t.say("customer.not_shared");
    const float chip = desk_chip_width(stage, closed);
    stage.canvas.disc({row.x + 30, row.centre().y}, 30, theme.sunken);
    stage.canvas.icon(one.icon, 26, {row.x + 30, row.centre().y}, theme.ink_2);
    const std::string words = t.say(one.words);
    const float left = row.w - 80 - chip - 16;
    const float tall = stage.height_of(words, Type::desk_label, left);
    stage.write({row.x + 80, row.centre().y - tall / 2, left, 0}, words,
                {.type = Type::desk_label, .colour = theme.ink, .lines_max = 2});
    desk_chip(stage, {row.right() - chip, row.centre().y - desk_chip_height / 2}, Icon::lock, closed, theme.ink_2, theme.sunken);
    y += row.h;
    stage.canvas.fill({row.x, y - 1, row.w, 2}, theme.line);
  }
  const std::string ask = t.say("customer.could_say");
  const std::string words = t.say("customer.could_say_words");
  const float tall = 24 + stage.line(Type::desk_label) + 8 + stage.height_of(words, Type::desk_body, room - 56) + 24;
  const Box hint{box.x + pad, y + 28, room, tall};
  stage.canvas.fill(hint, theme.info_tint, 24 * theme.corner_scale);
  stage.canvas.icon(Icon::record_voice_over, 30, {hint.x + 28 + 15, hint.y + 24 + stage.line(Type::desk_label) / 2}, theme.info);
  stage.write({hint.x + 28 + 42, hint.y + 24, hint.w - 56 - 42, 0}, ask, {.type = Type::desk_label, .colour = theme.info});
  stage.write({hint.x + 28, hint.y + 24 + stage.line(Type::desk_label) + 8, hint.w - 56, 0}, words,
              {.type = Type::desk_body, .colour = theme.ink, .lines_max = 4});
  const ButtonSpec agree{.id = "customer.share",
                         .label = t.say("customer.they_agree"),
                         .kind = ButtonKind::secondary,
                         .icon = Icon::check,
                         .desk = true,
                         .enabled = screen.changing == 0};
  if (button(stage, {box.x + pad, hint.bottom() + 24, room, 72}, agree)) stage.want(CounterWish{LetSee{true}});
}

void draw_orders(Stage& stage, const Model& model, const CustomerOnScreen& screen, const Box& box) {
  const Theme& theme = stage.theme;
  Texts& t = stage.texts;
  card_of(stage, box);
  float y = part_heading(stage, box, t.say("customer.orders"), "orders.title", box.w - 2 * pad);
  std::vector<const CustomerOrder*> orders;
  for (const auto* part : {&screen.orders, &screen.history}) {
    if (!*part) continue;
    for (const CustomerOrder& one : (*part)->orders) orders.push_back(&one);
  }
  const float foot = 16;
  if (!screen.orders) return part_empty(stage, box, y, t.say("sign_in.loading"), "orders.empty");
  if (orders.empty()) part_empty(stage, box, y, t.say("customer.no_orders"), "orders.empty");
  const Box list{box.x + 2, y + 2, box.w - 4, box.bottom() - foot - y - 2};
  if (!orders.empty()) {
    const bool may_open = may(model.visit.desk, "orders");
    const float scrolled = stage.begin_list("orders", list);
    float at = list.y - scrolled;
    for (const CustomerOrder* one : orders) {
      const Box row{box.x + pad - 12, at, box.w - 2 * pad + 24, order_tall};
      if (row.bottom() > list.y - order_row && row.y < list.bottom() + order_row) {
        const std::string status = status_words(stage, one->status);
        const bool ready = is_ready(*one);
        const float chip = desk_chip_width(stage, status);
        const std::string name = order_words(one->order);
        const std::string line = t.say("queue.items", {{"n", one->units}}) + " · " + t.day(one->placed_at);
        if (may_open) {
          TargetSpec target{.id = "orders." + one->order, .box = row, .label = name, .radius = 16, .value = status + ", " + line};
          target.spoken = t.say("queue.open_order", {{"order", name}});
          if (stage.target(target).acted) stage.want(CounterWish{OpenOrder{one->order}});
        } else {
          stage.describe(Role::text, row, "orders." + one->order, name, status + ", " + line);
        }
        // What is written on it is its label and value.
        const Box state{row.right() - 12 - chip, row.y + 8, chip, desk_chip_height};
        const Colour ink = ready ? theme.ok : theme.ink_2;
        stage.canvas.fill(state, ready ? theme.ok_tint : theme.sunken, state.h / 2);
        stage.canvas.icon(ready ? Icon::check_circle : Icon::inventory_2, 22, {state.x + 25, state.centre().y}, ink);
        stage.canvas.text(Type::desk_badge, {state.x + 44, state.centre().y - stage.line(Type::desk_badge) / 2}, ink, status);
        stage.canvas.text(Type::desk_label, {row.x + 12, row.y + 12}, theme.ink, name);
        stage.canvas.text(stage.fitting({Type::desk_caption, Type::desk_rail}, line, row.w - 24), {row.x + 12, row.y + 46},
                          theme.ink_2, line);
        stage.canvas.fill({row.x + 12, row.bottom() - 1, row.w - 24, 2}, theme.line);
      }
      at += order_row;
    }
    stage.end_list(static_cast<float>(orders.size()) * order_row);
  }
}

}  // namespace vitrine::kiosk::counter
