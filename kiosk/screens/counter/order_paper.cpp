// SPDX-License-Identifier: Apache-2.0
// See order_paper.hpp.
#include "kiosk/screens/counter/order_paper.hpp"

#include <algorithm>
#include <utility>

#include "kiosk/screens/counter/desk.hpp"
#include "kiosk/screens/counter/picking_parts.hpp"

namespace vitrine::kiosk::counter {

std::string place_words(Stage& stage, const CounterLine& line) {
  std::string words = stage.texts.say("order.item", {{"sku", line.sku}});
  if (!line.aisle.empty()) words += " · " + stage.texts.say("order.aisle", {{"aisle", line.aisle}, {"bay", line.bay}});
  if (line.waiting > 0) words += " · " + stage.texts.say("order.units", {{"n", line.waiting}});
  return words;
}

namespace {

class Sheet {
 public:
  Sheet(Stage& stage, const Model& model) : texts_(stage.texts) {
    paper_.language = texts_.language();
    centred(model.store->brand, PaperSize::large, true);
    centred(model.store->name);
  }
  template <class Part>
  void add(Part part) {
    paper_.parts.emplace_back(std::move(part));
  }
  void centred(std::string words, PaperSize size = PaperSize::normal, bool strong = false) {
    add(PaperWords{.left = std::move(words), .align = PaperAlign::centre, .size = size, .strong = strong});
  }
  // What it is, from when.
  void head(const std::string& title, UtcMs at) {
    centred(texts_.say("paper.when", {{"day", texts_.day(at)}, {"time", texts_.clock(at)}}));
    add(PaperGap{});
    centred(title, PaperSize::normal, true);
  }
  void goods(const CounterLine& line, std::int64_t units, bool strong = false) {
    const std::string& title = texts_.pick(line.title).empty() ? line.sku : texts_.pick(line.title);
    add(PaperWords{.left = texts_.say("cart.receipt_line", {{"n", texts_.number(units)}, {"title", title}}), .strong = strong});
  }
  void below(const std::string& words) { add(PaperWords{.left = "   " + words}); }
  Paper made() {
    add(PaperGap{});
    return std::move(paper_);
  }

 private:
  Texts& texts_;
  Paper paper_;
};

// Of `order`, the units of each line by its number. `title` says what the time stands for.
Paper receipt_of(Stage& stage, const Model& model, const CounterOrder& order, const UnitsOfLines& given_units, UtcMs at,
                 const char* title) {
  Texts& t = stage.texts;
  const OrderCard& card = order.card;
  Sheet sheet(stage, model);
  sheet.head(t.say(title), at);
  sheet.centred(order_words(card.order), PaperSize::large, true);
  if (!card.initial.empty()) sheet.centred(t.say("paper.buyer", {{"initial", card.initial}}));
  sheet.add(PaperRule{});
  std::int64_t amount = 0, left = 0;
  for (const CounterLine& line : order.lines) {
    const auto given = std::ranges::find(given_units, line.line, &UnitsOfLines::value_type::first);
    // Of an order that is over nothing comes any more: what was missing was paid back or replaced.
    if (card.step != OrderStep::over) left += line.waiting + line.ready + line.missing;
    if (given == given_units.end()) continue;
    sheet.goods(line, given->second);
    sheet.below(t.say("order.item", {{"sku", line.sku}}));
    amount += line.unit_price * given->second;
  }
  sheet.add(PaperRule{});
  sheet.add(PaperWords{.left = t.say("paper.goods_worth"), .right = t.money({amount, card.currency}), .strong = true});
  sheet.add(PaperWords{.left = payment_words(stage, card)});
  if (left > 0) sheet.add(PaperWords{.left = t.say("paper.still_here", {{"n", left}})});
  return sheet.made();
}

// What its buyer has of it, when nothing of it is here any more.
UnitsOfLines all_given(const CounterOrder& order) {
  UnitsOfLines given;
  for (const CounterLine& line : order.lines) {
    if (line.waiting > 0 || line.ready > 0) return {};
    if (line.customer > 0) given.emplace_back(line.line, line.customer);
  }
  return given;
}

}  // namespace

Paper order_paper(Stage& stage, const Model& model, const CounterOrder& order) {
  Texts& t = stage.texts;
  if (const UnitsOfLines given = all_given(order); !given.empty())
    return receipt_of(stage, model, order, given, model.now.utc, "paper.receipt_again");
  const bool picking = order.card.step == OrderStep::to_prepare;
  Sheet sheet(stage, model);
  sheet.head(t.say(picking ? "order.fetch" : "paper.slip"), model.now.utc);
  sheet.centred(order_words(order.card.order), PaperSize::large, true);
  if (!order.card.shelf.empty()) sheet.centred(t.say("queue.shelf", {{"place", order.card.shelf}}));
  sheet.add(PaperRule{});
  for (const CounterLine& line : order.lines) {
    const std::int64_t units = picking ? line.waiting : line.ready + line.customer;
    if (units > 0) {
      sheet.goods(line, units, picking);
      sheet.below(place_words(stage, line));
    }
    if (line.missing > 0) sheet.below(t.say("paper.missing", {{"n", line.missing}}));
    if (line.refused > 0) sheet.below(t.say("paper.refused", {{"n", line.refused}}));
  }
  sheet.add(PaperRule{});
  sheet.add(PaperWords{.left = payment_words(stage, order.card), .strong = true});
  return sheet.made();
}

Paper receipt_paper(Stage& stage, const Model& model, const HandedOver& handed) {
  return receipt_of(stage, model, handed.order, handed.lines, handed.at, "paper.receipt");
}

Paper pick_list_paper(Stage& stage, const Model& model, const std::vector<const PickLine*>& lines) {
  Texts& t = stage.texts;
  const bool by_order = model.visit.desk.pick && model.visit.desk.pick->by_order;
  Sheet sheet(stage, model);
  sheet.head(t.say("pick.title"), model.now.utc);
  sheet.centred(t.say("pick.count", {{"n", static_cast<std::int64_t>(lines.size())}}));
  const PickLine* before = nullptr;
  for (const PickLine* line : lines) {
    const bool same = before != nullptr && (by_order ? before->order == line->order : before->line.aisle == line->line.aisle);
    if (!same) {
      sheet.add(PaperRule{});
      sheet.add(PaperWords{.left = by_order                   ? t.say("queue.order", {{"order", order_words(line->order)}})
                                   : line->line.aisle.empty() ? t.say("pick.nowhere")
                                                              : t.say("pick.aisle", {{"aisle", line->line.aisle}}),
                           .size = PaperSize::large,
                           .strong = true});
    }
    before = line;
    sheet.goods(line->line, line->line.waiting, true);
    sheet.below(aisle_words(stage, line->line) + " · " + t.say("order.item", {{"sku", line->line.sku}}));
    if (!by_order) sheet.below(pick_words(stage, model, *line));
    if (const std::string taker = taker_of(model, line->line); !taker.empty()) sheet.below(t.say("pick.has", {{"name", taker}}));
  }
  sheet.add(PaperRule{});
  return sheet.made();
}

}  // namespace vitrine::kiosk::counter
