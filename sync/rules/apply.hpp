// SPDX-License-Identifier: Apache-2.0
// The one door from "an operation on a document" to the rules of that kind of document. Used by hub_end when it applies and
// by store_end when it replays. A dispatcher: one row a collection.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "sync/model/operation.hpp"
#include "sync/model/version.hpp"
#include "sync/rules/verdict.hpp"

namespace vitrine::sync::rules {

struct ApplyContext {
  TransactionId transaction;
  std::size_t operation_index = 0;
  std::string actor;
  UtcMs at;
  Lineage lineage;  // of the document before; number 0 when the hub does not hold it
  Version minting;  // number 0 in a store's view
};

}  // namespace vitrine::sync::rules
