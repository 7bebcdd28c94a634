// SPDX-License-Identifier: Apache-2.0
// F2: one field over any screen. What is typed names commands (in the language of the screen), orders, requests, tickets and
// products; arrows and Enter choose, Escape closes. Nobody is found by a name: what looks like somebody's key leads to the
// finder, which asks why.
#include <algorithm>
#include <array>
#include <vector>

#include "kiosk/screens/counter/customer_parts.hpp"
#include "kiosk/screens/counter/desk.hpp"
#include "kiosk/screens/counter/screens.hpp"
#include "kiosk/screens/counter/stock_parts.hpp"
#include "kiosk/text/word_match.hpp"
#include "kiosk/widgets/field.hpp"
#include "kiosk/widgets/keyboard.hpp"

namespace vitrine::kiosk::counter {
namespace {

constexpr float pad = 28;
constexpr float row_height = 76;
constexpr float row_gap = 12;
constexpr float head_height = 44;
constexpr std::size_t each_most = 8;  // of a group

struct Found {
  std::string id;
  Icon icon = Icon::none;
  std::string title;
  std::string line{};
  std::optional<Key> key{};
  const ProductCard* product = nullptr;
  std::optional<Intent> wish{};  // none: what bears this name behind the sheet
  std::string behind{};
};
struct Group {
  const char* id;
  const char* title;
  std::vector<Found> rows;
};

bool is_of_queue(const std::string& id) {
  constexpr auto begins = std::to_array<const char*>({"here.", "prepare.", "ready.", "call.", "waiting."});
  return std::ranges::any_of(begins, [&](const char* one) { return id.starts_with(one); });
}

// Further words for a place: "count" leads to the stock.
std::string also(Stage& stage, const std::string& id) {
  constexpr std::string_view rail = "rail.";
  if (!id.starts_with(rail)) return {};
  return stage.texts.say_if_known("find_also." + id.substr(rail.size())).value_or("");
}

Group find_commands(Stage& stage, const std::string& typed) {
  Group group{"command", "find.commands", {}};
  for (const Command& one : stage.commands) {
    if (one.id == "desk.search" || one.label.empty() || is_of_queue(one.id)) continue;
    const bool place = one.id.starts_with("rail.");
    // Before anything is typed: where one may go.
    if (typed.empty() ? !place : !names(typed, one.label + " " + also(stage, one.id))) continue;
    const bool again =
        std::ranges::any_of(group.rows, [&](const Found& row) { return row.title == one.label && row.key == one.key; });
    if (again || (!typed.empty() && group.rows.size() >= each_most)) continue;
    group.rows.push_back({"find.command." + one.id, place ? Icon::arrow_forward : Icon::chevron_right, one.label, {}, one.key});
    group.rows.back().behind = one.id;
  }
  return group;
}

std::string step_words(Stage& stage, OrderStep step) {
  constexpr std::array<const char*, 3> words = {"queue.prepare", "queue.ready", "queue.here"};
  return step == OrderStep::over ? std::string() : stage.texts.say(words[static_cast<std::size_t>(step)]);
}

// By number, place and kind alone: whose it is, is no word to look for.
Group find_in_queue(Stage& stage, const Model& model, const std::string& typed) {
  Group group{"queue", "desk.queue", {}};
  if (typed.empty()) return group;
  Texts& t = stage.texts;
  const Desk& desk = model.visit.desk;
  std::string number = typed;
  std::erase(number, ' ');
  const auto full = [&] { return group.rows.size() >= each_most; };
  for (const OrderCard& card : desk.orders) {
    if (full() || number.size() < 2 || card.step == OrderStep::over || card.order.find(number) == std::string::npos) continue;
    std::string line = step_words(stage, card.step);
    if (!card.shelf.empty()) line += " · " + t.say("queue.shelf", {{"place", card.shelf}});
    group.rows.push_back({"find.order." + card.order, Icon::shopping_bag,
                          t.say("queue.order", {{"order", order_words(card.order)}}), std::move(line)});
    group.rows.back().wish = CounterWish{OpenOrder{card.order}};
  }
  for (const HelpCall& call : desk.calls) {
    const std::string& where = call.where.empty() ? call.device : call.where;
    if (full() || call.state == HelpState::ended || !names(typed, where + " " + t.say("queue.help"))) continue;
    const bool waits = call.state == HelpState::waiting;
    group.rows.push_back({"find.call." + call.id, Icon::directions_walk, where, t.say(waits ? "call.go" : "queue.help")});
    group.rows.back().wish = waits ? Intent{CounterWish{TakeCall{call.id, 1}}} : Intent{Navigate{Route::queue}};
  }
  for (const CaseCard& one : desk.cases) {
    const std::string title = case_channel_words(stage, one.channel);
    if (full() || !names(typed, title)) continue;
    group.rows.push_back({"find.case." + one.id, Icon::chat, title, t.say("queue.case_waits")});
    group.rows.back().wish = CounterWish{OpenWaitingCase{one.id}};
  }
  return group;
}

std::string ticket_words(Stage& stage, const TicketSeen& ticket) {
  constexpr std::array<const char*, 6> words = {"find.ticket_open",     "find.ticket_taken",     "find.ticket_paid",
                                                "find.ticket_returned", "find.ticket_cancelled", "find.ticket_expired"};
  return stage.texts.say(words[static_cast<std::size_t>(ticket.state)]) + " · " +
         stage.texts.money({ticket.to_pay, ticket.currency});
}

Group find_ticket(Stage& stage, const Model& model) {
  Group group{"ticket", "find.tickets", {}};
  const auto& ticket = model.visit.desk.search->ticket;
  if (!ticket) return group;
  group.rows.push_back({"find.ticket", Icon::point_of_sale, stage.texts.say("find.ticket", {{"code", ticket->code}}),
                        ticket_words(stage, *ticket)});
  // What was paid for can come back.
  const bool back = !ticket->receipt.empty() && may(model.visit.desk, "returns") && !model.counter->handheld;
  group.rows.back().wish = back ? Intent{CounterWish{LookUpPurchase{ticket->receipt}}} : Intent{CounterWish{CloseOver{}}};
  return group;
}

Group find_products(Stage& stage, const Model& model) {
  Group group{"product", "find.products", {}};
  const CommandSearch& search = *model.visit.desk.search;
  if (!search.found) return group;
  for (const ProductCard& card : search.found->products) {
    if (group.rows.size() >= each_most) break;
    const std::string line = card.stock ? item_words(stage, card.sku.text, card.stock->aisle, card.stock->bay)
                                        : stage.texts.say("order.item", {{"sku", card.sku.text}});
    group.rows.push_back({"find.product." + card.sku.text, Icon::none, title_of(stage, card), line});
    group.rows.back().product = &card;
    group.rows.back().wish = CounterWish{LookAtStock{card.sku.text}};
  }
  return group;
}

Group find_somebody(Stage& stage, const Model& model, const std::string& typed) {
  Group group{"customer", "desk.customer", {}};
  const std::string key = key_of_somebody(typed);
  if (key.empty() || model.counter->handheld || !may(model.visit.desk, "customers")) return group;
  group.rows.push_back(
      {"find.customer", Icon::person_search, stage.texts.say("find.customer"), stage.texts.say("find.customer_line")});
  group.rows.back().wish = CounterWish{OpenFinderWith{key}};
  return group;
}

bool draw_row(Stage& stage, const Box& row, const Found& one, bool first) {
  const Theme& theme = stage.theme;
  TargetSpec target{.id = one.id, .box = row, .label = one.title, .radius = 16 * theme.corner_scale, .value = one.line};
  if (first) target.shortcut = Key::enter;
  const TargetState state = stage.target(target);
  const double tint = std::max(first ? 0.5 : 0.0, static_cast<double>(state.press));
  if (tint > 0) stage.canvas.fill(row, mix(theme.surface, theme.primary_tint, tint), 16 * theme.corner_scale);
  if (one.product != nullptr) {
    product_tile(stage, {row.x + 16, row.centre().y - 26, 52, 52}, one.product->pictogram, one.product->tile);
  } else {
    stage.canvas.icon(one.icon, 30, {row.x + 42, row.centre().y}, theme.primary);
  }
  float right = row.right() - 20;
  if (one.key && !stage.in_hand()) right -= key_cap(stage, {right, row.centre().y}, key_words(stage, *one.key)) + 16;
  const float x = row.x + 86;
  const float room = right - x;
  const float title = stage.line(Type::desk_label);
  const float line = one.line.empty() ? 0 : stage.line(Type::desk_caption);
  const float y = row.centre().y - (title + line) / 2;
  stage.canvas.push_clip({x, row.y, room, row.h});
  stage.canvas.text(stage.fitting({Type::desk_label, Type::desk_badge, Type::desk_rail}, one.title, room), {x, y}, theme.ink,
                    one.title);
  if (line > 0)
    stage.canvas.text(stage.fitting({Type::desk_caption, Type::desk_rail}, one.line, room), {x, y + title}, theme.ink_2,
                      one.line);
  stage.canvas.pop_clip();
  return state.acted;
}

void choose(Stage& stage, const Found& one) {
  if (one.wish) return stage.want(*one.wish);
  // What is behind is in front again by then.
  stage.hands.act_next(one.behind);
  stage.want(CounterWish{CloseOver{}});
}

}  // namespace

void draw_commands(Stage& stage, const Model& model) {
  const Theme& theme = stage.theme;
  Texts& t = stage.texts;
  const CommandSearch& search = *model.visit.desk.search;
  const std::string& typed = search.words.text;
  std::vector<Group> groups = {find_commands(stage, typed), find_in_queue(stage, model, typed), find_ticket(stage, model),
                               find_somebody(stage, model, typed), find_products(stage, model)};
  std::erase_if(groups, [](const Group& one) { return one.rows.empty(); });
  const Box whole = stage.area();
  stage.canvas.fill(whole, theme.scrim);
  const bool in_hand = stage.in_hand();
  const float pad_height = 4 * 72 + 3 * 18;  // in a hand digits alone are typed on the screen
  const float keys = in_hand ? pad_height + 24 : search.keyboard ? keyboard_height(stage) + 20 : 0;
  const Box sheet =
      in_hand ? Box{8, 8, whole.w - 16, whole.h - 24 - keys} : Box{rail_width + edge, 24, 1120, whole.h - 48 - keys};
  card(stage, sheet, 32, Shadow::e3_toast);
  stage.describe(Role::dialog, sheet, "find", t.say("find.title"));
  stage.write({sheet.x + pad, sheet.y + 22, sheet.w - 2 * pad - 100, 0}, t.say("find.title"),
              {.role = Role::heading, .type = Type::desk_head, .colour = theme.ink, .id = "find.heading"});
  const float keys_room = search.keyboard ? 0 : 112;
  const Box row{sheet.x + pad, sheet.y + 68, sheet.w - 2 * pad - 112 - keys_room, field_height};
  const bool waits = search.searching != 0 || search.ticket_asked != 0;
  const char* state = !search.failed.empty() ? "find.failed"
                      : waits                ? "sign_in.loading"
                      : groups.empty()       ? "find.none"
                      : in_hand              ? "find.hint"
                                             : "find.how";
  const bool failed = !search.failed.empty();
  stage.write({sheet.x + pad, row.bottom() + 14, sheet.w - 2 * pad, 0}, t.say(state, {{"words", typed}}),
              {.role = Role::status,
               .type = Type::desk_caption,
               .colour = failed ? theme.warn : theme.ink_2,
               .lines_max = in_hand ? 3 : 2,
               .id = "find.state"});
  const float top = row.bottom() + (in_hand ? 90 : 66);
  const Box list{sheet.x + 12, top, sheet.w - 24, sheet.bottom() - 16 - top};
  const float scrolled = stage.begin_list("find.list", list);
  float y = list.y - scrolled;
  const Found* first = nullptr;
  for (const Group& group : groups) {
    stage.write_centred(
        {sheet.x + pad, y, sheet.w - 2 * pad, head_height}, t.say(group.title),
        {.role = Role::heading, .type = Type::desk_badge, .colour = theme.ink_2, .id = std::string("find.of_") + group.id});
    y += head_height;
    for (const Found& one : group.rows) {
      const bool is_first = first == nullptr;
      if (is_first) first = &one;
      if (draw_row(stage, {sheet.x + pad, y, sheet.w - 2 * pad, row_height}, one, is_first)) choose(stage, one);
      y += row_height + row_gap;
    }
    y += 8;
  }
  stage.end_list(y + scrolled - list.y);
  // After the rows: arrows lead to what was found first.
  const FieldWish wish = field(stage, row,
                               {.id = "find.words",
                                .label = t.say("find.title"),
                                .typed = typed,
                                .hint = t.say(in_hand ? "find.title" : "find.hint"),
                                .clear = t.say("back.clear"),
                                .icon = Icon::search,
                                .active = true});
  if (wish == FieldWish::clear) stage.want(TypeKey{{KeyTouch::Kind::clear}});
  if (!search.keyboard &&
      round_button(stage, {row.right() + 24, row.centre().y - 44}, "find.keyboard", t.say("find.keyboard"), Icon::keyboard))
    stage.want(ShowKeyboard{true});
  if (round_button(stage, {row.right() + 24 + keys_room, row.centre().y - 44}, "find.close", t.say("sheet.close"), Icon::close,
                   true))
    stage.want(GoBack{});
  stage.tree.screen = "find";
  stage.tree.announcement = t.say("find.title");
  if (in_hand) {
    const Box box{24, whole.h - pad_height - 16, whole.w - 48, pad_height};
    stage.canvas.fill({0, sheet.bottom() + 8, whole.w, whole.h - sheet.bottom() - 8}, theme.sunken);
    for (const KeyboardWish& key : keypad(stage, box, {.id = "digit", .enter = {}})) stage.want(TypeKey{key.touch});
    return;
  }
  if (!search.keyboard) return;
  const KeyboardSpec spec{.id = "key", .enter = t.say("customer.find"), .enter_icon = Icon::search};
  const Box panel{rail_width, whole.h - keyboard_height(stage), whole.w - rail_width, keyboard_height(stage)};
  for (const KeyboardWish& key : keyboard(stage, panel, search.words, spec)) {
    if (key.kind == KeyboardWish::Kind::touch) stage.want(TypeKey{key.touch});
    if (key.kind == KeyboardWish::Kind::enter && first != nullptr) choose(stage, *first);
    if (key.kind == KeyboardWish::Kind::hide) stage.want(ShowKeyboard{false});
  }
}

}  // namespace vitrine::kiosk::counter
