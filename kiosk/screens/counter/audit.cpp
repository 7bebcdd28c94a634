// SPDX-License-Identifier: Apache-2.0
// For whoever may read the audit: who did and saw what, by time, person, action and what it was done to, a page at a time, the
// oldest first; and whether the chain of lines is whole. Each page that is asked for is itself a line of it, so nothing here is
// asked for by itself.
#include <algorithm>
#include <array>

#include "kiosk/screens/counter/audit_parts.hpp"
#include "kiosk/screens/counter/desk.hpp"
#include "kiosk/screens/counter/queue_parts.hpp"
#include "kiosk/screens/counter/screens.hpp"
#include "kiosk/widgets/field.hpp"
#include "kiosk/widgets/keyboard.hpp"

namespace vitrine::kiosk::counter {
namespace {

constexpr float gap = 24;
constexpr float between = 12;
constexpr float side_width = 520;
constexpr float row_height = 76;

constexpr std::array<std::pair<AuditSpan, const char*>, 3> spans = {
    {{AuditSpan::today, "today"}, {AuditSpan::week, "week"}, {AuditSpan::all, "all"}}};
constexpr std::array<const char*, 7> whats = {"", "staff", "orders", "customers", "purchases", "stock", "audit"};

// When, and what was done; each a touch.
float draw_choices(Stage& stage, const AuditOnScreen& audit, const Box& place) {
  Texts& t = stage.texts;
  const bool free = audit.asked == 0;
  const float when = 168;
  float x = place.x;
  for (const auto& [span, name] : spans) {
    if (plate(stage, {x, place.y, when, 72}, std::string("audit.span.") + name, t.say(std::string("audit_span.") + name),
              audit.question.span == span, free)) {
      AuditQuestion question = audit.question;
      question.span = span;
      stage.want(CounterWish{AskAudit{question}});
    }
    x += when + between;
  }
  x += gap - between;
  const float each = (place.right() - x - between * static_cast<float>(whats.size() - 1)) / static_cast<float>(whats.size());
  for (const char* what : whats) {
    const std::string name = *what == '\0' ? "all" : what;
    if (plate(stage, {x, place.y, each, 72}, "audit.what." + name, t.say("audit_what." + name), audit.question.what == what,
              free)) {
      AuditQuestion question = audit.question;
      question.what = what;
      stage.want(CounterWish{AskAudit{question}});
    }
    x += each + between;
  }
  return 72;
}

// What it was done to, typed; and who, where one was chosen.
float draw_asked(Stage& stage, const Model& model, const AuditOnScreen& audit, const Box& place) {
  Texts& t = stage.texts;
  const bool narrowed = !audit.question.who.empty() || !audit.question.whom.empty();
  const ButtonSpec all{.id = "audit.all",
                       .label = audit.question.who.empty()
                                    ? t.say("audit.all_again")
                                    : t.say("audit.only", {{"name", audit_who(stage, model, audit.question.who)}}),
                       .kind = ButtonKind::tertiary,
                       .icon = Icon::close,
                       .desk = true,
                       .enabled = audit.asked == 0,
                       .spoken = t.say("audit.all_again")};
  const float wide = narrowed ? std::min(520.0F, button_width(stage, all)) : 0;
  const ButtonSpec ask{.id = "audit.ask",
                       .label = t.say("audit.ask"),
                       .icon = Icon::search,
                       .desk = true,
                       .enabled = audit.asked == 0,
                       .main = true,
                       .shortcut = Key::enter};
  const float ask_width = button_width(stage, ask);
  const Box row{place.x, place.y, place.w - ask_width - gap - (wide > 0 ? wide + gap : 0), field_height};
  if (button(stage, {row.right() + gap, row.centre().y - 36, ask_width, 72}, ask)) stage.want(Submit{});
  const FieldWish wish = field(stage, row,
                               {.id = "audit.words",
                                .label = t.say("audit.words"),
                                .typed = audit.words.text,
                                .hint = t.say("audit.hint"),
                                .clear = t.say("back.clear"),
                                .icon = Icon::search,
                                .active = audit.keyboard});
  if (wish == FieldWish::activate) stage.want(ShowKeyboard{true});
  if (wish == FieldWish::clear) stage.want(TypeKey{{KeyTouch::Kind::clear}});
  if (wide > 0 && button(stage, {place.right() - wide, row.centre().y - 36, wide, 72}, all)) {
    AuditQuestion question = audit.question;
    question.who.clear();
    question.whom.clear();
    stage.want(CounterWish{AskAudit{question}});
  }
  return field_height;
}

void draw_row(Stage& stage, const Model& model, const AuditLine& line, const Box& row) {
  const Theme& theme = stage.theme;
  const AuditOnScreen& audit = *model.visit.desk.audit;
  const std::string action = audit_action(stage, line.action);
  const std::string who = audit_who(stage, model, line.staff);
  const std::string when = audit_when(stage, line.at);
  TargetSpec target{
      .id = "audit.line." + std::to_string(line.n), .box = row, .label = action, .radius = 16 * theme.corner_scale, .value = who};
  target.spoken = when + ". " + who + ". " + action + ". " + line.subject;
  target.selected = audit.chosen == line.n;
  const TargetState state = stage.target(target);
  const double tint = target.selected ? 1.0 : static_cast<double>(state.press);
  stage.canvas.fill(row, mix(theme.surface, theme.primary_tint, tint), 16 * theme.corner_scale);
  const bool refused = line.outcome != "done" && line.outcome != "seen";
  const auto put = [&](float x, float w, const std::string& upper, const std::string& lower, bool strong, bool warns) {
    const Type type = strong ? Type::desk_label : Type::desk_body;
    stage.canvas.push_clip({row.x + x, row.y, w, row.h});
    stage.canvas.text(stage.fitting({type, Type::desk_caption, Type::desk_rail}, upper, w), {row.x + x, row.y + 12}, theme.ink,
                      upper);
    stage.canvas.text(stage.fitting({Type::desk_caption, Type::desk_rail}, lower, w), {row.x + x, row.y + 42},
                      warns ? theme.warn : theme.ink_2, lower);
    stage.canvas.pop_clip();
  };
  const float room = row.w - 2 * 20;
  put(20, room * 0.30F - 16, when, who, false, false);
  put(20 + room * 0.30F, room * 0.36F - 16, action, line.action, true, false);
  put(20 + room * 0.66F, room * 0.34F, line.subject.empty() ? "–" : line.subject, line.outcome, false, refused);
  if (state.acted) stage.want(CounterWish{ChooseAuditLine{target.selected ? 0 : line.n}});
}

void draw_page(Stage& stage, const Model& model, const AuditOnScreen& audit, const Box& place) {
  const Theme& theme = stage.theme;
  Texts& t = stage.texts;
  const bool failed = !audit.failed.empty();
  if (!audit.page || audit.page->lines.empty()) {
    const char* words = failed                            ? (audit.failed == "invalid_request" ? "audit.no_word" : "audit.failed")
                        : audit.asked != 0 || !audit.page ? "sign_in.loading"
                                                          : "audit.none";
    stage.write({place.x, place.y + 16, place.w, 0}, t.say(words),
                {.role = Role::status,
                 .type = failed ? Type::desk_label : Type::desk_body,
                 .colour = failed ? theme.warn : theme.ink_2,
                 .lines_max = 3,
                 .id = failed ? "audit.failed" : "audit.none"});
  } else {
    const Box list{place.x - 6, place.y, place.w + 12, place.h - 72 - 16};
    const float scrolled = stage.begin_list("audit.list", list);
    float y = list.y + 6 - scrolled;
    for (const AuditLine& line : audit.page->lines) {
      // Far out of sight a line is neither drawn nor told.
      if (y > list.y - 6 * row_height && y < list.bottom() + 6 * row_height)
        draw_row(stage, model, line, {place.x, y, place.w, row_height});
      y += row_height + between;
    }
    stage.end_list(y + scrolled - list.y);
  }
  const float wide = 260;
  const ButtonSpec older{.id = "audit.older",
                         .label = t.say("audit.older"),
                         .kind = ButtonKind::tertiary,
                         .desk = true,
                         .enabled = audit.asked == 0 && !audit.before.empty()};
  const ButtonSpec newer{.id = "audit.newer",
                         .label = t.say("audit.newer"),
                         .kind = ButtonKind::tertiary,
                         .desk = true,
                         .enabled = audit.asked == 0 && audit.page && audit.page->more};
  if (button(stage, {place.x, place.bottom() - 72, wide, 72}, older)) stage.want(CounterWish{TurnAudit{false}});
  if (button(stage, {place.right() - wide, place.bottom() - 72, wide, 72}, newer)) stage.want(CounterWish{TurnAudit{true}});
}

}  // namespace

void draw_audit(Stage& stage, const Model& model) {
  const Box free = draw_desk(stage, model);
  const Theme& theme = stage.theme;
  Texts& t = stage.texts;
  const auto& audit = model.visit.desk.audit;
  if (round_button(stage, {free.x, free.y + 18}, "back", t.say("top.back"), Icon::arrow_back, true)) stage.want(GoBack{});
  stage.write({free.x + 112, free.y + 20, free.w - 112, 0}, t.say("audit.title"),
              {.role = Role::heading, .type = Type::desk_title, .colour = theme.ink, .id = "audit.title"});
  stage.write({free.x + 112, free.y + 68, free.w - 112, 0}, t.say("audit.line"),
              {.type = Type::desk_body, .colour = theme.ink_2, .id = "audit.note"});
  stage.tree.announcement = t.say("audit.title");
  if (!audit) return;
  if (audit->page) {
    const bool whole = is_whole(*audit->page);
    const std::string words = t.say(whole ? "audit.whole" : "audit.broken");
    stage.tree.announcement += ". " + words + ".";
    desk_chip(stage, {free.right() - desk_chip_width(stage, words), free.y + 30},
              whole ? Icon::check_circle : Icon::error_outline, words, whole ? theme.ok : theme.bad,
              whole ? theme.ok_tint : theme.bad_tint);
  }
  float y = free.y + 126;
  y += draw_choices(stage, *audit, {free.x, y, free.w, 0}) + between;
  y += draw_asked(stage, model, *audit, {free.x, y, free.w, 0}) + between;
  const float keys = audit->keyboard ? keyboard_height(stage) : 0;
  const float bottom = free.bottom() - keys - 20;
  const float left = free.w - side_width - gap;
  // Under a keyboard there is room for the field alone.
  if (!audit->keyboard) draw_page(stage, model, *audit, {free.x, y, left, bottom - y});
  if (audit->page && !audit->keyboard) {
    const Box side{free.right() - side_width, y, side_width, bottom - y};
    const auto& lines = audit->page->lines;
    const auto chosen = std::ranges::find(lines, audit->chosen, &AuditLine::n);
    if (chosen != lines.end()) {
      draw_audit_line(stage, model, *chosen, side);
    } else {
      draw_chain(stage, *audit->page, side);
    }
  }
  if (!audit->keyboard) return;
  const KeyboardSpec spec{.id = "key", .enter = t.say("customer.find"), .enter_icon = Icon::search};
  for (const KeyboardWish& key :
       keyboard(stage, {free.x - edge, free.bottom() - keys, free.w + 2 * edge, keys}, audit->words, spec)) {
    if (key.kind == KeyboardWish::Kind::touch) stage.want(TypeKey{key.touch});
    if (key.kind == KeyboardWish::Kind::enter) stage.want(Submit{});
    if (key.kind == KeyboardWish::Kind::hide) stage.want(ShowKeyboard{false});
  }
}

}  // namespace vitrine::kiosk::counter
