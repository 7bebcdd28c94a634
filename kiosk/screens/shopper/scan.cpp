// SPDX-License-Identifier: Apache-2.0
// 02: how to show the code to the reader. The reader is always on; this screen only helps.
#include <algorithm>
#include <cmath>

#include "kiosk/screens/shopper/screens.hpp"
#include "kiosk/screens/shopper/surroundings.hpp"
#include "kiosk/widgets/parts.hpp"

namespace vitrine::kiosk::shopper {
namespace {

constexpr std::int64_t loop_ms = 2400;
constexpr std::int64_t loop_pause_ms = 800;
constexpr int loops = 5;
constexpr float phone_travel = 96;

float smooth(float share) { return share * share * (3 - 2 * share); }

// Where the guide stands: 0 the phone is high, 1 it is at the reader. Ends at 1 after five loops.
float guide_share(Stage& stage) {
  if (stage.motions.reduced()) return 1;
  const std::int64_t whole = loop_ms * loops;
  const float share = stage.motions.since_first("scan.guide", whole);
  if (share >= 1) return 1;
  const auto at = static_cast<std::int64_t>(share * static_cast<float>(whole)) % loop_ms;
  const auto moving = static_cast<float>(loop_ms - loop_pause_ms);
  return smooth(std::min(1.0F, static_cast<float>(at) / moving));
}

// A phone with a code, drawn around its own top middle.
void draw_phone(Stage& stage, Point top, float height, const QrModules& code) {
  const Theme& theme = stage.theme;
  const float left = top.x - 150;
  stage.canvas.fill({left, top.y, 300, height}, theme.device, 44);
  stage.canvas.fill({left + 12, top.y + 12, 276, height - 24}, theme.surface, 34);
  stage.canvas.fill({top.x - 40, top.y + 30, 80, 10}, theme.line, 5);
  stage.canvas.text(Type::small_strong, {top.x, top.y + 70}, theme.primary, stage.texts.say("scan.my_cart"), Align::centre);
  stage.canvas.modules({top.x - 98, top.y + 136, 196, 196}, code.size, code.dark, theme.ink);
  stage.canvas.text(Type::caption_strong, {top.x, top.y + 360}, theme.ink_2, stage.texts.say("scan.show_at_kiosk"),
                    Align::centre);
}

void draw_reader(Stage& stage, const Box& panel, float x, bool seen) {
  const Theme& theme = stage.theme;
  const float bottom = panel.bottom();
  stage.canvas.fill({x - 200, bottom - 78, 400, 78}, theme.device, 32, Corners::top);
  const float green = stage.motions.ramp("scan.seen", seen, 80, 120);
  stage.canvas.fill({x - 150, bottom - 54, 300, 34}, mix(theme.reader_off, theme.reader_on, static_cast<double>(green)), 17);
  stage.canvas.fill({x - 130, bottom - 40, 260, 8},
                    mix(theme.reader_off_light, theme.reader_on_light, static_cast<double>(green)), 4);
  stage.canvas.icon(Icon::arrow_back, 32, {x + 236, bottom - 35}, theme.on_dark);
  stage.write({x + 264, bottom - 52, panel.right() - 24 - (x + 264), 34}, stage.texts.say("scan.reader"),
              {.type = Type::small_strong, .colour = theme.on_dark});
}

void draw_guide(Stage& stage, const Box& panel, bool seen) {
  const Theme& theme = stage.theme;
  const float share = guide_share(stage);
  const float x = panel.centre().x;
  // The picture's own code is a real one too, of the words below it.
  static const QrModules code = make_qr("This picture of a code opens nothing");
  stage.canvas.push_clip(panel);
  // It ends above the lit bars; a low panel has a shorter phone.
  const float height = panel.h < 820 ? 440 : 500;
  const float end = panel.bottom() - 216 - height;
  const float start = std::max(panel.y + 24, end - phone_travel);
  draw_phone(stage, {x, start + (end - start) * share}, height, code);
  for (int bar = 0; bar < 3; ++bar) {
    const float reached = std::clamp(share * 3.4F - static_cast<float>(bar), 0.0F, 1.0F);
    const float width = 200 + 40 * static_cast<float>(bar);
    const float opacity = (0.25F + 0.3F * static_cast<float>(bar)) * (0.35F + 0.65F * reached);
    stage.canvas.fill({x - width / 2, panel.bottom() - 196 + 36 * static_cast<float>(bar), width, 20}, theme.mint.faded(opacity),
                      10);
  }
  draw_reader(stage, panel, x, seen);
  stage.canvas.pop_clip();
  const float y = panel.y + panel.h * 0.35F;
  const float room = std::min(250.0F, x - 150 - 44 - panel.x - 28);
  stage.write({x - 150 - 44 - room, y, room, 108}, stage.texts.say("scan.brightness"),
              {.type = Type::small, .colour = theme.on_dark_2, .align = Align::right, .lines_max = 3});
  stage.write({x + 150 + 44, y, room, 108}, stage.texts.say("scan.distance"),
              {.type = Type::small, .colour = theme.on_dark_2, .lines_max = 3});
}

// Without movement: three numbered stills.
void draw_stills(Stage& stage, const Box& panel, bool seen) {
  const Theme& theme = stage.theme;
  constexpr std::array<Icon, 3> icons = {Icon::light_mode, Icon::qr_code_scanner, Icon::waving_hand};
  const std::array<std::string, 3> words = {stage.texts.say("scan.still_1"), stage.texts.say("scan.still_2"),
                                            stage.texts.say("scan.still_3")};
  const float column = (panel.w - 2 * 40) / 3;
  for (std::size_t i = 0; i < 3; ++i) {
    const float x = panel.x + 40 + column * (static_cast<float>(i) + 0.5F);
    const Box arch{x - 100, panel.y + panel.h * 0.2F, 200, 240};
    stage.canvas.arch(arch, theme.on_dark.faded(0.14F), 32);
    stage.canvas.icon(icons[i], 50, {x, arch.y + 116}, theme.on_dark);
    stage.canvas.disc({x, arch.bottom()}, 30, theme.mint);
    stage.canvas.text(Type::small_strong, {x, arch.bottom() - 17}, theme.ink, std::to_string(i + 1), Align::centre);
    stage.write({x - column / 2 + 12, arch.bottom() + 50, column - 24, 144}, words[i],
                {.type = Type::small, .colour = theme.on_dark, .align = Align::centre, .lines_max = 4});
  }
  draw_reader(stage, panel, panel.centre().x, seen);
}

void draw_status(Stage& stage, Point at, float width, bool seen) {
  const Theme& theme = stage.theme;
  stage.canvas.disc({at.x + 10, at.y + 18}, 10, theme.ok);
  stage.write({at.x + 34, at.y, width - 34, 37}, stage.texts.say(seen ? "scan.opening" : "scan.ready"),
              {.role = Role::status, .type = Type::name, .colour = theme.ok, .id = "scan.status"});
}

void draw_phone_card(Stage& stage, const Model& model, const Box& box) {
  const Theme& theme = stage.theme;
  card(stage, box);
  Texts& texts = stage.texts;
  const bool linked = !model.store->phone_page.empty();
  const QrModules code = linked ? make_qr(model.store->phone_page) : QrModules{};
  if (code.size == 0) {
    step(stage, box, {.icon = Icon::smartphone, .title = texts.say("scan.get_code"), .line = texts.say("scan.get_code_line")});
    return;
  }
  const float side = box.h - 72;
  const Box tile{box.x + 36, box.y + 36, side, side};
  qr_tile(stage, tile, code, "scan.phone_page", texts.say("scan.phone_image"));
  const float left = tile.right() + 36;
  const float room = box.right() - 36 - left;
  const std::string title = texts.say("scan.phone_title");
  const std::string line = texts.say("scan.phone_line");
  const float height = stage.height_of(title, Type::h3, room) + 10 + stage.height_of(line, Type::body, room);
  float y = box.y + (box.h - height) / 2;
  y += stage.write({left, y, room, 88}, title, {.role = Role::heading, .type = Type::h3, .colour = theme.ink, .lines_max = 2}) +
       10;
  stage.write({left, y, room, 160}, line, {.type = Type::body, .colour = theme.ink_2, .lines_max = 4});
}

}  // namespace

void draw_scan(Stage& stage, const Model& model) {
  const Box above = draw_utility(stage, model, true);
  draw_top(stage, model, true);
  const bool seen = model.visit.opening || model.visit.cart_opens_at;
  const Theme& theme = stage.theme;
  const std::string title = stage.texts.say("scan.title");
  const std::string line = stage.texts.say("scan.line");

  Box text{margin, top_height, above.w - 2 * margin, 0};
  Box panel;
  Box phone;
  if (stage.wide()) {
    panel = {above.w - margin - 920, top_height, 920, above.h - top_height - 40};
    text.w = panel.x - 56 - margin;
    phone = {margin, panel.bottom() - 260, text.w, 260};
  }
  float y = text.y;
  const float title_height = stage.height_of(title, Type::h1, text.w);
  stage.write({text.x, y, text.w, title_height}, title,
              {.role = Role::heading, .type = Type::h1, .colour = theme.ink, .lines_max = 3});
  y += title_height + 14;
  const float line_height = stage.height_of(line, Type::body_l, text.w);
  stage.write({text.x, y, text.w, line_height}, line, {.type = Type::body_l, .colour = theme.ink_2, .lines_max = 3});
  y += line_height + 36;
  if (!stage.wide()) {
    phone = {margin, above.h - 44 - 300, text.w, 300};
    panel = {margin, y, text.w, std::min(880.0F, phone.y - 44 - 65 - y)};
  }

  stage.canvas.fill_gradient(panel, theme.night, theme.night_light, 44 * theme.corner_scale);
  if (stage.motions.reduced()) {
    draw_stills(stage, panel, seen);
  } else {
    draw_guide(stage, panel, seen);
  }
  draw_status(stage, stage.wide() ? Point{margin, y} : Point{margin, panel.bottom() + 28}, text.w, seen);
  draw_phone_card(stage, model, phone);
  stage.tree.announcement = stage.texts.say("scan.spoken");
}

}  // namespace vitrine::kiosk::shopper
