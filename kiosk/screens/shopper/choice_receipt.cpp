// SPDX-License-Identifier: Apache-2.0
// The receipt of what was changed: a code that holds it in words, the same to read, and on paper where there is a printer.
#include <algorithm>
#include <cmath>

#include "kiosk/screens/shopper/banners.hpp"
#include "kiosk/screens/shopper/choice_parts.hpp"
#include "kiosk/screens/shopper/surroundings.hpp"
#include "kiosk/widgets/parts.hpp"

namespace vitrine::kiosk::shopper {
namespace {

constexpr float gap = 28;
constexpr float edge = 40;
constexpr float code_most = 560;
constexpr float code_least = 420;
constexpr float row_gap = 20;
constexpr float buttons_gap = 20;

float row_height(Stage& stage, const ChoiceReceipt& one, float width) {
  return stage.height_of(state_words(stage, one.purpose, one.granted), Type::name, width) +
         stage.height_of(receipt_time(stage, one.at), Type::small, width) +
         stage.height_of(receipt_number(stage, one.number), Type::caption, width);
}

// The newest first; how many there is no room for is said.
void draw_rows(Stage& stage, const Choices& choices, const Box& box) {
  const Theme& theme = stage.theme;
  const float more_h = stage.line(Type::small);
  float y = box.y;
  std::int64_t left = std::ssize(choices.receipts);
  for (auto one = choices.receipts.rbegin(); one != choices.receipts.rend(); ++one) {
    const float height = row_height(stage, *one, box.w);
    if (y + height + (left > 1 ? row_gap + more_h : 0) > box.bottom()) break;
    const std::string id = "receipt." + one->purpose;
    y += stage.write({box.x, y, box.w, 0}, state_words(stage, one->purpose, one->granted),
                     {.type = Type::name, .colour = theme.ink, .lines_max = 4, .id = id, .personal = true});
    y += stage.write({box.x, y, box.w, 0}, receipt_time(stage, one->at),
                     {.type = Type::small, .colour = theme.ink_2, .lines_max = 2});
    y += stage.write({box.x, y, box.w, 0}, receipt_number(stage, one->number),
                     {.type = Type::caption, .colour = theme.ink_2, .lines_max = 3, .id = id + ".number", .personal = true}) +
         row_gap;
    --left;
  }
  if (left > 0)
    stage.write({box.x, y, box.w, 0}, stage.texts.say("choices.more", {{"n", left}}),
                {.type = Type::small, .colour = theme.ink_2, .lines_max = 2, .id = "receipt.more"});
}

float rows_height(Stage& stage, const Choices& choices, float width) {
  float height = 0;
  for (const ChoiceReceipt& one : choices.receipts) height += row_height(stage, one, width) + row_gap;
  return height - row_gap;
}

struct Buttons {
  ButtonSpec print, back;
  bool can_print = false, stacked = false;
  float each = 0, print_h = 0, back_h = 0, height = 0;
};

Buttons measure_buttons(Stage& stage, const Model& model, float width) {
  const std::optional<Printing>& printing = model.visit.printing;
  const bool under_way = printing && printing->step == PrintStep::waiting;
  Buttons made{{.id = "receipt.print",
                .label = stage.texts.say(under_way                                       ? "print.printing"
                                         : printing && printing->step == PrintStep::done ? "print.again"
                                                                                         : "print.print"),
                .kind = ButtonKind::secondary,
                .icon = Icon::print,
                .enabled = !under_way},
               {.id = "receipt.back", .label = stage.texts.say("choices.back"), .icon = Icon::check, .main = true}};
  made.can_print = can_print(model);
  const float half = (width - buttons_gap) / 2;
  made.stacked = made.can_print && std::max(button_width(stage, made.print), button_width(stage, made.back)) > half + 24;
  made.each = made.stacked || !made.can_print ? width : half;
  made.print_h = made.can_print ? button_height(stage, made.each, made.print) : 0;
  made.back_h = button_height(stage, made.each, made.back);
  made.height = made.stacked ? made.print_h + buttons_gap + made.back_h : std::max(made.print_h, made.back_h);
  return made;
}

void draw_buttons(Stage& stage, const Model& model, const Choices& choices, const Buttons& buttons, const Box& box) {
  const float print_h = buttons.stacked ? buttons.print_h : box.h;
  if (buttons.can_print && button(stage, {box.x, box.y, buttons.each, print_h}, buttons.print))
    stage.want(PrintPaper{receipt_paper(stage, model, choices)});
  const float back_h = buttons.stacked ? buttons.back_h : box.h;
  if (button(stage, {box.right() - buttons.each, box.bottom() - back_h, buttons.each, back_h}, buttons.back))
    stage.want(GoBack{});
}

// What became of printing, else what else is to be said.
std::optional<BannerSpec> banner_of(Stage& stage, const Model& model) {
  std::optional<BannerSpec> printed = printing_banner(stage, model);
  if (!printed) return banner_for(stage, model);
  if (printed->kind == BannerKind::warn) printed->line = stage.texts.say("choices.print_failed_line");
  return printed;
}

float draw_title(Stage& stage, const Box& text) {
  float y = text.y;
  y += stage.write({text.x, y, text.w, 0}, stage.texts.say("choices.receipt_title"),
                   {.role = Role::heading, .type = Type::h1, .colour = stage.theme.ink, .lines_max = 3, .id = "receipt.title"}) +
       12;
  y += stage.write({text.x, y, text.w, 0}, stage.texts.say("choices.receipt_line"),
                   {.type = Type::body_l, .colour = stage.theme.ink_2, .lines_max = 6}) +
       gap;
  return y - text.y;
}

void draw_code(Stage& stage, const Box& tile, const std::string& text) {
  if (const QrModules modules = make_qr(text); modules.size > 0)
    qr_tile(stage, tile, modules, "receipt.qr", stage.texts.say("choices.image"), text);
}

}  // namespace

void draw_choice_receipt(Stage& stage, const Model& model, const Choices& choices) {
  const bool wide = stage.wide();
  Surroundings frame(stage, model, {.back = true, .brand = !wide});
  const Box above = frame.above;
  const std::string text = receipt_text(stage, model, choices);
  const float card_w = wide ? 760 : above.w - 2 * margin;
  Box column{margin, top_height, wide ? above.w - 2 * margin - 48 - card_w : above.w - 2 * margin, 0};
  const Buttons buttons = measure_buttons(stage, model, column.w);
  const Box foot{margin, above.h - (wide ? 32 : 40) - buttons.height, column.w, buttons.height};
  column.h = foot.y - gap - column.y;
  const auto down = [&](float by) { column = {column.x, column.y + by, column.w, column.h - by}; };
  if (!wide && stage.large()) column.y -= 12;
  down(draw_title(stage, column));
  const float inner = card_w - 2 * edge;
  const float least = wide ? 0 : code_least + 2 * edge + gap + row_height(stage, choices.receipts.back(), inner);
  if (const auto said = banner_of(stage, model)) {
    const float height = banner_height(stage, column.w, *said);
    if (height + 22 <= column.h - least) {
      banner(stage, {column.x, column.y, column.w, height}, *said);
      down(height + 22);
    }
  }
  if (wide) {
    draw_rows(stage, choices, column);
    const float side = std::round(std::min(card_w - 2 * edge, above.h - 64 - 2 * edge));
    const Box box{above.w - margin - card_w, 32, card_w, above.h - 64};
    card(stage, box, 44, Shadow::e2_action);
    draw_code(stage, {box.centre().x - side / 2, box.centre().y - side / 2, side, side}, text);
  } else {
    const float rows = rows_height(stage, choices, inner);
    const float side = std::round(std::clamp(column.h - 2 * edge - gap - rows, code_least, code_most));
    const Box box{column.x, column.y, card_w, std::min(column.h, 2 * edge + side + gap + rows)};
    card(stage, box, 44, Shadow::e2_action);
    draw_code(stage, {box.centre().x - side / 2, box.y + edge, side, side}, text);
    const float y = box.y + edge + side + gap;
    draw_rows(stage, choices, {box.x + edge, y, inner, box.bottom() - edge - y + 1});
  }
  draw_buttons(stage, model, choices, buttons, foot);
  frame.end();
  std::string changes;
  for (const ChoiceReceipt& one : choices.receipts)
    changes += (changes.empty() ? "" : ". ") + state_words(stage, one.purpose, one.granted);
  stage.tree.announcement_personal = true;
  stage.tree.announcement = stage.texts.say("choices.receipt_spoken", {{"changes", changes}});
}

}  // namespace vitrine::kiosk::shopper
