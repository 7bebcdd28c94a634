// SPDX-License-Identifier: Apache-2.0
// What may please one customer next, and why: written by the hub, shown by staff, who say what came of it. Rules:
// sync/rules/offer.hpp.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time_point.hpp"
#include "sync/model/ids.hpp"
#include "sync/model/stamp.hpp"

namespace vitrine::sync {

using OfferId = Id<struct OfferTag>;  // 128 bits as 32 lower-case hex digits; unique among one customer's

// What this version knows; a document may hold others of a newer one.
inline constexpr std::array<std::string_view, 3> offer_outcomes = {"taken", "declined", "not_now"};

// As the hub said it last.
struct OfferHead {
  std::optional<Sku> sku;                    // what it is; none: `title` says it
  std::map<std::string, std::string> title;  // by language; may be empty where there is a product
  std::map<std::string, std::string> why;    // by language: a line that staff may read out
  std::int64_t score = 0;                    // 1 to 1000: the highest is shown first
  UtcMs from, until;                         // when it may be shown
  std::int64_t times = 1;                    // put to them so often at most
  std::int64_t rest_days = 0;                // after "not now", so long not again
  std::string reference;                     // the platform's own name of it; may be empty
  Stamp stamp;
  bool operator==(const OfferHead&) const = default;
};

struct OfferOutcome {
  std::string what;
  StoreId store;
  Stamp stamp;
  bool operator==(const OfferOutcome&) const = default;
};

struct Offer {
  CustomerId customer;
  UtcMs since;  // of the earliest word about it
  std::optional<OfferHead> head;
  std::vector<OfferOutcome> outcomes;  // by stamp, each once
  std::string unknown_fields = {};     // JSON object: fields of a newer version, kept and passed on; empty: none
  bool operator==(const Offer&) const = default;
};

}  // namespace vitrine::sync
