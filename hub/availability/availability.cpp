// SPDX-License-Identifier: Apache-2.0
// Example followed: Quay Square sells its last heart but one, and a minute later Harbour Street says "1 or 2 there"; it sells ten
// of a hundred candles, and nobody is told anything.
#include "hub/availability/availability.hpp"

#include <algorithm>
#include <set>
#include <string>

#include <simdjson.h>

#include "sync/ends/collections.hpp"
#include "sync/protocol/availability_codec.hpp"
#include "sync/protocol/json_writer.hpp"
#include "sync/protocol/stock_codec.hpp"
#include "sync/protocol/topics.hpp"
#include "sync/rules/availability.hpp"

namespace vitrine::hub {

using sync::Availability;
using sync::DocumentKey;
using sync::StoreAvailability;
using sync::StoreId;
using sync::StoresHeard;

namespace {

// How far a store's stream has been told, to which region. Stands at the hub alone.
struct Place {
  std::string region;
  std::uint64_t seq = 0;
};

DocumentKey place_key(const StoreId& store) { return {"gathered", store.text}; }

std::string encode_place(const Place& place) {
  sync::protocol::JsonWriter out;
  out.object().field("region", place.region).field("seq", place.seq).end_object();
  return out.take();
}

std::optional<std::string> held(database::SqlAuthority& authority, const DocumentKey& key) {
  auto document = authority.document(key);
  return document ? std::move(document->body) : std::nullopt;
}

Place place_of(database::SqlAuthority& authority, const StoreId& store) {
  const auto body = held(authority, place_key(store));
  if (!body) return {};
  simdjson::dom::parser parser;
  std::string_view region;
  std::uint64_t seq = 0;
  const auto read = parser.parse(*body);
  if (read["region"].get(region) != simdjson::SUCCESS || read["seq"].get(seq) != simdjson::SUCCESS) return {};
  return {std::string(region), seq};
}

StoresHeard heard_in(database::SqlAuthority& authority, const std::string& region) {
  const auto body = held(authority, sync::protocol::stores_heard_key(region));
  auto read = body ? sync::protocol::decode_stores_heard(*body) : fail("availability_malformed", "");
  return read ? std::move(*read) : StoresHeard{region, {}};
}

// The stores of each region.
std::map<std::string, std::set<StoreId>> regions_of(database::SqlAuthority& authority) {
  std::map<std::string, std::set<StoreId>> regions;
  for (const StoreId& store : authority.stores()) {
    const std::string region = sync::ends::region_of(held(authority, {"content", "store/" + store.text}));
    if (!region.empty()) regions[region].insert(store);
  }
  return regions;
}

class Gathering {
 public:
  Gathering(sync::ends::HubEnd& end, database::SqlAuthority& authority, const StoresHad& had, std::size_t bytes_max, Now now)
      : end_(end), authority_(authority), had_(had), left_(static_cast<std::int64_t>(bytes_max)), now_(now) {}

  Gathered run() {
    for (const auto& [region, stores] : regions_of(authority_)) {
      stores_ = &stores;
      heard_ = heard_in(authority_, region);
      std::erase_if(heard_.stores, [&](const auto& one) { return !stores.contains(one.first); });
      bool whole = true;
      for (const StoreId& store : stores) whole = follow(store) && whole;
      out_.more = out_.more || !whole;
      // What was told in this stretch travels first; until when it holds, once a round.
      if (whole) end_.put(sync::protocol::stores_heard_key(region), sync::protocol::encode_stores_heard(heard_), now_);
    }
    return out_;
  }

 private:
  // False: the stretch is full, and the store has more to tell.
  bool follow(const StoreId& store) {
    const sync::StreamName own = sync::protocol::own_stream(store);
    const std::uint64_t head = authority_.head(own);
    Place place = place_of(authority_, store);
    // Of a store that moved to another region, or of a hub that was set back, all is told anew.
    if (place.region != heard_.region || place.seq > head) place = {heard_.region, 0};
    const std::uint64_t from = place.seq;
    while (place.seq < head && left_ > 0) {
      const auto entries = authority_.entries_after(own, place.seq, static_cast<std::size_t>(left_));
      for (const sync::ends::StreamEntry& entry : entries) {
        left_ -= static_cast<std::int64_t>(entry.entry.body.value_or("").size()) + 64;
        place.seq = entry.seq;
        if (entry.entry.key.collection == "stock") tell(store, entry.entry);
      }
      if (entries.empty()) place.seq = head;
    }
    if (place.seq != from || from == 0) end_.put(place_key(store), encode_place(place), now_);
    if (place.seq < head) return false;
    if (const auto at = had_.find(store); at != had_.end()) {
      UtcMs& heard = heard_.stores[store];
      heard = std::max(heard, at->second);
    }
    return true;
  }

  void tell(const StoreId& store, const sync::PageEntry& entry) {
    const auto id = sync::protocol::stock_id(entry.key.id);
    if (!id) return;
    const DocumentKey key = sync::protocol::availability_key(heard_.region, id->second);
    const auto before = held(authority_, key);
    auto read = before ? sync::protocol::decode_availability(*before) : fail("availability_malformed", "");
    Availability told = read ? std::move(*read) : Availability{heard_.region, id->second, {}};
    std::erase_if(told.stores, [&](const auto& one) { return !stores_->contains(one.first); });
    const auto stock = entry.body ? sync::protocol::decode_stock(*entry.body) : fail("stock_malformed", "");
    if (!stock) {
      told.stores.erase(store);
    } else if (told.stores.contains(store) || told.stores.size() < sync::region_stores_max) {
      const StoreAvailability is = sync::rules::availability_of(*stock, known_at(store, *stock), now_.utc);
      StoreAvailability& was = told.stores.try_emplace(store, StoreAvailability{}).first->second;
      const UtcMs so_far = std::max(was.as_of, heard_of(store));
      if (!sync::rules::says_the_same(was, is, now_.utc) || is.as_of > so_far || was.as_of.value == 0) was = is;
    }
    const bool changed =
        told.stores.empty() ? end_.remove(key, now_) : end_.put(key, sync::protocol::encode_availability(told), now_);
    out_.told += changed ? 1U : 0U;
  }

  [[nodiscard]] UtcMs heard_of(const StoreId& store) const {
    const auto heard = heard_.stores.find(store);
    return heard == heard_.stores.end() ? UtcMs{} : heard->second;
  }

  // A store with a box has it so as long as it is heard; what was counted without one, when it was counted.
  [[nodiscard]] UtcMs known_at(const StoreId& store, const sync::Stock& stock) const {
    const auto at = had_.find(store);
    const UtcMs had = at == had_.end() ? UtcMs{} : at->second;
    return std::max({std::min(stock.counted_at, now_.utc), heard_of(store), had});
  }

  sync::ends::HubEnd& end_;
  database::SqlAuthority& authority_;
  const StoresHad& had_;
  std::int64_t left_;
  Now now_;
  const std::set<StoreId>* stores_ = nullptr;
  StoresHeard heard_;  // of the region
  Gathered out_;
};

}  // namespace

void note_beat(database::SqlAuthority& authority, const StoreId& store, std::uint64_t last_n, StoresHad& had, Now now) {
  if (!authority.knows_store(store)) return;
  const sync::IncarnationId life = authority.current_life(store);
  const auto applied = authority.applied(store);
  const auto found = std::ranges::find(applied, life, &sync::Applied::incarnation);
  if (!life.empty() && last_n <= (found == applied.end() ? 0 : found->n)) had[store] = now.utc;
}

Gathered gather_availability(sync::ends::HubEnd& end, database::SqlAuthority& authority, const StoresHad& had,
                             std::size_t bytes_max, Now now) {
  return Gathering(end, authority, had, bytes_max, now).run();
}

}  // namespace vitrine::hub
