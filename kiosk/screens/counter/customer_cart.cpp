// SPDX-License-Identifier: Apache-2.0
// A customer's cart while staff change it: its lines with steppers, goods that are looked for, and the code that takes it to the
// till or to their phone.
#include <algorithm>

#include "kiosk/screens/counter/customer_parts.hpp"
#include "kiosk/screens/counter/desk.hpp"
#include "kiosk/screens/counter/queue_parts.hpp"
#include "kiosk/screens/shopper/coupon_parts.hpp"
#include "kiosk/widgets/field.hpp"
#include "kiosk/widgets/keyboard.hpp"

namespace vitrine::kiosk::counter {
namespace {

constexpr float pad = part_pad;
constexpr float gap = 48;
constexpr float side = 440;
constexpr float row_tall = 108;
constexpr float found_tall = 88;

const std::string& title_of(Stage& stage, const Words& words, const sync::Sku& sku) {
  const std::string& title = stage.texts.pick(words);
  return title.empty() ? sku.text : title;
}

void draw_line(Stage& stage, const CartViewLine& line, bool free, const Box& row) {
  const Theme& theme = stage.theme;
  Texts& t = stage.texts;
  const std::string& title = title_of(stage, line.title, line.sku);
  const std::string total = line.total ? t.money(*line.total) : std::string();
  const float price = std::max(96.0F, stage.canvas.width_of(Type::desk_label, total) + 1);
  const float steps = stepper_width(stage);
  const float column = row.right() - price - 20 - steps;
  product_tile(stage, {row.x, row.centre().y - 32, 64, 64}, line.pictogram, line.tile);
  const float left = row.x + 64 + 18;
  const float room = column - 20 - left;
  const std::string below = line.sold_out     ? t.say("customer.sold_out")
                            : line.unit_price ? t.say("cart.each", {{"price", t.money(*line.unit_price)}})
                                              : t.say("cart.no_price");
  const float height =
      std::min(stage.height_of(title, Type::desk_label, room), 2 * stage.line(Type::desk_label)) + stage.line(Type::desk_caption);
  float y = row.centre().y - height / 2;
  y += stage.write({left, y, room, 0}, title, {.type = Type::desk_label, .colour = theme.ink, .lines_max = 2, .personal = true});
  stage.write({left, y, room, 0}, below,
              {.type = Type::desk_caption, .colour = line.sold_out ? theme.warn : theme.ink_2, .personal = true});
  const StepperWish wish = stepper(stage, {column, row.centre().y - stepper_height / 2},
                                   {.id = "their." + line.key,
                                    .units = line.units,
                                    .at_limit = !free || line.units >= line_units_max,
                                    .count = t.number(line.units),
                                    .more = t.say("cart.more_line", {{"title", title}}),
                                    .fewer = t.say("cart.fewer_line", {{"title", title}}),
                                    .remove = t.say("cart.remove_line", {{"title", title}})});
  if (wish == StepperWish::more) stage.want(CounterWish{CountCart{line.key, 1}});
  if (wish == StepperWish::fewer) stage.want(CounterWish{CountCart{line.key, -1}});
  if (wish == StepperWish::remove) stage.want(CounterWish{DropFromCart{line.key}});
  stage.write({row.right() - price, row.centre().y - stage.line(Type::desk_label) / 2, price, 0}, total,
              {.type = Type::desk_label,
               .colour = theme.ink,
               .align = Align::right,
               .id = "their." + line.key + ".total",
               .personal = true});
}

void draw_coupon(Stage& stage, const CouponView& coupon, const std::string& currency, bool free, const Box& row) {
  const Theme& theme = stage.theme;
  Texts& t = stage.texts;
  const bool used = coupon.state == CouponState::used;
  const ButtonSpec remove{.id = "their." + coupon.code + ".remove",
                          .label = t.say("cart.remove"),
                          .kind = ButtonKind::tertiary,
                          .desk = true,
                          .enabled = free,
                          .spoken = t.say("coupon.remove", {{"code", coupon.code}})};
  const float wide = button_width(stage, remove);
  stage.canvas.icon(Icon::local_offer, 30, {row.x + 32, row.centre().y}, used ? theme.promo : theme.ink_2);
  const float left = row.x + 64 + 18;
  const float room = row.right() - wide - 20 - left;
  const std::string& title = t.pick(coupon.title);
  const std::string name = title.empty() ? coupon.code : t.say("coupon.row", {{"code", coupon.code}, {"title", title}});
  const float height = stage.line(Type::desk_label) + stage.line(Type::desk_caption);
  float y = row.centre().y - height / 2;
  y += stage.write({left, y, room, 0}, name, {.type = Type::desk_label, .colour = theme.ink, .lines_max = 1, .personal = true});
  stage.write({left, y, room, 0}, coupon_words(t, coupon, currency),
              {.role = Role::status,
               .type = Type::desk_caption,
               .colour = used ? theme.promo : theme.ink_2,
               .lines_max = 2,
               .id = "their." + coupon.code + ".coupon",
               .personal = true});
  if (button(stage, {row.right() - wide, row.centre().y - 36, wide, 72}, remove))
    stage.want(CounterWish{DropCoupon{coupon.code}});
}

// What was done last, and its way back.
void draw_undo(Stage& stage, const CartWork& work, const Box& box) {
  const Theme& theme = stage.theme;
  Texts& t = stage.texts;
  const CartChange& done = *work.undo;
  const std::string words =
      !done.coupon.empty() ? t.say(done.delta > 0 ? "their_cart.coupon_on" : "coupon.removed", {{"code", done.coupon}})
                           : t.say(done.delta > 0 ? "their_cart.more" : "their_cart.fewer",
                                   {{"n", std::max(done.delta, -done.delta)}, {"title", title_of(stage, done.title, done.sku)}});
  stage.canvas.fill(box, theme.sunken, 20 * theme.corner_scale);
  const ButtonSpec undo{
      .id = "their.undo", .label = t.say("cart.undo"), .kind = ButtonKind::tertiary, .desk = true, .enabled = work.acting == 0};
  const float wide = button_width(stage, undo);
  const float room = box.w - wide - 56;
  const float height = std::min(stage.height_of(words, Type::desk_body, room), 2 * stage.line(Type::desk_body));
  stage.write(
      {box.x + 24, box.centre().y - height / 2, room, 0}, words,
      {.role = Role::status, .type = Type::desk_body, .colour = theme.ink, .lines_max = 2, .id = "their.done", .personal = true});
  if (button(stage, {box.right() - wide - 12, box.centre().y - 36, wide, 72}, undo)) stage.want(CounterWish{UndoCart{}});
}

void draw_lines(Stage& stage, const CustomerOnScreen& screen, const Box& box) {
  const CartWork& work = *screen.cart_work;
  const float foot = work.undo ? 88.0F + 12 : 0.0F;
  if (work.undo) draw_undo(stage, work, {box.x, box.bottom() - 88, box.w, 88});
  const Box list{box.x - pad + 2, box.y, box.w + pad, box.h - foot};
  if (screen.cart->lines.empty())
    return part_empty(stage, {box.x - pad, box.y, box.w + 2 * pad, list.h}, box.y + 8, stage.texts.say("their_cart.empty"),
                      "their.empty");
  const float scrolled = stage.begin_list("their", list);
  float at = list.y - scrolled;
  for (const CartViewLine& line : screen.cart->lines) {
    const Box row{box.x, at, box.w, row_tall};
    if (row.bottom() > list.y - row_tall && row.y < list.bottom() + row_tall) {
      draw_line(stage, line, work.acting == 0, row);
      stage.canvas.fill({row.x, row.bottom() - 1, row.w, 2}, stage.theme.line);
    }
    at += row_tall;
  }
  for (const CouponView& coupon : screen.cart->coupons) {
    draw_coupon(stage, coupon, screen.cart->totals.currency, work.acting == 0, {box.x, at, box.w, row_tall});
    at += row_tall;
  }
  stage.end_list(static_cast<float>(screen.cart->lines.size() + screen.cart->coupons.size()) * row_tall);
}

std::string till_words(Stage& stage, const TicketView& ticket) {
  Texts& t = stage.texts;
  switch (ticket.state) {
    case TicketState::open:
      return t.say("their_cart.till_line", {{"code", ticket.code}, {"time", t.clock(ticket.valid_until)}});
    case TicketState::taken:
      return t.say("till.taken_title");
    case TicketState::paid:
      return t.say("till.paid", {{"price", t.money({ticket.to_pay, ticket.currency})}});
    case TicketState::returned:
      return t.say("till.returned");
    case TicketState::cancelled:
      return t.say("till.cancelled");
    case TicketState::expired:
      return t.say("till.expired");
  }
  return {};
}

// The code that was made, in place of the ways to make one.
void draw_code(Stage& stage, const CartWork& work, const Box& box) {
  Texts& t = stage.texts;
  const bool till = work.ticket.has_value();
  const bool open = !till || work.ticket->state == TicketState::open;
  const std::string words =
      till ? till_words(stage, *work.ticket)
           : t.say("their_cart.phone_line", {{"time", t.day(work.code->valid_until) + ", " + t.clock(work.code->valid_until)}});
  const float height = std::min(stage.height_of(words, Type::desk_label, box.w), 4 * stage.line(Type::desk_label));
  const float room = std::min(box.w, box.h - height - 20 - 72 - 24);
  float y = box.y;
  const QrModules code = make_qr(till ? work.ticket->qr : work.code->qr);
  if (open && code.size > 0) {
    qr_tile(stage, {box.centre().x - room / 2, y, room, room}, code, "their.qr", t.say(till ? "till.image" : "keep.image"));
    y += room + 20;
  }
  stage.write({box.x, y, box.w, 0}, words,
              {.role = Role::status,
               .type = Type::desk_label,
               .colour = stage.theme.ink,
               .align = Align::centre,
               .lines_max = 4,
               .id = "their.code"});
  const ButtonSpec back{.id = "their.back", .label = t.say("their_cart.go_on"), .kind = ButtonKind::secondary, .desk = true};
  if (button(stage, {box.x, box.bottom() - 72, box.w, 72}, back)) stage.want(GoBack{});
}

void draw_ways(Stage& stage, const Model& model, const CustomerOnScreen& screen, const Box& box) {
  const Theme& theme = stage.theme;
  Texts& t = stage.texts;
  const CartWork& work = *screen.cart_work;
  const CartView& cart = *screen.cart;
  const bool sends = work.acting == 0 && work.sending == 0 && !cart.lines.empty();
  const ButtonSpec find{.id = "their.find",
                        .label = t.say("their_cart.find"),
                        .kind = ButtonKind::secondary,
                        .icon = Icon::qr_code_scanner,
                        .desk = true};
  const ButtonSpec till{.id = "their.till",
                        .label = t.say("their_cart.to_till"),
                        .desk = true,
                        .enabled = sends,
                        .main = true,
                        .shortcut = Key::enter};
  const ButtonSpec phone{
      .id = "their.phone", .label = t.say("their_cart.to_phone"), .kind = ButtonKind::secondary, .desk = true, .enabled = sends};
  float y = box.y;
  y += 16 + stage.write({box.x, y, box.w, 0}, t.say(is_cut_off(model) ? "their_cart.line_offline" : "their_cart.line"),
                        {.type = Type::desk_body, .colour = theme.ink_2, .lines_max = 4, .id = "their.line"});
  const ButtonSpec coupon{.id = "their.coupon",
                          .label = t.say("their_cart.coupon"),
                          .kind = ButtonKind::secondary,
                          .icon = Icon::local_offer,
                          .desk = true,
                          .enabled = work.acting == 0 && !cart.lines.empty()};
  if (button(stage, {box.x, y, box.w, 72}, find)) stage.want(ShowKeyboard{true});
  if (button(stage, {box.x, y + 72 + 16, box.w, 72}, coupon)) stage.want(CounterWish{TypeCoupon{}});
  if (button(stage, {box.x, box.bottom() - 72, box.w, 72}, till)) stage.want(CounterWish{SendCart{true}});
  if (button(stage, {box.x, box.bottom() - 72 - 16 - 72, box.w, 72}, phone)) stage.want(CounterWish{SendCart{false}});
  const std::string sum = t.money({cart.totals.to_pay, cart.totals.currency});
  const float wide = stage.canvas.width_of(Type::desk_figure, sum) + 1;
  const float foot = box.bottom() - 72 - 16 - 72 - 24 - 64;
  stage.canvas.fill({box.x, foot - 12, box.w, 2}, theme.line);
  stage.write({box.x, foot + 10, box.w - wide - 16, 0}, t.say("customer.to_pay"),
              {.type = Type::desk_label, .colour = theme.ink});
  stage.write({box.right() - wide, foot, wide, 0}, sum,
              {.type = Type::desk_figure, .colour = theme.ink, .id = "their.to_pay", .personal = true});
}

}  // namespace

void draw_cart_work(Stage& stage, const Model& model, const CustomerOnScreen& screen, const Box& box) {
  Texts& t = stage.texts;
  const CartWork& work = *screen.cart_work;
  card_of(stage, box);
  const float y = part_heading(stage, box, t.say("their_cart.title"), "their.title", box.w - 2 * pad - 110);
  const bool code = work.ticket || work.code;
  if (round_button(stage, {box.right() - pad - 88, box.y + 14}, "their.close", t.say("their_cart.done"), Icon::close, !code))
    stage.want(CounterWish{OpenCart{false}});
  const float top = std::max(y + 6, box.y + 14 + 88 + 8);
  const Box below{box.x + pad, top, box.w - 2 * pad, box.bottom() - pad - top};
  draw_lines(stage, screen, {below.x, below.y, below.w - side - gap, below.h});
  const Box right{below.right() - side, below.y, side, below.h};
  code ? draw_code(stage, work, right) : draw_ways(stage, model, screen, right);
  stage.tree.announcement = t.say("their_cart.spoken", {{"items", t.say("cart.items", {{"n", screen.cart->totals.units}})}});
}

void draw_goods_finder(Stage& stage, const CustomerOnScreen& screen, const Box& free) {
  const Theme& theme = stage.theme;
  Texts& t = stage.texts;
  const CartWork& work = *screen.cart_work;
  const std::string title = t.say(work.coupons ? "their_cart.coupon" : "their_cart.find");
  stage.tree.announcement = title;
  if (round_button(stage, {free.x, free.y + 18}, "back", t.say("top.back"), Icon::arrow_back, true)) stage.want(GoBack{});
  const Box row{free.x + 112, free.y + 12, free.w - 112, field_height};
  const FieldWish wish = field(stage, row,
                               {.id = "their.words",
                                .label = title,
                                .typed = work.words.text,
                                .hint = t.say(work.coupons ? "coupon.hint" : "stock.hint"),
                                .clear = t.say("back.clear"),
                                .icon = Icon::qr_code_scanner,
                                .active = true});
  if (wish == FieldWish::clear) stage.want(TypeKey{{KeyTouch::Kind::clear}});
  const float keys = keyboard_height(stage);
  const Box card{free.x, row.bottom() + 16, free.w, free.bottom() - keys - 20 - row.bottom() - 16};
  card_of(stage, card);
  const float top = part_heading(stage, card, title, "their.find_title", card.w - 2 * pad) - 12;
  const bool none = work.found && work.found->products.empty();
  if (!work.found || none) {
    part_empty(stage, card, top,
               t.say(work.coupons          ? "their_cart.coupon_line"
                     : none                ? "notice.product_unknown"
                     : work.searching != 0 ? "search.waiting"
                                           : "their_cart.find_line"),
               "their.found_none");
  } else {
    const Box list{card.x + 2, top, card.w - 4, card.bottom() - 8 - top};
    const float scrolled = stage.begin_list("found", list);
    float at = list.y - scrolled;
    for (const ProductCard& one : work.found->products) {
      const Box place{card.x + 16, at + 6, card.w - 32, found_tall};
      if (place.bottom() > list.y - 6 * found_tall && place.y < list.bottom() + 6 * found_tall) {
        const std::string& name = title_of(stage, one.title, one.sku);
        const std::string price = one.price ? t.money(*one.price) : t.say("cart.no_price");
        TargetSpec target{.id = "found." + one.sku.text, .box = place, .label = name, .radius = 16, .value = price};
        target.spoken = t.say("their_cart.add", {{"title", name}});
        if (&one == &work.found->products.front()) target.shortcut = Key::enter;
        if (stage.target(target).acted) stage.want(CounterWish{AddToTheirCart{one.sku.text}});
        product_tile(stage, {place.x + 12, place.centre().y - 32, 64, 64}, one.pictogram, one.tile);
        const float wide = stage.canvas.width_of(Type::desk_label, price) + 1;
        const float y = place.centre().y - stage.line(Type::desk_label) / 2;
        const float room = place.w - 64 - 30 - wide - 100;
        const auto lines = stage.canvas.wrap(Type::desk_label, name, room);
        if (!lines.empty()) stage.canvas.text(Type::desk_label, {place.x + 94, y}, theme.ink, lines.front());
        stage.canvas.text(Type::desk_label, {place.right() - 72 - wide, y}, theme.ink_2, price);
        stage.canvas.icon(Icon::add, 30, {place.right() - 32, place.centre().y}, theme.primary);
      }
      at += found_tall + 12;
    }
    stage.end_list(static_cast<float>(work.found->products.size()) * (found_tall + 12) + 12);
  }
  const KeyboardSpec spec{
      .id = "key", .enter = t.say(work.coupons ? "coupon.enter" : "their_cart.add_first"), .enter_icon = Icon::check};
  for (const KeyboardWish& key :
       keyboard(stage, {free.x - edge, free.bottom() - keys, free.w + 2 * edge, keys}, work.words, spec)) {
    if (key.kind == KeyboardWish::Kind::touch) stage.want(TypeKey{key.touch});
    if (key.kind == KeyboardWish::Kind::enter) stage.want(Submit{});
    if (key.kind == KeyboardWish::Kind::hide) stage.want(ShowKeyboard{false});
  }
}

}  // namespace vitrine::kiosk::counter
