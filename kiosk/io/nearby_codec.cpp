// SPDX-License-Identifier: Apache-2.0
// Other stores in the local API's JSON.
#include "kiosk/io/nearby_codec.hpp"

#include <algorithm>
#include <array>

namespace vitrine::kiosk::answer {

namespace {

constexpr std::int64_t distance_max = 50'000'000;  // more than half around the world
constexpr std::array<std::string_view, 4> bands = {"none", "few", "some", "many"};

NearbyStore store(const json& object) {
  NearbyStore read;
  read.store = text(object, "store");
  read.name = text(object, "name");
  if (!is_absent(object, "distance_m")) read.distance_m = number(object, "distance_m", 0, distance_max);
  if (!is_absent(object, "opening")) {
    const json& opening = object.at("opening");
    read.has_hours = true;
    read.open_now = opening.at("open_now").get<bool>();
    read.opens_at = text_or_empty(opening, "opens_at");
    read.closes_at = text_or_empty(opening, "closes_at");
  }
  // A word of a later version says no more than that nobody knows.
  const auto* const band = std::ranges::find(bands, text_or_empty(object, "band"));
  if (band != bands.end()) read.band = static_cast<sync::Band>(band - bands.begin());
  read.as_of = time(object, "as_of");
  read.freshness = freshness(text(object, "freshness"));
  return read;
}

}  // namespace

std::vector<NearbyStore> nearby(const json& object) {
  std::vector<NearbyStore> read;
  if (is_absent(object, "nearby")) return read;
  for (const json& one : list(object, "nearby")) read.push_back(store(one));
  return read;
}

}  // namespace vitrine::kiosk::answer
