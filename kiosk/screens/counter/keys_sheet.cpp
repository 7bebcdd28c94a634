// SPDX-License-Identifier: Apache-2.0
// Which keys there are: those of every screen, and those of what lies behind this sheet, in its own words.
#include <algorithm>
#include <utility>
#include <vector>

#include "kiosk/screens/counter/screens.hpp"
#include "kiosk/widgets/parts.hpp"
#include "kiosk/widgets/sheet.hpp"

namespace vitrine::kiosk::counter {
namespace {

constexpr float row_height = 48;
constexpr float gap = 56;

struct KeyRow {
  std::string keys;
  std::string words;
};

// A key once, with the first that has it. Places have theirs on every screen.
std::vector<KeyRow> keys_of(Stage& stage, bool places) {
  std::vector<KeyRow> rows;
  for (const Command& one : stage.commands) {
    if (!one.key || one.label.empty()) continue;
    const bool place = one.id.starts_with("rail.") || one.id.starts_with("desk.");
    if (place != places || *one.key == Key::escape) continue;
    std::string keys = key_words(stage, *one.key);
    // A row's name may be a person's: what happens to it is said instead.
    const bool person = one.id.starts_with("ready.") || one.id.starts_with("who.");
    const bool search = one.id == "desk.search";  // its label is a whole sentence
    std::string words = search    ? stage.texts.say("find.title")
                        : !person ? one.label
                                  : stage.texts.say(one.id.starts_with("who.") ? "sign_in.who" : "queue.ready");
    if (std::ranges::find(rows, keys, &KeyRow::keys) == rows.end()) rows.push_back({std::move(keys), std::move(words)});
  }
  if (!places) return rows;
  std::ranges::sort(rows, {}, [](const KeyRow& row) { return std::pair(row.keys.size(), row.keys); });
  rows.push_back({"Esc", stage.texts.say("top.back")});
  rows.push_back({stage.texts.say("keys.enter"), stage.texts.say("keys.main")});
  rows.push_back({"Tab", stage.texts.say("keys.each")});
  return rows;
}

void draw_rows(Stage& stage, const Box& column, const std::string& title, const std::vector<KeyRow>& rows, const char* id) {
  const Theme& theme = stage.theme;
  float y = column.y;
  y += stage.write({column.x, y, column.w, 0}, title, {.role = Role::heading, .type = Type::desk_head, .colour = theme.ink}) + 12;
  std::size_t n = 0;
  for (const KeyRow& row : rows) {
    key_cap(stage, {column.x + 128, y + row_height / 2}, row.keys);
    const float room = column.w - 152;
    const Type type = stage.fitting({Type::desk_body, Type::desk_caption, Type::desk_rail}, row.words, room);
    const std::string name = std::string(id) + std::to_string(n++);
    stage.canvas.push_clip({column.x + 152, y, room, row_height});
    stage.canvas.text(type, {column.x + 152, y + (row_height - stage.line(type)) / 2}, theme.ink, row.words);
    stage.canvas.pop_clip();
    stage.describe(Role::text, {column.x, y, column.w, row_height}, name, row.words, row.keys);
    y += row_height;
  }
}

}  // namespace

void draw_keys_sheet(Stage& stage, const Model&) {
  Texts& t = stage.texts;
  const std::vector<KeyRow> places = keys_of(stage, true);
  const std::vector<KeyRow> here = keys_of(stage, false);
  const std::size_t half = std::max(places.size(), (here.size() + 1) / 2);
  const float height = 64 + static_cast<float>(half) * row_height + 24;
  Sheet sheet(stage, {.id = "keys", .title = t.say("keys.title"), .width = 1720});
  const Box body = sheet.begin(height);
  const float wide = (body.w - 2 * gap) / 3;
  draw_rows(stage, {body.x, body.y, wide, 0}, t.say("keys.everywhere"), places, "keys.place.");
  const auto middle = here.begin() + static_cast<std::ptrdiff_t>(std::min(half, here.size()));
  if (!here.empty())
    draw_rows(stage, {body.x + wide + gap, body.y, wide, 0}, t.say("keys.here"), {here.begin(), middle}, "keys.here.");
  if (middle != here.end()) {
    draw_rows(stage, {body.x + 2 * (wide + gap), body.y, wide, 0}, t.say("keys.more"), {middle, here.end()}, "keys.more.");
  }
  sheet.end_body();
  if (sheet.end(t.say("sheet.close"))) stage.want(CounterWish{CloseOver{}});
  stage.tree.announcement = t.say("keys.title");
}

}  // namespace vitrine::kiosk::counter
