// SPDX-License-Identifier: Apache-2.0
// The kiosk's own controls and pieces (kiosk-ui section 4). Each draws itself and, when it can be touched, says what happened.
#pragma once

#include <string>
#include <string_view>

#include "kiosk/widgets/qr.hpp"
#include "kiosk/widgets/stage.hpp"

namespace vitrine::kiosk {

enum class ButtonKind { primary, secondary, tertiary };

struct ButtonSpec {
  std::string id{};
  std::string label{};
  ButtonKind kind = ButtonKind::primary;
  Icon icon = Icon::none;
  bool small = false;  // 80 high instead of 108
  bool enabled = true;
  bool takes_escape = false;
  bool main = false;
};
// True when it was pressed.
bool button(Stage& stage, const Box& box, const ButtonSpec& spec);
// As wide as its label needs.
float button_width(const Stage& stage, const ButtonSpec& spec);

// A round button of 88 with an icon alone.
bool round_button(Stage& stage, Point at, const std::string& id, const std::string& label, Icon icon, bool takes_escape = false);

// The welcome screen's large card: niche with icon, title, one line, arrow.
bool main_action(Stage& stage, const Box& box, const std::string& id, Icon icon, std::string_view title, std::string_view line);

enum class StepperWish { none, more, fewer, remove };
struct StepperSpec {
  std::string id{};  // the ends are <id>.more, <id>.fewer or <id>.remove, the count <id>.count
  std::int64_t units = 0;
  bool at_limit = false;  // no more can be added
  std::string count{};
  std::string more{}, fewer{}, remove{};  // what the ends do, in words
};
inline constexpr float stepper_width = 240;
inline constexpr float stepper_height = 76;
StepperWish stepper(Stage& stage, Point at, const StepperSpec& spec);

void card(Stage& stage, const Box& box, float radius = 32, Shadow shadow = Shadow::e1_card);
// A product's pictogram on its tile.
void product_tile(Stage& stage, const Box& box, const std::string& pictogram, std::string_view tile);
// The arch with an icon: empty and error states.
void niche(Stage& stage, Point top_middle, float scale, std::size_t tile, Icon icon, Colour colour);

enum class BannerKind { info, ok, warn };
struct BannerSpec {
  std::string id{};
  BannerKind kind = BannerKind::info;
  Icon icon = Icon::none;
  std::string title{};
  std::string line{};
};
float banner_height(const Stage& stage, float width, const BannerSpec& spec);
void banner(Stage& stage, const Box& box, const BannerSpec& spec);

// A tinted capsule of 48 with icon and words; returns its width.
float chip(Stage& stage, Point at, Icon icon, std::string_view text, Colour colour, Colour tint);

// A disc with an icon or a number, a bold line and a quiet one.
struct StepSpec {
  Icon icon = Icon::none;
  std::string number{};  // instead of the icon
  std::string title{};
  std::string line{};
};
float step_height(const Stage& stage, float width, const StepSpec& spec);
void step(Stage& stage, const Box& box, const StepSpec& spec);

// "Removed" with one action, 104 high. True when the action was pressed.
bool toast(Stage& stage, const Box& box, const std::string& id, Icon icon, std::string_view text, const std::string& action);

// Seconds in a ring that empties clockwise; 264 across.
void countdown_ring(Stage& stage, Point centre, float left_share, int seconds, bool urgent);

// A QR code on white with its quiet zone.
void qr_tile(Stage& stage, const Box& box, const QrModules& code, const std::string& id, const std::string& label);

}  // namespace vitrine::kiosk
