// SPDX-License-Identifier: Apache-2.0
// Who goes to a shopper who asks: the free person with the right role, language, zone and skill first, after a while the next one
// too, and in the end everybody. Pure: who is there and the request go in. Everybody sees the whole queue all the same, and
// whoever takes a request has it. Example followed: a shopper upstairs asks in French. Nadia speaks it and works upstairs: it is
// hers at 14:04:30; Tom's too at 14:05, anybody's at 14:05:30.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/time_point.hpp"
#include "sync/model/request.hpp"
#include "sync/model/staff.hpp"
#include "sync/protocol/json_writer.hpp"

namespace vitrine::edge::local_api {

inline constexpr std::size_t offers_max = 3;  // one after the other; then it is everybody's

struct RoutingRules {
  std::int64_t next_ms = 30'000;             // between one person and the next
  std::map<std::string, std::string> zones;  // device → where it stands
};

// Somebody who is signed in.
struct Available {
  sync::Staff staff;
  std::vector<std::string> permissions;
  bool locked = false;  // nobody touches their counter
  bool busy = false;    // goes to somebody already
};

struct Wanted {
  UtcMs since;
  std::string device;
  std::string language;  // BCP 47; empty: nobody said
  std::string context;   // "cart/…", "order/…", "product/…", "case/…"
  std::string about;     // the skill: "finding", "reach", "paying", "access"; of a conversation its channel
};

struct Offered {
  std::string staff;
  std::string name;
  UtcMs at;  // from then on
};
struct Routing {
  std::vector<Offered> offers;  // who is free, the best match first; empty: nobody is
  UtcMs all_at;                 // then it is anybody's, also of who is busy
};
// What is asked counts in this order: permission, language, zone, skill; then whoever has their counter open; then the lower
// number.
[[nodiscard]] Routing route(const Wanted& wanted, const std::vector<Available>& people, const RoutingRules& rules);
// As fields of an object that is open: "offers" and "all_at".
void write(sync::protocol::JsonWriter& out, const Routing& routing);

}  // namespace vitrine::edge::local_api
