// SPDX-License-Identifier: Apache-2.0
// What is to be done with a product's stock: counted, taken in, written off; confirmed, and for a moment undone.
#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "kiosk/screens/counter/desk.hpp"
#include "kiosk/screens/counter/queue_parts.hpp"
#include "kiosk/screens/counter/stock_parts.hpp"
#include "kiosk/widgets/keyboard.hpp"

namespace vitrine::kiosk::counter {
namespace {

constexpr float pad = 28;
constexpr float gap = 16;
constexpr std::array<const char*, 5> losses = {"damaged", "expired", "lost", "stolen", "used"};

struct Work {
  StockWork work;
  const char* id;
  const char* label;  // of its choice
  const char* title;  // while it is chosen
  const char* units;  // what is typed
  const char* save;   // the button
};
constexpr std::array<Work, 3> works = {{
    {StockWork::count, "work.count", "stock.work_count", "stock.count_title", "stock.you_counted", "stock.save_count"},
    {StockWork::receive, "work.receive", "stock.work_receive", "stock.receive_title", "stock.arrived", "stock.save_receive"},
    {StockWork::write_off, "work.write_off", "stock.work_write_off", "stock.write_off_title", "stock.gone",
     "stock.save_write_off"},
}};

// On record, and what was typed beside it.
void draw_counts(Stage& stage, const StockOnScreen& screen, const Work& work, const Box& row) {
  const Theme& theme = stage.theme;
  Texts& t = stage.texts;
  const float half = (row.w - gap) / 2;
  const bool begun = work.work == StockWork::count && !screen.units.text.empty();
  const std::string record = !screen.record ? "–" : t.number(begun ? screen.on_hand_then : screen.record->on_hand);
  const auto plate = [&](const Box& box, const std::string& label, const std::string& figure, bool typed, const char* id) {
    const float radius = 20 * theme.corner_scale;
    stage.canvas.fill(box, typed ? theme.surface : theme.sunken, radius);
    if (typed) stage.canvas.outline(box, theme.primary, 4, radius);
    const Type type = stage.fitting({Type::desk_caption, Type::desk_rail}, label, box.w - 40);
    stage.canvas.text(type, {box.x + 20, box.y + 14}, theme.ink_2, label);
    const float y = box.bottom() - 12 - stage.line(Type::desk_figure);
    stage.canvas.text(Type::desk_figure, {box.x + 20, y}, theme.ink, figure);
    if (typed) {
      const float x = box.x + 20 + stage.canvas.width_of(Type::desk_figure, figure) + 6;
      stage.canvas.fill({x, y + 4, 4, stage.line(Type::desk_figure) - 8}, theme.primary, 2);
    }
    stage.describe(typed ? Role::field : Role::status, box, id, label, figure);
  };
  plate({row.x, row.y, half, row.h}, t.say("stock.on_record"), record, false, "stock.on_record");
  plate({row.x + half + gap, row.y, half, row.h}, t.say(work.units), screen.units.text, true, "stock.typed");
}

// Plates side by side, so many in a row; returns the one that was pressed, and moves y below them.
std::optional<std::size_t> plates(Stage& stage, float x, float& y, float wide, std::size_t columns,
                                  const std::vector<ChoiceSpec>& specs) {
  std::optional<std::size_t> pressed;
  const float each = (wide - static_cast<float>(columns - 1) * gap) / static_cast<float>(columns);
  for (std::size_t i = 0; i < specs.size(); ++i) {
    const std::size_t row = i / columns;
    const Box box{x + static_cast<float>(i % columns) * (each + gap), y + static_cast<float>(row) * (72 + gap), each, 72};
    if (plate(stage, box, specs[i].id, specs[i].label, specs[i].chosen, specs[i].enabled)) pressed = i;
  }
  y += static_cast<float>((specs.size() + columns - 1) / columns) * (72 + gap);
  return pressed;
}

std::vector<ChoiceSpec> loss_choices(Stage& stage, const StockOnScreen& screen, bool enabled) {
  std::vector<ChoiceSpec> specs;
  for (const char* loss : losses)
    specs.push_back({.id = std::string("loss.") + loss,
                     .label = stage.texts.say(std::string("stock_loss.") + loss),
                     .chosen = screen.reason == loss,
                     .enabled = enabled});
  return specs;
}

// What it comes to, in a sentence; empty: there is nothing to say yet.
std::string outcome_of(Stage& stage, const StockOnScreen& screen) {
  Texts& t = stage.texts;
  const auto units = units_of(screen);
  if (!units) return {};
  if (screen.work != StockWork::count) {
    const std::int64_t now = screen.record ? screen.record->on_hand : 0;
    return t.say("stock.then", {{"n", screen.work == StockWork::receive ? now + *units : now - *units}});
  }
  if (!screen.record) return t.say("stock.then", {{"n", *units}});
  const std::int64_t more = *units - screen.on_hand_then;
  std::string words =
      more == 0 ? t.say("stock.same") : t.say(more > 0 ? "stock.more" : "stock.fewer", {{"n", more > 0 ? more : -more}});
  if (more < 0 && screen.record->reserved > 0) words += " " + t.say("stock.held_line", {{"n", screen.record->reserved}});
  return words;
}

void draw_outcome(Stage& stage, const StockOnScreen& screen, const Box& box, const std::string& words) {
  const Theme& theme = stage.theme;
  const bool odd = screen.work == StockWork::count && screen.record && units_of(screen) != screen.on_hand_then;
  stage.canvas.fill(box, odd ? theme.warn_tint : theme.ok_tint, 20 * theme.corner_scale);
  stage.canvas.icon(odd ? Icon::error_outline : Icon::check_circle, 30, {box.x + 36, box.centre().y},
                    odd ? theme.warn : theme.ok);
  const float room = box.w - 72 - 20;
  const float height = stage.height_of(words, Type::desk_label, room);
  stage.write({box.x + 72, box.centre().y - height / 2, room, 0}, words,
              {.role = Role::status, .type = Type::desk_label, .colour = theme.ink, .lines_max = 3, .id = "stock.outcome"});
}

std::string label_of(Stage& stage, const StockOnScreen& screen, const Work& work, bool acting) {
  Texts& t = stage.texts;
  if (acting) return t.say("sign_in.loading");
  const auto units = units_of(screen);
  if (!units || (*units == 0 && work.work != StockWork::count)) return t.say("stock.units_first");
  if (!is_complete(screen)) return t.say("stock.reason_first");
  return t.say(work.save, {{"n", *units}});
}

}  // namespace

float stock_work_height(const StockOnScreen& screen) {
  const float head = pad + 64 + gap + 88 + 100 + gap;
  const float middle = screen.work == StockWork::write_off ? stepper_height + gap + 3 * (72 + gap)
                       : screen.pending                    ? 0
                                                           : 4 * 76 + 3 * 18 + 26 + gap;
  const float outcome = 124 + gap;
  const float buttons = screen.pending ? 2 * 80 + gap : 80;
  return head + middle + outcome + buttons + pad;
}

void draw_stock_work(Stage& stage, const Model& model, const Box& place) {
  const Theme& theme = stage.theme;
  Texts& t = stage.texts;
  const Desk& desk = model.visit.desk;
  const StockOnScreen& screen = *desk.stock;
  const Work& work = *std::ranges::find(works, screen.work, &Work::work);
  const bool acting = desk.stock_acting != 0;
  const bool free = !screen.pending && !acting;
  card_of(stage, place);
  const float inner = place.w - 2 * pad;
  const float x = place.x + pad;
  float y = place.y + pad;
  const std::string title = t.say(work.title);
  y += stage.write({x, y, inner, 0}, title,
                   {.role = Role::heading,
                    .type = stage.fitting({Type::desk_head, Type::desk_label}, title, inner),
                    .colour = theme.ink,
                    .id = "stock.work"}) +
       gap;
  std::vector<ChoiceSpec> choose;
  for (const Work& one : works) {
    const bool allowed = one.work == StockWork::receive || may(desk, "counts");
    if (allowed) choose.push_back({.id = one.id, .label = t.say(one.label), .chosen = one.work == screen.work, .enabled = free});
  }
  if (choose.size() > 1) {
    if (const auto chosen = plates(stage, x, y, inner, choose.size(), choose)) {
      const auto found = std::ranges::find(works, choose[*chosen].id, &Work::id);
      stage.want(CounterWish{ChooseStockWork{found->work}});
    }
  } else {
    y += stage.write({x, y, inner, 0}, t.say("stock.no_counts"),
                     {.type = Type::desk_body, .colour = theme.ink_2, .lines_max = 3, .id = "stock.no_counts"}) +
         gap;
  }
  draw_counts(stage, screen, work, {x, y, inner, 100});
  y += 100 + gap;
  const Box buttons{x, place.bottom() - pad - (screen.pending ? 2 * 80 + gap : 80), inner, screen.pending ? 2 * 80 + gap : 80.0F};
  if (screen.work == StockWork::write_off) {
    const StepperWish wish = stepper(stage, {x, y},
                                     {.id = "stock.units",
                                      .units = units_of(screen).value_or(0) + 1,  // its last step leads to none
                                      .at_limit = !free,
                                      .keeps_one = true,
                                      .count = t.number(units_of(screen).value_or(0)),
                                      .more = t.say("stock.one_more"),
                                      .fewer = t.say("stock.one_fewer")});
    if (wish == StepperWish::more) stage.want(CounterWish{StepUnits{1}});
    if (wish == StepperWish::fewer) stage.want(CounterWish{StepUnits{-1}});
    y += stepper_height + gap;
    const auto why = loss_choices(stage, screen, free);
    if (const auto chosen = plates(stage, x, y, inner, 2, why)) stage.want(CounterWish{ChooseLoss{losses[*chosen]}});
  } else if (free) {
    const Box keys{x + 14, y + 12, inner - 28, 4 * 76 + 3 * 18};
    stage.canvas.fill({x, y, inner, keys.h + 26}, theme.sunken, 20 * theme.corner_scale);
    for (const KeyboardWish& key : keypad(stage, keys, {.id = "digit", .enter = {}})) stage.want(TypeKey{key.touch});
    y += keys.h + 26 + gap;
  }
  const std::string words = screen.pending && screen.pending->work == StockWork::settle      ? t.say("stock.settling")
                            : screen.pending && screen.pending->work == StockWork::give_back ? t.say("stock.giving_back")
                                                                                             : outcome_of(stage, screen);
  if (!words.empty()) {
    const float height = std::max(72.0F, stage.height_of(words, Type::desk_label, inner - 92) + 24);
    draw_outcome(stage, screen, {x, std::min(y, buttons.y - gap - height), inner, height}, words);
  }
  if (screen.pending) {
    const UndoWish wish = undo_or_now(stage, buttons, "stock", screen.sends_at.value - model.now.mono.value);
    if (wish == UndoWish::undo) stage.want(CounterWish{UndoStock{}});
    if (wish == UndoWish::now) stage.want(CounterWish{ConfirmStock{}});
    return;
  }
  const bool complete = is_complete(screen) && !acting;
  const ButtonSpec save{.id = "stock.save",
                        .label = label_of(stage, screen, work, acting),
                        .icon = complete ? Icon::check : Icon::none,
                        .desk = true,
                        .enabled = complete,
                        .main = true,
                        .shortcut = Key::enter};
  if (button(stage, buttons, save)) stage.want(CounterWish{ConfirmStock{}});
}

}  // namespace vitrine::kiosk::counter
