// SPDX-License-Identifier: Apache-2.0
// See ticket_paper.hpp.
#include "kiosk/screens/shopper/ticket_paper.hpp"

#include <algorithm>

#include "kiosk/screens/shopper/journey.hpp"
#include "kiosk/screens/shopper/till_ticket.hpp"

namespace vitrine::kiosk::shopper {

Paper ticket_paper(Stage& stage, const Model& model, const TicketView& ticket) {
  Texts& texts = stage.texts;
  Paper paper{.language = texts.language(), .parts = {}};
  const auto add = [&](auto part) { paper.parts.emplace_back(std::move(part)); };
  const auto centred = [&](std::string words, PaperSize size, bool strong) {
    add(PaperWords{.left = std::move(words), .align = PaperAlign::centre, .size = size, .strong = strong});
  };
  centred(model.store->brand, PaperSize::large, true);
  centred(model.store->name, PaperSize::normal, false);
  centred(texts.say("paper.when", {{"day", texts.day(ticket.made_at)}, {"time", texts.clock(ticket.made_at)}}), PaperSize::normal,
          false);
  add(PaperGap{});
  centred(texts.say("till.title"), PaperSize::normal, true);
  add(PaperCode{ticket.qr});
  centred(texts.say("till.or_code"), PaperSize::normal, false);
  centred(spaced(ticket.code), PaperSize::huge, true);
  add(PaperRule{});
  for (const TicketLine& sold : ticket.lines) {
    if (!model.visit.cart) break;
    const std::vector<CartViewLine>& lines = model.visit.cart->lines;
    const auto line = std::ranges::find(lines, sold.key, &CartViewLine::key);
    if (line == lines.end()) continue;
    add(PaperWords{.left = texts.say("cart.receipt_line", {{"n", texts.number(sold.units)}, {"title", texts.pick(line->title)}}),
                   .right = line->total ? texts.money(*line->total) : std::string()});
  }
  if (model.visit.cart) {
    for (const Saving& saving : model.visit.cart->savings)
      add(PaperWords{.left = texts.pick(saving.title), .right = texts.money({-saving.minor, ticket.currency})});
  }
  if (ticket.lines_left_out > 0) add(PaperWords{.left = texts.say("cart.left_out", {{"n", ticket.lines_left_out}})});
  add(PaperRule{});
  add(PaperWords{
      .left = texts.say("cart.to_pay"), .right = ticket_total(stage, ticket), .size = PaperSize::large, .strong = true});
  add(PaperGap{});
  add(PaperWords{.left = texts.say("till.hold", {{"time", texts.clock(ticket.valid_until)}})});
  return paper;
}

}  // namespace vitrine::kiosk::shopper
