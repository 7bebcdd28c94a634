// SPDX-License-Identifier: Apache-2.0
// The cart before it is sent home: what goes, what it comes to, where to. And why it does not go.
#include <algorithm>
#include <cmath>

#include "kiosk/screens/shopper/banners.hpp"
#include "kiosk/screens/shopper/calm_screen.hpp"
#include "kiosk/screens/shopper/deliver_parts.hpp"
#include "kiosk/screens/shopper/screens.hpp"
#include "kiosk/screens/shopper/surroundings.hpp"
#include "kiosk/widgets/parts.hpp"

namespace vitrine::kiosk::shopper {
namespace {

constexpr float gap = 28;
constexpr float edge = 44;
constexpr float tile_side = 84;
constexpr float row_gap = 20;
constexpr float buttons_gap = 20;

struct Row {
  const CartViewLine* line = nullptr;
  std::string words, price;
  float price_width = 0, height = 0;
};

Row row_of(Stage& stage, const CartViewLine& line, float width) {
  Row row{&line,
          stage.texts.say("cart.receipt_line", {{"n", stage.texts.number(line.units)}, {"title", stage.texts.pick(line.title)}}),
          line.total ? stage.texts.money(*line.total) : std::string()};
  row.price_width = stage.canvas.width_of(Type::name, row.price) + 24;
  const float room = width - tile_side - 24 - row.price_width;
  row.height = std::max(tile_side, stage.height_of(row.words, Type::name, room));
  return row;
}

std::vector<Row> rows_of(Stage& stage, const CartView& cart, float width) {
  std::vector<Row> rows;
  for (const CartViewLine& line : cart.lines) {
    if (line.counted) rows.push_back(row_of(stage, line, width));
  }
  return rows;
}

// As many as there is room for; how many more there are is said.
void draw_rows(Stage& stage, const std::vector<Row>& rows, const Box& box) {
  const float more_h = stage.line(Type::small);
  float y = box.y;
  auto left = static_cast<std::int64_t>(rows.size());
  for (const Row& row : rows) {
    if (y + row.height + (left > 1 ? row_gap + more_h : 0) > box.bottom() + 1) break;
    product_tile(stage, {box.x, y + (row.height - tile_side) / 2, tile_side, tile_side}, row.line->pictogram, row.line->tile);
    const float room = box.w - tile_side - 24 - row.price_width;
    const float words = stage.height_of(row.words, Type::name, room);
    stage.write(
        {box.x + tile_side + 24, y + (row.height - words) / 2, room, 0}, row.words,
        {.type = Type::name, .colour = stage.theme.ink, .lines_max = 6, .id = "deliver.line." + row.line->key, .personal = true});
    stage.write({box.right() - row.price_width, y + (row.height - stage.line(Type::name)) / 2, row.price_width, 0}, row.price,
                {.type = Type::name, .colour = stage.theme.ink, .align = Align::right, .personal = true});
    y += row.height + row_gap;
    --left;
  }
  if (left > 0)
    stage.write({box.x, y, box.w, 0}, stage.texts.say("cart.receipt_more", {{"n", left}}),
                {.type = Type::small, .colour = stage.theme.ink_2, .lines_max = 2, .id = "receipt.more", .personal = true});
}

// What promotions take off: of many, the last row is all the others together.
struct Off {
  std::string title, amount;
  std::int64_t minor = 0;
  float width = 0, height = 0;
};

constexpr std::size_t offs_shown_max = 2;

std::vector<Off> offs_of(Stage& stage, const CartView& cart, float width) {
  std::vector<Off> offs;
  for (const Saving& saving : cart.savings) {
    if (offs.size() < offs_shown_max) {
      offs.push_back({stage.texts.pick(saving.title), {}, saving.minor});
    } else {
      offs.back().title = stage.texts.say("cart.other_savings");
      offs.back().minor += saving.minor;
    }
  }
  for (Off& one : offs) {
    one.amount = stage.texts.money({-one.minor, cart.totals.currency});
    one.width = stage.canvas.width_of(Type::name, one.amount) + 24;
    one.height = stage.height_of(one.title, Type::name, width - 60 - one.width);
  }
  return offs;
}

// What it comes to, where it goes, and what does not go with it; below the lines.
struct Foot {
  std::vector<Off> offs;
  std::string total, where, stays;
  Type type = Type::total;
  float where_h = 0, stays_h = 0, height = 0;
  bool below = false;
};

Foot foot_of(Stage& stage, const CartView& cart, float width) {
  Foot foot;
  foot.total = stage.texts.money({cart.totals.to_pay, cart.totals.currency});
  foot.type = stage.fitting({Type::total, Type::title, Type::h2, Type::h3}, foot.total, width);
  foot.where = stage.texts.say("deliver.where");
  if (cart.totals.lines_left_out > 0) foot.stays = stage.texts.say("deliver.stays", {{"n", cart.totals.lines_left_out}});
  foot.below =
      stage.canvas.width_of(Type::h3, stage.texts.say("cart.to_pay")) + 24 + stage.canvas.width_of(foot.type, foot.total) > width;
  foot.where_h = stage.height_of(foot.where, Type::body, width - 60);
  foot.stays_h = foot.stays.empty() ? 0 : 8 + stage.height_of(foot.stays, Type::caption, width);
  foot.offs = offs_of(stage, cart, width);
  float off = 0;
  for (const Off& one : foot.offs) off += one.height + 8;
  foot.height = 24 + off + stage.line(foot.type) + (foot.below ? stage.line(Type::h3) : 0) + 12 + foot.where_h + foot.stays_h;
  return foot;
}

void draw_foot(Stage& stage, const Foot& foot, const Box& box) {
  const Theme& theme = stage.theme;
  stage.canvas.fill({box.x, box.y, box.w, 2}, theme.line);
  float y = box.y + 24;
  for (std::size_t i = 0; i < foot.offs.size(); ++i) {
    const Off& one = foot.offs[i];
    const std::string id = "deliver.saving." + std::to_string(i);
    stage.canvas.icon(Icon::local_offer, 32, {box.x + 22, y + stage.line(Type::name) / 2}, theme.promo);
    stage.write({box.x + 60, y, box.w - 60 - one.width, 0}, one.title,
                {.type = Type::name, .colour = theme.promo, .lines_max = 5, .id = id + ".title", .personal = true});
    stage.write({box.right() - one.width, y, one.width, 0}, one.amount,
                {.type = Type::name, .colour = theme.promo, .align = Align::right, .id = id, .personal = true});
    y += one.height + 8;
  }
  const float label = stage.line(Type::h3);
  const float total = stage.line(foot.type);
  stage.write({box.x, foot.below ? y : y + (total - label) / 2, box.w, 0}, stage.texts.say("cart.to_pay"),
              {.role = Role::heading, .type = Type::h3, .colour = theme.ink});
  if (foot.below) y += label;
  stage.write({box.x, y, box.w, 0}, foot.total,
              {.role = Role::status,
               .type = foot.type,
               .colour = theme.ink,
               .align = Align::right,
               .id = "deliver.total",
               .personal = true});
  y += total + 12;
  stage.canvas.icon(Icon::local_shipping, 44, {box.x + 22, y + stage.line(Type::body) / 2}, theme.primary);
  y += stage.write({box.x + 60, y, box.w - 60, 0}, foot.where,
                   {.type = Type::body, .colour = theme.ink_2, .lines_max = 5, .id = "deliver.where"});
  if (!foot.stays.empty())
    stage.write({box.x, y + 8, box.w, 0}, foot.stays,
                {.type = Type::caption, .colour = theme.ink_2, .lines_max = 4, .id = "deliver.stays", .personal = true});
}

float rows_height(const std::vector<Row>& rows) {
  float height = 0;
  for (const Row& row : rows) height += row.height + row_gap;
  return rows.empty() ? 0 : height - row_gap;
}

void draw_card(Stage& stage, const CartView& cart, const Box& room) {
  const float inner = room.w - 2 * edge;
  const std::vector<Row> rows = rows_of(stage, cart, inner);
  const Foot foot = foot_of(stage, cart, inner);
  const float wanted = 2 * edge + rows_height(rows) + gap + foot.height;
  const Box box{room.x, room.y, room.w, std::min(room.h, wanted)};
  card(stage, box, 44, Shadow::e2_action);
  const float line = box.bottom() - edge - foot.height;
  draw_rows(stage, rows, {box.x + edge, box.y + edge, inner, line - gap - box.y - edge});
  draw_foot(stage, foot, {box.x + edge, line, inner, foot.height});
}

struct Buttons {
  ButtonSpec back, order;
  bool stacked = false;
  float each = 0, height = 0;
};

Buttons measure_buttons(Stage& stage, const Model& model, bool waiting, float width) {
  Buttons made{{.id = "deliver.cart",
                .label = stage.texts.say("till.to_cart"),
                .kind = ButtonKind::secondary,
                .icon = Icon::shopping_cart},
               {.id = "deliver.order",
                .label = stage.texts.say(waiting ? "search.waiting" : "deliver.order"),
                .icon = Icon::local_shipping,
                .enabled = !waiting && model.visit.pending.empty(),
                .main = true}};
  const float half = (width - buttons_gap) / 2;
  made.stacked = std::max(button_width(stage, made.back), button_width(stage, made.order)) > half + 24;
  made.each = made.stacked ? width : half;
  const float back = button_height(stage, made.each, made.back);
  const float order = button_height(stage, made.each, made.order);
  made.height = made.stacked ? back + buttons_gap + order : std::max(back, order);
  return made;
}

void draw_buttons(Stage& stage, const Buttons& buttons, const Box& box) {
  const float back_h = buttons.stacked ? button_height(stage, box.w, buttons.back) : box.h;
  const Box back{box.x, box.y, buttons.each, back_h};
  const Box order = buttons.stacked ? Box{box.x, back.bottom() + buttons_gap, box.w, box.h - back_h - buttons_gap}
                                    : Box{back.right() + buttons_gap, box.y, buttons.each, box.h};
  if (button(stage, back, buttons.back)) stage.want(Navigate{Route::cart});
  if (button(stage, order, buttons.order)) stage.want(OrderDelivery{});
}

float draw_title(Stage& stage, const Model& model, const Box& text) {
  float y = text.y;
  y += stage.write({text.x, y, text.w, 0}, stage.texts.say("deliver.title"),
                   {.role = Role::heading, .type = Type::h1, .colour = stage.theme.ink, .lines_max = 4, .id = "deliver.title"}) +
       12;
  y += stage.write({text.x, y, text.w, 0}, stage.texts.say(model.link.online ? "deliver.about" : "deliver.about_offline"),
                   {.type = Type::body_l, .colour = stage.theme.ink_2, .lines_max = 6, .id = "deliver.about"}) +
       36;
  return y - text.y;
}

void draw_ask(Stage& stage, const Model& model, const CartView& cart, bool waiting) {
  const bool wide = stage.wide();
  Surroundings frame(stage, model, {.back = true, .brand = !wide});
  const Box above = frame.above;
  const float card_w = wide ? 940 : above.w - 2 * margin;
  Box text{margin, top_height, wide ? above.w - 2 * margin - 48 - card_w : above.w - 2 * margin, 0};
  const Buttons buttons = measure_buttons(stage, model, waiting, text.w);
  const Box foot{margin, above.h - (wide ? 32 : 40) - buttons.height, text.w, buttons.height};
  if (!wide && stage.large()) text.y -= 12;
  const float title = draw_title(stage, model, text);
  const Box column{text.x, text.y + title, text.w, foot.y - gap - text.y - title};
  draw_card(stage, cart, wide ? Box{text.right() + 48, 32, card_w, above.h - 64} : column);
  draw_buttons(stage, buttons, foot);
  frame.end();
  stage.tree.announcement_personal = true;
  stage.tree.announcement =
      waiting ? stage.texts.say("search.waiting")
              : stage.texts.say("deliver.spoken", {{"items", stage.texts.say("cart.items", {{"n", cart.totals.units}})},
                                                   {"total", stage.texts.money({cart.totals.to_pay, cart.totals.currency})}});
}

// Whose cart it is is not known: on their phone it can become somebody's.
void draw_nobody(Stage& stage, const Model& model) {
  CalmSpec spec{.tint = CalmTint::info, .tile = 3, .icon = Icon::local_shipping};
  spec.title = stage.texts.say("deliver.nobody");
  spec.line = stage.texts.say("deliver.nobody_line");
  spec.title_id = "deliver.nobody";
  const WayOn cart{"deliver.cart", stage.texts.say("till.to_cart"), Icon::shopping_cart, Navigate{Route::cart}};
  if (model.store->keeps_carts) {
    spec.other = cart;
    spec.main = {"deliver.keep", stage.texts.say("cart.keep"), Icon::smartphone, KeepOnPhone{}};
  } else {
    spec.main = cart;
  }
  draw_calm_screen(stage, model, spec);
}

struct Sentence {
  CalmTint tint;
  const char* title;
  const char* line;
};

Sentence sentence_of(const std::string& code) {
  if (code == "cart_changed") return {CalmTint::info, "till.stale", "deliver.changed_line"};
  if (code == "pass_needed") return {CalmTint::info, "deliver.code", "deliver.code_line"};
  if (code == "ticket_taken") return {CalmTint::info, "till.elsewhere", "till.elsewhere_line"};
  if (code == "nothing_to_order") return {CalmTint::info, "deliver.nothing", "till.nothing_line"};
  if (code == "no_answer") return {CalmTint::warn, "no_answer.title", "no_answer.line"};
  return {CalmTint::warn, "deliver.failed", "deliver.failed_line"};
}

void draw_over(Stage& stage, const Model& model, DeliverStep step) {
  const std::string& code = model.visit.delivering->failed;
  Sentence sentence = sentence_of(code);
  if (step == DeliverStep::cancelled) sentence = {CalmTint::info, "deliver.cancelled", "deliver.cancelled_line"};
  if (step == DeliverStep::refused) sentence = {CalmTint::warn, "deliver.refused", "deliver.refused_line"};
  const bool warns = sentence.tint == CalmTint::warn;
  CalmSpec spec{.tint = sentence.tint, .tile = warns ? 1UL : 3UL, .icon = Icon::local_shipping};
  spec.title = stage.texts.say(sentence.title);
  spec.line = stage.texts.say(sentence.line);
  spec.title_id = "deliver.over";
  const bool again = step == DeliverStep::failed && code != "ticket_taken" && code != "nothing_to_order";
  if (code == "pass_needed") {
    spec.other = WayOn{"deliver.scan", stage.texts.say("deliver.show_code"), Icon::qr_code_scanner, Navigate{Route::scan}};
  } else if (again) {
    spec.other = WayOn{"deliver.again", stage.texts.say("deliver.look_again"), Icon::replay, DeliverHome{}};
  }
  spec.main = {"deliver.cart", stage.texts.say("till.to_cart"), Icon::shopping_cart, Navigate{Route::cart}};
  draw_calm_screen(stage, model, spec);
}

}  // namespace

void draw_deliver(Stage& stage, const Model& model) {
  const DeliverStep step = deliver_step(model);
  const std::optional<CartView> cart = shown_cart(model);
  if (!cart || !model.visit.delivering) return;
  // Each step is a screen of its own for the ear and the keys.
  if (step != DeliverStep::ask) stage.tree.screen += "_" + std::string(name_of(step));
  switch (step) {
    case DeliverStep::ask:
    case DeliverStep::waiting:
      draw_ask(stage, model, *cart, step == DeliverStep::waiting);
      break;
    case DeliverStep::nobody:
      draw_nobody(stage, model);
      break;
    case DeliverStep::done:
      draw_delivered(stage, model, *model.visit.delivering->order);
      break;
    default:
      draw_over(stage, model, step);
  }
}

}  // namespace vitrine::kiosk::shopper
