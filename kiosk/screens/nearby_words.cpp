// SPDX-License-Identifier: Apache-2.0
// See nearby_words.hpp.
#include "kiosk/screens/nearby_words.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace vitrine::kiosk {
namespace {

constexpr double metres_a_mile = 1609.344;

// "600 m", "2.4 km", "1.4 miles"; whole from ten on.
std::string distance_words(Stage& stage, std::int64_t metres, bool miles) {
  Texts& t = stage.texts;
  constexpr std::int64_t step_m = 50;
  const double unit = miles ? metres_a_mile : 1000;
  const auto tenths = std::max<std::int64_t>(1, std::llround(static_cast<double>(metres) * 10 / unit));
  if (!miles && metres < 1000 - step_m / 2)
    return t.say("nearby.metres", {{"n", t.number(std::max(step_m, (metres + step_m / 2) / step_m * step_m))}});
  const std::string n = tenths < 100 ? t.tenths(tenths) : t.number((tenths + 5) / 10);
  return t.say(miles ? "nearby.miles" : "nearby.km", {{"n", n}});
}

std::string opening_words(Stage& stage, const NearbyStore& store) {
  Texts& t = stage.texts;
  if (!store.has_hours) return {};
  if (!store.open_now) return store.opens_at.empty() ? t.say("nearby.closed") : t.say("nearby.opens", {{"time", store.opens_at}});
  return store.closes_at.empty() ? t.say("nearby.open") : t.say("nearby.open_until", {{"time", store.closes_at}});
}

std::string age_words(Stage& stage, const Model& model, const NearbyStore& store, Freshness age) {
  Texts& t = stage.texts;
  if (store.as_of.value <= 0) return t.say("nearby.never");
  const std::string time = t.same_day(store.as_of, model.now.utc) ? t.clock(store.as_of) : t.day(store.as_of);
  if (age == Freshness::check) return t.say("nearby.last_heard", {{"time", time}});
  return t.say(age == Freshness::old ? "nearby.last_seen" : "nearby.as_of", {{"time", time}});
}

}  // namespace

NearbyWords nearby_words(Stage& stage, const Model& model, const NearbyStore& store) {
  Texts& t = stage.texts;
  const Theme& theme = stage.theme;
  const Freshness age = shown_freshness(store, model);
  NearbyWords words;
  if (store.distance_m) words.where = distance_words(stage, *store.distance_m, model.store && model.store->in_miles);
  const std::string opening = opening_words(stage, store);
  if (!opening.empty())
    words.where = words.where.empty() ? opening : t.say("nearby.where", {{"distance", words.where}, {"opening", opening}});
  constexpr std::array<const char*, 4> bands = {"nearby.none", "nearby.few", "nearby.some", "nearby.many"};
  const bool known = store.band && age != Freshness::check;
  words.band = t.say(known ? bands[static_cast<std::size_t>(*store.band)] : "nearby.check");
  words.age = age_words(stage, model, store, age);
  words.colour = !known || *store.band == sync::Band::none ? theme.warn : age == Freshness::old ? theme.ink_2 : theme.ok;
  words.spoken = store.name + (words.where.empty() ? "" : ", " + words.where) + ". " + words.band + ". " + words.age;
  return words;
}

}  // namespace vitrine::kiosk
