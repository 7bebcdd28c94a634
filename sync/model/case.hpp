// SPDX-License-Identifier: Apache-2.0
// A conversation with one customer: a chat, a call, letters, or a note that was taken at a counter. It may wait for a store,
// whose staff take it, add to it and close it. What is kept are words that were said, and the last of its kind by a stamp. Rules:
// sync/rules/case.hpp.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time_point.hpp"
#include "sync/model/ids.hpp"
#include "sync/model/stamp.hpp"

namespace vitrine::sync {

using CaseId = Id<struct CaseTag>;  // 128 bits as 32 lower-case hex digits; unique among one customer's

// What this version knows; a document may hold others of a newer one.
inline constexpr std::array<std::string_view, 4> case_channels = {"chat", "phone", "email", "counter"};

// What it is, as it was said last.
struct CaseHead {
  std::string channel;           // small letters, digits, '-'
  std::string summary;           // may be empty
  std::optional<StoreId> store;  // that is to see to it while it is open; none: nobody in a store
  std::string reference;         // the platform's own name of it; may be empty
  Stamp stamp;
  bool operator==(const CaseHead&) const = default;
};

struct CaseMessage {
  bool by_customer = false;      // else staff said it, here or elsewhere
  std::string name;              // who of them, as the customer may read it: "Nadia K."; may be empty
  std::optional<StoreId> store;  // whose staff
  std::string text;
  Stamp stamp;
  bool operator==(const CaseMessage&) const = default;
};

// Somebody of the staff sees to it; an empty `who`: nobody any more.
struct CaseOwner {
  std::string who;  // their number in that store
  std::string name;
  StoreId store;
  Stamp stamp;
  bool operator==(const CaseOwner&) const = default;
};

struct CaseClosed {
  std::string how;  // "answered", "not_needed"
  std::string name;
  Stamp stamp;
  bool operator==(const CaseClosed&) const = default;
};

struct Case {
  CustomerId customer;
  UtcMs since;  // of the earliest word about it
  UtcMs until;  // of the latest
  std::optional<CaseHead> head;
  std::vector<CaseMessage> messages;  // by stamp, each once
  std::vector<Stamp> answered;        // the customer's messages that somebody saw who closed it; sorted, each once
  std::optional<CaseOwner> owner;
  std::optional<CaseClosed> closed;
  std::string unknown_fields = {};  // JSON object: fields of a newer version, kept and passed on; empty: none
  bool operator==(const Case&) const = default;
};

}  // namespace vitrine::sync
