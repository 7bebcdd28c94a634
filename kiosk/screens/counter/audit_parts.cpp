// SPDX-License-Identifier: Apache-2.0
// See audit_parts.hpp.
#include "kiosk/screens/counter/audit_parts.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "kiosk/screens/counter/desk.hpp"
#include "kiosk/screens/counter/queue_parts.hpp"

namespace vitrine::kiosk::counter {
namespace {

constexpr float pad = 24;
constexpr float gap = 12;
constexpr std::size_t breaks_shown = 4;

// An id has no place to break, and may be longer than a line.
std::vector<std::string> parts_of(const std::string& value) {
  constexpr std::size_t letters = 36;
  std::vector<std::string> parts;
  const bool id = value.size() > letters && value.find(' ') == std::string::npos;
  if (!id) return {value};
  for (std::size_t at = 0; at < value.size(); at += letters) parts.push_back(value.substr(at, letters));
  return parts;
}

std::string break_words(Stage& stage, const AuditBreakSeen& one) {
  constexpr std::array<std::string_view, 4> known = {"gap", "parted", "altered", "cut"};
  if (std::ranges::find(known, one.what) == known.end()) return one.what;
  return stage.texts.say("audit_break." + one.what, {{"n", static_cast<std::int64_t>(one.n)}});
}

}  // namespace

std::string audit_who(Stage& stage, const Model& model, const std::string& staff) {
  if (staff.empty()) return stage.texts.say("audit.nobody");
  const auto& colleagues = model.counter->colleagues;
  const auto known = std::ranges::find(colleagues, staff, &Colleague::number);
  return known == colleagues.end() ? staff : short_name(known->name, known->initial) + " (" + staff + ")";
}

std::string audit_action(Stage& stage, const std::string& action) {
  return stage.texts.say_if_known("audit_action." + action).value_or(action);
}

std::string audit_when(Stage& stage, UtcMs at) { return stage.texts.day(at) + ", " + stage.texts.clock(at); }

bool is_whole(const AuditPage& page) { return !page.broken_at && std::ranges::all_of(page.breaks, &AuditBreakSeen::settled); }

float draw_chain(Stage& stage, const AuditPage& page, const Box& place) {
  const Theme& theme = stage.theme;
  Texts& t = stage.texts;
  const auto n = [](std::uint64_t number) { return static_cast<std::int64_t>(number); };
  const bool whole = is_whole(page);
  std::vector<std::string> lines;
  if (page.broken_at) lines.push_back(t.say("audit.broken_here", {{"n", n(*page.broken_at)}}));
  for (auto one = page.breaks.rbegin(); one != page.breaks.rend() && lines.size() < breaks_shown; ++one) {
    lines.push_back(break_words(stage, *one) + " " +
                    t.say(one->settled ? "audit.settled" : "audit.found", {{"time", audit_when(stage, one->at)}}));
  }
  if (page.breaks.size() + (page.broken_at ? 1 : 0) > lines.size()) lines.push_back(t.say("audit.more_breaks"));
  if (!whole) lines.push_back(t.say("audit.broken_do"));
  const std::string title = t.say(whole ? "audit.whole" : "audit.broken");
  const std::string count = t.say("audit.told", {{"last", n(page.last)}, {"told", n(page.told)}});
  const float room = place.w - 2 * pad - 48;
  float words = stage.height_of(title, Type::desk_head, room) + 4 + stage.height_of(count, Type::desk_caption, room);
  for (const std::string& line : lines) words += gap + stage.height_of(line, Type::desk_caption, room);
  const Box box{place.x, place.y, place.w, words + 2 * pad};
  stage.canvas.fill(box, whole ? theme.ok_tint : theme.bad_tint, 24 * theme.corner_scale);
  stage.canvas.icon(whole ? Icon::verified_user : Icon::error_outline, 30, {box.x + pad + 15, box.y + pad + 15},
                    whole ? theme.ok : theme.bad);
  const float x = box.x + pad + 48;
  float y = box.y + pad;
  y += stage.write({x, y, room, 0}, title,
                   {.role = Role::status,
                    .type = Type::desk_head,
                    .colour = whole ? theme.ok : theme.bad,
                    .lines_max = 3,
                    .id = "audit.chain"}) +
       4;
  y += stage.write({x, y, room, 0}, count,
                   {.type = Type::desk_caption, .colour = theme.ink_2, .lines_max = 3, .id = "audit.told"});
  std::size_t i = 0;
  for (const std::string& line : lines)
    y += gap + stage.write({x, y + gap, room, 0}, line,
                           {.role = Role::status,
                            .type = Type::desk_caption,
                            .colour = theme.ink,
                            .lines_max = 6,
                            .id = "audit.break." + std::to_string(i++)});
  return box.h;
}

void draw_audit_line(Stage& stage, const Model& model, const AuditLine& line, const Box& place) {
  const Theme& theme = stage.theme;
  Texts& t = stage.texts;
  const AuditOnScreen& audit = *model.visit.desk.audit;
  card_of(stage, place);
  const float x = place.x + pad;
  const float inner = place.w - 2 * pad;
  const bool has_who = !line.staff.empty() && audit.question.who != line.staff;
  const bool has_whom = !line.subject.empty() && audit.question.whom != line.subject;
  const Box list{x - 8, place.y + 12, inner + 16, place.h - 24 - (has_who ? 84 : 0) - (has_whom ? 84 : 0)};
  const float scrolled = stage.begin_list("audit.line", list);
  float y = list.y + 8 - scrolled;
  const std::string action = audit_action(stage, line.action);
  y += stage.write({x, y, inner, 0}, action,
                   {.role = Role::heading, .type = Type::desk_head, .colour = theme.ink, .lines_max = 3, .id = "audit.action"}) +
       gap;
  const auto row = [&](const char* key, const std::string& value, const char* id) {
    if (value.empty()) return;
    y += stage.write({x, y, inner, 0}, t.say(key), {.type = Type::desk_rail, .colour = theme.ink_2});
    for (const std::string& part : parts_of(value))
      y += stage.write({x, y, inner, 0}, part, {.type = Type::desk_body, .colour = theme.ink, .lines_max = 3, .id = id});
    y += gap;
  };
  row("audit.at", t.day(line.at) + ", " + t.clock(line.at), "audit.one.at");
  row("audit.by", audit_who(stage, model, line.staff), "audit.one.by");
  row("audit.device", line.device, "audit.one.device");
  row("audit.subject", line.subject, "audit.one.subject");
  row("audit.outcome", line.outcome, "audit.one.outcome");
  row("audit.number", std::to_string(line.n) + " · " + line.action, "audit.one.n");
  stage.end_list(y + scrolled - list.y + 8);
  float low = place.bottom() - pad;
  if (has_whom) {
    low -= 72;
    const ButtonSpec about{.id = "audit.whom",
                           .label = t.say("audit.about_this"),
                           .kind = ButtonKind::tertiary,
                           .desk = true,
                           .enabled = audit.asked == 0};
    if (button(stage, {x, low, inner, 72}, about)) {
      AuditQuestion question = audit.question;
      question.whom = line.subject;
      stage.want(CounterWish{AskAudit{question}});
    }
    low -= gap;
  }
  if (has_who) {
    low -= 72;
    const ButtonSpec all{.id = "audit.who",
                         .label = t.say("audit.all_of", {{"name", audit_who(stage, model, line.staff)}}),
                         .kind = ButtonKind::tertiary,
                         .desk = true,
                         .enabled = audit.asked == 0};
    if (button(stage, {x, low, inner, 72}, all)) {
      AuditQuestion question = audit.question;
      question.who = line.staff;
      stage.want(CounterWish{AskAudit{question}});
    }
  }
}

}  // namespace vitrine::kiosk::counter
