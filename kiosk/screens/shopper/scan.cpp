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

// Words on the pictured phone are part of the picture: as large as they fit.
Type phone_type(Stage& stage, const char* key) {
  return stage.fitting({Type::small_strong, Type::caption_strong}, stage.texts.say(key), 260);
}

// A phone with a code, drawn around its own top middle.
void draw_phone(Stage& stage, Point top, float height, const QrModules& code) {
  const Theme& theme = stage.theme;
  const float left = top.x - 150;
  stage.canvas.fill({left, top.y, 300, height}, theme.device, 44);
  // Its screen stays white: a code is dark on white in every look.
  const bool outlined = stage.outlined();
  if (outlined) stage.canvas.outline({left, top.y, 300, height}, theme.line_strong, theme.card_line, 44);
  stage.canvas.fill({left + 12, top.y + 12, 276, height - 24}, Colour::hex(0xFFFFFF), 34);
  stage.canvas.fill({top.x - 40, top.y + 30, 80, 10}, theme.line, 5);
  stage.canvas.text(phone_type(stage, "scan.my_cart"), {top.x, top.y + 70}, outlined ? theme.code_ink : theme.primary,
                    stage.texts.say("scan.my_cart"), Align::centre);
  stage.canvas.modules({top.x - 98, top.y + 136, 196, 196}, code.size, code.dark, theme.code_ink);
  stage.canvas.text(phone_type(stage, "scan.show_at_kiosk"), {top.x, top.y + 360}, outlined ? theme.code_ink : theme.ink_2,
                    stage.texts.say("scan.show_at_kiosk"), Align::centre);
}

void draw_reader(Stage& stage, const Box& panel, float x, bool seen) {
  const Theme& theme = stage.theme;
  const float bottom = panel.bottom();
  stage.canvas.fill({x - 200, bottom - 78, 400, 78}, theme.device, 32, Corners::top);
  const float green = stage.motions.ramp("scan.seen", seen, 80, 120);
  stage.canvas.fill({x - 150, bottom - 54, 300, 34}, mix(theme.reader_off, theme.reader_on, static_cast<double>(green)), 17);
  stage.canvas.fill({x - 130, bottom - 40, 260, 8},
                    mix(theme.reader_off_light, theme.reader_on_light, static_cast<double>(green)), 4);
  const std::string words = stage.texts.say("scan.reader");
  const float line = stage.line(Type::small_strong);
  // The arrow gives way to the word.
  const bool arrow = x + 264 + stage.canvas.width_of(Type::small_strong, words) <= panel.right() - 24;
  if (arrow) stage.canvas.icon(Icon::arrow_back, 32, {x + 236, bottom - 35}, theme.on_dark);
  const float left = x + (arrow ? 264.0F : 216.0F);
  stage.write({left, bottom - 35 - line / 2, panel.right() - 16 - left, line}, words,
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
  const float room = std::min(stage.large() ? 320.0F : 250.0F, x - 150 - 32 - panel.x - 20);
  const std::string bright = stage.texts.say("scan.brightness");
  const std::string far = stage.texts.say("scan.distance");
  const float tallest = std::max(stage.height_of(bright, Type::small, room), stage.height_of(far, Type::small, room));
  const float y = std::min(panel.y + panel.h * 0.35F, panel.bottom() - 120 - tallest);
  stage.write({x - 150 - 36 - room, y, room, tallest}, bright,
              {.type = Type::small, .colour = theme.on_dark_2, .align = Align::right, .lines_max = 8});
  stage.write({x + 150 + 36, y, room, tallest}, far, {.type = Type::small, .colour = theme.on_dark_2, .lines_max = 8});
}

// Without movement: three numbered stills.
void draw_stills(Stage& stage, const Box& panel, bool seen) {
  const Theme& theme = stage.theme;
  constexpr std::array<Icon, 3> icons = {Icon::light_mode, Icon::qr_code_scanner, Icon::waving_hand};
  const std::array<std::string, 3> words = {stage.texts.say("scan.still_1"), stage.texts.say("scan.still_2"),
                                            stage.texts.say("scan.still_3")};
  const float column = (panel.w - 2 * 24) / 3;
  float tallest = 0;
  for (const std::string& each : words) tallest = std::max(tallest, stage.height_of(each, Type::small, column - 24));
  for (std::size_t i = 0; i < 3; ++i) {
    const float x = panel.x + 24 + column * (static_cast<float>(i) + 0.5F);
    const float low = std::min(240.0F, panel.h - tallest - 50 - 40 - 110);  // the arch gives way to the words
    const Box arch{x - 100, panel.y + std::max(24.0F, (panel.h - 110 - low - 50 - tallest) / 2), 200, std::max(0.0F, low)};
    if (low > 130) {
      if (!stage.outlined()) stage.canvas.arch(arch, theme.on_dark.faded(0.14F), 32);
      stage.canvas.icon(icons[i], 50, {x, arch.y + low / 2 - 8}, theme.on_dark);
    }
    stage.canvas.disc({x, arch.bottom()}, 30, theme.mint);
    stage.canvas.text(Type::small_strong, {x, arch.bottom() - stage.line(Type::small_strong) / 2}, theme.code_ink,
                      std::to_string(i + 1), Align::centre);
    stage.write({x - column / 2 + 12, arch.bottom() + 44, column - 24, tallest}, words[i],
                {.type = Type::small, .colour = theme.on_dark, .align = Align::centre, .lines_max = 8});
  }
  draw_reader(stage, panel, panel.centre().x, seen);
}

void draw_status(Stage& stage, Point at, float width, bool seen) {
  const Theme& theme = stage.theme;
  stage.canvas.disc({at.x + 10, at.y + stage.line(Type::name) / 2}, 10, theme.ok);
  stage.write({at.x + 34, at.y, width - 34, 0}, stage.texts.say(seen ? "scan.opening" : "scan.ready"),
              {.role = Role::status, .type = Type::name, .colour = theme.ok, .lines_max = 2, .id = "scan.status"});
}

constexpr float code_side = 228;

// The address of the phone page as a code, or words when there is none.
float phone_card_height(Stage& stage, const Model& model, float width) {
  Texts& texts = stage.texts;
  if (model.store->phone_page.empty()) {
    return step_height(stage, width,
                       {.icon = Icon::smartphone, .title = texts.say("scan.get_code"), .line = texts.say("scan.get_code_line")});
  }
  const float room = width - code_side - 3 * 36;
  return std::max(code_side, stage.height_of(texts.say("scan.phone_title"), Type::h3, room) + 10 +
                                 stage.height_of(texts.say("scan.phone_line"), Type::body, room)) +
         (stage.wide() ? 32 : 72);
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
  const Box tile{box.x + 36, box.centre().y - code_side / 2, code_side, code_side};
  qr_tile(stage, tile, code, "scan.phone_page", texts.say("scan.phone_image"));
  const float left = tile.right() + 36;
  const float room = box.right() - 36 - left;
  const std::string title = texts.say("scan.phone_title");
  const std::string line = texts.say("scan.phone_line");
  const float height = stage.height_of(title, Type::h3, room) + 10 + stage.height_of(line, Type::body, room);
  float y = box.y + (box.h - height) / 2;
  y +=
      stage.write({left, y, room, 0}, title, {.role = Role::heading, .type = Type::h3, .colour = theme.ink, .lines_max = 3}) + 10;
  stage.write({left, y, room, 0}, line, {.type = Type::body, .colour = theme.ink_2, .lines_max = 6});
}

}  // namespace

void draw_scan(Stage& stage, const Model& model) {
  Surroundings frame(stage, model, {.back = true});
  const Box above = frame.above;
  const bool seen = model.visit.opening;
  const Theme& theme = stage.theme;
  const std::string title = stage.texts.say("scan.title");
  const std::string line = stage.texts.say("scan.line");

  Box text{margin, top_height, above.w - 2 * margin, 0};
  Box panel;
  if (stage.wide()) {
    const float width = 920;
    panel = {above.w - margin - width, top_height, width, above.h - top_height - 40};
    text.w = panel.x - 56 - margin;
  }
  float y = text.y;
  y +=
      stage.write({text.x, y, text.w, 0}, title, {.role = Role::heading, .type = Type::h1, .colour = theme.ink, .lines_max = 4}) +
      14;
  y += stage.write({text.x, y, text.w, 0}, line, {.type = Type::body_l, .colour = theme.ink_2, .lines_max = 5}) + 36;
  const float status = stage.height_of(stage.texts.say(seen ? "scan.opening" : "scan.ready"), Type::name, text.w - 34);
  const float phone_height = phone_card_height(stage, model, text.w);
  Box phone{text.x, above.h - 44 - phone_height, text.w, phone_height};
  if (stage.wide()) {
    phone.y = panel.bottom() - phone_height;
  } else {
    panel = {margin, y, text.w, std::min(880.0F, phone.y - 36 - status - 28 - y)};
  }

  stage.canvas.fill_gradient(panel, theme.night, theme.night_light, 44 * theme.corner_scale);
  // A low panel has no room for the phone to move in.
  if (stage.motions.reduced() || panel.h < 640) {
    draw_stills(stage, panel, seen);
  } else {
    draw_guide(stage, panel, seen);
  }
  if (stage.outlined()) stage.canvas.outline(panel, theme.line_strong, theme.card_line, 44 * theme.corner_scale);
  draw_status(stage, stage.wide() ? Point{margin, y} : Point{margin, panel.bottom() + 28}, text.w, seen);
  draw_phone_card(stage, model, phone);
  frame.end();
  stage.tree.announcement = stage.texts.say("scan.spoken");
}

}  // namespace vitrine::kiosk::shopper
