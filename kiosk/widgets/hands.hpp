// SPDX-License-Identifier: Apache-2.0
// What hands do: touches and keys are judged against the targets that the person saw, those of the last frame. A target acts on
// release inside it (keys of keyboard and keypad on press), a drag scrolls and cancels, a second touch within 250 ms is not
// taken.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/time_point.hpp"
#include "kiosk/widgets/geometry.hpp"
#include "kiosk/widgets/input.hpp"

namespace vitrine::kiosk {

struct HandTarget {
  std::string id;
  Box box;             // what of it can be touched
  Box whole;           // the same, not cut by its list
  std::string list{};  // the scrolling list that it is in, or empty
  bool enabled = true;
  bool takes_escape = false;
  bool on_press = false;          // a key
  bool main = false;              // gets the focus when a dialog opens for a person who uses keys
  std::optional<Key> shortcut{};  // acts on it from anywhere on the screen; Enter only while nothing has the focus
  bool selected = false;
};

struct ScrollList {
  std::string id;
  Box box;
  float content = 0;  // height
};

class Hands {
 public:
  // Takes the input of a frame. `scale` is pixels per design unit.
  void take(const Input& input, MonoMs now, float scale);
  // Between take() and the next take(): what is drawn now.
  void begin_targets();
  void offer(HandTarget target);
  void offer_list(ScrollList list);
  void end_targets(MonoMs now);

  [[nodiscard]] bool acted(const std::string& id) const { return turn_of(id).has_value(); }
  // Its place among all that acted in this frame; none: it did not.
  [[nodiscard]] std::optional<std::size_t> turn_of(const std::string& id) const;
  [[nodiscard]] bool is_down(const std::string& id) const { return down_ && !dragging_ && pressed_ == id && inside_; }
  // How long a finger has been on it, in ms; 0 when none is.
  [[nodiscard]] std::int64_t held_for(const std::string& id, MonoMs now) const {
    return is_down(id) ? now.value - down_at_.value : 0;
  }
  [[nodiscard]] bool has_focus(const std::string& id) const { return keys_in_use_ && focus_ == id; }
  [[nodiscard]] float scroll_of(const std::string& list) const;
  // Where the list ends when scrolled wholly; of the last frame.
  [[nodiscard]] float scroll_end_of(const std::string& list) const;
  void scroll_by(const std::string& list, float by);
  [[nodiscard]] bool anything_happened() const { return happened_; }
  // What acted last did by a key of its own.
  [[nodiscard]] bool by_key() const { return by_key_; }
  // The next frame takes it as pressed, if it can be.
  void act_next(std::string id) { act_next_ = std::move(id); }
  // A touch ended where there was nothing to touch.
  [[nodiscard]] bool touched_nothing() const { return touched_nothing_; }
  [[nodiscard]] bool is_scrolling() const { return scrolling_; }

  // Focus goes to the main target of what is drawn next.
  void enter_screen();
  // Forgets where a person was.
  void forget();

 private:
  struct Scroll {
    float at = 0;
    float speed = 0;  // design units per second
    float end = 0;
  };

  void press(Point at, MonoMs now);
  void move(Point at, MonoMs now);
  void release(Point at, MonoMs now);
  void take_key(Key key, MonoMs now);
  void act(const std::string& id, Point at, MonoMs now);
  // Of several with the same key: that of the row that has the focus, else the one after what is chosen, else the first in sight.
  bool act_by_shortcut(Key key, MonoMs now);
  [[nodiscard]] const HandTarget* of_shortcut(Key key) const;
  void move_focus(int step);
  // To the nearest target below (1) or above (-1); in the order of reading when there is none.
  void move_focus_down(int step);
  void reveal(const std::string& id);
  void glide(MonoMs now);
  [[nodiscard]] const HandTarget* target_at(Point at) const;
  [[nodiscard]] const HandTarget* target(const std::string& id) const;

  std::vector<HandTarget> targets_;  // of the last frame
  std::vector<HandTarget> next_;
  std::vector<ScrollList> lists_;
  std::vector<ScrollList> next_lists_;
  std::map<std::string, Scroll> scrolls_;
  std::vector<std::string> acted_;

  bool down_ = false;
  bool inside_ = false;
  bool dragging_ = false;
  bool happened_ = false;
  bool scrolling_ = false;
  bool touched_nothing_ = false;
  std::string pressed_;
  std::string dragged_list_;
  Point pressed_at_;
  MonoMs down_at_;
  Point last_;
  MonoMs last_move_;
  std::optional<MonoMs> glide_from_;

  std::string acted_last_;
  Point acted_last_at_;
  std::optional<MonoMs> acted_last_time_;

  bool by_key_ = false;
  std::string act_next_;
  bool keys_in_use_ = false;
  bool focus_main_ = false;
  std::string focus_;
};

inline constexpr std::int64_t second_touch_ms = 250;
inline constexpr std::int64_t second_key_ms = 60;  // the same key twice is typed often
inline constexpr float drag_from = 12;             // design units

}  // namespace vitrine::kiosk
