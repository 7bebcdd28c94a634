// SPDX-License-Identifier: Apache-2.0
// Tells the service manager that the kiosk is ready, and that its frames still come (sd_notify(3), written as a datagram).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/time_point.hpp"

namespace vitrine::kiosk {

class ServiceNotice {
 public:
  ServiceNotice();  // reads NOTIFY_SOCKET and WATCHDOG_USEC
  void ready();
  // At most three times within the watchdog's time, however often it is called. From the window's thread only.
  void alive(MonoMs now);
  void stopping();
  // How often alive() must be called; 0: nobody watches.
  [[nodiscard]] std::int64_t alive_each_ms() const { return alive_each_ms_; }

 private:
  void send(std::string_view text) const;
  std::string socket_;
  std::int64_t alive_each_ms_ = 0;
  MonoMs last_{};
};

}  // namespace vitrine::kiosk
