// SPDX-License-Identifier: Apache-2.0
// Chips, rows and empty states of the search; see search_parts.hpp.
#include "kiosk/screens/shopper/search_parts.hpp"

#include <algorithm>

#include "kiosk/screens/shopper/product_words.hpp"
#include "kiosk/screens/shopper/stock_words.hpp"

namespace vitrine::kiosk::shopper {
namespace {

constexpr float row_pad = 20;
constexpr float row_gap = 15;  // between targets; the divider lies in it
constexpr float tile_side = 104;
constexpr float tile_side_large = 96;

std::string band_words(Stage& stage, const Model& model, const PriceBand& band) {
  const auto money = [&](std::int64_t minor) { return stage.texts.money({minor, model.store->currency}); };
  if (!band.to) return stage.texts.say("search.from", {{"price", money(band.from)}});
  if (band.from == 0) return stage.texts.say("search.under", {{"price", money(*band.to)}});
  return stage.texts.say("search.between", {{"from", money(band.from)}, {"to", money(*band.to)}});
}

}  // namespace

std::vector<FilterChip> filter_chips(Stage& stage, const Model& model) {
  const Search& search = model.visit.search;
  std::vector<FilterChip> chips;
  if (!search.found) return chips;
  const SearchFilter& now = search.filter;
  chips.push_back({{.id = "filter.all", .label = stage.texts.say("search.all"), .chosen = now == SearchFilter{}}, {}});
  SearchFilter stock = now;
  stock.in_stock = !now.in_stock;
  chips.push_back({{.id = "filter.stock", .label = stage.texts.say("search.in_stock"), .chosen = now.in_stock}, stock});
  std::vector<FilterChip> others;
  const auto price_chip = [&](const PriceBand& band) {
    SearchFilter filter = now;
    const bool chosen = now.price == band;
    filter.price = chosen ? std::nullopt : std::optional(band);
    others.push_back(
        {{.id = "filter.price." + std::to_string(band.from), .label = band_words(stage, model, band), .chosen = chosen}, filter});
  };
  const auto department_chip = [&](const DepartmentCount& department) {
    const std::string& name = stage.texts.pick(department.name);
    if (name.empty()) return;
    SearchFilter filter = now;
    const bool chosen = now.department == department.id;
    filter.department = chosen ? std::string() : department.id;
    others.push_back({{.id = "filter.department." + department.id, .label = name, .chosen = chosen}, filter});
  };
  // The cheapest first, then the department with the most, then the rest: what does not fit is left out from the end.
  if (!search.found->prices.empty()) price_chip(search.found->prices.front());
  for (const DepartmentCount& each : search.found->departments) department_chip(each);
  for (std::size_t i = 1; i < search.found->prices.size(); ++i) price_chip(search.found->prices[i]);
  std::ranges::stable_partition(others, [](const FilterChip& chip) { return chip.spec.chosen; });
  std::ranges::move(others, std::back_inserter(chips));
  return chips;
}

float draw_filters(Stage& stage, const Model& model, const Box& place, int rows_max) {
  const std::vector<FilterChip> chips = filter_chips(stage, model);
  std::vector<ChoiceSpec> specs;
  for (const FilterChip& chip : chips) specs.push_back(chip.spec);
  if (const auto pressed = choices(stage, place, specs, rows_max)) stage.want(ChooseFilter{chips[*pressed].filter});
  return choices_height(stage, place.w, specs, rows_max);
}

float draw_count(Stage& stage, const Model& model, const Box& place) {
  const Search& search = model.visit.search;
  if (!search.found) return 0;
  Texts& texts = stage.texts;
  const std::string count = texts.say("search.count", {{"n", search.found->total}});
  const bool offline = model.link_banner == LinkBanner::offline;
  std::string age = texts.say("search.stock_as_of", {{"time", texts.clock(model.now.utc)}});
  if (offline && model.link.last_contact.value > 0) {
    age = texts.say("search.offline", {{"time", texts.clock(model.link.last_contact)}});
  } else if (offline) {
    age = texts.say("search.offline_never");
  }
  const Type age_type = offline ? Type::caption_strong : Type::caption;
  const Colour colour = offline ? stage.theme.info : stage.theme.ink_2;
  const float left = stage.canvas.width_of(Type::name, count) + 32;
  const float icon = offline ? 40 : 0;
  const bool beside = stage.canvas.width_of(age_type, age) + icon <= place.w - left;
  const float line = stage.line(Type::name);
  stage.write({place.x, place.y, place.w - (beside ? 0 : 0), line}, count,
              {.role = Role::status,
               .type = Type::name,
               .colour = stage.theme.ink,
               .lines_max = 2,
               .id = "search.count",
               .spoken = texts.say("search.count_spoken", {{"count", count}, {"words", search.found_for}})});
  const float age_height = stage.height_of(age, age_type, place.w - icon);
  const Box at = beside ? Box{place.x + left, place.y + (line - stage.line(age_type)) / 2, place.w - left, 0}
                        : Box{place.x + icon, place.y + line + 4, place.w - icon, 0};
  if (offline) {
    const float x = beside ? place.right() - stage.canvas.width_of(age_type, age) - 40 : place.x;
    stage.canvas.icon(Icon::cloud_off, 28, {x + 14, at.y + stage.line(age_type) / 2}, colour);
  }
  stage.write(at, age,
              {.role = offline ? Role::status : Role::text,
               .type = age_type,
               .colour = colour,
               .align = beside ? Align::right : Align::left,
               .lines_max = 3,
               .id = offline ? "banner.offline" : ""});
  return beside ? line : line + 4 + age_height;
}

namespace {

struct Row {
  StockWords stock;
  std::string title, price;
  bool stacked = false;  // the price below the words
  float tile = tile_side;
  float text = 0;  // width
  float words = 0, height = 0;
};

Row measure_row(Stage& stage, const Model& model, const ProductCard& card, float width) {
  Row row;
  row.stock = offer_words(stage, model, card.stock);
  row.title = stage.texts.pick(card.title);
  row.price = price_of(stage, card);
  row.stacked = stage.large();
  row.tile = row.stacked ? tile_side_large : tile_side;
  const float price = row.stacked ? 0 : stage.canvas.width_of(Type::h3, row.price) + 32;
  row.text = width - row_pad - row.tile - 28 - price - 56;
  row.words = stage.height_of(row.title, Type::name, row.text);
  if (!row.stock.text.empty()) row.words += 2 + stage.height_of(row.stock.text, Type::caption_strong, row.text - 36);
  if (row.stacked) row.words += 4 + stage.line(Type::h3);
  row.height = std::max(row.tile, row.words) + 2 * (row_pad - row_gap / 2);
  return row;
}

void draw_row(Stage& stage, const ProductCard& card, const Row& row, const Box& box) {
  const Theme& theme = stage.theme;
  TargetSpec target{.id = "result." + card.sku.text, .box = box, .label = row.title, .radius = 24};
  target.spoken = stage.texts.say("search.row_spoken", {{"title", row.title}, {"price", row.price}, {"stock", row.stock.text}});
  const TargetState state = stage.target(target);
  if (state.press > 0) stage.canvas.fill(box, theme.primary_tint.faded(state.press), 24 * theme.corner_scale);
  const float left = box.x + row_pad + row.tile + 28;
  const float tile_y = row.stacked ? box.y + row_pad - row_gap / 2 : box.centre().y - row.tile / 2;
  product_tile(stage, {box.x + row_pad, tile_y, row.tile, row.tile}, card.pictogram, card.tile, card.picture);
  const auto colour = card.attributes.find("colour");
  const auto dot = colour == card.attributes.end() ? std::nullopt : swatch(colour->second);
  if (dot) {
    const Point at{box.x + row_pad + row.tile - 10, tile_y + row.tile - 10};
    stage.canvas.disc(at, 15, theme.surface);
    stage.canvas.disc(at, 11, *dot);
  }
  float y = box.centre().y - row.words / 2;
  y += stage.write({left, y, row.text, 0}, row.title, {.type = Type::name, .colour = theme.ink, .lines_max = 6});
  if (!row.stock.text.empty()) {
    y += 2;
    stage.canvas.icon(row.stock.icon, 28, {left + 14, y + stage.line(Type::caption_strong) / 2}, row.stock.colour);
    y += stage.write({left + 36, y, row.text - 36, 0}, row.stock.text,
                     {.type = Type::caption_strong, .colour = row.stock.colour, .lines_max = 6});
  }
  const float line = stage.line(Type::h3);
  const Box price = row.stacked ? Box{left, y + 4, row.text, line}
                                : Box{left + row.text, box.centre().y - line / 2, box.right() - 56 - 12 - left - row.text, line};
  stage.write(price, row.price, {.type = Type::h3, .colour = theme.ink, .align = row.stacked ? Align::left : Align::right});
  stage.canvas.icon(Icon::chevron_right, 36, {box.right() - 32, box.centre().y}, theme.ink_2);
  if (state.acted) stage.want(OpenProduct{card.sku});
}

}  // namespace

void draw_rows(Stage& stage, const Model& model, const Box& place) {
  const SearchFound& found = *model.visit.search.found;
  const Theme& theme = stage.theme;
  const bool keys = stage.large() || stage.ease.reach;
  const float width = place.w - (keys ? scroll_keys_width() : 0);
  const float scrolled = stage.begin_list("search.list", {place.x - 14, place.y - 8, width + 28, place.h + 8});
  std::vector<Row> rows;
  float whole = 0;
  for (const ProductCard& each : found.products)
    whole += rows.emplace_back(measure_row(stage, model, each, width - 16)).height + row_gap;
  const float top = place.y - scrolled;
  card(stage, {place.x, top, width, whole + 8});
  float y = top + 4 + row_gap / 2;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (i > 0) stage.canvas.fill({place.x + 150, y - row_gap / 2 - 1, width - 150 - 28, 2}, theme.line);
    draw_row(stage, found.products[i], rows[i], {place.x + 8, y, width - 16, rows[i].height});
    y += rows[i].height + row_gap;
  }
  float end = whole + 8 + 24;
  if (found.total > static_cast<std::int64_t>(found.products.size())) {
    // Nobody scrolls through hundreds: one more letter helps.
    const std::string more = stage.texts.say("search.more");
    const float height = stage.height_of(more, Type::body, width);
    stage.write({place.x, top + whole + 28, width, height}, more,
                {.type = Type::body, .colour = theme.ink_2, .align = Align::centre, .lines_max = 4});
    end += height + 28;
  }
  stage.end_list(end + 8);
  if (keys) scroll_keys(stage, {place.x, place.y, place.w, place.h - 16}, "search.list", std::max(200.0F, place.h - 150), {});
}

void draw_preview(Stage& stage, const Model& model, const Box& place) {
  float y = place.y;
  for (const ProductCard& each : model.visit.search.found->products) {
    const Row row = measure_row(stage, model, each, place.w);
    const float price = stage.canvas.width_of(Type::body, row.price) + 24;
    const float height = stage.height_of(row.title, Type::body, place.w - price);
    if (y + height > place.bottom()) break;
    stage.write({place.x, y, place.w - price, height}, row.title,
                {.type = Type::body, .colour = stage.theme.ink, .lines_max = 6});
    stage.write({place.right() - price, y, price, height}, row.price,
                {.type = Type::body, .colour = stage.theme.ink, .align = Align::right});
    y += height + 8;
  }
}

namespace {

struct Notice {
  Icon icon = Icon::search;
  std::size_t tile = 3;
  Colour colour;
  std::string title, line;
  std::optional<ButtonSpec> button;
  std::optional<Intent> leads;
};

Notice notice_for(Stage& stage, const Model& model) {
  const Search& search = model.visit.search;
  Texts& t = stage.texts;
  if (search.failed) {
    return {Icon::sync,
            1,
            stage.theme.warn,
            t.say("no_answer.title"),
            t.say("search.failed_line"),
            ButtonSpec{.id = "search.again", .label = t.say("problem.again"), .icon = Icon::replay},
            AskAgain{}};
  }
  if (search.typed.text.empty() || !search.found)
    return {Icon::search, 3, stage.theme.info, t.say("search.start_title"), t.say("search.start_line"), {}, {}};
  const std::string title = t.say("search.none", {{"words", search.found_for}});
  if (search.filter != SearchFilter{} && !search.found->departments.empty()) {
    return {Icon::search_off,
            5,
            stage.theme.ink_2,
            title,
            t.say("search.none_filter"),
            ButtonSpec{.id = "search.show_all", .label = t.say("search.show_all"), .kind = ButtonKind::secondary},
            ChooseFilter{}};
  }
  return {Icon::search_off, 5, stage.theme.ink_2, title, t.say("search.none_line"), {}, {}};
}

// Rows as they will be, without words.
void draw_bars(Stage& stage, const Box& place) {
  const Theme& theme = stage.theme;
  const float row = tile_side + 2 * row_pad;
  const int rows = std::clamp(static_cast<int>(place.h / row), 1, 5);
  card(stage, {place.x, place.y, place.w, row * static_cast<float>(rows)});
  for (int i = 0; i < rows; ++i) {
    const float y = place.y + row * static_cast<float>(i) + row_pad;
    stage.canvas.fill({place.x + 28, y, tile_side, tile_side}, theme.sunken, 21 * theme.corner_scale);
    stage.canvas.fill({place.x + 160, y + 22, place.w * 0.45F, 24}, theme.sunken, 12);
    stage.canvas.fill({place.x + 160, y + 62, place.w * 0.3F, 20}, theme.sunken, 10);
  }
}

}  // namespace

void draw_nothing(Stage& stage, const Model& model, const Box& place) {
  const Search& search = model.visit.search;
  const Theme& theme = stage.theme;
  if (search.waiting && !search.found) {
    draw_bars(stage, place);
    stage.describe(Role::text, {place.x, place.y, place.w, 40}, "search.waiting", stage.texts.say("search.waiting"));
    return;
  }
  Notice notice = notice_for(stage, model);
  // In reach mode the keyboard has the lower part, and its chip "All" does the same.
  if (stage.ease.reach && search.keyboard && search.found) notice.button.reset();
  const float width = std::min(place.w, 860.0F);
  const float x = place.centre().x - width / 2;
  const Type type = stage.height_of(notice.title, Type::h2, width) > 2 * stage.line(Type::h2) ? Type::h3 : Type::h2;
  const float button_w = notice.button ? std::min(width, button_width(stage, *notice.button)) : 0;
  const float button_h = notice.button ? button_height(stage, button_w, *notice.button) : 0;
  const float words = stage.height_of(notice.title, type, width) + 10 + stage.height_of(notice.line, Type::body_l, width) +
                      (notice.button ? 32 + button_h : 0);
  // The niche gives way to the words.
  const float scale = std::min(0.8F, (place.h - words - 40) / 420);
  const bool with_niche = scale > 0.45F && !stage.outlined();
  float y = place.y + std::max(0.0F, (place.h - words - (with_niche ? 400 * scale + 36 : 0)) / 2);
  if (with_niche) {
    niche(stage, {place.centre().x, y}, scale, notice.tile, notice.icon, notice.colour);
    y += 400 * scale + 36;
  }
  y += stage.write({x, y, width, 0}, notice.title,
                   {.role = Role::status,
                    .type = type,
                    .colour = theme.ink,
                    .align = Align::centre,
                    .lines_max = 5,
                    .id = "search.none"}) +
       10;
  y += stage.write({x, y, width, 0}, notice.line,
                   {.type = Type::body_l, .colour = theme.ink_2, .align = Align::centre, .lines_max = 5});
  if (!notice.button) return;
  const float at = std::max(y + 32, stage.reach_line());
  if (button(stage, {place.centre().x - button_w / 2, at, button_w, button_h}, *notice.button)) stage.want(*notice.leads);
}

}  // namespace vitrine::kiosk::shopper
