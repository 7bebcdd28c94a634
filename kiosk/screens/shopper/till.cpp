// SPDX-License-Identifier: Apache-2.0
// 05: the cart on its way over a till, from the ticket to the thanks, or back.
#include <algorithm>
#include <cmath>
#include <vector>

#include "kiosk/screens/shopper/banners.hpp"
#include "kiosk/screens/shopper/calm_screen.hpp"
#include "kiosk/screens/shopper/journey.hpp"
#include "kiosk/screens/shopper/screens.hpp"
#include "kiosk/screens/shopper/surroundings.hpp"
#include "kiosk/screens/shopper/ticket_paper.hpp"
#include "kiosk/screens/shopper/till_ticket.hpp"
#include "kiosk/widgets/parts.hpp"

namespace vitrine::kiosk::shopper {
namespace {

constexpr float gap = 28;
constexpr float ticket_wide = 1120;

StepSpec next_step(Stage& stage) {
  return {.icon = Icon::point_of_sale, .title = stage.texts.say("till.next"), .line = stage.texts.say("till.next_line")};
}

// What became of printing stands here where large text leaves no room for a banner.
std::string line_words(Stage& stage, const Model& model) {
  const std::optional<BannerSpec> said = printing_banner(stage, model);
  if (!said || !stage.large()) return stage.texts.say("till.line");
  return stage.wide() ? said->title : said->title + ". " + said->line;  // the code to take instead stands beside it
}

float title_height(Stage& stage, const Model& model, const Box& text) {
  return stage.height_of(stage.texts.say("till.title"), Type::h1, text.w) + 12 +
         stage.height_of(line_words(stage, model), Type::body_l, text.w) + 36;
}

// `most`: where large text has no room for the line too, the title says it.
float draw_title(Stage& stage, const Model& model, const Box& text, float most) {
  const float title = stage.height_of(stage.texts.say("till.title"), Type::h1, text.w) + 36;
  const float height = title_height(stage, model, text);
  const bool has_line = height - 36 <= most;
  float y = text.y;
  y += stage.write({text.x, y, text.w, 0}, stage.texts.say("till.title"),
                   {.role = Role::heading, .type = Type::h1, .colour = stage.theme.ink, .lines_max = 4}) +
       12;
  if (!has_line) return title;
  const bool said = stage.large() && printing_banner(stage, model);
  stage.write({text.x, y, text.w, 0}, line_words(stage, model),
              {.role = said ? Role::status : Role::text,
               .type = Type::body_l,
               .colour = said ? stage.theme.ink : stage.theme.ink_2,
               .lines_max = 8,
               .id = said ? "print.said" : std::string()});
  return height;
}

// What happens next and a banner are there if the code keeps its size.
void draw_upright(Stage& stage, const Model& model, const TicketView* ticket, const Box& above, float foot) {
  Box column{margin, top_height, above.w - 2 * margin, foot - gap - top_height};
  if (stage.large()) column.y -= 12;
  const float title = draw_title(stage, model, column, column.h);
  column.y += title;
  column.h -= title;
  const float words = ticket_words_height(stage, ticket, column.w);
  const std::optional<BannerSpec> said = banner_for(stage, model);
  if (said) {
    const float needed = banner_height(stage, column.w, *said) + 22;
    if (column.h - needed >= words + ticket_qr_least) {
      draw_banner(stage, model, column, 22);
      column.y += needed;
      column.h -= needed;
    }
  }
  const float step_h = step_height(stage, column.w, next_step(stage));
  const bool with_step = column.h - step_h - gap >= words + ticket_qr_most * 0.85F;
  const float most = words + ticket_qr_most;
  const Box card_box{column.x, column.y, column.w, std::min(most, column.h - (with_step ? step_h + gap : 0))};
  draw_ticket(stage, ticket, card_box);
  if (!with_step) return;
  const Box step_box{column.x, card_box.bottom() + gap, column.w, step_h};
  card(stage, step_box);
  step(stage, step_box, next_step(stage));
}

void draw_beside(Stage& stage, const Model& model, const TicketView* ticket, const Box& above, const Box& text, float foot) {
  Box column{text.x, top_height, text.w, foot - gap - top_height};
  const float title = draw_title(stage, model, column, column.h);
  column.y += title;
  column.h -= title;
  if (const std::optional<BannerSpec> said = banner_for(stage, model)) {
    const float needed = banner_height(stage, column.w, *said) + 22;
    if (needed <= column.h) {
      draw_banner(stage, model, column, 22);
      column.y += needed;
      column.h -= needed;
    }
  }
  const float step_h = step_height(stage, column.w, next_step(stage));
  if (step_h <= column.h) {
    const Box step_box{column.x, column.y, column.w, step_h};
    card(stage, step_box);
    step(stage, step_box, next_step(stage));
  }
  const float left = text.right() + 48;
  const Box room{left, 32, above.w - margin - left, above.h - 64};
  draw_ticket_beside(stage, ticket, {room.x, room.y, room.w, room.h});
}

constexpr float buttons_gap = 20;

// Printing it, where there is a printer with the letters of this language; having the cart on the phone too; and having it.
struct Foot {
  std::vector<ButtonSpec> others;  // above it: side by side, or each on a row
  ButtonSpec done;
  bool stacked = false;
  float each = 0, other_height = 0, done_height = 0, height = 0;
};

Foot measure_foot(Stage& stage, const Model& model, float width) {
  Foot made{.others = {}, .done = {.id = "till.done", .label = stage.texts.say("till.got_it"), .main = true}};
  if (can_print(model)) {
    const std::optional<Printing>& printing = model.visit.printing;
    const bool under_way = printing && printing->step == PrintStep::waiting;
    ButtonSpec print{.id = "till.print", .kind = ButtonKind::secondary, .icon = Icon::print, .enabled = !under_way};
    print.label = stage.texts.say(under_way                                       ? "print.printing"
                                  : printing && printing->step == PrintStep::done ? "print.again"
                                                                                  : "print.print");
    made.others.push_back(std::move(print));
  }
  if (model.store && model.store->keeps_carts)
    made.others.push_back(
        {.id = "till.phone", .label = stage.texts.say("till.to_phone"), .kind = ButtonKind::secondary, .icon = Icon::smartphone});
  const auto count = static_cast<float>(made.others.size());
  made.each = made.others.empty() ? width : (width - (count - 1) * buttons_gap) / count;
  for (const ButtonSpec& one : made.others) made.stacked = made.stacked || button_width(stage, one) > made.each + 24;
  if (made.stacked) made.each = width;
  for (const ButtonSpec& one : made.others) made.other_height = std::max(made.other_height, button_height(stage, made.each, one));
  made.done_height = button_height(stage, width, made.done);
  const float rows = made.stacked ? count : std::min(count, 1.0F);
  made.height = rows * (made.other_height + buttons_gap) + made.done_height;
  return made;
}

void draw_foot(Stage& stage, const Model& model, const TicketView& ticket, const Foot& foot, const Box& box) {
  Box at{box.x, box.y, foot.each, foot.other_height};
  for (const ButtonSpec& one : foot.others) {
    if (button(stage, at, one))
      stage.want(one.id == "till.phone" ? Intent{KeepOnPhone{}} : Intent{PrintPaper{ticket_paper(stage, model, ticket)}});
    if (foot.stacked) {
      at.y = at.bottom() + buttons_gap;
    } else {
      at.x = at.right() + buttons_gap;
    }
  }
  if (button(stage, {box.x, box.bottom() - foot.done_height, box.w, foot.done_height}, foot.done)) stage.want(Finish{});
}

void draw_open(Stage& stage, const Model& model, const TicketView* ticket) {
  const bool wide = stage.wide();
  // The ticket reaches into the bar.
  Surroundings frame(stage, model, {.back = true, .brand = !wide});
  const Box above = frame.above;
  const Box text{margin, 0, wide ? above.w - 2 * margin - 48 - ticket_wide : above.w - 2 * margin, 0};
  const Foot buttons = measure_foot(stage, model, text.w);
  const Box foot{margin, above.h - (wide ? 32 : 40) - buttons.height, text.w, buttons.height};
  if (wide) {
    draw_beside(stage, model, ticket, above, text, foot.y);
  } else {
    draw_upright(stage, model, ticket, above, foot.y);
  }
  if (ticket != nullptr) draw_foot(stage, model, *ticket, buttons, foot);
  frame.end();
  stage.tree.announcement_personal = ticket != nullptr;
  stage.tree.announcement = ticket == nullptr
                                ? stage.texts.say("search.waiting")
                                : stage.texts.say("till.spoken", {{"code", spelt(ticket->code)},
                                                                  {"total", ticket_total(stage, *ticket)},
                                                                  {"time", stage.texts.clock(ticket->valid_until)}});
}

std::vector<Stop> stops_of(Stage& stage, const TicketView& ticket, bool paid) {
  Texts& t = stage.texts;
  return {{t.say("till.made"), t.clock(ticket.made_at), StopMark::done},
          {t.say("till.at_till"), paid ? std::string() : t.say("till.at_till_line"), paid ? StopMark::done : StopMark::now},
          {t.say("pickup.paid"), t.say("till.receipt"), paid ? StopMark::done : StopMark::later, "till.receipt"}};
}

void draw_journey(Stage& stage, const Model& model, const TicketView& ticket, bool paid) {
  Surroundings frame(stage, model, {});
  const Box above = frame.above;
  const bool wide = stage.wide();
  Texts& texts = stage.texts;
  const std::string title = texts.say(paid ? "till.paid_title" : "till.taken_title");
  // What was not sold is still in it.
  const std::int64_t left = paid && model.visit.cart ? model.visit.cart->totals.units : 0;
  const ButtonSpec cart{
      .id = "till.cart", .label = texts.say("product.show_cart"), .kind = ButtonKind::secondary, .icon = Icon::shopping_cart};
  const ButtonSpec done{.id = "till.done", .label = texts.say("cart.finished"), .icon = Icon::check, .main = true};
  const float width = wide ? std::round((above.w - 2 * margin - 32) / 2) : above.w - 2 * margin;
  const float half = left > 0 ? std::round((width - 20) / 2) : width;
  const float button_h = std::max(button_height(stage, half, done), left > 0 ? button_height(stage, half, cart) : 0);
  const Box foot{above.w - margin - width, above.h - 32 - button_h, width, button_h};
  const Type type = stage.height_of(title, Type::h1, frame.top.w) > stage.line(Type::h1) ? Type::h2 : Type::h1;
  const float title_h = stage.height_of(title, type, frame.top.w);
  stage.write({margin, std::max(20.0F, (top_height - title_h) / 2), frame.top.w, 0}, title,
              {.role = Role::heading, .type = type, .colour = stage.theme.ink, .lines_max = 3, .id = "till.title"});
  float y = std::max(top_height, title_h + 40);
  const NightPanel panel{
      .id = "till",
      .label = texts.say("till.code_label"),
      .code = spaced(ticket.code),
      .words = texts.say(paid ? "till.paid" : "till.to_pay", {{"price", ticket_total(stage, ticket)}}),
      .line = left > 0 ? texts.say("till.left", {{"n", left}}) : texts.say("cart.items", {{"n", ticket.units}})};
  const float panel_h = night_panel_height(stage, panel, width);
  night_panel(stage, panel, {margin, y, width, panel_h});
  const std::vector<Stop> stops = stops_of(stage, ticket, paid);
  const float stops_h = stops_height(stage, stops, width);
  draw_stops(stage, stops, wide ? Box{foot.x, y, width, stops_h} : Box{margin, y + panel_h + gap, width, stops_h}, "till.now",
             Icon::point_of_sale);
  if (left > 0 && button(stage, {foot.x, foot.y, half, foot.h}, cart)) stage.want(Navigate{Route::cart});
  if (button(stage, {foot.right() - half, foot.y, half, foot.h}, done)) stage.want(Finish{});
  frame.end();
  stage.tree.announcement_personal = true;
  stage.tree.announcement = title + ". " + panel.words + ". " + texts.say(paid ? "till.receipt" : "till.at_till_line");
}

struct Sentence {
  CalmTint tint;
  std::size_t tile;
  Icon icon;
  const char* title;
  const char* line;
  bool again;  // a new code may help
};

Sentence refusal(const std::string& code) {
  if (code == "nothing_to_pay") return {CalmTint::info, 3, Icon::shopping_bag, "till.nothing", "till.nothing_line", false};
  if (code == "ticket_too_long") return {CalmTint::info, 3, Icon::point_of_sale, "till.too_long", "till.too_long_line", false};
  if (code == "ticket_taken") return {CalmTint::info, 3, Icon::point_of_sale, "till.elsewhere", "till.elsewhere_line", false};
  if (code == "no_answer") return {CalmTint::warn, 1, Icon::sync, "no_answer.title", "no_answer.line", true};
  return {CalmTint::warn, 1, Icon::point_of_sale, "till.failed", "till.failed_line", true};
}

Sentence sentence_of(PayStep step, const std::string& code) {
  switch (step) {
    case PayStep::returned:
      return {CalmTint::info, 3, Icon::shopping_bag, "till.returned", "till.returned_line", true};
    case PayStep::cancelled:
      return {CalmTint::info, 3, Icon::point_of_sale, "till.cancelled", "till.cancelled_line", true};
    case PayStep::expired:
      return {CalmTint::warn, 1, Icon::timer_off, "till.expired", "till.expired_line", true};
    case PayStep::stale:
      return {CalmTint::info, 3, Icon::shopping_bag, "till.stale", "till.stale_line", true};
    default:
      return refusal(code);
  }
}

void draw_back_to_cart(Stage& stage, const Model& model, PayStep step) {
  const Sentence sentence = sentence_of(step, model.visit.paying ? model.visit.paying->failed : std::string());
  CalmSpec spec{.tint = sentence.tint, .tile = sentence.tile, .icon = sentence.icon};
  spec.title = stage.texts.say(sentence.title);
  spec.line = stage.texts.say(sentence.line);
  spec.title_id = "till.over";
  if (sentence.again) spec.other = WayOn{"till.again", stage.texts.say("till.again"), Icon::replay, PayAtTill{}};
  spec.main = {"till.cart", stage.texts.say("till.to_cart"), Icon::shopping_cart, Navigate{Route::cart}};
  draw_calm_screen(stage, model, spec);
}

}  // namespace

void draw_till(Stage& stage, const Model& model) {
  const PayStep step = pay_step(model);
  const TicketView* ticket = model.visit.paying && model.visit.paying->ticket ? &*model.visit.paying->ticket : nullptr;
  // Each step is a screen of its own for the ear and the keys.
  if (step != PayStep::open) stage.tree.screen += "_" + std::string(name_of(step));
  switch (step) {
    case PayStep::waiting:
      draw_open(stage, model, nullptr);
      break;
    case PayStep::open:
      draw_open(stage, model, ticket);
      break;
    case PayStep::taken:
    case PayStep::paid:
      if (ticket != nullptr) draw_journey(stage, model, *ticket, step == PayStep::paid);
      break;
    default:
      draw_back_to_cart(stage, model, step);
  }
}

}  // namespace vitrine::kiosk::shopper
