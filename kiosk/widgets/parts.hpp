// SPDX-License-Identifier: Apache-2.0
// The kiosk's own controls and pieces (kiosk-ui section 4). Each draws itself and, when it can be touched, says what happened.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

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
  bool desk = false;   // a counter's: 72
  bool enabled = true;
  bool takes_escape = false;
  bool main = false;
  std::string spoken{};  // when the label alone says too little
  std::optional<Key> shortcut{};
};
// True when it was pressed.
bool button(Stage& stage, const Box& box, const ButtonSpec& spec);
// As high as its label needs at that width; a label may take two lines.
float button_height(const Stage& stage, float width, const ButtonSpec& spec);
// As wide as its label needs.
float button_width(const Stage& stage, const ButtonSpec& spec);

// A round button of 88 with an icon alone.
bool round_button(Stage& stage, Point at, const std::string& id, const std::string& label, Icon icon, bool takes_escape = false);

// The welcome screen's large card: niche with icon, title, one line, arrow. Where room is short: smaller, without the line.
struct ActionSpec {
  std::string id{};
  Icon icon = Icon::none;
  std::string title{};
  std::string line{};
  bool primary = false;
  bool compact = false;
};
float main_action_height(const Stage& stage, float width, const ActionSpec& spec);
bool main_action(Stage& stage, const Box& box, const ActionSpec& spec);

// A capsule that chooses: filled while it is chosen.
struct ChoiceSpec {
  std::string id{};
  std::string label{};
  bool chosen = false;
  bool enabled = true;
  std::string spoken{};
  std::optional<Colour> dot{};  // in front of the label
  std::optional<Key> shortcut{};
};
float choice_width(const Stage& stage, const ChoiceSpec& spec);
float choice_height(const Stage& stage);
bool choice(Stage& stage, const Box& box, const ChoiceSpec& spec);
// Places them in rows no wider than `width`, `rows_max` of them; what does not fit is left out. Returns the height used.
inline constexpr float choice_gap = 16;
float choices_height(const Stage& stage, float width, const std::vector<ChoiceSpec>& specs, int rows_max);
// The index of the one that was pressed.
std::optional<std::size_t> choices(Stage& stage, const Box& box, const std::vector<ChoiceSpec>& specs, int rows_max);

enum class StepperWish { none, more, fewer, remove };
struct StepperSpec {
  std::string id{};  // the ends are <id>.more, <id>.fewer or <id>.remove, the count <id>.count
  std::int64_t units = 0;
  bool at_limit = false;   // no more can be added
  bool keeps_one = false;  // fewer than one makes no sense: at one, minus rests
  bool large = false;      // as high as a button
  std::string count{};
  std::string more{}, fewer{}, remove{};  // what the ends do, in words
};
float stepper_width(const Stage& stage, bool large = false);
inline constexpr float stepper_height = 76;
inline constexpr float stepper_height_large = 108;
StepperWish stepper(Stage& stage, Point at, const StepperSpec& spec);

void card(Stage& stage, const Box& box, float radius = 32, Shadow shadow = Shadow::e1_card);
// A product's picture, or, where that is not here, its pictogram on its tile.
void product_tile(Stage& stage, const Box& box, const std::string& pictogram, std::string_view tile,
                  const std::string& picture = {});
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

// A tinted capsule with icon and words; returns its width.
float chip_height(const Stage& stage);
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

// "Removed" with one action. True when the action was pressed.
float toast_height(const Stage& stage, float width, std::string_view text, const std::string& action);
bool toast(Stage& stage, const Box& box, const std::string& id, Icon icon, std::string_view text, const std::string& action);

// Seconds in a ring that empties clockwise; 264 across.
void countdown_ring(Stage& stage, Point centre, float left_share, int seconds, bool urgent);

// Large keys beside a list for people who cannot drag: one `by` up or down, and where the list stands in words.
float scroll_keys_width();
void scroll_keys(Stage& stage, const Box& column, const std::string& list, float by, const std::string& place);

// A row that is switched on or off.
struct ToggleSpec {
  std::string id{};
  Icon icon = Icon::none;
  std::string title{};
  std::string line{};
  bool on = false;
  bool personal = false;  // said to the headset alone
};
float toggle_height(const Stage& stage, float width, const ToggleSpec& spec);
float toggle_text_height(const Stage& stage, float room, const ToggleSpec& spec);
bool toggle(Stage& stage, const Box& row, const ToggleSpec& spec);

// A QR code on white with its quiet zone. `carries`: what it says, for who reads the tree instead of the picture.
void qr_tile(Stage& stage, const Box& box, const QrModules& code, const std::string& id, const std::string& label,
             const std::string& carries = {});

}  // namespace vitrine::kiosk
