// SPDX-License-Identifier: Apache-2.0
// What this program says of itself to the store's daemon, for operators: counts since it started, nothing of a person.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "kiosk/input/scan.hpp"
#include "kiosk/io/statistics.hpp"
#include "kiosk/model/event.hpp"
#include "kiosk/model/request.hpp"

namespace vitrine::kiosk {

// "VmRSS", "VmHWM" and the like of /proc/self/status, in bytes.
std::int64_t memory_bytes(const std::string& name);

class OwnFigures {
 public:
  static constexpr std::int64_t each_ms = 30'000;

  OwnFigures();
  void note(ScanKind kind);
  void note(const Event& event);
  // When it is time to say them.
  std::optional<ReportFigures> due(MonoMs now, const Statistics& statistics, const std::optional<ReportFigures::Bell>& bell = {});
  [[nodiscard]] std::int64_t due_in_ms(MonoMs now) const { return next_.value - now.value; }

 private:
  ReportFigures figures_;
  MonoMs next_{};
};

}  // namespace vitrine::kiosk
