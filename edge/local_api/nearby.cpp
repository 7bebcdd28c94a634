// SPDX-License-Identifier: Apache-2.0
// Example followed: the line is down since two; at five past four Quay Square, last heard of at two, is no longer said to have
// any.
#include "edge/local_api/nearby.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <tuple>

#include "edge/local_api/answers_json.hpp"
#include "edge/local_api/parts.hpp"
#include "sync/protocol/availability_codec.hpp"
#include "sync/rules/availability.hpp"

namespace vitrine::edge::local_api {

namespace {

using database::StoreContent;

constexpr double earth_radius_m = 6'371'000;

// As the crow flies, in whole metres.
std::int64_t metres_between(const database::Position& one, const database::Position& other) {
  const auto radians = [](double degrees) { return degrees * std::numbers::pi / 180; };
  const double north = std::sin(radians(other.latitude - one.latitude) / 2);
  const double east = std::sin(radians(other.longitude - one.longitude) / 2);
  const double part = north * north + std::cos(radians(one.latitude)) * std::cos(radians(other.latitude)) * east * east;
  return std::llround(2 * earth_radius_m * std::asin(std::min(1.0, std::sqrt(part))));
}

int rank_of(const NearbyStore& one) {
  if (!one.band) return 1;
  return *one.band == sync::Band::none ? 2 : 0;
}

struct Candidate {
  NearbyStore store;
  StoreContent content;
};

}  // namespace

std::vector<NearbyStore> stores_nearby(database::Reader& reader, const Surroundings& around, const sync::Sku& sku) {
  const auto known = reader.availability(around.region, sku);
  if (!known) return {};
  const auto heard = reader.stores_heard(around.region);
  const auto own = reader.store(around.store);
  std::vector<Candidate> found;
  for (const auto& [store, told] : known->stores) {
    auto content = store == around.store ? std::nullopt : reader.store(store);
    if (!content || content->region != around.region) continue;  // closed, or another's neighbour by now
    const auto at = heard.stores.find(store);
    NearbyStore one;
    one.store = store;
    one.name = content->name;
    one.as_of = at == heard.stores.end() ? told.as_of : std::max(told.as_of, at->second);
    one.freshness = freshness_of(around.now.value - one.as_of.value);
    if (one.freshness != Freshness::check) one.band = sync::rules::band_at(told, around.now);
    if (own && own->position && content->position) one.distance_m = metres_between(*own->position, *content->position);
    found.push_back({std::move(one), std::move(*content)});
  }
  std::ranges::sort(found, {}, [](const Candidate& one) {
    constexpr std::int64_t nowhere = std::numeric_limits<std::int64_t>::max();
    return std::tuple(rank_of(one.store), one.store.distance_m.value_or(nowhere), one.store.name, one.store.store);
  });
  if (found.size() > nearby_max) found.resize(nearby_max);
  std::vector<NearbyStore> out;
  for (Candidate& one : found) {
    one.store.opening = hours::opening_at(one.content.opening_hours, one.content.time_zone, around.now);
    one.store.has_hours = !one.content.opening_hours.empty();
    out.push_back(std::move(one.store));
  }
  return out;
}

void write_nearby(sync::protocol::JsonWriter& out, const std::vector<NearbyStore>& stores) {
  const auto text_or_null = [&](const std::optional<std::string>& text) {
    if (text) {
      out.string(*text);
    } else {
      out.null();
    }
  };
  out.key("nearby").array();
  for (const NearbyStore& one : stores) {
    out.object().field("store", one.store.text).field("name", one.name).key("distance_m");
    if (one.distance_m) {
      out.number(*one.distance_m);
    } else {
      out.null();
    }
    out.key("opening");
    if (one.has_hours) {
      out.object().field("open_now", one.opening.open_now).key("opens_at");
      text_or_null(one.opening.opens_at);
      out.key("closes_at");
      text_or_null(one.opening.closes_at);
      out.end_object();
    } else {
      out.null();
    }
    out.key("band");
    text_or_null(one.band ? std::optional<std::string>(sync::protocol::word_of(*one.band)) : std::nullopt);
    out.field("as_of", one.as_of.value).field("freshness", word_of(one.freshness)).end_object();
  }
  out.end_array();
}

}  // namespace vitrine::edge::local_api
