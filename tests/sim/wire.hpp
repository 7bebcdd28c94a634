// SPDX-License-Identifier: Apache-2.0
// The broker and the lines to it: messages on their way, and what weather does to them. Sessions start clean, as in the shop:
// what is under way when a session ends is gone.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <queue>
#include <string>
#include <vector>

#include "tests/sim/dice.hpp"
#include "tests/sim/plan.hpp"

namespace vitrine::sim {

struct Packet {
  std::string kind;  // of a request
  std::string bytes;
  std::string content_type;
  bool unasked = false;  // a push: on another topic than answers, so either may overtake the other
};

struct Letter {
  std::int64_t at_ms = 0;
  std::uint64_t order = 0;
  std::size_t box = 0;
  bool up = false;
  std::uint64_t session = 0;      // of the box
  std::uint64_t hub_session = 0;  // of the hub
  std::shared_ptr<const Packet> packet;
};

class Wire {
 public:
  Wire(std::size_t boxes, Dice dice, std::function<void(FaultKind)> noticed);

  void connect(std::size_t box) { lines_.at(box).up = true; }
  void disconnect(std::size_t box);
  void connect_hub() { hub_up_ = true; }
  void disconnect_hub();
  [[nodiscard]] bool connected(std::size_t box) const { return lines_.at(box).up; }
  [[nodiscard]] bool hub_connected() const { return hub_up_; }

  // A fault of messages on one box's line, from now until then.
  void weather(FaultKind kind, std::size_t box, std::int64_t until_ms, double strength, bool upwards);
  void calm();

  void to_hub(std::size_t box, std::shared_ptr<const Packet> packet, std::int64_t now_ms);
  void to_box(std::size_t box, std::shared_ptr<const Packet> packet, std::int64_t now_ms);

  [[nodiscard]] std::optional<std::int64_t> next_at() const;
  // The next letter; none when it was of a session that is over.
  std::optional<Letter> take();
  [[nodiscard]] std::uint64_t sent() const { return order_; }

 private:
  struct Weather {
    std::int64_t until_ms = 0;
    double strength = 0;
    bool upwards = false;
  };
  struct Line {
    bool up = false;
    std::uint64_t session = 1;
    std::array<std::int64_t, 2> last_ms{};  // when the last letter arrives, down and up: a session keeps its order
    std::array<Weather, fault_kinds> weather;
  };
  struct Later {
    bool operator()(const Letter& a, const Letter& b) const { return a.at_ms != b.at_ms ? a.at_ms > b.at_ms : a.order > b.order; }
  };
  bool blows(Line& line, FaultKind kind, std::int64_t now_ms);
  void post(std::size_t box, bool up, std::shared_ptr<const Packet> packet, std::int64_t now_ms);

  Dice dice_;
  std::function<void(FaultKind)> noticed_;
  std::vector<Line> lines_;
  bool hub_up_ = false;
  std::uint64_t hub_session_ = 1;
  std::uint64_t order_ = 0;
  std::priority_queue<Letter, std::vector<Letter>, Later> letters_;
};

}  // namespace vitrine::sim
