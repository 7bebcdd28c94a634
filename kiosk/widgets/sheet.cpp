// SPDX-License-Identifier: Apache-2.0
// The sheet; see sheet.hpp.
#include "kiosk/widgets/sheet.hpp"

#include <algorithm>
#include <utility>

#include "kiosk/widgets/parts.hpp"

namespace vitrine::kiosk {
namespace {

constexpr float side = 56;
constexpr float above_title = 40;
constexpr float close_size = 88;

}  // namespace

Sheet::Sheet(Stage& stage, SheetSpec spec) : stage_(stage), spec_(std::move(spec)) {
  spec_.width = std::min(spec_.width, stage.area().w);
  const float room = spec_.width - 2 * side - close_size - 24;
  head_ = std::max(close_size, stage.height_of(spec_.title, Type::title, room) +
                                   (spec_.line.empty() ? 0 : stage.height_of(spec_.line, Type::body, room)));
}

float Sheet::inner_width() const { return spec_.width - 2 * side; }

Box Sheet::begin(float body) {
  const Theme& theme = stage_.theme;
  const Box area = stage_.area();
  const float around = above_title + head_ + 28 + spec_.foot + 40;
  // What lies behind stays to be seen; in reach mode the sheet is in the lower part.
  const float most = stage_.ease.reach ? area.h - stage_.reach_line() : area.h - 24;
  const float height = std::min(most, around + body);
  content_ = body;
  scrolls_ = body > height - around + 1;
  sheet_ = {(area.w - spec_.width) / 2, area.h - height, spec_.width, height};

  const int before = stage_.canvas.mark();
  const bool settled = stage_.motions.since_first(spec_.id + ".settled", 300) >= 1;
  stage_.canvas.fill_around(area, settled ? Box{sheet_.x + 36, sheet_.y + 36, sheet_.w - 72, sheet_.h - 36} : Box{}, theme.scrim);
  stage_.canvas.fade_since(before, stage_.motions.since_first(spec_.id + ".scrim", stage_.motions.reduced() ? 120 : 200));

  mark_ = stage_.canvas.mark();
  stage_.canvas.fill(sheet_, theme.bg, 52 * theme.corner_scale, Corners::top);
  if (stage_.outlined()) stage_.canvas.fill({sheet_.x, sheet_.y, sheet_.w, theme.card_line}, theme.line_strong);
  stage_.describe(Role::dialog, sheet_, spec_.id, spec_.title);
  const float room = spec_.width - 2 * side - close_size - 24;
  float y = sheet_.y + above_title;
  y += stage_.write({sheet_.x + side, y, room, head_}, spec_.title,
                    {.role = Role::heading, .type = Type::title, .colour = theme.ink, .lines_max = 3});
  if (!spec_.line.empty())
    stage_.write({sheet_.x + side, y, room, head_}, spec_.line, {.type = Type::body, .colour = theme.ink_2, .lines_max = 3});

  body_ = {sheet_.x + side, sheet_.y + above_title + head_ + 28, inner_width(), height - around};
  if (!scrolls_) return body_;
  const Box window{body_.x - 16, body_.y, body_.w - scroll_keys_width() + 32, body_.h};
  const float at = stage_.begin_list(spec_.id + ".list", window);
  return {body_.x, body_.y - at, body_.w - scroll_keys_width(), content_};
}

Box Sheet::end_body() {
  if (scrolls_) {
    stage_.end_list(content_ + 16);
    scroll_keys(stage_, body_, spec_.id + ".list", body_.h * 0.8F, {});
  }
  return {body_.x, body_.bottom(), body_.w, spec_.foot};
}

bool Sheet::end(const std::string& close) {
  const bool closed = round_button(stage_, {sheet_.right() - side - close_size, sheet_.y + above_title}, spec_.id + ".close",
                                   close, Icon::close, true);
  const float share = stage_.motions.since_first(spec_.id + ".in", 280);
  if (stage_.motions.reduced()) {
    stage_.canvas.fade_since(mark_, stage_.motions.since_first(spec_.id + ".fade", 120));
  } else if (share < 1) {
    stage_.canvas.move_since(mark_, 0, sheet_.h * (1 - eased(share)));
  }
  stage_.tree.screen = spec_.id;
  return closed;
}

}  // namespace vitrine::kiosk
