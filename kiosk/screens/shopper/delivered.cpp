// SPDX-License-Identifier: Apache-2.0
// The cart is ordered, to be sent home: the order's number to keep, and what happens next.
#include <algorithm>
#include <cmath>

#include "kiosk/screens/shopper/banners.hpp"
#include "kiosk/screens/shopper/deliver_parts.hpp"
#include "kiosk/screens/shopper/journey.hpp"
#include "kiosk/screens/shopper/surroundings.hpp"
#include "kiosk/screens/shopper/till_ticket.hpp"
#include "kiosk/widgets/parts.hpp"

namespace vitrine::kiosk::shopper {
namespace {

constexpr float gap = 28;
constexpr float edge = 40;
constexpr float code_most = 460;
constexpr float code_least = 240;
constexpr float buttons_gap = 20;

std::string total_of(Stage& stage, const DeliveryView& order) { return stage.texts.money({order.total, order.currency}); }

std::int64_t units_of(const DeliveryView& order) {
  std::int64_t units = 0;
  for (const DeliveryLine& line : order.lines) units += line.units;
  return units;
}

std::vector<Stop> stops_of(Stage& stage, const DeliveryView& order) {
  Texts& t = stage.texts;
  const bool confirmed = order.state == DeliveryState::confirmed || order.state == DeliveryState::completed;
  return {{t.say("deliver.noted"), t.clock(order.asked_at), StopMark::done},
          {t.say("deliver.sent"), order.at_hub ? std::string() : t.say("deliver.sent_later"),
           order.at_hub ? StopMark::done : StopMark::now, "deliver.sent"},
          {t.say("deliver.confirmed"), t.say(confirmed ? "deliver.on_its_way" : "deliver.until_then"),
           confirmed      ? StopMark::done
           : order.at_hub ? StopMark::now
                          : StopMark::later,
           "deliver.next"}};
}

// For a phone's camera, and on paper: the number and what it is about, and nothing of whose it is.
std::string text_of(Stage& stage, const Model& model, const DeliveryView& order) {
  Texts& t = stage.texts;
  return model.store->brand + ", " + model.store->name + "\n" + t.say("deliver.number") + ": " + order.order + "\n" +
         total_of(stage, order) + "\n" + t.say("paper.when", {{"day", t.day(order.asked_at)}, {"time", t.clock(order.asked_at)}});
}

Paper paper_of(Stage& stage, const Model& model, const DeliveryView& order) {
  Texts& t = stage.texts;
  Paper paper{.language = t.language(), .parts = {}};
  const auto add = [&](auto part) { paper.parts.emplace_back(std::move(part)); };
  const auto centred = [&](std::string words, PaperSize size, bool strong) {
    add(PaperWords{.left = std::move(words), .align = PaperAlign::centre, .size = size, .strong = strong});
  };
  centred(model.store->brand, PaperSize::large, true);
  centred(model.store->name, PaperSize::normal, false);
  centred(t.say("paper.when", {{"day", t.day(order.asked_at)}, {"time", t.clock(order.asked_at)}}), PaperSize::normal, false);
  add(PaperGap{});
  centred(t.say("deliver.number"), PaperSize::normal, true);
  centred(order.order, PaperSize::large, true);
  add(PaperRule{});
  for (const DeliveryLine& line : order.lines)
    add(PaperWords{.left = t.say("cart.receipt_line", {{"n", t.number(line.units)}, {"title", t.pick(line.title)}}),
                   .right = t.money({line.total, order.currency})});
  add(PaperRule{});
  add(PaperWords{.left = t.say("cart.to_pay"), .right = total_of(stage, order), .size = PaperSize::large, .strong = true});
  add(PaperGap{});
  add(PaperWords{.left = t.say("deliver.where")});
  add(PaperWords{.left = t.say("deliver.until_then")});
  return paper;
}

struct Buttons {
  ButtonSpec print, done;
  bool can_print = false, stacked = false;
  float each = 0, print_h = 0, done_h = 0, height = 0;
};

Buttons measure_buttons(Stage& stage, const Model& model, float width) {
  const std::optional<Printing>& printing = model.visit.printing;
  const bool under_way = printing && printing->step == PrintStep::waiting;
  Buttons made{{.id = "deliver.print",
                .label = stage.texts.say(under_way                                       ? "print.printing"
                                         : printing && printing->step == PrintStep::done ? "print.again"
                                                                                         : "print.print"),
                .kind = ButtonKind::secondary,
                .icon = Icon::print,
                .enabled = !under_way},
               {.id = "deliver.done", .label = stage.texts.say("cart.finished"), .icon = Icon::check, .main = true}};
  made.can_print = can_print(model);
  const float half = (width - buttons_gap) / 2;
  made.stacked = made.can_print && std::max(button_width(stage, made.print), button_width(stage, made.done)) > half + 24;
  made.each = made.stacked || !made.can_print ? width : half;
  made.print_h = made.can_print ? button_height(stage, made.each, made.print) : 0;
  made.done_h = button_height(stage, made.each, made.done);
  made.height = made.stacked ? made.print_h + buttons_gap + made.done_h : std::max(made.print_h, made.done_h);
  return made;
}

void draw_buttons(Stage& stage, const Model& model, const DeliveryView& order, const Buttons& buttons, const Box& box) {
  const float print_h = buttons.stacked ? buttons.print_h : box.h;
  if (buttons.can_print && button(stage, {box.x, box.y, buttons.each, print_h}, buttons.print))
    stage.want(PrintPaper{paper_of(stage, model, order)});
  const float done_h = buttons.stacked ? buttons.done_h : box.h;
  if (button(stage, {box.right() - buttons.each, box.bottom() - done_h, buttons.each, done_h}, buttons.done))
    stage.want(Finish{});
}

// The code in a card of its own, with what it is for below it.
float code_words_height(Stage& stage, float width) {
  return 2 * edge + 20 + stage.height_of(stage.texts.say("deliver.keep"), Type::small, width - 2 * edge);
}

void draw_code(Stage& stage, const std::string& text, const Box& box) {
  card(stage, box);
  const std::string keep = stage.texts.say("deliver.keep");
  const float words = stage.height_of(keep, Type::small, box.w - 2 * edge);
  const float side = std::round(std::min({box.w - 2 * edge, box.h - 2 * edge - 20 - words, code_most}));
  const float top = box.centre().y - (side + 20 + words) / 2;
  if (const QrModules modules = make_qr(text); modules.size > 0)
    qr_tile(stage, {box.centre().x - side / 2, top, side, side}, modules, "deliver.qr", stage.texts.say("deliver.image"), text);
  stage.write({box.x + edge, top + side + 20, box.w - 2 * edge, 0}, keep,
              {.type = Type::small, .colour = stage.theme.ink_2, .align = Align::centre, .lines_max = 4, .id = "deliver.keep"});
}

}  // namespace

void draw_delivered(Stage& stage, const Model& model, const DeliveryView& order) {
  Surroundings frame(stage, model, {});
  const Box above = frame.above;
  const bool wide = stage.wide();
  Texts& texts = stage.texts;
  const std::string title = texts.say("deliver.thanks");
  const float width = wide ? std::round((above.w - 2 * margin - 32) / 2) : above.w - 2 * margin;
  const Buttons buttons = measure_buttons(stage, model, width);
  const Box foot{above.w - margin - width, above.h - 32 - buttons.height, width, buttons.height};
  const Type type = stage.height_of(title, Type::h1, frame.top.w) > stage.line(Type::h1) ? Type::h2 : Type::h1;
  const float title_h = stage.height_of(title, type, frame.top.w);
  stage.write({margin, std::max(20.0F, (top_height - title_h) / 2), frame.top.w, 0}, title,
              {.role = Role::heading, .type = type, .colour = stage.theme.ink, .lines_max = 3, .id = "deliver.title"});
  float y = std::max(top_height, title_h + 40);
  const NightPanel panel{.id = "deliver",
                         .label = texts.say("deliver.number"),
                         .code = order.order,
                         .words = texts.say("till.to_pay", {{"price", total_of(stage, order)}}),
                         .line = texts.say("cart.items", {{"n", units_of(order)}})};
  const std::optional<BannerSpec> printed = printing_banner(stage, model);
  const float panel_h = night_panel_height(stage, panel, width);
  night_panel(stage, panel, {margin, y, width, panel_h});
  const std::vector<Stop> stops = stops_of(stage, order);
  const float stops_h = stops_height(stage, stops, width);
  const std::string text = text_of(stage, model, order);
  const float least = code_words_height(stage, width) + code_least;
  if (wide) {
    draw_stops(stage, stops, {foot.x, y, width, stops_h}, "deliver.now", Icon::local_shipping);
    y += panel_h + gap;
    const float room = above.h - 32 - y;
    if (room >= least) draw_code(stage, text, {margin, y, width, std::min(room, code_words_height(stage, width) + code_most)});
  } else {
    y += panel_h + gap;
    draw_stops(stage, stops, {margin, y, width, stops_h}, "deliver.now", Icon::local_shipping);
    y += stops_h + gap;
    const float said = printed ? banner_height(stage, width, *printed) + 22 : 0;
    float room = foot.y - gap - y;
    if (printed && room >= said - 22) {
      banner(stage, {margin, y, width, said - 22}, *printed);
      y += said;
      room -= said;
    }
    // The number stands above: the code gives way to what happens next.
    if (room >= least) draw_code(stage, text, {margin, y, width, std::min(room, code_words_height(stage, width) + code_most)});
  }
  draw_buttons(stage, model, order, buttons, foot);
  frame.end();
  stage.tree.announcement_personal = true;
  stage.tree.announcement =
      texts.say("deliver.spoken_done", {{"number", spelt(order.order)},
                                        {"total", total_of(stage, order)},
                                        {"next", stops[1].mark == StopMark::done ? stops[2].line : stops[1].line}});
}

}  // namespace vitrine::kiosk::shopper
