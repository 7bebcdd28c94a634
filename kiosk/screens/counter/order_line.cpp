// SPDX-License-Identifier: Apache-2.0
// What becomes of units of a line that are missing, not wanted, or left over: asked of the buyer, and written down.
#include <algorithm>
#include <array>

#include "kiosk/screens/counter/desk.hpp"
#include "kiosk/screens/counter/order_parts.hpp"
#include "kiosk/screens/counter/queue_parts.hpp"

namespace vitrine::kiosk::counter {
namespace {

constexpr float pad = 28;
constexpr float gap = 12;
constexpr float plate_height = 72;

struct Work {
  LineWork work;
  const char* id;
  const char* label;
  const char* line;  // what it comes to
};
constexpr std::array<Work, 7> works = {{
    {LineWork::found, "decide.found", "line.found", "line.found_line"},
    {LineWork::wait, "decide.wait", "line.wait", "line.wait_line"},
    {LineWork::substitute, "decide.substitute", "line.substitute", "line.substitute_line"},
    {LineWork::refund, "decide.refund", "line.refund", "line.refund_line"},
    {LineWork::refuse, "decide.refuse", "line.refuse", "line.refuse_line"},
    {LineWork::restock, "decide.restock", "line.restock", "line.restock_line"},
    {LineWork::write_off, "decide.write_off", "line.write_off", "line.write_off_line"},
}};
constexpr std::array<const char*, 4> refusals = {"damaged", "not_wanted", "not_as_described", "wrong_item"};

std::string outcome_of(Stage& stage, const OrderCard& card, const CounterLine& line, const LineOnScreen& open) {
  const Work& work = *std::ranges::find(works, *open.work, &Work::work);
  return stage.texts.say(work.line,
                         {{"n", open.units}, {"amount", stage.texts.money({line.unit_price * open.units, card.currency})}});
}

// Reasons of a refusal, two in a row; what the height was.
float draw_refusals(Stage& stage, const LineOnScreen& open, const Box& place, bool free) {
  stage.write({place.x, place.y, place.w, 0}, stage.texts.say("back.reason"),
              {.type = Type::desk_label, .colour = stage.theme.ink});
  const float top = place.y + stage.line(Type::desk_label) + 8;
  const float wide = (place.w - gap) / 2;
  for (std::size_t i = 0; i < refusals.size(); ++i) {
    const Box box{place.x + static_cast<float>(i % 2) * (wide + gap), top + static_cast<float>(i / 2) * (plate_height + gap),
                  wide, plate_height};
    const std::string reason = refusals[i];
    if (plate(stage, box, "refusal." + reason, stage.texts.say("return_reason." + reason), open.reason == reason, free))
      stage.want(CounterWish{ChooseRefusal{reason}});
  }
  return top + 2 * (plate_height + gap) - place.y;
}

// The product that is taken instead, or how it is said which.
float draw_instead(Stage& stage, const LineOnScreen& open, const Box& place) {
  const Theme& theme = stage.theme;
  if (!open.instead) {
    return stage.write(
               {place.x, place.y, place.w, 0}, stage.texts.say("back.swap_scan"),
               {.role = Role::status, .type = Type::desk_body, .colour = theme.ink_2, .lines_max = 3, .id = "decide.scan"}) +
           gap;
  }
  const std::string& title =
      stage.texts.pick(open.instead->title).empty() ? open.instead->sku.text : stage.texts.pick(open.instead->title);
  product_tile(stage, {place.x, place.y, 64, 64}, open.instead->pictogram, open.instead->tile);
  const float used =
      stage.write({place.x + 80, place.y, place.w - 80, 0}, title,
                  {.role = Role::status, .type = Type::desk_label, .colour = theme.ink, .lines_max = 3, .id = "decide.instead"});
  return std::max(used, 64.0F) + gap;
}

std::string choice_words(Stage& stage, const LineChoice& choice) {
  Texts& t = stage.texts;
  if (choice.what == "wait") return t.say("line.chose_wait", {{"n", choice.units}});
  if (choice.what == "refund") return t.say("line.chose_refund", {{"n", choice.units}});
  if (choice.what == "substitute") return t.say("line.chose_substitute", {{"sku", choice.sku}});
  return {};
}

const char* missing_of(const LineOnScreen& open) {
  if (!open.work) return "line.choose_first";
  return *open.work == LineWork::substitute ? "back.swap_first" : "back.reason_first";
}

}  // namespace

std::string line_state_words(Stage& stage, const CounterLine& line) {
  Texts& t = stage.texts;
  std::string words;
  const auto add = [&](const std::string& more) { words += (words.empty() ? "" : " · ") + more; };
  if (line.missing > 0) add(t.say("order.missing", {{"n", line.missing}}));
  if (line.missing > 0 && !line.choice.what.empty()) add(choice_words(stage, line.choice));
  if (line.refused > 0) add(t.say("line.refused", {{"n", line.refused}}));
  return words;
}

void draw_open_line(Stage& stage, const Model& model, const Box& side) {
  const Theme& theme = stage.theme;
  Texts& t = stage.texts;
  const OrderOnScreen& screen = *model.visit.desk.order;
  const LineOnScreen& open = *screen.open_line;
  const CounterLine* line = open_line_of(screen);
  if (line == nullptr) return;
  const bool free = screen.acting == 0;
  card_of(stage, side);
  const float inner = side.w - 2 * pad;
  const float x = side.x + pad;
  const std::string& title = t.pick(line->title).empty() ? line->sku : t.pick(line->title);
  float y = side.y + pad;
  y += stage.write({x, y, inner, 0}, title,
                   {.role = Role::heading, .type = Type::desk_label, .colour = theme.ink, .lines_max = 2, .id = "decide.title"});
  const std::string state = line_state_words(stage, *line);
  const std::string asks = t.say(line->missing > 0 ? "line.asks" : "line.asks_else");
  y += stage.write({x, y, inner, 0}, state.empty() ? asks : state,
                   {.type = Type::desk_caption, .colour = theme.ink_2, .lines_max = 3, .id = "decide.state"}) +
       gap;
  const std::string words = open.work ? outcome_of(stage, screen.order->card, *line, open) : asks;
  const float words_height = stage.height_of(words, Type::desk_body, inner);
  const float button_top = side.bottom() - pad - 80;
  const float words_top = button_top - 16 - words_height;
  const Box list{x - 12, y, inner + 24, words_top - 12 - y};
  const float scrolled = stage.begin_list("decide", list);
  float at = y + 4 - scrolled;
  for (const Work& work : works) {
    const std::int64_t most = most_of(model, *line, work.work);
    if (most <= 0) continue;
    if (plate(stage, {x, at, inner, plate_height}, work.id, t.say(work.label), open.work == work.work, free))
      stage.want(CounterWish{ChooseLineWork{work.work}});
    at += plate_height + gap;
    if (open.work != work.work) continue;
    if (most > 1) {
      const float step = stepper_width(stage);
      const std::string how_many = t.say("back.how_many");
      const Box beside{x, at, inner - step - 16, stepper_height};
      stage.write_centred(
          beside, how_many,
          {.type = stage.fitting({Type::desk_body, Type::desk_caption}, how_many, beside.w), .colour = theme.ink});
      const StepperWish wish = stepper(stage, {x + inner - step, at},
                                       {.id = "decide.units",
                                        .units = free ? open.units : 1,
                                        .at_limit = open.units >= most || !free,
                                        .keeps_one = true,
                                        .count = t.number(open.units),
                                        .more = t.say("stock.one_more"),
                                        .fewer = t.say("stock.one_fewer")});
      if (wish == StepperWish::more) stage.want(CounterWish{StepLine{1}});
      if (wish == StepperWish::fewer) stage.want(CounterWish{StepLine{-1}});
      at += stepper_height + gap;
    }
    if (work.work == LineWork::refuse) at += draw_refusals(stage, open, {x, at, inner, 0}, free);
    if (work.work == LineWork::substitute) at += draw_instead(stage, open, {x, at, inner, 0});
  }
  stage.end_list(at + scrolled - y);
  stage.write({x, words_top, inner, 0}, words,
              {.role = Role::status, .type = Type::desk_body, .colour = theme.ink_2, .lines_max = 5, .id = "decide.outcome"});
  const bool complete = is_complete(open);
  const ButtonSpec confirm{.id = "decide.confirm",
                           .label = t.say(!free      ? "sign_in.loading"
                                          : complete ? "line.confirm"
                                                     : missing_of(open)),
                           .icon = complete && free ? Icon::check : Icon::none,
                           .desk = true,
                           .enabled = complete && free,
                           .main = true,
                           .shortcut = Key::enter};
  if (button(stage, {x, button_top, inner, 80}, confirm)) stage.want(CounterWish{ConfirmLine{}});
}

namespace {

ButtonSpec decide_spec(Stage& stage, const Model& model, const CounterLine& line) {
  const bool pressing = line.missing > 0 && line.choice.what.empty();
  const std::string words = stage.texts.say(pressing ? "line.choose" : "line.change");
  const std::string& title = stage.texts.pick(line.title).empty() ? line.sku : stage.texts.pick(line.title);
  return {.id = "line." + std::to_string(line.line) + ".decide",
          .label = words,
          .kind = pressing ? ButtonKind::secondary : ButtonKind::tertiary,
          .desk = true,
          .enabled = model.visit.desk.order->acting == 0,
          .spoken = words + ": " + title};
}

}  // namespace

float decide_width(Stage& stage, const Model& model, const CounterLine& line) {
  return may_decide(model, line) ? std::max(120.0F, button_width(stage, decide_spec(stage, model, line))) + 20 : 0;
}

void decide_button(Stage& stage, const Model& model, const CounterLine& line, const Box& row) {
  const float wide = decide_width(stage, model, line) - 20;
  if (wide <= 0) return;
  if (button(stage, {row.right() - wide, row.centre().y - 36, wide, 72}, decide_spec(stage, model, line)))
    stage.want(CounterWish{OpenLine{line.line}});
}

}  // namespace vitrine::kiosk::counter
