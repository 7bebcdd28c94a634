// SPDX-License-Identifier: Apache-2.0
// Stock in words; see stock_words.hpp.
#include "kiosk/screens/shopper/stock_words.hpp"

namespace vitrine::kiosk::shopper {

std::string place_words(Stage& stage, const StockHere& stock) {
  if (stock.aisle.empty()) return {};
  if (stock.bay.empty()) return stage.texts.say("cart.place_aisle", {{"aisle", stock.aisle}});
  return stage.texts.say("cart.place", {{"aisle", stock.aisle}, {"bay", stock.bay}});
}

bool is_sold_out(const Model& model, const std::optional<StockHere>& known) {
  if (!known || known->on_hand > 0) return false;
  const Freshness age = shown_freshness(*known, model);
  return age == Freshness::fresh || age == Freshness::recent || age == Freshness::old;
}

StockWords stock_words(Stage& stage, const Model& model, const std::optional<StockHere>& known) {
  Texts& texts = stage.texts;
  const Theme& theme = stage.theme;
  if (!known) return {};
  const StockHere& stock = *known;
  const std::string count = texts.number(stock.on_hand);
  const std::string time = texts.clock(stock.as_of);
  StockWords words;
  words.colour = theme.ok;
  switch (shown_freshness(stock, model)) {
    case Freshness::fresh:
      words.text = texts.say("cart.here", {{"n", count}});
      break;
    case Freshness::recent:
      words.text = texts.say(model.link_banner == LinkBanner::offline ? "cart.here_at" : "cart.here_as_of",
                             {{"n", count}, {"time", time}});
      break;
    case Freshness::old:
      words.text = texts.say("cart.last_seen", {{"n", count}, {"time", time}});
      words.colour = theme.ink_2;
      break;
    case Freshness::check:
      words.text = texts.say("cart.check_first", {{"time", time}});
      words.colour = theme.warn;
      words.icon = Icon::error_outline;
      break;
    case Freshness::unknown:
      break;
  }
  const std::string place = place_words(stage, stock);
  if (!place.empty()) words.text = words.text.empty() ? place : place + " · " + words.text;
  if (shown_freshness(stock, model) == Freshness::unknown) words.colour = theme.ink_2;
  return words;
}

StockWords offer_words(Stage& stage, const Model& model, const std::optional<StockHere>& known) {
  if (is_sold_out(model, known)) return {stage.texts.say("cart.sold_out"), stage.theme.warn, Icon::error_outline};
  return stock_words(stage, model, known);
}

}  // namespace vitrine::kiosk::shopper
