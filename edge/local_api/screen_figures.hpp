// SPDX-License-Identifier: Apache-2.0
// What kiosks and counters say of themselves, for operators: the daemon keeps the last word of each and gives it out with its own
// figures. Nothing of a person is in it.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "sync/model/ids.hpp"

namespace vitrine::edge::local_api {

inline constexpr std::array<std::string_view, 3> scan_kinds = {"pass", "product", "other"};
inline constexpr std::array<std::string_view, 3> screen_errors = {"edge_lost", "no_answer", "printer"};
inline constexpr std::array<std::string_view, 3> bell_outcomes = {"done", "failed", "late"};

// Since the program of that screen started.
struct ScreenFigures {
  sync::TransactionId request;
  std::string device;
  std::string start;  // random: another one after each start
  std::uint64_t frames = 0;
  std::uint64_t frames_shown = 0;
  std::uint64_t memory_bytes = 0;
  std::array<std::uint64_t, scan_kinds.size()> scans{};
  std::array<std::uint64_t, screen_errors.size()> errors{};
  std::optional<std::array<std::uint64_t, bell_outcomes.size()>> bell{};  // of a screen that has one
};

// Errors: "invalid_request" with the field.
Result<ScreenFigures> decode_screen_figures(std::string_view json);

class ScreenBoard {
 public:
  struct Screen {
    ScreenFigures last;
    std::uint64_t starts = 1;  // that were seen since this daemon started
  };
  // Beyond 64 screens, others are not kept.
  void put(ScreenFigures figures);
  [[nodiscard]] std::map<std::string, Screen> all() const;

 private:
  mutable std::mutex mutex_;
  std::map<std::string, Screen> screens_;
};

}  // namespace vitrine::edge::local_api
