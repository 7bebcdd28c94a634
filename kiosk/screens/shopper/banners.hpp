// SPDX-License-Identifier: Apache-2.0
// What is said over several screens: the link to the hub, a change that was not kept, and short notices above the lower edge.
#pragma once

#include <optional>

#include "kiosk/model/model.hpp"
#include "kiosk/widgets/parts.hpp"

namespace vitrine::kiosk::shopper {

// The most serious thing to say, or nothing.
std::optional<BannerSpec> banner_for(Stage& stage, const Model& model);
// What became of printing.
std::optional<BannerSpec> printing_banner(Stage& stage, const Model& model);
// Draws it at the top of the place; returns the height used, 0 when there is nothing to say.
float draw_banner(Stage& stage, const Model& model, const Box& place, float gap);

struct NoticeSpec {
  std::string id{};  // of its action
  Icon icon = Icon::none;
  std::string words{};
  std::string action{};
  MonoMs until;
};
inline constexpr float notice_gap = 24;
inline constexpr float list_height_least = 8 + 2 * 88 + 24;  // of a list beside a notice: its two keys
float notice_height(const Stage& stage, float width, const NoticeSpec& spec);
// At the lower edge of the place. True when its action was pressed.
bool draw_notice(Stage& stage, const Model& model, const Box& place, const NoticeSpec& spec);

}  // namespace vitrine::kiosk::shopper
