// SPDX-License-Identifier: Apache-2.0
// Rules apart at ';', days apart at ',', times apart at ','. What the text says beyond the subset is refused, never guessed.
#include "hub/import/opening_hours.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <utility>

namespace vitrine::hub {

namespace {

using hours::OpeningHours;

struct Interval {
  std::string from;
  std::string to;
  auto operator<=>(const Interval&) const = default;
};

constexpr std::array<std::string_view, 7> day_names = {"Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"};

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

std::vector<std::string_view> parts(std::string_view text, char separator) {
  std::vector<std::string_view> found;
  while (true) {
    const std::size_t at = text.find(separator);
    found.push_back(trimmed(text.substr(0, at)));
    if (at == std::string_view::npos) return found;
    text.remove_prefix(at + 1);
  }
}

std::unexpected<Error> bad(std::string_view what, std::string_view text) {
  return fail("invalid_opening_hours", std::string(what) + " '" + std::string(text) + "'");
}

std::optional<std::size_t> day_number(std::string_view name) {
  const auto found = std::ranges::find(day_names, name);
  if (found == day_names.end()) return std::nullopt;
  return static_cast<std::size_t>(found - day_names.begin());
}

// "Mo-Fr", "Sa,Su", "Su,PH"; PH adds no day.
Result<std::vector<std::size_t>> parse_days(std::string_view text) {
  std::vector<std::size_t> days;
  for (const std::string_view part : parts(text, ',')) {
    if (part == "PH") continue;
    const std::vector<std::string_view> ends = parts(part, '-');
    const std::optional<std::size_t> first = day_number(ends.front());
    const std::optional<std::size_t> last = day_number(ends.back());
    if (!first || !last || ends.size() > 2) return bad("unknown days", part);
    for (std::size_t day = *first;; day = (day + 1) % 7) {
      days.push_back(day);
      if (day == *last) break;
    }
  }
  return days;
}

Result<std::vector<Interval>> parse_times(std::string_view text) {
  std::vector<Interval> times;
  if (text == "off" || text == "closed") return times;
  for (const std::string_view part : parts(text, ',')) {
    const std::vector<std::string_view> ends = parts(part, '-');
    if (ends.size() != 2 || !hours::minute_of_day(ends[0]) || !hours::minute_of_day(ends[1])) return bad("unknown times", part);
    if (ends[0] >= ends[1]) return bad("closing is not later than opening in", part);
    if (!times.empty() && times.back().to > ends[0]) return bad("times overlap in", text);
    times.push_back({std::string(ends[0]), std::string(ends[1])});
  }
  return times;
}

// Days that are open at the same times stand together, in the order of their first day.
std::vector<OpeningHours> grouped(const std::array<std::vector<Interval>, 7>& week) {
  std::vector<OpeningHours> rules;
  for (std::size_t day = 0; day < week.size(); ++day) {
    for (const Interval& interval : week[day]) {
      const auto same = [&](const OpeningHours& h) { return h.from == interval.from && h.to == interval.to; };
      auto found = std::ranges::find_if(rules, same);
      if (found == rules.end()) found = rules.insert(rules.end(), {{}, interval.from, interval.to});
      found->days.push_back(static_cast<int>(day) + 1);
    }
  }
  return rules;
}

}  // namespace

Result<std::vector<hours::OpeningHours>> parse_opening_hours(std::string_view text) {
  std::array<std::vector<Interval>, 7> week;
  if (trimmed(text).empty()) return std::vector<hours::OpeningHours>{};
  for (std::string_view rule : parts(text, ';')) {
    if (rule.empty()) return bad("empty rule in", text);
    if (rule == "24/7") rule = "00:00-24:00";
    // Days begin with a letter and end at a space that no comma stands before: "Su, PH off".
    std::size_t split = 0;
    const bool has_days = rule.front() >= 'A' && rule.front() <= 'Z';
    if (has_days) {
      split = rule.find(' ');
      while (split != std::string_view::npos && rule[split - 1] == ',') split = rule.find(' ', split + 1);
      if (split == std::string_view::npos) return bad("no times in", rule);
    }
    const Result<std::vector<std::size_t>> days = parse_days(has_days ? rule.substr(0, split) : "Mo-Su");
    if (!days) return std::unexpected(days.error());
    const Result<std::vector<Interval>> times = parse_times(trimmed(rule.substr(split)));
    if (!times) return std::unexpected(times.error());
    for (const std::size_t day : *days) week[day] = *times;
  }
  return grouped(week);
}

}  // namespace vitrine::hub
