// SPDX-License-Identifier: Apache-2.0
// See coupon_parts.hpp.
#include "kiosk/screens/shopper/coupon_parts.hpp"

#include <algorithm>

#include "kiosk/widgets/parts.hpp"

namespace vitrine::kiosk {

std::string coupon_words(Texts& texts, const CouponView& coupon, const std::string& currency) {
  if (coupon.state == CouponState::used) return texts.say("coupon.used", {{"price", texts.money({coupon.minor, currency})}});
  if (coupon.state == CouponState::over)
    return coupon.at ? texts.say("coupon.ended", {{"day", texts.day(*coupon.at)}}) : texts.say("coupon.over");
  if (coupon.need == "basket") return texts.say("coupon.need_basket", {{"price", texts.money({coupon.missing, currency})}});
  if (coupon.need == "units") return texts.say("coupon.need_units", {{"n", coupon.missing}});
  if (coupon.need == "later" && coupon.at) return texts.say("coupon.begins", {{"day", texts.day(*coupon.at)}});
  if (coupon.need == "hours") return texts.say("coupon.need_hours");
  if (coupon.need == "members") return texts.say("coupon.need_members");
  if (coupon.need == "elsewhere") return texts.say("coupon.need_elsewhere");
  return texts.say(coupon.need == "no_gain" ? "coupon.no_gain" : "coupon.need_goods");
}

std::string coupon_refusal(Texts& texts, const std::string& code, const RefusalHints& hints) {
  if (code == "coupon_unknown") return texts.say("coupon.unknown");
  if (code == "coupon_not_valid_now" && hints.begins) return texts.say("coupon.begins", {{"day", texts.day(*hints.begins)}});
  if (code == "coupon_not_valid_now")
    return hints.ended ? texts.say("coupon.ended", {{"day", texts.day(*hints.ended)}}) : texts.say("coupon.over");
  if (code == "coupons_locked") return texts.say("coupon.locked");
  if (code == "coupons_max") return texts.say("coupon.full");
  return texts.say("coupon.no_answer");
}

namespace shopper {
namespace {

constexpr float pad = 36;
constexpr float icon_room = pad + 32 + 24;
constexpr float row_gap = 6;

std::string title_of(Stage& stage, const CouponView& coupon) {
  const std::string& title = stage.texts.pick(coupon.title);
  return title.empty() ? coupon.code : stage.texts.say("coupon.row", {{"code", coupon.code}, {"title", title}});
}

ButtonSpec remove_button(Stage& stage, const CouponView& coupon) {
  return {.id = "coupon." + coupon.code + ".remove",
          .label = stage.texts.say("cart.remove"),
          .kind = ButtonKind::tertiary,
          .icon = Icon::delete_outline,
          .small = true,
          .spoken = stage.texts.say("coupon.remove", {{"code", coupon.code}})};
}

// With large text and in reach mode the button has a row of its own.
bool is_stacked(const Stage& stage) { return stage.large() || stage.ease.reach; }

float room_of(Stage& stage, const CouponView& coupon, float width) {
  return width - icon_room - pad - (is_stacked(stage) ? 0 : button_width(stage, remove_button(stage, coupon)) + 16);
}

float words_height(Stage& stage, const CouponView& coupon, const std::string& currency, float room) {
  return stage.height_of(title_of(stage, coupon), Type::name, room) + row_gap +
         stage.height_of(coupon_words(stage.texts, coupon, currency), Type::small, room);
}

}  // namespace

float coupon_row_height(Stage& stage, const CouponView& coupon, const std::string& currency, float width) {
  const ButtonSpec remove = remove_button(stage, coupon);
  const float button = button_height(stage, button_width(stage, remove), remove);
  const float words = words_height(stage, coupon, currency, room_of(stage, coupon, width));
  return 44 + (is_stacked(stage) ? words + 12 + button : std::max(words, button));
}

void draw_coupon_row(Stage& stage, const CouponView& coupon, const std::string& currency, const Box& box) {
  const Theme& theme = stage.theme;
  card(stage, box);
  const bool used = coupon.state == CouponState::used;
  const float room = room_of(stage, coupon, box.w);
  const float words = words_height(stage, coupon, currency, room);
  const ButtonSpec remove = remove_button(stage, coupon);
  const float wide = button_width(stage, remove);
  const float high = button_height(stage, wide, remove);
  float y = is_stacked(stage) ? box.y + 22 : box.centre().y - words / 2;
  stage.canvas.icon(Icon::local_offer, 32, {box.x + pad + 16, y + stage.line(Type::name) / 2}, used ? theme.promo : theme.ink_2);
  y += row_gap + stage.write({box.x + icon_room, y, room, 0}, title_of(stage, coupon),
                             {.type = Type::name, .colour = theme.ink, .lines_max = 5, .personal = true});
  stage.write({box.x + icon_room, y, room, 0}, coupon_words(stage.texts, coupon, currency),
              {.role = Role::status,
               .type = Type::small,
               .colour = used                                ? theme.promo
                         : coupon.state == CouponState::over ? theme.warn
                                                             : theme.ink_2,
               .lines_max = 7,
               .id = "coupon." + coupon.code,
               .personal = true});
  const float at = is_stacked(stage) ? box.bottom() - 16 - high : box.centre().y - high / 2;
  if (button(stage, {box.right() - 20 - wide, at, wide, high}, remove)) stage.want(RemoveCoupon{coupon.code});
}

float add_coupon_row_height(Stage& stage, float width) {
  return std::max(88.0F, 36 + stage.height_of(stage.texts.say("coupon.add"), Type::name, width - icon_room - pad - 48));
}

void draw_add_coupon_row(Stage& stage, const Box& box) {
  const Theme& theme = stage.theme;
  const std::string words = stage.texts.say("coupon.add");
  TargetSpec target{.id = "cart.coupon", .box = box, .label = words, .radius = 32};
  target.spoken = words + ". " + stage.texts.say("coupon.line");
  const TargetState state = stage.target(target);
  if (state.press > 0) stage.canvas.fill(box, theme.primary_tint.faded(state.press), 32 * theme.corner_scale);
  if (stage.outlined()) stage.canvas.outline(box, theme.line_strong, 2, 32 * theme.corner_scale);
  const float room = box.w - icon_room - pad - 48;
  const float height = stage.height_of(words, Type::name, room);
  stage.canvas.icon(Icon::local_offer, 32, {box.x + pad + 16, box.centre().y}, theme.primary);
  stage.write({box.x + icon_room, box.centre().y - height / 2, room, 0}, words,
              {.type = Type::name, .colour = theme.primary, .lines_max = 3});
  stage.canvas.icon(Icon::chevron_right, 36, {box.right() - pad - 18, box.centre().y}, theme.ink_2);
  if (state.acted) stage.want(Navigate{Route::coupon});
}

}  // namespace shopper
}  // namespace vitrine::kiosk
