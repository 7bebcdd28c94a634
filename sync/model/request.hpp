// SPDX-License-Identifier: Apache-2.0
// Somebody in the store asks for a person: a shopper at a kiosk who wants help. Staff take it, put it back, end it. What is kept
// is the first or the last of its kind by a stamp. Rules: sync/rules/request.hpp.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "sync/model/ids.hpp"
#include "sync/model/stamp.hpp"

namespace vitrine::sync {

using RequestId = Id<struct RequestTag>;  // 128 random bits as 32 lower-case hex digits; unique in every store

// Who asks, never by name: a device and where it stands.
struct RequestOrigin {
  std::string device;    // "kiosk-1"
  std::string where;     // in words of the store: "by the stairs"; may be empty
  std::string language;  // BCP 47, that the shopper reads; may be empty
  std::string context;   // "cart/<id>", "order/<id>", "product/<SKU>"; empty: nothing in particular
  Stamp stamp;
  bool operator==(const RequestOrigin&) const = default;
};

// What it is about, a word: "finding", "reach", "paying", "access"; empty: nobody said.
struct RequestTopic {
  std::string about;
  Stamp stamp;
  bool operator==(const RequestTopic&) const = default;
};

// Somebody of the staff goes there; an empty `who`: nobody any more.
struct RequestTaken {
  std::string who;           // a staff member's id
  std::int64_t minutes = 0;  // until they are there, as they said; 0: nobody said
  Stamp stamp;
  bool operator==(const RequestTaken&) const = default;
};

struct RequestEnded {
  std::string how;  // "helped", "cancelled" by the shopper, "gone": nobody was there any more
  Stamp stamp;
  bool operator==(const RequestEnded&) const = default;
};

struct HelpRequest {
  StoreId store;
  UtcMs since;  // of the earliest word about it
  std::optional<RequestOrigin> raised;
  std::optional<RequestTopic> topic;
  std::optional<RequestTaken> taken;
  std::optional<RequestEnded> ended;
  std::string unknown_fields = {};  // JSON object: fields of a newer version, kept and passed on; empty: none
  bool operator==(const HelpRequest&) const = default;
};

}  // namespace vitrine::sync
