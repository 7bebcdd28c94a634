// SPDX-License-Identifier: Apache-2.0
// Pressing, dragging, releasing and moving the focus.
#include "kiosk/widgets/hands.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace vitrine::kiosk {
namespace {

constexpr float same_place = 24;          // design units: a second touch here is the same finger bouncing
constexpr float friction_per_second = 4;  // share of speed lost each second, as an exponent
constexpr float slowest = 20;             // design units per second; below it a glide ends

constexpr float farthest_px = 100'000;

}  // namespace

void Hands::take(const Input& input, MonoMs now, float scale) {
  acted_.clear();
  if (!act_next_.empty()) acted_.push_back(std::exchange(act_next_, {}));
  touched_nothing_ = false;
  happened_ = !input.keys.empty();
  for (const PointerEvent& event : input.pointer) {
    const Point at{event.x / scale, event.y / scale};
    // No panel has such a place, and a list that was dragged there would be nowhere; nor is "not a number" below anything.
    const bool is_place = std::abs(event.x) < farthest_px && std::abs(event.y) < farthest_px;
    switch (is_place ? event.kind : PointerEvent::Kind::cancel) {
      case PointerEvent::Kind::down:
        happened_ = true;
        keys_in_use_ = by_key_ = false;
        press(at, now);
        last_move_ = now;
        break;
      case PointerEvent::Kind::move:
        move(at, now);
        break;
      case PointerEvent::Kind::up:
        happened_ = true;
        release(at, now);
        break;
      case PointerEvent::Kind::cancel:
        down_ = false;
        dragging_ = false;
        pressed_.clear();
        break;
    }
  }
  for (const Key key : input.keys) take_key(key, now);
  glide(now);
}

const HandTarget* Hands::target_at(Point at) const {
  // What was drawn last lies on top.
  for (auto it = targets_.rbegin(); it != targets_.rend(); ++it) {
    if (it->box.contains(at)) return &*it;
  }
  return nullptr;
}

const HandTarget* Hands::target(const std::string& id) const {
  const auto found = std::find_if(targets_.begin(), targets_.end(), [&](const HandTarget& each) { return each.id == id; });
  return found == targets_.end() ? nullptr : &*found;
}

void Hands::press(Point at, MonoMs now) {
  down_ = true;
  dragging_ = false;
  inside_ = true;
  pressed_at_ = at;
  down_at_ = now;
  last_ = at;
  const HandTarget* under = target_at(at);
  pressed_ = under != nullptr && under->enabled ? under->id : std::string();
  dragged_list_.clear();
  if (!pressed_.empty() && under->on_press) {
    act(pressed_, at, now);
    return;
  }
  for (const ScrollList& list : lists_) {
    const bool covered = under != nullptr && under->list != list.id;
    if (list.box.contains(at) && !covered) dragged_list_ = list.id;
  }
  if (!dragged_list_.empty()) scrolls_[dragged_list_].speed = 0;
}

void Hands::move(Point at, MonoMs now) {
  if (!down_) return;
  const float travelled = std::abs(at.y - pressed_at_.y);
  if (!dragged_list_.empty() && !dragging_ && travelled > drag_from && scrolls_[dragged_list_].end > 0) dragging_ = true;
  if (dragging_) {
    Scroll& scroll = scrolls_[dragged_list_];
    const float by = last_.y - at.y;
    scroll.at = std::clamp(scroll.at + by, 0.0F, scroll.end);
    const auto elapsed = static_cast<float>(std::max<std::int64_t>(1, now.value - last_move_.value)) / 1000.0F;
    scroll.speed = 0.6F * scroll.speed + 0.4F * (by / elapsed);
  } else if (const HandTarget* pressed = target(pressed_)) {
    inside_ = pressed->box.contains(at);
  }
  last_ = at;
  last_move_ = now;
}

void Hands::release(Point at, MonoMs now) {
  if (!down_) return;
  move(at, now);
  down_ = false;
  if (dragging_) {
    dragging_ = false;
    if (now.value - last_move_.value > 80) scrolls_[dragged_list_].speed = 0;
    glide_from_ = now;
  } else if (const HandTarget* under = target_at(at); under != nullptr && !pressed_.empty() && under->id == pressed_) {
    if (!under->on_press) act(pressed_, at, now);
  } else if (pressed_.empty() && under == nullptr) {
    touched_nothing_ = true;
  }
  pressed_.clear();
}

void Hands::act(const std::string& id, Point at, MonoMs now) {
  const HandTarget* acting = target(id);
  const bool is_key = acting != nullptr && acting->on_press;
  const bool soon = acted_last_time_ && now.value - acted_last_time_->value < (is_key ? second_key_ms : second_touch_ms);
  const bool here = std::hypot(at.x - acted_last_at_.x, at.y - acted_last_at_.y) < same_place;
  if (soon && (id == acted_last_ || here)) return;
  acted_.push_back(id);
  acted_last_ = id;
  acted_last_at_ = at;
  acted_last_time_ = now;
}

void Hands::take_key(Key key, MonoMs now) {
  by_key_ = true;
  if (is_alt(key)) {
    act_by_shortcut(key, now);
    return;
  }
  switch (key) {
    case Key::down:
      move_focus_down(1);
      break;
    case Key::up:
      move_focus_down(-1);
      break;
    case Key::tab:
    case Key::right:
      move_focus(1);
      break;
    case Key::back_tab:
    case Key::left:
      move_focus(-1);
      break;
    case Key::enter:
      if (keys_in_use_ && target(focus_) != nullptr) {
        act(focus_, target(focus_)->box.centre(), now);
      } else if (!act_by_shortcut(key, now)) {
        move_focus(1);
      }
      break;
    case Key::escape:
      for (const HandTarget& each : targets_) {
        if (each.takes_escape && each.enabled) act(each.id, each.box.centre(), now);
      }
      break;
    case Key::queue:
    case Key::customer:
    case Key::stock:
    case Key::take_back:
    case Key::status:
    case Key::board:
    case Key::picking:
    case Key::lock:
    case Key::filter:
    case Key::note:
    case Key::search:
    case Key::keys:
    case Key::alt_a:
    case Key::alt_z:
      act_by_shortcut(key, now);
      break;
  }
}

bool Hands::act_by_shortcut(Key key, MonoMs now) {
  const HandTarget* found = of_shortcut(key);
  if (found == nullptr) return false;
  act(found->id, found->box.centre(), now);
  return true;
}

const HandTarget* Hands::of_shortcut(Key key) const {
  std::vector<const HandTarget*> all;
  for (const HandTarget& each : targets_) {
    if (each.shortcut == key && each.enabled && each.box.w > 0 && each.box.h > 0) all.push_back(&each);
  }
  if (all.empty()) return nullptr;
  if (const HandTarget* from = keys_in_use_ ? target(focus_) : nullptr; from != nullptr && !from->list.empty()) {
    const auto in_row = std::ranges::find_if(all, [&](const HandTarget* each) {
      const float middle = from->whole.centre().y;
      const bool level = each->whole.y <= middle && middle <= each->whole.bottom();
      const float own = each->whole.centre().y;
      return each->list == from->list && (level || (from->whole.y <= own && own <= from->whole.bottom()));
    });
    if (in_row != all.end()) return *in_row;
  }
  const auto chosen = std::ranges::find(all, true, &HandTarget::selected);
  if (chosen == all.end()) return all.front();
  return all[static_cast<std::size_t>(chosen - all.begin() + 1) % all.size()];
}

void Hands::move_focus(int step) {
  std::vector<const HandTarget*> stops;
  for (const HandTarget& each : targets_) {
    if (each.enabled) stops.push_back(&each);
  }
  if (stops.empty()) return;
  const auto count = static_cast<int>(stops.size());
  const auto found = std::find_if(stops.begin(), stops.end(), [&](const HandTarget* each) { return each->id == focus_; });
  int next = step > 0 ? 0 : count - 1;
  if (keys_in_use_ && found != stops.end()) next = (static_cast<int>(found - stops.begin()) + step + count) % count;
  keys_in_use_ = true;
  focus_ = stops[static_cast<std::size_t>(next)]->id;
  reveal(focus_);
}

void Hands::move_focus_down(int step) {
  const HandTarget* from = keys_in_use_ ? target(focus_) : nullptr;
  const HandTarget* best = nullptr;
  float best_distance = 0;
  for (const HandTarget& each : targets_) {
    if (from == nullptr || !each.enabled || &each == from) continue;
    const float down = static_cast<float>(step) * (each.whole.centre().y - from->whole.centre().y);
    if (down < std::min(each.whole.h, from->whole.h) / 2) continue;  // beside it
    const float distance = down + 2 * std::max(0.0F, std::abs(each.whole.centre().x - from->whole.centre().x) - each.whole.w / 2);
    if (best != nullptr && distance >= best_distance) continue;
    best = &each;
    best_distance = distance;
  }
  if (best == nullptr) {
    move_focus(step);
    return;
  }
  focus_ = best->id;
  reveal(focus_);
}

void Hands::reveal(const std::string& id) {
  const HandTarget* wanted = target(id);
  if (wanted == nullptr || wanted->list.empty()) return;
  for (const ScrollList& list : lists_) {
    if (list.id != wanted->list) continue;
    Scroll& scroll = scrolls_[list.id];
    const float margin = 24;
    if (wanted->whole.y < list.box.y + margin) scroll.at -= list.box.y + margin - wanted->whole.y;
    if (wanted->whole.bottom() > list.box.bottom() - margin) scroll.at += wanted->whole.bottom() - list.box.bottom() + margin;
    scroll.at = std::clamp(scroll.at, 0.0F, scroll.end);
    scroll.speed = 0;
  }
}

void Hands::glide(MonoMs now) {
  scrolling_ = dragging_;
  const float elapsed = glide_from_ ? static_cast<float>(now.value - glide_from_->value) / 1000.0F : 0;
  bool gliding = false;
  for (auto& [id, scroll] : scrolls_) {
    if (dragging_ && id == dragged_list_) continue;
    if (std::abs(scroll.speed) < slowest) {
      scroll.speed = 0;
      continue;
    }
    scroll.at = std::clamp(scroll.at + scroll.speed * elapsed, 0.0F, scroll.end);
    scroll.speed *= std::exp(-friction_per_second * elapsed);
    if (scroll.at <= 0 || scroll.at >= scroll.end) scroll.speed = 0;
    gliding = gliding || scroll.speed != 0;
  }
  glide_from_ = gliding ? std::optional<MonoMs>(now) : std::nullopt;
  scrolling_ = scrolling_ || gliding;
}

void Hands::begin_targets() {
  next_.clear();
  next_lists_.clear();
}

void Hands::offer(HandTarget target) { next_.push_back(std::move(target)); }

void Hands::offer_list(ScrollList list) {
  Scroll& scroll = scrolls_[list.id];
  scroll.end = std::max(0.0F, list.content - list.box.h);
  scroll.at = std::clamp(scroll.at, 0.0F, scroll.end);
  next_lists_.push_back(std::move(list));
}

void Hands::end_targets(MonoMs) {
  targets_ = std::move(next_);
  lists_ = std::move(next_lists_);
  if (focus_main_) {
    focus_main_ = false;
    const auto main =
        std::find_if(targets_.begin(), targets_.end(), [](const HandTarget& each) { return each.main && each.enabled; });
    focus_ = main == targets_.end() ? std::string() : main->id;
  }
  if (down_ && !pressed_.empty() && target(pressed_) == nullptr) pressed_.clear();
}

std::optional<std::size_t> Hands::turn_of(const std::string& id) const {
  const auto found = std::ranges::find(acted_, id);
  if (found == acted_.end()) return std::nullopt;
  return static_cast<std::size_t>(found - acted_.begin());
}

float Hands::scroll_of(const std::string& list) const {
  const auto found = scrolls_.find(list);
  return found == scrolls_.end() ? 0 : found->second.at;
}

float Hands::scroll_end_of(const std::string& list) const {
  const auto found = scrolls_.find(list);
  return found == scrolls_.end() ? 0 : found->second.end;
}

void Hands::scroll_by(const std::string& list, float by) {
  Scroll& scroll = scrolls_[list];
  scroll.at = std::clamp(scroll.at + by, 0.0F, scroll.end);
  scroll.speed = 0;
}

void Hands::enter_screen() {
  focus_main_ = true;
  pressed_.clear();
}

void Hands::forget() {
  keys_in_use_ = false;
  scrolls_.clear();
  focus_.clear();
  pressed_.clear();
  dragging_ = false;
  dragged_list_.clear();
  glide_from_.reset();
  acted_last_time_.reset();
}

}  // namespace vitrine::kiosk
