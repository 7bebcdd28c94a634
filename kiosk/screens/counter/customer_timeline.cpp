// SPDX-License-Identifier: Apache-2.0
// What a customer did, the newest first; all of it, or what was done online or in a store alone.
#include <algorithm>
#include <array>

#include "kiosk/screens/counter/customer_parts.hpp"
#include "kiosk/screens/counter/desk.hpp"
#include "kiosk/screens/counter/queue_parts.hpp"
#include "kiosk/widgets/parts.hpp"

namespace vitrine::kiosk::counter {
namespace {

constexpr float pad = part_pad;

struct Look {
  const char* kind;
  const char* words;
  Icon icon;
  std::size_t tile;
};
constexpr auto looks = std::to_array<Look>({{"viewed", "doing.viewed", Icon::visibility, 4},
                                            {"searched", "doing.searched", Icon::search, 3},
                                            {"added", "doing.added", Icon::add_shopping_cart, 2},
                                            {"removed", "doing.removed", Icon::remove_shopping_cart, 5},
                                            {"bought", "doing.bought", Icon::shopping_bag, 2},
                                            {"returned", "doing.returned", Icon::replay, 0},
                                            {"chatted", "doing.chatted", Icon::chat, 1},
                                            {"called", "doing.called", Icon::call, 1},
                                            {"visited", "doing.visited", Icon::storefront, 1},
                                            {"resumed", "doing.resumed", Icon::shopping_cart, 3},
                                            {"picked_up", "doing.picked_up", Icon::handshake, 2}});
constexpr Look other{"other", "doing.other", Icon::schedule, 5};

const Look& look_of(const std::string& kind) {
  const auto* found = std::ranges::find_if(looks, [&](const Look& one) { return kind == one.kind; });
  return found == looks.end() ? other : *found;
}

std::string channel_words(Stage& stage, const Doing& doing) {
  if (auto words = stage.texts.say_if_known("channel." + doing.channel)) return std::move(*words);
  return doing.channel;
}

std::string detail_of(Stage& stage, const Doing& doing) {
  if (!doing.title.empty()) return stage.texts.pick(doing.title);
  if (!doing.text.empty()) return stage.texts.say("customer.quoted", {{"text", doing.text}});
  if (!doing.order.empty()) return stage.texts.say("queue.order", {{"order", order_words(doing.order)}});
  return doing.sku.empty() ? std::string() : stage.texts.say("order.item", {{"sku", doing.sku}});
}

constexpr float doing_height = 76;

struct Where {
  const char* code;
  const char* words;
};
constexpr auto wheres =
    std::to_array<Where>({{"all", "customer.all"}, {"online", "customer.online"}, {"store", "customer.in_store"}});

// The heading with what may be chosen on its right, or below it where a language needs the room; returns where it ends. F9 goes
// round.
float draw_wheres(Stage& stage, const CustomerOnScreen& screen, const Box& box) {
  std::vector<ChoiceSpec> specs;
  float wide = -choice_gap;
  for (const Where& one : wheres) {
    specs.push_back({.id = std::string("doings.") + one.code,
                     .label = stage.texts.say(one.words),
                     .chosen = screen.doings_where == one.code});
    wide += choice_width(stage, specs.back()) + choice_gap;
  }
  for (std::size_t i = 0; i < specs.size(); ++i) {
    if (specs[i].chosen) specs[(i + 1) % specs.size()].shortcut = Key::filter;
  }
  const std::string title = stage.texts.say("customer.activity");
  const float room = box.w - 2 * pad;
  const bool beside = stage.canvas.width_of(Type::desk_label, title) + 24 + wide <= room;
  const float under = part_heading(stage, box, title, "timeline.title", beside ? room - wide - 24 : room);
  const Box chips{beside ? box.right() - pad - wide - 1 : box.x + pad, beside ? box.y + 14 : under, wide + 2, 0};
  if (const auto chosen = choices(stage, chips, specs, 1)) stage.want(CounterWish{ShowDoings{wheres[*chosen].code}});
  return chips.y + choice_height(stage) + 8;
}

void draw_doing(Stage& stage, const Doing& doing, const Box& row, bool last) {
  const Theme& theme = stage.theme;
  const Look& look = look_of(doing.kind);
  const std::string time = stage.texts.clock(doing.at);
  stage.write({row.x, row.y + 4, 78, 0}, time, {.type = Type::desk_caption, .colour = theme.ink_2, .align = Align::right});
  const Point disc{row.x + 78 + 18 + 24, row.y + 26};
  if (!last) stage.canvas.fill({disc.x - 1.5F, disc.y + 28, 3, doing_height - 56}, theme.line);
  stage.canvas.disc(disc, 24, theme.tiles[look.tile]);
  stage.canvas.icon(look.icon, 26, disc, Colour::hex(0x10262A));
  const float x = disc.x + 24 + 18;
  const float room = row.right() - x;
  const std::string verb = stage.texts.say(look.words);
  const std::string channel = channel_words(stage, doing);
  const float wide = std::min(room, stage.canvas.width_of(Type::desk_label, verb) + 1);
  stage.write({x, row.y, wide, 0}, verb,
              {.type = Type::desk_label, .colour = theme.ink, .id = "doing." + doing.id, .personal = true});
  const float rest = room - wide - 14;
  if (rest > 60) stage.write({x + wide + 14, row.y + 1, rest, 0}, channel, {.type = Type::desk_caption, .colour = theme.ink_2});
  const std::string detail = detail_of(stage, doing);
  if (!detail.empty())
    stage.write({x, row.y + 28, room, 0}, detail,
                {.type = Type::desk_body,
                 .colour = theme.ink_2,
                 .lines_max = 1,
                 .id = "doing." + doing.id + ".detail",
                 .personal = true});
}

}  // namespace

void draw_timeline(Stage& stage, const Model& model, const CustomerOnScreen& screen, const Box& box) {
  const Theme& theme = stage.theme;
  Texts& t = stage.texts;
  card_of(stage, box);
  float y = draw_wheres(stage, screen, box);
  if (!screen.timeline) return part_empty(stage, box, y, t.say("sign_in.loading"), "timeline.empty");
  const CustomerPart& timeline = *screen.timeline;
  if (is_cut_off(model)) {
    y += 4 +
         stage.write(
             {box.x + pad, y, box.w - 2 * pad, 0}, t.say("customer.offline", {{"time", t.clock(model.link.since)}}),
             {.role = Role::status, .type = Type::desk_caption, .colour = theme.info, .lines_max = 2, .id = "timeline.offline"});
  }
  if (timeline.doings.empty()) return part_empty(stage, box, y + 4, t.say("customer.nothing"), "timeline.empty");
  const bool more = !timeline.next.empty();
  const float foot = more ? 72 + 20 + 16 : 16;
  const Box list{box.x + 2, y + 6, box.w - 4, box.bottom() - foot - y - 6};
  const float scrolled = stage.begin_list("timeline", list);
  float at = list.y - scrolled;
  float height = 0;
  const auto seen = [&](float top, float tall) { return top + tall > list.y - 200 && top < list.bottom() + 200; };
  for (std::size_t i = 0; i < timeline.doings.size(); ++i) {
    const Doing& doing = timeline.doings[i];
    if (i == 0 || !t.same_day(doing.at, timeline.doings[i - 1].at)) {
      const std::string day = t.same_day(doing.at, model.now.utc) ? t.say("customer.today") : t.day(doing.at);
      if (seen(at, 40))
        stage.write({box.x + pad, at + 4, box.w - 2 * pad, 0}, day, {.type = Type::desk_badge, .colour = theme.ink_2});
      at += 40;
      height += 40;
    }
    const bool last = i + 1 == timeline.doings.size() || !t.same_day(doing.at, timeline.doings[i + 1].at);
    if (seen(at, doing_height)) draw_doing(stage, doing, {box.x + pad, at, box.w - 2 * pad, doing_height}, last);
    at += doing_height;
    height += doing_height;
  }
  stage.end_list(height + 8);
  if (!more) return;
  const ButtonSpec older{.id = "timeline.older",
                         .label = t.say("customer.older"),
                         .kind = ButtonKind::tertiary,
                         .icon = Icon::expand_more,
                         .desk = true};
  if (button(stage, {box.x + pad, box.bottom() - 20 - 72, box.w - 2 * pad, 72}, older)) stage.want(CounterWish{ShowOlder{}});
}

}  // namespace vitrine::kiosk::counter
