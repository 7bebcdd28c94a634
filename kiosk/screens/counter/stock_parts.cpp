// SPDX-License-Identifier: Apache-2.0
// Lists of products, and what there is of one; see stock_parts.hpp.
#include "kiosk/screens/counter/stock_parts.hpp"

#include <algorithm>

#include "kiosk/screens/counter/desk.hpp"
#include "kiosk/screens/counter/queue_parts.hpp"

namespace vitrine::kiosk::counter {
namespace {

constexpr float pad = 28;
constexpr float gap = 24;
constexpr float head_height = 60;
constexpr float row_height = 92;
constexpr float row_gap = 12;  // between what can be touched

struct Row {
  std::string id;
  std::string title;
  std::string line;
  std::string figure{};
  Colour colour{};  // of the figure
  const ProductCard* product = nullptr;
  bool selected = false;
  bool first = false;  // of what was found: Enter opens it
};

// A row that opens a product.
bool draw_row(Stage& stage, const Box& row, const Row& one) {
  const Theme& theme = stage.theme;
  TargetSpec target{.id = one.id, .box = row, .label = one.title, .radius = 16 * theme.corner_scale, .value = one.figure};
  target.selected = one.selected;
  if (one.first) target.shortcut = Key::enter;
  target.spoken = one.title + ". " + one.line;
  const TargetState state = stage.target(target);
  const auto tint = one.selected ? 1.0 : static_cast<double>(state.press);
  if (tint > 0) stage.canvas.fill(row, mix(theme.surface, theme.primary_tint, tint));
  float x = row.x + 20;
  if (one.product != nullptr) {
    product_tile(stage, {x, row.centre().y - 32, 64, 64}, one.product->pictogram, one.product->tile);
    x += 64 + 18;
  } else {
    stage.canvas.disc({x + 26, row.centre().y}, 26, theme.warn_tint);
    stage.canvas.icon(Icon::inventory_2, 30, {x + 26, row.centre().y}, theme.warn);
    x += 52 + 18;
  }
  const float figure = one.figure.empty() ? 0 : stage.canvas.width_of(Type::desk_name, one.figure) + 16;
  const float room = row.right() - 20 - figure - x;
  const auto title = stage.canvas.wrap(Type::desk_label, one.title, room);
  const auto line = stage.canvas.wrap(Type::desk_caption, one.line, room);
  const std::size_t titles = std::min<std::size_t>(title.size(), line.size() > 1 ? 1 : 2);
  const std::size_t lines = std::min<std::size_t>(line.size(), 2);
  const float height =
      static_cast<float>(titles) * stage.line(Type::desk_label) + static_cast<float>(lines) * stage.line(Type::desk_caption);
  float y = row.centre().y - height / 2;
  stage.canvas.push_clip({x, row.y, room, row.h});
  for (std::size_t i = 0; i < titles; ++i, y += stage.line(Type::desk_label))
    stage.canvas.text(Type::desk_label, {x, y}, theme.ink, title[i]);
  for (std::size_t i = 0; i < lines; ++i, y += stage.line(Type::desk_caption))
    stage.canvas.text(Type::desk_caption, {x, y}, theme.ink_2, line[i]);
  stage.canvas.pop_clip();
  if (figure > 0)
    stage.canvas.text(Type::desk_name, {row.right() - 20, row.centre().y - stage.line(Type::desk_name) / 2}, one.colour,
                      one.figure, Align::right);
  return state.acted;
}

void draw_head(Stage& stage, const Box& row, const std::string& title, const std::string& side, const char* id) {
  const float wide = side.empty() ? 0 : stage.canvas.width_of(Type::desk_caption, side) + 1;
  const float room = row.w - wide - 16;
  stage.write_centred({row.x, row.y, room, row.h}, title,
                      {.role = Role::heading,
                       .type = stage.fitting({Type::desk_head, Type::desk_label, Type::desk_rail}, title, room),
                       .colour = stage.theme.ink,
                       .id = std::string(id) + ".title"});
  if (wide > 0)
    stage.write_centred(
        {row.right() - wide, row.y, wide, row.h}, side,
        {.type = Type::desk_caption, .colour = stage.theme.ink_2, .align = Align::right, .id = std::string(id) + ".side"});
}

void draw_empty(Stage& stage, const Box& box, const std::string& words, const char* id) {
  card_of(stage, box);
  const float height = stage.height_of(words, Type::desk_body, box.w - 2 * pad);
  stage.write({box.x + pad, box.centre().y - height / 2, box.w - 2 * pad, 0}, words,
              {.role = Role::status,
               .type = Type::desk_body,
               .colour = stage.theme.ink_2,
               .align = Align::centre,
               .lines_max = 3,
               .id = std::string(id) + ".empty"});
}

// Rows in a card below their head.
template <class Each>
void draw_rows(Stage& stage, const Box& place, std::size_t count, const char* id, Each&& each) {
  const float all = static_cast<float>(count) * (row_height + row_gap);
  const Box card{place.x, place.y, place.w, std::min(place.h, all + 16)};
  card_of(stage, card);
  const Box list{card.x + 2, card.y + 8, card.w - 4, card.h - 16};
  const float scrolled = stage.begin_list(id, list);
  for (std::size_t i = 0; i < count; ++i) {
    const Box row{list.x, list.y + row_gap / 2 - scrolled + static_cast<float>(i) * (row_height + row_gap), list.w, row_height};
    // Far out of sight a row is neither drawn nor told.
    if (row.bottom() < list.y - 6 * row_height || row.y > list.bottom() + 6 * row_height) continue;
    each(i, row);
    if (i + 1 < count) stage.canvas.fill({row.x + 20, row.bottom() + row_gap / 2 - 1, row.w - 40, 2}, stage.theme.line);
  }
  stage.end_list(all);
}

// A figure of the record on its plate.
void draw_figure(Stage& stage, const Box& box, const std::string& figure, Colour colour, const std::string& label,
                 const char* id) {
  const Theme& theme = stage.theme;
  stage.canvas.fill(box, theme.sunken, 20 * theme.corner_scale);
  const float room = box.w - 2 * 18;
  float y = box.y + 14;
  y += stage.write({box.x + 18, y, room, 0}, figure,
                   {.role = Role::status, .type = Type::desk_figure, .colour = colour, .id = std::string("stock.") + id});
  y += stage.write({box.x + 18, y, room, 0}, label,
                   {.type = stage.fitting({Type::desk_label, Type::desk_badge, Type::desk_rail}, label, room),
                    .colour = theme.ink,
                    .lines_max = 2});
}

void draw_figures(Stage& stage, const StockRecord& record, const Box& row) {
  const Theme& theme = stage.theme;
  Texts& t = stage.texts;
  // In a narrow place two by two.
  const int columns = row.h > 200 ? 2 : 4;
  const float wide = (row.w - static_cast<float>(columns - 1) * 16) / static_cast<float>(columns);
  const auto place = [&](int i) {
    return Box{row.x + static_cast<float>(i % columns) * (wide + 16), row.y + static_cast<float>(i / columns) * (108 + 16), wide,
               108};
  };
  draw_figure(stage, place(0), t.number(record.on_hand), record.on_hand < 0 ? theme.warn : theme.ink, t.say("stock.on_hand"),
              "on_hand");
  draw_figure(stage, place(1), t.number(record.reserved), record.reserved > 0 ? theme.info : theme.ink, t.say("stock.held"),
              "held");
  draw_figure(stage, place(2), t.number(record.safety), theme.ink, t.say("stock.kept_back"), "kept_back");
  draw_figure(stage, place(3), t.number(record.available), record.available > 0 ? theme.ok : theme.warn, t.say("stock.free"),
              "free");
}

// How old the figures are, in the colour of their age (kiosk-ui section 8).
void draw_age(Stage& stage, const Model& model, const StockRecord& record, Point right) {
  const Theme& theme = stage.theme;
  const Freshness age = shown_freshness(
      {.on_hand = record.on_hand, .aisle = {}, .bay = {}, .as_of = record.as_of, .freshness = record.freshness}, model);
  if (age == Freshness::unknown) return;
  const std::string time = stage.texts.clock(record.as_of);
  const bool well = age == Freshness::fresh || age == Freshness::recent;
  const std::string words = age == Freshness::check ? stage.texts.say("cart.check_first", {{"time", time}})
                                                    : stage.texts.say("customer.as_of", {{"time", time}});
  const float width = desk_chip_width(stage, words);
  const Colour ink = age == Freshness::check ? theme.warn : well ? theme.ok : theme.ink_2;
  const Colour tint = age == Freshness::check ? theme.warn_tint : well ? theme.ok_tint : theme.sunken;
  desk_chip(stage, {right.x - width, right.y}, Icon::schedule, words, ink, tint);
}

std::string promise_words(Stage& stage, const StockPromise& promise) {
  Texts& t = stage.texts;
  constexpr std::string_view order = "order/";
  if (promise.purpose.starts_with(order))
    return t.say("queue.order", {{"order", order_words(promise.purpose.substr(order.size()))}});
  return t.say(promise.purpose.starts_with("cart/") ? "stock.for_cart" : "stock.for_other");
}

// What does not add up, then for whom some of it is held; one list.
void draw_more(Stage& stage, const Model& model, const StockRecord& record, const Box& place) {
  const Theme& theme = stage.theme;
  Texts& t = stage.texts;
  const StockOnScreen& screen = *model.visit.desk.stock;
  const bool settles = may(model.visit.desk, "counts") && !record.discrepancies.empty();
  card_of(stage, place);
  const ButtonSpec seen{.id = "stock.settle",
                        .label = t.say("stock.seen_to"),
                        .kind = ButtonKind::secondary,
                        .desk = true,
                        .enabled = !screen.pending && model.visit.desk.stock_acting == 0};
  const float wide = settles ? button_width(stage, seen) : 0;
  const Box list{place.x + 2, place.y + 12, place.w - 4, place.h - 24};
  const float scrolled = stage.begin_list("stock.more", list);
  float y = list.y + 8 - scrolled;
  const float x = place.x + pad;
  const float room = place.w - 2 * pad;
  const auto head = [&](const std::string& words, float beside, const char* id) {
    stage.write_centred({x, y, room - beside, 72}, words,
                        {.role = Role::heading,
                         .type = stage.fitting({Type::desk_head, Type::desk_label, Type::desk_rail}, words, room - beside),
                         .colour = theme.ink,
                         .id = id});
  };
  if (!record.discrepancies.empty()) {
    head(t.say("stock.checks"), wide + 16, "stock.odd.title");
    if (settles && button(stage, {x + room - wide, y, wide, 72}, seen)) stage.want(CounterWish{ConfirmStock{true}});
    y += 80;
    for (const Discrepancy& one : record.discrepancies) {
      const std::string when = t.day(one.at) + ", " + t.clock(one.at);
      stage.canvas.icon(Icon::error_outline, 30, {x + 15, y + 20}, theme.warn);
      y += stage.write(
          {x + 46, y + 4, room - 46, 0}, discrepancy_words(stage, one),
          {.role = Role::status, .type = Type::desk_label, .colour = theme.ink, .lines_max = 3, .id = "stock.odd." + one.id});
      y += stage.write({x + 46, y + 4, room - 46, 0}, when, {.type = Type::desk_caption, .colour = theme.ink_2}) + 20;
    }
    stage.canvas.fill({x, y, room, 2}, theme.line);
    y += 8;
  }
  y += draw_nearby(stage, model, {x, y, room, 0});
  head(t.say("stock.held_for"), 0, "stock.held_for.title");
  y += 76;
  if (record.promises.empty())
    y +=
        stage.write({x, y, room, 0}, t.say("stock.held_none"), {.type = Type::desk_body, .colour = theme.ink_2, .lines_max = 2}) +
        12;
  const ButtonSpec give{
      .id = {}, .label = t.say("stock.give_back"), .kind = ButtonKind::secondary, .desk = true, .enabled = seen.enabled};
  const float give_wide = button_width(stage, give);
  for (const StockPromise& promise : record.promises) {
    // An order's goods are the order's: it is given up there.
    const bool gives = !promise.purpose.starts_with("order/");
    const std::string units = t.say("stock.units", {{"n", promise.units}});
    const std::string until = t.say(
        "stock.until", {{"time", t.same_day(promise.until, model.now.utc) ? t.clock(promise.until) : t.day(promise.until)}});
    const bool goes = screen.pending && screen.pending->reservation == promise.id && screen.pending->work == StockWork::give_back;
    const float right = (gives ? give_wide + 20 : 0) + stage.canvas.width_of(Type::desk_label, units) + 1;
    const float words = room - right - 16;
    const float height = std::max(gives ? 72.0F : 0.0F, stage.line(Type::desk_label) + stage.line(Type::desk_caption));
    const float top = y + (height - stage.line(Type::desk_label) - stage.line(Type::desk_caption)) / 2;
    stage.write({x, top, words, 0}, promise_words(stage, promise),
                {.type = Type::desk_label, .colour = theme.ink, .lines_max = 1});
    stage.write({x, top + stage.line(Type::desk_label), words, 0}, goes ? t.say("stock.giving_back_row") : until,
                {.role = Role::status,
                 .type = Type::desk_caption,
                 .colour = goes ? theme.warn : theme.ink_2,
                 .lines_max = 1,
                 .id = "stock.held." + promise.id});
    stage.write_centred({x + room - right, y, right - (gives ? give_wide + 20 : 0), height}, units,
                        {.type = Type::desk_label, .colour = theme.info, .align = Align::right});
    if (gives) {
      ButtonSpec one = give;
      one.id = "stock.give_back." + promise.id;
      one.spoken = give.label + ". " + promise_words(stage, promise) + ", " + units + ", " + until;
      if (button(stage, {x + room - give_wide, y + (height - 72) / 2, give_wide, 72}, one))
        stage.want(CounterWish{GiveBack{promise.id}});
    }
    y += height + 16;
  }
  stage.end_list(y + scrolled - list.y + 8);
}

}  // namespace

const std::string& title_of(Stage& stage, const ProductCard& card) {
  const std::string& title = stage.texts.pick(card.title);
  return title.empty() ? card.sku.text : title;
}

std::string item_words(Stage& stage, const std::string& sku, const std::string& aisle, const std::string& bay) {
  std::string words = stage.texts.say("order.item", {{"sku", sku}});
  if (!aisle.empty()) words += " · " + stage.texts.say("order.aisle", {{"aisle", aisle}, {"bay", bay}});
  return words;
}

std::string discrepancy_words(Stage& stage, const Discrepancy& found) {
  Texts& t = stage.texts;
  const std::int64_t n = found.units < 0 ? -found.units : found.units;
  if (found.kind == "count") return t.say(found.units < 0 ? "stock_odd.count_fewer" : "stock_odd.count_more", {{"n", n}});
  if (found.kind == "negative") return t.say("stock_odd.negative", {{"n", n}});
  if (found.kind == "late_move") return t.say(found.units < 0 ? "stock_odd.late_out" : "stock_odd.late_in", {{"n", n}});
  if (found.kind == "late_count") return t.say("stock_odd.late_count");
  if (found.kind == "unlisted") return t.say("stock_odd.unlisted");
  if (found.kind == "import_unclear") return t.say("stock_odd.import_unclear");
  return t.say("stock_odd.other");
}

void draw_products(Stage& stage, const Model& model, const Box& place) {
  const Theme& theme = stage.theme;
  Texts& t = stage.texts;
  const StockOnScreen& screen = *model.visit.desk.stock;
  const bool searched = screen.found.has_value();
  const std::vector<ProductCard>& cards = searched ? screen.found->products : screen.looked_up;
  const std::string count = searched ? t.say("search.count", {{"n", screen.found->total}}) : std::string();
  draw_head(stage, {place.x, place.y, place.w, head_height}, t.say(searched ? "stock.found" : "stock.looked_up"), count,
            "stock.list");
  const Box below{place.x, place.y + head_height, place.w, place.h - head_height};
  if (cards.empty()) {
    const std::string words = searched ? t.say("search.none", {{"words", screen.words.text}}) : t.say("stock.looked_up_none");
    return draw_empty(stage, {below.x, below.y, below.w, 112}, words, "stock.list");
  }
  draw_rows(stage, below, cards.size(), "stock.list", [&](std::size_t i, const Box& row) {
    const ProductCard& card = cards[i];
    Row one{.id = "stock.product." + card.sku.text,
            .title = title_of(stage, card),
            .line = card.stock ? item_words(stage, card.sku.text, card.stock->aisle, card.stock->bay)
                               : t.say("order.item", {{"sku", card.sku.text}})};
    one.product = &card;
    one.selected = screen.product && screen.product->sku == card.sku;
    one.first = searched && i == 0 && !screen.product && !screen.keyboard;
    if (card.stock) {
      one.figure = t.number(card.stock->on_hand);
      one.colour = card.stock->on_hand > 0 ? theme.ok : theme.warn;
    }
    if (draw_row(stage, row, one)) stage.want(CounterWish{LookAtStock{card.sku.text}});
  });
}

void draw_checks(Stage& stage, const Model& model, const Box& place) {
  Texts& t = stage.texts;
  const StockOnScreen& screen = *model.visit.desk.stock;
  const auto count = static_cast<std::int64_t>(screen.checks.size());
  draw_head(stage, {place.x, place.y, place.w, head_height}, t.say("stock.checks"),
            count > 0 ? t.number(count) + " · " + t.say("queue.oldest_first") : std::string(), "stock.checks");
  const Box below{place.x, place.y + head_height, place.w, place.h - head_height};
  if (screen.checks.empty())
    return draw_empty(stage, {below.x, below.y, below.w, 112},
                      t.say(screen.checks_known ? "stock.checks_none" : "sign_in.loading"), "stock.checks");
  draw_rows(stage, below, screen.checks.size(), "stock.checks", [&](std::size_t i, const Box& row) {
    const StockCheck& check = screen.checks[i];
    const std::string& title = t.pick(check.title).empty() ? check.sku : t.pick(check.title);
    const Row one{.id = "stock.check." + std::to_string(i), .title = title, .line = discrepancy_words(stage, check.found)};
    if (draw_row(stage, row, one)) stage.want(CounterWish{LookAtStock{check.sku}});
  });
}

float draw_record_head(Stage& stage, const Model& model, const Box& place) {
  const Theme& theme = stage.theme;
  Texts& t = stage.texts;
  const StockOnScreen& screen = *model.visit.desk.stock;
  const ProductCard& product = *screen.product;
  const bool narrow = place.w < 600;
  const float figures = narrow ? 2 * 108 + 16 : 108;
  const float tile = narrow ? 84 : 108;
  const float side = narrow ? 20 : pad;
  const float room = place.w - 2 * side - tile - 24;
  const std::string& title = title_of(stage, product);
  const Type title_type = stage.fitting({Type::desk_title, Type::desk_head, Type::desk_label}, title, room);
  const std::string price = product.price ? " · " + t.money(*product.price) : std::string();
  const std::string line = screen.record ? item_words(stage, product.sku.text, screen.record->aisle, screen.record->bay) + price
                                         : t.say("order.item", {{"sku", product.sku.text}}) + price;
  const Type line_type = stage.fitting({Type::desk_body, Type::desk_caption, Type::desk_rail}, line, room);
  const UtcMs at = screen.record ? screen.record->counted_at : UtcMs{};
  const std::string counted = !screen.record ? std::string()
                              : at.value > 0 ? t.say("stock.counted", {{"day", t.day(at)}})
                                             : t.say("stock.never_counted");
  const float words = stage.height_of(title, title_type, room) + 2 + stage.height_of(line, line_type, room) +
                      (counted.empty() ? 0 : stage.height_of(counted, Type::desk_caption, room));
  const float top = narrow ? std::max(tile, words) : tile;
  const Box head{place.x, place.y, place.w,
                 pad + top + (screen.record ? 20 + figures + (narrow ? 12 + desk_chip_height : 0) : 0) + pad};
  card_of(stage, head);
  product_tile(stage, {head.x + side, head.y + pad, tile, tile}, product.pictogram, product.tile);
  const float x = head.x + side + tile + 24;
  float y = head.y + pad;
  y += stage.write(
           {x, y, room, 0}, title,
           {.role = Role::heading, .type = title_type, .colour = theme.ink, .lines_max = narrow ? 5 : 2, .id = "stock.product"}) +
       2;
  y += stage.write({x, y, room, 0}, line,
                   {.type = line_type, .colour = theme.ink_2, .lines_max = narrow ? 3 : 2, .id = "stock.item"});
  if (!screen.record) return head.h;
  stage.write({x, y, room, 0}, counted,
              {.type = Type::desk_caption, .colour = theme.ink_2, .lines_max = 2, .id = "stock.counted"});
  draw_figures(stage, *screen.record, {head.x + side, head.y + pad + top + 20, head.w - 2 * side, figures});
  if (narrow) draw_age(stage, model, *screen.record, {head.right() - side, head.bottom() - pad - desk_chip_height});
  return head.h;
}

void draw_record(Stage& stage, const Model& model, const Box& place) {
  Texts& t = stage.texts;
  const StockOnScreen& screen = *model.visit.desk.stock;
  const Box head{place.x, place.y, place.w, draw_record_head(stage, model, place)};
  const Box below{place.x, head.bottom() + gap, place.w, place.bottom() - head.bottom() - gap};
  if (screen.record) {
    draw_age(stage, model, *screen.record, {head.right() - pad, head.y - desk_chip_height - 12});
    return draw_more(stage, model, *screen.record, below);
  }
  draw_empty(stage, {below.x, below.y, below.w, 128}, t.say(screen.no_record ? "stock.no_record" : "sign_in.loading"),
             "stock.record");
  if (screen.no_record && !screen.nearby.empty()) {
    const Box card{below.x, below.y + 128 + gap, below.w, below.h - 128 - gap};
    card_of(stage, card);
    const float scrolled = stage.begin_list("stock.more", {card.x + 2, card.y + 12, card.w - 4, card.h - 24});
    stage.end_list(draw_nearby(stage, model, {card.x + pad, card.y + 20 - scrolled, card.w - 2 * pad, 0}) + 16);
  }
}

}  // namespace vitrine::kiosk::counter
