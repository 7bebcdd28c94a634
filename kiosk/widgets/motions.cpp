// SPDX-License-Identifier: Apache-2.0
// Where each movement stands.
#include "kiosk/widgets/motions.hpp"

#include <algorithm>
#include <cmath>

namespace vitrine::kiosk {
namespace {

float share_of(MonoMs started, MonoMs now, std::int64_t ms) {
  if (ms <= 0) return 1;
  return std::clamp(static_cast<float>(now.value - started.value) / static_cast<float>(ms), 0.0F, 1.0F);
}

}  // namespace

float eased(float share) { return 1 - std::pow(1 - std::clamp(share, 0.0F, 1.0F), 3.2F); }

void Motions::begin(MonoMs now, bool reduced) {
  last_ = now_;
  now_ = now;
  reduced_ = reduced;
  moving_ = false;
  ++frame_;
}

void Motions::end() {
  std::erase_if(motions_, [&](const auto& each) { return each.second.frame != frame_; });
}

Motions::Motion& Motions::motion(const std::string& name, bool& is_new) {
  const auto [found, inserted] = motions_.try_emplace(name);
  is_new = inserted;
  if (inserted) found->second.started = now_;
  found->second.frame = frame_;
  return found->second;
}

float Motions::ramp(const std::string& name, bool on, std::int64_t in_ms, std::int64_t out_ms) {
  bool is_new = false;
  Motion& m = motion(name, is_new);
  const float goal = on ? 1 : 0;
  if (is_new) m.value = goal;
  if (m.value != goal) {
    const auto elapsed = static_cast<float>(std::clamp<std::int64_t>(now_.value - last_.value, 0, 50));
    const float step = elapsed / static_cast<float>(on ? in_ms : out_ms);
    m.value = on ? std::min(1.0F, m.value + step) : std::max(0.0F, m.value - step);
    moving_ = true;
  }
  return m.value;
}

bool Motions::is_first_frame(const std::string& name) {
  bool is_new = false;
  motion(name, is_new);
  return is_new;
}

float Motions::since_first(const std::string& name, std::int64_t ms, bool over) {
  bool is_new = false;
  Motion& m = motion(name, is_new);
  if (is_new && over) m.started = now_.plus(-ms);
  const float share = share_of(m.started, now_, ms);
  if (share < 1) moving_ = true;
  return share;
}

float Motions::follow(const std::string& name, float value, std::int64_t ms) {
  bool is_new = false;
  Motion& m = motion(name, is_new);
  if (is_new || reduced_) {
    m.from = m.to = m.value = value;
  } else if (m.to != value) {
    m.from = m.value;
    m.to = value;
    m.started = now_;
  }
  if (m.value != m.to) {
    const float share = share_of(m.started, now_, ms);
    m.value = share >= 1 ? m.to : m.from + (m.to - m.from) * eased(share);
    moving_ = true;
  }
  return m.value;
}

Motions::Change Motions::changed(const std::string& name, const std::string& text, std::int64_t ms) {
  bool is_new = false;
  Motion& m = motion(name, is_new);
  if (is_new) {
    m.text = text;
    m.value = 1;
  } else if (m.text != text) {
    m.before = m.text;
    m.text = text;
    m.started = now_;
    m.value = 0;
  }
  if (m.value < 1) {
    m.value = share_of(m.started, now_, ms);
    moving_ = true;
    if (m.value >= 1) m.before.clear();
  }
  return {m.before, m.value};
}

void Motions::forget() { motions_.clear(); }

}  // namespace vitrine::kiosk
