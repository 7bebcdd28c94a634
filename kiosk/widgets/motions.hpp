// SPDX-License-Identifier: Apache-2.0
// Short movements by name (kiosk-ui section 5). A motion that nobody asked for in a frame is forgotten. With less movement,
// moves become 120 ms fades or nothing.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "base/time_point.hpp"

namespace vitrine::kiosk {

class Motions {
 public:
  void begin(MonoMs now, bool reduced);
  void end();
  [[nodiscard]] bool moving() const { return moving_; }
  [[nodiscard]] bool reduced() const { return reduced_; }
  [[nodiscard]] MonoMs now() const { return now_; }
  void keep_moving() { moving_ = true; }

  // 0 to 1, linear, towards `on`. The first time it is asked for it is already there.
  float ramp(const std::string& name, bool on, std::int64_t in_ms, std::int64_t out_ms);
  // 0 to 1 since the name was first asked for; `over`: what is asked for the first time is at its end already.
  float since_first(const std::string& name, std::int64_t ms, bool over = false);
  // Whether nobody asked for the name in the frame before.
  bool is_first_frame(const std::string& name);
  // `value` itself, or on its way there after it changed; eased.
  float follow(const std::string& name, float value, std::int64_t ms);
  // The text that was there before it changed, and how far the new one has come (1: only the new one).
  struct Change {
    std::string before;
    float share = 1;
  };
  Change changed(const std::string& name, const std::string& text, std::int64_t ms);

  void forget();

 private:
  struct Motion {
    float value = 0;
    float from = 0;
    float to = 0;
    MonoMs started;
    std::string text;
    std::string before;
    std::uint64_t frame = 0;
  };
  Motion& motion(const std::string& name, bool& is_new);

  std::map<std::string, Motion> motions_;
  MonoMs now_;
  MonoMs last_;
  std::uint64_t frame_ = 0;
  bool reduced_ = false;
  bool moving_ = false;
};

// cubic-bezier(0.2, 0, 0, 1), near enough: quick away, slow to rest.
float eased(float share);

}  // namespace vitrine::kiosk
