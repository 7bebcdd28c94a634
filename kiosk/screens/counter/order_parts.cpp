// SPDX-License-Identifier: Apache-2.0
// The right side of an order; see order_parts.hpp.
#include "kiosk/screens/counter/order_parts.hpp"

#include <algorithm>

#include "kiosk/model/counter_proof.hpp"
#include "kiosk/screens/counter/desk.hpp"
#include "kiosk/screens/counter/queue_parts.hpp"
#include "kiosk/widgets/keyboard.hpp"

namespace vitrine::kiosk::counter {
namespace {

constexpr float pad = 28;

// Whoever has marked a line of it; their mark holds for a while.
std::string holder(const Model& model) {
  const OrderOnScreen& screen = *model.visit.desk.order;
  for (const CounterLine& line : screen.order->lines) {
    if (line.waiting <= 0) continue;
    if (std::string taker = taker_of(model, line); !taker.empty()) return taker;
  }
  return {};
}

// A row that is ticked by hand, or was by what happened.
bool check_row(Stage& stage, const Box& row, const std::string& id, const std::string& title, const std::string& line,
               bool ticked, bool fixed) {
  const Theme& theme = stage.theme;
  bool acted = false;
  const Box disc{row.x, row.centre().y - 26, 52, 52};
  if (!fixed) {
    TargetSpec target{.id = id, .box = row, .label = title, .radius = 20, .value = line};
    target.selected = ticked;
    acted = stage.target(target).acted;
  } else {
    stage.describe(Role::status, row, id, title, line);
  }
  stage.canvas.disc(disc.centre(), 26, ticked ? theme.primary : theme.line_strong);
  if (!ticked) stage.canvas.disc(disc.centre(), 23, theme.surface);
  if (ticked) stage.canvas.icon(Icon::check, 30, disc.centre(), theme.on_primary);
  const float room = row.w - 72;
  const float height = stage.height_of(title, Type::desk_label, room) + stage.height_of(line, Type::desk_caption, room);
  float y = row.centre().y - height / 2;
  for (const std::string_view each : stage.canvas.wrap(Type::desk_label, title, room)) {
    stage.canvas.text(Type::desk_label, {row.x + 72, y}, theme.ink, each);
    y += stage.line(Type::desk_label);
  }
  for (const std::string_view each : stage.canvas.wrap(Type::desk_caption, line, room)) {
    stage.canvas.text(Type::desk_caption, {row.x + 72, y}, theme.ink_2, each);
    y += stage.line(Type::desk_caption);
  }
  return acted;
}

float check_height(Stage& stage, float width, const std::string& title, const std::string& line) {
  return std::max(
      76.0F, stage.height_of(title, Type::desk_label, width - 72) + stage.height_of(line, Type::desk_caption, width - 72) + 16);
}

void draw_code(Stage& stage, const OrderOnScreen& screen, const Box& place) {
  const Theme& theme = stage.theme;
  const bool phone = screen.code_right;
  const std::size_t count = phone ? pickup_phone_digits : pickup_code_digits;
  const std::string& typed = phone ? screen.phone.text : screen.code.text;
  const std::string label = stage.texts.say(phone ? "order.phone" : "order.code");
  stage.write({place.x, place.y, place.w, 0}, label,
              {.type = Type::desk_label, .colour = theme.ink, .lines_max = 2, .id = "order.asks"});
  const float y = place.y + 30;
  for (std::size_t i = 0; i < count; ++i) {
    const Box box{place.x + static_cast<float>(i) * 70 + (i >= 3 ? 16.0F : 0.0F), y, 58, 60};
    const bool caret = screen.checking == 0 && i == typed.size();
    stage.canvas.fill(box, theme.surface, 16 * theme.corner_scale);
    stage.canvas.outline(box, caret ? theme.primary : theme.line_strong, caret ? 4 : 2, 16 * theme.corner_scale);
    if (i < typed.size()) {
      stage.canvas.text(Type::desk_head, {box.centre().x, box.centre().y - stage.line(Type::desk_head) / 2}, theme.ink,
                        std::string_view(typed).substr(i, 1), Align::centre);
    }
  }
  stage.describe(Role::field, {place.x, y, place.w, 60}, phone ? "order.phone" : "order.code", label,
                 stage.texts.say("collect.entered", {{"n", static_cast<std::int64_t>(typed.size())}}));
}

}  // namespace

Picker picker_on(const Model& model) {
  const std::string who = holder(model);
  if (who.empty()) return Picker::nobody;
  const Colleague& me = model.visit.desk.session->who;
  return who == short_name(me.name, me.initial) ? Picker::me : Picker::other;
}

float draw_picking(Stage& stage, const Model& model, const Box& side) {
  const Theme& theme = stage.theme;
  Texts& t = stage.texts;
  const OrderOnScreen& screen = *model.visit.desk.order;
  const Picker picker = picker_on(model);
  const bool picked = is_picked(*screen.order);
  const float inner = side.w - 2 * pad;
  const auto say = [&](const std::string& title, const std::string& line, float y) {
    y += stage.write(
             {side.x + pad, y, inner, 0}, title,
             {.role = Role::heading, .type = Type::desk_head, .colour = theme.ink, .lines_max = 3, .id = "picking.title"}) +
         8;
    return y + stage.write({side.x + pad, y, inner, 0}, line, {.type = Type::desk_body, .colour = theme.ink_2, .lines_max = 5});
  };
  const bool any = std::ranges::any_of(screen.order->lines, [](const CounterLine& line) { return line.ready > 0; });
  if (picked && !any) {
    // Nothing can be put anywhere: what the buyer wants instead is all that is left to do.
    const std::string title = t.say("picking.nothing"), line = t.say("picking.nothing_line");
    const float height =
        2 * pad + stage.height_of(title, Type::desk_head, inner) + 8 + stage.height_of(line, Type::desk_body, inner);
    card_of(stage, {side.x, side.y, side.w, height});
    say(title, line, side.y + pad);
    return height;
  }
  if (picked) {
    const std::vector<std::string>& shelves = model.counter->shelves;
    const std::size_t row_count = (shelves.size() + 3) / 4;
    const auto rows = static_cast<float>(row_count);
    const std::string title = t.say("picking.where"), line = t.say("picking.where_line");
    const float words = stage.height_of(title, Type::desk_head, inner) + 8 + stage.height_of(line, Type::desk_body, inner);
    const float height = pad + words + 20 + rows * (72 + 16) - 16 + pad;
    card_of(stage, {side.x, side.y, side.w, height});
    float y = say(title, line, side.y + pad) + 20;
    const float wide = (inner - 3 * 16) / 4;
    for (std::size_t i = 0; i < shelves.size(); ++i) {
      const auto& orders = model.visit.desk.orders;
      const bool used = std::ranges::any_of(
          orders, [&](const OrderCard& card) { return card.step != OrderStep::over && card.shelf == shelves[i]; });
      const std::size_t row = i / 4;
      const Box box{side.x + pad + static_cast<float>(i % 4) * (wide + 16), y + static_cast<float>(row) * 88, wide, 72};
      const ButtonSpec spec{.id = "shelf." + shelves[i],
                            .label = shelves[i],
                            .kind = used ? ButtonKind::tertiary : ButtonKind::secondary,
                            .desk = true,
                            .enabled = screen.acting == 0,
                            .spoken = t.say(used ? "picking.shelf_used" : "picking.shelf_free", {{"place", shelves[i]}})};
      if (button(stage, box, spec)) stage.want(CounterWish{StageOrder{shelves[i]}});
    }
    return height;
  }
  const std::string title = picker == Picker::nobody ? t.say("picking.nobody")
                            : picker == Picker::me   ? t.say("picking.you")
                                                     : t.say("picking.other", {{"name", holder(model)}});
  const std::string line = t.say(picker == Picker::nobody ? "picking.nobody_line"
                                 : picker == Picker::me   ? "picking.you_line"
                                                          : "picking.other_line");
  const float words = stage.height_of(title, Type::desk_head, inner) + 8 + stage.height_of(line, Type::desk_body, inner);
  const float height = pad + words + (picker == Picker::other ? 0 : 24 + 80) + pad;
  card_of(stage, {side.x, side.y, side.w, height});
  const float y = say(title, line, side.y + pad) + 24;
  if (picker == Picker::nobody) {
    const ButtonSpec spec{.id = "picking.start",
                          .label = t.say("queue.start"),
                          .icon = Icon::inventory_2,
                          .desk = true,
                          .enabled = screen.acting == 0,
                          .main = true,
                          .shortcut = Key::enter};
    if (button(stage, {side.x + pad, y, inner, 80}, spec)) stage.want(CounterWish{StartPicking{}});
  } else if (picker == Picker::me) {
    const ButtonSpec spec{.id = "picking.stop",
                          .label = t.say("picking.stop"),
                          .kind = ButtonKind::tertiary,
                          .desk = true,
                          .enabled = screen.acting == 0};
    if (button(stage, {side.x + pad, y, inner, 80}, spec)) stage.want(CounterWish{StopPicking{}});
  }
  return height;
}

float draw_handing(Stage& stage, const Model& model, const Box& side) {
  const Theme& theme = stage.theme;
  Texts& t = stage.texts;
  const OrderOnScreen& screen = *model.visit.desk.order;
  const OrderCard& card = screen.order->card;
  const float inner = side.w - 2 * pad;
  const std::string proof = proof_of(model, screen);
  const bool over = card.step == OrderStep::over;
  std::int64_t amount = 0;
  std::int64_t lines = 0;
  for (const CounterLine& line : screen.order->lines) {
    if (!screen.ticked.contains(line.line) || line.ready <= 0) continue;
    amount += line.unit_price * line.ready;
    ++lines;
  }
  const bool unpaid = card.balance_due > 0 && !screen.settled;
  if (over) {
    const std::string words = t.say("order.over");
    const float height = 2 * pad + stage.height_of(words, Type::desk_body, inner);
    card_of(stage, {side.x, side.y, side.w, height});
    stage.write({side.x + pad, side.y + pad, inner, 0}, words,
                {.role = Role::status, .type = Type::desk_body, .colour = theme.ink_2, .lines_max = 5, .id = "order.over"});
    return height;
  }
  // What finishes it stands at the lower edge, right.
  const std::string settle = t.say("order.settled"), settle_line = t.say("order.settled_line");
  // Who it is comes first; what is open is asked for then.
  const float settle_height = card.balance_due > 0 && !proof.empty() ? check_height(stage, inner, settle, settle_line) + 12 : 0;
  const float finish_height = 20 + 52 + settle_height + 12 + 80 + 20;
  const std::string look = t.say("order.look"), look_line = t.say("order.look_line", {{"name", buyer_words(stage, card)}});
  const float look_height = check_height(stage, inner, look, look_line);
  const std::string kiosk = t.say("order.kiosk"), kiosk_line = t.say("order.kiosk_line");
  const float kiosk_height = check_height(stage, inner, kiosk, kiosk_line);
  const bool by_kiosk = may_have_shown_code(model, screen);
  const bool shown = screen.proof == "code" || screen.proof == "pass";
  const bool by_code = proof.empty() && !by_kiosk;
  // As high as what there is to ask; it takes the side's own height, if that has one.
  const float asks_height = 16 + 40 + look_height + (by_kiosk && !shown ? 14 + kiosk_height : 0) + 24 +
                            (by_code ? 14 + 30 + 60 + 14 + 4 * 80.0F + 54 : 0);
  const float height = side.h > 0 ? side.h : asks_height + 20 + finish_height;
  const Box finish{side.x, side.y + height - finish_height, side.w, finish_height};
  const Box person{side.x, side.y, side.w, by_code ? finish.y - 20 - side.y : asks_height};
  card_of(stage, person);
  float y = person.y + 16;
  const std::string asks = t.say("order.who");
  stage.write(
      {person.x + pad, y, inner, 0}, asks,
      {.role = Role::heading, .type = stage.fitting({Type::desk_head, Type::desk_label}, asks, inner), .colour = theme.ink});
  y += 40;
  if (shown) {
    const std::string done = t.say(proof == "pass" ? "order.pass_right" : "order.code_right");
    check_row(stage, {person.x + pad, y, inner, look_height}, "order.verified", done, t.say("order.code_right_line"), true, true);
  } else {
    if (check_row(stage, {person.x + pad, y, inner, look_height}, "order.person", look, look_line, proof == "staff", false))
      stage.want(CounterWish{TickPerson{}});
    y += look_height + 14;
    if (by_kiosk &&
        check_row(stage, {person.x + pad, y, inner, kiosk_height}, "order.kiosk", kiosk, kiosk_line, proof == "code", false))
      stage.want(Submit{});
    if (by_code) {
      draw_code(stage, screen, {person.x + pad, y, inner, 0});
      y += 30 + 60 + 14;
      const Box keys{person.x + pad, y, inner, std::min(4 * 80.0F + 54, person.bottom() - 18 - y)};
      stage.canvas.fill({keys.x - 14, keys.y - 8, keys.w + 28, keys.h + 20}, theme.sunken, 20 * theme.corner_scale);
      for (const KeyboardWish& key : keypad(stage, keys, {.id = "digit", .enter = {}})) stage.want(TypeKey{key.touch});
    }
  }
  card_of(stage, finish);
  y = finish.y + 20;
  const std::string sum = t.say("order.handing", {{"n", lines}});
  const std::string money = t.money({amount, card.currency});
  const float money_width = stage.canvas.width_of(Type::desk_title, money) + 1;
  stage.write_centred({finish.x + pad, y, inner - money_width - 16, 48}, sum,
                      {.type = Type::desk_label, .colour = theme.ink, .id = "order.handing"});
  stage.write_centred({finish.right() - pad - money_width, y, money_width, 48}, money,
                      {.type = Type::desk_title, .colour = theme.ink, .align = Align::right, .id = "order.amount"});
  y += 52;
  if (settle_height > 0) {
    if (check_row(stage, {finish.x + pad, y, inner, settle_height - 12}, "order.settled", settle, settle_line, screen.settled,
                  false))
      stage.want(CounterWish{TickPaid{}});
    y += settle_height;
  }
  const char* label = lines == 0      ? "order.tick_first"
                      : proof.empty() ? "order.who_first"
                      : unpaid        ? "order.pay_first"
                                      : "queue.hand_over";
  const bool ready = lines > 0 && !proof.empty() && !unpaid;
  const ButtonSpec spec{.id = "order.hand_over",
                        .label = t.say(screen.acting != 0 ? "sign_in.loading" : label),
                        .icon = ready ? Icon::handshake : Icon::none,
                        .desk = true,
                        .enabled = ready && screen.acting == 0,
                        .main = true,
                        .shortcut = Key::enter};
  if (button(stage, {finish.x + pad, y + 12, inner, 80}, spec)) stage.want(CounterWish{HandOver{}});
  return height;
}

}  // namespace vitrine::kiosk::counter
