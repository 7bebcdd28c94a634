// SPDX-License-Identifier: Apache-2.0
// 06: an order is collected. Two checks: the six digits of the order, then two of the phone number.
#include <algorithm>

#include "kiosk/screens/shopper/screens.hpp"
#include "kiosk/screens/shopper/surroundings.hpp"
#include "kiosk/widgets/keyboard.hpp"
#include "kiosk/widgets/parts.hpp"

namespace vitrine::kiosk::shopper {
namespace {

constexpr float cell_width = 104;
constexpr float cell_height = 128;
constexpr float cell_gap = 16;
constexpr float dash_room = 44;
constexpr float pad = 44;

// What was wrong, in words, and whether only a person can help.
struct Wrong {
  std::string title, line;
  bool counter = false;
};

Wrong wrong_of(Stage& stage, const std::string& code) {
  Texts& t = stage.texts;
  if (code == "code_unknown") return {t.say("collect.code_unknown"), {}};
  if (code == "phone_wrong") return {t.say("collect.phone_wrong"), {}};
  if (code == "pickup_locked") return {t.say("collect.counter"), t.say("collect.locked_line"), true};
  if (code == "staff_check") return {t.say("collect.counter"), t.say("collect.check_line"), true};
  if (code == "order_not_ready") return {t.say("collect.not_ready"), t.say("collect.not_ready_line"), true};
  if (code == "pass_expired") return {t.say("collect.pass_expired"), {}};
  if (code == "pass_foreign") return {t.say("collect.pass_foreign"), {}};
  if (code == "pass_spent" || code == "order_over" || code == "order_cancelled")
    return {t.say("collect.counter"), t.say("collect.spent_line"), true};
  if (code.starts_with("pass_") || code == "order_unknown") return {t.say("collect.pass_unknown"), {}};
  return {t.say("collect.no_answer"), {}};
}

struct Cells {
  std::size_t count = 0;
  std::string_view typed;
  bool active = false, wrong = false;
};

float cells_width(std::size_t count) {
  return static_cast<float>(count) * cell_width + static_cast<float>(count - 1) * cell_gap + (count == 6 ? dash_room : 0);
}

// Of six, three and three.
void draw_cells(Stage& stage, Point at, float scale, const Cells& cells, const std::string& id, const std::string& label) {
  const Theme& theme = stage.theme;
  float x = at.x;
  for (std::size_t i = 0; i < cells.count; ++i) {
    if (cells.count == 6 && i == 3) {
      stage.canvas.fill({x + (dash_room - cell_gap) / 2 * scale - 10, at.y + cell_height / 2 - 2, 20, 4}, theme.line_strong, 2);
      x += dash_room * scale;
    }
    const Box box{x, at.y, cell_width * scale, cell_height};
    const bool caret = cells.active && i == cells.typed.size();
    const Colour edge = cells.wrong ? theme.bad : caret ? theme.primary : theme.line_strong;
    stage.canvas.fill(box, theme.surface, 22 * theme.corner_scale);
    stage.canvas.outline(box, edge, cells.wrong || caret ? 5 : 2, 22 * theme.corner_scale);
    if (i < cells.typed.size()) {
      stage.canvas.text(Type::h1, {box.centre().x, box.centre().y - stage.line(Type::h1) / 2}, theme.ink,
                        cells.typed.substr(i, 1), Align::centre);
    } else if (caret) {
      stage.canvas.fill({box.centre().x - 2, box.centre().y - 30, 4, 60}, theme.primary, 2);
    }
    x += (cell_width + cell_gap) * scale;
  }
  stage.describe(Role::field, {at.x, at.y, x - at.x - cell_gap * scale, cell_height}, id, label,
                 stage.texts.say("collect.entered", {{"n", static_cast<std::int64_t>(cells.typed.size())}}));
}

struct Step {
  const char* number;
  std::string title;
  std::string hint;
  Cells cells;
  bool done = false;
  std::string id;
};

float step_used(Stage& stage, const Step& step, float width) {
  const float title = std::max(52.0F, stage.height_of(step.title, Type::h3, width - 68));
  const float beside = width - cells_width(step.cells.count) - 32;
  const bool below = !step.hint.empty() && beside < 300;
  return title + 20 + cell_height + (below ? 12 + stage.height_of(step.hint, Type::small, width) : 0);
}

void draw_step(Stage& stage, const Step& step, const Box& place) {
  const Theme& theme = stage.theme;
  const float height = stage.height_of(step.title, Type::h3, place.w - 68);
  const float title = std::max(52.0F, height);
  const Point disc{place.x + 26, place.y + 26};
  stage.canvas.disc(disc, 26, step.done ? theme.ok : step.cells.active ? theme.primary : theme.line_strong);
  const Colour mark = stage.outlined() ? theme.bg : Colour::hex(0xFFFFFF);
  if (step.done) {
    stage.canvas.icon(Icon::check, 44, disc, mark);
  } else {
    stage.canvas.text(Type::small_strong, {disc.x, disc.y - stage.line(Type::small_strong) / 2}, mark, step.number,
                      Align::centre);
  }
  stage.write({place.x + 68, place.y + (title - height) / 2, place.w - 68, 0}, step.title,
              {.role = Role::heading,
               .type = Type::h3,
               .colour = step.cells.active || step.done ? theme.ink : theme.ink_2,
               .lines_max = 4});
  const float y = place.y + title + 20;
  const float wide = cells_width(step.cells.count);
  const float scale = std::min(1.0F, place.w / wide);
  draw_cells(stage, {place.x, y}, scale, step.cells, step.id, step.title);
  if (step.hint.empty()) return;
  const float beside = place.w - wide - 32;
  if (beside < 300) {
    stage.write({place.x, y + cell_height + 12, place.w, 0}, step.hint,
                {.type = Type::small, .colour = theme.ink_2, .lines_max = 4});
    return;
  }
  const float hint = stage.height_of(step.hint, Type::small, beside);
  stage.write({place.x + wide + 32, y + (cell_height - hint) / 2, beside, 0}, step.hint,
              {.type = Type::small, .colour = theme.ink_2, .lines_max = 5});
}

std::vector<Step> steps_of(Stage& stage, const Collection& collection) {
  const bool second = collection.code_right;
  const bool wrong = collection.failed == "code_unknown";
  const bool wrong_phone = collection.failed == "phone_wrong";
  return {{"1",
           stage.texts.say("collect.code"),
           {},
           {pickup_code_digits, collection.code.text, !second && !collection.waiting, wrong},
           second,
           "collect.code"},
          {"2",
           stage.texts.say("collect.phone"),
           stage.texts.say("collect.phone_line"),
           {pickup_phone_digits, collection.phone.text, second && !collection.waiting, wrong_phone},
           false,
           "collect.phone"}};
}

// Only a person can help now, or only time: the arch, and what to do.
void draw_counter(Stage& stage, const Wrong& wrong, const Box& place, bool not_ready) {
  const Theme& theme = stage.theme;
  const float width = std::min(place.w, 900.0F);
  const float x = place.centre().x - width / 2;
  const ButtonSpec done{.id = "collect.done", .label = stage.texts.say("collect.done"), .main = true};
  const float button_w = std::min(width, std::max(420.0F, button_width(stage, done)));
  const float button_h = button_height(stage, button_w, done);
  const float words = stage.height_of(wrong.title, Type::h1, width) + 14 + stage.height_of(wrong.line, Type::body_l, width);
  const float scale = std::min(1.0F, (place.h - words - button_h - 100) / 420);
  float y = place.y + 10;
  if (scale > 0.45F && !stage.outlined()) {
    niche(stage, {place.centre().x, y}, scale, not_ready ? 1 : 3, not_ready ? Icon::hourglass_top : Icon::badge,
          not_ready ? theme.warn : theme.info);
    y += 400 * scale + 40;
  }
  y += stage.write({x, y, width, 0}, wrong.title,
                   {.role = Role::heading, .type = Type::h1, .colour = theme.ink, .align = Align::centre, .lines_max = 4}) +
       14;
  y += stage.write({x, y, width, 0}, wrong.line,
                   {.role = Role::status,
                    .type = Type::body_l,
                    .colour = theme.ink_2,
                    .align = Align::centre,
                    .lines_max = 7,
                    .id = "collect.wrong"});
  const float at = std::max({y + 32, stage.reach_line() + 14, place.bottom() - 40 - button_h});
  if (button(stage, {place.centre().x - button_w / 2, at, button_w, button_h}, done)) stage.want(Finish{});
}

}  // namespace

void draw_collect(Stage& stage, const Model& model) {
  const Collection& collection = model.visit.collection;
  Surroundings frame(stage, model, {.back = true});
  const Box above = frame.above;
  const Theme& theme = stage.theme;
  const bool wide = stage.wide();
  const Wrong wrong = collection.failed.empty() ? Wrong{} : wrong_of(stage, collection.failed);
  if (wrong.counter) {
    draw_counter(stage, wrong, {margin, top_height, above.w - 2 * margin, above.h - top_height},
                 collection.failed == "order_not_ready");
    frame.end();
    stage.tree.announcement = wrong.title + ". " + wrong.line;
    return;
  }
  const float keys_width = wide ? 640 : above.w - 2 * margin;
  const float keys_room = stage.ease.reach ? above.h - stage.reach_line() - 40 : above.h - top_height - 40;
  const float keys_height = std::min(keypad_height, keys_room);
  const Box keys{above.w - margin - keys_width, above.h - 32 - keys_height, keys_width, keys_height};
  const bool beside = stage.ease.reach || wide;
  Box text{margin, beside ? 40 : top_height, (wide ? keys.x - 48 : above.w - margin) - margin, 0};
  const float head_width = beside ? std::min(text.w, frame.top.right() - text.x) : text.w;
  if (wide && !stage.ease.reach) text.y = top_height;
  float y = text.y;
  const std::string title = stage.texts.say("collect.title");
  const std::string line = stage.texts.say("collect.line");
  const std::vector<Step> steps = steps_of(stage, collection);
  const float inner = text.w - 2 * pad;
  float card_height = 2 * 36 + 52;
  for (const Step& each : steps) card_height += step_used(stage, each, inner);
  const float bottom = wide ? above.h - 24 : keys.y - 24;
  const std::string& said = wrong.title;
  const float said_height = said.empty() ? 0 : stage.height_of(said, Type::name, text.w - 50) + 16;
  // Where large text leaves no room, the sentence under the title goes first, then the title stands smaller.
  const auto head = [&](Type type, bool with_line) {
    return stage.height_of(title, type, head_width) + (with_line ? 8 + stage.height_of(line, Type::body_l, text.w) : 0) + 24;
  };
  if (wide && stage.large() && !stage.ease.reach) {
    // Large text on a low screen has its title in the bar.
    const Type type = stage.fitting({Type::h1, Type::h2, Type::h3}, title, frame.top.w);
    stage.write_centred(frame.top, title, {.role = Role::heading, .type = type, .colour = theme.ink});
  } else {
    const float room = bottom - y - card_height - said_height;
    const bool with_line = head(Type::h1, true) <= room;
    const Type type = head(Type::h1, with_line) <= room ? Type::h1 : Type::h3;
    y += stage.write({text.x, y, head_width, 0}, title,
                     {.role = Role::heading, .type = type, .colour = theme.ink, .lines_max = 3});
    if (with_line)
      y += 8 + stage.write({text.x, y + 8, text.w, 0}, line, {.type = Type::body_l, .colour = theme.ink_2, .lines_max = 4});
    y += 24;
  }
  const Box box{text.x, y, text.w, card_height};
  card(stage, box);
  float at = box.y + 36;
  for (const Step& each : steps) {
    if (each.id == "collect.phone") {
      stage.canvas.fill({box.x + pad, at + 25, inner, 2}, theme.line);
      at += 52;
    }
    draw_step(stage, each, {box.x + pad, at, inner, 0});
    at += step_used(stage, each, inner);
  }
  if (!said.empty()) {
    stage.canvas.icon(Icon::error_outline, 42, {text.x + 21, box.bottom() + 16 + stage.line(Type::name) / 2}, theme.bad);
    stage.write({text.x + 50, box.bottom() + 16, text.w - 50, 0}, said,
                {.role = Role::status, .type = Type::name, .colour = theme.bad, .lines_max = 4, .id = "collect.wrong"});
  }
  const std::string instead = stage.texts.say("collect.or_show");
  const float room = text.w - 54;
  if (said.empty() && box.bottom() + 20 + stage.height_of(instead, Type::body, room) <= bottom) {
    stage.canvas.icon(Icon::qr_code_scanner, 32, {text.x + 10 + 16, box.bottom() + 20 + stage.line(Type::body) / 2},
                      theme.primary);
    stage.write({text.x + 54, box.bottom() + 20, room, 0}, instead,
                {.type = Type::body, .colour = theme.ink_2, .lines_max = 4, .id = "collect.or_show"});
  }
  const bool full = collection.code_right ? collection.phone.text.size() == pickup_phone_digits
                                          : collection.code.text.size() == pickup_code_digits;
  const KeypadSpec spec{.id = "digit", .enter = stage.texts.say("collect.next"), .enter_enabled = full && !collection.waiting};
  for (const KeyboardWish& key : keypad(stage, keys, spec)) {
    if (key.kind == KeyboardWish::Kind::enter) {
      stage.want(Submit{});
    } else {
      stage.want(TypeKey{key.touch});
    }
  }
  frame.end();
  stage.tree.announcement = title + ". " + steps[collection.code_right ? 1 : 0].title;
}

}  // namespace vitrine::kiosk::shopper
