// SPDX-License-Identifier: Apache-2.0
// 16: who waits at the counter, what is to be prepared, what lies ready, who asks for help. The most urgent stands on top;
// urgency runs from left to right.
#include <algorithm>

#include "kiosk/screens/counter/desk.hpp"
#include "kiosk/screens/counter/queue_parts.hpp"
#include "kiosk/screens/counter/screens.hpp"
#include "kiosk/widgets/keyboard.hpp"

namespace vitrine::kiosk::counter {
namespace {

constexpr float gap = 24;
constexpr float head_height = 72;

struct Column {
  const char* id;
  std::string title;
  std::string goal;
  std::size_t count = 0;
  bool known = false;
  std::string empty;
};

// Who asks for a person here, or wrote and waits for this store.
struct HelpItem {
  const HelpCall* call = nullptr;
  const CaseCard* one = nullptr;
};

// Its head; returns the place of its list.
Box draw_head(Stage& stage, const Column& column, const Box& place) {
  const Theme& theme = stage.theme;
  const std::string count = stage.texts.number(static_cast<std::int64_t>(column.count));
  const float bubble = std::max(40.0F, stage.canvas.width_of(Type::desk_label, count) + 24);
  const float room = place.w - bubble - 14;
  const Type type = stage.fitting({Type::desk_head, Type::desk_label, Type::desk_badge}, column.title, room);
  const float width = std::min(room, stage.canvas.width_of(type, column.title));
  stage.write_centred({place.x, place.y + 20, width + 1, 40}, column.title,
                      {.role = Role::heading, .type = type, .colour = theme.ink, .id = std::string(column.id) + ".title"});
  const Box disc{place.x + width + 14, place.y + 22, bubble, 36};
  stage.canvas.fill(disc, theme.sunken, 18);
  stage.write_centred(
      disc, count,
      {.type = Type::desk_label, .colour = theme.ink, .align = Align::centre, .id = std::string(column.id) + ".count"});
  const float left = place.right() - disc.right() - 16;
  if (!column.goal.empty() && stage.canvas.width_of(Type::desk_caption, column.goal) <= left)
    stage.write_centred({disc.right() + 16, place.y + 20, left, 40}, column.goal,
                        {.type = Type::desk_caption, .colour = theme.ink_2, .align = Align::right});
  return {place.x, place.y + head_height, place.w, place.h - head_height};
}

template <class One, class Draw>
void draw_column(Stage& stage, const Column& column, const Box& place, const std::vector<const One*>& items, float each_gap,
                 Draw&& draw) {
  const Box list = draw_head(stage, column, place);
  if (items.empty()) {
    const Box box{list.x, list.y, list.w, 112};
    stage.canvas.fill(box, stage.theme.sunken, 24 * stage.theme.corner_scale);
    const std::string words = column.known ? column.empty : stage.texts.say("sign_in.loading");
    const float height = stage.height_of(words, Type::desk_body, box.w - 40);
    stage.write({box.x + 20, box.centre().y - height / 2, box.w - 40, 0}, words,
                {.type = Type::desk_body,
                 .colour = stage.theme.ink_2,
                 .align = Align::centre,
                 .lines_max = 3,
                 .id = std::string(column.id) + ".empty"});
    return;
  }
  const Box frame{list.x - 6, list.y - 8, list.w + 12, list.h};
  const float scrolled = stage.begin_list(column.id, frame);
  float y = list.y - scrolled;
  float height = 8;
  for (std::size_t i = 0; i < items.size(); ++i) {
    // What is far out of sight is not drawn: a queue may be long.
    const float used = draw(*items[i], Box{list.x, y, list.w, 0}, i == 0, y > frame.bottom() + 400 || y < frame.y - 900);
    y += used + each_gap;
    height += used + each_gap;
  }
  stage.end_list(height + 16);
}

// A scanned pass opens its order once the phone's digits are there too.
void draw_pass_phone(Stage& stage, const Desk& desk) {
  const Theme& theme = stage.theme;
  const Box whole = stage.area();
  stage.canvas.fill(whole, theme.scrim);
  const float wide = std::min(640.0F, whole.w - 32);
  const Box box{(whole.w - wide) / 2, whole.h / 2 - 400, wide, 800};
  card(stage, box, 32, Shadow::e3_toast);
  const float side = wide < 640 ? 36 : 48;
  const Box inner{box.x + side, box.y + 40, box.w - 2 * side, 0};
  const std::string title = stage.texts.say("queue.pass_phone");
  stage.write(inner, title,
              {.role = Role::heading, .type = Type::desk_head, .colour = theme.ink, .align = Align::centre, .lines_max = 3});
  const float y = inner.y + 108;
  for (std::size_t i = 0; i < pickup_phone_digits; ++i) {
    const Box cell{whole.w / 2 - 72 + static_cast<float>(i) * 80, y, 64, 76};
    const std::string& typed = desk.pass_phone.text;
    stage.canvas.fill(cell, theme.surface, 20 * theme.corner_scale);
    stage.canvas.outline(cell, i == typed.size() ? theme.primary : theme.line_strong, i == typed.size() ? 4 : 2,
                         20 * theme.corner_scale);
    if (i < typed.size())
      stage.canvas.text(Type::desk_head, {cell.centre().x, cell.centre().y - stage.line(Type::desk_head) / 2}, theme.ink,
                        std::string_view(typed).substr(i, 1), Align::centre);
  }
  stage.describe(Role::field, {whole.w / 2 - 72, y, 144, 76}, "queue.phone", title,
                 stage.texts.say("collect.entered", {{"n", static_cast<std::int64_t>(desk.pass_phone.text.size())}}));
  const Box keys{inner.x, y + 100, inner.w, 4 * 80 + 3 * 18};
  stage.canvas.fill({keys.x - 20, keys.y - 16, keys.w + 40, keys.h + 32}, theme.sunken, 24 * theme.corner_scale);
  for (const KeyboardWish& key : keypad(stage, keys, {.id = "digit", .enter = {}})) stage.want(TypeKey{key.touch});
  const ButtonSpec leave{.id = "queue.leave",
                         .label = stage.texts.say("queue.leave"),
                         .kind = ButtonKind::tertiary,
                         .desk = true,
                         .takes_escape = true};
  if (button(stage, {inner.x, box.bottom() - 40 - 72, inner.w, 72}, leave)) stage.want(GoBack{});
  stage.tree.announcement = title;
}

std::string spoken_of(Stage& stage, const QueueView& view) {
  const auto n = [](const auto& list) { return static_cast<std::int64_t>(list.size()); };
  return stage.texts.say(
      "queue.spoken",
      {{"here", n(view.here)}, {"prepare", n(view.prepare)}, {"ready", n(view.ready)}, {"help", n(view.calls) + n(view.cases)}});
}

// On a screen that is held: one list, who waits on their feet for somebody on top. Who wrote is answered at the counter.
void draw_in_hand(Stage& stage, const Model& model, const QueueView& view, const Box& place) {
  Texts& t = stage.texts;
  const Desk& desk = model.visit.desk;
  const Box frame{place.x - 6, place.y, place.w + 12, place.h};
  const float scrolled = stage.begin_list("hand", frame);
  float y = place.y - scrolled;
  const auto part = [&](const Column& column, const auto& items, auto&& draw, float gap = 16) {
    y = draw_head(stage, column, {place.x, y, place.w, 0}).y;
    for (std::size_t i = 0; i < items.size(); ++i)
      y += draw(*items[i], Box{place.x, y, place.w, 0}, i == 0, y > frame.bottom() + 400 || y < frame.y - 900) + gap;
  };
  if (!view.calls.empty())
    part({"calls", t.say("queue.help"), {}, view.calls.size(), true, {}}, view.calls,
         [&](const HelpCall& call, const Box& at, bool first, bool hidden) {
           return draw_call(stage, model, call, at, first && view.here.empty(), hidden);
         });
  const std::vector<AlertGroup> groups = alert_groups(desk);
  std::vector<const AlertGroup*> alerts;
  for (const AlertGroup& group : groups) alerts.push_back(&group);
  if (!groups.empty())
    part({"alerts", t.say("queue.alerts"), {}, groups.size(), true, {}}, alerts,
         [&](const AlertGroup& group, const Box& at, bool, bool hidden) { return draw_alert(stage, model, group, at, hidden); });
  const bool may_orders = may(desk, "orders");
  if (may_orders) {
    part({"here", t.say("queue.here"), {}, view.here.size(), true, {}}, view.here,
         [&](const OrderCard& card, const Box& at, bool first, bool hidden) {
           return draw_here(stage, model, card, at, first, hidden);
         });
    part({"prepare", t.say("queue.prepare"), t.say("queue.by_promise"), view.prepare.size(), true, {}}, view.prepare,
         [&](const OrderCard& card, const Box& at, bool, bool hidden) { return draw_prepare(stage, model, card, at, hidden); });
    part(
        {"ready", t.say("queue.ready"), t.say("queue.oldest_first"), view.ready.size(), true, {}}, view.ready,
        [&](const OrderCard& card, const Box& at, bool first, bool hidden) {
          if (first) ready_card(stage, at, view.ready.size());
          return draw_ready(stage, model, card, at, &card == view.ready.back(), hidden);
        },
        ready_gap);
  }
  const bool known = desk.calls_known && (desk.orders_known || !may_orders);
  if (!known || !may_orders) {
    y += 20;
    y += stage.write(
        {place.x, y, place.w, 0}, t.say(known ? "queue.not_yours" : "sign_in.loading"),
        {.role = Role::status, .type = Type::desk_body, .colour = stage.theme.ink_2, .lines_max = 3, .id = "hand.empty"});
  }
  stage.end_list(y + scrolled - place.y + 16);
}

}  // namespace

void draw_queue(Stage& stage, const Model& model) {
  const bool asks = model.visit.desk.asks_phone;
  if (asks) stage.begin_behind();
  const Box free = draw_desk(stage, model);
  const Desk& desk = model.visit.desk;
  const QueueView view = queue_of(model);
  Texts& t = stage.texts;
  if (stage.in_hand()) {
    draw_in_hand(stage, model, view, {free.x, free.y, free.w, free.h});
    stage.tree.announcement = spoken_of(stage, view);
    if (!asks) return;
    stage.end_behind();
    return draw_pass_phone(stage, desk);
  }
  const float room = free.w - 3 * gap;
  const float here = room * 0.243F, prepare = room * 0.257F, ready = room * 0.235F;
  const Box place{free.x, free.y, 0, free.h - 8};
  float x = free.x;
  const bool may_orders = may(desk, "orders");
  const std::string none = t.say(may_orders ? "queue.none" : "queue.not_yours");
  const Column columns[] = {
      {"here", t.say("queue.here"), t.say("queue.goal_minutes", {{"n", goal_here_ms / 60'000}}), view.here.size(),
       desk.orders_known || !may_orders, may_orders ? t.say("queue.here_none") : none},
      {"prepare", t.say("queue.prepare"), t.say("queue.by_promise"), view.prepare.size(), desk.orders_known || !may_orders, none},
      {"ready", t.say("queue.ready"), t.say("queue.oldest_first"), view.ready.size(), desk.orders_known || !may_orders, none},
      {"calls", t.say("queue.help"), t.say("queue.goal_minutes", {{"n", goal_help_ms / 60'000}}),
       view.calls.size() + view.cases.size(), desk.calls_known, t.say("queue.help_none")},
  };
  draw_column(stage, columns[0], {x, place.y, here, place.h}, view.here, 16,
              [&](const OrderCard& card, const Box& at, bool first, bool hidden) {
                return draw_here(stage, model, card, at, first, hidden);
              });
  x += here + gap;
  draw_column(
      stage, columns[1], {x, place.y, prepare, place.h}, view.prepare, 16,
      [&](const OrderCard& card, const Box& at, bool, bool hidden) { return draw_prepare(stage, model, card, at, hidden); });
  x += prepare + gap;
  draw_column(stage, columns[2], {x, place.y, ready, place.h}, view.ready, ready_gap,
              [&](const OrderCard& card, const Box& at, bool first, bool hidden) {
                if (first) ready_card(stage, at, view.ready.size());
                return draw_ready(stage, model, card, at, &card == view.ready.back(), hidden);
              });
  x += ready + gap;
  // Who asks in the shop waits on their feet: they come before who has written.
  std::vector<HelpItem> items;
  for (const HelpCall* call : view.calls) items.push_back({call, nullptr});
  for (const CaseCard* one : view.cases) items.push_back({nullptr, one});
  std::vector<const HelpItem*> help;
  for (const HelpItem& item : items) help.push_back(&item);
  // What needs somebody has up to a half of the last column, below who asks for help.
  const std::vector<AlertGroup> groups = alert_groups(desk);
  std::vector<const AlertGroup*> alerts;
  float alerts_height = groups.empty() ? 0 : head_height + 24;
  for (const AlertGroup& group : groups) {
    alerts.push_back(&group);
    alerts_height += draw_alert(stage, model, group, {x, 0, free.right() - x, 0}, true) + 16;
  }
  alerts_height = std::min(alerts_height, help.empty() ? place.h - head_height - 112 - 24 : place.h * 0.5F);
  if (!groups.empty()) {
    const Column needs{"alerts", t.say("queue.alerts"), {}, groups.size(), true, {}};
    draw_column(
        stage, needs, {x, place.y + place.h - alerts_height, free.right() - x, alerts_height}, alerts, 16,
        [&](const AlertGroup& group, const Box& at, bool, bool hidden) { return draw_alert(stage, model, group, at, hidden); });
  }
  draw_column(stage, columns[3], {x, place.y, free.right() - x, place.h - alerts_height}, help, 16,
              [&](const HelpItem& item, const Box& at, bool first, bool hidden) {
                return item.call != nullptr ? draw_call(stage, model, *item.call, at, first, hidden)
                                            : draw_waiting_case(stage, model, *item.one, at, hidden);
              });
  stage.tree.announcement = spoken_of(stage, view);
  if (!asks) return;
  stage.end_behind();
  draw_pass_phone(stage, desk);
}

}  // namespace vitrine::kiosk::counter
