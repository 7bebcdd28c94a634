// SPDX-License-Identifier: Apache-2.0
// What needs somebody: cards beside the queue, and one line on top of every screen once it has escalated.
#include <algorithm>
#include <array>

#include "kiosk/screens/counter/desk.hpp"
#include "kiosk/screens/counter/queue_parts.hpp"

namespace vitrine::kiosk::counter {
namespace {

constexpr float pad = 20;

struct Kind {
  const char* kind;
  const char* title;  // with how many
  Icon icon;
  bool opens;
};
constexpr std::array<Kind, 5> kinds = {{
    {"customer_waits", "alert.customer_waits", Icon::person, true},
    {"help_not_taken", "alert.help_not_taken", Icon::directions_walk, false},
    {"promise_at_risk", "alert.promise_at_risk", Icon::lock_clock, true},
    {"store_offline", "alert.store_offline", Icon::cloud_off, true},
    {"stock_odd", "alert.stock_odd", Icon::inventory_2, true},
}};
constexpr Kind unknown{"", "alert.other", Icon::error_outline, false};

const Kind& kind_of(const std::string& kind) {
  const auto* found = std::ranges::find_if(kinds, [&](const Kind& one) { return kind == one.kind; });
  return found == kinds.end() ? unknown : *found;
}

// The first of them, and since when.
std::string line_of(Stage& stage, const Model& model, const AlertGroup& group) {
  Texts& t = stage.texts;
  const StoreAlert& first = group.alerts.front();
  const std::string time = t.same_day(first.since, model.now.utc) ? t.clock(first.since) : t.day(first.since);
  std::string words = t.say(first.kind == "promise_at_risk" ? "alert.promised" : "alert.since", {{"time", time}});
  const bool order = first.kind == "customer_waits" || first.kind == "promise_at_risk";
  if (order) words = t.say("queue.order", {{"order", order_words(first.subject)}}) + ", " + words;
  if (first.kind == "stock_odd") words = t.say("order.item", {{"sku", first.subject}}) + ", " + words;
  return words;
}

}  // namespace

std::string alert_words(Stage& stage, const AlertGroup& group) {
  return alert_kind_words(stage, group.kind, static_cast<std::int64_t>(group.alerts.size()));
}

std::string alert_kind_words(Stage& stage, const std::string& kind, std::int64_t count) {
  return stage.texts.say(kind_of(kind).title, {{"n", count}});
}

float draw_alert(Stage& stage, const Model& model, const AlertGroup& group, const Box& at, bool hidden) {
  const Theme& theme = stage.theme;
  Texts& t = stage.texts;
  const Kind& kind = kind_of(group.kind);
  const std::string title = alert_words(stage, group);
  const std::string line = line_of(stage, model, group);
  const float inner = at.w - 2 * pad;
  const float room = inner - 60;
  const float title_height = stage.height_of(title, Type::desk_label, room);
  const float line_height = stage.height_of(line, Type::desk_caption, room);
  const ButtonSpec open{
      .id = "alert." + group.kind + ".open", .label = t.say("queue.open"), .kind = ButtonKind::tertiary, .desk = true};
  const float open_width = kind.opens ? std::min(inner * 0.4F, std::max(104.0F, button_width(stage, open))) : 0;
  const float seen_width = inner - (kind.opens ? open_width + 12 : 0);
  const ButtonSpec seen{.id = "alert." + group.kind + ".see_to",
                        .label = t.say("alert.see_to"),
                        .kind = group.escalated ? ButtonKind::primary : ButtonKind::secondary,
                        .desk = true,
                        .enabled = model.visit.desk.alerts_acting == 0,
                        .spoken = t.say("alert.see_to") + ": " + title};
  const float buttons = std::max(72.0F, button_height(stage, seen_width, seen));
  const float height = pad + std::max(52.0F, title_height + line_height) + 14 + buttons + pad;
  if (hidden) return height;
  const Box card{at.x, at.y, at.w, height};
  card_of(stage, card);
  const Colour ink = group.escalated ? theme.bad : theme.warn;
  const Point disc{card.x + pad + 24, card.y + pad + 26};
  stage.canvas.disc(disc, 24, group.escalated ? theme.bad_tint : theme.warn_tint);
  stage.canvas.icon(kind.icon, 30, disc, ink);
  float y = card.y + pad;
  y += stage.write({card.x + pad + 60, y, room, 0}, title,
                   {.role = Role::status,
                    .type = Type::desk_label,
                    .colour = group.escalated ? theme.bad : theme.ink,
                    .lines_max = 4,
                    .id = "alert." + group.kind});
  stage.write({card.x + pad + 60, y, room, 0}, line, {.type = Type::desk_caption, .colour = theme.ink_2, .lines_max = 3});
  y = card.bottom() - pad - buttons;
  if (kind.opens && button(stage, {card.x + pad, y, open_width, buttons}, open)) stage.want(CounterWish{OpenAlert{group.kind}});
  if (button(stage, {card.right() - pad - seen_width, y, seen_width, buttons}, seen))
    stage.want(CounterWish{SeeToAlerts{group.kind}});
  return height;
}

bool has_escalated(const Model& model) { return std::ranges::any_of(alert_groups(model.visit.desk), &AlertGroup::escalated); }

void draw_escalated(Stage& stage, const Model& model, const Box& place) {
  const Theme& theme = stage.theme;
  const std::vector<AlertGroup> groups = alert_groups(model.visit.desk);
  const auto group = std::ranges::find(groups, true, &AlertGroup::escalated);
  if (group == groups.end()) return;
  const std::string words = alert_words(stage, *group);
  const float room = place.w - 100;
  const Type type = stage.fitting({Type::desk_label, Type::desk_badge, Type::desk_rail}, words, room);
  const float wide = std::min(place.w, stage.canvas.width_of(type, words) + 100);
  const Box box{place.x, place.y, wide, place.h};
  TargetSpec target{.id = "desk.alert", .box = box, .label = words, .radius = 20 * theme.corner_scale};
  const TargetState state = stage.target(target);
  stage.canvas.fill(box, mix(theme.bad_tint, theme.surface, static_cast<double>(state.press)), 20 * theme.corner_scale);
  stage.canvas.icon(Icon::error_outline, 30, {box.x + 35, box.centre().y}, theme.bad);
  const auto lines = stage.canvas.wrap(type, words, room);
  const std::size_t count = std::min<std::size_t>(lines.size(), 2);
  float y = box.centre().y - static_cast<float>(count) * stage.line(type) / 2;
  for (std::size_t i = 0; i < count; ++i, y += stage.line(type)) stage.canvas.text(type, {box.x + 66, y}, theme.bad, lines[i]);
  if (state.acted) stage.want(Navigate{Route::queue});
}

}  // namespace vitrine::kiosk::counter
