// SPDX-License-Identifier: Apache-2.0
// See screen_figures.hpp.
#include "edge/local_api/screen_figures.hpp"

#include <utility>

#include "edge/local_api/request_fields.hpp"

namespace vitrine::edge::local_api {

namespace {

constexpr std::size_t screens_max = 64;
constexpr std::int64_t count_max = 1'000'000'000'000'000;

template <std::size_t Size>
void read_counts(const sync::protocol::Fields& fields, const char* name, const std::array<std::string_view, Size>& kinds,
                 std::array<std::uint64_t, Size>& counts) {
  const sync::protocol::Fields of = fields.object(name);
  for (std::size_t i = 0; i < Size; ++i)
    counts[i] = static_cast<std::uint64_t>(of.integer(std::string(kinds[i]).c_str(), 0, count_max));
}

}  // namespace

Result<ScreenFigures> decode_screen_figures(std::string_view json) {
  return decode_request<ScreenFigures>(json, [](const sync::protocol::Fields& fields, ScreenFigures& said) {
    said.start = fields.text("start", sync::is_hex_128);
    said.frames = static_cast<std::uint64_t>(fields.integer("frames", 0, count_max));
    said.frames_shown = static_cast<std::uint64_t>(fields.integer("frames_shown", 0, count_max));
    said.memory_bytes = static_cast<std::uint64_t>(fields.integer("memory_bytes", 0, count_max));
    read_counts(fields, "scans", scan_kinds, said.scans);
    read_counts(fields, "errors", screen_errors, said.errors);
    if (fields.has("bell")) read_counts(fields, "bell", bell_outcomes, said.bell.emplace());
  });
}

void ScreenBoard::put(ScreenFigures figures) {
  const std::lock_guard lock(mutex_);
  const auto known = screens_.find(figures.device);
  if (known == screens_.end()) {
    const std::string device = figures.device;  // it is moved away below
    if (screens_.size() < screens_max) screens_.emplace(device, Screen{std::move(figures)});
    return;
  }
  if (known->second.last.start != figures.start) ++known->second.starts;
  known->second.last = std::move(figures);
}

std::map<std::string, ScreenBoard::Screen> ScreenBoard::all() const {
  const std::lock_guard lock(mutex_);
  return screens_;
}

}  // namespace vitrine::edge::local_api
