// SPDX-License-Identifier: Apache-2.0
// Stores by name, so that the same stores give the same bytes.
#include "sync/protocol/availability_codec.hpp"

#include <algorithm>
#include <array>

#include "sync/protocol/cart_fields.hpp"
#include "sync/protocol/json_input.hpp"

namespace vitrine::sync::protocol {

namespace {

using nlohmann::json;

constexpr std::string_view malformed = "availability_malformed";
constexpr std::size_t bytes_max = 256UL * 1024;
constexpr std::size_t changes_max = 3;  // a band grows at most so often
constexpr std::array<std::string_view, 4> words = {"none", "few", "some", "many"};

// `each` gets the store, its value and the path of it.
template <class Each>
void each_store(const Fields& fields, const json& object, const Each& each) {
  const Fields all = fields.object("stores");
  if (fields.mistake().made()) return;
  const json& stores = object.at("stores");
  if (stores.size() > region_stores_max) return fields.wrong("stores", "has too many");
  for (const auto& [name, value] : stores.items()) {
    if (!is_store_id(name)) return all.wrong(name.c_str(), "is no store");
    each(StoreId{name}, value, "stores." + name);
  }
}

std::optional<StoreAvailability> decode_store(const Fields& fields) {
  StoreAvailability out;
  const auto band = band_of_word(fields.text("band", 1, 16));
  out.as_of = decode_time(fields, "as_of");
  bool known = band.has_value();
  out.band = band.value_or(Band::none);
  if (!fields.has("then")) return known ? std::optional(out) : std::nullopt;
  for (const json& one : fields.array("then", changes_max)) {
    const Fields in(one, fields.path_of("then[]"), fields.mistake());
    const auto later = band_of_word(in.text("band", 1, 16));
    known = known && later;
    out.then.push_back({decode_time(in, "at"), later.value_or(Band::none)});
  }
  if (!std::ranges::is_sorted(out.then, {}, &BandFrom::at)) fields.wrong("then", "is not in order");
  return known ? std::optional(std::move(out)) : std::nullopt;
}

}  // namespace

DocumentKey availability_key(std::string_view region, const Sku& sku) {
  return {"availability", std::string(region) + "/" + sku.text};
}

DocumentKey stores_heard_key(std::string_view region) { return {"heard", std::string(region) + "/stores"}; }

StreamName availability_stream(std::string_view region) { return StreamName{"availability." + std::string(region)}; }

std::string_view word_of(Band band) { return words[static_cast<std::size_t>(band)]; }

std::optional<Band> band_of_word(std::string_view word) {
  const auto* found = std::ranges::find(words, word);
  return found == words.end() ? std::nullopt : std::optional(static_cast<Band>(found - words.begin()));
}

Result<Availability> decode_availability(std::string_view text) {
  const auto object = parse_object(text, bytes_max, malformed);
  if (!object) return std::unexpected(object.error());
  Mistake mistake(malformed);
  const Fields fields(*object, "", mistake);
  Availability out{fields.text("region", 1, 32), Sku{fields.text("sku", is_sku)}, {}};
  each_store(fields, *object, [&](StoreId store, const json& value, const std::string& path) {
    if (auto read = decode_store(Fields(value, path, mistake))) out.stores.emplace(std::move(store), std::move(*read));
  });
  if (mistake.made()) return mistake.error();
  return out;
}

std::string encode_availability(const Availability& availability) {
  json stores = json::object();
  for (const auto& [store, known] : availability.stores) {
    json one = {{"band", word_of(known.band)}, {"as_of", known.as_of.value}};
    for (const BandFrom& later : known.then) one["then"].push_back({{"at", later.at.value}, {"band", word_of(later.band)}});
    stores[store.text] = std::move(one);
  }
  return dump({{"region", availability.region}, {"sku", availability.sku.text}, {"stores", std::move(stores)}});
}

Result<StoresHeard> decode_stores_heard(std::string_view text) {
  const auto object = parse_object(text, bytes_max, malformed);
  if (!object) return std::unexpected(object.error());
  Mistake mistake(malformed);
  const Fields fields(*object, "", mistake);
  StoresHeard out{fields.text("region", 1, 32), {}};
  each_store(fields, *object, [&](StoreId store, const json& value, const std::string& path) {
    const auto at = integer_of(value, 0, time_ms_max);
    if (!at) return mistake.at(path, "is no time");
    out.stores.emplace(std::move(store), UtcMs{*at});
  });
  if (mistake.made()) return mistake.error();
  return out;
}

std::string encode_stores_heard(const StoresHeard& heard) {
  json stores = json::object();
  for (const auto& [store, at] : heard.stores) stores[store.text] = at.value;
  return dump({{"region", heard.region}, {"stores", std::move(stores)}});
}

}  // namespace vitrine::sync::protocol
