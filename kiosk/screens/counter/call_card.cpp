// SPDX-License-Identifier: Apache-2.0
// A shopper who asks for a person: where, about what, in which language; who goes there, and about when.
#include <algorithm>
#include <array>

#include "kiosk/screens/counter/customer_parts.hpp"
#include "kiosk/screens/counter/desk.hpp"
#include "kiosk/screens/counter/queue_parts.hpp"

namespace vitrine::kiosk::counter {
namespace {

constexpr float pad = 24;
constexpr std::array<std::int64_t, 3> minutes_offered = {1, 3, 5};
constexpr std::int64_t minutes_at_first = 1;  // who takes it goes at once

std::string topic_words(Stage& stage, const HelpCall& call) {
  if (auto words = stage.texts.say_if_known("help." + call.about); words && !call.about.empty()) return std::move(*words);
  return stage.texts.say("call.no_topic");
}

// What to know before going there.
std::string detail_words(Stage& stage, const Model& model, const HelpCall& call) {
  std::string words = topic_words(stage, call);
  if (call.context.starts_with("cart/")) words += ". " + stage.texts.say("call.cart");
  const std::string& here = model.store ? model.store->default_language : call.language;
  if (!call.language.empty() && call.language != here) {
    const std::string own = stage.texts.own_name(call.language);
    words += ". " + stage.texts.say("call.language", {{"language", own.empty() ? call.language : own}});
  }
  return words;
}

// Whom it is for while nobody goes: "For you", "For Nadia, then you at 14:05", "For Nadia, then anybody at 14:05".
std::string offer_words(Stage& stage, const Model& model, const Offers& offers) {
  Texts& t = stage.texts;
  if (offers.all_at.value == 0) return {};
  if (is_for_me(model, offers)) return t.say("call.for_you");
  if (model.now.utc >= offers.all_at || offers.people.empty()) return t.say("call.for_all");
  const std::string& me = model.visit.desk.session->who.number;
  const auto next = std::ranges::find(offers.people, me, &Offer::who);
  const Offer* now = &offers.people.front();
  for (const Offer& one : offers.people) {
    if (one.at <= model.now.utc) now = &one;
  }
  const std::string name = now->name.empty() ? now->who : now->name;
  if (next != offers.people.end()) return t.say("call.then_you", {{"name", name}, {"time", t.clock(next->at)}});
  return t.say("call.then_all", {{"name", name}, {"time", t.clock(offers.all_at)}});
}

// "1 min", "3 min", "5 min": what the shopper's screen says.
void draw_minutes(Stage& stage, const HelpCall& call, const Box& row) {
  const Theme& theme = stage.theme;
  const float wide = (row.w - 2 * 16) / 3;
  for (std::size_t i = 0; i < minutes_offered.size(); ++i) {
    const std::int64_t minutes = minutes_offered[i];
    const Box box{row.x + static_cast<float>(i) * (wide + 16), row.y, wide, row.h};
    const bool chosen = call.minutes == minutes;
    const std::string label = stage.texts.say("call.minutes", {{"n", minutes}});
    TargetSpec target{
        .id = "call." + call.id + ".in_" + std::to_string(minutes), .box = box, .label = label, .radius = box.h / 2};
    target.selected = chosen;
    target.fits = stage.canvas.width_of(Type::desk_button, label) <= box.w - 16;
    const TargetState state = stage.target(target);
    stage.canvas.fill(box, chosen ? theme.ink : mix(theme.surface, theme.primary_tint, static_cast<double>(state.press)),
                      box.h / 2);
    if (!chosen) stage.canvas.outline(box, theme.line_strong, 2, box.h / 2);
    stage.canvas.text(Type::desk_button, {box.centre().x, box.centre().y - stage.line(Type::desk_button) / 2},
                      chosen ? theme.surface : theme.ink, label, Align::centre);
    if (state.acted && !chosen) stage.want(CounterWish{TakeCall{call.id, minutes}});
  }
}

// What a card says beside its ring: who or where, about what, and whose it is, where it is somebody's.
struct CardWords {
  const std::string& title;
  const std::string& about;
  const std::string& state;
};

float height_of_words(Stage& stage, float room, const CardWords& words) {
  return stage.height_of(words.title, Type::desk_label, room) + 2 + stage.height_of(words.about, Type::desk_caption, room) +
         (words.state.empty() ? 0 : 6 + stage.height_of(words.state, Type::desk_badge, room));
}

// Their names are `id`.`title_name`, `id`.about and `id`.state.
void write_words(Stage& stage, const Box& at, float room, const CardWords& words, const std::string& id, const char* title_name,
                 bool mine) {
  const Theme& theme = stage.theme;
  const float x = at.x + pad + 80;
  float y = at.y + 20;
  y += stage.write({x, y, room, 0}, words.title,
                   {.type = Type::desk_label, .colour = theme.ink, .lines_max = 3, .id = id + "." + title_name}) +
       2;
  y += stage.write({x, y, room, 0}, words.about,
                   {.type = Type::desk_caption, .colour = theme.ink_2, .lines_max = 5, .id = id + ".about"});
  if (!words.state.empty())
    stage.write({x, y + 6, room, 0}, words.state,
                {.role = Role::status,
                 .type = Type::desk_badge,
                 .colour = mine ? theme.ok : theme.info,
                 .lines_max = 3,
                 .id = id + ".state"});
}

}  // namespace

float draw_waiting_case(Stage& stage, const Model& model, const CaseCard& one, const Box& at, bool hidden) {
  Texts& t = stage.texts;
  const Colleague& me = model.visit.desk.session->who;
  const bool mine = one.taken && one.owner == me.number;
  const std::string title = case_channel_words(stage, one.channel);
  std::string detail = t.say("queue.case_waits");
  const std::string& here = model.store ? model.store->default_language : one.language;
  if (!one.language.empty() && one.language != here) {
    const std::string own = t.own_name(one.language);
    detail += ". " + t.say("call.language", {{"language", own.empty() ? one.language : own}});
  }
  std::string state = offer_words(stage, model, one.offers);
  if (one.taken)
    state = mine ? t.say("case.owner_you") : t.say("case.owner", {{"name", one.owner_name.empty() ? one.owner : one.owner_name}});
  const ButtonSpec open{.id = "waiting." + one.id + ".open",
                        .label = t.say("queue.open"),
                        .kind = one.taken && !mine ? ButtonKind::tertiary : ButtonKind::secondary,
                        .icon = Icon::chat,
                        .desk = true,
                        .spoken = t.say("queue.open_case", {{"channel", title}})};
  const float inner = at.w - 2 * pad;
  const float room = inner - 80;
  const CardWords said{title, detail, state};
  const float words = height_of_words(stage, room, said);
  const float height = 20 + std::max(64.0F, words) + 16 + 72 + 20;
  if (hidden) return height;
  card_of(stage, {at.x, at.y, at.w, height});
  const std::string id = "waiting." + one.id;
  wait_ring(stage, {at.x + pad + 32, at.y + 20 + 32}, 32, model.now.utc.value - one.since.value, goal_case_ms, id + ".waits");
  write_words(stage, at, room, said, id, "channel", mine || (!one.taken && is_for_me(model, one.offers)));
  if (button(stage, {at.x + pad, at.y + height - 20 - 72, inner, 72}, open)) stage.want(CounterWish{OpenWaitingCase{one.id}});
  return height;
}

float draw_call(Stage& stage, const Model& model, const HelpCall& call, const Box& at, bool first, bool hidden) {
  Texts& t = stage.texts;
  const bool waits = call.state == HelpState::waiting;
  const bool mine = call.state == HelpState::taken && call.who == model.visit.desk.session->who.number;
  const float inner = at.w - 2 * pad;
  const float room = inner - 80;
  const std::string title = call.where.empty() ? call.device : call.where;
  const std::string detail = detail_words(stage, model, call);
  std::string state;
  if (waits) {
    state = offer_words(stage, model, call.offers);
  } else if (mine) {
    state = t.say("call.you_go");
  } else if (!waits) {
    state = call.name.empty() ? t.say("call.somebody_goes") : t.say("call.other_goes", {{"name", call.name}});
    if (call.minutes > 0) state += ", " + t.say("call.about", {{"n", call.minutes}});
  }
  const CardWords said{title, detail, state};
  const float words = height_of_words(stage, room, said);
  const float buttons = waits ? 16 + 72 : mine ? 16 + 72 + 16 + 72 : 0;
  const float height = 20 + std::max(64.0F, words) + buttons + 20;
  if (hidden) return height;
  card_of(stage, {at.x, at.y, at.w, height});
  const std::string id = "call." + call.id;
  wait_ring(stage, {at.x + pad + 32, at.y + 20 + 32}, 32, model.now.utc.value - call.since.value, goal_help_ms, id + ".waits");
  write_words(stage, at, room, said, id, "where", mine || (waits && is_for_me(model, call.offers)));
  float y = at.y + 20 + std::max(64.0F, words) + 16;
  const bool free = model.visit.desk.call_acting == 0;
  if (waits) {
    const ButtonSpec go{.id = id + ".take",
                        .label = t.say("call.go"),
                        .kind = first ? ButtonKind::primary : ButtonKind::secondary,
                        .icon = Icon::directions_walk,
                        .desk = true,
                        .enabled = free,
                        .spoken = t.say("call.go_to", {{"place", title}})};
    if (button(stage, {at.x + pad, y, inner, 72}, go)) stage.want(CounterWish{TakeCall{call.id, minutes_at_first}});
  } else if (mine) {
    draw_minutes(stage, call, {at.x + pad, y, inner, 72});
    y += 72 + 16;
    const float half = (inner - 16) / 2;
    const ButtonSpec back{
        .id = id + ".put_back", .label = t.say("call.put_back"), .kind = ButtonKind::tertiary, .desk = true, .enabled = free};
    if (button(stage, {at.x + pad, y, half, 72}, back)) stage.want(CounterWish{PutBackCall{call.id}});
    const ButtonSpec done{.id = id + ".end", .label = t.say("call.done"), .icon = Icon::check, .desk = true, .enabled = free};
    if (button(stage, {at.x + pad + half + 16, y, half, 72}, done)) stage.want(CounterWish{EndCall{call.id}});
  }
  return height;
}

}  // namespace vitrine::kiosk::counter
