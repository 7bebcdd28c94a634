// SPDX-License-Identifier: Apache-2.0
#include "tests/sim/wire.hpp"

#include <algorithm>
#include <utility>

namespace vitrine::sim {

Wire::Wire(std::size_t boxes, Dice dice, std::function<void(FaultKind)> noticed)
    : dice_(dice), noticed_(std::move(noticed)), lines_(boxes) {}

void Wire::disconnect(std::size_t box) {
  Line& line = lines_.at(box);
  line.up = false;
  ++line.session;
  line.last_ms = {};
}

void Wire::disconnect_hub() {
  hub_up_ = false;
  ++hub_session_;
}

void Wire::weather(FaultKind kind, std::size_t box, std::int64_t until_ms, double strength, bool upwards) {
  lines_.at(box).weather.at(static_cast<std::size_t>(kind)) = {until_ms, strength, upwards};
}

void Wire::calm() {
  for (Line& line : lines_) line.weather = {};
}

bool Wire::blows(Line& line, FaultKind kind, std::int64_t now_ms) {
  const Weather& weather = line.weather.at(static_cast<std::size_t>(kind));
  if (weather.until_ms <= now_ms || !dice_.chance(weather.strength)) return false;
  return true;
}

void Wire::to_hub(std::size_t box, std::shared_ptr<const Packet> packet, std::int64_t now_ms) {
  if (lines_.at(box).up) post(box, true, std::move(packet), now_ms);
}

void Wire::to_box(std::size_t box, std::shared_ptr<const Packet> packet, std::int64_t now_ms) {
  if (lines_.at(box).up) post(box, false, std::move(packet), now_ms);
}

void Wire::post(std::size_t box, bool up, std::shared_ptr<const Packet> packet, std::int64_t now_ms) {
  Line& line = lines_.at(box);
  const Weather& one_way = line.weather.at(static_cast<std::size_t>(FaultKind::one_way));
  if (one_way.until_ms > now_ms && one_way.upwards == up) return noticed_(FaultKind::one_way);
  if (blows(line, FaultKind::lost, now_ms)) return noticed_(FaultKind::lost);
  int copies = 1;
  if (blows(line, FaultKind::repeated, now_ms)) {
    noticed_(FaultKind::repeated);
    copies += 1 + static_cast<int>(dice_.below(2));
  }
  for (int copy = 0; copy < copies; ++copy) {
    std::int64_t at = now_ms + dice_.between(2, 30);
    std::int64_t& last = line.last_ms.at(up ? 1 : 0);
    if (blows(line, FaultKind::delayed, now_ms)) {
      noticed_(FaultKind::delayed);
      at += dice_.between(300, 14'000);
    }
    const bool late = packet->unasked && blows(line, FaultKind::late_push, now_ms);
    if (late || blows(line, FaultKind::reordered, now_ms)) {
      // Out of the line: what comes later may overtake it.
      noticed_(late ? FaultKind::late_push : FaultKind::reordered);
      at += late ? dice_.between(200, 1'500) : dice_.between(20, 2'500);
    } else if (copy == 0) {
      at = std::max(at, last);
      // Answers take their time too, each after the one before it: what is late comes between two pages of one answer.
      if (!up && !packet->unasked && line.weather.at(static_cast<std::size_t>(FaultKind::late_push)).until_ms > now_ms)
        at += dice_.between(100, 800);
      last = at;
    } else {
      at += dice_.between(0, 6'000);
    }
    letters_.push({at, ++order_, box, up, line.session, hub_session_, packet});
  }
}

std::optional<std::int64_t> Wire::next_at() const {
  if (letters_.empty()) return std::nullopt;
  return letters_.top().at_ms;
}

std::optional<Letter> Wire::take() {
  Letter letter = letters_.top();
  letters_.pop();
  const Line& line = lines_.at(letter.box);
  if (!line.up || line.session != letter.session) return std::nullopt;
  // What a store has published stays in the broker only as long as the hub's session; what the hub published is on its way.
  if (letter.up && (!hub_up_ || hub_session_ != letter.hub_session)) return std::nullopt;
  return letter;
}

}  // namespace vitrine::sim
