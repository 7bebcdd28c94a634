// SPDX-License-Identifier: Apache-2.0
// Lets a test or a screen reader look at the kiosk: a Unix socket (mode 0600, off unless asked for) that takes one JSON object a
// line and answers one a line. It can only look; whoever wants to do something does it through the window system.
//
//   {"ask":"tree"}                        → {"tree":{"screen","language","announcement","frame","nodes":[…]}}
//   {"ask":"statistics"}                  → {"statistics":{"frames",…}}
//   {"ask":"picture","file":"/path.png"}  → {"picture":"/path.png"} once it is written
//   anything else                         → {"error":"…"}
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "base/result.hpp"
#include "kiosk/io/descriptor.hpp"
#include "kiosk/io/painter.hpp"
#include "kiosk/io/statistics.hpp"
#include "kiosk/widgets/semantic_tree.hpp"

namespace vitrine::kiosk {

class Automation {
 public:
  // `wake` makes the window look whether a picture is wanted. Errors: "automation_socket".
  static Result<std::unique_ptr<Automation>> open(const std::string& socket, std::function<void()> wake);
  ~Automation();
  Automation(const Automation&) = delete;
  Automation& operator=(const Automation&) = delete;

  // After each frame, on the window's thread.
  void show(std::uint64_t frame, const SemanticTree& tree, const Statistics& statistics);
  [[nodiscard]] bool wants_picture();
  void give_picture(Picture picture);

 private:
  Automation(std::string socket, Descriptor listener, std::function<void()> wake);
  void run();
  [[nodiscard]] std::string answer(const std::string& line);
  [[nodiscard]] std::string answer_tree();
  [[nodiscard]] std::string answer_statistics();
  [[nodiscard]] std::string answer_picture(const std::string& file);

  std::string socket_;
  Descriptor listener_;
  std::function<void()> wake_window_;
  WakeUp wake_;
  std::atomic<bool> stop_ = false;

  std::mutex mutex_;
  std::condition_variable pictured_;
  std::uint64_t frame_ = 0;
  std::unique_ptr<SemanticTree> tree_ = std::make_unique<SemanticTree>();
  Statistics statistics_;
  bool picture_wanted_ = false;
  std::optional<Picture> picture_;

  std::thread thread_;
};

}  // namespace vitrine::kiosk
