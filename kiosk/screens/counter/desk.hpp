// SPDX-License-Identifier: Apache-2.0
// What a counter's screens share: the rail, the bar on top, and small pieces.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "kiosk/model/model.hpp"
#include "kiosk/widgets/parts.hpp"

namespace vitrine::kiosk::counter {

inline constexpr float rail_width = 120;
inline constexpr float bar_height = 96;
inline constexpr float edge = 32;

// A place that may be gone to: on the rail, or below on a screen that is held.
struct DeskPlace {
  const char* id;
  Icon icon;
  const char* words;
  Key shortcut;
  Intent wish;
  bool here = false;
  std::size_t waiting = 0;  // people, on the one that leads to them
};
// As far as this person may, and as the screen is fit for.
std::vector<DeskPlace> desk_places(const Model& model);
bool draw_place(Stage& stage, const Box& box, const DeskPlace& place);
// What there is to say, within this box; returns its width.
float draw_notice(Stage& stage, const Model& model, const Box& left);

// in_hand.cpp: bar and places of a screen that is held; returns what is free between them.
Box draw_desk_in_hand(Stage& stage, const Model& model);

// Draws rail and bar; returns what is free beside and below them.
Box draw_desk(Stage& stage, const Model& model);

struct LinkWords {
  std::string words;
  Icon icon = Icon::none;
  bool well = false;
};
LinkWords link_words(Stage& stage, const Model& model);

// A tinted capsule with icon and words; returns its width.
inline constexpr float desk_chip_height = 36;
float desk_chip_width(const Stage& stage, std::string_view text);
float desk_chip(Stage& stage, Point at, Icon icon, std::string_view text, Colour colour, Colour tint);

// A disc with a person's first letter, in a colour of their own.
void avatar(Stage& stage, Point centre, float radius, Type type, const std::string& name);

// How long somebody waits, in a ring that fills until the goal; amber from four fifths of it on.
void wait_ring(Stage& stage, Point centre, float radius, std::int64_t waited_ms, std::int64_t goal_ms, const std::string& id);

// A plate that is chosen, one of several.
bool plate(Stage& stage, const Box& box, const std::string& id, const std::string& label, bool chosen, bool enabled);

// alerts.cpp: what has escalated stands where notices do, on every screen.
[[nodiscard]] bool has_escalated(const Model& model);
void draw_escalated(Stage& stage, const Model& model, const Box& place);

// alerts.cpp: of a kind, for anybody to read: what it is and for how many.
[[nodiscard]] std::string alert_kind_words(Stage& stage, const std::string& kind, std::int64_t count);

// What was confirmed, and is written down when its time is over: undone, or said again. Two buttons, <id>.undo and <id>.now.
enum class UndoWish { none, undo, now };
UndoWish undo_or_now(Stage& stage, const Box& place, const std::string& id, std::int64_t left_ms);

// "564558" is read "564 558".
std::string order_words(const std::string& order);
std::string buyer_words(Stage& stage, const OrderCard& card);
// "Paid", or what is still to pay.
std::string payment_words(Stage& stage, const OrderCard& card);
// What was refused, or what was done, in a sentence.
std::string notice_words(Stage& stage, const std::string& code);
bool is_good_news(const std::string& code);
std::string role_words(Stage& stage, const std::string& role);

}  // namespace vitrine::kiosk::counter
