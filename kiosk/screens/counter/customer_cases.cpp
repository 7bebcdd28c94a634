// SPDX-License-Identifier: Apache-2.0
// A customer's notes and conversations: the list, one of them in the middle of the screen, and where something is written.
#include <algorithm>
#include <array>
#include <utility>

#include "kiosk/screens/counter/customer_parts.hpp"
#include "kiosk/screens/counter/desk.hpp"
#include "kiosk/screens/counter/queue_parts.hpp"
#include "kiosk/widgets/keyboard.hpp"
#include "kiosk/widgets/parts.hpp"

namespace vitrine::kiosk::counter {
namespace {

constexpr float pad = part_pad;
constexpr float row_tall = 84;
constexpr float row_step = 100;                                               // with what keeps fingers apart
constexpr std::array<const char*, 5> signs = {".", ",", "?", "!", "\u2019"};  // that no row of the keyboard has

// Who said it last, and when.
std::string last_line(Stage& stage, const CaseSeen& one) {
  Texts& t = stage.texts;
  if (one.words.empty()) return case_channel_words(stage, one.channel);
  const CaseWord& last = one.words.back();
  const std::string day = t.day(last.at);
  if (last.by_customer) return t.say("case.they_wrote", {{"day", day}});
  return last.name.empty() ? case_channel_words(stage, one.channel) + ", " + day
                           : t.say("case.by", {{"name", last.name}, {"day", day}});
}

std::string title_of(Stage& stage, const CaseSeen& one) {
  if (!one.summary.empty()) return one.summary;
  return one.words.empty() ? case_channel_words(stage, one.channel) : one.words.front().text;
}

std::string cut_to(const Stage& stage, Type type, const std::string& words, float room) {
  if (stage.canvas.width_of(type, words) <= room) return words;
  std::string cut = words;
  while (!cut.empty() && stage.canvas.width_of(type, cut + "…") > room) {
    cut.pop_back();
    while (!cut.empty() && (static_cast<unsigned char>(cut.back()) & 0xC0U) == 0x80U) cut.pop_back();
    if (!cut.empty() && static_cast<unsigned char>(cut.back()) >= 0xC0U) cut.pop_back();
  }
  return cut + "…";
}

void draw_row(Stage& stage, const CustomerOnScreen& screen, const CaseSeen& one, const Box& row) {
  const Theme& theme = stage.theme;
  const bool here = screen.open_case == one.id;
  const float radius = 16 * theme.corner_scale;
  const std::string title = title_of(stage, one);
  const std::string line = one.waits ? stage.texts.say("case.waits") + " · " + last_line(stage, one) : last_line(stage, one);
  TargetSpec target{.id = "case." + one.id, .box = row, .label = title, .radius = 16, .value = line};
  target.selected = here;
  target.enabled = !screen.note;
  target.personal = true;
  const TargetState state = stage.target(target);
  const Colour rest = one.waits ? theme.warn_tint : theme.tiles[1];
  stage.canvas.fill(row, mix(rest, theme.primary_tint, static_cast<double>(state.press)), radius);
  if (here) stage.canvas.outline(row, theme.primary, 4, radius);
  const float room = row.w - 32;
  stage.canvas.text(Type::desk_label, {row.x + 16, row.y + 14}, Colour::hex(0x10262A),
                    cut_to(stage, Type::desk_label, title, room));
  stage.canvas.text(Type::desk_caption, {row.x + 16, row.y + 46}, Colour::hex(0x10262A),
                    cut_to(stage, Type::desk_caption, line, room));
  if (state.acted) stage.want(CounterWish{ShowCase{here ? std::string() : one.id}});
}

// One message, as high as its words need.
float draw_word(Stage& stage, const CaseSeen& one, const CaseWord& word, const Box& at, bool hidden) {
  const Theme& theme = stage.theme;
  Texts& t = stage.texts;
  const float wide = at.w * 0.86F;
  const float room = wide - 40;
  const float tall = 16 + stage.height_of(word.text, Type::desk_body, room) + 4 + stage.line(Type::desk_caption) + 14;
  if (hidden) return tall;
  // Theirs on the left, ours on the right.
  const Box box{word.by_customer ? at.x : at.right() - wide, at.y, wide, tall};
  stage.canvas.fill(box, word.by_customer ? theme.sunken : theme.primary_tint, 20 * theme.corner_scale);
  const float used = stage.write(
      {box.x + 20, box.y + 16, room, 0}, word.text,
      {.type = Type::desk_body, .colour = theme.ink, .lines_max = 20, .id = "case." + one.id + "." + word.id, .personal = true});
  const std::string who = word.by_customer ? t.say("case.they") : word.name.empty() ? t.say("case.staff") : word.name;
  stage.write({box.x + 20, box.y + 16 + used + 4, room, 0}, who + " · " + t.day(word.at) + ", " + t.clock(word.at),
              {.type = Type::desk_caption, .colour = theme.ink_2, .lines_max = 1, .personal = true});
  return tall;
}

std::string owner_words(Stage& stage, const Model& model, const CaseSeen& one) {
  if (one.state == CaseState::closed) return stage.texts.say("case.closed");
  if (one.owner.empty()) return one.waits ? stage.texts.say("case.waits") : std::string();
  if (one.owner == model.visit.desk.session->who.number) return stage.texts.say("case.owner_you");
  return stage.texts.say("case.owner", {{"name", one.owner_name.empty() ? one.owner : one.owner_name}});
}

// What can be done about it; returns how high that is.
float draw_acts(Stage& stage, const Model& model, const CustomerOnScreen& screen, const CaseSeen& one, const Box& box) {
  if (one.state == CaseState::closed) return 0;
  Texts& t = stage.texts;
  const bool free = screen.case_acting == 0;
  const bool mine = one.owner == model.visit.desk.session->who.number;
  const bool others = !one.owner.empty() && !mine;
  const float half = (box.w - 16) / 2;
  float y = box.bottom() - 72;
  const ButtonSpec answer{.id = "case.answer",
                          .label = t.say(one.channel == "counter" ? "case.add" : "case.answer"),
                          .icon = Icon::add,
                          .desk = true,
                          .enabled = free,
                          .main = true,
                          .shortcut = Key::enter};
  if (!one.waits) {
    if (button(stage, {box.x, y, box.w, 72}, answer)) stage.want(CounterWish{StartNote{}});
    return 72;
  }
  const ButtonSpec done{.id = "case.close",
                        .label = t.say("case.close"),
                        .kind = ButtonKind::secondary,
                        .icon = Icon::check,
                        .desk = true,
                        .enabled = free && !others};
  if (button(stage, {box.x, y, half, 72}, done)) stage.want(CounterWish{WorkOnCase{CaseWork::close, true}});
  if (button(stage, {box.x + half + 16, y, half, 72}, answer)) stage.want(CounterWish{StartNote{}});
  y -= 72 + 16;
  const ButtonSpec take{.id = mine ? "case.put_back" : "case.take",
                        .label = t.say(mine ? "case.put_back" : "case.take"),
                        .kind = ButtonKind::tertiary,
                        .desk = true,
                        .enabled = free && !others};
  if (button(stage, {box.x, y, half, 72}, take))
    stage.want(CounterWish{WorkOnCase{mine ? CaseWork::put_back : CaseWork::take, true}});
  const ButtonSpec nothing{.id = "case.not_needed",
                           .label = t.say("case.not_needed"),
                           .kind = ButtonKind::tertiary,
                           .desk = true,
                           .enabled = free && !others};
  if (button(stage, {box.x + half + 16, y, half, 72}, nothing)) stage.want(CounterWish{WorkOnCase{CaseWork::close, false}});
  return 2 * 72 + 16;
}

}  // namespace

std::string case_channel_words(Stage& stage, const std::string& channel) {
  if (auto words = stage.texts.say_if_known("channel." + channel)) return std::move(*words);
  return channel;
}

void draw_notes(Stage& stage, const Model& model, const CustomerOnScreen& screen, const Box& box) {
  const Theme& theme = stage.theme;
  Texts& t = stage.texts;
  card_of(stage, box);
  const float room = box.w - 2 * pad;
  float y = part_heading(stage, box, t.say("customer.notes"), "notes.title", room);
  y += stage.write({box.x + pad, y - 10, room, 0}, t.say("customer.notes_line"),
                   {.type = Type::desk_caption, .colour = theme.ink_2, .lines_max = 2, .id = "notes.line"});
  const std::string ready = ready_order_of(model);
  float bottom = box.bottom() - 20;
  if (!ready.empty()) {
    // One main action on a screen: an open conversation has its own, and so has a cart that is changed.
    const bool main = screen.open_case.empty() && !screen.cart_work;
    const ButtonSpec over{.id = "customer.hand_over",
                          .label = t.say("customer.hand_over", {{"order", order_words(ready)}}),
                          .kind = main ? ButtonKind::primary : ButtonKind::secondary,
                          .icon = Icon::handshake,
                          .desk = true,
                          .main = main,
                          .shortcut = main ? std::optional(Key::enter) : std::nullopt};
    if (button(stage, {box.x + pad, bottom - 72, room, 72}, over)) stage.want(CounterWish{OpenOrder{ready}});
    bottom -= 72 + 16;
  }
  if (screen.seen->shares_history) {
    const ButtonSpec add{.id = "customer.note",
                         .label = t.say("customer.add_note"),
                         .kind = ButtonKind::tertiary,
                         .icon = Icon::edit_note,
                         .desk = true,
                         .enabled = screen.case_acting == 0,
                         .shortcut = Key::note};
    if (button(stage, {box.x + pad, bottom - 72, room, 72}, add)) {
      stage.want(CounterWish{ShowCase{}});
      stage.want(CounterWish{StartNote{}});
    }
    bottom -= 72 + 16;
  }
  if (!screen.cases || (screen.seen->shares_history && !screen.conversations))
    return part_empty(stage, box, y + 4, t.say("sign_in.loading"), "notes.empty");
  std::vector<const CaseSeen*> all;
  for (const auto* part : {&screen.cases, &screen.conversations}) {
    if (!*part) continue;
    for (const CaseSeen& one : (*part)->cases) all.push_back(&one);
  }
  const bool tastes = screen.tastes && (!screen.tastes->sizes.empty() || !screen.tastes->preferences.empty());
  if (all.empty() && !tastes)
    return part_empty(stage, box, y + 4, t.say(screen.seen->shares_history ? "customer.notes_none" : "customer.notes_closed"),
                      "notes.empty");
  const Box list{box.x + 2, y + 6, box.w - 4, bottom - y - 6};
  const float scrolled = stage.begin_list("notes", list);
  const float top = list.y - scrolled + 2;
  const float wide = box.w - 2 * pad + 24;
  float at = top;
  bool told = false;
  // What waits for this store comes before what they like, and that before what is settled.
  const auto tell = [&] {
    if (std::exchange(told, true)) return;
    const float tall = draw_tastes(stage, screen, {box.x + pad - 12, at, wide, 0});
    if (tall > 0) at += tall + row_step - row_tall;
  };
  for (const CaseSeen* one : all) {
    if (!one->waits) tell();
    const Box row{box.x + pad - 12, at, wide, row_tall};
    // As far below as their likes may reach: keys go on to it.
    if (row.bottom() > list.y - 4 * row_step && row.y < list.bottom() + 4 * row_step) draw_row(stage, screen, *one, row);
    at += row_step;
  }
  tell();
  stage.end_list(at - top);
}

void draw_conversation(Stage& stage, const Model& model, const CustomerOnScreen& screen, const CaseSeen& one, const Box& box) {
  const Theme& theme = stage.theme;
  Texts& t = stage.texts;
  card_of(stage, box);
  const float room = box.w - 2 * pad - 100;
  float y = part_heading(stage, box, case_channel_words(stage, one.channel), "conversation.title", room);
  if (round_button(stage, {box.right() - pad - 88, box.y + 14}, "conversation.back", t.say("case.back"), Icon::close, true))
    stage.want(CounterWish{ShowCase{}});
  if (!one.summary.empty())
    y +=
        6 + stage.write(
                {box.x + pad, y - 6, room, 0}, one.summary,
                {.type = Type::desk_body, .colour = theme.ink_2, .lines_max = 2, .id = "conversation.summary", .personal = true});
  if (const std::string owner = owner_words(stage, model, one); !owner.empty())
    y += 6 + stage.write({box.x + pad, y, room, 0}, owner,
                         {.role = Role::status,
                          .type = Type::desk_badge,
                          .colour = one.state == CaseState::closed ? theme.ink_2
                                    : one.owner.empty()            ? theme.warn
                                                                   : theme.info,
                          .lines_max = 2,
                          .id = "conversation.state"});
  y = std::max(y, box.y + 14 + 88 + 8);
  const float acts = draw_acts(stage, model, screen, one, {box.x + pad, y, box.w - 2 * pad, box.bottom() - 20 - y});
  const Box list{box.x + 2, y, box.w - 4, box.bottom() - 20 - acts - (acts > 0 ? 16.0F : 0.0F) - y};
  const float scrolled = stage.begin_list("conversation", list);
  float at = list.y - scrolled + 4;
  float height = 4;
  for (const CaseWord& word : one.words) {
    const Box place{box.x + pad, at, box.w - 2 * pad, 0};
    const float used = draw_word(stage, one, word, place, at > list.bottom() + 200 || at < list.y - 900) + 14;
    at += used;
    height += used;
  }
  stage.end_list(height);
}

void draw_note_writer(Stage& stage, const CustomerOnScreen& screen, const Box& free) {
  const Theme& theme = stage.theme;
  Texts& t = stage.texts;
  const CaseSeen* one = open_case_of(screen);
  const std::string title = t.say(one != nullptr && one->channel != "counter" ? "note.answer" : "note.title");
  stage.tree.announcement = title;
  stage.write({free.x, free.y + 22, free.w, 0}, title,
              {.role = Role::heading, .type = Type::desk_title, .colour = theme.ink, .id = "note.heading"});
  const auto letters = static_cast<std::int64_t>(letters_in(screen.note->text));
  stage.write({free.x, free.y + 72, free.w, 0},
              t.say("note.line", {{"n", letters}, {"most", static_cast<std::int64_t>(note_letters)}}),
              {.type = Type::desk_body, .colour = theme.ink_2, .lines_max = 1, .id = "note.line"});
  const ButtonSpec keep{.id = "note.keep",
                        .label = t.say("note.keep"),
                        .icon = Icon::check,
                        .desk = true,
                        .enabled = letters > 0 && screen.case_acting == 0,
                        .main = true,
                        .shortcut = Key::enter};
  const ButtonSpec leave{.id = "note.leave",
                         .label = t.say("note.leave"),
                         .kind = ButtonKind::tertiary,
                         .desk = true,
                         .enabled = screen.case_acting == 0,
                         .takes_escape = true};
  const float wide = std::max({220.0F, button_width(stage, keep), button_width(stage, leave)});
  const float sign = 84;
  const float tall = 72 * 2 + 16;
  const Box field{free.x, free.y + 116, free.w - wide - 24, tall};
  stage.canvas.fill(field, theme.surface, 20 * theme.corner_scale);
  stage.canvas.outline(field, theme.primary, 3, 20 * theme.corner_scale);
  const std::string hint = t.say("note.hint");
  const std::string& words = letters == 0 ? hint : screen.note->text;
  const Type type = Type::desk_body;
  float y = field.y + 18;
  for (const std::string_view each : stage.canvas.wrap(type, words, field.w - 48)) {
    if (y + stage.line(type) > field.bottom()) break;
    stage.canvas.text(type, {field.x + 24, y}, letters == 0 ? theme.ink_2 : theme.ink, each);
    y += stage.line(type);
  }
  // What was typed is said to nobody.
  stage.describe(Role::field, field, "note.text", hint, t.say("customer.typed", {{"n", letters}}));
  if (button(stage, {field.right() + 24, field.y, wide, 72}, keep)) stage.want(Submit{});
  if (button(stage, {field.right() + 24, field.y + 88, wide, 72}, leave)) stage.want(CounterWish{LeaveNote{}});
  float x = free.x;
  const float row = field.bottom() + 16;
  for (std::size_t i = 0; i < signs.size(); ++i) {
    const ButtonSpec key{.id = "sign." + std::to_string(i), .label = signs[i], .kind = ButtonKind::tertiary, .desk = true};
    if (button(stage, {x, row, sign, 72}, key)) stage.want(TypeKey{{KeyTouch::Kind::text, signs[i]}});
    x += sign + 12;
  }
  const float keys = keyboard_height(stage);
  const KeyboardSpec spec{.id = "key", .enter = t.say("note.keep"), .enter_icon = Icon::check};
  for (const KeyboardWish& key :
       keyboard(stage, {free.x - edge, free.bottom() - keys, free.w + 2 * edge, keys}, *screen.note, spec)) {
    if (key.kind == KeyboardWish::Kind::touch) stage.want(TypeKey{key.touch});
    if (key.kind == KeyboardWish::Kind::enter) stage.want(Submit{});
    if (key.kind == KeyboardWish::Kind::hide && screen.case_acting == 0) stage.want(CounterWish{LeaveNote{}});
  }
}

}  // namespace vitrine::kiosk::counter
