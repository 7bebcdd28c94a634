// SPDX-License-Identifier: Apache-2.0
// What the box gives: clocks, chance, the lock on the state folder, room on the disk, and the service manager's ear.
#pragma once

#include <cstdint>
#include <string>

#include "base/result.hpp"
#include "base/time_point.hpp"
#include "edge/local_api/api.hpp"

namespace vitrine::edge::io {

Now box_clock();

// From the kernel's random device.
std::uint64_t box_chance();
// Another text after each start of the machine.
std::string box_boot();

// One process a state folder; released when the process ends, however it ends.
class StateLock {
 public:
  // Makes the folder (0700) where there is none. Errors: "state_in_use" when another process has it, "state_unwritable".
  static Result<StateLock> take(const std::string& folder, const std::string& lock_file);
  StateLock(StateLock&& other) noexcept;
  StateLock& operator=(StateLock&&) = delete;
  StateLock(const StateLock&) = delete;
  ~StateLock();

 private:
  explicit StateLock(int fd) : fd_(fd) {}
  int fd_;
};

local_api::DiskFigures disk_figures(const std::string& folder, const std::string& database_file);

// Says "READY=1" and the like to systemd where NOTIFY_SOCKET is set; else does nothing.
void notify_service_manager(const std::string& state);

}  // namespace vitrine::edge::io
