// SPDX-License-Identifier: Apache-2.0
// The ticket; see till_ticket.hpp.
#include "kiosk/screens/shopper/till_ticket.hpp"

#include <algorithm>
#include <cmath>

#include "kiosk/screens/shopper/journey.hpp"

namespace vitrine::kiosk::shopper {
namespace {

constexpr float edge = 56;
constexpr float tile_side = 84;
constexpr float tile_overlap = 16;
constexpr std::size_t tiles_most = 3;
constexpr int dashes = 28;
constexpr float words_room_least = 240;

// What is under the dashed line.
struct Summary {
  std::string items, savings, left_out, total, hold;
  Type total_type = Type::h1;
  std::size_t tiles = 0;
  float words_left = 0, words_room = 0;
  bool total_below = false;
  float row = 0;     // height of goods and total
  float height = 0;  // of all
};

float lines_height(const Stage& stage, const Summary& made, float room) {
  float height = stage.height_of(made.items, Type::name, room);
  for (const std::string* each : {&made.savings, &made.left_out}) {
    if (!each->empty()) height += 2 + stage.height_of(*each, Type::caption, room);
  }
  return height;
}

Summary measure(Stage& stage, const TicketView& ticket, float width) {
  Texts& texts = stage.texts;
  Summary made;
  made.items = texts.say("cart.items", {{"n", ticket.units}});
  if (ticket.savings > 0) made.savings = texts.say("till.savings", {{"n", ticket.savings}});
  if (ticket.lines_left_out > 0) made.left_out = texts.say("cart.left_out", {{"n", ticket.lines_left_out}});
  made.hold = texts.say("till.hold", {{"time", texts.clock(ticket.valid_until)}});
  made.total = ticket_total(stage, ticket);
  made.total_type = stage.fitting({Type::h1, Type::title, Type::h2, Type::h3}, made.total, width);
  const float total = stage.canvas.width_of(made.total_type, made.total);
  // Pictures give way to words.
  made.tiles = stage.large() ? 0 : std::min(tiles_most, ticket.lines.size());
  if (made.tiles > 0) made.words_left = tile_side + static_cast<float>(made.tiles - 1) * (tile_side - tile_overlap) + 28;
  made.words_room = width - made.words_left - total - 32;
  if (made.tiles > 0 && made.words_room < words_room_least) {
    made.tiles = 0;
    made.words_left = 0;
    made.words_room = width - total - 32;
  }
  made.total_below = made.words_room < 200;
  if (made.total_below) made.words_room = width - made.words_left;
  const float words = std::max(made.tiles > 0 ? tile_side : 0, lines_height(stage, made, made.words_room));
  made.row = made.total_below ? words + 8 + stage.line(made.total_type) : std::max(words, stage.line(made.total_type));
  made.height = made.row + 28 + stage.height_of(made.hold, Type::small, width - 44);
  return made;
}

constexpr float above_code = 52, under_code = 28, notch = 52, under_summary = 44;

// Dashes from one notch to the other.
void draw_tear(Stage& stage, const Box& box, Point from, Point to) {
  const Theme& theme = stage.theme;
  if (!stage.outlined()) {
    stage.canvas.disc(from, notch / 2, theme.bg);
    stage.canvas.disc(to, notch / 2, theme.bg);
  }
  const bool down = from.x == to.x;
  const float room = (down ? box.h : box.w) - 2 * edge;
  const float pitch = (room - 14) / (dashes - 1);
  for (int i = 0; i < dashes; ++i) {
    const float at = edge + pitch * static_cast<float>(i);
    stage.canvas.fill(down ? Box{from.x - 1.5F, box.y + at, 3, 14} : Box{box.x + at, from.y - 1.5F, 14, 3}, theme.quiet_mark, 2);
  }
}

void draw_tear_across(Stage& stage, const Box& box, float y) { draw_tear(stage, box, {box.x, y}, {box.right(), y}); }

void draw_goods(Stage& stage, const TicketView& ticket, const Summary& made, const Box& in) {
  const Theme& theme = stage.theme;
  const float words = lines_height(stage, made, made.words_room);
  const float row = made.total_below ? std::max(made.tiles > 0 ? tile_side : 0, words) : made.row;
  for (std::size_t i = 0; i < made.tiles; ++i) {
    const Box tile{in.x + static_cast<float>(i) * (tile_side - tile_overlap), in.y + (row - tile_side) / 2, tile_side, tile_side};
    if (i > 0) stage.canvas.fill(Box{tile.x - 4, tile.y - 4, tile.w + 8, tile.h + 8}, theme.surface, 20 * theme.corner_scale);
    product_tile(stage, tile, ticket.lines[i].pictogram, ticket.lines[i].tile);
  }
  float y = in.y + (row - words) / 2;
  const float left = in.x + made.words_left;
  y += stage.write(
      {left, y, made.words_room, 0}, made.items,
      {.role = Role::status, .type = Type::name, .colour = theme.ink, .lines_max = 3, .id = "till.items", .personal = true});
  for (const std::string* each : {&made.savings, &made.left_out}) {
    if (each->empty()) continue;
    y += 2;
    y += stage.write({left, y, made.words_room, 0}, *each,
                     {.type = Type::caption,
                      .colour = theme.ink_2,
                      .lines_max = 4,
                      .id = each == &made.savings ? "till.savings" : "till.left_out",
                      .personal = true});
  }
  const float line = stage.line(made.total_type);
  const Box total{in.x, made.total_below ? in.y + row + 8 : in.y, in.w, made.total_below ? line : row};
  stage.write_centred(total, made.total,
                      {.role = Role::status,
                       .type = made.total_type,
                       .colour = theme.ink,
                       .align = Align::right,
                       .id = "till.total",
                       .personal = true});
}

// Dark on white in every look; `side` holds its quiet zone where the card is not white already.
void draw_code(Stage& stage, const TicketView& ticket, const Box& box) {
  const QrModules code = make_qr(ticket.qr);
  if (code.size == 0) return;
  if (stage.outlined()) {
    qr_tile(stage, box, code, "till.qr", stage.texts.say("till.image"));
    return;
  }
  stage.canvas.modules(box, code.size, code.dark, stage.theme.code_ink);
  stage.describe(Role::image, box, "till.qr", stage.texts.say("till.image"));
}

// What stands in for a code that is not there yet.
void draw_place(Stage& stage, const Box& box) {
  stage.canvas.fill(box, stage.theme.sunken, 28 * stage.theme.corner_scale);
  const std::string words = stage.texts.say("search.waiting");
  const float height = stage.height_of(words, Type::name, box.w - 48);
  stage.write({box.x + 24, box.centre().y - height / 2, box.w - 48, height}, words,
              {.role = Role::status,
               .type = Type::name,
               .colour = stage.theme.ink_2,
               .align = Align::centre,
               .lines_max = 3,
               .id = "till.waiting"});
}

float head_words_height(const Stage& stage, float room) {
  return stage.height_of(stage.texts.say("till.or_code"), Type::body, room) + 2 + stage.line(Type::ring);
}

float draw_head_words(Stage& stage, const TicketView& ticket, Point at, float room) {
  const float words = stage.write({at.x, at.y, room, 0}, stage.texts.say("till.or_code"),
                                  {.type = Type::body, .colour = stage.theme.ink_2, .align = Align::centre, .lines_max = 3});
  const Type type = stage.fitting({Type::ring, Type::total, Type::h2}, spaced(ticket.code), room);
  stage.write_centred({at.x, at.y + words + 2, room, stage.line(Type::ring)}, spaced(ticket.code),
                      {.role = Role::status,
                       .type = type,
                       .colour = stage.theme.ink,
                       .align = Align::centre,
                       .id = "till.code",
                       .spoken = spelt(ticket.code),
                       .personal = true});
  return head_words_height(stage, room);
}

void draw_summary(Stage& stage, const TicketView& ticket, Point at, float room) {
  const Summary made = measure(stage, ticket, room);
  draw_goods(stage, ticket, made, {at.x, at.y, room, made.row});
  const float y = at.y + made.row + 28;
  stage.canvas.icon(Icon::schedule, 32, {at.x + 16, y + stage.line(Type::small) / 2}, stage.theme.ink_2);
  stage.write({at.x + 44, y, room - 44, 0}, made.hold,
              {.type = Type::small, .colour = stage.theme.ink_2, .lines_max = 3, .id = "till.hold"});
}

// All above the tear line but the code.
float head_height(const Stage& stage, float room) { return above_code + under_code + head_words_height(stage, room) + 24; }

}  // namespace

std::string spelt(const std::string& code) {
  std::string said;
  for (const char letter : code) said += (said.empty() ? "" : ", ") + std::string(1, letter);
  return said;
}

std::string ticket_total(Stage& stage, const TicketView& ticket) { return stage.texts.money({ticket.to_pay, ticket.currency}); }

float ticket_words_height(Stage& stage, const TicketView* ticket, float width) {
  const float room = width - 2 * edge;
  // Without one, as high as most will be.
  const float summary = ticket != nullptr ? measure(stage, *ticket, room).height : tile_side + 28 + stage.line(Type::small);
  return head_height(stage, room) + notch + summary + under_summary;
}

void draw_ticket(Stage& stage, const TicketView* ticket, const Box& box) {
  card(stage, box, 44, Shadow::e2_action);
  const float room = box.w - 2 * edge;
  const float side = std::round(std::min(ticket_qr_most, box.h - ticket_words_height(stage, ticket, box.w)));
  const Box code{box.centre().x - side / 2, box.y + above_code, side, side};
  const float tear = box.y + head_height(stage, room) + side + notch / 2;
  if (ticket == nullptr) {
    draw_place(stage, code);
    draw_tear_across(stage, box, tear);
    return;
  }
  draw_code(stage, *ticket, code);
  draw_head_words(stage, *ticket, {box.x + edge, code.bottom() + under_code}, room);
  draw_tear_across(stage, box, tear);
  draw_summary(stage, *ticket, {box.x + edge, tear + notch / 2}, room);
}

void draw_ticket_beside(Stage& stage, const TicketView* ticket, const Box& box) {
  card(stage, box, 44, Shadow::e2_action);
  const float side = std::round(std::min(ticket_qr_most, box.h - 2 * edge));
  const Box code{box.x + edge, box.centre().y - side / 2, side, side};
  const float tear = code.right() + edge;
  const float left = tear + edge - 12;
  const float room = box.right() - edge + 12 - left;
  if (ticket == nullptr) {
    draw_place(stage, code);
  } else {
    draw_code(stage, *ticket, code);
    const float head = head_words_height(stage, room);
    const float gap = 48;
    float y = box.centre().y - (head + gap + measure(stage, *ticket, room).height) / 2;
    y += draw_head_words(stage, *ticket, {left, y}, room) + gap;
    draw_summary(stage, *ticket, {left, y}, room);
  }
  draw_tear(stage, box, {tear, box.y}, {tear, box.bottom()});
}

}  // namespace vitrine::kiosk::shopper
