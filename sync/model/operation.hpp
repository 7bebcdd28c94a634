// SPDX-License-Identifier: Apache-2.0
// What people did, as data: an operation is an intent on one document, a transaction is the operations of one action.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time_point.hpp"
#include "sync/model/ids.hpp"

namespace vitrine::sync {

using Hash = std::array<std::uint8_t, 32>;

// `body` is a JSON object as text and is never re-serialised: the chain covers its bytes. Its shape belongs to `kind`
// (docs/PROTOCOL.md lists the kinds); `rules` is the version of the rules that the writer had in mind.
struct Operation {
  DocumentKey document;
  std::string kind;  // "cart.add"
  std::uint32_t rules = 1;
  std::string body;
  std::string salt;  // 128 random bits as 32 hex digits; hashed with the body, destroyed with it
  // Whom it was about was erased: body and salt are gone, and this hash of the two stands for them. It has no effect any more.
  std::optional<Hash> erased = std::nullopt;
  bool operator==(const Operation&) const = default;
};

// A fact physically happened and is never refused; an intent may be refused, whole, with an outcome.
enum class Nature { fact, intent };

// A transaction as the outbox holds it and `ops` carries it. `n` counts 1, 2, 3 … within an incarnation; `hash` covers
// the transaction before it and everything here (sync/ends/chain.hpp).
struct Transaction {
  TransactionId id;
  std::uint64_t n = 0;
  Nature nature = Nature::intent;
  UtcMs at;           // the store's estimate of the hub's time
  std::string actor;  // the device: "kiosk-1", "phone"; never a person's name
  std::vector<Operation> operations;
  Hash hash{};
};

}  // namespace vitrine::sync
