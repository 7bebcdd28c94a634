// SPDX-License-Identifier: Apache-2.0
// 03 and 04: the person's cart, with prices and stock of this store, online or not.
#include <algorithm>

#include "kiosk/screens/shopper/banners.hpp"
#include "kiosk/screens/shopper/cart_line.hpp"
#include "kiosk/screens/shopper/choice_parts.hpp"
#include "kiosk/screens/shopper/coupon_parts.hpp"
#include "kiosk/screens/shopper/screens.hpp"
#include "kiosk/screens/shopper/surroundings.hpp"
#include "kiosk/widgets/parts.hpp"

namespace vitrine::kiosk::shopper {
namespace {

std::string title_for(Stage& stage, const Model& model, const CartView& cart, Type type, float room) {
  const bool greet = model.store->greet_by_name && !cart.first_name.empty();
  const std::string plain = stage.texts.say("cart.title");
  if (!greet) return plain;
  const std::string named = stage.texts.say("cart.title_named", {{"name", cart.first_name}});
  return stage.canvas.width_of(type, named) <= room ? named : plain;
}

// Where the cart on the screen comes from.
std::string origin_words(Stage& stage, const Model& model, const CartView& cart) {
  Texts& texts = stage.texts;
  if (cart.known_from_pass) return texts.say("cart.from_pass");
  const bool here = cart.changed_by == model.device || !model.visit.pending.empty();
  if (here) return texts.say(model.link.online && cart.outbox_waiting == 0 ? "cart.changed_here" : "cart.changed_waiting");
  if (texts.same_day(cart.changed_at, model.now.utc))
    return texts.say("cart.from_phone", {{"time", texts.clock(cart.changed_at)}});
  return texts.say("cart.from_phone_day", {{"day", texts.day(cart.changed_at)}});
}

float draw_origin(Stage& stage, const Model& model, const CartView& cart, const Box& place) {
  stage.canvas.icon(Icon::smartphone, 34, {place.x + 4 + 17, place.y + 4 + stage.line(Type::body_l) / 2}, stage.theme.primary);
  const float left = place.x + 4 + 34 + 14;
  const float used = stage.write({left, place.y + 4, place.right() - left, 92}, origin_words(stage, model, cart),
                                 {.type = Type::body_l, .colour = stage.theme.ink_2, .lines_max = 3, .id = "cart.origin"});
  return 4 + used + 30;
}

void draw_empty(Stage& stage, const Box& place) {
  const Theme& theme = stage.theme;
  const float words = stage.height_of(stage.texts.say("cart.empty"), Type::h2, place.w) +
                      stage.height_of(stage.texts.say("cart.empty_line"), Type::body_l, place.w) + 60;
  const float scale = std::min(0.8F, (place.h - words) / 400);
  float y = place.y + std::max(0.0F, (place.h - words - 400 * scale) / 2);
  if (scale > 0.45F) {
    niche(stage, {place.centre().x, y}, scale, 3, Icon::shopping_bag, theme.info);
    y += 400 * scale + 40;
  }
  y += stage.write({place.x, y, place.w, 54}, stage.texts.say("cart.empty"),
                   {.role = Role::heading, .type = Type::h2, .colour = theme.ink, .align = Align::centre}) +
       10;
  stage.write({place.x, y, place.w, 92}, stage.texts.say("cart.empty_line"),
              {.type = Type::body_l, .colour = theme.ink_2, .align = Align::centre, .lines_max = 4});
}

// With the way to what they agreed to below, where it can be reached.
void draw_empty_cart(Stage& stage, const CartView& cart, Box column) {
  const float row = cart.has_choices ? choices_row_height(stage, column.w) : 0;
  const Box place{column.x, column.bottom() - row - 12, column.w, row};
  if (row > 0) column.h -= row + 24;
  draw_empty(stage, column);
  if (row > 0) draw_choices_row(stage, place);
}

// Which lines can be seen, and how far one page of the list is: the lines that are wholly there.
struct Shown {
  int count = 0, from = 0, to = 0;
  float first_top = 0, pitch = 0;

  void note(const Box& box, const Box& window) {
    ++count;
    const bool half = box.centre().y > window.y && box.centre().y < window.bottom();
    if (!half) return;
    if (from == 0) {
      from = count;
      first_top = box.y;
    }
    to = count;
    pitch = std::min(window.h, box.bottom() - first_top + 20);
  }
};

// Where what was removed stands beside the lines: the list's two keys, and a line's name and price between them.
float lines_height_least(const Stage& stage) { return 8 + 2 * 88 + 2 * stage.line(Type::caption_strong) + 32; }

// The coupons and the way to one more, from `place.y` on in a list that has moved up by `place.h`; where they end.
float draw_coupon_rows(Stage& stage, const CartView& cart, const Box& place, float gap) {
  float y = place.y;
  for (const CouponView& coupon : cart.coupons) {
    const float height = coupon_row_height(stage, coupon, cart.totals.currency, place.w);
    const float at = stage.motions.follow("cart.coupon." + coupon.code, y, 200) - place.h;
    draw_coupon_row(stage, coupon, cart.totals.currency, {place.x, at, place.w, height});
    y += height + gap;
  }
  const float height = add_coupon_row_height(stage, place.w);
  draw_add_coupon_row(stage, {place.x, stage.motions.follow("cart.coupon", y, 200) - place.h, place.w, height});
  return y + height + gap;
}

// `home`: sending it there, where it has no room beside paying.
void draw_lines(Stage& stage, const Model& model, const CartView& cart, const Box& place, float gap, const ButtonSpec* home) {
  const float edge = 14;  // shadows and focus rings of the first and last card
  const bool keys = stage.large() || stage.ease.reach;
  const float width = place.w - (keys ? scroll_keys_width() : 0);
  const Box window{place.x - 24, place.y - edge, width + 36, place.h + edge};
  const float scrolled = stage.begin_list("cart.list", window);
  float y = place.y;
  // What a cart opens with is there at once; a line that comes later fades in.
  const bool opens = stage.motions.is_first_frame("cart.opens");
  Shown shown;
  for (const CartViewLine& line : cart.lines) {
    const float height = cart_line_height(stage, model, line, width);
    const std::string name = "cart.line." + line.key;
    const float at = stage.motions.follow(name, y, 200) - scrolled;
    const Box box{place.x, at, width, height};
    shown.note(box, place);
    const int start = stage.canvas.mark();
    draw_cart_line(stage, model, line, box);
    const float share = stage.motions.since_first(name + ".in", 200, opens);
    if (share < 1) stage.canvas.fade_since(start, share);
    y += height + gap;
  }
  y = draw_coupon_rows(stage, cart, {place.x, y, width, scrolled}, gap);
  if (cart.has_choices) {
    const float height = choices_row_height(stage, width);
    draw_choices_row(stage, {place.x, stage.motions.follow("cart.choices", y, 200) - scrolled, width, height});
    y += height + gap;
  }
  if (home != nullptr) {
    const float height = button_height(stage, width, *home);
    if (button(stage, {place.x, stage.motions.follow("cart.deliver", y, 200) - scrolled, width, height}, *home))
      stage.want(DeliverHome{});
    y += height + gap;
  }
  stage.end_list(y - gap + 24 - window.y);
  if (!keys) return;
  const std::string where = shown.from == 0
                                ? std::string()
                                : stage.texts.say("list.place", {{"from", std::int64_t{shown.from}},
                                                                 {"to", std::int64_t{shown.to}},
                                                                 {"all", static_cast<std::int64_t>(cart.lines.size())}});
  scroll_keys(stage, {place.x, place.y, place.w, place.h - 8}, "cart.list", std::max(200.0F, shown.pitch), where);
}

constexpr std::size_t savings_shown_max = 3;
constexpr int saving_lines_max = 7;
constexpr float saving_gap = 8;
constexpr float saving_icon_room = 44;

// A row of the dock for each promotion; of many, the last row is all the others together.
struct DockSaving {
  std::string title;
  std::int64_t minor = 0;
  std::string amount;
  float amount_width = 0;
  float height = 40;
};

struct Dock {
  std::vector<DockSaving> savings;
  float savings_height = 0;
  std::string total;
  Type total_type = Type::total;
  std::string note;          // under "To pay"
  bool total_below = false;  // "To pay" and the total do not fit beside each other
  bool note_below = false;   // nor the note beside the total
  float note_height = 0;
  ButtonSpec find, beside, pay;  // `beside`: keeping it on the phone, or where that cannot be, finishing
  ButtonSpec home;               // sending it there; beside paying, or above it
  bool can_deliver = false;
  bool home_in_list = false;  // there is no room for it here
  bool pay_stacked = false;
  float home_height = 0;
  bool can_keep = false;
  bool can_pay = false;
  bool has_beside = true;
  float pay_height = 0;  // with the gap above it
  bool buttons_stacked = false;
  float buttons_height = 108;
  float rows_height = 0;  // all but the button
  float height = 0;
};

// `most`: have a row of their own, the last of them with all the others.
void measure_savings(Stage& stage, const CartView& cart, float width, std::size_t most, Dock& dock) {
  for (const Saving& saving : cart.savings) {
    if (dock.savings.size() < most) {
      DockSaving& row = dock.savings.emplace_back();
      row.title = stage.texts.pick(saving.title);
      row.minor = saving.minor;
    } else {
      dock.savings.back().title = stage.texts.say("cart.other_savings");
      dock.savings.back().minor += saving.minor;
    }
  }
  for (DockSaving& saving : dock.savings) {
    saving.amount = stage.texts.money({-saving.minor, cart.totals.currency});
    saving.amount_width = stage.canvas.width_of(Type::name, saving.amount) + 24;
    saving.height = stage.height_of(saving.title, Type::name, width - saving_icon_room - saving.amount_width);
    dock.savings_height += saving_gap + saving.height;
  }
}

constexpr float buttons_gap = 20;

// Looking for something else, and keeping the cart: beside each other, or one above the other; under them paying, if there is
// something to pay. Who keeps nothing finishes; who can keep it has Start over in the bar, and finishes once it is kept.
void measure_buttons(Stage& stage, const Model& model, const CartView& cart, float width, Dock& dock) {
  dock.can_pay = std::ranges::any_of(cart.lines, &CartViewLine::counted);
  dock.can_keep = model.store->keeps_carts && !cart.lines.empty();
  dock.find = {.id = "cart.find", .label = stage.texts.say("cart.find"), .kind = ButtonKind::secondary, .icon = Icon::search};
  dock.beside = dock.can_keep ? ButtonSpec{.id = "cart.keep", .label = stage.texts.say("cart.keep"), .icon = Icon::smartphone}
                              : ButtonSpec{.id = "cart.finish", .label = stage.texts.say("cart.finished"), .icon = Icon::check};
  dock.beside.main = !dock.can_pay;
  if (dock.can_pay) dock.beside.kind = ButtonKind::secondary;
  dock.pay = {.id = "cart.pay", .label = stage.texts.say("cart.pay"), .icon = Icon::point_of_sale, .main = true};
  const float half = (width - buttons_gap) / 2;
  dock.buttons_stacked = std::max(button_width(stage, dock.find), button_width(stage, dock.beside)) > half + 24;
  // Where there is room for two, Start over in the bar is the way out.
  dock.has_beside = !(dock.can_pay && dock.buttons_stacked && stage.wide() && stage.large());
  const float each = dock.buttons_stacked ? width : half;
  const float find = button_height(stage, each, dock.find);
  const float beside = button_height(stage, each, dock.beside);
  dock.home = {.id = "cart.deliver",
               .label = stage.texts.say("cart.deliver"),
               .kind = ButtonKind::secondary,
               .icon = Icon::local_shipping};
  dock.can_deliver = dock.can_pay && model.store->delivers;
  const bool home_stacked = std::max(button_width(stage, dock.home), button_width(stage, dock.pay)) > half + 24;
  // Where all that is pressed is to stand low, the dock has no room for it.
  dock.home_in_list = dock.can_deliver && (stage.ease.reach || (home_stacked && stage.wide() && stage.large()));
  dock.can_deliver = dock.can_deliver && !dock.home_in_list;
  dock.pay_stacked = dock.can_deliver && home_stacked;
  const float pay_width = dock.can_deliver && !dock.pay_stacked ? half : width;
  dock.home_height = dock.can_deliver ? button_height(stage, pay_width, dock.home) : 0;
  const float pay = button_height(stage, pay_width, dock.pay);
  dock.pay_height = !dock.can_pay      ? 0
                    : dock.pay_stacked ? dock.home_height + buttons_gap + pay + buttons_gap
                                       : std::max(pay, dock.home_height) + buttons_gap;
  dock.buttons_height = (!dock.has_beside       ? find
                         : dock.buttons_stacked ? find + buttons_gap + beside
                                                : std::max(find, beside)) +
                        dock.pay_height;
}

Dock measure_dock(Stage& stage, const Model& model, const CartView& cart, float width, std::size_t savings_most) {
  Dock dock;
  measure_savings(stage, cart, width, savings_most, dock);
  if (cart.totals.lines_left_out > 0) {
    dock.note = stage.texts.say("cart.left_out", {{"n", cart.totals.lines_left_out}});
  }
  dock.total = stage.texts.money({cart.totals.to_pay, cart.totals.currency});
  dock.total_type = stage.fitting({Type::total, Type::title, Type::h2, Type::h3}, dock.total, width);
  const float total = stage.canvas.width_of(dock.total_type, dock.total);
  dock.total_below = stage.canvas.width_of(Type::h3, stage.texts.say("cart.to_pay")) > width - total - 24;
  dock.note_below = dock.total_below || stage.canvas.width_of(Type::caption, dock.note) > width - total - 24;
  dock.note_height = dock.note.empty() ? 0 : stage.height_of(dock.note, Type::caption, width);
  measure_buttons(stage, model, cart, width, dock);
  const float row = stage.line(dock.total_type) + 4;
  dock.rows_height = stage.line(Type::body) + dock.savings_height + 18 + row + (dock.total_below ? stage.line(Type::h3) : 0) +
                     (dock.note_below ? dock.note_height + 4 : 0);
  // In reach mode a tall screen has them above, with what cannot be touched.
  const bool above = stage.ease.reach && !stage.wide() && !cart.lines.empty();
  dock.height = (above ? 0 : 32 + dock.rows_height) + 26 + dock.buttons_height + 32;
  return dock;
}

void draw_dock_rows(Stage& stage, const CartView& cart, const Dock& dock, const Box& in) {
  const Theme& theme = stage.theme;
  Texts& texts = stage.texts;
  float y = in.y;
  const float line = stage.line(Type::body);
  const std::string subtotal = texts.money({cart.totals.subtotal, cart.totals.currency});
  const float half = in.w - stage.canvas.width_of(Type::body, subtotal) - 24;
  stage.write({in.x, y, half, line}, texts.say("cart.items", {{"n", cart.totals.units}}),
              {.role = Role::status, .type = Type::body, .colour = theme.ink_2, .id = "cart.items", .personal = true});
  if (!dock.savings.empty()) {
    stage.write({in.x + half, y, in.w - half, line}, subtotal,
                {.type = Type::body, .colour = theme.ink_2, .align = Align::right, .personal = true});
  }
  y += line;
  for (std::size_t i = 0; i < dock.savings.size(); ++i) {
    y += saving_gap;
    const DockSaving& saving = dock.savings[i];
    const std::string id = "cart.saving." + std::to_string(i);
    const Box amount{in.right() - saving.amount_width, y, saving.amount_width, saving.height};
    stage.canvas.icon(Icon::local_offer, 32, {in.x + 16, y + stage.line(Type::name) / 2}, theme.promo);
    stage.write(
        {in.x + saving_icon_room, y, amount.x - in.x - saving_icon_room, saving.height}, saving.title,
        {.type = Type::name, .colour = theme.promo, .lines_max = saving_lines_max, .id = id + ".title", .personal = true});
    stage.write(amount, saving.amount,
                {.type = Type::name, .colour = theme.promo, .align = Align::right, .id = id, .personal = true});
    y += saving.height;
  }
  y += 18;
  const float total_line = stage.line(dock.total_type);
  const float left = in.w - stage.canvas.width_of(dock.total_type, dock.total) - 24;
  const float to_pay = stage.line(Type::h3);
  const bool beside = !dock.note_below && !dock.note.empty();
  stage.write({in.x, dock.total_below || beside ? y : y + (total_line + 4 - to_pay) / 2, dock.total_below ? in.w : left, to_pay},
              texts.say("cart.to_pay"), {.role = Role::heading, .type = Type::h3, .colour = theme.ink});
  if (dock.total_below) y += to_pay;
  stage.write_changing(
      "cart.total", {in.x + (dock.total_below ? 0 : left), y + 4, dock.total_below ? in.w : in.w - left, total_line}, dock.total,
      {.role = Role::status,
       .type = dock.total_type,
       .colour = theme.ink,
       .align = Align::right,
       .id = "cart.total",
       .personal = true});
  if (dock.note.empty()) return;
  const Box note = dock.note_below ? Box{in.x, y + total_line + 8, in.w, dock.note_height} : Box{in.x, y + to_pay, left, 0};
  stage.write(note, dock.note, {.type = Type::caption, .colour = theme.ink_2, .lines_max = 3, .personal = true});
}

void draw_buttons(Stage& stage, const Dock& dock, const Box& whole) {
  const Box box{whole.x, whole.y, whole.w, whole.h - dock.pay_height};
  const float height = button_height(stage, box.w, dock.find);
  const float half = (box.w - buttons_gap) / 2;
  const Box find = dock.buttons_stacked ? Box{box.x, box.y, box.w, height} : Box{box.x, box.y, half, box.h};
  const Box beside = dock.buttons_stacked ? Box{box.x, find.bottom() + buttons_gap, box.w, box.h - height - buttons_gap}
                                          : Box{find.right() + buttons_gap, box.y, half, box.h};
  if (button(stage, find, dock.find)) stage.want(Navigate{Route::search});
  if (dock.has_beside && button(stage, beside, dock.beside)) stage.want(dock.can_keep ? Intent{KeepOnPhone{}} : Intent{Finish{}});
  Box pay{box.x, box.bottom() + buttons_gap, box.w, dock.pay_height - buttons_gap};
  if (dock.can_deliver) {
    const Box home = dock.pay_stacked ? Box{pay.x, pay.y, pay.w, dock.home_height} : Box{pay.x, pay.y, half, pay.h};
    pay = dock.pay_stacked ? Box{pay.x, home.bottom() + buttons_gap, pay.w, pay.h - dock.home_height - buttons_gap}
                           : Box{home.right() + buttons_gap, pay.y, half, pay.h};
    if (button(stage, home, dock.home)) stage.want(DeliverHome{});
  }
  if (dock.can_pay && button(stage, pay, dock.pay)) stage.want(PayAtTill{});
}

NoticeSpec removed_notice(Stage& stage, const Removed& removed) {
  return {.id = "undo",
          .icon = Icon::delete_outline,
          .words = removed.coupon.empty() ? stage.texts.say("cart.removed", {{"title", stage.texts.pick(removed.title)}})
                                          : stage.texts.say("coupon.removed", {{"code", removed.coupon}}),
          .action = stage.texts.say("cart.undo"),
          .until = removed.until};
}

// What is above the reach line cannot be touched: the cart as a plain receipt, as many lines as there is room for.
void draw_receipt(Stage& stage, const CartView& cart, const Box& place) {
  const Theme& theme = stage.theme;
  const auto count = static_cast<std::int64_t>(cart.lines.size());
  const float more = stage.line(Type::body);
  float y = place.y;
  std::int64_t written = 0;
  for (const CartViewLine& line : cart.lines) {
    const std::string words =
        stage.texts.say("cart.receipt_line", {{"n", stage.texts.number(line.units)}, {"title", stage.texts.pick(line.title)}});
    const std::string price = line.sold_out                ? stage.texts.say("cart.sold_out")
                              : line.counted && line.total ? stage.texts.money(*line.total)
                                                           : std::string();  // only what is in the total
    const float price_width = price.empty() ? 0 : stage.canvas.width_of(Type::body, price) + 24;
    const float height = stage.height_of(words, Type::body, place.w - price_width);
    const bool last = written + 1 == count;
    if (y + height + (last ? 0 : more) > place.bottom()) break;
    stage.write({place.x, y, place.w - price_width, height}, words,
                {.type = Type::body, .colour = theme.ink, .lines_max = 6, .personal = true});
    if (!price.empty())
      stage.write({place.right() - price_width, y, price_width, height}, price,
                  {.type = Type::body, .colour = theme.ink, .align = Align::right, .personal = true});
    y += height + 8;
    ++written;
  }
  if (written == count || y + more > place.bottom() + 8) return;
  stage.write({place.x, y, place.w, more}, stage.texts.say("cart.receipt_more", {{"n", count - written}}),
              {.type = Type::body, .colour = theme.ink_2, .personal = true});
}

// The reader's line, green for a moment: this is the cart of the code that was just read.
void draw_confirmation(Stage& stage, const Model& model) {
  if (!model.visit.scan_confirmed_until) return;
  const auto left = static_cast<float>(model.visit.scan_confirmed_until->value - model.now.mono.value);
  const Box screen = stage.area();
  stage.canvas.fill({0, screen.h - 12, screen.w, 12}, stage.theme.ok.faded(std::min(1.0F, left / 120)), 0);
  stage.motions.keep_moving();
}

}  // namespace

void draw_cart(Stage& stage, const Model& model) {
  const std::optional<CartView> shown = shown_cart(model);
  if (!shown) return;
  const CartView& cart = *shown;
  const Theme& theme = stage.theme;
  Surroundings frame(stage, model, {});
  const Box above = frame.above;
  const bool wide = stage.wide();
  const Type title_type = stage.fitting({Type::title, Type::h2, Type::h3}, stage.texts.say("cart.title"), frame.top.w);
  const std::string title = title_for(stage, model, cart, title_type, frame.top.w);
  stage.write_centred(frame.top, title,
                      {.role = Role::heading, .type = title_type, .colour = theme.ink, .id = "cart.title", .personal = true});

  const float side = stage.large() ? 640 : 600;
  const float dock_width = wide ? side - 80 : above.w - 2 * margin;
  std::size_t savings = stage.large() && wide ? 1 : stage.large() ? 2 : savings_shown_max;
  Dock dock = measure_dock(stage, model, cart, dock_width, savings);
  // Beside the lines there is no more room than down to the bar.
  while (wide && savings > 1 && top_height + dock.height + 8 + 24 > above.h)
    dock = measure_dock(stage, model, cart, dock_width, --savings);
  Box column{margin, top_height, above.w - 2 * margin, above.h - top_height - dock.height};
  Box panel{0, above.h - dock.height, above.w, dock.height};
  if (wide) {
    panel = {above.w - margin - side, top_height, side, dock.height + 8};
    // In reach mode its button is in the lower part, and it stands on the ground.
    if (stage.ease.reach) panel.y = above.h - 24 - panel.h;
    column = {margin, top_height, panel.x - 40 - margin, above.h - top_height};
  }
  const Box place = column;
  const float banner_used = draw_banner(stage, model, column, 22);
  const float used = banner_used > 0 ? banner_used : draw_origin(stage, model, cart, column);
  column.y += used;
  column.h -= used;
  if (stage.ease.reach && !cart.lines.empty()) {
    const float line = stage.reach_line() + 14;
    const float rows = wide ? 0 : dock.rows_height + 16;
    draw_receipt(stage, cart, {column.x, column.y, column.w, line - 20 - column.y - rows});
    if (!wide) draw_dock_rows(stage, cart, dock, {margin, line - 20 - dock.rows_height, above.w - 2 * margin, 0});
    column.h -= std::max(0.0F, line - column.y);
    column.y = std::max(column.y, line);
  }
  std::optional<NoticeSpec> removed;
  if (model.visit.removed) removed = removed_notice(stage, *model.visit.removed);
  if (removed) column.h -= notice_height(stage, place.w, *removed) + 2 * notice_gap;
  // Where the lower part of the screen has no room for both, what was removed stands in place of the list until it may not be
  // brought back any more; the receipt above has the lines.
  const bool room = !removed || !stage.ease.reach || column.h >= lines_height_least(stage);
  if (cart.lines.empty()) {
    draw_empty_cart(stage, cart, column);
  } else if (room) {
    draw_lines(stage, model, cart, column, banner_used > 0 ? 16 : 22, dock.home_in_list ? &dock.home : nullptr);
  }
  if (removed && draw_notice(stage, model, place, *removed)) stage.want(UndoRemove{});

  if (wide) {
    card(stage, panel, 32);
    draw_dock_rows(stage, cart, dock, {panel.x + 40, panel.y + 36, panel.w - 80, 0});
    draw_buttons(stage, dock, {panel.x + 40, panel.bottom() - 36 - dock.buttons_height, panel.w - 80, dock.buttons_height});
  } else {
    if (stage.outlined()) {
      stage.canvas.fill(panel, theme.bg);
      stage.canvas.fill({panel.x, panel.y, panel.w, theme.card_line}, theme.line_strong);
    } else {
      stage.canvas.shadow(panel, Shadow::dock, theme.ink);
      stage.canvas.fill(panel, theme.surface, 44 * theme.corner_scale, Corners::top);
    }
    if (!stage.ease.reach || cart.lines.empty())
      draw_dock_rows(stage, cart, dock, {margin, panel.y + 32, panel.w - 2 * margin, 0});
    draw_buttons(stage, dock, {margin, panel.bottom() - 32 - dock.buttons_height, panel.w - 2 * margin, dock.buttons_height});
  }
  draw_confirmation(stage, model);
  frame.end();
  stage.tree.announcement_personal = true;
  stage.tree.announcement =
      stage.texts.say("cart.spoken", {{"title", title},
                                      {"items", stage.texts.say("cart.items", {{"n", cart.totals.units}})},
                                      {"total", stage.texts.money({cart.totals.to_pay, cart.totals.currency})}});
}

}  // namespace vitrine::kiosk::shopper
