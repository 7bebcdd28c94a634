// SPDX-License-Identifier: Apache-2.0
// What a customer did, online and here: shown to who may see it, and added to by what happens in this store.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "edge/database/projections/reader.hpp"
#include "edge/local_api/commands.hpp"
#include "sync/model/activity.hpp"
#include "sync/protocol/json_writer.hpp"
#include "sync/rules/activity.hpp"

namespace vitrine::edge::local_api {

inline constexpr std::size_t timeline_page = 20;

struct TimelineEntry {
  sync::EventId id;
  sync::Activity activity;
  std::optional<database::Product> product;  // what it is about, where it is one of this shop
};

// The newest first.
struct Timeline {
  std::vector<TimelineEntry> entries;
  std::string next;  // what to ask for the page after it with; empty: there is none
};

// Of the page before: "<UTC milliseconds>.<event>".
struct TimelinePlace {
  UtcMs at;
  sync::EventId id;
  auto operator<=>(const TimelinePlace&) const = default;
};
// None: it is no such place.
std::optional<TimelinePlace> timeline_place(std::string_view text);

// What is asked for: what is older than `after`, or the newest; of all of it, or of what was done online or in a store alone.
enum class TimelineWhere : std::uint8_t { all, online, in_store };
struct TimelineAsk {
  std::optional<TimelinePlace> after = std::nullopt;
  TimelineWhere where = TimelineWhere::all;
};
// "all", "online", "store"; none: it is no such word.
std::optional<TimelineWhere> timeline_where(std::string_view word);

// Whether it may be shown is the caller's to ask.
Timeline timeline_of(database::Reader& reader, const sync::CustomerId& customer, UtcMs now, const TimelineAsk& asked);
void write_timeline(sync::protocol::JsonWriter& out, const Timeline& timeline);

// Adds to the action that this customer did it, in the same commit: where they are known here and agree that it is kept. It never
// keeps an action from being done.
void add_activity(Desk& desk, sync::ends::LocalAction& action, const std::optional<sync::CustomerId>& customer,
                  sync::rules::ActivityAppend what);

}  // namespace vitrine::edge::local_api
