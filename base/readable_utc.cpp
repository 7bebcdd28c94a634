// SPDX-License-Identifier: Apache-2.0
#include "base/readable_utc.hpp"

#include <array>
#include <chrono>
#include <cstdio>

namespace vitrine {

std::string readable_utc(UtcMs at) {
  using namespace std::chrono;
  const sys_seconds time{seconds(at.value / 1000)};
  const auto day = floor<days>(time);
  const year_month_day date(day);
  const hh_mm_ss clock(time - day);
  std::array<char, 40> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02u-%02u %02d:%02d:%02d", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), static_cast<int>(clock.hours().count()),
                static_cast<int>(clock.minutes().count()), static_cast<int>(clock.seconds().count()));
  return text.data();
}

}  // namespace vitrine
