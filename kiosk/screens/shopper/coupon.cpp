// SPDX-License-Identifier: Apache-2.0
// A coupon for the cart: its code is typed, or held to the reader; why one is not taken stands under the field.
#include <algorithm>

#include "kiosk/screens/shopper/coupon_parts.hpp"
#include "kiosk/screens/shopper/screens.hpp"
#include "kiosk/screens/shopper/surroundings.hpp"
#include "kiosk/widgets/field.hpp"
#include "kiosk/widgets/keyboard.hpp"

namespace vitrine::kiosk::shopper {
namespace {

void draw_field(Stage& stage, const CouponEntry& entry, const Box& box) {
  const FieldWish wish = field(stage, box,
                               {.id = "coupon.field",
                                .label = stage.texts.say("coupon.title"),
                                .typed = entry.typed.text,
                                .hint = stage.texts.say("coupon.hint"),
                                .clear = stage.texts.say("coupon.clear"),
                                .icon = Icon::qr_code_scanner,
                                .active = true,
                                .touchable = !stage.ease.reach});
  if (wish == FieldWish::clear) stage.want(TypeKey{{KeyTouch::Kind::clear}});
}

// What was wrong, or that it is being looked at, or how it is done.
void draw_said(Stage& stage, const CouponEntry& entry, const std::string& words, const Box& box) {
  const Theme& theme = stage.theme;
  const bool wrong = !entry.failed.empty();
  const bool waits = entry.asked != 0;
  stage.canvas.icon(wrong   ? Icon::error_outline
                    : waits ? Icon::sync
                            : Icon::qr_code_scanner,
                    wrong ? 42 : 32, {box.x + 21, box.y + stage.line(wrong ? Type::name : Type::body_l) / 2},
                    wrong ? theme.bad : theme.primary);
  stage.write({box.x + 54, box.y, box.w - 54, 0}, words,
              {.role = Role::status,
               .type = wrong ? Type::name : Type::body_l,
               .colour = wrong ? theme.bad : theme.ink_2,
               .lines_max = 6,
               .id = "coupon.said"});
}

}  // namespace

void draw_coupon(Stage& stage, const Model& model) {
  const CouponEntry& entry = model.visit.coupon;
  // A low screen has the field in the bar, in place of the title.
  const bool wide = stage.wide();
  Surroundings frame(stage, model, {.back = true, .brand = !wide});
  const Theme& theme = stage.theme;
  Texts& texts = stage.texts;
  const float keys = keyboard_height(stage);
  const Box keyboard_box{0, frame.above.h - keys, frame.above.w, keys};
  const std::string title = texts.say("coupon.title");
  if (wide) {
    stage.describe(Role::heading, {frame.top.x, 4, 1, 1}, "coupon.title", title);
  } else {
    const Type type = stage.fitting({Type::title, Type::h2, Type::h3}, title, frame.top.w);
    stage.write_centred(frame.top, title, {.role = Role::heading, .type = type, .colour = theme.ink});
  }
  const std::string said = !entry.failed.empty() ? coupon_refusal(texts, entry.failed, entry.hints)
                           : entry.asked != 0    ? texts.say("coupon.waiting")
                                                 : texts.say("coupon.line");
  const float x = wide ? frame.top.x : margin;
  const float width = frame.above.w - margin - x;
  const float top = wide               ? (top_height - field_height) / 2
                    : stage.ease.reach ? std::max(top_height, keyboard_box.y - 320)
                                       : top_height;
  draw_field(stage, entry, {x, top, width, field_height});
  draw_said(stage, entry, said, {x, top + field_height + 24, width, keyboard_box.y - top - field_height - 24});
  const KeyboardSpec spec{.id = "key", .enter = texts.say("coupon.enter"), .enter_icon = Icon::check};
  for (const KeyboardWish& key : keyboard(stage, keyboard_box, entry.typed, spec)) {
    if (key.kind == KeyboardWish::Kind::touch) {
      stage.want(TypeKey{key.touch});
    } else if (key.kind == KeyboardWish::Kind::enter) {
      stage.want(Submit{});
    } else {
      stage.want(GoBack{});
    }
  }
  frame.end();
  stage.tree.announcement = title + ". " + said;
}

}  // namespace vitrine::kiosk::shopper
