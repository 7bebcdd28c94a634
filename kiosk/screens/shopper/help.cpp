// SPDX-License-Identifier: Apache-2.0
// 10: a person was asked for: who comes and about when, and what it is about.
#include <algorithm>
#include <array>
#include <cmath>

#include "kiosk/screens/shopper/screens.hpp"
#include "kiosk/screens/shopper/surroundings.hpp"
#include "kiosk/widgets/parts.hpp"

namespace vitrine::kiosk::shopper {
namespace {

constexpr float gap = 24;
constexpr float option_icon = 42;
constexpr float option_left = 36 + option_icon + 22;  // of its words
constexpr float option_right = 20 + 58;               // with room for the tick

struct Said {
  std::string title, line;
};

Said said_of(Stage& stage, const Help& help) {
  Texts& t = stage.texts;
  if (help.failed) return {t.say("help.failed"), t.say("help.failed_line")};
  if (!help.request) return {t.say("help.asking"), t.say("help.carry_on")};
  const HelpView& request = *help.request;
  if (request.state == HelpState::waiting) return {t.say("help.waiting"), t.say("help.carry_on")};
  const std::string title = request.name.empty() ? t.say("help.coming") : t.say("help.named_coming", {{"name", request.name}});
  if (request.minutes == 0) return {title, t.say("help.carry_on")};
  return {title, t.say("help.minutes", {{"n", request.minutes}})};
}

// How much of the time that was said has gone; the ring is whole when they should be there.
float share_of(const HelpView& request, UtcMs now) {
  if (request.state != HelpState::taken) return 0;
  if (request.minutes == 0) return 1;
  const auto gone = static_cast<float>(now.value - request.taken_at.value);
  return std::clamp(gone / static_cast<float>(request.minutes * 60'000), 0.05F, 1.0F);
}

// The first letter of a name, whole in UTF-8.
std::string initial_of(const std::string& name) {
  std::size_t end = 1;
  while (end < name.size() && (static_cast<unsigned char>(name[end]) & 0xC0U) == 0x80U) ++end;
  return name.substr(0, end);
}

constexpr float ring_radius = 118;

float hero_words(Stage& stage, const Said& said, float room) {
  return stage.height_of(said.title, Type::h1, room) + 14 + stage.height_of(said.line, Type::body_l, room);
}

// Where the hero has no room for the ring, its words stand alone.
void draw_hero(Stage& stage, const Model& model, const Said& said, const Box& box) {
  const Theme& theme = stage.theme;
  const Help& help = model.visit.help;
  const float radius = 44 * theme.corner_scale;
  stage.canvas.fill_gradient(box, theme.night, theme.night_light, radius);
  if (stage.outlined()) stage.canvas.outline(box, theme.line_strong, theme.card_line, radius);
  const float room = box.w - 96;
  const float words = hero_words(stage, said, room);
  const bool ring = box.h >= words + 2 * ring_radius + 96;
  float y = box.centre().y - words / 2;
  if (ring) {
    const float top = box.centre().y - (words + 2 * ring_radius + 36) / 2;
    const Point centre{box.centre().x, top + ring_radius};
    const bool taken = help.request && help.request->state == HelpState::taken;
    const float share = help.request ? share_of(*help.request, model.now.utc) : 0;
    stage.canvas.arc(centre, ring_radius - 6, 12, 0, 1, theme.on_dark.faded(0.18F));
    stage.canvas.arc(centre, ring_radius - 6, 12, 0, stage.motions.follow("help.ring", share, 250), theme.mint);
    const bool named = taken && !help.request->name.empty();
    stage.canvas.disc(centre, 94, named ? theme.tiles[0] : theme.on_dark.faded(0.12F));
    if (named) {
      stage.canvas.text(Type::total, {centre.x, centre.y - stage.line(Type::total) / 2}, theme.code_ink,
                        initial_of(help.request->name), Align::centre);
    } else {
      stage.canvas.icon(help.failed ? Icon::error_outline : Icon::waving_hand, 76, centre, theme.on_dark);
    }
    y = top + 2 * ring_radius + 36;
  }
  y += stage.write({box.x + 48, y, room, 0}, said.title,
                   {.role = Role::heading,
                    .type = Type::h1,
                    .colour = theme.on_dark,
                    .align = Align::centre,
                    .lines_max = 4,
                    .id = "help.title"}) +
       14;
  stage.write({box.x + 48, y, room, 0}, said.line,
              {.role = Role::status,
               .type = Type::body_l,
               .colour = theme.on_dark_2,
               .align = Align::centre,
               .lines_max = 6,
               .id = "help.line"});
}

struct Topic {
  const char* about;
  const char* text;
  Icon icon;
};
constexpr std::array<Topic, 4> topics = {{{"finding", "help.finding", Icon::manage_search},
                                          {"reach", "help.reach", Icon::inventory_2},
                                          {"paying", "help.paying", Icon::point_of_sale},
                                          {"access", "help.access", Icon::accessible}}};

float topic_height(Stage& stage, float width) {
  float height = 0;
  for (const Topic& topic : topics)
    height = std::max(height, stage.height_of(stage.texts.say(topic.text), Type::name, width - option_left - option_right));
  return std::max(stage.large() || stage.wide() ? 104.0F : 132.0F, height + 56);
}

bool draw_topic(Stage& stage, const Topic& topic, bool chosen, const Box& box) {
  const Theme& theme = stage.theme;
  const std::string label = stage.texts.say(topic.text);
  const float room = box.w - option_left - option_right;
  const float height = stage.height_of(label, Type::name, room);
  TargetSpec target{.id = std::string("help.about.") + topic.about, .box = box, .label = label};
  target.selected = chosen;
  if (chosen) target.value = stage.texts.say("sheet.chosen");
  target.fits = height <= box.h - 16;
  const TargetState state = stage.target(target);
  const float radius = 28 * theme.corner_scale;
  stage.canvas.fill(box, mix(chosen ? theme.primary_tint : theme.surface, theme.primary_tint, static_cast<double>(state.press)),
                    radius);
  stage.canvas.outline(box, chosen ? theme.primary : theme.line_strong, chosen || stage.outlined() ? 4 : 2, radius);
  stage.canvas.icon(topic.icon, option_icon, {box.x + 36 + option_icon / 2, box.centre().y}, theme.primary);
  float y = box.centre().y - height / 2;
  for (const std::string_view line : stage.canvas.wrap(Type::name, label, room)) {
    stage.canvas.text(Type::name, {box.x + option_left, y}, theme.ink, line);
    y += stage.line(Type::name);
  }
  if (chosen) {
    stage.canvas.disc({box.right() - 52, box.centre().y}, 21, theme.primary);
    stage.canvas.icon(Icon::check, 28, {box.right() - 52, box.centre().y}, theme.on_primary);
  }
  return state.acted;
}

// Two beside each other, or four where the screen is wide and only its lower part is in reach.
float topics_height(Stage& stage, float width, std::size_t columns) {
  const auto across = static_cast<float>(columns);
  const float height = topic_height(stage, (width - gap * (across - 1)) / across);
  return columns == 4 ? height : 2 * height + gap;
}

void draw_topics(Stage& stage, const Help& help, const Box& box, std::size_t columns) {
  const auto across = static_cast<float>(columns);
  const float width = (box.w - gap * (across - 1)) / across;
  const float height = topic_height(stage, width);
  for (std::size_t i = 0; i < topics.size(); ++i) {
    const float x = box.x + static_cast<float>(i % columns) * (width + gap);
    const float y = box.y + static_cast<float>(i / columns) * (height + gap);
    if (draw_topic(stage, topics[i], help.about == topics[i].about, {x, y, width, height})) stage.want(SayTopic{topics[i].about});
  }
}

// What whoever comes can see.
struct Sight {
  std::string title, line;
};

Sight sight_of(Stage& stage, const Help& help) {
  const bool named = help.request && !help.request->name.empty();
  return {named ? stage.texts.say("help.named_sees", {{"name", help.request->name}}) : stage.texts.say("help.sees"),
          stage.texts.say("help.sees_not")};
}

constexpr float sight_left = 40 + 42 + 28;

float sight_height(Stage& stage, const Sight& sight, float width) {
  const float room = width - sight_left - 40;
  return 56 + stage.height_of(sight.title, Type::name, room) + stage.height_of(sight.line, Type::body, room);
}

void draw_sight(Stage& stage, const Sight& sight, const Box& box) {
  const Theme& theme = stage.theme;
  card(stage, box);
  stage.canvas.icon(Icon::lock, 42, {box.x + 61, box.centre().y}, theme.primary);
  const float room = box.w - sight_left - 40;
  float y = box.y + 28;
  y += stage.write({box.x + sight_left, y, room, 0}, sight.title,
                   {.type = Type::name, .colour = theme.ink, .lines_max = 4, .id = "help.sees"});
  stage.write({box.x + sight_left, y, room, 0}, sight.line, {.type = Type::body, .colour = theme.ink_2, .lines_max = 5});
}

// Where the kiosk stands, at the right of the top bar.
void draw_place(Stage& stage, const Model& model, const Box& top) {
  if (model.where.empty()) return;
  const Theme& theme = stage.theme;
  const float width = stage.canvas.width_of(Type::small_strong, model.where) + 28 + 14 + 64;
  if (width > top.w * 0.6F) return;
  const float height = stage.line(Type::small_strong) + 28;
  const Box box{top.right() - width, top.centre().y - height / 2, width, height};
  stage.canvas.fill(box, theme.surface, height / 2);
  if (stage.outlined()) stage.canvas.outline(box, theme.line_strong, theme.card_line, height / 2);
  stage.canvas.icon(Icon::place, 28, {box.x + 32 + 14, box.centre().y}, theme.primary);
  stage.write_centred({box.x + 32 + 42, box.y, width - 106 + 1, height}, model.where,
                      {.type = Type::small_strong, .colour = theme.ink, .id = "help.where"});
}

struct Buttons {
  ButtonSpec leave, main;
  float height = 0;
};

Buttons buttons_of(Stage& stage, const Model& model, float width) {
  const Help& help = model.visit.help;
  const bool cart = help.from == Route::cart;
  Buttons out;
  const float half = (width - gap) / 2;
  const bool open = help.request.has_value();
  out.leave = {.id = "help.cancel", .label = stage.texts.say("help.cancel"), .kind = ButtonKind::secondary, .enabled = open};
  out.main = {
      .id = "help.back", .label = stage.texts.say(cart ? "help.back_to_cart" : "help.back"), .takes_escape = true, .main = true};
  if (help.failed) {
    out.leave = {
        .id = "help.back", .label = stage.texts.say(cart ? "help.back_to_cart" : "help.back"), .kind = ButtonKind::secondary};
    out.leave.takes_escape = true;
    out.main = {.id = "help.again", .label = stage.texts.say("help.again"), .icon = Icon::replay, .main = true};
  }
  out.height = std::max(button_height(stage, half, out.leave), button_height(stage, half, out.main));
  return out;
}

void draw_buttons(Stage& stage, const Model& model, const Buttons& buttons, const Box& box) {
  const float half = (box.w - gap) / 2;
  const bool left = button(stage, {box.x, box.y, half, box.h}, buttons.leave);
  const bool right = button(stage, {box.x + half + gap, box.y, half, box.h}, buttons.main);
  if (model.visit.help.failed) {
    if (left) stage.want(GoBack{});
    if (right) stage.want(AskForHelp{});
  } else {
    if (left) stage.want(CancelHelp{});
    if (right) stage.want(GoBack{});
  }
}

// What it is about and who sees what. In too little room the hint goes first, then who sees what.
struct Block {
  std::string asks, why;
  Sight sight;
  std::size_t columns = 2;
  float heading = 0, hint = 0, options = 0, seen = 0;  // heights; seen 0: there is no cart to see
};

Block measure_block(Stage& stage, const Model& model, float width, std::size_t columns) {
  const Help& help = model.visit.help;
  const bool named = help.request && !help.request->name.empty();
  Block block;
  block.asks = stage.texts.say("help.about");
  block.why =
      named ? stage.texts.say("help.named_about_line", {{"name", help.request->name}}) : stage.texts.say("help.about_line");
  block.sight = sight_of(stage, help);
  block.columns = columns;
  block.heading = stage.height_of(block.asks, Type::h3, width);
  block.hint = 8 + stage.height_of(block.why, Type::body, width);
  block.options = topics_height(stage, width, columns);
  if (model.visit.cart) block.seen = sight_height(stage, block.sight, width);
  return block;
}

void draw_block(Stage& stage, const Model& model, const Block& block, const Box& box) {
  const float least = block.heading + 20 + block.options;
  // In reach mode the hint would push the first of the options down, and the options stand where they can be reached.
  const bool with_hint = box.h >= least + block.hint && stage.reach_line() == 0;
  const float used = least + (with_hint ? block.hint : 0);
  const bool with_sight = block.seen > 0 && box.h >= used + 32 + block.seen;
  float y = box.y;
  y += stage.write({box.x, y, box.w, 0}, block.asks,
                   {.role = Role::heading, .type = Type::h3, .colour = stage.theme.ink, .lines_max = 3});
  if (with_hint) {
    y += 8;
    y += stage.write({box.x, y, box.w, 0}, block.why, {.type = Type::body, .colour = stage.theme.ink_2, .lines_max = 4});
  }
  y += 20;
  draw_topics(stage, model.visit.help, {box.x, y, box.w, block.options}, block.columns);
  y += block.options + 32;
  if (with_sight) draw_sight(stage, block.sight, {box.x, y, box.w, block.seen});
}

}  // namespace

void draw_help(Stage& stage, const Model& model) {
  const Help& help = model.visit.help;
  Surroundings frame(stage, model, {.bar = false});
  const Box above = frame.above;
  const bool wide = stage.wide();
  const Said said = said_of(stage, help);
  const Box top{margin, 0, above.w - 2 * margin, top_height};
  if (model.store) {
    const Type type = stage.fitting({Type::brand_small, Type::h3, Type::name}, model.store->brand, top.w * 0.4F);
    stage.write_centred({top.x, 0, top.w * 0.4F, top_height}, model.store->brand, {.type = type, .colour = stage.theme.primary});
  }
  draw_place(stage, model, top);
  const float reach = stage.reach_line();
  const bool beside = wide && reach == 0;
  const float width = beside ? std::round((top.w - 40) / 2) : top.w;
  const float left = top.right() - width;
  const Buttons buttons = buttons_of(stage, model, width);
  const Box foot{left, above.h - 32 - buttons.height, width, buttons.height};
  const Block block = measure_block(stage, model, width, wide && !beside ? 4 : 2);
  const bool asks = help.request.has_value() && !help.failed;
  const float hero_least = hero_words(stage, said, width - 96) + 64;
  if (beside) {
    draw_hero(stage, model, said, {margin, top_height, width, above.h - 32 - top_height});
    if (asks) draw_block(stage, model, block, {left, top_height, width, foot.y - 32 - top_height});
  } else {
    // The hero takes what is left, as far as it may grow; what can be touched begins where it is in reach.
    const float least = block.heading + 20 + block.options;
    const float bottom = foot.y - 32;
    const float wanted = hero_words(stage, said, width - 96) + 2 * ring_radius + 36 + 2 * 68;
    const float all = least + block.hint + (block.seen > 0 ? 32 + block.seen : 0);
    const float free = bottom - top_height - 36 - (asks ? all : 0);
    float y = top_height + std::max(hero_least, std::min(free, wanted)) + 36;
    if (asks && reach > 0) y = std::max(top_height + hero_least + 36, reach + 14 - block.heading - 20);
    draw_hero(stage, model, said, {margin, top_height, width, y - 36 - top_height});
    if (asks) draw_block(stage, model, block, {left, y, width, bottom - y});
  }
  draw_buttons(stage, model, buttons, foot);
  frame.end();
  stage.tree.announcement = said.title + ". " + said.line;
}

}  // namespace vitrine::kiosk::shopper
