// SPDX-License-Identifier: Apache-2.0
// What the store measures on the wire.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "kiosk/io/counter_codec.hpp"

using namespace vitrine;
using namespace vitrine::kiosk;
using nlohmann::json;

namespace {

CounterRequest of(FetchBoard what) { return {{1, 2}, std::string(64, 'a'), what}; }

}  // namespace

TEST_CASE("what the store measures, as it is judged") {
  CHECK(path_of(of(FetchBoard{})) == "/v1/measures");
  CHECK(path_of(of(FetchBoard{true})) == "/v1/measures?range=week");
  json measures = {{"waits", 2}, {"wait_median_ms", 60'000}, {"wait_p90_ms", nullptr}};
  std::int64_t n = 0;
  for (const sync::MeasureName& one : sync::measure_names) measures[std::string(one.name)] = n++;
  const json slot = {{"from", 10}, {"until", 20}, {"measures", measures}};
  json board = {{"as_of", 15}, {"range", "week"}, {"by", "day"},    {"time_zone", ""},
                {"all", slot}, {"before", slot},  {"slots", {slot}}};
  const auto read = [&] { return decode_counter(of(FetchBoard{true}), board.dump()); };
  REQUIRE(read());
  const auto seen = std::get<BoardSeen>(read()->what);
  CHECK(seen.week);
  CHECK(seen.as_of.value == 15);
  CHECK(seen.slots.size() == 1);
  CHECK(seen.all.until.value == 20);
  CHECK(seen.all.counts.recovered == 1);
  CHECK(seen.before.counts.minutes_served == static_cast<std::int64_t>(sync::measure_names.size()) - 1);
  CHECK(seen.all.wait_median_ms == 60'000);
  CHECK_FALSE(seen.all.wait_p90_ms.has_value());
  board["slots"] = json::array();
  CHECK(read().error().code == "answer_malformed");
  board["slots"] = json::array({slot});
  board["slots"][0]["measures"]["offers"] = -1;
  CHECK_FALSE(read());
}
