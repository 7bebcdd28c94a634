// SPDX-License-Identifier: Apache-2.0
// The kiosk at work: window, scanners and edge around the model and its screens, in one loop that draws only when something
// changed. Every thread leaves what happened in one inbox; requests go out to the edge; nothing waits.
#pragma once

#include <atomic>
#include <string>

#include "base/result.hpp"
#include "config/kiosk_config.hpp"
#include "kiosk/screens/frame.hpp"

namespace vitrine::kiosk {

struct RuntimeOptions {
  config::KioskConfig config;
  std::string automation_socket;  // empty: off
  std::string picture_file;       // empty: none
  double picture_each_s = 2;
};

// Until `stop` is set (call Window::wake() after it) or the window is closed. Errors: those of Window, Painter, Automation and
// Ui::prepare.
Result<void> run(Ui& ui, const RuntimeOptions& options, const std::atomic<bool>& stop);

}  // namespace vitrine::kiosk
