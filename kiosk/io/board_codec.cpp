// SPDX-License-Identifier: Apache-2.0
#include "kiosk/io/board_codec.hpp"

namespace vitrine::kiosk::answer {

namespace {

constexpr std::int64_t count_max = 1'000'000'000;
constexpr std::size_t slots_max = 48;

std::optional<std::int64_t> wait(const json& measures, const char* key) {
  if (is_absent(measures, key)) return std::nullopt;
  return number(measures, key, 0, INT64_MAX);
}

MeasuredTime slot(const json& object) {
  MeasuredTime read;
  read.from = time(object, "from");
  read.until = time(object, "until");
  const json& measures = object.at("measures");
  for (const sync::MeasureName& one : sync::measure_names)
    read.counts.*one.count = number(measures, std::string(one.name).c_str(), 0, count_max);
  read.waits = number(measures, "waits", 0, count_max);
  read.wait_median_ms = wait(measures, "wait_median_ms");
  read.wait_p90_ms = wait(measures, "wait_p90_ms");
  return read;
}

}  // namespace

BoardSeen board(const json& object) {
  BoardSeen read;
  read.as_of = time(object, "as_of");
  read.week = text(object, "range") == "week";
  read.all = slot(object.at("all"));
  read.before = slot(object.at("before"));
  for (const json& one : list(object, "slots")) read.slots.push_back(slot(one));
  if (read.slots.empty() || read.slots.size() > slots_max) throw Misshapen{"so many slots have no day"};
  return read;
}

}  // namespace vitrine::kiosk::answer
