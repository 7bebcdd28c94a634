// SPDX-License-Identifier: Apache-2.0
// See order_paper.hpp.
#include "kiosk/screens/counter/order_paper.hpp"

#include "kiosk/screens/counter/desk.hpp"

namespace vitrine::kiosk::counter {

std::string place_words(Stage& stage, const CounterLine& line) {
  std::string words = stage.texts.say("order.item", {{"sku", line.sku}});
  if (!line.aisle.empty()) words += " · " + stage.texts.say("order.aisle", {{"aisle", line.aisle}, {"bay", line.bay}});
  if (line.waiting > 0) words += " · " + stage.texts.say("order.units", {{"n", line.waiting}});
  return words;
}

Paper order_paper(Stage& stage, const Model& model, const CounterOrder& order) {
  Texts& t = stage.texts;
  const bool picking = order.card.step == OrderStep::to_prepare;
  Paper paper{.language = t.language(), .parts = {}};
  const auto add = [&](auto part) { paper.parts.emplace_back(std::move(part)); };
  const auto centred = [&](std::string words, PaperSize size, bool strong) {
    add(PaperWords{.left = std::move(words), .align = PaperAlign::centre, .size = size, .strong = strong});
  };
  centred(model.store->brand, PaperSize::large, true);
  centred(model.store->name, PaperSize::normal, false);
  centred(t.say("paper.when", {{"day", t.day(model.now.utc)}, {"time", t.clock(model.now.utc)}}), PaperSize::normal, false);
  add(PaperGap{});
  centred(t.say(picking ? "order.fetch" : "paper.slip"), PaperSize::normal, true);
  centred(order_words(order.card.order), PaperSize::large, true);
  if (!order.card.shelf.empty()) centred(t.say("queue.shelf", {{"place", order.card.shelf}}), PaperSize::normal, false);
  add(PaperRule{});
  for (const CounterLine& line : order.lines) {
    const std::int64_t units = picking ? line.waiting : line.ready + line.customer;
    const std::string& title = t.pick(line.title).empty() ? line.sku : t.pick(line.title);
    if (units > 0) {
      add(PaperWords{.left = t.say("cart.receipt_line", {{"n", t.number(units)}, {"title", title}}), .strong = picking});
      add(PaperWords{.left = "   " + place_words(stage, line)});
    }
    if (line.missing > 0) add(PaperWords{.left = "   " + t.say("paper.missing", {{"n", line.missing}})});
    if (line.refused > 0) add(PaperWords{.left = "   " + t.say("paper.refused", {{"n", line.refused}})});
  }
  add(PaperRule{});
  add(PaperWords{.left = payment_words(stage, order.card), .strong = true});
  add(PaperGap{});
  return paper;
}

}  // namespace vitrine::kiosk::counter
